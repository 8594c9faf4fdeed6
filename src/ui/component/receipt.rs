use leptos::prelude::*;

use crate::ui::live::some;

/// What came of a change, in one sentence.
#[component]
pub fn Receipt(
    /// `confirmed`, `accepted`, `differs`, `refused`, `not-sent` or `unknown`.
    outcome: &'static str,
    /// The one word for it.
    word: &'static str,
    headline: String,
    text: String,
    meta: String,
    #[prop(optional_no_strip)] reference: Option<String>,
) -> impl IntoView {
    let reference = reference.map(|reference| {
        view! { " Reference: " <span class="mono">{reference}</span> }
    });
    view! {
        <section class="receipt" data-outcome=outcome>
            <p class="receipt__tag">{word}</p>
            <h1 class="receipt__headline" tabindex="-1">{headline}</h1>
            <p class="receipt__text">{text}</p>
            <p class="receipt__meta">{meta} {some(reference)}</p>
        </section>
    }
}
