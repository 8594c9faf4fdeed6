//! Random edits of a real text: of its bytes, and of the JSON in it.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Map, Value as Json, json};

#[derive(Clone, Debug)]
enum Edit {
    Cut(Index, Index),
    /// A range once more, at another place.
    Again(Index, Index, Index),
    Insert(Index, String),
    Byte(Index, u8),
    /// At a place of the JSON: another value.
    Value(Index, Json),
    /// What stands at one place, at another too.
    Copy(Index, Index),
    Remove(Index),
    /// A key that is there, once more with another value.
    Twice(Index, Json),
    /// In so many lists or objects.
    Deep(Index, usize, bool),
}

/// One of these texts after some edits.
pub fn edited(texts: Vec<String>) -> impl Strategy<Value = Vec<u8>> {
    (select(texts), vec(edit(), 1..5)).prop_map(|(text, edits)| {
        let mut bytes = text.into_bytes();
        for edit in edits {
            bytes = apply(bytes, edit);
        }
        bytes
    })
}

fn edit() -> impl Strategy<Value = Edit> {
    let at = any::<Index>;
    prop_oneof![
        1 => (at(), at()).prop_map(|(from, to)| Edit::Cut(from, to)),
        1 => (at(), at(), at()).prop_map(|(from, to, at)| Edit::Again(from, to, at)),
        1 => (at(), odd_text()).prop_map(|(at, text)| Edit::Insert(at, text)),
        1 => (at(), any::<u8>()).prop_map(|(at, byte)| Edit::Byte(at, byte)),
        4 => (at(), odd_value()).prop_map(|(at, value)| Edit::Value(at, value)),
        1 => (at(), at()).prop_map(|(from, to)| Edit::Copy(from, to)),
        1 => at().prop_map(Edit::Remove),
        1 => (at(), odd_value()).prop_map(|(at, value)| Edit::Twice(at, value)),
        1 => (at(), 1..300_usize, any::<bool>()).prop_map(|(at, depth, list)| Edit::Deep(at, depth, list)),
    ]
}

/// What parsers stumble over: marks, what nobody can see, what is very long or very deep.
fn odd_text() -> impl Strategy<Value = String> {
    let short = [
        "",
        " ",
        "\n",
        "\n\n",
        "\r\n",
        "\t",
        "\0",
        "\\",
        "\\ ",
        "\"",
        "'",
        "“",
        "{",
        "}",
        "[",
        "]",
        "{}",
        "{id}",
        "=",
        ";",
        "+",
        ":",
        ",",
        "/",
        "//",
        "..",
        "%2e",
        "%2F",
        "%",
        "?",
        "#",
        "~",
        "~2",
        "$",
        "$schema",
        "@",
        "a@b.c",
        "\u{200B}",
        "\u{00A0}",
        "\u{FEFF}",
        "\u{202E}",
        "\u{2028}",
        "e\u{301}",
        "ﬀ",
        "İ",
        "ß",
        "😀",
        "\u{10FFFF}",
        "١٩٩٢",
        "-0",
        "1e400",
        "9007199254740993",
        "18446744073709551616",
        "0x7f",
        "PT1S",
        "P999999999999999D",
        "1800000030",
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 29-Feb-00 23:59:60 GMT",
        "1992-02-30",
        "[::1]",
        "http://127.0.0.1",
        "https://user:secret@host",
        "\u{0}\u{1}",
        "^([^/]+)*$",
        "(a|b){2,3}",
        "((a?){1000}){1000}b",
        "YYYY-M-D",
        "true",
        "null",
        "yes",
        "header:Date",
        "/a/0/b",
        "room#/title",
        "<html>",
    ];
    prop_oneof![
        8 => select(short.to_vec()).prop_map(str::to_string),
        2 => any::<String>(),
        1 => (select(vec!["x", "ü", "😀", " ", "[", "{\"a\":", "\"", "\\", "9", "/", "%2e", "a=b+", "(", "a?"]), 1..9_u32)
            .prop_map(|(text, length)| text.repeat(4_usize.pow(length).min(20_000))),
    ]
}

fn odd_value() -> impl Strategy<Value = Json> {
    let number =
        ["0", "-1", "200", "9007199254740993", "-9007199254740993.5", "1e400", "1E-999", "0.10", "-0", "1.0"];
    let number = select(number.to_vec()).prop_map(|digits| serde_json::from_str(digits).expect("a number"));
    prop_oneof![
        1 => Just(Json::Null),
        1 => any::<bool>().prop_map(Json::from),
        1 => any::<i64>().prop_map(Json::from),
        1 => number,
        4 => odd_text().prop_map(Json::from),
        1 => Just(json!([])),
        1 => Just(json!({})),
        1 => odd_text().prop_map(|text| json!([text])),
        1 => (odd_text(), odd_text()).prop_map(|(key, text)| json!({ key: text })),
    ]
}

fn apply(mut bytes: Vec<u8>, edit: Edit) -> Vec<u8> {
    let place = |index: &Index, bytes: &[u8]| index.index(bytes.len() + 1);
    match edit {
        Edit::Cut(from, to) => {
            let (from, to) = range(&from, &to, &bytes);
            bytes.drain(from..to);
        }
        Edit::Again(from, to, at) => {
            let (from, to) = range(&from, &to, &bytes);
            let (again, at) = (bytes[from..to].to_vec(), place(&at, &bytes));
            bytes.splice(at..at, again);
        }
        Edit::Insert(at, text) => {
            let at = place(&at, &bytes);
            bytes.splice(at..at, text.bytes());
        }
        Edit::Byte(at, byte) if !bytes.is_empty() => {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        Edit::Byte(..) => {}
        edit => return in_json(bytes, &edit),
    }
    bytes
}

/// A range, seldom a long one: most of the text shall stay what it is.
fn range(from: &Index, to: &Index, bytes: &[u8]) -> (usize, usize) {
    let from = from.index(bytes.len() + 1);
    (from, from + to.index((bytes.len() - from + 1).min(40)))
}

/// Edits the JSON that a text ends with, if it does; the head of an answer stays.
fn in_json(bytes: Vec<u8>, edit: &Edit) -> Vec<u8> {
    let Some(start) = bytes.iter().position(|byte| b"{[".contains(byte)) else { return bytes };
    let Ok(mut json) = serde_json::from_slice::<Json>(&bytes[start..]) else { return bytes };
    let mut places = Vec::new();
    pointers(&json, String::new(), &mut places);
    let at = |index: &Index| places[index.index(places.len())].as_str();
    let mut name = None;
    match edit {
        Edit::Value(index, value) => put(&mut json, at(index), value.clone()),
        Edit::Copy(from, to) => {
            let value = json.pointer(at(from)).cloned().unwrap_or_default();
            put(&mut json, at(to), value);
        }
        Edit::Remove(index) => remove(&mut json, at(index)),
        Edit::Twice(index, value) => name = add(&mut json, at(index), value),
        Edit::Deep(index, depth, list) => {
            let inner = json.pointer(at(index)).cloned().unwrap_or_default();
            let wrap = |inner, _| if *list { json!([inner]) } else { json!({ "a": inner }) };
            put(&mut json, at(index), (0..*depth).fold(inner, wrap));
        }
        _ => {}
    }
    let mut text = json.to_string();
    if let Some(name) = name {
        text = text.replace(&Json::from(TWICE).to_string(), &Json::from(name).to_string());
    }
    [&bytes[..start], text.as_bytes()].concat()
}

/// Stands for a key that is there already, which no object in memory can have.
const TWICE: &str = "this key is there already";

fn pointers(json: &Json, here: String, into: &mut Vec<String>) {
    let below = |key: &str| [&here, "/", &key.replace('~', "~0").replace('/', "~1")].concat();
    match json {
        Json::Array(list) => {
            (0..)
                .zip(list)
                .for_each(|(index, inner): (usize, _)| pointers(inner, below(&index.to_string()), into));
        }
        Json::Object(map) => map.iter().for_each(|(key, inner)| pointers(inner, below(key), into)),
        _ => {}
    }
    into.push(here);
}

fn put(json: &mut Json, at: &str, value: Json) {
    if let Some(place) = json.pointer_mut(at) {
        *place = value;
    }
}

fn parent<'a>(json: &'a mut Json, at: &str) -> Option<(&'a mut Map<String, Json>, String)> {
    let (parent, key) = at.rsplit_once('/')?;
    Some((json.pointer_mut(parent)?.as_object_mut()?, key.replace("~1", "/").replace("~0", "~")))
}

fn remove(json: &mut Json, at: &str) {
    if let Some((map, key)) = parent(json, at) {
        map.shift_remove(&key);
    }
}

fn add(json: &mut Json, at: &str, value: &Json) -> Option<String> {
    let (map, key) = parent(json, at)?;
    map.insert(TWICE.to_string(), value.clone());
    Some(key)
}
