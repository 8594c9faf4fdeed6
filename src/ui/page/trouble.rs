use leptos::prelude::*;

use crate::browser::document;
use crate::ui::state::FileFaults;

/// A file beside the page that cannot be used: which, where in it, and how to mend it.
#[component]
pub fn Trouble(
    faults: FileFaults,
    /// Nothing works until they are mended; otherwise only one provider does not.
    whole: bool,
) -> impl IntoView {
    let file = |faults: FileFaults| {
        let fault = |fault: crate::provider::fault::Fault| {
            let place = if fault.pointer.is_empty() { "The whole file".to_string() } else { fault.pointer };
            view! {
                <div class="facts__row">
                    <dt class="facts__term mono">{place}</dt>
                    <dd class="facts__value">{fault.says} {" "} {fault.cure}</dd>
                </div>
            }
        };
        view! {
            <h2 class="mono">{faults.file}</h2>
            <dl class="facts">{faults.faults.into_iter().map(fault).collect_view()}</dl>
        }
    };
    let lede = if whole {
        "A file beside this page has a mistake, so nothing can be changed here yet. Nothing was sent."
    } else {
        "The file of this provider has a mistake, so it cannot be used. The other providers are not affected."
    };
    document::set_title("This page is not set up right – Memberdesk");
    view! {
        <div class="stack">
            <div class="stack" data-gap="small">
                <h1 tabindex="-1">{"This page is not set up right"}</h1>
                <p class="lede">{lede}</p>
            </div>
            <p>{"Show this to whoever put up the page:"}</p>
            {file(faults)}
        </div>
    }
}

/// An address that leads nowhere.
#[component]
pub fn Unknown() -> impl IntoView {
    document::set_title("There is nothing here – Memberdesk");
    view! {
        <div class="stack">
            <h1 tabindex="-1">{"There is nothing here"}</h1>
            <p>{"The address may be mistyped, or its provider is not offered on this page."}</p>
            <p><a href="#/">{"See the providers that are"}</a></p>
        </div>
    }
}
