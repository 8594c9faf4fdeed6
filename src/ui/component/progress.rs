use leptos::prelude::*;

use crate::ui::live::live_text;

/// A quiet line while something is under way. It counts, so it is not read out by itself.
#[component]
pub fn Progress(#[prop(into)] words: Signal<String>) -> impl IntoView {
    view! { <p class="progress">{live_text(move || words.get())}</p> }
}
