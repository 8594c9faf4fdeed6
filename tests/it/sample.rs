//! Values that a provider file gives by itself: an identity, a draft, a record, the way to a server.

mod stored;

use std::sync::LazyLock;

use memberdesk::change::draft::{Draft, Entry};
use memberdesk::change::identity::Identity;
use memberdesk::provider::Provider;
use memberdesk::provider::field::{Field, Kind};
use memberdesk::provider::items::{Items, Part, Rows};
use memberdesk::transport::{Address, Proxy, Request, RequestView, Target};
use serde_json::Value as Json;

use crate::files::providers;

pub use stored::{Stored, another};

/// The moment of every test, in milliseconds since 1970: 2027-01-15.
pub const NOW: u64 = 1_800_000_000_000;

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
    let connection = provider.connection.iter().filter(|field| !field.write_only);
    let keys = connection.chain(&provider.identity).map(|field| {
        let example = field.example.as_ref().and_then(Json::as_str);
        (field.key.clone(), example.expect("every key has an example").to_string())
    });
    Identity::check(provider, &keys.collect::<Vec<_>>()).expect("the examples name a member")
}

/// The same, with other values for some keys.
pub fn identity_of(provider: &Provider, keys: &[(&str, &str)]) -> Identity {
    let known = identity(provider);
    let typed = known.keys().map(|(key, text)| {
        let own = keys.iter().find(|(own, _)| *own == key).map_or(text, |(_, text)| text);
        (key.to_string(), own.to_string())
    });
    Identity::check(provider, &typed.collect::<Vec<_>>()).expect("keys that name a member")
}

/// A field changed to its example, or to something that is never shown. Where rows stay, one more is added.
pub fn entry(field: &Field) -> Entry {
    match &field.kind {
        _ if field.write_only => Entry::Hidden,
        Kind::List(items) if items.rows != Rows::Whole => {
            Entry::Adjust { add: typed(field).split("; ").map(str::to_string).collect(), remove: Vec::new() }
        }
        _ => Entry::Text(typed(field)),
    }
}

pub fn draft(fields: &[&Field]) -> Draft {
    fields.iter().map(|field| (field.key.clone(), entry(field))).collect()
}

/// The example of a field as somebody would type it.
pub fn typed(field: &Field) -> String {
    let example = field.example.as_ref().expect("every written field has an example");
    match (&field.kind, example) {
        (_, Json::String(text)) => text.clone(),
        (Kind::List(items), Json::Array(rows)) => {
            rows.iter().map(|row| row_text(items, row)).collect::<Vec<_>>().join("; ")
        }
        (_, other) => other.to_string(),
    }
}

/// A row as somebody would type it: an id, or `id=part=part` with `+` between several values.
fn row_text(items: &Items, row: &Json) -> String {
    let Some(key) = &items.key else { return scalar(row) };
    let cell = |part: &Part| {
        let wire = &row[&part.name];
        let values = wire.as_array().map_or(std::slice::from_ref(wire), Vec::as_slice);
        values.iter().map(|value| value_text(part, value)).collect::<Vec<_>>().join("+")
    };
    let cells = items.parts.iter().map(cell);
    let texts: Vec<String> = std::iter::once(scalar(&row[&key.name])).chain(cells).collect();
    let plain = |text: &String| !text.contains(['\\', ';', '=', '\n']);
    assert!(texts.iter().all(plain), "an example has nothing that must be escaped: {row}");
    texts.join("=")
}

fn value_text(part: &Part, value: &Json) -> String {
    let Some(id) = &part.id else { return scalar(value) };
    let id = scalar(id.of(value).expect("an id"));
    match part.value.as_ref().and_then(|beside| beside.of(value)).and_then(Json::as_str) {
        Some(beside) => [&id, ": ", beside].concat(),
        None => id,
    }
}

fn scalar(wire: &Json) -> String {
    wire.as_str().map_or_else(|| wire.to_string(), str::to_string)
}

/// The example of a field as it is sent.
pub fn sent(field: &Field) -> Json {
    match (&field.kind, &field.example) {
        _ if field.write_only => Json::String(shown(&field.key)),
        (Kind::Date(dates), Some(Json::String(date))) => dates.write.write(date).expect("a date").into(),
        (_, example) => example.clone().expect("every written field has an example"),
    }
}

/// What stands in a request for a secret, as people see it.
pub fn shown(secret: &str) -> String {
    let capital = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' };
    std::iter::once('$').chain(secret.chars().map(capital)).collect()
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
