mod rows;

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;

use crate::change::check::{Change, check, parse};
use crate::change::draft::{Draft, Entry};
use crate::change::limits::{limited, tidy};
use crate::change::plan::{Planned, plan};
use crate::change::problem::{Problem, Violation};
use crate::change::record::Record;
use crate::change::value::{Held, Value};
use crate::find::list::Doubt;
use crate::provider::Provider;
use crate::provider::field::Field;
use crate::transport::Secret;
use crate::words::{Words, say};
use rows::{adjusted, adjusted_words};

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
    /// It counts what the fields say otherwise now: a language, a name that was learned.
    words: RwSignal<u32>,
}

/// One field that can be changed.
#[derive(Clone, Copy)]
pub struct FieldState {
    pub field: StoredValue<Field>,
    pub entry: RwSignal<Entry>,
    /// What the form began with.
    begun: StoredValue<Entry>,
    /// The boxes of a row that is being typed and was not added yet: its id, then what else it has.
    pub adding: RwSignal<Vec<String>>,
    /// The boxes whose text may be a name that is not clear yet, by their numbers.
    doubts: RwSignal<BTreeMap<usize, Doubt>>,
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
            begun: StoredValue::new(Entry::Keep),
            adding: RwSignal::new(Vec::new()),
            doubts: RwSignal::new(BTreeMap::new()),
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
            words: RwSignal::new(0),
        };
        let begin = |state: &FieldState| state.begun.set_value(untrack(|| form.entry(*state)));
        form.fields.with_value(|fields| fields.iter().for_each(begin));
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
        self.words.update(|words| *words += 1);
    }

    /// Follows what the fields say.
    pub fn words(self) {
        self.words.track();
    }

    pub fn provider(self) -> Arc<Provider> {
        self.provider.get_value()
    }

    /// The fields to show, with why those that cannot be changed here cannot.
    pub fn fields(self) -> Vec<(FieldState, Option<String>)> {
        let refused = |state: &FieldState| {
            state.field.with_value(|field| self.record.with(|record| record.refuses(field)))
        };
        self.fields.get_value().into_iter().map(|state| (state, refused(&state))).collect()
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
        let doubts: Vec<Violation> =
            self.fields.with_value(|fields| fields.iter().filter_map(|state| self.doubt(*state)).collect());
        if !doubts.is_empty() {
            return doubts;
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
        if state.entry.with_untracked(|own| *own != entry) {
            state.entry.set(entry);
        }
    }

    /// Enters what a draft does to its fields; the others stay as they are entered.
    pub fn put(self, draft: &Draft) {
        for state in self.fields.get_value() {
            let entry = draft.get(&state.key());
            if *entry != Entry::Keep {
                self.enter(state, entry.clone());
                state.resets.update(|resets| *resets += 1);
            }
        }
    }

    /// Leaves the fields of a draft as they are on file.
    pub fn take_out(self, draft: &Draft) {
        for state in self.fields.get_value() {
            if *draft.get(&state.key()) != Entry::Keep {
                self.reset(state);
            }
        }
    }

    /// Whether what a draft does is entered just so.
    pub fn has(self, draft: &Draft) -> bool {
        let is_entered = |state: &FieldState| match draft.get(&state.key()) {
            Entry::Keep => true,
            entry => state.entry.with(|own| own == entry),
        };
        self.fields.with_value(|fields| fields.iter().all(is_entered))
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

    /// Whether it is clear what a text in a box means; of a field of one box, that is the first.
    pub fn doubt_text(self, state: FieldState, index: usize, doubt: Option<Doubt>) {
        if state.doubts.with_untracked(|doubts| doubts.get(&index).copied() != doubt) {
            state.doubts.update(|doubts| {
                doubts.remove(&index);
                doubts.extend(doubt.map(|doubt| (index, doubt)));
            });
            self.enter(state, state.entry.get_untracked());
        }
    }

    /// What may be a name is not sent as an id. What is on file is no matter of doubt.
    fn doubt(self, state: FieldState) -> Option<Violation> {
        let doubt = state.doubts.with(|doubts| doubts.values().next().copied())?;
        let problem = match doubt {
            Doubt::UnderWay => Problem::ListUnderWay,
            Doubt::Several => Problem::SeveralHaveIt,
        };
        let is_kept = self.entry(state) == Entry::Keep;
        (!is_kept).then(|| Violation::new(state.key(), problem))
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
        let is_other = |state: &FieldState| {
            let now = self.entry(*state);
            state.begun.with_value(|begun| *begun != now)
        };
        self.fields.with_value(|fields| fields.iter().any(is_other))
    }

    /// What a field will be, in words; nothing if it stays as it is. What is not right yet counts as it was typed.
    pub fn becomes(self, state: FieldState) -> Option<Words> {
        let (entry, held) = (self.entry(state), self.held(state));
        self.words();
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
}

impl FieldState {
    pub fn key(self) -> String {
        self.field.with_value(|field| field.key.clone())
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
}
