mod choices;
mod finding;
mod lint;

use serde_json::{Value, json};

use super::Provider;

/// The smallest file that says everything a provider must say.
fn smallest() -> Value {
    json!({
        "version": 1, "id": "some", "name": "Some", "member": "member", "about": "Change a name.",
        "servers": { "some": { "label": "Some", "address": "https://some.example" } },
        "sign_in": [{ "id": "token", "type": "http", "scheme": "bearer", "label": "Token" }],
        "identity": { "id": { "label": "ID", "type": "string" } },
        "title": "{name}",
        "read": { "call": { "method": "GET", "path": "/m/{id}" }, "record": "" },
        "update": { "call": { "method": "PUT", "path": "/m/{id}" }, "base": "none" },
        "fields": { "name": { "label": "Name", "type": "string", "at": "/name", "to": "/name" } }
    })
}

fn faults_of(file: &Value) -> Vec<String> {
    match Provider::parse(&file.to_string()) {
        Ok(_) => Vec::new(),
        Err(faults) => {
            for fault in &faults {
                assert!(!fault.says.is_empty() && !fault.cure.is_empty(), "{fault:?} must say what and how");
            }
            faults.into_iter().map(|fault| fault.pointer).collect()
        }
    }
}

#[test]
fn the_smallest_file_has_no_fault() {
    assert_eq!(faults_of(&smallest()), Vec::<String>::new());
}

#[test]
fn each_fault_is_named_with_its_place() {
    let check = |pointer: &str, new: Value, expected: &[&str]| {
        let mut file = smallest();
        super::pointer::Pointer::parse(pointer).expect("a pointer").set(&mut file, new);
        assert_eq!(faults_of(&file), expected, "{pointer}");
    };
    check("/version", json!(2), &["/version"]);
    check("/id", json!("Some One"), &["/id"]);
    check("/nmae", json!("x"), &["/nmae"]);
    check("/servers", json!({}), &["/servers"]);
    check("/servers/some/address", json!("ftp://x"), &["/servers/some"]);
    check("/servers/Some", json!({ "label": "x", "address": "ask" }), &["/servers/Some"]);
    check("/sign_in", json!([]), &["/sign_in"]);
    check("/title", json!("{nobody}"), &["/title/0"]);
    check("/read/call/path", json!("/m/{other}"), &["/read/call"]);
    check("/update/call/method", json!("DELETE"), &["/update/call/method"]);
    check("/fields/name/type", json!("text"), &["/fields/name/type"]);
    check("/fields/name/pattern", json!("(?=x)"), &["/fields/name/pattern"]);
    check("/fields/name/readOnly", json!(true), &["/fields", "/fields/name"]);
    check("/fields/name/at", json!("room#/x"), &["/fields/name/at"]);
    check("/fields/name/example", json!(7), &["/fields/name/example"]);
    check(
        "/risks",
        json!([{ "id": "r", "if": { "field": "x", "to": 1 }, "says": "!", "confirm": "tick" }]),
        &["/risks/0/if"],
    );
    check(
        "/risks",
        json!([{ "id": "r", "if": { "field": "name" }, "says": "!", "confirm": "tick" }]),
        &["/risks/0/if"],
    );
    check(
        "/explain",
        json!([{ "status": 400, "means": "odd", "says": "a", "do": "b" }]),
        &["/explain/0/means"],
    );
    check(
        "/explain",
        json!([{ "on": "x", "status": 400, "means": "input", "says": "a", "do": "b" }]),
        &["/explain/0"],
    );
    check("/pace", json!({ "token": { "calls": 0, "per": "PT1S" } }), &["/pace/token"]);
    check("/paste", json!([{ "match": "x{y}", "gives": ["id"] }]), &["/paste/0"]);
    check("/paste", json!([{ "match": "x{y}", "gives": [] }]), &["/paste/0"]);
    check("/headers", json!({ "X-A": "{nobody}" }), &["/headers"]);
    check("/headers", json!({ "X A": "1" }), &["/headers"]);
    check(
        "/fields/name",
        json!({ "label": "N", "type": "string", "at": "/n", "to": "/n", "maxLength": 2, "example": "abc" }),
        &["/fields/name/example"],
    );
    check("/read/must", json!([{ "field": "name", "empty": false }]), &["/read/must"]);
    check("/read/must", json!([{ "at": "/id", "is": "{other}" }]), &["/read/must"]);
    check(
        "/read/also",
        json!({ "update": { "call": { "method": "GET", "path": "/x" }, "record": "" } }),
        &["/read/also/update"],
    );
    check("/read/call/method", json!("PUT"), &["/read"]);
    let twice = json!({ "id": "token", "type": "http", "scheme": "bearer", "label": "Token" });
    check("/sign_in", json!([twice.clone(), twice]), &["/sign_in/1/id"]);
}

#[test]
fn all_faults_are_named_at_once() {
    let mut file = smallest();
    file["version"] = json!(9);
    file["name"] = json!("");
    file["fields"]["name"]["label"] = json!(3);
    file["extra"] = json!(true);
    let mut pointers = faults_of(&file);
    pointers.sort();
    assert_eq!(pointers, ["/extra", "/fields/name/label", "/name", "/version"]);
}

#[test]
fn a_file_that_is_no_json_says_where() {
    let faults = Provider::parse("{\n  \"id\": ,\n}").expect_err("a fault");
    assert_eq!(faults.len(), 1);
    assert!(faults[0].says.contains("line 2"), "{}", faults[0].says);
}

#[test]
fn any_json_ends_in_a_provider_or_in_faults() {
    for text in ["null", "[]", "{}", "7", "\"x\"", "{\"fields\":[]}", "{\"read\":{\"call\":null}}"] {
        assert!(Provider::parse(text).is_err(), "{text}");
    }
}
