use serde_json::{Value as Json, json};

use super::{Fit, Host, Page, Policy};
use crate::desk::config::Config;
use crate::provider::Provider;

fn provider(id: &str, servers: &Json) -> Provider {
    let file = json!({
        "version": 1, "id": id, "name": "Some", "member": "member", "about": "Change a name.",
        "servers": servers,
        "sign_in": [{ "id": "token", "type": "http", "scheme": "bearer", "label": "Token" }],
        "identity": { "id": { "label": "ID", "type": "string" } },
        "title": "{name}",
        "read": { "call": { "method": "GET", "path": "/m/{id}" }, "record": "" },
        "update": { "call": { "method": "PUT", "path": "/m/{id}" }, "base": "none" },
        "fields": { "name": { "label": "Name", "type": "string", "at": "/name", "to": "/name" } },
        "answers": { "shape": { "at": "/error", "empty": false } }
    });
    Provider::parse(&file.to_string()).unwrap_or_else(|faults| panic!("{faults:?}"))
}

fn policy(config: &Json) -> Policy {
    let some =
        provider("some", &json!({ "some": { "label": "Some", "address": "https://api.some.example/v1" } }));
    let asked = provider("asked", &json!({ "asked": { "label": "Asked", "address": "ask" } }));
    let config = Config::parse(&config.to_string()).unwrap_or_else(|faults| panic!("{faults:?}"));
    Policy::of(&config, &[some, asked])
}

#[test]
fn the_page_may_talk_to_those_alone_that_the_configuration_names() {
    let check = |config: Json, expected: &[&str]| assert_eq!(policy(&config).connects, expected, "{config}");
    let direct = json!({ "kind": "none" });
    let elsewhere = json!({ "kind": "path-map", "base": "https://relay.example.com/way/in" });
    let beside = json!({ "kind": "path-map", "base": "relay" });
    check(json!({ "version": 1, "providers": ["some"], "proxy": direct }), &["https://api.some.example"]);
    check(json!({ "version": 1, "providers": ["some"], "proxy": elsewhere }), &["https://relay.example.com"]);
    check(json!({ "version": 1, "providers": ["some", "asked"], "proxy": beside }), &[]);
    // An exception is reached in its own way.
    let exceptions = json!({ "some": { "kind": "none" } });
    check(
        json!({ "version": 1, "providers": ["some", "asked"], "proxy": beside, "proxies": exceptions }),
        &["https://api.some.example"],
    );
    // Nobody has said where it is.
    check(json!({ "version": 1, "providers": ["some", "asked"] }), &["https:"]);
    let given = json!({ "asked": { "address": "http://127.0.0.1:8101" } });
    check(
        json!({ "version": 1, "providers": ["some", "asked"], "servers": given }),
        &["http://127.0.0.1:8101", "https://api.some.example"],
    );
}

#[test]
fn only_the_parents_that_are_named_may_frame_it() {
    let mut config = json!({ "version": 1, "providers": ["some"] });
    let of = |config: &Json| policy(config).headers()[0].1.clone();
    assert!(of(&config).contains("; frame-ancestors 'none'"));
    config["allowed_parents"] = json!(["https://portal.example.com", "http://localhost:3000"]);
    assert!(of(&config).contains("; frame-ancestors https://portal.example.com http://localhost:3000"));
    for wrong in ["https://portal.example.com/", "portal.example.com", "https://*.example.com", "*"] {
        config["allowed_parents"] = json!([wrong]);
        assert!(Config::parse(&config.to_string()).is_err(), "{wrong}");
    }
}

#[test]
fn each_host_gets_the_same_policy() {
    let page =
        Page::new("/srv/memberdesk".into(), "/", policy(&json!({ "version": 1, "providers": ["some"] })));
    let connect = "connect-src 'self' https://api.some.example;";
    for host in Host::ALL {
        let text = page.text(host, "members.example.com");
        assert!(text.contains(connect) && !text.contains("unsafe-inline"), "{text}");
        assert_eq!(Host::parse(host.word()), Some(host));
        // What a page says of itself is not heard in this.
        assert_eq!(text.contains("frame-ancestors"), host != Host::Meta, "{text}");
    }
    let text = page.text(Host::CloudFront, "");
    let json: Json = serde_json::from_str(&text).expect("JSON");
    let others = &json["CustomHeadersConfig"];
    assert_eq!(others["Quantity"], others["Items"].as_array().map_or(0, Vec::len));
    // Cloudflare refuses longer lines.
    assert!(page.text(Host::HeadersFile, "").lines().all(|line| line.len() < 2000));
}

#[test]
fn what_a_host_sends_is_held_against_what_is_needed() {
    let connects = vec!["https://relay.example.com".to_string()];
    let policy = Policy { connects, parents: Vec::new() };
    let check = |sent: &str, expected: Fit| assert_eq!(policy.compare(sent), expected, "{sent}");
    check(&policy.headers()[0].1, Fit::Same);
    let list = |site: &str| vec![site.to_string()];
    check("connect-src 'self'; frame-ancestors 'none'", Fit::Lacks(list("https://relay.example.com")));
    check("default-src 'none'", Fit::Lacks(list("https://relay.example.com")));
    let framed_by_none =
        |connects: &str| ["connect-src 'self' ", connects, "; frame-ancestors 'none'"].concat();
    for wide in
        ["https:", "http:", "*", "https://*.example.com", "relay.example.com", "http://relay.example.com"]
    {
        check(&framed_by_none(wide), Fit::Exceeds(list(wide)));
    }
    for other in ["wss:", "https://*.example.org", "https://relay.example.com.example.org"] {
        check(&framed_by_none(other), Fit::Lacks(list("https://relay.example.com")));
    }
    // Whoever says nothing allows everything.
    check("connect-src 'self' https://relay.example.com", Fit::Exceeds(list("*")));
    check("default-src https:; frame-ancestors 'none'", Fit::Exceeds(list("https:")));
    check("frame-ancestors 'none'", Fit::Exceeds(list("*")));
    // Two headers arrive as one, and both hold.
    check(
        &["default-src 'none', ", &policy.headers()[0].1].concat(),
        Fit::Lacks(list("https://relay.example.com")),
    );
    check(&["frame-ancestors 'none', ", &policy.headers()[0].1].concat(), Fit::Same);
    let framed = "Connect-Src 'self' https://relay.example.com ;frame-ancestors https://portal.example.com";
    check(framed, Fit::Exceeds(list("https://portal.example.com")));
    let portal = Policy { parents: list("https://portal.example.com"), ..policy.clone() };
    assert_eq!(portal.compare(framed), Fit::Same);
    let closed = "connect-src https://relay.example.com; frame-ancestors 'none'";
    assert_eq!(portal.compare(closed), Fit::Lacks(list("https://portal.example.com")));
}
