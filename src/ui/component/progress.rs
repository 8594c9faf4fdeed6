use leptos::prelude::*;

use crate::ui::live::live_text;

/// A quiet line while something is under way.
#[component]
pub fn Progress(#[prop(into)] words: Signal<String>) -> impl IntoView {
    view! { <p class="progress" role="status">{live_text(move || words.get())}</p> }
}
