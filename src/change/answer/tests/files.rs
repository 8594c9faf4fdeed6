//! What the files of providers say of their answers: empty ones, old ones, and those that name a field.

use serde_json::{Value as Json, json};

use super::{NOW, Told, check, webex, words};
use crate::change::answer::{Listener, Verdict};
use crate::change::identity::Identity;
use crate::provider::Provider;
use crate::provider::explain::Means;
use crate::transport::{Between, Response};

fn of(provider: &'static str, on: &'static str, status: u16, body: impl ToString) -> Told {
    Told { provider, ..webex(on, status, body) }
}

fn toluna(on: &'static str, status: u16, body: impl ToString) -> Told {
    of("toluna", on, status, body)
}

fn flashapply(on: &'static str, status: u16, body: impl ToString) -> Told {
    of("flashapply", on, status, body)
}

#[test]
fn nothing_is_a_yes_only_where_the_file_says_so() {
    for nothing in ["", " ", "\r\n", "null"] {
        for status in [200, 204] {
            check(toluna("update", status, nothing), "yes");
            let passed = toluna("update", status, nothing).behind(Between::Relay);
            check(passed.with("X-Relay-Source", "upstream"), "yes");
        }
        check(toluna("update", 500, nothing), "doubt: fault");
        check(toluna("update", 400, nothing), "no: input");
        for other in ["webex", "aitable", "symbl", "flashapply"] {
            for status in [200, 201, 204] {
                check(of(other, "update", status, nothing), "doubt: fault");
            }
        }
    }
    // A read without a body brings no record, whoever says yes to it.
    check(flashapply("read", 200, ""), "doubt: fault");
    check(of("symbl", "read", 204, ""), "doubt: fault");
}

#[test]
fn an_old_version_that_answers_is_a_fault_of_the_proxy() {
    let old = || json!({ "MemberCode": "c1", "Active": true, "PanelistStatusTypeID": 0 });
    check(toluna("read", 200, old()), "no: setup");
    check(toluna("read", 200, old()).behind(Between::Relay).with("X-Relay-Source", "upstream"), "no: setup");
    // A part of a change may have been made.
    check(toluna("update", 200, old()), "doubt: setup");
    check(toluna("update", 200, json!({ "MemberCode": "c1" })), "doubt: fault");
    check(toluna("update", 200, json!({})), "yes");
    let new = json!({ "MemberCode": "c1", "PanelistStatusTypeID": null });
    check(toluna("read", 200, new), "yes");
    let Verdict::No(reason) = toluna("read", 200, old()).verdict() else { panic!("a no") };
    assert!(reason.says.text().contains("old version") && reason.cure.text().contains("proxy"), "{reason:?}");
}

#[test]
fn a_text_tells_refusals_apart_in_any_capitals() {
    let check = |message: &str, expected: &str, field: Option<&str>| {
        for message in [message.to_string(), message.to_uppercase(), message.to_lowercase()] {
            let told = toluna("update", 400, json!({ "Message": message }));
            let verdict = told.verdict();
            assert_eq!(words(&verdict), expected, "{message}");
            if let Verdict::No(reason) | Verdict::Busy(reason, _) = verdict {
                assert_eq!(reason.field.as_deref(), field, "{message}");
            }
        }
    };
    check("No member found with member code X", "no: not_found", Some("memberCode"));
    check("Duplicate request received", "busy: 2", None);
    check("This member is BLOCKED for abuse", "no: rights", None);
    check("An attribute is invalid: x", "no: input", None);
    check("BirthDate is wrong", "no: input", Some("birthDate"));
    check("PostalCode is wrong", "no: input", Some("postcode"));
    check("Email is wrong", "no: input", Some("email"));
    check("QuestionID 7 is not known", "no: input", None);
    check("Something else", "no: input", None);
    // The first explanation that fits counts, and its text must be there.
    check("No member found: duplicate request", "no: not_found", Some("memberCode"));
}

#[test]
fn a_refusal_of_plain_text_is_its_own_message() {
    let message = |body: &str| match flashapply("update", 400, body).verdict() {
        Verdict::No(reason) => reason.message,
        other => panic!("{other:?}"),
    };
    assert_eq!(message("E-mail is taken\n").as_deref(), Some("E-mail is taken"));
    assert_eq!(message("two\nlines"), None);
    assert_eq!(message("{\"broken\": "), None);
    assert_eq!(message(&"x".repeat(301)), None);
    assert_eq!(message(""), None);
}

#[test]
fn a_field_that_the_provider_names_is_ours_where_the_file_says_so() {
    let check = |body: Json, expected: Option<&str>| {
        for status in [400, 422] {
            let Verdict::No(reason) = flashapply("update", status, &body).verdict() else { panic!("{body}") };
            assert_eq!(reason.field.as_deref(), expected, "{body}");
        }
    };
    let named = |field: &str| json!({ "error": { "message": "Invalid.", "field": field } });
    check(named("settings.profilePictureUrl"), Some("picture"));
    check(named("settings.password"), Some("password"));
    check(named("firstName"), Some("firstName"));
    check(named("memberId"), Some("memberId"));
    check(named("picture"), Some("picture"));
    check(named("nobody"), None);
    check(named(""), None);
    check(json!({ "errors": [{ "field": "email", "message": "Invalid." }] }), Some("email"));
    check(json!({ "message": "Invalid.", "field": "lastName" }), Some("lastName"));
    check(json!({ "message": "Invalid." }), None);
    // What an explanation names comes first.
    let conflict = json!({ "error": { "message": "Taken.", "field": "firstName" } });
    let Verdict::No(reason) = flashapply("update", 409, conflict).verdict() else { panic!("a no") };
    assert_eq!(reason.field.as_deref(), Some("email"));
}

/// A provider whose explanations ask about the body.
fn asking() -> Provider {
    let file = json!({
        "version": 1, "id": "some", "name": "Some", "member": "member", "about": "Change a name.",
        "servers": { "some": { "label": "Some", "address": "https://some.example" } },
        "sign_in": [{ "id": "token", "type": "http", "scheme": "bearer", "label": "Token" }],
        "identity": { "id": { "label": "ID", "type": "string" } },
        "title": "{name}",
        "read": { "call": { "method": "GET", "path": "/m/{id}" }, "record": "" },
        "update": { "call": { "method": "PUT", "path": "/m/{id}" }, "base": "none", "ok": { "at": "/ok", "is": true } },
        "fields": { "name": { "label": "Name", "type": "string", "at": "/name", "to": "/name" } },
        "answers": { "message": "/message", "echoes": true },
        "explain": [
            { "status": 400, "if": { "at": "/id", "is": "{id}" }, "means": "conflict", "says": "Own.", "do": "Go." },
            { "status": 400, "if": { "at": "/old", "empty": false }, "means": "setup", "says": "Old.", "do": "Go." },
            { "status": [400, 200], "if": { "at": "/late", "empty": false }, "applied": "maybe", "means": "input",
              "says": "Late.", "do": "Go." }
        ]
    });
    Provider::parse(&file.to_string()).expect("a provider")
}

#[test]
fn an_explanation_may_ask_about_the_body() {
    let provider = asking();
    let identity = Identity::check(&provider, &[("id".to_string(), "7".to_string())]).expect("an identity");
    let listen = |status: u16, body: &str| {
        let response = Response {
            status,
            headers: Vec::new(),
            body: body.to_string(),
            url: None,
            timing: Default::default(),
        };
        let listener = Listener {
            provider: &provider,
            on: "update",
            identity: &identity,
            between: Between::Nobody,
            now: NOW,
        };
        listener.verdict(&Ok(response))
    };
    let check = |status: u16, body: &str, expected: &str| {
        assert_eq!(words(&listen(status, body)), expected, "{body}")
    };
    check(400, r#"{"id":"7"}"#, "no: conflict");
    check(400, r#"{"id":"8"}"#, "no: input");
    check(400, r#"{"id":"7","old":1}"#, "no: conflict");
    check(400, r#"{"old":1}"#, "no: setup");
    check(400, r#"{"old":""}"#, "no: input");
    check(400, r#"{"late":1}"#, "doubt: input");
    check(200, r#"{"late":1}"#, "doubt: input");
    check(200, r#"{"late":1,"ok":true}"#, "yes");
    // Without a body there is nothing to ask about.
    check(400, "", "no: input");
    check(400, "old", "no: input");
    check(500, r#"{"old":1}"#, "doubt: fault");
}

#[test]
fn what_may_repeat_the_record_is_shown_without_it() {
    let message = |body: Json| match toluna("update", 400, body).verdict() {
        Verdict::No(reason) => reason.message,
        other => panic!("{other:?}"),
    };
    let told = json!({ "Message": "The code 16014400 of ann@example.com is \"Ann Obi\"." });
    assert_eq!(message(told).as_deref(), Some("The code ••• of ••• is •••"));
    assert_eq!(message(json!({ "Result": "PANEL_DOES_NOT_EXIST" })).as_deref(), Some("PANEL_DOES_NOT_EXIST"));
    // The explanation is found by the whole text, also by a part that is not shown.
    let Verdict::No(reason) = toluna("update", 400, json!({ "Message": "{no member found}" })).verdict()
    else {
        panic!("a no")
    };
    assert_eq!((reason.means, reason.message.as_deref()), (Means::NotFound, Some("•••")));
    // Others are shown as they are.
    let Verdict::No(reason) = of("symbl", "update", 400, json!({ "message": "Code 16014400" })).verdict()
    else {
        panic!("a no")
    };
    assert_eq!(reason.message.as_deref(), Some("Code 16014400"));
}

#[test]
fn what_has_no_mark_of_the_relay_did_not_come_through_it() {
    let says = |between: Between| match flashapply("update", 200, "OK").behind(between).verdict() {
        Verdict::Doubt(reason) => (reason.means, reason.says.text()),
        other => panic!("{other:?}"),
    };
    let (means, stranger) = says(Between::Relay);
    assert!(means == Means::Setup && stranger.contains("between this page and the relay"), "{stranger}");
    let (means, unknown) = says(Between::Proxy);
    assert!(means == Means::Setup && unknown.contains("between this page and the provider"), "{unknown}");
    let (means, fault) = says(Between::Nobody);
    assert!(means == Means::Fault && fault.starts_with("FlashApply"), "{fault}");
    // What the provider itself is known to say is believed of a read; of a change, only what the relay marks.
    check(flashapply("read", 404, json!({ "message": "no" })).behind(Between::Relay), "no: not_found");
    check(flashapply("update", 404, json!({ "message": "no" })).behind(Between::Relay), "doubt: setup");
    check(flashapply("update", 404, json!({ "message": "no" })).behind(Between::Proxy), "doubt: not_found");
    check(flashapply("update", 404, json!({ "x": 1 })).behind(Between::Relay), "doubt: setup");
    let marked = flashapply("update", 404, json!({ "x": 1 })).behind(Between::Relay);
    check(marked.with("X-Relay-Source", "upstream"), "no: not_found");
}

#[test]
fn a_relay_that_holds_back_says_how_long() {
    let own = json!({ "error": { "source": "proxy", "code": "rate_limited" } });
    let held = || flashapply("update", 429, &own).behind(Between::Relay).with("X-Relay-Source", "proxy");
    check(held().with("X-Relay-Sent", "no"), "stopped: busy 5");
    check(held().with("X-Relay-Sent", "no").with("Retry-After", "9"), "stopped: busy 9");
    check(held().with("X-Relay-Sent", "no").with("X-RateLimit-Reset", "1800000011"), "stopped: busy 11");
    check(held().with("X-Relay-Sent", "no").with("Retry-After", "9999"), "stopped: busy ask");
    // It never left the relay, whether or not the relay says so again.
    check(held(), "stopped: busy 5");
}

#[test]
fn each_documented_refusal_of_the_other_three_becomes_its_verdict() {
    let none = json!({ "message": "Text." });
    let symbl =
        |on: &'static str, status: u16, expected: &str| check(of("symbl", on, status, &none), expected);
    symbl("exchange", 401, "no: sign_in");
    symbl("read", 401, "no: sign_in");
    symbl("update", 400, "no: input");
    symbl("update", 402, "no: rights");
    symbl("read", 403, "no: rights");
    symbl("read", 404, "no: not_found");
    symbl("update", 404, "no: not_found");
    symbl("update", 405, "no: setup");
    symbl("update", 409, "no: conflict");
    symbl("update", 413, "no: input");
    symbl("update", 429, "busy: 1");
    symbl("update", 500, "doubt: fault");
    symbl("update", 503, "busy: 1");
    symbl("update", 504, "doubt: fault");
    let flash =
        |on: &'static str, status: u16, expected: &str| check(flashapply(on, status, &none), expected);
    flash("update", 400, "no: input");
    flash("update", 401, "no: sign_in");
    flash("read", 403, "no: rights");
    flash("update", 404, "no: not_found");
    flash("update", 405, "no: setup");
    flash("update", 409, "no: conflict");
    flash("update", 415, "no: setup");
    flash("update", 422, "no: input");
    flash("update", 429, "busy: 5");
    flash("update", 502, "doubt: fault");
    flash("update", 503, "busy: 5");
    let none = json!({ "Message": "Text." });
    let panel = |on: &'static str, status: u16, expected: &str| check(toluna(on, status, &none), expected);
    panel("update", 400, "no: input");
    panel("update", 401, "no: sign_in");
    panel("read", 403, "no: sign_in");
    panel("update", 404, "no: not_found");
    panel("update", 409, "no: conflict");
    panel("update", 415, "no: setup");
    panel("update", 429, "busy: 2");
    panel("update", 500, "doubt: fault");
    panel("update", 503, "busy: 2");
}
