use super::Outgoing;
use crate::provider::Provider;
use crate::transport::{Address, Keyring, Proxy, Target};

fn provider(test: &str, headers: &str) -> Provider {
    let text = r#"{
        "version": 1, "id": "some", "name": "Some", "member": "member", "about": "Change a name.",
        "servers": { "some": { "label": "Some", "address": "https://some.example" } },
        "connection": {
            "space": { "label": "Space", "type": "string" },
            "key": { "label": "Key", "type": "string", "writeOnly": true }
        },
        "sign_in": [{ "id": "token", "type": "http", "scheme": "bearer", "label": "Token" TEST }],
        HEADERS
        "identity": { "id": { "label": "ID", "type": "string" } },
        "title": "{name}",
        "read": { "call": { "method": "GET", "path": "/{space}/m/{id}?key={key}" }, "record": "" },
        "update": { "call": { "method": "PUT", "path": "/{space}/m/{id}" }, "base": "none" },
        "fields": { "name": { "label": "Name", "type": "string", "at": "/name", "to": "/name" } }
    }"#;
    Provider::parse(&text.replace("TEST", test).replace("HEADERS", headers)).expect("a provider")
}

#[test]
fn a_probe_has_nothing_of_a_secret_and_nothing_of_a_name() {
    let check = |path: &str, headers: &str, expected: Option<&str>| {
        let test = [r#", "test": { "call": { "method": "GET", "path": ""#, path, r#"" } }"#].concat();
        let probe = Outgoing::probe(&provider(&test, headers), "some");
        let line = probe.as_ref().map(|probe| {
            let request = probe.request();
            let headers = request.headers.iter().map(|(name, value)| [name, ": ", &value.view()].concat());
            let parts = [request.path.view(), request.query.view()].into_iter().chain(headers);
            parts.collect::<Vec<_>>().join(" | ")
        });
        assert_eq!(line.as_deref(), expected, "{path}");
        let target = Target {
            server: "some".to_string(),
            address: Address::parse("https://some.example").ok(),
            typed: false,
        };
        let signed = probe.map(|probe| probe.sign(&target, &Proxy::none(), &Keyring::default()));
        assert!(signed.is_none_or(|signed| signed.is_ok()), "{path}: it can be sent without any secret");
    };
    check("/me", "", Some("/me |  | Accept: application/json"));
    check("/me?limit=1", "", Some("/me | limit=1 | Accept: application/json"));
    check("/me?limit=1&key={key}", "", Some("/me |  | Accept: application/json"));
    check("/me?space={space}", "", Some("/me |  | Accept: application/json"));
    check("/{space}/me", "", None);
    check("/{key}/me", "", None);
    let headers = r#""headers": { "X-Key": "k {key}", "X-Space": "{space}", "X-Kind": "page" },"#;
    check("/me", headers, Some("/me |  | Accept: application/json | X-Kind: page"));
}

#[test]
fn a_file_without_a_harmless_read_has_no_probe() {
    assert_eq!(Outgoing::probe(&provider("", ""), "some"), None);
}

#[test]
fn a_relay_is_asked_for_its_health_at_its_own_address() {
    let target = Target {
        server: String::new(),
        address: Address::parse("https://page.example/sub/relay").ok(),
        typed: false,
    };
    let signed = Outgoing::health().sign(&target, &Proxy::none(), &Keyring::default());
    let url = signed.expect("it can be sent").into_parts().url;
    assert_eq!(url, "https://page.example/sub/relay/healthz");
}
