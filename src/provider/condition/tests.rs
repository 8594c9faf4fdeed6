use serde_json::{Value, json};

use super::{Condition, Facts};
use crate::provider::fault::Faults;
use crate::provider::pointer::At;
use crate::provider::reader::Place;

/// A member of a list, and what a change makes of its e-mail.
#[derive(Default)]
struct Member {
    own: Value,
    siblings: Vec<Value>,
    /// The outer `None`: the change leaves it; the inner: it takes the value away.
    to: Option<Option<Value>>,
    also: Option<Value>,
}

impl Facts for Member {
    fn at(&self, at: &At) -> Option<Option<&Value>> {
        let part = if at.also.is_some() { self.also.as_ref()? } else { &self.own };
        Some(at.pointer.of(part))
    }

    fn from(&self, field: &str) -> Option<Value> {
        self.own.get(field).cloned()
    }

    fn to(&self, field: &str) -> Option<Option<Value>> {
        self.to.clone().filter(|_| field == "email")
    }

    fn siblings(&self) -> &[Value] {
        &self.siblings
    }

    fn name(&self, name: &str) -> Option<String> {
        (name == "memberId").then(|| "m1".to_string())
    }
}

fn condition(file: Value) -> Condition {
    let faults = Faults::default();
    let condition = Condition::read(&Place::new(&file, &faults)).expect("a condition");
    assert_eq!(faults.into_list(), [], "{file}");
    condition
}

fn list(emails: &[Value]) -> Vec<Value> {
    emails.iter().map(|email| json!({ "email": email, "name": email })).collect()
}

#[test]
fn a_value_is_taken_if_a_sibling_has_it_in_any_capitals() {
    let taken = condition(json!({ "field": "email", "taken": "/email" }));
    let check = |to: Option<Option<Value>>, siblings: Vec<Value>, expected: Option<&Value>| {
        let member = Member { own: json!({ "email": "a@x.org" }), siblings: list(&siblings), to, also: None };
        assert_eq!(taken.holds(&member), Some(expected.is_some()), "{:?} {siblings:?}", member.to);
        assert_eq!(taken.other(&member).map(|other| &other["name"]), expected, "{siblings:?}");
    };
    let (b, big) = (json!("b@x.org"), json!("B@X.org"));
    let new = || Some(Some(json!("b@x.org")));
    check(new(), vec![json!("c@x.org"), b.clone()], Some(&b));
    check(new(), vec![big.clone()], Some(&big));
    check(Some(Some(json!("ZOË@x.org"))), vec![json!("zoë@X.ORG")], Some(&json!("zoë@X.ORG")));
    // Of two the first is named.
    check(new(), vec![big.clone(), b.clone()], Some(&big));
    check(new(), vec![], None);
    check(new(), vec![json!("bb@x.org"), Value::Null, json!(7), json!(["b@x.org"])], None);
    // What stays as it is may be taken already.
    check(None, vec![json!("A@x.org")], Some(&json!("A@x.org")));
    check(None, vec![b.clone()], None);
    // Nothing is taken by taking it away.
    check(Some(None), vec![b.clone(), Value::Null, json!("")], None);
}

#[test]
fn a_value_that_nobody_knows_is_not_taken() {
    let siblings = list(&[json!("b@x.org"), Value::Null]);
    let member = Member { siblings, ..Member::default() };
    for file in [
        json!({ "field": "email", "taken": "/email" }),
        json!({ "at": "/email", "taken": "/email" }),
        json!({ "at": "room#/email", "taken": "/email" }),
    ] {
        let taken = condition(file);
        assert_eq!(taken.holds(&member), Some(false));
        assert_eq!(taken.other(&member), None);
    }
}

#[test]
fn the_other_is_found_in_every_part_of_a_condition() {
    let member = Member {
        own: json!({ "email": "a@x.org" }),
        siblings: list(&[json!("a@x.org")]),
        ..Member::default()
    };
    let taken = json!({ "field": "email", "taken": "/email" });
    let other = Some("a@x.org");
    let check = |file: Value, holds: Option<bool>, expected: Option<&str>| {
        let condition = condition(file);
        assert_eq!(condition.holds(&member), holds, "{condition:?}");
        assert_eq!(condition.other(&member).and_then(|other| other["name"].as_str()), expected);
    };
    check(json!([{ "at": "/email", "empty": false }, taken]), Some(true), other);
    check(json!({ "any": [{ "at": "/email", "empty": true }, taken] }), Some(true), other);
    check(json!({ "at": "/email", "empty": false }), Some(true), None);
    check(json!([{ "at": "room#/x", "empty": true }, taken]), None, other);
    check(json!({ "field": "email", "taken": "/email", "kept": false }), Some(false), other);
}

#[test]
fn a_text_of_a_condition_may_name_the_member() {
    let check = |own: Value, expected: Option<bool>| {
        let member = Member { own, ..Member::default() };
        let is_own = condition(json!({ "at": "/id", "is": "{memberId}" }));
        assert_eq!(is_own.holds(&member), expected, "{}", member.own);
    };
    check(json!({ "id": "m1" }), Some(true));
    check(json!({ "id": "M1" }), Some(false));
    check(json!({ "id": 1 }), Some(false));
    check(json!({}), None);
}

#[test]
fn a_condition_has_three_answers() {
    let own =
        json!({ "on": true, "off": false, "name": "x", "none": null, "text": "", "list": [], "map": {} });
    let check = |file: Value, to: Option<Option<Value>>, expected: Option<bool>| {
        let member = Member { own: own.clone(), to, ..Member::default() };
        assert_eq!(condition(file.clone()).holds(&member), expected, "{file}");
    };
    let at = |place: &str, word: &str, value: Value| json!({ "at": place, word: value });
    for nothing in ["/none", "/text", "/list", "/map", "/absent"] {
        check(at(nothing, "empty", json!(true)), None, Some(true));
        check(at(nothing, "empty", json!(false)), None, Some(false));
    }
    check(at("/off", "empty", json!(true)), None, Some(false));
    check(at("", "empty", json!(false)), None, Some(true));
    check(at("room#/x", "empty", json!(true)), None, None);
    check(at("/on", "is", json!([false, true])), None, Some(true));
    check(at("/absent", "is", json!("x")), None, None);
    check(at("/absent", "is", json!(["x", null])), None, Some(true));
    check(at("/list", "is", json!([[]])), None, Some(true));
    // One no decides, before one that is not known.
    check(json!([at("room#/x", "empty", json!(true)), at("/on", "is", json!(false))]), None, Some(false));
    check(
        json!({ "any": [at("room#/x", "empty", json!(true)), at("/on", "is", json!(true))] }),
        None,
        Some(true),
    );
    let email = |word: &str, value: Value| json!({ "field": "email", word: value });
    check(email("to", json!("b")), Some(Some(json!("b"))), Some(true));
    check(email("to", json!("b")), Some(Some(json!("c"))), Some(false));
    check(email("to", json!([[]])), Some(None), Some(true));
    check(email("to", json!("b")), None, Some(false));
    check(email("kept", json!(true)), None, Some(true));
    check(email("kept", json!(false)), Some(None), Some(true));
    check(email("from", json!("a")), Some(Some(json!("b"))), None);
    check(json!({ "field": "name", "from": "x" }), None, Some(true));
}
