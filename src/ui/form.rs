use std::sync::Arc;

use leptos::prelude::*;

use crate::change::check::{Change, check, check_entry};
use crate::change::draft::{Draft, Entry};
use crate::change::plan::{Planned, plan};
use crate::change::problem::{Problem, Violation};
use crate::change::record::Record;
use crate::change::value::{Held, Row, Value};
use crate::provider::Provider;
use crate::provider::field::{Field, Kind};

/// A draft as somebody fills it in: a signal for each field, and whether it is time to show errors.
#[derive(Clone, Copy)]
pub struct Form {
    provider: StoredValue<Arc<Provider>>,
    record: RwSignal<Record>,
    fields: StoredValue<Vec<FieldState>>,
    attempted: RwSignal<bool>,
    /// What the provider refused, until that field is edited.
    refused: RwSignal<Option<Violation>>,
}

/// One field that can be changed.
#[derive(Clone, Copy)]
pub struct FieldState {
    pub field: StoredValue<Field>,
    pub entry: RwSignal<Entry>,
    /// A row that is being typed and was not added yet.
    pub adding: RwSignal<String>,
}

impl Form {
    pub fn new(provider: Arc<Provider>, record: Record, draft: &Draft) -> Form {
        let state = |field: &Field| FieldState {
            field: StoredValue::new(field.clone()),
            entry: RwSignal::new(adjusted(draft.get(&field.key), &record.held(field))),
            adding: RwSignal::new(String::new()),
        };
        let fields = provider.fields.iter().filter(|field| !field.read_only).map(state).collect();
        Form {
            provider: StoredValue::new(provider),
            record: RwSignal::new(record),
            fields: StoredValue::new(fields),
            attempted: RwSignal::new(false),
            refused: RwSignal::new(None),
        }
    }

    pub fn provider(self) -> Arc<Provider> {
        self.provider.get_value()
    }

    /// The fields to show, with why those that cannot be changed here cannot.
    pub fn fields(self) -> Vec<(FieldState, Option<String>)> {
        let offered = |state: &FieldState| {
            state.field.with_value(|field| {
                let offered =
                    field.when.as_ref().and_then(|when| self.record.with(|record| when.holds(record)));
                field.unless.clone().filter(|_| offered == Some(false))
            })
        };
        self.fields.get_value().into_iter().map(|state| (state, offered(&state))).collect()
    }

    pub fn held(self, state: FieldState) -> Held {
        self.record.with(|record| state.field.with_value(|field| record.held(field)))
    }

    pub fn record(self) -> RwSignal<Record> {
        self.record
    }

    pub fn draft(self) -> Draft {
        let entry = |state: &FieldState| {
            let key = state.field.with_value(|field| field.key.clone());
            (key, state.with_pending())
        };
        self.fields.with_value(|fields| fields.iter().map(entry).collect())
    }

    /// Every violation of what is typed now: the field's own rules first, then what the record allows.
    pub fn violations(self) -> Vec<Violation> {
        match self.change() {
            Err(violations) => violations,
            Ok(change) => {
                let provider = self.provider();
                match self.record.with(|record| plan(&provider, "", record, &change)) {
                    Err(violations) => violations,
                    Ok(Planned::Nothing) => vec![Violation::new("", Problem::NothingChanges)],
                    Ok(Planned::Plan(_)) => self.refused.get().into_iter().collect(),
                }
            }
        }
    }

    /// The violations to show: none before somebody has tried to go on.
    pub fn shown(self) -> Vec<Violation> {
        if self.attempted.get() { self.violations() } else { Vec::new() }
    }

    pub fn change(self) -> Result<Change, Vec<Violation>> {
        check(&self.provider(), &self.draft())
    }

    /// Tries to go on: a change, or the violations are shown from now on.
    pub fn attempt(self) -> Option<Change> {
        self.refused.set(None);
        self.attempted.set(true);
        if self.violations().is_empty() { self.change().ok() } else { None }
    }

    pub fn refuse(self, violation: Violation) {
        self.refused.set(Some(violation));
        self.attempted.set(true);
    }

    /// Sets what a field shall become.
    pub fn enter(self, state: FieldState, entry: Entry) {
        let about = |refused: &Option<Violation>| {
            refused.as_ref().is_some_and(|refused| state.field.with_value(|field| field.key == refused.key))
        };
        if self.refused.with_untracked(about) {
            self.refused.set(None);
        }
        state.entry.set(entry);
    }

    /// What a text box shows and what it means: the text on file means "leave it".
    pub fn text(self, state: FieldState) -> String {
        match state.entry.get() {
            Entry::Text(text) => text,
            Entry::Keep => self.held(state).value().map(Value::text).unwrap_or_default(),
            Entry::Clear | Entry::Adjust { .. } => String::new(),
            Entry::AsRead(value) => value.text(),
        }
    }

    pub fn type_text(self, state: FieldState, text: String) {
        let same = self.held(state).value().map(Value::text).unwrap_or_default() == text;
        self.enter(state, if same { Entry::Keep } else { Entry::Text(text) });
    }

    /// A row is being typed: what was wrong with the one before is another matter.
    pub fn type_row(self, state: FieldState, text: String) {
        state.adding.set(text);
        self.enter(state, state.entry.get_untracked());
    }

    /// Adds the row that was typed, if it may be one.
    pub fn add_row(self, state: FieldState) {
        let entry = state.with_pending();
        let fits = match (&entry, self.held(state)) {
            (Entry::Adjust { add, .. }, Held::Known(Value::List(rows)))
                if rows.iter().any(|row| add.contains(&row.id)) =>
            {
                let twice = rows.iter().find(|row| add.contains(&row.id)).map(|row| row.id.clone());
                Err(Problem::RepeatedRow(twice.unwrap_or_default()))
            }
            _ => state.field.with_value(|field| check_entry(field, &entry)),
        };
        match fits {
            Ok(_) => {
                state.adding.set(String::new());
                self.enter(state, entry);
            }
            Err(problem) => {
                let key = state.field.with_value(|field| field.key.clone());
                self.refuse(Violation::new(key, problem));
            }
        }
    }

    /// Takes a row out that is on file, or one back that was added.
    pub fn toggle_row(self, state: FieldState, id: &str) {
        let (mut add, mut remove) = state.adjustments();
        if add.iter().any(|added| added == id) {
            add.retain(|added| added != id);
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
fn adjusted(entry: &Entry, held: &Held) -> Entry {
    let Entry::AsRead(Value::List(wanted)) = entry else { return entry.clone() };
    let on_file = match held {
        Held::Known(Value::List(rows)) => rows.as_slice(),
        _ => &[],
    };
    let without = |some: &[Row], other: &[Row]| {
        some.iter().filter(|row| !other.contains(row)).map(|row| row.id.clone()).collect()
    };
    Entry::Adjust { add: without(wanted, on_file), remove: without(on_file, wanted) }
}

impl FieldState {
    pub fn adjustments(self) -> (Vec<String>, Vec<String>) {
        match self.entry.get() {
            Entry::Adjust { add, remove } => (add, remove),
            _ => (Vec::new(), Vec::new()),
        }
    }

    /// The entry with a row that was typed and not added: forgetting the button loses nothing.
    fn with_pending(self) -> Entry {
        let entry = self.entry.get();
        let pending = self.adding.with(|text| text.trim().to_string());
        if pending.is_empty() || !self.field.with_value(|field| matches!(field.kind, Kind::List(_))) {
            return entry;
        }
        let (mut add, remove) = self.adjustments();
        add.push(pending);
        Entry::Adjust { add, remove }
    }
}
