use leptos::prelude::*;
use memberdesk::ui::component::changes::{Changes, Row};
use memberdesk::ui::component::risk::{Risk, Take};

use super::{ARABIC, EMOJI, ID, NAME, State, WORD, nothing, right, typed};

pub const STATES: &[State] = &[
    ("one field", || changes("What will change", vec![row("Nickname", "Ada", "Augusta")])),
    ("several fields, with a way back", || {
        let rows = vec![
            back(row("Nickname", "Ada", "Augusta")),
            back(row("Main contact", "No", "Yes")),
            back(row("E-mail address", "Nothing", "augusta.ada.king@countess-of-lovelace.example.com")),
            back(row("Date of birth", "10 December 1815", "Nothing")),
        ];
        changes("What will change", rows)
    }),
    ("with what is to be known about a field", || {
        let mut first = back(row("Main contact", "No", "Yes"));
        first.about = vec![
            risk("known", "Whoever was the main contact before is not any more.", Take::Read),
            risk("taken", "Members without a seat lose what they have not saved.", Take::Tick),
        ];
        let mut last = back(row("E-mail address", "Nothing", "ada@example.com"));
        let gone = "If a member has this address already, both become one.";
        last.about = vec![risk("typed", gone, Take::Type("Ada".to_string()))];
        changes("What will change", vec![first, back(row("Nickname", "Ada", "Augusta")), last])
    }),
    ("what was read back", || {
        let rows = vec![
            now(row("Nickname", "Ada", "Augusta"), "Augusta", "As asked", "success"),
            now(row("Main contact", "No", "Yes"), "No", "As before", "warning"),
            now(row("Town", "London", "Ockham"), "Ockham Park", "Something else", "warning"),
            now(
                row("Password", "Nothing", "A new one, which is not shown"),
                "Not told",
                "Not told",
                "neutral",
            ),
        ];
        changes("What became of it", rows)
    }),
    ("long names and words", || {
        changes(
            "What will change",
            vec![back(row("Name in this space", NAME, WORD)), back(row(WORD, ID, NAME))],
        )
    }),
    ("long values read back", || {
        changes("What became of it", vec![now(row(WORD, NAME, ID), ID, "Something else", "warning")])
    }),
    ("from right to left, and emoji", || {
        changes(
            "What will change",
            vec![back(row("Name", ARABIC, EMOJI)), back(row(ARABIC, "Leila", ARABIC))],
        )
    }),
];

fn changes(caption: &'static str, rows: Vec<Row>) -> AnyView {
    view! { <Changes caption rows/> }.into_any()
}

fn row(label: &str, from: &str, to: &str) -> Row {
    let (label, from, to) = (label.into(), from.into(), to.into());
    Row { label, from, to, now: None, back: None, about: Vec::new() }
}

fn back(row: Row) -> Row {
    Row { back: Some(nothing()), ..row }
}

fn now(row: Row, now: &str, word: &str, tone: &'static str) -> Row {
    Row { now: Some((now.into(), word.into(), tone)), ..row }
}

fn risk(id: &str, says: &str, take: Take) -> AnyView {
    let (given, on_give) = typed("");
    view! { <Risk id=["changes-", id].concat() says=says.into() take error=right() given on_give/> }
        .into_any()
}
