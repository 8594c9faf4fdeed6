use leptos::prelude::*;
use memberdesk::ui::component::choice::{Answer, Choice};

use super::{ARABIC, EMOJI, NAME, State, WORD, right, typed, wrong};

pub const STATES: &[State] = &[
    ("left as it is", || {
        choice("kept", "Main contact", None, &[KEEP, ("yes", "Yes", None), ("no", "No", None)], right())
    }),
    ("chosen, with hints", || {
        let hint = Some("Only one member can be it.");
        let answers = &[
            ("keep", "Leave it as it is", Some("No, not the main contact")),
            ("chosen", "Yes, the main contact", Some("Whoever was it before is not any more.")),
        ];
        choice("hints", "Main contact", hint, answers, right())
    }),
    ("nothing chosen, with an error", || {
        let hint = Some("Each has a role of its own.");
        let error = wrong("Choose a “Role”.");
        choice("error", "Role", hint, &[("a", "Viewer", None), ("b", "Editor", None)], error)
    }),
    ("one that cannot be chosen, and why", || {
        let answers = &[KEEP, ("chosen", "Viewer", None), ("closed", "Owner", Some("There is one already."))];
        choice("closed", "Role", None, answers, right())
    }),
    ("one answer", || choice("one", "Role", None, &[("chosen", "Viewer", None)], right())),
    ("long names and words", || {
        let answers = &[KEEP, ("chosen", NAME, Some(WORD)), ("c", WORD, Some(NAME))];
        choice("long", WORD, Some(WORD), answers, wrong(WORD))
    }),
    ("from right to left, and emoji", || {
        choice(
            "arabic",
            ARABIC,
            Some(EMOJI),
            &[KEEP, ("chosen", ARABIC, Some(ARABIC)), ("c", EMOJI, None)],
            right(),
        )
    }),
];

type Given = (&'static str, &'static str, Option<&'static str>);

const KEEP: Given = ("keep", "Leave it as it is", Some("No"));

fn choice(
    id: &str,
    legend: &str,
    hint: Option<&str>,
    answers: &[Given],
    error: Signal<Option<String>>,
) -> AnyView {
    let chosen = answers.iter().any(|(value, ..)| *value == "chosen");
    let (value, on_choose) = typed(if chosen { "chosen" } else { "keep" });
    let answer = |(value, words, hint): &Given| Answer {
        value: (*value).to_string(),
        words: (*words).to_string(),
        hint: hint.map(str::to_string),
        disabled: *value == "closed",
    };
    let options = answers.iter().map(answer).collect();
    let (id, legend, hint) = (["choice-", id].concat(), legend.to_string(), hint.map(str::to_string));
    view! { <Choice id legend hint options error value on_choose/> }.into_any()
}
