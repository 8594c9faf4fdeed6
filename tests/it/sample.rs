//! Values that a provider file gives by itself: an identity, a record, the way to a server.

use std::sync::LazyLock;

use memberdesk::change::identity::Identity;
use memberdesk::change::record::Record;
use memberdesk::provider::Provider;
use memberdesk::provider::condition::{Condition, Subject, Test};
use memberdesk::provider::field::{Field, Kind};
use memberdesk::provider::pointer::At;
use memberdesk::provider::template::Template;
use memberdesk::transport::{Address, Proxy, Request, RequestView, Target};
use serde_json::{Value as Json, json};

use crate::files::providers;

static PROVIDERS: LazyLock<Vec<Provider>> = LazyLock::new(providers);

/// Every provider, read once.
pub fn all() -> &'static [Provider] {
    &PROVIDERS
}

pub fn provider(id: &str) -> &'static Provider {
    let found = all().iter().find(|provider| provider.id == id);
    found.expect("a provider file")
}

/// The identity that the examples of a file name.
pub fn identity(provider: &Provider) -> Identity {
    let keys = provider.identity.iter().map(|field| {
        let example = field.example.as_ref().and_then(Json::as_str);
        (field.key.clone(), example.expect("every key has an example").to_string())
    });
    Identity::check(provider, &keys.collect::<Vec<_>>()).expect("the examples name a member")
}

/// The example of a field as somebody would type it.
pub fn typed(field: &Field) -> String {
    match field.example.as_ref().expect("every written field has an example") {
        Json::String(text) => text.clone(),
        Json::Array(rows) => {
            let ids: Vec<&str> = rows.iter().filter_map(Json::as_str).collect();
            ids.join("; ")
        }
        other => other.to_string(),
    }
}

/// A value for a field on file that is not its example, in the form in which it is sent.
pub fn another(field: &Field) -> Json {
    match (&field.kind, &field.example) {
        (Kind::Flag, Some(Json::Bool(flag))) => json!(!flag),
        (Kind::Flag, _) => json!(false),
        (Kind::Number { .. }, _) => json!(7),
        (Kind::List(_), _) => json!(["other-row"]),
        (Kind::Text, _) => match field.words.first() {
            Some((wire, _)) => json!(wire),
            None => json!("Something else"),
        },
    }
}

/// What a record holds where a field stands, given what is sent for it: objects where objects are read.
pub fn stored(field: &Field, sent: &Json) -> Json {
    let Kind::List(items) = &field.kind else {
        return sent.clone();
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

/// Everything that reading a member brings: the record itself, and each extra read.
#[derive(Clone, Debug)]
pub struct Stored {
    pub raw: Json,
    pub also: Vec<(String, Json)>,
}

impl Stored {
    /// A member of this provider in which `offered` can be changed: made from the file alone.
    pub fn of(provider: &Provider, offered: &Field) -> Stored {
        let also = provider.read.also.iter();
        let mut stored =
            Stored { raw: json!({}), also: also.map(|also| (also.name.clone(), json!({}))).collect() };
        for field in &provider.fields {
            if let Some(at) = field.at.first() {
                stored.set(at, self::stored(field, &another(field)));
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
        for condition in provider.read.must.iter().chain(&offered.when) {
            stored.fulfil(condition, &identity);
        }
        stored
    }

    pub fn set(&mut self, at: &At, value: Json) {
        let place = match &at.also {
            None => Some(&mut self.raw),
            Some(name) => self.also.iter_mut().find(|(other, _)| other == name).map(|(_, json)| json),
        };
        at.pointer.set(place.expect("lint knows every extra read"), value);
    }

    fn fulfil(&mut self, condition: &Condition, identity: &Identity) {
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
        if test.empty == Some(false) && at.pointer.of(&self.raw).is_none() {
            self.set(at, json!("something"));
        }
    }

    /// The answer to the read of the record.
    pub fn answer(&self, provider: &Provider) -> Json {
        let mut answer = json!({});
        if provider.read.record.as_str().is_empty() {
            answer = self.raw.clone();
        } else {
            provider.read.record.set(&mut answer, self.raw.clone());
        }
        let mut envelope = Stored { raw: answer, also: Vec::new() };
        if let Some(ok) = &provider.answers.ok {
            envelope.fulfil(ok, &identity(provider));
        }
        envelope.raw
    }

    pub fn record(&self, provider: &Provider) -> Record {
        let answer = self.answer(provider);
        let mut record = Record::read(provider, &identity(provider), &answer, 0)
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

    /// Writes a body into the record, place by place: what any provider does with what it is sent.
    pub fn write(&mut self, provider: &Provider, body: &Json) {
        for field in &provider.fields {
            let sent = field.to.as_ref().and_then(|to| to.of(body));
            if let (Some(sent), Some(at)) = (sent, field.at.first()) {
                self.set(at, stored(field, sent));
            }
        }
    }
}

fn filled(value: &Json, identity: &Identity) -> Json {
    let template = value.as_str().and_then(Template::parse);
    let text = template.and_then(|template| template.fill(|name| identity.get(name).map(str::to_string)));
    text.map_or(value.clone(), Json::String)
}

/// The first server of a file, or one at this address.
pub fn target(provider: &Provider) -> Target {
    let server = &provider.servers[0];
    target_at(&server.slug, server.address.as_deref().unwrap_or("https://own.example"))
}

pub fn target_at(server: &str, address: &str) -> Target {
    Target {
        server: server.to_string(),
        address: Some(Address::parse(address).expect("an address")),
        typed: false,
    }
}

/// A request as the provider will see it.
pub fn view(request: &Request, target: &Target) -> RequestView {
    request.view(target, &Proxy::none()).expect("a view")
}

pub fn body(view: &RequestView) -> Json {
    serde_json::from_str(view.body.as_deref().expect("a body")).expect("JSON")
}
