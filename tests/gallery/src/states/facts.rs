use leptos::prelude::*;
use memberdesk::ui::component::facts::Facts;

use super::{ARABIC, EMOJI, ID, NAME, State, WORD};

pub const STATES: &[State] = &[
    ("one", || facts(&[("Space", "Analytical engines")])),
    ("several", || {
        facts(&[("Space", "Analytical engines"), ("Member since", "10 December 1815"), ("Moderator", "No")])
    }),
    ("long names and words", || facts(&[("Membership ID", ID), ("Name", NAME), (WORD, WORD)])),
    ("from right to left, and emoji", || facts(&[("Name", ARABIC), (ARABIC, EMOJI)])),
    ("a fact without a value", || facts(&[("Town", "")])),
];

fn facts(all: &[(&str, &str)]) -> AnyView {
    let facts = all.iter().map(|(term, value)| ((*term).to_string(), (*value).to_string())).collect();
    view! { <Facts facts/> }.into_any()
}
