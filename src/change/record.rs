use serde_json::Value as Json;

use crate::provider::Provider;
use crate::provider::call::{Also, Source};
use crate::provider::condition::{self, Facts};
use crate::provider::field::{Absent, Field};
use crate::provider::pointer::At;
use crate::provider::template::Template;
use crate::words::say;

use super::identity::Identity;
use super::value::{Held, Value};

/// What is on file for one member: the record as it was read, kept raw, and when that was.
///
/// Only [`Record::read`] makes one, so an answer that is not a record (a web page, somebody else's member, a
/// yes or no that is neither) can never be the base of a change.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    raw: Json,
    /// The others of the list that it was read from.
    siblings: Vec<Json>,
    also: Vec<(String, Json)>,
    identity: Identity,
    /// Milliseconds since 1970.
    pub read_at: u64,
}

/// Why an answer is not a record.
#[derive(Clone, Debug, PartialEq)]
pub enum NotARecord {
    /// The list was read, and the member is not in it.
    Absent,
    /// Nothing stands where the record should be.
    Missing,
    /// What the file says a record must have does not hold.
    Must,
    /// A field has a value of another type than the file says.
    Odd { label: String },
}

impl Record {
    pub fn read(
        provider: &Provider,
        identity: &Identity,
        answer: &Json,
        read_at: u64,
    ) -> Result<Record, NotARecord> {
        let (raw, siblings) = find(&provider.read.source, identity, answer)?;
        let record = Record { raw, siblings, also: Vec::new(), identity: identity.clone(), read_at };
        let must = provider.read.must.as_ref();
        if must.is_some_and(|must| must.holds(&record) != Some(true)) {
            return Err(NotARecord::Must);
        }
        for field in &provider.fields {
            for at in field.at.iter().filter(|at| at.also.is_none()) {
                if let Some(wire) = at.pointer.of(&record.raw) {
                    Value::from_wire(field, wire).map_err(|odd| NotARecord::Odd { label: odd.field })?;
                }
            }
        }
        Ok(record)
    }

    /// Adds what an extra read told. One that failed is left out: what it would tell is then not known.
    pub fn add(&mut self, also: &Also, answer: &Json) {
        if let Some(value) = also.record.of(answer) {
            self.also.push((also.name.clone(), value.clone()));
        }
    }

    pub fn raw(&self) -> &Json {
        &self.raw
    }

    pub fn siblings(&self) -> &[Json] {
        &self.siblings
    }

    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// What the record holds for a field: the first place that has a value counts.
    pub fn held(&self, field: &Field) -> Held {
        let found: Vec<&Json> = field.at.iter().filter_map(|at| self.at(at).flatten()).collect();
        let value = found.iter().find_map(|wire| Value::from_wire(field, wire).ok().flatten());
        // A key that an extra read does not have tells as little as an extra read that failed.
        let own = field.at.iter().all(|at| at.also.is_none());
        match (value, &field.absent) {
            (Some(value), _) => Held::Known(value),
            (None, _) if !found.is_empty() => Held::None,
            (None, Absent::Is(wire)) => {
                Value::from_wire(field, wire).ok().flatten().map_or(Held::None, Held::Known)
            }
            (None, Absent::None) if own => Held::None,
            (None, Absent::None | Absent::NotTold) => Held::NotTold,
        }
    }

    /// Why a field is not offered for this record; nothing if it is.
    pub fn refuses(&self, field: &Field) -> Option<String> {
        let offered = field.when.as_ref().and_then(|when| when.holds(self));
        field.unless.clone().filter(|_| offered == Some(false))
    }

    /// The first of these templates whose names are all known.
    pub fn fill(&self, provider: &Provider, templates: &[Template]) -> Option<String> {
        templates.iter().find_map(|template| template.fill(|name| self.word(provider, name)))
    }

    /// What the member is called in words.
    pub fn title(&self, provider: &Provider) -> String {
        self.fill(provider, &provider.title).unwrap_or_else(|| say::record_title(&provider.member).text())
    }

    /// A sibling's name in a template, in words for a person.
    pub fn word_of(&self, provider: &Provider, sibling: &Json, name: &str) -> Option<String> {
        let field = provider.field(name)?;
        let found = field.at.iter().filter(|at| at.also.is_none()).find_map(|at| at.pointer.of(sibling));
        found.and_then(|wire| Value::from_wire(field, wire).ok().flatten()).map(|value| value.words(field))
    }

    /// A name in a template, in words for a person.
    pub fn word(&self, provider: &Provider, name: &str) -> Option<String> {
        match provider.field(name) {
            Some(field) => self.held(field).value().map(|value| value.words(field)),
            None => self.identity.get(name).map(str::to_string),
        }
    }
}

impl Facts for Record {
    fn at(&self, at: &At) -> Option<Option<&Json>> {
        match &at.also {
            None => Some(at.pointer.of(&self.raw)),
            Some(name) => {
                let (_, also) = self.also.iter().find(|(other, _)| other == name)?;
                Some(at.pointer.of(also))
            }
        }
    }

    fn siblings(&self) -> &[Json] {
        &self.siblings
    }

    fn name(&self, name: &str) -> Option<String> {
        self.identity.get(name).map(str::to_string)
    }
}

/// The record in an answer, with its siblings if it is one of a list.
fn find(source: &Source, identity: &Identity, answer: &Json) -> Result<(Json, Vec<Json>), NotARecord> {
    let (list, which) = match source {
        Source::At(place) => {
            let raw = place.of(answer).filter(|raw| raw.is_object()).ok_or(NotARecord::Missing)?;
            return Ok((raw.clone(), Vec::new()));
        }
        Source::Among { list, which } => (list, which),
    };
    let all = list.of(answer).and_then(Json::as_array).ok_or(NotARecord::Missing)?;
    let (mut own, others): (Vec<&Json>, Vec<&Json>) =
        all.iter().partition(|one| one.is_object() && holds(Some(which), one, identity));
    match (own.pop(), own.is_empty()) {
        (None, _) => Err(NotARecord::Absent),
        (Some(raw), true) => Ok((raw.clone(), others.into_iter().cloned().collect())),
        // Two of one id: nobody can say which is meant.
        (Some(_), false) => Err(NotARecord::Must),
    }
}

/// An answer as conditions see it, before anything is known of a record.
pub struct Answered<'a> {
    pub json: &'a Json,
    pub identity: &'a Identity,
}

impl Facts for Answered<'_> {
    fn at(&self, at: &At) -> Option<Option<&Json>> {
        at.also.is_none().then(|| at.pointer.of(self.json))
    }

    fn name(&self, name: &str) -> Option<String> {
        self.identity.get(name).map(str::to_string)
    }
}

/// Whether a condition holds of an answer; one that cannot be decided does not.
pub fn holds(condition: Option<&condition::Condition>, json: &Json, identity: &Identity) -> bool {
    let facts = Answered { json, identity };
    condition.is_none_or(|condition| condition.holds(&facts) == Some(true))
}
