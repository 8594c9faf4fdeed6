use super::Outgoing;
use crate::provider::Provider;
use crate::transport::{Address, Keyring, Method, Proxy, Target};

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
fn a_read_whose_path_needs_what_nobody_has_an_example_for_is_no_probe() {
    assert_eq!(Outgoing::probe(&provider("", ""), "some"), None);
}

#[test]
fn every_provider_is_reached_with_what_its_file_has_and_with_nothing_else() {
    let check = |id: &str, server: &str, expected: &str| {
        let path = [env!("CARGO_MANIFEST_DIR"), "/providers/", id, ".json"].concat();
        let file = std::fs::read_to_string(path).expect("a provider file");
        let provider = Provider::parse(&file).expect("a provider");
        let probe = Outgoing::probe(&provider, server).expect("a probe");
        let request = probe.request();
        assert_eq!(request.method, Method::Get, "{id}");
        assert_eq!(request.body, None, "{id}");
        assert_eq!([request.path.view(), "?".to_string(), request.query.view()].concat(), expected, "{id}");
        let texts =
            [&request.path, &request.query].into_iter().chain(request.headers.iter().map(|own| &own.1));
        assert_eq!(texts.flat_map(|text| text.holes()).count(), 0, "{id}: no secret");
        assert!(request.headers.iter().all(|(name, _)| name != "Authorization"), "{id}");
        let target = Target {
            server: server.to_string(),
            address: Address::parse("https://some.example").ok(),
            typed: false,
        };
        assert!(probe.sign(&target, &Proxy::none(), &Keyring::default()).is_ok(), "{id}");
    };
    check("webex", "webex", "/v1/people/me?");
    check("symbl", "symbl", "/v1/conversations?limit=1");
    check("aitable", "aitable", "/fusion/v1/spaces?");
    check("flashapply", "flashapply", "/v1/members/member_67890?");
    check("toluna", "toluna", "/IntegratedPanelService/api/Respondent/?");
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
