use serde_json::{Value as Json, json};

use super::{Held, Odd, Value};
use crate::change::check::parse;
use crate::change::row::Row;
use crate::provider::fault::Faults;
use crate::provider::field::Field;
use crate::provider::reader::Place;

fn field(file: Json) -> Field {
    let faults = Faults::default();
    Field::read("key", &Place::new(&file, &faults)).expect("a field")
}

fn of(kind: &str) -> Field {
    field(json!({
        "label": "Box", "type": kind, "items": { "label": "team" }, "item": { "id": "/unitId", "label": "/name" }
    }))
}

fn list(ids: &[&str]) -> Value {
    Value::List(ids.iter().map(|id| Row::new(*id)).collect())
}

fn read(wire: Json) -> Value {
    Value::from_wire(&of("array"), &wire).expect("rows").expect("a value")
}

#[test]
fn a_wire_value_is_read_as_its_type_or_not_at_all() {
    let check = |kind: &str, wire: Json, expected: Option<Value>| {
        assert_eq!(Value::from_wire(&of(kind), &wire), Ok(expected), "{kind} {wire}");
    };
    check("string", json!("John"), Some(Value::Text("John".into())));
    check("string", json!(" John "), Some(Value::Text(" John ".into())));
    check("boolean", json!(false), Some(Value::Flag(false)));
    check("integer", json!(0), Some(Value::Number("0".into())));
    check("array", json!(["a", "b"]), Some(list(&["a", "b"])));
    check("array", json!([{ "unitId": "a", "name": "A" }, "b"]), Some(list(&["a", "b"])));
    for kind in ["string", "boolean", "integer", "number", "array"] {
        for nothing in [json!(null), json!(""), json!([]), json!({})] {
            check(kind, nothing, None);
        }
    }
    let odd = |kind: &str, wire: Json| {
        let told = Value::from_wire(&of(kind), &wire);
        assert_eq!(told, Err(Odd { field: "Box".into() }), "{kind} {wire}");
    };
    odd("string", json!(7));
    odd("string", json!(["a"]));
    odd("boolean", json!("true"));
    odd("boolean", json!(1));
    odd("integer", json!("7"));
    odd("array", json!("a"));
    odd("array", json!([7]));
    odd("array", json!([{ "name": "without an id" }]));
    odd("array", json!([{ "unitId": 7 }]));
}

#[test]
fn a_number_survives_with_all_its_digits() {
    for digits in ["9007199254740993", "-0", "1.10", "123456789012345678901234567890"] {
        let wire: Json = serde_json::from_str(digits).expect("a number");
        let value = Value::from_wire(&of("number"), &wire).expect("a number").expect("a value");
        assert_eq!(value.to_wire(&of("number")).to_string(), digits);
        assert_eq!(value.text(), digits);
    }
}

#[test]
fn values_compare_as_people_would_compare_them() {
    let check = |a: Value, b: Value, same: bool| {
        assert_eq!(a == b, same, "{a:?} and {b:?}");
        assert_eq!(b == a, same, "{b:?} and {a:?}");
    };
    check(list(&["a", "b"]), list(&["b", "a"]), true);
    check(list(&["a", "b", "a"]), list(&["b", "a"]), true);
    check(list(&["a"]), list(&["a", "b"]), false);
    check(list(&[]), list(&["a"]), false);
    let labelled = read(json!([{ "unitId": "a", "name": "Team A" }]));
    check(list(&["a"]), labelled, true);
    check(Value::Text("a".into()), Value::Text("A".into()), false);
    check(Value::Text("true".into()), Value::Flag(true), false);
    check(Value::Text("1".into()), Value::Number("1".into()), false);
}

#[test]
fn the_text_form_is_read_back_as_the_same_value() {
    let check = |kind: &str, value: Value| {
        assert_eq!(parse(&of(kind), &value.text()).as_ref(), Ok(&value), "{}", value.text());
    };
    check("string", Value::Text("Zoë 🚀 D’Arcy".into()));
    check("boolean", Value::Flag(true));
    check("boolean", Value::Flag(false));
    check("integer", Value::Number("-12".into()));
    check("number", Value::Number("1.50".into()));
    check("array", list(&["a", "b-2", "c_3"]));
}

#[test]
fn a_value_is_shown_in_words() {
    let check = |file: Json, value: Value, expected: &str| {
        assert_eq!(value.words(&field(file)), expected);
    };
    let flag = || json!({ "label": "Box", "type": "boolean" });
    check(flag(), Value::Flag(true), "Yes");
    check(flag(), Value::Flag(false), "No");
    let hidden = json!({ "label": "Box", "type": "boolean", "words": { "true": "Yes, hidden" } });
    check(hidden.clone(), Value::Flag(true), "Yes, hidden");
    check(hidden, Value::Flag(false), "No");
    let status = json!({ "label": "Box", "type": "integer", "words": { "1": "Joined" } });
    check(status.clone(), Value::Number("1".into()), "Joined");
    check(status, Value::Number("2".into()), "2");
    let rows = read(json!([{ "unitId": "a", "name": "Team A" }, "b"]));
    check(json!({ "label": "Box", "type": "array", "items": { "label": "team" } }), rows, "Team A, b");
}

#[test]
fn none_and_not_told_are_not_the_same() {
    let named = field(json!({ "label": "Box", "type": "string", "none": "No team" }));
    let check = |held: Held, words: &str, wire: Option<Json>| {
        assert_eq!(held.words(&named), words);
        assert_eq!(held.wire(&named), wire);
    };
    check(Held::None, "No team", Some(Json::Null));
    check(Held::NotTold, "Not told by the provider", None);
    check(Held::Known(Value::Text("x".into())), "x", Some(json!("x")));
}
