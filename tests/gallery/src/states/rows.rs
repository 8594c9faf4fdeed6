use std::sync::Arc;

use leptos::prelude::*;
use memberdesk::find::list::{Extent, Item};
use memberdesk::ui::component::picker::Choices;
use memberdesk::ui::component::rows::{Acts, Column, Row, Rows, State as Mark};

use super::{ARABIC, EMOJI, ID, NAME, State, WORD, nothing, right, wrong};

/// What a list of rows is given: its name on the page, its hint, whether rows are changed and taken out.
struct Given {
    id: &'static str,
    hint: Option<&'static str>,
    rows: &'static [(&'static str, &'static str, Mark)],
    columns: &'static [(&'static str, Option<&'static str>, &'static [&'static str])],
    adding: &'static [&'static str],
    error: Option<&'static str>,
    /// What the first box is chosen from, by name.
    chosen: &'static [(&'static str, &'static str)],
    edits: bool,
    removes: bool,
}

const PLAIN: Given = Given {
    id: "kept",
    hint: None,
    rows: &[("t-1", "Engines", Mark::Kept), ("t-2", "Poetry", Mark::Kept)],
    columns: &[("ID of another team", None, &[])],
    adding: &[""],
    error: None,
    chosen: &[],
    edits: false,
    removes: true,
};

pub const STATES: &[State] = &[
    ("as it is", || list(PLAIN)),
    ("with a hint", || list(Given { id: "hint", hint: Some("Each member is in one or more."), ..PLAIN })),
    ("without rows", || list(Given { id: "empty", rows: &[], ..PLAIN })),
    ("kept, added, changed and removed", || list(Given { id: "all", rows: ALL, edits: true, ..PLAIN })),
    ("rows that cannot be taken out", || list(Given { id: "stay", rows: ALL, removes: false, ..PLAIN })),
    ("rows that are only their IDs", || {
        list(Given { id: "ids", rows: &[("t-1", "t-1", Mark::Kept), (ID, ID, Mark::Added)], ..PLAIN })
    }),
    ("with an error", || {
        list(Given {
            id: "error",
            adding: &["t-1"],
            error: Some("“Teams” has t-1 twice. Remove one."),
            ..PLAIN
        })
    }),
    ("with several boxes", || {
        let columns = &[("Question ID", Some("A number."), &[] as &[_]), ("Answer ID", None, &[])];
        list(Given { id: "boxes", columns, adding: &["2002275", ""], edits: true, ..PLAIN })
    }),
    ("chosen by name", || {
        let columns = &[("Another team", Some("Choose by name, or enter an ID."), &[] as &[_])];
        let chosen = &[("t-3", "Mathematics"), ("t-4", "Horse races"), (ID, NAME), ("t-5", ARABIC)];
        list(Given { id: "chosen", columns, chosen, adding: &["t-4"], ..PLAIN })
    }),
    ("chosen by name, with an error", || {
        let columns = &[("Another team", None, &[] as &[_])];
        let (chosen, error) = (&[("t-3", "Mathematics")], Some("“Teams” has t-1 twice. Remove one."));
        list(Given { id: "chosen-error", columns, chosen, adding: &["t-1"], error, ..PLAIN })
    }),
    ("with boxes to tick", || {
        let columns = &[("Location ID", None, &[] as &[_]), ("Roles", None, &["viewer", "editor", "admin"])];
        let error = Some("Enter “Location ID” for each row of “Teams”.");
        list(Given { id: "ticks", columns, adding: &["", "viewer+admin"], error, edits: true, ..PLAIN })
    }),
    ("long names and words", || {
        let columns = &[(WORD, Some(WORD), &[] as &[_]), (NAME, None, &[WORD])];
        let (rows, adding, error) = (LONG, &[WORD, WORD], Some(WORD));
        list(Given { id: "long", hint: Some(WORD), rows, columns, adding, error, edits: true, ..PLAIN })
    }),
    ("from right to left, and emoji", || {
        let rows =
            &[("t-1", ARABIC, Mark::Kept), ("t-2", EMOJI, Mark::Added), (ARABIC, ARABIC, Mark::Removed)];
        list(Given { id: "arabic", hint: Some(ARABIC), rows, adding: &[ARABIC], edits: true, ..PLAIN })
    }),
];

const ALL: &[(&str, &str, Mark)] = &[
    ("t-1", "Engines", Mark::Kept),
    ("t-2", "Poetry", Mark::Added),
    ("t-3", "Mathematics (admin)", Mark::Changed),
    ("t-4", "Horse races", Mark::Removed),
];

const LONG: &[(&str, &str, Mark)] = &[
    (ID, NAME, Mark::Kept),
    ("t-2", WORD, Mark::Added),
    (WORD, NAME, Mark::Changed),
    (ID, WORD, Mark::Removed),
];

fn list(given: Given) -> AnyView {
    let row = |(id, name, state): &(&str, &str, Mark)| Row {
        id: (*id).to_string(),
        name: (*name).to_string(),
        state: *state,
    };
    let items = given
        .chosen
        .iter()
        .map(|(id, name)| Arc::new(Item::new((*id).to_string(), Some((*name).to_string()), None)));
    let items = Signal::stored(Arc::new(items.collect::<Vec<_>>()));
    let choices = Choices {
        items,
        progress: Signal::derive(|| None),
        extent: Signal::derive(|| Extent::Whole),
        is_like_id: Callback::new(|_| true),
        on_open: Some(nothing()),
    };
    let column = |(label, hint, ticks): &(&str, Option<&str>, &[&str])| Column {
        label: (*label).to_string(),
        hint: hint.map(str::to_string),
        ticks: ticks.iter().map(|own| (*own).to_string()).collect(),
        choices: (!given.chosen.is_empty()).then_some(choices),
        several: false,
    };
    let rows = Signal::stored(given.rows.iter().map(row).collect::<Vec<_>>());
    let columns = given.columns.iter().map(column).collect();
    let adding = RwSignal::new(given.adding.iter().map(|text| (*text).to_string()).collect::<Vec<_>>());
    let acts = Acts {
        on_type: Callback::new(move |(index, text): (usize, String)| adding.update(|all| all[index] = text)),
        on_doubt: nothing(),
        on_add: nothing(),
        on_toggle: nothing(),
        on_edit: given.edits.then(nothing),
        removes: given.removes,
    };
    let (id, legend, row) = (["rows-", given.id].concat(), "Teams".to_string(), "team".to_string());
    let (hint, none) = (given.hint.map(str::to_string), "In no team.".to_string());
    let error = given.error.map_or_else(right, wrong);
    view! { <Rows id legend row hint nothing=none rows error columns adding acts/> }.into_any()
}
