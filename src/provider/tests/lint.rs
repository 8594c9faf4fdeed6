//! What must hold between the parts of a file that has lists of siblings, secrets, exchanges, rows and acts.

use serde_json::{Value, json};

use super::super::pointer::Pointer;
use super::{faults_of, smallest};

/// A file with each of them, and no fault.
fn full() -> Value {
    let mut file = smallest();
    let more = json!({
        "connection": {
            "panel": { "label": "Panel", "type": "string", "example": "UK" },
            "guid": { "label": "GUID", "type": "string", "writeOnly": true }
        },
        "sign_in": [
            { "id": "token", "type": "http", "scheme": "bearer", "label": "Token" },
            {
                "id": "app", "type": "exchange", "label": "App",
                "needs": {
                    "appId": { "label": "App ID", "type": "string" },
                    "appSecret": { "label": "App secret", "type": "string", "writeOnly": true }
                },
                "call": { "method": "POST", "path": "/token" },
                "body": { "kind": "app", "id": "{appId}", "secret": "{appSecret}" },
                "gives": { "token": "/accessToken" }, "lives": "/expiresIn"
            }
        ],
        "read": {
            "call": { "method": "GET", "path": "/m?guid={guid}" },
            "among": "/members", "where": { "at": "/id", "is": "{id}" }
        },
        "update": {
            "call": { "method": "PUT", "path": "/m/{id}" }, "base": "none",
            "set": { "/guid": "{guid}", "/id": "{id}" }
        },
        "fields": {
            "name": { "label": "Name", "type": "string", "at": "/name", "to": "/name" },
            "email": {
                "label": "E-mail", "type": "string", "format": "email", "example": "a@example.com",
                "at": "/email", "to": "/email"
            },
            "born": {
                "label": "Born", "type": "string", "format": "date",
                "as": { "read": ["YYYY-MM-DD", "M/D/YYYY"], "write": "MM/DD/YYYY" }, "past": true,
                "example": "1985-06-21", "at": "/born", "to": "/born"
            },
            "answers": {
                "label": "Answers", "type": "array", "rows": "changed", "remove": { "no": "They stay." },
                "items": {
                    "label": "answer", "type": "object", "key": "q",
                    "properties": {
                        "q": { "label": "Question", "type": "integer" },
                        "a": { "label": "Answer", "type": "integer", "shape": "list", "item": { "id": "/id" } }
                    }
                },
                "example": [{ "q": 1, "a": [{ "id": 2 }] }], "at": "/answers", "to": "/answers"
            },
            "gone": { "label": "Gone", "type": "boolean", "at": "/gone", "to": "/gone" },
            "password": { "label": "Password", "type": "string", "writeOnly": true, "to": "/password" },
            "added": { "label": "Added", "type": "string", "readOnly": true, "at": "/added" }
        },
        "risks": [
            {
                "id": "merge", "if": { "field": "email", "taken": "/email" },
                "says": "{name} becomes {other.name}.", "confirm": "type", "expect": "gone"
            },
            { "id": "erase", "if": { "field": "gone", "to": true }, "says": "!", "confirm": "type", "forget": true }
        ],
        "acts": { "erase": { "label": "Erase", "says": "For good.", "change": { "gone": true }, "alone": true } },
        "answers": { "field": "/field", "fields": { "mail": "email" }, "echoes": true },
        "explain": [
            { "on": "exchange", "status": 401, "means": "sign_in", "field": "appSecret", "says": "No.", "do": "Go." },
            {
                "status": 200, "if": { "at": "/old", "empty": false }, "means": "setup", "field": "guid",
                "says": "No.", "do": "Go."
            }
        ]
    });
    for (key, value) in more.as_object().expect("an object") {
        file[key] = value.clone();
    }
    file
}

/// The faults after something was put at a place; null takes away what stands there.
fn check(pointer: &str, new: Value, expected: &[&str]) {
    let mut file = full();
    let pointer = Pointer::parse(pointer).expect("a pointer");
    match new {
        Value::Null => pointer.remove(&mut file),
        new => pointer.set(&mut file, new),
    }
    assert_eq!(faults_of(&file), expected, "{}", pointer.as_str());
}

#[test]
fn the_fuller_file_has_no_fault() {
    assert_eq!(faults_of(&full()), Vec::<String>::new());
}

#[test]
fn one_signs_in_or_has_a_secret() {
    let mut file = full();
    file["explain"] = json!([]);
    file["sign_in"] = json!([]);
    assert_eq!(faults_of(&file), Vec::<String>::new());
    file["connection"] = json!({ "guid": { "label": "GUID", "type": "string" } });
    assert_eq!(faults_of(&file), ["/sign_in"]);
}

#[test]
fn names_of_boxes_and_secrets_are_one_set() {
    let text = |label: &str| json!({ "label": label, "type": "string" });
    check("/connection/id", text("ID"), &["/identity/id"]);
    check("/connection/name", text("Name"), &["/connection/name"]);
    check("/identity/email", text("E-mail"), &["/identity/email"]);
    let body = json!({ "panel": "{panel}" });
    let mut file = full();
    file["sign_in"][1]["needs"] = json!({ "panel": text("Panel") });
    file["sign_in"][1]["body"] = body;
    file["explain"] = json!([]);
    assert_eq!(faults_of(&file), ["/sign_in/1/needs/panel"]);
    let mut file = full();
    file["sign_in"][0]["id"] = json!("password");
    file["sign_in"][1]["gives"] = json!({ "password": "/accessToken" });
    assert_eq!(faults_of(&file), ["/sign_in/0/id"]);
}

#[test]
fn an_example_fits_its_own_rules_wherever_it_stands() {
    let long = json!({ "label": "Panel", "type": "string", "maxLength": 1, "example": "UK" });
    check("/connection/panel", long.clone(), &["/connection/panel/example"]);
    check("/identity/id", long, &["/identity/id/example"]);
    let usual = json!({ "label": "App ID", "type": "string", "usual": "^[0-9]+$", "example": "x" });
    let mut file = full();
    file["sign_in"][1]["needs"]["appId"] = usual;
    assert_eq!(faults_of(&file), ["/sign_in/1/needs/appId/example"]);
    check("/fields/born/example", json!("21.6.1985"), &["/fields/born/example"]);
    check("/fields/born/example", json!("1985-02-30"), &["/fields/born/example"]);
    check("/fields/born/example", json!(1985), &["/fields/born/example"]);
    check("/fields/answers/example", json!([{ "a": [] }]), &["/fields/answers/example"]);
    check("/fields/answers/example", json!("1=2"), &["/fields/answers/example"]);
}

#[test]
fn what_is_only_written_is_a_text_that_nobody_reads() {
    let wrong = |more: Value| {
        let mut field =
            json!({ "label": "Password", "writeOnly": true, "type": "string", "to": "/password" });
        more.as_object().expect("an object").iter().for_each(|(key, value)| field[key] = value.clone());
        field
    };
    let place = "/fields/password";
    check(place, wrong(json!({ "at": "/password" })), &[place]);
    check(place, wrong(json!({ "type": "integer" })), &[place]);
    check(place, wrong(json!({ "at": "/password", "send": "always" })), &[place]);
    check(place, wrong(json!({ "send": "always" })), &[place, place]);
    check("/fields/password/to", Value::Null, &[place]);
}

#[test]
fn rows_that_stay_have_something_that_can_be_different() {
    let list = |items: Value| {
        json!({ "label": "L", "type": "array", "rows": "changed", "remove": { "no": "No." },
        "items": items, "at": "/answers", "to": "/answers" })
    };
    let place = "/fields/answers";
    check(place, list(json!({ "label": "answer" })), &["/fields/answers/rows"]);
    let bare = json!({ "label": "answer", "type": "object", "key": "q",
        "properties": { "q": { "label": "Q", "type": "string" } } });
    check(place, list(bare), &["/fields/answers/items"]);
}

#[test]
fn what_is_set_in_a_body_is_known_and_a_secret_stands_alone() {
    check("/update/set/~1other", json!("{nobody}"), &["/update/set/~1other"]);
    check("/update/set/~1guid", json!("{guid}!"), &["/update/set"]);
    check("/update/set/~1guid", json!("{guid} {id}"), &["/update/set"]);
    check("/update/set/~1note", json!("by {id} of {panel}"), &[]);
    check("/update/set/note", json!("{id}"), &["/update/set/note"]);
    check("/update/set/~1guid", json!("{guid"), &["/update/set/~1guid"]);
}

#[test]
fn an_exchange_says_what_it_sends_and_what_it_gives() {
    let check = |key: &str, new: Value, expected: &[&str]| {
        let mut file = full();
        file["explain"] = json!([]);
        file["sign_in"][1][key] = new;
        assert_eq!(faults_of(&file), expected, "{key}");
    };
    check("call", json!({ "method": "POST", "path": "/token/{panel}" }), &[]);
    check("call", json!({ "method": "POST", "path": "/token/{id}" }), &["/sign_in/1"]);
    check("body", json!({ "id": "{appId}", "secret": "{another}" }), &["/sign_in/1/body"]);
    check("gives", json!({ "other": "/accessToken" }), &["/sign_in/1/gives"]);
    check("gives", json!({ "app": "/accessToken" }), &["/sign_in/1/gives"]);
    check("gives", json!({ "token": "/a", "more": "/b" }), &["/sign_in/1/gives"]);
    check("gives", json!({ "token": "accessToken" }), &["/sign_in/1/gives/token"]);
    check("lives", json!("PT12H"), &[]);
    check("lives", json!("a day"), &["/sign_in/1/lives"]);
    check("needs", json!({}), &["/sign_in/1/needs", "/sign_in/1/body", "/sign_in/1/body"]);
    check("call", json!({ "method": "GET", "path": "/token" }), &["/sign_in/1"]);
    check("body", json!("{appId}"), &["/sign_in/1/body", "/sign_in/1/body"]);
    check("body", json!({ "id": "{appId}", "deep": { "secret": "{appSecret}" } }), &["/sign_in/1/body"]);
    check("body", json!({ "id": "Bearer {appId}" }), &["/sign_in/1/body"]);
    check("test", json!({ "call": { "method": "GET", "path": "/me" } }), &["/sign_in/1/test"]);
    let mut file = full();
    file["sign_in"][0]["test"] = json!({ "call": { "method": "POST", "path": "/me" } });
    assert_eq!(faults_of(&file), ["/read"]);
    file["sign_in"][0]["test"] = json!({ "call": { "method": "GET", "path": "/me/{id}" } });
    assert_eq!(faults_of(&file), ["/sign_in/0"]);
    file["sign_in"][0] =
        json!({ "id": "token", "type": "apiKey", "in": "query", "name": "key", "label": "Token" });
    assert!(faults_of(&file).contains(&"/sign_in/0/type".to_string()));
}

#[test]
fn an_extra_read_has_a_name_of_its_own() {
    for name in ["read", "update", "sign_in", "exchange"] {
        let also = json!({ name: { "call": { "method": "GET", "path": "/x" }, "record": "" } });
        check("/read/also", also, &[["/read/also/", name].concat().as_str()]);
    }
}

#[test]
fn a_list_of_siblings_says_which_one_is_meant() {
    check("/read/where", Value::Null, &["/read"]);
    check("/read/where", json!({ "at": "/id", "is": "{nobody}" }), &["/read/where"]);
    check("/read/where", json!({ "field": "name", "empty": false }), &["/read/where"]);
    check("/read/where", json!({ "at": "/id", "taken": "/id" }), &["/read/where"]);
    check("/read/among", json!("members"), &["/read/among"]);
}

#[test]
fn only_a_risk_asks_about_siblings_and_only_such_a_risk_names_one() {
    let mut file = full();
    file["read"] = json!({ "call": { "method": "GET", "path": "/m?guid={guid}" }, "record": "" });
    assert_eq!(faults_of(&file), ["/risks/0/if"]);
    let check = |key: &str, new: Value, expected: &[&str]| {
        let mut file = full();
        file["risks"][0][key] = new;
        assert_eq!(faults_of(&file), expected, "{key}");
    };
    check("if", json!({ "field": "email", "kept": false }), &["/risks/0/says"]);
    check("says", json!("{other.nobody}"), &["/risks/0/says"]);
    check("says", json!("{other.name} in {panel}"), &[]);
    // A secret is never part of a sentence.
    check("says", json!("{guid}"), &["/risks/0/says"]);
    check("expect", json!("nothing"), &["/risks/0/expect"]);
    check("confirm", json!("shout"), &["/risks/0/confirm"]);
}

#[test]
fn an_act_changes_what_can_be_changed_to_a_value_of_its_type() {
    let check = |change: Value, expected: &[&str]| check("/acts/erase/change", change, expected);
    check(json!({}), &["/acts/erase"]);
    check(json!({ "nobody": true }), &["/acts/erase/change/nobody"]);
    check(json!({ "added": "x" }), &["/acts/erase/change/added"]);
    check(json!({ "password": "x" }), &["/acts/erase/change/password"]);
    check(json!({ "gone": "yes" }), &["/acts/erase/change/gone"]);
    check(json!({ "name": true }), &["/acts/erase/change/name"]);
    check(json!({ "answers": [] }), &["/acts/erase/change/answers"]);
    check(json!({ "gone": false, "name": "x", "born": "1/1/2000" }), &[]);
}

#[test]
fn an_act_names_fields_that_the_form_offers() {
    let check = |act: Value, expected: &[&str]| check("/acts/other", act, expected);
    let fields = |fields: Value| json!({ "label": "Other", "fields": fields });
    check(fields(json!(["name", "answers", "password"])), &[]);
    check(fields(json!(["name", "nobody"])), &["/acts/other/fields/1"]);
    check(fields(json!(["added"])), &["/acts/other/fields/0"]);
    // What goes alone is not on the form.
    check(fields(json!(["gone"])), &["/acts/other/fields/0"]);
    check(json!({ "label": "Other", "change": { "gone": false } }), &["/acts/other/change/gone"]);
    check(json!({ "label": "Other", "change": { "name": "x" } }), &[]);
    check(json!({ "label": "Other" }), &["/acts/other"]);
}

#[test]
fn answers_name_fields_and_calls_that_are_there() {
    check("/answers/fields/mail", json!("nobody"), &["/answers/fields/mail"]);
    check("/answers/field", json!("field"), &["/answers/field"]);
    let check = |key: &str, new: Value, expected: &[&str]| {
        let mut file = full();
        file["explain"][1][key] = new;
        assert_eq!(faults_of(&file), expected, "{key}");
    };
    check("if", json!({ "field": "name", "to": "x" }), &["/explain/1/if"]);
    check("if", json!({ "at": "/x" }), &["/explain/1/if"]);
    check("on", json!("exchange"), &[]);
    check("on", json!("room"), &["/explain/1"]);
    check("field", json!("appId"), &[]);
    check("field", json!("panel"), &[]);
    check("field", json!("nobody"), &["/explain/1"]);
}

#[test]
fn a_date_says_how_it_is_spelled() {
    let check = |new: Value, expected: &[&str]| check("/fields/born/as", new, expected);
    check(json!({ "read": "YYYY-MM-DD", "write": "MM/DD/YYYY" }), &[]);
    check(json!({ "read": ["YYYY-MM-DD", "M/D"], "write": "MM/DD/YYYY" }), &["/fields/born/as/read/1"]);
    check(json!({ "read": ["YYYY-MM-DD"], "write": "M.YYYY" }), &["/fields/born/as/write"]);
    check(json!({ "read": ["YYYY-MM-DD"] }), &["/fields/born/as"]);
    check(json!({ "write": "MM/DD/YYYY" }), &["/fields/born/as"]);
    check(Value::Null, &["/fields/born"]);
}

#[test]
fn a_risk_is_one_that_can_come_and_has_a_consent_of_its_own() {
    let risk = |when: Value| json!({ "id": "r", "if": when, "says": "It is so.", "confirm": "tick" });
    let mut file = full();
    let kept = risk(json!({ "field": "email", "kept": false }));
    file["risks"] = json!([kept.clone(), kept]);
    assert_eq!(faults_of(&file), ["/risks/1/id"]);
    // A place cannot change, so such a risk would never be shown.
    for change in ["from", "to"] {
        file["risks"] = json!([risk(json!({ "at": "/email", change: "x" }))]);
        assert_eq!(faults_of(&file), ["/risks/0/if"], "{change}");
    }
    file["risks"] = json!([risk(json!({ "any": [] }))]);
    assert_eq!(faults_of(&file), ["/risks/0/if/any"]);
}

#[test]
fn what_nobody_knows_yet_is_not_asked() {
    let mut file = full();
    file["read"]["also"] = json!({ "room": { "call": { "method": "GET", "path": "/x" }, "record": "" } });
    file["read"]["must"] = json!({ "at": "room#/id", "empty": false });
    assert_eq!(faults_of(&file), ["/read/must"]);
}

#[test]
fn each_place_of_a_body_is_written_once() {
    check("/fields/password/to", json!("/email"), &["/fields/password/to"]);
    check("/fields/password/to", json!(""), &["/fields/password/to"]);
    check("/update/set/~1email", json!("{id}"), &["/fields/email/to"]);
}

#[test]
fn a_change_writes_and_a_count_that_ends_begins_again() {
    check("/update/call/method", json!("GET"), &["/update/call/method"]);
    check("/pace", json!({ "remaining": "X-Left" }), &["/pace/remaining"]);
    check("/pace", json!({ "reset": "two words" }), &["/headers"]);
}
