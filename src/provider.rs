//! What a provider file says, read and checked.
//!
//! A provider is a file (`providers/*.json`): everything that the page knows about one service is data, and
//! no provider's name occurs in this crate. This room reads such a file by hand, so that *all* its faults are
//! named at once, each with its place and its cure. Deliberately not here: requests as values
//! (`transport`), and records and changes (`change`).

pub mod act;
pub mod answers;
pub mod base64url;
pub mod call;
pub mod condition;
pub mod date;
pub mod duration;
pub mod explain;
pub mod face;
pub mod fault;
pub mod field;
pub mod find;

pub mod items;
pub mod limits;
pub mod lint;
pub mod list;
pub mod names;
pub mod paste;
pub mod pattern;
pub mod phrase;
pub mod pointer;
pub mod reader;
pub mod reference;
pub mod risk;
pub mod server;
pub mod sign_in;
pub mod template;
pub mod translation;
pub mod tree;

use std::ops::Deref;

use serde_json::Value;

use server::Server;

use act::Act;
use answers::{Answers, Pace};
use call::{Call, Reading, Update};
use explain::{Clue, Explain};
pub use face::{Ask, Face, Way};

use fault::{Fault, Faults};
use field::{Field, Kind};
use find::{Find, Step};
use list::Lookup;
use names::Names;
use paste::Paste;
use reader::Place;
use reference::Reference;
use risk::Risk;
use sign_in::SignIn;
use template::Template;

use crate::words::{Words, say};

/// The version of the vocabulary that this crate reads.
pub const VERSION: usize = 1;

/// Everything that is known about one provider.
#[derive(Clone, Debug, PartialEq)]
pub struct Provider {
    face: Face,
    /// What must be known before any call. What is write-only there is a secret.
    pub connection: Vec<Field>,
    pub sign_in: Vec<SignIn>,
    pub headers: Vec<(String, Template)>,
    pub reference: Option<Reference>,
    /// The keys that name a member; also the key for pace, route and duplicates.
    pub identity: Vec<Field>,
    pub paste: Vec<Paste>,
    pub find: Option<Find>,
    /// What a member is called in words: the first template whose names are all known.
    pub title: Vec<Template>,
    pub second: Vec<Template>,
    pub read: Reading,
    pub update: Update,
    pub fields: Vec<Field>,
    pub risks: Vec<Risk>,
    pub acts: Vec<Act>,
    pub answers: Answers,
    pub explain: Vec<Explain>,
    pub pace: Pace,
}

/// A provider is met by its face everywhere.
impl Provider {
    /// Offers servers that its file does not know.
    pub fn offer(&mut self, servers: Vec<Server>) {
        self.face.servers.extend(servers);
    }
}

impl Deref for Provider {
    type Target = Face;

    fn deref(&self) -> &Face {
        &self.face
    }
}

impl Provider {
    /// Reads a provider file: a provider that every part of this crate can rely on, or all that is wrong with it.
    pub fn parse(text: &str) -> Result<Provider, Vec<Fault>> {
        let faults = Faults::default();
        let value = json(text, &faults);
        let provider = value.as_ref().and_then(|value| Provider::read(&Place::new(value, &faults)));
        let mut faults = faults.into_list();
        if let Some(provider) = &provider {
            let between = Faults::default();
            lint::lint(provider, &between);
            let new = between.into_list().into_iter();
            // What could not be read is missing for the linter too: one fault is enough for it.
            let known: Vec<String> = faults.iter().map(|fault| fault.pointer.clone()).collect();
            faults.extend(new.filter(|fault| !known.iter().any(|known| known.starts_with(&fault.pointer))));
        }
        match provider {
            Some(provider) if faults.is_empty() => Ok(provider),
            _ => Err(faults),
        }
    }

    fn read(place: &Place) -> Option<Provider> {
        let object = place.object()?;
        if let Some(place) = object.need("version")
            && place.count() != Some(VERSION)
        {
            place.fault("This version of the vocabulary is not known here.", "Write 1, or use a newer page.");
        }
        let templates = |key| {
            let wanted = "a text with names in braces";
            let place: Option<Place> = object.need(key);
            let places = place.map(|place| place.one_or_more()).unwrap_or_default();
            places.iter().filter_map(|place| place.parsed(wanted, Template::parse)).collect::<Vec<_>>()
        };
        let fields = |place| {
            entries(place).into_iter().filter_map(|(name, place)| Field::read(name, &place)).collect()
        };
        let list = |key| object.get(key).map(|place: Place| place.list()).unwrap_or_default();
        let provider = (
            object.need("read").and_then(|place| Reading::read(&place)),
            object.need("update").and_then(|place| Update::read(&place)),
        );
        Face::check(&object);
        let provider = Provider {
            face: Face::of(&place.value).unwrap_or_default(),
            headers: object.get("headers").map(|place| call::headers(&place)).unwrap_or_default(),
            reference: object.get("reference").and_then(|place| Reference::read(&place)),
            connection: fields(object.get("connection")),
            sign_in: list("sign_in").iter().filter_map(SignIn::read).collect(),
            identity: fields(object.need("identity")),
            find: object.get("find").and_then(|place| Find::read(&place)),
            paste: list("paste").iter().filter_map(Paste::read).collect(),
            title: templates("title"),
            second: object.get("second").map(|_| templates("second")).unwrap_or_default(),
            fields: fields(object.need("fields")),
            risks: list("risks").iter().filter_map(Risk::read).collect(),
            acts: entries(object.get("acts"))
                .into_iter()
                .filter_map(|(id, place)| Act::read(id, &place))
                .collect(),
            answers: object.get("answers").and_then(|place| Answers::read(&place)).unwrap_or_default(),
            explain: list("explain").iter().filter_map(Explain::read).collect(),
            pace: object.get("pace").and_then(|place| Pace::read(&place)).unwrap_or_default(),
            read: provider.0?,
            update: provider.1?,
        };
        object.done();
        Some(provider)
    }

    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// Every request that the file describes, with the name that `explain` calls it by.
    pub fn calls(&self) -> Vec<(&str, &Call)> {
        let mut calls = vec![("read", &self.read.call), ("update", &self.update.call)];
        calls.extend(self.read.also.iter().map(|also| (also.name.as_str(), &also.call)));
        let tests = self.sign_in.iter().filter_map(|sign_in| sign_in.test.as_ref());
        calls.extend(tests.map(|test| ("sign_in", &test.call)));
        calls.extend(self.sign_in.iter().filter_map(SignIn::exchange).map(|way| ("exchange", &way.call)));
        let steps = self.steps().iter().map(|step| &step.lookup);
        for lookup in steps.chain(self.lookups().into_iter().map(|(_, lookup)| lookup)) {
            let name = if lookup.is_reference { "reference" } else { "find" };
            calls.extend(lookup.calls().map(|call| (name, call)));
        }
        calls
    }

    /// The lists that values are chosen from, each with the place in the file that it stands at.
    pub fn lookups(&self) -> Vec<(String, &Lookup)> {
        let mut found = Vec::new();
        let asks = self.reference.iter().flat_map(|reference| &reference.asks);
        let fields = self.fields.iter().map(|field| ("/fields/", field));
        for (part, field) in fields.chain(asks.map(|field| ("/reference/asks/", field))) {
            let pointer = [part, &field.key].concat();
            found.extend(field.choices.iter().map(|own| ([&pointer, "/choices"].concat(), &**own)));
            let Kind::List(items) = &field.kind else { continue };
            let key = items.key.iter().map(|key| key.name.as_str());
            let key = key.map(|name| ["/properties/", name].concat()).next().unwrap_or_default();
            let at = |part: &str| [&pointer, "/items", part, "/choices"].concat();
            found.extend(items.choices.iter().map(|own| (at(&key), own)));
            let parts = items.parts.iter().filter_map(|part| Some((part, part.choices.as_ref()?)));
            found.extend(parts.map(|(part, own)| (at(&["/properties/", &part.name].concat()), own)));
        }
        found
    }

    /// Learns what the ids of a field are called; `part` is the number of a property of its rows besides their key.
    pub fn learn(&mut self, key: &str, part: Option<usize>, names: Names) {
        let Some(field) = self.fields.iter_mut().find(|field| field.key == key) else { return };
        match (&mut field.kind, part) {
            (Kind::List(items), None) => items.names = names,
            (Kind::List(items), Some(part)) => {
                if let Some(part) = items.parts.get_mut(part) {
                    part.names = names;
                }
            }
            _ => field.names = names,
        }
    }

    /// The lists that somebody finds a member by.
    pub fn steps(&self) -> &[Step] {
        self.find.as_ref().map(Find::steps).unwrap_or_default()
    }

    /// Why nobody can list the members.
    pub fn no_list(&self) -> Option<&str> {
        match &self.find {
            Some(Find::No(why)) => Some(why),
            Some(Find::Steps(_)) | None => None,
        }
    }

    /// The way whose credential goes with every request.
    pub fn credential(&self) -> Option<&SignIn> {
        self.sign_in.iter().find(|way| way.exchange().is_none())
    }

    /// What a secret is called for people.
    pub fn secret_label(&self, id: Option<&str>) -> Words {
        let way = || self.credential().map_or_else(say::secret_credential, |way| Words::from(&way.way.label));
        let needs = self.sign_in.iter().filter_map(SignIn::exchange).flat_map(|way| &way.needs);
        let asks = self.reference.iter().flat_map(|reference| &reference.asks);
        let mut fields = self.connection.iter().chain(needs).chain(&self.fields).chain(asks);
        let field = id.and_then(|id| fields.find(|field| field.key == id));
        field.map_or_else(way, |field| Words::from(&field.label))
    }

    /// What one connection of several is called, as in "panel".
    pub fn connection_word(&self) -> Words {
        let plain = self.plain().next();
        plain.map_or_else(say::value_connection, |field| Words::from(field.key.to_lowercase()))
    }

    /// What is known before any call and is no secret, as which panel it is.
    pub fn plain(&self) -> impl Iterator<Item = &Field> {
        self.connection.iter().filter(|field| !field.write_only)
    }

    /// The secrets that are known before any call.
    pub fn secrets(&self) -> impl Iterator<Item = &Field> {
        self.connection.iter().filter(|field| field.write_only)
    }

    /// What is given to connect: the credential, or else the first secret of the connection.
    pub fn main_secret(&self) -> Option<&str> {
        let credential = self.credential().map(|way| way.way.id.as_str());
        credential.or_else(|| self.secrets().next().map(|field| field.key.as_str()))
    }

    /// A secret that some call has in its address.
    pub fn secret_in_address(&self) -> Option<&Field> {
        let calls = self.calls();
        let named = |key: &str| {
            let mut names = calls.iter().flat_map(|(_, call)| {
                call.path.names().chain(call.query.iter().flat_map(|query| query.names()))
            });
            names.any(|name| name == key)
        };
        self.secrets().find(|field| named(&field.key))
    }

    /// The fields that a form offers: what a prepared change does alone is not among them.
    pub fn offered(&self) -> impl Iterator<Item = &Field> {
        let alone = |key: &str| {
            self.acts.iter().any(|act| act.alone && act.change.iter().any(|(field, _)| field == key))
        };
        self.fields.iter().filter(move |field| !field.read_only && !alone(&field.key))
    }

    pub fn act(&self, id: &str) -> Option<&Act> {
        self.acts.iter().find(|act| act.id == id)
    }

    /// The first explanation that fits what an answer shows of itself.
    pub fn explain(&self, clue: &Clue) -> Option<&Explain> {
        self.explain.iter().find(|explain| explain.fits(clue))
    }
}

/// The entries of an object, if there is one.
fn entries(place: Option<Place<'_>>) -> Vec<(&str, Place<'_>)> {
    place.and_then(|place| Some(place.object()?.entries())).unwrap_or_default()
}

/// The JSON of a file, or a fault that says where it is none.
fn json(text: &str, faults: &Faults) -> Option<Value> {
    match serde_json::from_str(text) {
        Ok(value) => Some(value),
        Err(error) => {
            let place = ["line ", &error.line().to_string(), ", column ", &error.column().to_string()];
            faults.add("", ["This is not JSON: see ", &place.concat(), "."].concat(), CURE_JSON);
            None
        }
    }
}

const CURE_JSON: &str = "Mend the JSON there. An editor that checks JSON shows the place.";

#[cfg(test)]
mod tests;
