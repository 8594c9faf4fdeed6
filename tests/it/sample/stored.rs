//! What a provider keeps of a member, made from the file alone.

use memberdesk::change::identity::Identity;
use memberdesk::change::record::Record;
use memberdesk::provider::Provider;
use memberdesk::provider::call::{Base, Source};
use memberdesk::provider::condition::{Condition, Subject, Test};
use memberdesk::provider::field::{Dates, Field, Kind};
use memberdesk::provider::items::{Items, Part, Rows, Shape};
use memberdesk::provider::limits::Format;
use memberdesk::provider::pointer::At;
use memberdesk::provider::template::Template;
use serde_json::{Value as Json, json};

use super::{NOW, identity};

/// What no file knows of, with digits that no float has.
const UNKNOWN: &str = r#"{"unknown":{"digits":9007199254740993.10,"list":[1.0,-0,null]}}"#;

/// Everything that reading a member brings: the record itself, its siblings, and each extra read.
#[derive(Clone, Debug)]
pub struct Stored {
    pub raw: Json,
    pub siblings: Vec<Json>,
    pub also: Vec<(String, Json)>,
}

/// A value for a field on file that is not its example, in the form in which it is read.
pub fn another(field: &Field) -> Json {
    match (&field.kind, &field.example) {
        (Kind::Flag, Some(Json::Bool(flag))) => json!(!flag),
        (Kind::Flag, _) => json!(false),
        (Kind::Number { .. }, _) => json!(7),
        (Kind::Date(dates), _) => spelled(dates, "1969-03-02"),
        (Kind::List(items), _) if items.is_grouped() => json!([row(items, "other-row", 7)]),
        (Kind::List(items), _) => stored(field, &json!([id(items.whole, "other-row", 7)])),
        (Kind::Text, _) => match field.words.first() {
            Some((wire, _)) => json!(wire),
            None => json!(text(field, "else")),
        },
    }
}

/// The same for a sibling: another value than that of the member.
fn of_sibling(field: &Field) -> Json {
    match field.kind {
        Kind::Text => json!(text(field, "sibling")),
        _ => another(field),
    }
}

fn text(field: &Field, word: &str) -> String {
    match field.limits.format {
        Some(Format::Email) => [word, "@example.org"].concat(),
        Some(Format::Uri) => ["https://example.org/", word].concat(),
        Some(Format::DateTime) => "2025-07-26T12:00:00Z".to_string(),
        None => ["Something ", word].concat(),
    }
}

/// A date as the provider spells it when it is read, in the first of its forms.
fn spelled(dates: &Dates, date: &str) -> Json {
    dates.read[0].write(date).expect("a form that can be written").into()
}

fn id(whole: bool, text: &str, number: u64) -> Json {
    if whole { json!(number) } else { json!(text) }
}

/// A row of several properties, one of which no file knows.
fn row(items: &Items, key: &str, number: u64) -> Json {
    let mut row: Json = serde_json::from_str(UNKNOWN).expect("JSON");
    let name = &items.key.as_ref().expect("a key").name;
    row[name] = id(items.whole, key, number);
    for part in &items.parts {
        row[&part.name] = match part.shape {
            // What may be either is one value here, so that it must go back as one.
            Shape::One | Shape::AsRead => value(part),
            Shape::List => json!([value(part)]),
        };
    }
    row
}

fn value(part: &Part) -> Json {
    let plain = match part.limits.choices.last() {
        Some(choice) => json!(choice),
        None => id(part.whole, "something", 8),
    };
    let Some(id) = &part.id else { return plain };
    let mut object = json!({});
    id.set(&mut object, plain);
    object
}

/// What a record holds where a field stands, given what is sent for it: objects where objects are read, dates as
/// they are read.
pub fn stored(field: &Field, sent: &Json) -> Json {
    let items = match &field.kind {
        Kind::List(items) if !items.is_grouped() => items,
        Kind::Date(dates) => {
            let date = sent.as_str().and_then(|text| dates.write.read(text));
            return spelled(dates, &date.expect("a date as it is written"));
        }
        _ => return sent.clone(),
    };
    let Some(id) = &items.id else {
        return sent.clone();
    };
    let rows = sent.as_array().map(Vec::as_slice).unwrap_or_default();
    let row = |row: &Json| {
        let mut stored = json!({});
        if let Some(name) = &items.name {
            name.set(&mut stored, json!("Row"));
        }
        id.set(&mut stored, row.clone());
        stored
    };
    Json::Array(rows.iter().map(row).collect())
}

impl Stored {
    /// A member of this provider in which `offered` can be changed.
    pub fn of(provider: &Provider, offered: &Field) -> Stored {
        let also = provider.read.also.iter();
        let mut stored = Stored {
            raw: serde_json::from_str(UNKNOWN).expect("JSON"),
            siblings: Vec::new(),
            also: also.map(|also| (also.name.clone(), json!({}))).collect(),
        };
        let mut sibling = json!({});
        for field in &provider.fields {
            if let Some(at) = field.at.first() {
                stored.set(at, another(field));
                at.pointer.set(&mut sibling, of_sibling(field));
            }
        }
        for also in &provider.read.also {
            for (_, pointer) in &also.with {
                if pointer.of(&stored.raw).is_none() {
                    pointer.set(&mut stored.raw, json!("some-id"));
                }
            }
        }
        let identity = identity(provider);
        if let Source::Among { which, .. } = &provider.read.source {
            stored.fulfil(which, &identity);
            for test in which.tests() {
                let Subject::At(at) = &test.subject else { panic!("a place: {test:?}") };
                at.pointer.set(&mut sibling, json!("somebody else"));
            }
            stored.siblings.push(sibling);
        }
        for condition in provider.read.must.iter().chain(&offered.when) {
            stored.fulfil(condition, &identity);
        }
        stored
    }

    pub fn set(&mut self, at: &At, value: Json) {
        at.pointer.set(self.part(at), value);
    }

    fn part(&mut self, at: &At) -> &mut Json {
        let place = match &at.also {
            None => Some(&mut self.raw),
            Some(name) => self.also.iter_mut().find(|(other, _)| other == name).map(|(_, json)| json),
        };
        place.expect("lint knows every extra read")
    }

    pub fn fulfil(&mut self, condition: &Condition, identity: &Identity) {
        match condition {
            Condition::All(parts) => parts.iter().for_each(|part| self.fulfil(part, identity)),
            Condition::Any(parts) => self.fulfil(parts.first().expect("one of them"), identity),
            Condition::Test(test) => self.fulfil_test(test, identity),
        }
    }

    fn fulfil_test(&mut self, test: &Test, identity: &Identity) {
        let Subject::At(at) = &test.subject else { panic!("a record is asked about its places: {test:?}") };
        if let Some(value) = test.is.as_ref().and_then(|list| list.first()) {
            self.set(at, filled(value, identity));
        }
        match test.empty {
            Some(false) if at.pointer.of(self.part(at)).is_none() => self.set(at, json!("something")),
            Some(true) => at.pointer.remove(self.part(at)),
            _ => {}
        }
    }

    /// The answer to the read of the record.
    pub fn answer(&self, provider: &Provider) -> Json {
        let mut answer = json!({});
        match &provider.read.source {
            Source::At(place) => place.set(&mut answer, self.raw.clone()),
            Source::Among { list, .. } => {
                let all = self.siblings.iter().chain([&self.raw]).cloned();
                list.set(&mut answer, Json::Array(all.collect()));
            }
        }
        let mut envelope = Stored { raw: answer, siblings: Vec::new(), also: Vec::new() };
        if let Some(ok) = &provider.answers.ok {
            envelope.fulfil(ok, &identity(provider));
        }
        envelope.raw
    }

    pub fn record(&self, provider: &Provider) -> Record {
        let answer = self.answer(provider);
        let mut record = Record::read(provider, &identity(provider), &answer, NOW)
            .unwrap_or_else(|fault| panic!("{fault:?}: {answer}"));
        for (name, json) in &self.also {
            let also = provider.read.also.iter().find(|also| also.name == *name);
            let also = also.expect("an extra read");
            let mut answer = json!({});
            also.record.set(&mut answer, json.clone());
            record.add(also, &answer);
        }
        record
    }

    /// Writes a body into the record: what any provider does with what it is sent. Where a file sends whole
    /// records, what is not sent is lost.
    pub fn write(&mut self, provider: &Provider, body: &Json) {
        if let Base::Record { drop } = &provider.update.base {
            let before = std::mem::replace(&mut self.raw, body.clone());
            for pointer in drop {
                match pointer.of(&before) {
                    Some(kept) => pointer.set(&mut self.raw, kept.clone()),
                    None => pointer.remove(&mut self.raw),
                }
            }
        }
        for field in &provider.fields {
            let sent = field.to.as_ref().and_then(|to| to.of(body));
            let (Some(sent), Some(at)) = (sent, field.at.first()) else { continue };
            let new = match &field.kind {
                Kind::List(items) if items.rows != Rows::Whole => {
                    merged(items, at.pointer.of(self.part(at)), sent)
                }
                _ => stored(field, sent),
            };
            self.set(at, new);
        }
    }
}

/// The rows on file, with those that were sent in the place of the ones with the same key.
fn merged(items: &Items, before: Option<&Json>, sent: &Json) -> Json {
    let rows = |list: Option<&Json>| list.and_then(Json::as_array).cloned().unwrap_or_default();
    let key = |row: &Json| items.id.as_ref().and_then(|id| id.of(row)).cloned();
    let mut all = rows(before);
    for row in rows(Some(sent)) {
        match all.iter_mut().find(|own| key(own) == key(&row)) {
            Some(own) => *own = row,
            None => all.push(row),
        }
    }
    Json::Array(all)
}

fn filled(value: &Json, identity: &Identity) -> Json {
    let template = value.as_str().and_then(Template::parse);
    let text = template.and_then(|template| template.fill(|name| identity.get(name).map(str::to_string)));
    text.map_or(value.clone(), Json::String)
}
