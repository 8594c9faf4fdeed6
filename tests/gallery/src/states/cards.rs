use leptos::prelude::*;
use memberdesk::ui::component::cards::{Card, Cards};

use super::{ARABIC, EMOJI, NAME, State, WORD};

pub const STATES: &[State] = &[
    ("one", || cards(&[("The club", "Change a member’s nickname.")])),
    ("several, of different lengths", || {
        cards(&[
            ("The club", "Change a member’s nickname."),
            (
                NAME,
                "Change who somebody is, what they may do, and in which of their many teams they are listed.",
            ),
            ("Panel", "Change a panel member’s answers, or erase their personal data."),
        ])
    }),
    ("with a word without an end", || cards(&[(WORD, WORD), ("The club", "Change a nickname.")])),
    ("from right to left, and with emoji", || cards(&[(ARABIC, ARABIC), (EMOJI, "🚀")])),
    ("none", || cards(&[])),
];

fn cards(all: &[(&str, &str)]) -> AnyView {
    let card = |(title, text): &(&str, &str)| Card {
        title: (*title).to_string(),
        href: "#/cards".to_string(),
        text: (*text).to_string(),
    };
    view! { <Cards cards=all.iter().map(card).collect()/> }.into_any()
}
