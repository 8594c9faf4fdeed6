use leptos::prelude::*;
use memberdesk::ui::component::heading::Heading;

use super::{ARABIC, EMOJI, NAME, State, WORD};

pub const STATES: &[State] = &[
    ("a title", || view! { <Heading title="Settings"/> }.into_any()),
    ("with a caption", || view! { <Heading caption="The club" title="Find a member"/> }.into_any()),
    ("with a sentence more", || {
        let lede = "Change a member’s nickname.";
        view! { <Heading caption="The club" title="Connect to the club" lede/> }.into_any()
    }),
    ("a long name", || {
        view! { <Heading caption="The club" title=["Check the change to ", NAME].concat() lede=NAME/> }
            .into_any()
    }),
    ("a word without an end", || view! { <Heading caption=WORD title=WORD lede=WORD/> }.into_any()),
    ("from right to left", || view! { <Heading caption="The club" title=ARABIC lede=ARABIC/> }.into_any()),
    ("emoji", || view! { <Heading caption="🚀" title=["Change ", EMOJI].concat() lede=EMOJI/> }.into_any()),
];
