use leptos::prelude::*;
use memberdesk::ui::component::choice::{Answer, Choice};
use memberdesk::ui::component::edit::Edit;
use memberdesk::ui::component::field::Field;

use super::{ARABIC, EMOJI, NAME, State, WORD, right, typed, wrong};

pub const STATES: &[State] = &[
    ("unchanged", || field("kept", "Nickname", "Ada", "Ada", right())),
    ("changed, with the way back", || field("changed", "Nickname", "Ada", "Augusta", right())),
    ("unchanged, with an answer of its own for that", || choice("keep", right())),
    ("changed, with an answer of its own for the way back", || choice("yes", right())),
    ("changed, with an error", || {
        let error = wrong("“Nickname” can have 20 characters at most. It has 29 now.");
        field("error", "Nickname", "Ada", "Ada Augusta King, of Lovelace", error)
    }),
    ("changed, without a way back, with an error", || {
        choice("no", wrong("“Main contact” cannot be taken from the last one."))
    }),
    ("one below the other", || {
        view! {
            {field("first", "Town", "London", "Ockham", right())}
            {field("second", "Street", "St James’s Square", "St James’s Square", right())}
            {field("third", "Country", "England", "Surrey", right())}
        }
        .into_any()
    }),
    ("long names and words", || field("long", NAME, WORD, NAME, right())),
    ("a label without an end", || field("endless", WORD, NAME, WORD, right())),
    ("long words, with an error", || field("wrong", WORD, NAME, WORD, wrong(WORD))),
    ("from right to left", || field("arabic", ARABIC, "Leila", ARABIC, right())),
    ("emoji", || field("emoji", EMOJI, "Zoë", EMOJI, right())),
];

/// It follows what is typed, and its way back works.
fn field(id: &str, label: &str, held: &'static str, text: &str, error: Signal<Option<String>>) -> AnyView {
    let (value, on_input) = typed(text);
    let changed = Signal::derive(move || value.with(|value| value != held));
    let reset = Some(Callback::new(move |()| on_input.run(held.to_string())));
    let (id, label) = (["edit-", id].concat(), label.to_string());
    view! {
        <Edit label=label.clone() changed on_reset=reset>
            <Field id label held=Some(held.to_string()) error value on_input/>
        </Edit>
    }
    .into_any()
}

/// A choice has an answer of its own for leaving it as it is.
fn choice(chosen: &str, error: Signal<Option<String>>) -> AnyView {
    let (value, on_choose) = typed(chosen);
    let changed = Signal::derive(move || value.with(|value| value != "keep"));
    let answer = |(value, words, hint): (&str, &str, Option<&str>)| Answer {
        value: value.to_string(),
        words: words.to_string(),
        hint: hint.map(str::to_string),
        disabled: false,
    };
    let answers = [("keep", "Leave as it is", Some("On file: No")), ("yes", "Yes", None), ("no", "No", None)];
    let options = answers.into_iter().map(answer).collect();
    let (id, label) = (["edit-choice-", chosen].concat(), "Main contact".to_string());
    view! {
        <Edit label=label.clone() changed on_reset=None>
            <Choice id legend=label hint=None options error value on_choose/>
        </Edit>
    }
    .into_any()
}
