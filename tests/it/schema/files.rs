//! Files that have every word of the vocabulary between them.

use serde_json::{Value as Json, json};

use super::object;

/// The smallest file that is one.
pub fn smallest() -> Json {
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

/// A file that has every word of the vocabulary but those of [`sibling`].
pub fn fullest() -> Json {
    let file = r#"{
        "$schema": "./provider.schema.json", "$note": ["for people"],
        "version": 1, "id": "some", "name": "Some", "member": "member", "about": "Change a name.",
        "docs": "https://docs.example/update",
        "servers": {
            "some": { "label": "Some", "address": "https://some.example", "test": true, "$note": 1 },
            "own-2": { "label": "Own", "address": "ask" }
        },
        "connection": {
            "panel": { "label": "Panel", "type": "string", "hint": "A hint.", "example": "North" },
            "account": { "label": "Account", "type": "string", "writeOnly": true, "$note": 1 }
        },
        "sign_in": [
            { "id": "token", "type": "http", "scheme": "bearer", "label": "Token", "hint": "A hint.",
              "test": { "call": { "method": "GET", "path": "/me?of={panel}", "headers": { "X-A": "b" } }, "owner": "/name" } },
            { "id": "app", "type": "exchange", "label": "App",
              "needs": { "appId": { "label": "App ID", "type": "string" }, "appSecret": { "label": "Secret", "type": "string", "writeOnly": true } },
              "call": { "method": "POST", "path": "/token" },
              "body": { "grant_type": "client_credentials", "client_id": "{appId}", "client_secret": "{appSecret}" },
              "gives": { "token": "/access_token" }, "lives": "/expires_in" },
            { "id": "old", "type": "exchange", "label": "Old", "needs": { "code": { "label": "Code", "type": "string" } },
              "call": { "method": "POST", "path": "/token/old" }, "body": {}, "gives": { "token": "" }, "lives": "PT12H" }
        ],
        "headers": { "X-Version": "2", "X-Panel": "{panel}", "$note": 1 },
        "reference": {
            "server": "some-names", "label": "Names", "address": "ask", "headers": { "X-Key": "{nameKey}", "$note": 1 },
            "asks": {
                "nameKey": { "label": "Key", "type": "string", "writeOnly": true, "$note": 1 },
                "culture": { "label": "Culture", "type": "integer", "choices": {
                    "at": "reference", "call": { "method": "GET", "path": "/cultures" }, "items": "", "id": "/id", "name": "/name",
                    "second": "/code", "format": "date-time", "words": { "a": "A", "$note": "1" }, "page": { "by": "link" } } }
            }
        },
        "identity": {
            "id": { "label": "ID", "type": "string", "hint": "A hint.", "example": "ab", "minLength": 1,
                    "maxLength": 9, "pattern": "[a-z]+", "says": "Letters.", "usual": "a.*", "enum": ["ab", "b"] }
        },
        "paste": [
            { "decode": "base64url", "match": "x/{id}", "gives": ["id"] },
            { "match": "y{rest}", "maxLength": 9, "for": ["id"], "says": "Something else." }
        ],
        "find": [
            { "gives": "room", "label": "Room", "hint": "A hint.", "call": { "method": "GET", "path": "/r?panel={panel}&max=9" },
              "items": "/items", "id": "/id", "name": ["/title", "/id"], "second": "/at", "format": "date-time",
              "words": { "a": "A", "$note": "1" }, "period": { "from": "since", "to": "until", "days": 7 }, "page": { "by": "link" } },
            { "gives": "part", "label": "Part", "call": { "method": "GET", "path": "/r/{room}/{team}?max=9" },
              "items": "", "id": "", "name": "", "second": ["/type"],
              "page": { "by": "offset", "parameter": "offset", "size": "max", "total": "/total" },
              "search": { "parameter": "mail", "format": "email" },
              "tree": { "gives": "team", "root": "0", "call": { "method": "GET", "path": "/t/{team}" },
                        "items": "/teams", "id": "/id", "name": "/name", "page": { "by": "link" } } },
            { "gives": "team2", "label": "Team", "call": { "method": "GET", "path": "/p/{part}?max=9" }, "items": "/teams", "id": "/id",
              "name": "/name", "page": { "by": "number", "parameter": "page", "first": 0, "size": "max", "total": "/total" } },
            { "gives": "id", "label": "Member", "call": { "method": "GET", "path": "/t/{team2}/m" }, "items": "/data", "id": "/id",
              "name": "/name", "page": { "by": "cursor", "parameter": "cursor", "next": "/next" } }
        ],
        "title": ["{name}", "{id}"], "second": "{id}",
        "read": {
            "call": { "method": "GET", "path": "/m/{id}?all={id}" }, "record": "/record",
            "must": [{ "at": "/id", "is": "{id}" }, { "any": [{ "at": "/a", "empty": false }, { "at": "/b", "is": [1, 2] }] }],
            "also": { "room": { "call": { "method": "GET", "path": "/r/{room}" }, "with": { "room": "/room" }, "record": "" } }
        },
        "update": {
            "call": { "method": "PUT", "path": "/m/{id}" }, "base": { "record": { "drop": ["/id", "/a~1b"] } },
            "set": { "/panel/account": "{account}", "/panel/name": "{panel}, {id}", "$note": 1 },
            "ok": { "at": "/id", "empty": false }
        },
        "fields": {
            "name": { "label": "Name", "type": "string", "at": ["/name", "room#/name"], "to": "/name", "send": "changed",
                      "absent": "none", "clear": { "by": null }, "none": "No name",
                      "when": { "at": "/kind", "is": "a" }, "unless": "Not now." },
            "mail": { "label": "Mail", "type": "string", "format": "email", "at": "/mail", "to": "/mail" },
            "word": { "label": "Password", "type": "string", "writeOnly": true, "to": "/word" },
            "birth": { "label": "Birth", "type": "string", "format": "date", "past": true, "example": "1985-06-21",
                       "as": { "read": ["YYYY-MM-DD", "dddd, MMMM D, YYYY"], "write": "MM/DD/YYYY" }, "at": "/birth", "to": "/birth" },
            "since": { "label": "Since", "type": "string", "format": "date", "as": { "read": "D.M.YYYY", "write": "YYYYMMDD" },
                       "at": "/since", "readOnly": true },
            "flag": { "label": "Flag", "type": "boolean", "at": "/flag", "to": "/flag", "send": "always",
                      "absent": { "is": false }, "words": { "true": "On", "false": "Off" }, "example": true },
            "list": { "label": "List", "type": "array", "minItems": 1, "maxItems": 5, "rows": "whole",
                      "items": { "label": "row", "type": "string", "format": "uri", "minLength": 1, "maxLength": 9,
                                 "pattern": "[a-z]+", "says": "Letters.", "usual": "a.*", "enum": ["ab", "b"] },
                      "item": { "id": "/id", "label": "/name" }, "at": "/list", "to": "/list", "clear": "omit", "example": ["ab"] },
            "numbers": { "label": "Numbers", "type": "array", "items": { "label": "number", "type": "integer", "choices": {
                "call": { "method": "GET", "path": "/m/{id}/numbers/{node}?max=9" }, "items": "/data", "id": "/id", "name": ["/name", "/id"],
                "page": { "by": "number", "parameter": "page", "first": 0, "size": "max", "total": "/total" },
                "tree": { "gives": "node", "root": "0" } } }, "at": "/numbers", "to": "/numbers" },
            "answers": { "label": "Answers", "type": "array", "rows": "changed", "remove": { "no": "They stay." },
                         "items": { "label": "answer", "type": "object", "key": "question", "properties": {
                             "question": { "label": "Question", "type": "integer" },
                             "values": { "label": "Values", "hint": "A hint.", "type": "integer", "shape": "list", "item": { "id": "/id", "value": "/text" } },
                             "role": { "label": "Role", "type": "string", "shape": "as-read", "format": "email", "minLength": 1, "maxLength": 9,
                                       "pattern": "[a-z]+", "says": "Letters.", "usual": "a.*", "enum": ["ab", "b"] }
                         } },
                         "example": [{ "question": 1, "values": [{ "id": 2 }], "role": "ab" }], "at": "/answers", "to": "/answers" },
            "coded": { "label": "Coded", "type": "array", "items": { "label": "code", "type": "object", "key": "code", "properties": {
                             "code": { "label": "Code", "type": "integer", "choices": {
                                 "at": "reference", "call": { "method": "POST", "path": "/codes" }, "body": { "of": ["{culture}"], "all": true },
                                 "items": "/codes", "id": "/id", "name": "/name", "of": {
                                     "value": { "items": "/values", "id": "/id", "name": ["/name"], "$note": 1 }, "$note": 1 } } },
                             "value": { "label": "Value", "type": "string" },
                             "place": { "label": "Place", "type": "string", "choices": {
                                 "call": { "method": "GET", "path": "/places/{node}" }, "items": "/places", "id": "/id", "name": "/name",
                                 "tree": { "gives": "node", "root": "0", "call": { "method": "GET", "path": "/nodes/{node}" },
                                           "items": "/nodes", "id": "/id", "name": "/name", "page": { "by": "link" } } } }
                         } }, "at": "/coded", "to": "/coded" },
            "group": { "label": "Group", "type": "string", "at": "/group", "to": "/group", "choices": {
                "call": { "method": "GET", "path": "/groups" }, "items": "/groups", "id": "/id", "name": "/name" } },
            "age": { "label": "Age", "type": "integer", "at": "/age", "to": "/age", "absent": "not told", "example": 7,
                     "clear": { "no": "It must stay." } },
            "seen": { "label": "Seen", "type": "string", "format": "date-time", "at": "/seen", "readOnly": true },
            "size": { "label": "Size", "type": "number", "at": "/size", "readOnly": true }
        },
        "risks": [
            { "id": "a", "if": { "field": "name", "from": "", "to": ["A", null], "kept": false }, "says": "{name} is on.", "confirm": "tick" },
            { "id": "b", "if": { "field": "name", "kept": true }, "says": "Off.", "confirm": "note" },
            { "id": "c", "if": { "field": "name", "to": [] }, "says": "{id} is gone.", "confirm": "type", "expect": "gone", "forget": true }
        ],
        "acts": {
            "erase": { "label": "Erase", "says": "For good.", "change": { "name": "Nobody" }, "alone": false, "$note": 1 },
            "rename": { "label": "Rename", "fields": ["name"], "$note": 1 }
        },
        "answers": {
            "ok": { "at": "/ok", "is": true }, "message": ["/message", "header:x-message"], "code": "/code",
            "reference": "header:x-id", "shape": [{ "at": "/message", "empty": false }],
            "field": ["/field"], "fields": { "user.name": "name" }, "echoes": true
        },
        "explain": [
            { "on": "update", "status": 400, "code": [1, "two"], "text": "part", "means": "input", "applied": "no",
              "says": "No.", "do": "Mend it.", "field": "name" },
            { "on": "read", "status": [500, 503], "means": "fault", "applied": "maybe", "says": "No.", "do": "Wait." },
            { "code": "three", "if": { "at": "/kind", "is": "b" }, "means": "busy", "says": "No.", "do": "Wait." }
        ],
        "pace": { "member": { "gap": "PT1S" }, "token": { "calls": 5, "per": "PT1M30S" }, "address": { "gap": "P1DT2H" }, "fallback": "PT15S",
                  "reset": "X-Reset", "remaining": "X-Remaining" }
    }"#;
    serde_json::from_str(file).expect("JSON")
}

/// A file of a member that is one of a list, reached with a secret of the connection and no way to sign in.
pub fn sibling() -> Json {
    let mut file = smallest();
    let object = file.as_object_mut().expect("an object");
    object.insert(
        "sign_in".to_string(),
        json!([{ "id": "key", "type": "apiKey", "in": "header", "name": "X-API-Key", "label": "Key" }]),
    );
    object["read"] = json!({
        "call": { "method": "GET", "path": "/m" }, "among": "/members", "where": { "at": "/id", "is": "{id}" }
    });
    object.insert(
        "connection".to_string(),
        json!({ "account": { "label": "Account", "type": "string", "writeOnly": true } }),
    );
    object.insert("headers".to_string(), json!({ "X-Account": "{account}" }));
    object.insert("find".to_string(), json!({ "no": "There is no list." }));
    object.insert(
        "risks".to_string(),
        json!([{ "id": "taken", "if": { "field": "name", "taken": "/name" }, "says": "{other.name} has it.", "confirm": "tick" }]),
    );
    file
}

/// The files that have every word between them.
pub fn whole() -> [Json; 2] {
    [fullest(), sibling()]
}

/// The same in smaller files, which are read sooner, each with the place at which it has what others have not.
pub fn parts() -> Vec<(Json, String)> {
    let fullest = fullest();
    let with = |words: &[&str]| {
        let mut file = smallest();
        let map = file.as_object_mut().expect("an object");
        map.extend(words.iter().map(|word| (word.to_string(), fullest[*word].clone())));
        file
    };
    let words = fullest.as_object().expect("an object").keys().map(String::as_str);
    let words = words.filter(|word| *word != "fields");
    // Others name what the connection asks for.
    let mut parts: Vec<_> = words.map(|word| (with(&["connection", word]), ["/", word].concat())).collect();
    for (key, field) in fullest["fields"].as_object().expect("fields") {
        let mut file = with(match key.as_str() {
            "name" => &["read"],
            "coded" => &["reference"],
            _ => &[],
        });
        object(&mut file, "/fields").expect("fields").insert(key.clone(), field.clone());
        parts.push((file, ["/fields/", key].concat()));
    }
    parts.extend([(smallest(), String::new()), (sibling(), String::new())]);
    parts
}
