use serde_json::{Value as Json, json};

use super::{Held, Odd, Value, clock_words};
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

fn date(more: Json) -> Field {
    let spelled = json!({ "read": ["YYYY-MM-DD", "M/D/YYYY", "dddd, MMMM D, YYYY"], "write": "MM/DD/YYYY" });
    let mut file = json!({ "label": "Born", "type": "string", "format": "date", "as": spelled });
    more.as_object().expect("an object").iter().for_each(|(key, value)| file[key] = value.clone());
    field(file)
}

#[test]
fn a_date_is_one_value_in_every_spelling_and_is_written_in_one() {
    let check = |wire: &str, words: &str, written: &str| {
        let value = Value::from_wire(&date(json!({})), &json!(wire)).expect("a date").expect("a value");
        assert_eq!(value.words(&date(json!({}))), words, "{wire}");
        assert_eq!(value.to_wire(&date(json!({}))), json!(written), "{wire}");
        value
    };
    let born = Value::Date("1992-06-01".to_string());
    for wire in ["1992-06-01", "6/1/1992", "06/01/1992", "Monday, June 1, 1992"] {
        assert_eq!(check(wire, "1 June 1992", "06/01/1992"), born);
    }
    assert_eq!(born.text(), "1992-06-01");
    // A spelling that nobody foresaw, and what is no day, are shown and written as they are.
    for odd in ["1.6.1992", "1992-06-01T12:00:00Z", "13/1/1992", "2/30/1992", "0000-00-00", " 6/1/1992"] {
        assert_eq!(check(odd, odd, odd), Value::Text(odd.to_string()));
    }
    assert_ne!(born, Value::Text("1992-06-01".to_string()));
    for nothing in [json!(null), json!("")] {
        assert_eq!(Value::from_wire(&date(json!({})), &nothing), Ok(None));
    }
    assert!(Value::from_wire(&date(json!({})), &json!(19920601)).is_err());
}

#[test]
fn a_clock_is_told_with_its_zone() {
    let told = |zone| clock_words([2026, 11, 9], [8, 2, 16], zone).text();
    assert_eq!(told(Some("GMT+1")), "9 November 2026, 08:02:16 GMT+1");
    assert_eq!(told(None), "9 November 2026, 08:02:16");
}

#[test]
fn a_moment_is_shown_as_a_day_and_a_time() {
    let moment = field(json!({ "label": "Added", "type": "string", "format": "date-time" }));
    let check = |told: &str, words: &str| {
        assert_eq!(Value::Text(told.to_string()).words(&moment), words, "{told}");
    };
    check("2025-07-26T12:05:09Z", "26 July 2025, 12:05 UTC");
    check("2025-07-26T12:05:09.123Z", "26 July 2025, 12:05 UTC");
    check("2025-07-26T12:05:09", "26 July 2025, 12:05");
    // What is none is shown as it is.
    for odd in ["", "yesterday", "2025-02-30T12:00:00Z", "2025-07-26", "T", "26 July 2025 T 12"] {
        check(odd, odd);
    }
}

#[test]
fn what_is_never_shown_has_no_text_anywhere() {
    let password = field(json!({ "label": "Password", "type": "string", "writeOnly": true, "to": "/p" }));
    let held = Held::Known(Value::Hidden);
    assert_eq!((Value::Hidden.text(), Value::Hidden.to_wire(&password)), (String::new(), Json::Null));
    assert_eq!(held.words(&password), "A new one, which is not shown");
    assert_eq!(Value::Hidden, Value::Hidden);
    assert_ne!(Value::Hidden, Value::Text(String::new()));
}

#[test]
fn only_a_list_has_rows() {
    let rows = |held: Held| held.rows().iter().map(|row| row.id.clone()).collect::<Vec<_>>();
    assert_eq!(rows(Held::Known(list(&["a", "b"]))), ["a", "b"]);
    for none in [Held::None, Held::NotTold, Held::Known(Value::Text("a".into())), Held::Known(Value::Hidden)]
    {
        assert_eq!(rows(none), Vec::<String>::new());
    }
}
