use serde_json::{Value as Json, json};

use super::Fit;
use crate::change::identity::Identity;
use crate::change::record::Record;
use crate::provider::Provider;

fn provider() -> Provider {
    let file = json!({
        "version": 1, "id": "other", "name": "Other", "member": "member", "about": "Change a name.",
        "servers": { "other": { "label": "Other", "address": "https://other.example" } },
        "sign_in": [{ "id": "key", "type": "apiKey", "in": "header", "name": "X-API-Key", "label": "Key" }],
        "identity": { "id": { "label": "ID", "type": "string" } },
        "title": "{name}",
        "read": { "call": { "method": "GET", "path": "/m/{id}" }, "record": "" },
        "update": { "call": { "method": "PATCH", "path": "/m/{id}" }, "base": "none" },
        "fields": {
            "name": { "label": "Name", "type": "string", "at": "/name", "to": "/name" },
            "active": { "label": "Active", "type": "boolean", "at": "/active", "to": "/active" },
            "told": { "label": "Told", "type": "boolean", "at": "/told", "to": "/told", "absent": "not told" },
            "night": {
                "label": "Night shift", "type": "boolean", "at": "/night", "to": "/night",
                "when": { "at": "/kind", "is": "person" }, "unless": "Only a person works at night."
            }
        },
        "acts": {
            "stop": { "label": "Stop", "change": { "active": false } },
            "both": { "label": "Stop and rename", "change": { "active": false, "name": "Nobody" } },
            "tell": { "label": "Tell", "change": { "told": true } },
            "late": { "label": "Works at night", "change": { "night": true } },
            "rename": { "label": "Rename", "fields": ["name"] },
            "ask": { "label": "Ask about the night", "fields": ["name", "night"] }
        }
    });
    Provider::parse(&file.to_string()).expect("a provider")
}

#[test]
fn an_act_is_for_a_member_whom_it_changes_and_whose_record_offers_its_fields() {
    let provider = provider();
    let identity = Identity::check(&provider, &[("id".to_string(), "1".to_string())]).expect("an identity");
    let check = |id: &str, wire: Json, expected: Fit| {
        let record = Record::read(&provider, &identity, &wire, 0).expect("a record");
        let act = provider.act(id).expect("an act");
        assert_eq!(Fit::of(&provider, &record, act), expected, "{id} {wire}");
    };
    let night = || Fit::NotOffered("Only a person works at night.".to_string());
    check("stop", json!({ "active": true }), Fit::Fits);
    check("stop", json!({}), Fit::Fits);
    check("stop", json!({ "active": false }), Fit::Already);
    // One of two is enough to do.
    check("both", json!({ "active": false, "name": "Ada" }), Fit::Fits);
    check("both", json!({ "active": false, "name": "Nobody" }), Fit::Already);
    // What was not told may be anything.
    check("tell", json!({}), Fit::Fits);
    check("tell", json!({ "told": true }), Fit::Already);
    check("late", json!({ "kind": "person", "night": false }), Fit::Fits);
    check("late", json!({ "kind": "person", "night": true }), Fit::Already);
    check("late", json!({ "kind": "robot", "night": true }), night());
    check("rename", json!({ "name": "Ada" }), Fit::Fits);
    check("ask", json!({ "kind": "person" }), Fit::Fits);
    check("ask", json!({ "kind": "robot" }), night());
}
