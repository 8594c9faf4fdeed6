use std::time::Duration;

use leptos::prelude::*;

use crate::browser::{clipboard, clock, document};
use crate::ui::component::button::Button;
use crate::ui::live::{later, live_some, live_text};
use crate::words::{Words, say};

/// So long it is said that something was copied.
const SAID: Duration = Duration::from_secs(5);

/// Texts that can be copied, each by a button of its name. Where the browser does not let a page copy, the text
/// stands there to be copied by hand.
#[component]
pub fn Copy(
    id: &'static str,
    copies: Vec<(Words, String)>,
    /// As of a button: `secondary` or `plain`.
    #[prop(default = "secondary")]
    kind: &'static str,
) -> impl IntoView {
    let said = RwSignal::new(None::<Words>);
    let by_hand = RwSignal::new(None::<String>);
    let button = move |(words, text): (Words, String)| {
        let copy = move |()| {
            let text = text.clone();
            said.set(None);
            by_hand.set(None);
            later(async move {
                if clipboard::copy(&text).await {
                    said.set(Some(say::details_copied()));
                    clock::pass(SAID).await;
                    _ = said.try_set(None);
                } else {
                    said.set(Some(say::details_select()));
                    by_hand.set(Some(text));
                    document::select_later(id);
                }
            });
        };
        view! { <Button words kind on_press=Callback::new(copy)/> }
    };
    view! {
        {copies.into_iter().map(button).collect_view()}
        <span class="quiet" role="status">{live_text(move || said.get().map(|said| said.text()).unwrap_or_default())}</span>
        {live_some(move || {
            let text = by_hand.get()?;
            let label = say::details_select().text();
            Some(view! {
                <textarea
                    class="field__control"
                    data-kind="code"
                    id=id
                    rows="6"
                    readonly
                    aria-label=label
                    prop:value=text
                ></textarea>
            })
        })}
    }
}
