use serde_json::{Value as Json, json};

use super::{exchange, granted, is_due};
use crate::provider::Provider;
use crate::transport::{Binding, Keyring, Proxy, Secret, Target};

const NOW: u64 = 1_800_000_000;

/// A provider whose credential can be exchanged; `lives` is how long it is good.
fn provider(lives: Json) -> Provider {
    let mut app = json!({
        "id": "app", "type": "exchange", "label": "App",
        "needs": {
            "appId": { "label": "App ID", "type": "string" },
            "appSecret": { "label": "App secret", "type": "string", "writeOnly": true }
        },
        "call": { "method": "POST", "path": "/token" },
        "body": { "kind": "app", "id": "{appId}", "secret": "{appSecret}" },
        "gives": { "token": "/data/accessToken" }
    });
    if !lives.is_null() {
        app["lives"] = lives;
    }
    let file = json!({
        "version": 1, "id": "some", "name": "Some", "member": "member", "about": "Change a name.",
        "servers": { "some": { "label": "Some", "address": "https://some.example" } },
        "sign_in": [{ "id": "token", "type": "http", "scheme": "bearer", "label": "Token" }, app],
        "identity": { "id": { "label": "ID", "type": "string" } },
        "title": "{name}",
        "read": { "call": { "method": "GET", "path": "/m/{id}" }, "record": "" },
        "update": { "call": { "method": "PUT", "path": "/m/{id}" }, "base": "none" },
        "fields": { "name": { "label": "Name", "type": "string", "at": "/name", "to": "/name" } }
    });
    Provider::parse(&file.to_string()).expect("a provider")
}

fn binding(server: &str) -> Binding {
    let target = Target { server: server.to_string(), address: None, typed: false };
    Binding::new("some", "", &target, &Proxy::none())
}

fn keyring(ids: &[&str]) -> Keyring {
    let mut keyring = Keyring::default();
    for id in ids {
        keyring.put(binding("some"), id, Secret::parse("some-secret").expect("a secret"));
    }
    keyring
}

#[test]
fn a_credential_can_be_got_again_while_all_that_it_needs_is_there() {
    let check = |ids: &[&str], server: &str, expected: bool| {
        let provider = provider(Json::Null);
        assert_eq!(exchange(&provider, &keyring(ids), &binding(server)).is_some(), expected, "{ids:?}");
    };
    check(&["appId", "appSecret"], "some", true);
    check(&["appId", "appSecret", "token"], "some", true);
    check(&["appId"], "some", false);
    check(&["token"], "some", false);
    check(&[], "some", false);
    check(&["appId", "appSecret"], "another", false);
}

#[test]
fn a_credential_is_due_when_it_is_not_there_or_ends_within_a_minute() {
    let provider = provider(Json::Null);
    let check = |until: Option<u64>, expected: bool| {
        let mut keyring = Keyring::default();
        let secret = Secret::parse("some-secret").expect("a secret");
        keyring.put_until(binding("some"), "token", secret, until);
        assert_eq!(is_due(&provider, &keyring, &binding("some"), NOW), expected, "{until:?}");
        assert!(is_due(&provider, &keyring, &binding("another"), NOW));
    };
    check(None, false);
    check(Some(NOW + 61), false);
    check(Some(NOW + 60), true);
    check(Some(NOW), true);
    check(Some(0), true);
    check(Some(u64::MAX), false);
    assert!(is_due(&provider, &keyring(&["appId", "appSecret"]), &binding("some"), NOW));
}

#[test]
fn where_nobody_signs_in_nothing_is_due() {
    let path = [env!("CARGO_MANIFEST_DIR"), "/providers/toluna.json"].concat();
    let text = std::fs::read_to_string(path).expect("a provider file");
    let provider = Provider::parse(&text).expect("a provider");
    assert!(!is_due(&provider, &Keyring::default(), &binding("toluna"), NOW));
}

#[test]
fn a_credential_is_granted_for_as_long_as_the_answer_says() {
    let check = |lives: Json, answer: Json, expected: Option<Option<u64>>| {
        let provider = provider(lives.clone());
        let way = provider.sign_in[1].exchange().expect("an exchange");
        let grant = granted(way, &answer, NOW);
        assert_eq!(grant.map(|grant| grant.until), expected, "{lives} {answer}");
    };
    let token = |life: Json| json!({ "data": { "accessToken": "opaque-token" }, "expiresIn": life });
    let told = || json!("/expiresIn");
    check(told(), token(json!(86_400)), Some(Some(NOW + 86_400)));
    // One that was handed out before has less left.
    check(told(), token(json!(1)), Some(Some(NOW + 1)));
    check(told(), token(json!(u64::MAX)), Some(Some(u64::MAX)));
    check(json!("PT12H"), token(json!(7)), Some(Some(NOW + 43_200)));
    // Where nothing is told, or nothing that can be read, a token may still say it itself.
    check(Json::Null, token(json!(7)), Some(None));
    for odd in [json!(null), json!("7"), json!(-7), json!(7.5)] {
        check(told(), token(odd), Some(None));
    }
    let jwt = json!({ "data": { "accessToken": "e30.eyJleHAiOjE4MDAwMDAwMDd9.e30" } });
    check(Json::Null, jwt.clone(), Some(Some(NOW + 7)));
    check(told(), jwt, Some(Some(NOW + 7)));
    for none in [json!({}), json!({ "data": { "accessToken": 7 } }), json!({ "data": { "accessToken": "" } })]
    {
        check(told(), none, None);
    }
    check(told(), json!({ "data": { "accessToken": "two words" } }), None);
}
