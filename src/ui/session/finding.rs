//! The way to a member by name: one list after the other, each read when somebody wants to choose from it.

use std::sync::Arc;

use leptos::prelude::*;

use crate::browser::document;
use crate::change::identity::{Identity, Pasted, pasted};
use crate::change::limits::limited;
use crate::find::list::Item;
use crate::find::step::{next, searched};
use crate::find::walk::{Walk, Wanted};
use crate::provider::Provider;
use crate::provider::field::Field;

use super::Session;
use super::reading::{Reading, State};

/// The steps of the provider's file, and how far one has come.
#[derive(Clone, Copy)]
pub struct Finding {
    lookups: StoredValue<Vec<Lookup>>,
    /// The boxes for the keys themselves are in sight.
    pub by_key: RwSignal<bool>,
}

/// One list to choose from.
#[derive(Clone, Copy)]
pub struct Lookup {
    /// Its number among the steps.
    pub step: usize,
    /// What stands in its box.
    pub text: RwSignal<String>,
    pub chosen: RwSignal<Option<Arc<Item>>>,
    /// How many days back, where the list is of some time; nothing for what the file says.
    pub days: RwSignal<Option<u64>>,
    whole: Reading,
    /// What the provider itself found for a text, and that text.
    searched: Reading,
    searched_for: RwSignal<Option<String>>,
}

impl Finding {
    pub fn new(provider: &Provider) -> Finding {
        let lookup = |step| Lookup {
            step,
            text: RwSignal::new(String::new()),
            chosen: RwSignal::new(None),
            days: RwSignal::new(None),
            whole: Reading::default(),
            searched: Reading::default(),
            searched_for: RwSignal::new(None),
        };
        let lookups = (0..provider.steps().len()).map(lookup).collect();
        Finding { lookups: StoredValue::new(lookups), by_key: RwSignal::new(false) }
    }

    pub fn lookups(self) -> Vec<Lookup> {
        self.lookups.get_value()
    }

    /// Nothing that was found or chosen stays: another connection sees other lists.
    pub fn forget(self) {
        self.lookups().into_iter().for_each(Lookup::forget);
        self.by_key.set(false);
    }

    /// Nothing is read any more: a member was named.
    fn stop(self) {
        let under_way = |reading: &Reading| reading.is_under_way();
        let readings = self.lookups().into_iter().flat_map(|lookup| [lookup.whole, lookup.searched]);
        untrack(|| readings.filter(under_way).for_each(Reading::leave));
    }
}

impl Lookup {
    fn forget(self) {
        self.text.set(String::new());
        self.chosen.set(None);
        self.searched_for.set(None);
        self.whole.forget();
        self.searched.forget();
    }

    /// The list that what is typed is looked for in.
    pub fn reading(self) -> Reading {
        match self.searched_for.get() {
            Some(text) if self.text.with(|own| own.trim() == text) => self.searched,
            _ => self.whole,
        }
    }

    /// What fits what is typed; all, where what stands there was chosen.
    pub fn matches(self) -> Arc<Vec<Arc<Item>>> {
        let chosen = self.chosen.with(Option::is_some);
        let text = self.text.get();
        let reading = self.reading();
        let text = if chosen || self.searched_for.with(|own| own.as_deref() == Some(text.trim())) {
            ""
        } else {
            &text
        };
        Arc::new(reading.matching(text))
    }
}

impl Session {
    /// What is known by now: of the connection, of the member, and of what was chosen on the way.
    fn found(self) -> Vec<(String, String)> {
        let provider = self.provider();
        let mut known = Vec::new();
        for (key, text) in self.keys(&self.typed.get()) {
            match pasted(&provider, &key, &text) {
                Pasted::Gives(gives) => known.extend(gives),
                Pasted::Plain(text) => known.push((key, text)),
                Pasted::Says(_) => {}
            }
        }
        for lookup in self.finding.lookups() {
            let gives = &provider.steps()[lookup.step].gives;
            if let Some(item) = lookup.chosen.get().filter(|_| !known.iter().any(|(key, _)| key == gives)) {
                known.push((gives.clone(), item.id.clone()));
            }
        }
        known.retain(|(_, text)| !text.trim().is_empty());
        known
    }

    /// The lists that can be read by now.
    pub fn lookups(self) -> Vec<Lookup> {
        let (provider, known) = (self.provider(), self.found());
        let is_known = |name: &str| {
            known.iter().any(|(key, _)| key == name) || provider.secrets().any(|field| field.key == name)
        };
        let open = |lookup: &Lookup| provider.steps()[lookup.step].names().all(is_known);
        self.finding.lookups().into_iter().filter(open).collect()
    }

    /// The list that something is to be chosen from next, if any.
    pub fn next_lookup(self) -> Option<Lookup> {
        let (provider, known) = (self.provider(), self.found());
        let step = next(&provider, |name| known.iter().any(|(key, _)| key == name))?;
        self.finding.lookups().into_iter().find(|lookup| lookup.step == step)
    }

    /// Somebody is about to choose: the list is read, if it was not yet or was left in the middle.
    pub fn look(self, lookup: Lookup) {
        let whole = lookup.whole;
        if untrack(|| whole.state.with(|state| *state == State::Idle) || whole.was_left()) {
            self.begin(whole, lookup, String::new());
        }
    }

    /// Reads a list from its beginning.
    pub fn look_again(self, lookup: Lookup) {
        match untrack(|| lookup.searched_for.get().filter(|text| lookup.text.with(|own| own.trim() == text)))
        {
            Some(text) => self.begin(lookup.searched, lookup, text),
            None => self.begin(lookup.whole, lookup, String::new()),
        }
    }

    fn begin(self, reading: Reading, lookup: Lookup, text: String) {
        let days = lookup.days.get_untracked();
        let wanted = Wanted {
            step: lookup.step,
            connection: self.connection(),
            known: untrack(|| self.found()),
            text,
            days,
        };
        if let Some(walk) = Walk::new(self.provider(), &self.server(), self.between(), wanted) {
            self.read(reading, walk);
        }
    }

    /// Somebody typed into the box of a list: what was chosen there is not meant any more.
    pub fn type_name(self, lookup: Lookup, before: &str, text: &str) {
        if lookup.chosen.with_untracked(|chosen| chosen.as_ref().is_some_and(|item| item.name != text)) {
            self.unchoose(lookup);
        }
        // A key brings one letter; what comes at once was pasted.
        let is_pasted = text.chars().count() >= before.chars().count() + PASTED;
        if is_pasted && untrack(|| lookup.matches().is_empty()) {
            self.take_pasted(lookup, text);
        }
    }

    /// A link or an id in the box for a name is as good as in its own.
    fn take_pasted(self, lookup: Lookup, text: &str) {
        let provider = self.provider();
        let own = provider.steps()[lookup.step].gives.as_str();
        let last = provider.identity.last().map_or(own, |field| field.key.as_str());
        let gives = [own, last].into_iter().find_map(|key| {
            let field = provider.identity.iter().find(|field| field.key == key)?;
            match pasted(&provider, key, text) {
                Pasted::Gives(gives) => Some(gives),
                // A name of one word may look like the id of something else that comes later.
                Pasted::Plain(text) if is_id_of(field, &text, if key == own { PASTED } else { LONG }) => {
                    Some(vec![(key.to_string(), text)])
                }
                Pasted::Says(_) | Pasted::Plain(_) => None,
            }
        });
        let Some(gives) = gives else { return };
        lookup.text.set(String::new());
        gives.iter().for_each(|(key, _)| self.unname(key));
        self.typed.update(|typed| {
            typed.retain(|(own, _)| !gives.iter().any(|(key, _)| key == own));
            typed.extend(gives);
        });
        self.finding.by_key.set(true);
        document::focus_control_later(last.to_string());
    }

    /// What a text in the box of a list is, if it is an id of another kind.
    pub fn wrong_kind(self, lookup: Lookup) -> Option<String> {
        let text = lookup.text.get();
        if !is_like_an_id(&text, PASTED) || !lookup.matches().is_empty() {
            return None;
        }
        let provider = self.provider();
        match pasted(&provider, &provider.steps()[lookup.step].gives, &text) {
            Pasted::Says(says) => Some(says),
            Pasted::Gives(_) | Pasted::Plain(_) => None,
        }
    }

    /// Lets the provider look for what was typed, where it does and the list read so far has nobody of that name.
    pub fn search(self, lookup: Lookup) {
        let provider = self.provider();
        let typed = lookup.text.get_untracked();
        let asked = searched(&provider.steps()[lookup.step], &typed);
        if let Some(text) = asked
            && untrack(|| lookup.matches().is_empty())
        {
            lookup.searched_for.set(Some(typed.trim().to_string()));
            self.begin(lookup.searched, lookup, text);
        }
    }

    /// This one is meant. What was chosen further on was of another.
    pub fn choose(self, lookup: Lookup, item: Arc<Item>) {
        self.unchoose(lookup);
        let provider = self.provider();
        let gives = &provider.steps()[lookup.step].gives;
        if provider.identity.iter().any(|field| field.key == *gives) {
            let own = (gives.clone(), item.id.clone());
            self.typed.update(|typed| {
                typed.retain(|(key, _)| key != gives);
                typed.push(own);
            });
        }
        lookup.chosen.set(Some(item));
    }

    /// Nothing is chosen here any more, and nothing that follows from it.
    fn unchoose(self, lookup: Lookup) {
        let provider = self.provider();
        let from = lookup.step;
        let gone = provider.steps()[from..].iter().map(|step| step.gives.as_str()).collect::<Vec<_>>();
        self.typed.update(|typed| typed.retain(|(key, _)| !gone.contains(&key.as_str())));
        lookup.chosen.set(None);
        self.forget_after(lookup);
    }

    /// A key was typed, or a link that gives several: what was chosen by name for them is not meant any more.
    pub fn type_key(self, key: &str, text: String) {
        self.unname(key);
        if let Pasted::Gives(gives) = pasted(&self.provider(), key, &text) {
            gives.iter().for_each(|(key, _)| self.unname(key));
        }
        self.typed.update(|typed| {
            typed.retain(|(own, _)| own != key);
            typed.push((key.to_string(), text));
        });
    }

    /// What was chosen by name for a key is not meant any more, nor what followed from it.
    fn unname(self, key: &str) {
        let provider = self.provider();
        let own = |lookup: &Lookup| provider.steps()[lookup.step].gives == key;
        if let Some(lookup) = self.finding.lookups().into_iter().find(own) {
            lookup.text.set(String::new());
            lookup.chosen.set(None);
            self.forget_after(lookup);
        }
    }

    fn forget_after(self, lookup: Lookup) {
        let later = self.finding.lookups().into_iter().filter(|own| own.step > lookup.step);
        later.for_each(Lookup::forget);
    }

    /// Whether the boxes for keys are in sight. At first they are, if one is known that nobody chose by name.
    pub fn by_key(self) -> RwSignal<bool> {
        let by_key = self.finding.by_key;
        let is_typed = |(key, text): &(String, String)| !text.is_empty() && self.chosen_for(key).is_none();
        if untrack(|| self.typed.with(|typed| typed.iter().any(is_typed))) {
            by_key.set(true);
        }
        by_key
    }

    /// The list that a key was chosen from.
    fn chosen_for(self, key: &str) -> Option<Lookup> {
        let provider = self.provider();
        let own = |lookup: &Lookup| {
            provider.steps()[lookup.step].gives == key && lookup.chosen.with(Option::is_some)
        };
        self.finding.lookups().into_iter().find(own)
    }

    /// What a member was chosen in, by name.
    pub(super) fn found_in(self, member: &Identity) -> Option<String> {
        let provider = self.provider();
        let lookups = self.finding.lookups();
        let (last, before) = lookups.split_last()?;
        let chosen = |lookup: &Lookup| lookup.chosen.get_untracked();
        let key = &provider.steps()[last.step].gives;
        let is_own = chosen(last).is_some_and(|item| member.get(key) == Some(item.id.as_str()));
        let names = before.iter().filter_map(chosen).map(|item| item.name.clone()).collect::<Vec<_>>();
        (is_own && !names.is_empty()).then(|| names.join(", "))
    }

    /// The id of the box for a name.
    pub fn box_of(self, lookup: Lookup) -> String {
        ["find-", &self.provider().steps()[lookup.step].gives].concat()
    }

    /// The id of the box that a key stands in: that of its name, if it was chosen by name.
    pub fn box_of_key(self, key: &str) -> String {
        match self.chosen_for(key) {
            Some(lookup) => self.box_of(lookup),
            None => key.to_string(),
        }
    }

    /// Nothing is looked for any more.
    pub(super) fn stop_looking(self) {
        self.drop_held();
        self.finding.stop();
    }
}

/// So many letters do not come with a key, and an id has as many.
const PASTED: usize = 8;

/// No name of one word is so long.
const LONG: usize = 16;

/// No space, a digit, and as long as ids are: hardly anybody is called so.
fn is_like_an_id(text: &str, length: usize) -> bool {
    let text = text.trim();
    text.chars().count() >= length
        && !text.contains(char::is_whitespace)
        && text.contains(|letter: char| letter.is_ascii_digit())
}

/// Whether a text is what a key may be, and usually is.
fn is_id_of(field: &Field, text: &str, length: usize) -> bool {
    let usual = field.limits.usual.as_ref().is_none_or(|usual| usual.fits(text));
    is_like_an_id(text, length) && usual && limited(&field.limits, text).is_ok()
}
