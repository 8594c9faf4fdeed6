use std::sync::Arc;

use leptos::prelude::*;

use crate::change::check::{Change, check, check_entry, parse};
use crate::change::draft::{Draft, Entry};
use crate::change::limits::{bare, limited, tidy};
use crate::change::plan::{Planned, plan};
use crate::change::problem::{Problem, Violation};
use crate::change::record::Record;
use crate::change::row::{self, Row};
use crate::change::value::{Held, Value};
use crate::provider::Provider;
use crate::provider::field::{Field, Kind};
use crate::provider::items::Items;
use crate::transport::Secret;
use crate::words::{Words, say};

/// A draft as somebody fills it in: a signal for each field, and which errors it is time to show.
#[derive(Clone, Copy)]
pub struct Form {
    provider: StoredValue<Arc<Provider>>,
    record: RwSignal<Record>,
    fields: StoredValue<Vec<FieldState>>,
    /// The fields that were wrong when somebody last tried to go on; `""` if nothing would have changed.
    wrong: RwSignal<Vec<String>>,
    /// What the provider refused, until that field is edited.
    refused: RwSignal<Option<Violation>>,
    /// What it began with.
    begun: StoredValue<Draft>,
}

/// One field that can be changed.
#[derive(Clone, Copy)]
pub struct FieldState {
    pub field: StoredValue<Field>,
    pub entry: RwSignal<Entry>,
    /// The boxes of a row that is being typed and was not added yet: its id, then what else it has.
    pub adding: RwSignal<Vec<String>>,
    /// What is never shown again. It does not outlive the change.
    pub secret: RwSignal<String>,
    /// What was typed there is gone, and would have to be typed again.
    pub forgotten: RwSignal<bool>,
    /// How often it was left as it is again, or emptied: a control of several boxes begins anew then.
    pub resets: RwSignal<u32>,
}

impl Form {
    pub fn new(provider: Arc<Provider>, record: Record, draft: &Draft) -> Form {
        let state = |field: &Field| FieldState {
            field: StoredValue::new(field.clone()),
            entry: RwSignal::new(adjusted(draft.get(&field.key), &record.held(field))),
            adding: RwSignal::new(Vec::new()),
            secret: RwSignal::new(String::new()),
            forgotten: RwSignal::new(false),
            resets: RwSignal::new(0),
        };
        let fields = provider.offered().map(state).collect();
        let form = Form {
            provider: StoredValue::new(provider),
            record: RwSignal::new(record),
            fields: StoredValue::new(fields),
            wrong: RwSignal::new(Vec::new()),
            refused: RwSignal::new(None),
            begun: StoredValue::new(Draft::default()),
        };
        form.begun.set_value(untrack(|| form.draft()));
        form
    }

    /// The same form in other words. Nothing of what was typed is touched.
    pub fn say_in(self, provider: &Arc<Provider>) {
        let renew = |state: &FieldState| {
            state.field.update_value(|field| {
                if let Some(own) = provider.field(&field.key) {
                    *field = own.clone();
                }
            });
        };
        self.fields.with_value(|fields| fields.iter().for_each(renew));
        self.provider.set_value(provider.clone());
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
            (key, self.entry(*state))
        };
        self.fields.with_value(|fields| fields.iter().map(entry).collect())
    }

    /// What was typed and is never shown, by the field's key.
    pub fn secrets(self) -> Vec<(String, Secret)> {
        let typed = |state: &FieldState| {
            let secret = state.secret.with_untracked(|text| Secret::password(text).ok())?;
            Some((state.field.with_value(|field| field.key.clone()), secret))
        };
        self.fields.with_value(|fields| fields.iter().filter_map(typed).collect())
    }

    /// A secret survives no send. The form does not mean to send it then, and says so at its box.
    pub fn forget_secrets(self) {
        let forget = |state: &FieldState| {
            state.secret.set(String::new());
            if state.entry.with_untracked(|entry| *entry == Entry::Hidden) {
                state.entry.set(Entry::Keep);
                state.forgotten.set(true);
            }
        };
        self.fields.with_value(|fields| fields.iter().for_each(forget));
    }

    /// Every violation of what is typed now: the field's own rules first, then what the record allows.
    pub fn violations(self) -> Vec<Violation> {
        let secrets: Vec<Violation> = self
            .fields
            .with_value(|fields| fields.iter().filter_map(|state| state.secret_violation()).collect());
        if !secrets.is_empty() {
            return secrets;
        }
        match self.change() {
            Err(violations) => violations,
            Ok(change) => {
                let provider = self.provider();
                match self.record.with(|record| plan(&provider, "", record, &change)) {
                    Err(violations) => violations,
                    Ok(Planned::Nothing) => vec![Violation::new("", Problem::NothingChanges)],
                    Ok(Planned::Plan(_)) => Vec::new(),
                }
            }
        }
    }

    /// The violations to show: what was refused, and of what was wrong when somebody last tried to go on, what still
    /// is. No other error comes while one is still typing.
    pub fn shown(self) -> Vec<Violation> {
        let refused = self.refused.get();
        let wrong = self.wrong.get();
        if wrong.is_empty() {
            return refused.into_iter().collect();
        }
        let is_said = |key: &str| refused.as_ref().is_some_and(|refused| refused.key == key);
        let still = |violation: &Violation| wrong.contains(&violation.key) && !is_said(&violation.key);
        let still: Vec<Violation> = self.violations().into_iter().filter(still).collect();
        refused.into_iter().chain(still).collect()
    }

    pub fn change(self) -> Result<Change, Vec<Violation>> {
        check(&self.provider(), &self.draft())
    }

    /// Tries to go on: a change, or the violations are shown until they are mended.
    pub fn attempt(self) -> Option<Change> {
        self.refused.set(None);
        let wrong: Vec<String> = self.violations().into_iter().map(|violation| violation.key).collect();
        let is_right = wrong.is_empty();
        self.wrong.set(wrong);
        if is_right { self.change().ok() } else { None }
    }

    /// What somebody said of one field, shown until it is edited.
    pub fn refuse(self, violation: Violation) {
        self.refused.set(Some(violation));
    }

    /// What was wrong with this field is over; `""` for that nothing would change.
    fn forgive(self, key: &str) {
        if self.wrong.with_untracked(|wrong| wrong.iter().any(|own| own == key)) {
            self.wrong.update(|wrong| wrong.retain(|own| own != key));
        }
    }

    /// Sets what a field shall become.
    pub fn enter(self, state: FieldState, entry: Entry) {
        let about = |refused: &Option<Violation>| {
            refused.as_ref().is_some_and(|refused| state.field.with_value(|field| field.key == refused.key))
        };
        if self.refused.with_untracked(about) {
            self.refused.set(None);
        }
        self.forgive("");
        state.entry.set(entry);
    }

    /// What a text box shows and what it means: the text on file means "leave it".
    pub fn text(self, state: FieldState) -> String {
        match state.entry.get() {
            Entry::Text(text) => text,
            Entry::Keep => self.held(state).value().map(Value::text).unwrap_or_default(),
            Entry::Clear | Entry::Hidden | Entry::Adjust { .. } => String::new(),
            Entry::AsRead(value) => value.text(),
        }
    }

    pub fn type_text(self, state: FieldState, text: String) {
        let held = self.held(state).value().map(Value::text).unwrap_or_default();
        let same = held == text || (held.is_empty() && text.trim().is_empty());
        self.enter(state, if same { Entry::Keep } else { Entry::Text(text) });
    }

    /// What is never shown was typed.
    pub fn type_secret(self, state: FieldState, text: String) {
        let entry = if text.is_empty() { Entry::Keep } else { Entry::Hidden };
        state.secret.set(text);
        state.forgotten.set(false);
        self.enter(state, entry);
    }

    /// Whether anything was entered that would be lost: more than what the form began with.
    pub fn is_touched(self) -> bool {
        let now = self.draft();
        self.begun.with_value(|begun| *begun != now)
    }

    /// What a field will be, in words; nothing if it stays as it is. What is not right yet counts as it was typed.
    pub fn becomes(self, state: FieldState) -> Option<Words> {
        let (entry, held) = (self.entry(state), self.held(state));
        state.field.with_value(|field| {
            let other = |value: &Value| (held.value() != Some(value)).then(|| value.words(field).into());
            match entry {
                Entry::Keep => None,
                Entry::Clear => Some(field.nothing()),
                Entry::Hidden => Some(say::value_hidden()),
                Entry::AsRead(value) => other(&value),
                Entry::Text(text) => match parse(field, &text) {
                    Ok(value) => other(&value),
                    Err(_) if tidy(&text).is_empty() => Some(field.nothing()),
                    Err(_) => Some(text.into()),
                },
                Entry::Adjust { add, remove } => Some(adjusted_words(field, &held, &add, &remove)),
            }
        })
    }

    /// Leaves a field as it is on file.
    pub fn reset(self, state: FieldState) {
        state.adding.set(Vec::new());
        state.secret.set(String::new());
        state.forgotten.set(false);
        self.enter(state, Entry::Keep);
        self.forgive(&state.key());
        state.resets.update(|resets| *resets += 1);
    }

    pub fn reset_all(self) {
        self.wrong.set(Vec::new());
        self.refused.set(None);
        self.fields.get_value().into_iter().for_each(|state| self.reset(state));
    }

    /// Empties a field that can be emptied, or leaves it as it is.
    pub fn toggle_clear(self, state: FieldState) {
        let cleared = state.entry.with_untracked(|entry| *entry == Entry::Clear);
        self.enter(state, if cleared { Entry::Keep } else { Entry::Clear });
        state.resets.update(|resets| *resets += 1);
    }

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
    fn entry(self, state: FieldState) -> Entry {
        self.settled(state, state.with_pending())
    }

    /// A row that is the same as on file is no change, and one that is typed again is not taken out.
    fn settled(self, state: FieldState, entry: Entry) -> Entry {
        let (Entry::Adjust { mut add, mut remove }, Some(items)) = (entry.clone(), state.items()) else {
            return entry;
        };
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
fn adjusted(entry: &Entry, held: &Held) -> Entry {
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
fn adjusted_words(field: &Field, held: &Held, add: &[String], remove: &[String]) -> Words {
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
    pub fn key(self) -> String {
        self.field.with_value(|field| field.key.clone())
    }

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

    /// What is wrong with something that is never shown.
    fn secret_violation(self) -> Option<Violation> {
        let text = self.secret.get();
        if text.is_empty() {
            return None;
        }
        self.field.with_value(|field| {
            let readable = Secret::password(&text).map_err(|_| Problem::Unreadable);
            let fits = readable.and_then(|_| limited(&field.limits, &text));
            fits.err().map(|problem| Violation::new(&field.key, problem))
        })
    }

    /// The entry with a row that was typed and not added.
    fn with_pending(self) -> Entry {
        let entry = self.entry.get();
        let boxes = self.adding.get();
        let Some(items) = self.items().filter(|_| boxes.iter().any(|text| !text.trim().is_empty())) else {
            return entry;
        };
        let (mut add, remove) = adjustments(&entry);
        let pending = row::typed(&items, &boxes);
        if items.is_grouped() {
            add.retain(|text| row::id_of(text) != row::id_of(&pending));
        }
        add.push(pending);
        Entry::Adjust { add, remove }
    }
}
