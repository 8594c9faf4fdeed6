use leptos::prelude::*;

use crate::transport::pretty::{Kind, Token};
use crate::words::Words;

/// What only some want to see, one press away.
#[component]
pub fn Details(#[prop(into)] summary: String, children: Children) -> impl IntoView {
    view! {
        <details class="details">
            <summary class="details__summary">{summary}</summary>
            <div class="details__body">{children()}</div>
        </details>
    }
}

/// Text for machines: as it is, and after it what was laid out.
#[component]
pub fn Code(label: Words, text: String, #[prop(optional)] tokens: Vec<Token>) -> impl IntoView {
    let token = |token: Token| match token.kind {
        Kind::Plain => token.text.into_any(),
        kind => view! { <span data-token=kind.name()>{token.text}</span> }.into_any(),
    };
    let tokens = tokens.into_iter().map(token).collect_view();
    view! {
        <pre class="code" tabindex="0" role="region" aria-label=label.text()>{text} {tokens}</pre>
    }
}
