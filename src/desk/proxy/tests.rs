use serde_json::{Value as Json, json};

use super::{parse, write};
use crate::transport::proxy::preset::PRESETS;
use crate::transport::proxy::{Answers, Marks, Rule, Template, Token};
use crate::transport::{Kind, Proxy, ProxyBase, Sent};

fn base() -> ProxyBase {
    ProxyBase::parse("https://proxy.example/in").expect("a base")
}

fn kinds() -> [Kind; 6] {
    [
        Kind::None,
        Kind::PathMap { base: base() },
        Kind::Prefix { base: base() },
        Kind::Query { base: base(), parameter: "url".to_string() },
        Kind::Envelope { base: base() },
        Kind::Header { base: base(), name: "X-Target-URL".to_string() },
    ]
}

#[track_caller]
fn stays(template: Template) {
    let proxy = Proxy::of(template).expect("a proxy");
    assert_eq!(parse(&write(&proxy)), Ok(proxy));
}

#[test]
fn a_proxy_is_read_as_it_was_written() {
    for kind in kinds() {
        let of = || Template::of(kind.clone());
        let text = |text: &str| text.to_string();
        stays(of());
        stays(Template { headers: vec![(text("X-A"), text("b"))], ..of() });
        stays(Template { rename: vec![(text("Authorization"), text("X-Forward-Authorization"))], ..of() });
        stays(Template { drop: vec![text("Accept")], ..of() });
        stays(Template { cookies: true, public: true, verifies: false, writes: false, ..of() });
        stays(Template { marks: None, ..of() });
        stays(Template { marks: Some(Marks { source: text("X-B"), sent: text("X-C") }), ..of() });
        stays(Template { marks: Some(Marks::default()), ..of() });
        stays(Template { final_url: Some(text("x-final-url")), ..of() });
        stays(Template { follows: !of().follows, ..of() });
        let rule = |status, sent| Rule { status, begins: text("No "), code: text("failed"), sent };
        stays(Template { errors: vec![rule(None, Sent::No), rule(Some(404), Sent::Maybe)], ..of() });
    }
    let [_, map, _, query, envelope, _] = kinds();
    stays(Template { token: Token::Relay, ..Template::of(map) });
    stays(Template { answers: Answers::AllOrigins, ..Template::of(query) });
    stays(Template { access_token: true, ..Template::of(envelope) });
    for preset in &PRESETS {
        stays(preset.at(base(), "x"));
    }
}

#[test]
fn what_is_as_usual_is_not_written() {
    for kind in kinds() {
        let written = write(&Proxy::new(kind, Vec::new()).expect("a proxy"));
        let keys: Vec<&String> = written.as_object().expect("an object").keys().collect();
        assert!(
            keys.iter().all(|key| ["kind", "base", "parameter", "header"].contains(&key.as_str())),
            "{keys:?}"
        );
    }
}

#[test]
fn what_is_wrong_with_a_proxy_is_said_with_its_place() {
    let check = |value: Json, expected: &[&str]| {
        let faults = parse(&value).err().unwrap_or_default();
        let found: Vec<&str> = faults.iter().map(|fault| fault.pointer.as_str()).collect();
        assert_eq!(found, expected, "{value}");
    };
    let map = |more: Json| {
        let mut all = json!({ "kind": "path-map", "base": "relay" });
        all.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        all
    };
    check(map(json!({})), &[]);
    check(map(json!({ "token": "relay" })), &[]);
    check(map(json!({ "marker": null, "credentials": "include", "public": true })), &[]);
    check(map(json!({ "token": "server" })), &["/token"]);
    check(map(json!({ "credentials": true })), &["/credentials"]);
    check(map(json!({ "redirects": "never" })), &["/redirects"]);
    check(map(json!({ "public": "yes" })), &["/public"]);
    check(map(json!({ "marker": { "source": "X-A" } })), &["/marker", ""]);
    check(map(json!({ "errors": [{ "begins": "No", "code": "never" }] })), &["/errors/0/code"]);
    check(
        map(json!({ "errors": [{ "code": "failed", "status": "x" }] })),
        &["/errors/0/status", "/errors/0"],
    );
    check(map(json!({ "rename_header": {} })), &["/rename_header"]);
    check(map(json!({ "access_token": true })), &[""]);
    check(json!({ "kind": "prefix", "base": "/c", "token": "relay" }), &[""]);
    check(json!({ "kind": "header-target", "base": "/c" }), &["", ""]);
    check(json!({ "kind": "none", "token": "relay" }), &[""]);
    check(json!("none"), &[""]);
}
