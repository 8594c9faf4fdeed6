use leptos::prelude::*;

use super::copy::Copy;
use crate::ui::live::{HERE, around, some};
use crate::words::{Words, say};

/// What came of a change, in one sentence.
#[component]
pub fn Receipt(
    /// `confirmed`, `accepted`, `differs`, `refused`, `not-sent` or `unknown`.
    outcome: &'static str,
    /// The one word for it.
    word: Words,
    headline: Words,
    text: Words,
    meta: Words,
    /// What the provider's support asks for.
    #[prop(optional_no_strip)]
    reference: Option<String>,
) -> impl IntoView {
    let reference = reference.map(|reference| {
        let copies = vec![(say::result_copy_reference(), reference.clone())];
        let shown = view! { <span class="mono">{reference}</span> };
        view! { <p>{around(&say::result_reference(HERE), shown)}</p> <Copy id="copied-reference" copies/> }
    });
    view! {
        <section class="receipt" data-outcome=outcome>
            <p class="receipt__tag">{word}</p>
            <h1 class="receipt__headline" tabindex="-1">{headline}</h1>
            <p class="receipt__text">{text}</p>
            <div class="receipt__meta cluster"><p>{meta}</p> {some(reference)}</div>
        </section>
    }
}
