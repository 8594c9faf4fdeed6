use leptos::prelude::*;
use memberdesk::ui::component::button::Button;
use memberdesk::ui::component::notice::Notice;

use super::{ARABIC, EMOJI, NAME, State, WORD, nothing};

pub const STATES: &[State] = &[
    ("to know", || notice("info", "The club has two servers", "Choose the one where the member is.")),
    ("good", || notice("success", "Settings saved", "They are kept in this browser.")),
    ("to heed", || notice("warning", "Not connected", "The club had a fault. Try again later.")),
    ("bad", || notice("danger", "This page is not set up right", "Tell whoever runs this page.")),
    ("just come", || {
        let title = "Something has changed since you looked";
        view! { <Notice tone="warning" title found=true><p>{"Check the change again."}</p></Notice> }
            .into_any()
    }),
    ("with more in it", || {
        view! {
            <Notice tone="info" title="Your change waits here">
                <p>{"It can be made "} <a href="#/notice">{"for another member"}</a> {", too."}</p>
                <p><b>{"Nothing was sent."}</b></p>
                <ul>
                    <li>{"Nickname"}</li>
                    <li>{"Main contact"}</li>
                </ul>
                <p class="mono">{"ROUTER_2"}</p>
                <div><Button words="Drop it" kind="plain" on_press=nothing()/></div>
            </Notice>
        }
        .into_any()
    }),
    ("long names and words", || notice("warning", NAME, WORD)),
    ("a title without an end", || notice("danger", WORD, NAME)),
    ("from right to left", || notice("info", ARABIC, ARABIC)),
    ("emoji", || notice("success", EMOJI, "🚀")),
];

fn notice(tone: &'static str, title: &'static str, text: &'static str) -> AnyView {
    view! { <Notice tone title><p>{text}</p></Notice> }.into_any()
}
