use leptos::ev::Event;
use leptos::prelude::*;

use crate::browser::document;
use crate::transport::pretty::{Kind, Token};
use crate::ui::live::{act, live_flag};
use crate::words::Words;

/// What only some want to see, one press away.
#[component]
pub fn Details(
    #[prop(into)] summary: String,
    /// Whether it is open, where somebody else wants to know or to decide.
    #[prop(optional)]
    open: Option<RwSignal<bool>>,
    children: Children,
) -> impl IntoView {
    let is_open = live_flag(move || open.is_some_and(|open| open.get()));
    let tell = move |event: Event| {
        if let Some(open) = open {
            open.set(document::is_open(&event));
        }
    };
    view! {
        <details class="details" prop:open=is_open on:toggle=act(tell)>
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
