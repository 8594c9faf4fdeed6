use leptos::prelude::*;

use crate::browser::document;
use crate::ui::state::FileFaults;
use crate::words::say;

/// A file beside the page that cannot be used: which, where in it, and how to mend it.
#[component]
pub fn Trouble(
    faults: FileFaults,
    /// Nothing works until they are mended; otherwise only one provider does not.
    whole: bool,
) -> impl IntoView {
    let file = |faults: FileFaults| {
        let fault = |fault: crate::provider::fault::Fault| {
            let whole = fault.pointer.is_empty();
            let place = if whole { say::trouble_whole_file().text() } else { fault.pointer };
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
    let lede = if whole { say::trouble_all() } else { say::trouble_one() };
    document::set_title(&say::busy_page(say::trouble_title()).text());
    view! {
        <div class="stack">
            <div class="stack" data-gap="small">
                <h1 tabindex="-1">{say::trouble_title()}</h1>
                <p class="lede">{lede}</p>
            </div>
            <p>{say::trouble_show()}</p>
            {file(faults)}
        </div>
    }
}

/// An address that leads nowhere.
#[component]
pub fn Unknown() -> impl IntoView {
    document::set_title(&say::busy_page(say::nowhere_title()).text());
    view! {
        <div class="stack">
            <h1 tabindex="-1">{say::nowhere_title()}</h1>
            <p>{say::nowhere_why()}</p>
            <p><a href="#/">{say::nowhere_home()}</a></p>
        </div>
    }
}
