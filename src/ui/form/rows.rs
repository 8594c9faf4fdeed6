//! The rows of a list, as they are typed, added, changed and taken out.

use leptos::prelude::*;

use super::{FieldState, Form};
use crate::change::check::check_entry;
use crate::change::draft::Entry;
use crate::change::limits::bare;
use crate::change::problem::{Problem, Violation};
use crate::change::row::{self, Row};
use crate::change::value::{Held, Value};
use crate::provider::field::{Field, Kind};
use crate::provider::items::Items;
use crate::words::{Words, say};

impl Form {
    /// A row is being typed: what was wrong with the one before is another matter.
    pub fn type_row(self, state: FieldState, index: usize, text: String) {
        state.adding.update(|all| {
            if all.len() <= index {
                all.resize(index + 1, String::new());
            }
            all[index] = text;
        });
        self.enter(state, state.entry.get_untracked());
    }

    /// Takes a row into the boxes, to change it. Another one that is typed there is added first; if it may not be one,
    /// it stays there, and this is false.
    pub fn edit_row(self, state: FieldState, id: &str) -> bool {
        let is_typed = self.entry(state) != self.settled(state, state.entry.get_untracked());
        if is_typed && !self.add_row(state) {
            return false;
        }
        let (add, _) = state.adjustments();
        let items = state.items();
        let added = add.iter().find(|text| row::id_of(text) == id);
        let text = match (added, self.held(state).rows().iter().find(|row| row.id == id)) {
            (Some(text), _) => text.clone(),
            (None, Some(row)) => row.text(),
            (None, None) => return true,
        };
        if let Some(items) = items {
            state.adding.set(row::boxes(&items, &text));
        }
        true
    }

    /// Adds the row that was typed, if it may be one; otherwise its error is shown, and no other. Where a row has more
    /// than its id, it may take the place of one that is there.
    pub fn add_row(self, state: FieldState) -> bool {
        if let Some(violation) = untrack(|| self.doubt(state)) {
            self.refuse(violation);
            return false;
        }
        let entry = state.with_pending();
        let grouped = state.items().is_some_and(|items| items.is_grouped());
        let (add, _) = adjustments(&entry);
        let held = self.held(state);
        let twice =
            held.rows().iter().find(|row| !grouped && add.contains(&row.id)).map(|row| row.id.clone());
        let fits = match twice {
            Some(id) => Err(Problem::RepeatedRow(id)),
            None => state.field.with_value(|field| check_entry(field, &entry)),
        };
        match fits {
            Ok(_) => {
                state.adding.set(Vec::new());
                self.enter(state, self.settled(state, entry));
                true
            }
            Err(problem) => {
                self.refuse(Violation::new(state.key(), problem));
                false
            }
        }
    }

    /// What is meant for a field, with a row that was typed and not added: forgetting the button loses nothing.
    pub(super) fn entry(self, state: FieldState) -> Entry {
        self.settled(state, state.with_pending())
    }

    /// A row that is the same as on file is no change, and one that is typed again is not taken out.
    fn settled(self, state: FieldState, entry: Entry) -> Entry {
        let Entry::Adjust { mut add, mut remove } = entry else { return entry };
        let Some(items) = state.items() else { return Entry::Adjust { add, remove } };
        let held = self.held(state);
        // One on file may fail today's rules, and can stay as it is all the same.
        let is_on_file = |text: &String| match Row::parse(&items, &bare(text)) {
            Ok(row) => held.rows().contains(&row),
            Err(_) => {
                held.rows().iter().any(|row| row::typed(&items, &row::boxes(&items, &row.text())) == *text)
            }
        };
        remove.retain(|id| !add.iter().any(|text| row::id_of(text) == *id));
        add.retain(|text| !is_on_file(text));
        if add.is_empty() && remove.is_empty() { Entry::Keep } else { Entry::Adjust { add, remove } }
    }

    /// Takes a row out that is on file, or one back that was added.
    pub fn toggle_row(self, state: FieldState, id: &str) {
        let (mut add, mut remove) = state.adjustments();
        if add.iter().any(|added| row::id_of(added) == id) {
            add.retain(|added| row::id_of(added) != id);
        } else if remove.iter().any(|removed| removed == id) {
            remove.retain(|removed| removed != id);
        } else {
            remove.push(id.to_string());
        }
        let keep = add.is_empty() && remove.is_empty();
        self.enter(state, if keep { Entry::Keep } else { Entry::Adjust { add, remove } });
    }
}

/// The entry as a form shows it: a list that was read, as what it adds and takes out.
pub(super) fn adjusted(entry: &Entry, held: &Held) -> Entry {
    let Entry::AsRead(Value::List(wanted)) = entry else { return entry.clone() };
    let on_file = match held {
        Held::Known(Value::List(rows)) => rows.as_slice(),
        _ => &[],
    };
    let without = |some: &[Row], other: &[Row]| {
        some.iter().filter(|row| !other.contains(row)).cloned().collect::<Vec<Row>>()
    };
    let add = without(wanted, on_file);
    let gone = without(on_file, wanted).into_iter().filter(|row| !add.iter().any(|own| own.id == row.id));
    Entry::Adjust { remove: gone.map(|row| row.id).collect(), add: add.iter().map(Row::text).collect() }
}

/// What is added to a list, changed in it and taken out of it.
pub(super) fn adjusted_words(field: &Field, held: &Held, add: &[String], remove: &[String]) -> Words {
    let Kind::List(items) = &field.kind else { return Words::none() };
    let on_file = |id: &str| held.rows().iter().find(|row| row.id == id);
    let (mut added, mut changed) = (Vec::new(), Vec::new());
    for text in add {
        match Row::parse(items, text) {
            Ok(row) if on_file(&row.id).is_some() => {
                changed.push(Words::from(row.in_place_of(held.rows()).words(field)))
            }
            Ok(row) => added.push(Words::from(row.words(field))),
            Err(_) => added.push(Words::from(text)),
        }
    }
    let name = |id: &String| Words::from(on_file(id).map_or_else(|| id.clone(), |row| row.words(field)));
    let removed: Vec<Words> = remove.iter().map(name).collect();
    let said =
        |rows: Vec<Words>, says: fn(Words) -> Words| (!rows.is_empty()).then(|| says(Words::List(rows)));
    let parts =
        [said(added, say::form_added), said(changed, say::form_changed), said(removed, say::form_removed)];
    Words::Several(parts.into_iter().flatten().collect())
}

fn adjustments(entry: &Entry) -> (Vec<String>, Vec<String>) {
    match entry {
        Entry::Adjust { add, remove } => (add.clone(), remove.clone()),
        _ => (Vec::new(), Vec::new()),
    }
}

impl FieldState {
    pub fn adjustments(self) -> (Vec<String>, Vec<String>) {
        self.entry.with(adjustments)
    }

    /// What the rows of a list are; nothing for another kind of field.
    pub fn items(self) -> Option<Items> {
        self.field.with_value(|field| match &field.kind {
            Kind::List(items) => Some(Items::clone(items)),
            _ => None,
        })
    }

    /// The entry with a row that was typed and not added.
    fn with_pending(self) -> Entry {
        let entry = self.entry.get();
        let boxes = self.adding.get();
        if boxes.iter().all(|text| text.trim().is_empty()) {
            return entry;
        }
        let Some(items) = self.items() else { return entry };
        let (mut add, remove) = adjustments(&entry);
        let pending = row::typed(&items, &boxes);
        if items.is_grouped() {
            add.retain(|text| row::id_of(text) != row::id_of(&pending));
        }
        add.push(pending);
        Entry::Adjust { add, remove }
    }
}
