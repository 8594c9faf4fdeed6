use leptos::prelude::*;
use memberdesk::ui::component::history::{Entry, HistoryList};

use super::{ARABIC, EMOJI, NAME, State, WORD};

pub const STATES: &[State] = &[
    ("one", || done(&[CONFIRMED])),
    ("one of each outcome", || {
        done(&[
            CONFIRMED,
            ["accepted", "Accepted", "Ada in the club"],
            ["differs", "Differs", "Augusta in the club"],
            ["refused", "Refused", "Ada in the panel"],
            ["not-sent", "Not sent", "Augusta in the panel"],
            ["unknown", "Unknown", "A member of the panel whose data is not kept here"],
        ])
    }),
    ("with what was asked for", || {
        let undo = ["Undo of a change", "Nickname: Augusta → Ada"];
        view! {
            <HistoryList entries=vec![
                entry(&CONFIRMED, &undo),
                entry(&CONFIRMED, &["Nickname: Ada → Augusta", "Role: Nothing → Chair"]),
                entry(&["refused", "Refused", "Ada in the panel"], &["3 fields"]),
                entry(&["accepted", "Accepted", ARABIC], &[ARABIC, EMOJI]),
                entry(&["differs", "Differs", NAME], &[NAME, WORD]),
            ]/>
        }
        .into_any()
    }),
    ("where nobody real was changed", || {
        view! { <HistoryList entries=vec![Entry { test: true, ..entry(&CONFIRMED, &[]) }]/> }.into_any()
    }),
    ("long names and words", || {
        done(&[
            ["not-sent", "Not sent", NAME],
            ["confirmed", "Confirmed", WORD],
            ["differs", "Differs", NAME],
        ])
    }),
    ("from right to left, and emoji", || {
        done(&[["accepted", "Accepted", ARABIC], ["unknown", ARABIC, EMOJI], ["refused", "Refused", EMOJI]])
    }),
];

const CONFIRMED: [&str; 3] = ["confirmed", "Confirmed", "Ada in the club"];

fn done(all: &[[&'static str; 3]]) -> AnyView {
    view! { <HistoryList entries=all.iter().map(|own| entry(own, &[])).collect()/> }.into_any()
}

fn entry([outcome, word, who]: &[&'static str; 3], what: &[&'static str]) -> Entry {
    Entry {
        test: false,
        outcome,
        word: (*word).into(),
        who: (*who).into(),
        what: what.iter().map(|line| (*line).into()).collect(),
        href: "#/history".to_string(),
        when: "10 December 2026, 14:05:09 UTC".to_string(),
    }
}
