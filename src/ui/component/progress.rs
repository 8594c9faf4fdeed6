use leptos::prelude::*;

/// A quiet line while something is under way.
#[component]
pub fn Progress(#[prop(into)] words: Signal<String>) -> impl IntoView {
    view! { <p class="progress" role="status">{move || words.get()}</p> }
}
