use leptos::prelude::*;
use memberdesk::ui::component::error_summary::ErrorSummary;
use memberdesk::ui::component::field::Field;
use memberdesk::ui::component::heading::Heading;

use super::{ARABIC, EMOJI, NAME, State, WORD, typed};

pub const STATES: &[State] = &[
    ("one", || summary(&["Enter “Nickname”."])),
    ("several", || summary(&["Enter “Nickname”.", "Enter “Town”.", "“Age” must be a number, as in 12."])),
    ("long names and words", || summary(&[NAME, WORD])),
    ("from right to left, and emoji", || summary(&[ARABIC, EMOJI])),
    ("none", || summary(&[])),
];

/// As on a page: between its heading and the boxes that it leads to.
fn summary(errors: &[&'static str]) -> AnyView {
    let id = |index: usize| ["box-", &index.to_string()].concat();
    let all = errors.iter().enumerate().map(|(index, words)| (id(index), (*words).to_string()));
    let field = |(index, words): (usize, &&'static str)| {
        let (value, on_input) = typed("");
        let label = ["Box ", &(index + 1).to_string()].concat();
        view! { <Field id=id(index) label error=super::wrong(words) value on_input/> }
    };
    view! {
        <Heading title="Change a member"/>
        <ErrorSummary errors=Signal::stored(all.collect::<Vec<_>>())/>
        {errors.iter().enumerate().map(field).collect_view()}
    }
    .into_any()
}
