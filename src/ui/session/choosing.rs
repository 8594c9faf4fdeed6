//! Values that are chosen by name: each list is read when somebody wants to choose from it, and what its ids are called
//! is known everywhere from then on.

use std::sync::Arc;

use leptos::prelude::*;

use crate::change::answer::Reason;
use crate::change::identity::Identity;
use crate::find::walk::Walk;
use crate::provider::Provider;
use crate::provider::field::{Field, Kind};
use crate::provider::list::Lookup;
use crate::provider::names::Names;
use crate::transport::{Binding, Secret};
use crate::words::Words;

use super::reading::{Reading, State};
use super::{Session, Stage};
use crate::desk::way::Way;

/// The lists of this session, and what was given and chosen for the server that is asked for names.
#[derive(Clone, Copy)]
pub struct Choosing {
    lists: StoredValue<Vec<List>>,
    /// What was chosen for the server that is asked for names, by its key.
    chosen: RwSignal<Vec<(String, String)>>,
    /// It counts what was given to that server, and taken away.
    given: RwSignal<u32>,
    /// Why it does not take what was given.
    pub refused: RwSignal<Option<Reason>>,
    owner: StoredValue<Owner>,
}

/// One list, for what its calls name: two spaces have other teams.
#[derive(Clone)]
struct List {
    lookup: Lookup,
    known: Vec<(String, String)>,
    reading: Reading,
}

impl Default for Choosing {
    fn default() -> Choosing {
        Choosing {
            lists: StoredValue::new(Vec::new()),
            chosen: RwSignal::new(Vec::new()),
            given: RwSignal::new(0),
            refused: RwSignal::new(None),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
        }
    }
}

impl Choosing {
    fn all(self) -> Vec<List> {
        self.lists.get_value()
    }

    /// Nothing is read any more: somebody has gone on.
    pub(super) fn stop(self) {
        let readings = self.all().into_iter().map(|list| list.reading);
        untrack(|| readings.filter(|reading| reading.is_under_way()).for_each(Reading::leave));
    }

    /// Nothing that was found or chosen stays: another connection has other values.
    pub(super) fn forget(self) {
        self.all().into_iter().for_each(|list| list.reading.forget());
        self.lists.set_value(Vec::new());
        self.chosen.set(Vec::new());
        self.refused.set(None);
    }

    /// What was chosen for the server that is asked for names.
    pub fn chosen(self, key: &str) -> Option<String> {
        self.chosen.with(|all| all.iter().find(|(own, _)| own == key).map(|(_, id)| id.clone()))
    }

    /// An empty one is none.
    pub fn choose(self, key: &str, id: String) {
        if self.chosen(key).unwrap_or_default() != id {
            self.chosen.update(|all| {
                all.retain(|(own, _)| own != key);
                all.extend((!id.is_empty()).then(|| (key.to_string(), id)));
            });
        }
    }
}

impl Session {
    /// How the server is reached that is asked for names, if anybody knows where it is.
    pub fn names_way(self) -> Option<Way> {
        let provider = self.provider();
        let place = provider.names.as_ref()?;
        let way = self.desk.way(&provider, &place.slug).ok();
        // A relay may know more, but nobody can tell.
        way.filter(|way| way.target.address.is_some())
    }

    fn names_binding(self) -> Option<Binding> {
        let way = self.names_way()?;
        Some(Binding::new(&self.provider().id, "", &way.target, &way.proxy))
    }

    /// Whether the server that is asked for names has been given its secrets.
    pub fn has_names_key(self) -> bool {
        self.choosing.given.track();
        let (provider, binding) = (self.provider(), self.names_binding());
        let (Some(reference), Some(binding)) = (&provider.reference, binding) else { return false };
        self.desk
            .keyring
            .with_value(|keyring| reference.secrets().all(|field| keyring.has(&binding, &field.key)))
    }

    /// Keeps a secret for exactly the server that is asked for names.
    pub fn give_names_key(self, field: &Field, text: &str) -> Result<(), Words> {
        let secret = Secret::parse(text).map_err(|fault| fault.words(&field.label))?;
        self.choosing.refused.set(None);
        if let Some(binding) = self.names_binding() {
            self.desk.keyring.update_value(|keyring| keyring.put(binding, &field.key, secret));
        }
        self.choosing.given.update(|given| *given += 1);
        Ok(())
    }

    /// Forgets what was given to the server that is asked for names.
    pub(super) fn forget_names_key(self) {
        if let Some(binding) = self.names_binding() {
            self.desk.keyring.update_value(|keyring| keyring.forget_all(&binding));
        }
        self.choosing.given.update(|given| *given += 1);
    }

    /// The key is not the right one: it is asked for again.
    pub(super) fn refuse_names_key(self, reason: Reason) {
        self.forget_names_key();
        self.choosing.refused.set(Some(reason));
    }

    /// Which member it is, for lists that depend on that.
    fn member(self) -> Identity {
        self.driver(|driver| driver.identity().clone()).unwrap_or_else(|| self.connection())
    }

    /// What a list is asked for with, besides secrets; nothing if something is not known yet.
    fn list_names(self, lookup: &Lookup) -> Option<Vec<(String, String)>> {
        let provider = self.provider();
        let member = self.member();
        let is_secret = |name: &str| match &provider.reference {
            Some(reference) if lookup.is_reference => reference.is_secret(name),
            _ => provider.secrets().any(|field| field.key == name),
        };
        let text = |name: &str| match lookup.is_reference {
            true => self.choosing.chosen(name),
            false => member.get(name).map(str::to_string),
        };
        let names = lookup.names().filter(|name| !is_secret(name));
        names.map(|name| Some((name.to_string(), text(name)?))).collect()
    }

    /// How far a list is that values are chosen from; nothing if it cannot be asked for yet.
    pub fn list(self, lookup: &Lookup) -> Option<Reading> {
        if lookup.is_reference && !self.has_names_key() {
            return None;
        }
        let known = self.list_names(lookup)?;
        let same = |list: &&List| list.known == known && list.lookup == *lookup;
        let own = self.choosing.lists.with_value(|all| all.iter().find(same).map(|list| list.reading));
        Some(own.unwrap_or_else(|| {
            let reading = self.choosing.owner.get_value().with(Reading::default);
            let lookup = lookup.clone();
            self.choosing.lists.update_value(|all| all.push(List { lookup, known, reading }));
            reading
        }))
    }

    /// Somebody is about to choose: the list is read, if it was not yet or was left in the middle.
    pub fn look_up(self, lookup: &Lookup, label: &str) {
        let Some(reading) = untrack(|| self.list(lookup)) else { return };
        if untrack(|| reading.state.with(|state| *state == State::Idle) || reading.was_left()) {
            self.look_up_again(lookup, label);
        }
    }

    /// Reads a list from its beginning.
    pub fn look_up_again(self, lookup: &Lookup, label: &str) {
        untrack(|| {
            let (Some(reading), Some(known)) = (self.list(lookup), self.list_names(lookup)) else { return };
            let provider = self.provider();
            let server = match &provider.names {
                Some(place) if lookup.is_reference => place.slug.clone(),
                _ => self.server(),
            };
            let (between, member) = (self.between(), self.member());
            if let Some(walk) = Walk::choices(provider, &server, between, lookup, label, member, known) {
                self.read(reading, walk);
            }
        });
    }

    /// Says from now on what ids are called, as far as the lists were read.
    pub fn learn(self) {
        let file = self.file.get_value();
        let mut named = Provider::clone(&file);
        for field in &file.fields {
            for (part, names) in untrack(|| self.names_of(field)) {
                named.learn(&field.key, part, names);
            }
        }
        if named != *self.provider() {
            let named = if named == *file { file } else { Arc::new(named) };
            self.put(&named);
        }
    }

    /// Says all in the words of this provider.
    pub(super) fn put(self, provider: &Arc<Provider>) {
        self.provider.set_value(provider.clone());
        if let Some(form) = self.form.get_untracked() {
            form.say_in(provider);
        }
        let planned = self.job.try_update_value(|job| {
            let job = job.as_mut()?;
            job.say_in(provider);
            job.row(0)?.planned().cloned()
        });
        if let Some(fresh) = planned.flatten() {
            self.stage.update(|stage| {
                if let Stage::Check { plan, .. } = stage {
                    *plan = fresh;
                }
            });
        }
    }

    /// Somebody goes on: what was found by then has its names.
    pub fn leave_choices(self) {
        self.choosing.stop();
        self.learn();
    }

    /// What the ids of a field are called: its own, those of its rows, and those of what its rows hold.
    fn names_of(self, field: &Field) -> Vec<(Option<usize>, Names)> {
        let of = |lookup: &Lookup, names: &dyn Fn(&Walk, bool) -> Names| {
            let reading = self.list(lookup)?;
            let is_done = reading.state.with(|state| *state == State::Done) && !reading.is_short();
            reading.with(|walk| names(walk, is_done && !walk.list().items().is_empty()))
        };
        let own = |lookup: &Lookup| of(lookup, &|walk, is_whole| walk.list().names(is_whole));
        let mut found: Vec<(Option<usize>, Names)> = Vec::new();
        found.extend(field.choices.as_deref().and_then(own).map(|names| (None, names)));
        let Kind::List(items) = &field.kind else { return found };
        found.extend(items.choices.as_ref().and_then(own).map(|names| (None, names)));
        for (index, part) in items.parts.iter().enumerate() {
            let inner = items.inner(part).zip(items.choices.as_ref()).and_then(|(number, lookup)| {
                of(lookup, &|walk, is_whole| walk.list().inner_names(number, is_whole))
            });
            let names = part.choices.as_ref().and_then(own).or(inner);
            found.extend(names.map(|names| (Some(index), names)));
        }
        found
    }
}
