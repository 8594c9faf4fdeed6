//! The schema of `config.json`, which editors use, and the reader that the page uses say the same.
//!
//! A file that has every word is broken at one place after another; both are asked each time.

use std::collections::BTreeSet;

use memberdesk::desk::config::Config;
use memberdesk::transport::code::CODES;
use serde_json::{Value as Json, json};

use crate::schema::{Judge, text};

fn schema() -> Json {
    serde_json::from_str(&text("config.schema.json")).expect("JSON")
}

fn is_read(file: &Json) -> bool {
    Config::parse(&file.to_string()).is_ok()
}

/// Every word at least once.
fn whole() -> Json {
    json!({
        "$schema": "./config.schema.json", "$note": ["for people"],
        "version": 1,
        "providers": ["some", "other-2"],
        "proxy": {
            "$note": 1,
            "kind": "path-map", "base": "relay", "token": "relay", "credentials": "include",
            "headers": { "X-Requested-With": "memberdesk" },
            "marker": { "source": "X-Source", "sent": "X-Sent" }
        },
        "proxies": {
            "$note": 1,
            "some": { "kind": "query", "base": "http://127.0.0.1:8101", "parameter": "url", "public": true,
                "answers": "allorigins", "writes_ok": true, "tls_verified": false, "redirects": "followed" },
            "other-2": { "kind": "header-target", "base": "http://127.0.0.1:8101", "header": "X-Target",
                "rename_headers": { "Authorization": "X-Authorization" }, "drop_headers": ["Accept"],
                "final_url": "X-Final-Url", "marker": null,
                "errors": [{ "status": 502, "begins": "No", "code": "failed", "sent": "no" }] },
            "third": { "kind": "envelope", "base": "http://127.0.0.1:8101", "access_token": true },
            "fourth": { "kind": "prefix", "base": "http://127.0.0.1:8101" },
            "fifth": { "kind": "none" }
        },
        "proxy_locked": true,
        "servers": { "$note": 1, "some": { "address": "http://127.0.0.1:8101/v1" } },
        "connections": [{
            "provider": "other-2", "name": "One", "server": "other-live", "address": "http://127.0.0.1:8102",
            "connection": { "panel": "France" }, "test": true
        }],
        "time_limit": "PT1M30S",
        "languages": ["en", "pt-BR"],
        "recents": "device",
        "allowed_parents": ["https://portal.example.com", "http://localhost:3000"],
        "samples": [{
            "provider": "some", "server": "some", "label": "A sample",
            "secrets": { "token": "t" }, "identity": { "id": "1" }
        }],
        "simulated": true
    })
}

/// Every place of a file, as a pointer.
fn places(file: &Json) -> Vec<String> {
    fn walk(value: &Json, pointer: &str, found: &mut Vec<String>) {
        found.push(pointer.to_owned());
        match value {
            Json::Object(map) => {
                map.iter().filter(|(key, _)| !key.starts_with('$')).for_each(|(key, value)| {
                    walk(value, &[pointer, "/", key].concat(), found);
                })
            }
            Json::Array(list) => list.iter().enumerate().for_each(|(index, value)| {
                walk(value, &[pointer, "/", &index.to_string()].concat(), found);
            }),
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk(file, "", &mut found);
    found
}

/// The words of a schema that are not names of somebody's own.
fn words(schema: &Json, found: &mut BTreeSet<String>) {
    match schema {
        Json::Object(map) => {
            if let Some(Json::Object(own)) = map.get("properties") {
                found.extend(own.keys().cloned());
            }
            map.values().for_each(|value| words(value, found));
        }
        Json::Array(list) => list.iter().for_each(|value| words(value, found)),
        _ => {}
    }
}

#[test]
fn the_configuration_that_we_ship_and_one_with_every_word_are_taken_by_both() {
    let judge = Judge::of(schema());
    let shipped: Json = serde_json::from_str(&text("config.json")).expect("JSON");
    assert_eq!(shipped["$schema"], "./config.schema.json", "an editor finds the schema");
    for file in [shipped, whole(), json!({ "version": 1, "providers": [] })] {
        assert_eq!((judge.accepts(&file), Config::parse(&file.to_string()).err()), (true, None), "{file:#}");
    }
    let (mut known, all) = (BTreeSet::new(), whole().to_string());
    words(&schema(), &mut known);
    for word in known {
        assert!(all.contains(&format!("\"{word}\":")), "the file with every word lacks {word}");
    }
    let codes: Vec<Json> = CODES.iter().map(|(code, _)| json!(code)).collect();
    assert_eq!(
        schema()["$defs"]["proxy"]["properties"]["errors"]["items"]["properties"]["code"]["enum"],
        json!(codes)
    );
}

#[test]
fn what_breaks_at_one_place_is_refused_by_both() {
    let (judge, whole) = (Judge::of(schema()), whole());
    let (mut tried, mut refused) = (0, 0);
    for place in places(&whole) {
        let own = whole.pointer(&place).expect("a place");
        let mut broken = vec![json!(1.5), json!([[]]), json!({ "odd": 1 }), Json::Null];
        if own.is_object() {
            let mut more = own.clone();
            more["odd-word"] = json!(1);
            broken.push(more);
        }
        if own.is_string() {
            broken.extend([json!(true), json!("  §  ")]);
        }
        for value in broken {
            let mut file = whole.clone();
            *file.pointer_mut(&place).expect("a place") = value.clone();
            tried += 1;
            // What is wrong with one word because of another, no schema can say: the reader may be the stricter.
            if judge.accepts(&file) {
                let is_free = place.ends_with("/label") || value == json!("  §  ") || value == Json::Null;
                assert!(is_read(&file) || is_free, "{place} {value}: only the reader refuses it");
            } else {
                refused += 1;
                assert!(!is_read(&file), "{place} {value}: only the schema refuses it");
            }
        }
        // Left out.
        let Some((parent, key)) = place.rsplit_once('/') else { continue };
        let mut file = whole.clone();
        if let Some(Json::Object(map)) = file.pointer_mut(parent) {
            map.remove(key);
            if !judge.accepts(&file) {
                refused += 1;
                assert!(!is_read(&file), "without {place}: only the schema refuses it");
            }
        }
    }
    assert!(refused * 2 > tried, "{refused} of {tried}");
}
