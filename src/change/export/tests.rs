use serde_json::{Value as Json, json};

use super::{export, file_name, moment};
use crate::change::answer::Reason;
use crate::change::identity::{Identity, Named};
use crate::change::receipt::{Line, Outcome, Receipt};
use crate::change::value::{Held, Value};
use crate::provider::Provider;
use crate::provider::explain::Means;
use crate::transport::{Method, RequestView, Response, Timing};
use crate::words::Words;

/// 24 November 2026, 14:05:12.345 at Greenwich.
const AT: u64 = 1_795_529_112_345;

const FILE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/providers/flashapply.json"));

fn provider() -> Provider {
    Provider::parse(FILE).expect("a provider")
}

fn receipt(provider: &Provider) -> Receipt {
    let keys = [("memberId".to_string(), "mem_1".to_string())];
    let known = |text: &str| Held::Known(Value::Text(text.to_string()));
    let line = |field: &str, from, asked, now| Line { field: field.to_string(), from, asked, now };
    Receipt {
        provider: provider.id.clone(),
        server: "flashapply".to_string(),
        identity: Identity::check(provider, &keys).expect("an identity"),
        title: "Ada Obi".to_string(),
        outcome: Outcome::Accepted(Some(Reason {
            means: Means::Fault,
            cure: "Look again.".into(),
            status: Some(500),
            ..Reason::setup("It had a fault.".to_string())
        })),
        lines: vec![
            line("firstName", known("Ada"), known("Eve"), Some(known("Eve"))),
            line("isActive", Held::Known(Value::Flag(true)), Held::Known(Value::Flag(false)), None),
            line("password", Held::NotTold, Held::Known(Value::Hidden), Some(Held::NotTold)),
        ],
        gone: false,
        still_there: false,
        forget: false,
        sends: 1,
        at: AT,
        request: None,
        answer: Some(Response {
            status: 200,
            headers: vec![("X-Request-Id".to_string(), "r-1".to_string())],
            body: "•••".to_string(),
            url: None,
            timing: Timing { began: AT - 1000, took: 120, bytes: 345 },
        }),
    }
}

fn file(provider: &Provider, receipt: &Receipt) -> Json {
    let view = RequestView {
        method: Method::Patch,
        url: "relay/flashapply/v1/members/mem_1".to_string(),
        headers: vec![("Authorization".to_string(), "Bearer $TOKEN".to_string())],
        body: Some("{}".to_string()),
    };
    let says = Words::from("FlashApply accepted the change to Ada Obi");
    let view = Some(&view).filter(|_| !receipt.forget);
    serde_json::from_str(&export(provider, receipt, &says, Some("r-1"), view)).expect("JSON")
}

#[test]
fn a_receipt_has_words_for_people_and_values_for_programs() {
    let provider = provider();
    let expected = json!({
        "memberdesk": "receipt",
        "version": 1,
        "outcome": "accepted",
        "says": "FlashApply accepted the change to Ada Obi",
        "at": "2026-11-24T14:05:12.345Z",
        "provider": {
            "id": "flashapply", "name": "FlashApply", "server": "flashapply", "place": "FlashApply", "test": false,
            "connection": {}
        },
        "member": { "title": "Ada Obi", "identity": { "memberId": "mem_1" } },
        "gone": false,
        "sends": 1,
        "reference": "r-1",
        "reason": { "says": "It had a fault.", "do": "Look again.", "status": 500, "message": null },
        "lines": [
            {
                "field": "firstName", "label": "First name",
                "before": { "words": "Ada", "raw": "Ada" },
                "asked": { "words": "Eve", "raw": "Eve" },
                "now": { "words": "Eve", "raw": "Eve" },
                "settled": "as-asked"
            },
            {
                "field": "isActive", "label": "Active",
                "before": { "words": "Yes, active", "raw": true },
                "asked": { "words": "No, not active", "raw": false },
                "now": null,
                "settled": null
            },
            {
                "field": "password", "label": "New password",
                "before": { "words": "Not told by the provider" },
                "asked": { "words": "A new one, which is not shown" },
                "now": { "words": "Not told by the provider" },
                "settled": "not-told"
            }
        ],
        "request": {
            "method": "PATCH",
            "url": "relay/flashapply/v1/members/mem_1",
            "headers": [["Authorization", "Bearer $TOKEN"]],
            "body": "{}"
        },
        "answer": {
            "status": 200,
            "headers": [["X-Request-Id", "r-1"]],
            "body": "•••",
            "sent": "2026-11-24T14:05:11.345Z",
            "milliseconds": 120,
            "bytes": 345
        }
    });
    assert_eq!(file(&provider, &receipt(&provider)), expected);
    assert_eq!(file_name(&receipt(&provider)), "receipt-flashapply-2026-11-24-1405.json");
}

#[test]
fn a_member_that_is_forgotten_has_no_keys_in_it() {
    let provider = provider();
    let gone = Receipt { gone: true, forget: true, answer: None, ..receipt(&provider) };
    let file = file(&provider, &gone);
    assert_eq!(file["member"], json!({ "title": "Ada Obi" }));
    assert_eq!((&file["request"], &file["answer"]), (&Json::Null, &Json::Null));
    assert!(!file.to_string().contains("mem_1"));
}

#[test]
fn a_test_is_marked_in_it_with_where_it_was() {
    let provider = provider();
    let told = |named: Option<Named>| {
        let receipt = receipt(&provider);
        let receipt = Receipt { identity: receipt.identity.clone().at(named), ..receipt };
        let file = file(&provider, &receipt);
        (file["provider"]["place"].clone(), file["provider"]["test"].clone())
    };
    let named = |test: bool| Some(Named { name: "Nordlicht".to_string(), test, fixed: Vec::new() });
    assert_eq!(told(None), (json!("FlashApply"), json!(false)));
    assert_eq!(told(named(false)), (json!("FlashApply · Nordlicht"), json!(false)));
    assert_eq!(told(named(true)), (json!("FlashApply · Nordlicht"), json!(true)));
    // The file's own test server is one too.
    let mut file: Json = serde_json::from_str(FILE).expect("JSON");
    file["servers"]["flashapply"]["test"] = json!(true);
    let testing = Provider::parse(&file.to_string()).expect("a provider");
    assert!(receipt(&testing).is_test(&testing) && !receipt(&provider).is_test(&provider));
}

#[test]
fn a_moment_is_told_at_greenwich() {
    assert_eq!(moment(0), "1970-01-01T00:00:00.000Z");
    assert_eq!(moment(951_868_799_009), "2000-02-29T23:59:59.009Z");
}
