use leptos::prelude::*;
use memberdesk::ui::component::copy::Copy;

use super::{ID, State, WORD};

/// What a press brings depends on the browser: the journeys press.
pub const STATES: &[State] = &[
    ("one", || copy("copy-one", "secondary", &["Copy the reference"])),
    ("several", || copy("copy-several", "secondary", &["Copy as cURL", "Copy as Node.js", "Copy as C#"])),
    ("a long name", || copy("copy-long", "secondary", &[WORD])),
    ("plain", || copy("copy-plain", "plain", &["Copy a link to this page"])),
    ("plain, with a long name", || copy("copy-plain-long", "plain", &[WORD])),
];

fn copy(id: &'static str, kind: &'static str, names: &[&str]) -> AnyView {
    let copies = names.iter().map(|name| ((*name).into(), ID.to_string())).collect();
    view! { <div class="cluster"><Copy id copies kind/></div> }.into_any()
}
