//! A JSON body with holes.

use super::{Escape, Piece, Text};
use serde_json::{Map, Value};

/// Where a secret stands: the rest of its way down (RFC 6901 tokens), and its id.
type Place<'a> = (&'a [String], &'a str);

/// Compact JSON text, with a hole at each of the pointers: `(pointer, id of the secret)`.
///
/// No hole is ever dropped, or a body without its password would go out: what stands at the pointer is
/// replaced, what is missing on the way is made, and what is in the way gives way to an object.
pub fn body_json(value: &Value, holes: &[(&str, &str)]) -> Text {
    let ways: Vec<Vec<String>> = holes.iter().map(|(pointer, _)| tokens(pointer)).collect();
    let places: Vec<Place> =
        ways.iter().zip(holes).map(|(way, (_, secret))| (way.as_slice(), *secret)).collect();
    let mut out = Text::default();
    write(value, &places, &mut out);
    out
}

fn tokens(pointer: &str) -> Vec<String> {
    match pointer.strip_prefix('/').unwrap_or(pointer) {
        "" if pointer.is_empty() => Vec::new(),
        way => way.split('/').map(|token| token.replace("~1", "/").replace("~0", "~")).collect(),
    }
}

fn write(value: &Value, places: &[Place], out: &mut Text) {
    if places.is_empty() {
        return out.push_plain(&value.to_string());
    }
    if let Some((_, secret)) = places.iter().find(|(way, _)| way.is_empty()) {
        out.push_plain("\"");
        out.push(Piece::Hole { secret: (*secret).to_owned(), escape: Escape::Json });
        return out.push_plain("\"");
    }
    match value {
        Value::Array(values) => write_array(values, places, out),
        Value::Object(members) => write_object(members, places, out),
        _ => write_object(&Map::new(), places, out),
    }
}

fn write_array(values: &[Value], places: &[Place], out: &mut Text) {
    let known: Vec<String> = (0..values.len()).map(|index| index.to_string()).collect();
    let mut comma = Comma::new("[");
    for (index, value) in known.iter().zip(values) {
        comma.write(out);
        write(value, &below(places, index), out);
    }
    for token in missing(places, |token| known.iter().any(|index| index == token)) {
        comma.write(out);
        write(&Value::Null, &below(places, token), out);
    }
    comma.end("]", out);
}

fn write_object(members: &Map<String, Value>, places: &[Place], out: &mut Text) {
    let mut comma = Comma::new("{");
    let added = missing(places, |token| members.contains_key(token));
    let known = members.iter().map(|(key, value)| (key.as_str(), value));
    for (key, value) in known.chain(added.into_iter().map(|key| (key, &Value::Null))) {
        comma.write(out);
        out.push_plain(&Value::from(key).to_string());
        out.push_plain(":");
        write(value, &below(places, key), out);
    }
    comma.end("}", out);
}

/// The places under one key or index.
fn below<'a>(places: &[Place<'a>], key: &str) -> Vec<Place<'a>> {
    places
        .iter()
        .filter_map(|(way, secret)| match way.split_first() {
            Some((token, rest)) if token == key => Some((rest, *secret)),
            _ => None,
        })
        .collect()
}

/// The keys that places name and the value does not have, each once, in order.
fn missing<'a>(places: &[Place<'a>], is_known: impl Fn(&str) -> bool) -> Vec<&'a str> {
    let mut keys: Vec<&str> = Vec::new();
    for token in places.iter().filter_map(|(way, _)| way.first()) {
        if !is_known(token) && !keys.contains(&token.as_str()) {
            keys.push(token);
        }
    }
    keys
}

/// Writes the opening before the first member, a comma before each later one.
struct Comma {
    next: &'static str,
    any: bool,
}

impl Comma {
    fn new(opening: &'static str) -> Comma {
        Comma { next: opening, any: false }
    }

    fn write(&mut self, out: &mut Text) {
        out.push_plain(self.next);
        self.next = ",";
        self.any = true;
    }

    fn end(self, closing: &str, out: &mut Text) {
        if !self.any {
            out.push_plain(self.next);
        }
        out.push_plain(closing);
    }
}
