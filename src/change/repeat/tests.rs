use serde_json::{Value as Json, json};

use super::{fitting, repeat};
use crate::change::check::check;
use crate::change::draft::{Draft, Entry};
use crate::change::identity::Identity;
use crate::change::plan::{Planned, plan};
use crate::change::receipt::{Line, Outcome, Receipt};
use crate::change::record::Record;
use crate::provider::Provider;

fn provider() -> Provider {
    let kinds = json!({ "at": "/kind", "is": "person" });
    let file = json!({
        "version": 1, "id": "other", "name": "Other", "member": "member", "about": "Change a name.",
        "servers": { "other": { "label": "Other", "address": "https://other.example" } },
        "sign_in": [{ "id": "key", "type": "apiKey", "in": "header", "name": "X-API-Key", "label": "Key" }],
        "identity": { "id": { "label": "ID", "type": "string" } },
        "title": "{name}",
        "read": { "call": { "method": "GET", "path": "/m/{id}" }, "record": "" },
        "update": { "call": { "method": "PATCH", "path": "/m/{id}" }, "base": "none" },
        "fields": {
            "name": { "label": "Name", "type": "string", "at": "/name", "to": "/name", "clear": { "by": null } },
            "active": { "label": "Active", "type": "boolean", "at": "/active", "to": "/active" },
            "night": {
                "label": "Night shift", "type": "boolean", "at": "/night", "to": "/night",
                "when": kinds, "unless": "Only a person works at night."
            },
            "code": { "label": "Code word", "type": "string", "writeOnly": true, "to": "/code" },
            "teams": {
                "label": "Teams", "type": "array", "at": "/teams", "to": "/teams", "clear": { "by": [] },
                "items": { "type": "string", "label": "team" }
            }
        }
    });
    Provider::parse(&file.to_string()).expect("a provider")
}

fn record(provider: &Provider, wire: Json) -> Record {
    let identity = Identity::check(provider, &[("id".to_string(), "1".to_string())]).expect("an identity");
    Record::read(provider, &identity, &wire, 0).expect("a record")
}

fn draft(entries: &[(&str, Entry)]) -> Draft {
    entries.iter().map(|(key, entry)| (key.to_string(), entry.clone())).collect()
}

fn text(text: &str) -> Entry {
    Entry::Text(text.to_string())
}

fn adjust(add: &[&str], remove: &[&str]) -> Entry {
    let list = |ids: &[&str]| ids.iter().map(|id| id.to_string()).collect();
    Entry::Adjust { add: list(add), remove: list(remove) }
}

/// What came of a change of this record.
fn receipt(provider: &Provider, wire: Json, draft: &Draft) -> Receipt {
    let record = record(provider, wire);
    let change = check(provider, draft).expect("a change");
    let Ok(Planned::Plan(plan)) = plan(provider, "other", &record, &change) else { panic!("no plan") };
    Receipt {
        provider: provider.id.clone(),
        server: "other".to_string(),
        identity: record.identity().clone(),
        title: record.title(provider),
        outcome: Outcome::Confirmed,
        lines: Line::of(provider, &plan, None),
        gone: false,
        still_there: false,
        forget: false,
        sends: 1,
        at: 0,
        request: None,
        answer: None,
    }
}

fn ada() -> Json {
    json!({ "kind": "person", "name": "Ada", "active": true, "night": false, "teams": ["a", "b"] })
}

fn whole() -> Draft {
    draft(&[
        ("name", Entry::Clear),
        ("active", text("no")),
        ("night", text("yes")),
        ("code", Entry::Hidden),
        ("teams", adjust(&["c"], &["a"])),
    ])
}

#[test]
fn what_was_asked_is_asked_again_but_no_secret() {
    let provider = provider();
    let again = repeat(&provider, &receipt(&provider, ada(), &whole()));
    let expected = [
        ("name", Entry::Clear),
        ("active", text("no")),
        ("night", text("yes")),
        ("teams", adjust(&["c"], &["a"])),
    ];
    assert_eq!(again, draft(&expected));
    // What was on file already was not a part of the change.
    let half = draft(&[("name", text("Ada")), ("active", text("no")), ("teams", adjust(&["b"], &[]))]);
    assert_eq!(repeat(&provider, &receipt(&provider, ada(), &half)), draft(&[("active", text("no"))]));
}

#[test]
fn nothing_goes_along_of_a_member_that_is_gone() {
    let provider = provider();
    let receipt = receipt(&provider, ada(), &whole());
    assert!(repeat(&provider, &Receipt { gone: true, ..receipt.clone() }).is_empty());
    assert!(repeat(&provider, &Receipt { forget: true, ..receipt }).is_empty());
}

#[test]
fn only_what_the_record_offers_and_has_not_yet_is_filled_in() {
    let provider = provider();
    let again = repeat(&provider, &receipt(&provider, ada(), &whole()));
    let check = |wire: Json, expected: &[(&str, Entry)], left: &[&str]| {
        let (fits, out) = fitting(&provider, &record(&provider, wire), &again);
        assert_eq!(fits, draft(expected));
        assert_eq!(out, left);
    };
    let all: Vec<(&str, Entry)> = vec![
        ("name", Entry::Clear),
        ("active", text("no")),
        ("night", text("yes")),
        ("teams", adjust(&["c"], &["a"])),
    ];
    let ben = json!({ "kind": "person", "name": "Ben", "active": true, "night": false, "teams": ["a"] });
    check(ben, &all, &[]);
    let robot = json!({ "kind": "robot", "name": "R2", "active": true, "night": false, "teams": ["c"] });
    check(robot, &[("name", Entry::Clear), ("active", text("no"))], &["night"]);
    let same = json!({ "kind": "person", "active": false, "night": true, "teams": ["c"] });
    check(same, &[], &[]);
}
