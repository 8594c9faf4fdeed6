use super::Way;
use crate::desk::config::Config;
use crate::desk::settings::Settings;
use crate::provider::Provider;
use crate::transport::proxy::{ACCESS_TOKEN, preset::Preset};
use crate::transport::{
    Address, Binding, Escape, Keyring, Method, Proxy, ProxyBase, ProxyFault, Request, Secret, SignFault,
    Text, sign,
};

fn provider() -> Provider {
    let text = r#"{
        "version": 1, "id": "some", "name": "Some", "member": "member", "about": "Change a name.",
        "servers": {
            "some": { "label": "Some", "address": "https://some.example" },
            "own": { "label": "Own", "address": "ask" }
        },
        "sign_in": [{ "id": "token", "type": "http", "scheme": "bearer", "label": "Token" }],
        "identity": { "id": { "label": "ID", "type": "string" } },
        "title": "{name}",
        "read": { "call": { "method": "GET", "path": "/m/{id}" }, "record": "" },
        "update": { "call": { "method": "PUT", "path": "/m/{id}" }, "base": "none" },
        "fields": { "name": { "label": "Name", "type": "string", "at": "/name", "to": "/name" } }
    }"#;
    Provider::parse(text).expect("a provider")
}

fn config(proxy: &str) -> Config {
    Config::parse(&[r#"{"version":1,"providers":["some"],"proxy":"#, proxy, "}"].concat())
        .expect("a configuration")
}

#[test]
fn the_way_is_what_the_person_then_the_owner_then_the_file_says() {
    let url = |config: &Config, settings: &Settings, server: &str| {
        let way = Way::find(config, settings, &provider(), server)?;
        way.proxy.url(&way.target, "/m/1", "")
    };
    let map = config(r#"{"kind":"path-map","base":"relay"}"#);
    let none = config(r#"{"kind":"none"}"#);
    let own = Settings {
        servers: vec![("own".to_string(), Address::parse("https://own.example").expect("an address"))],
        ..Settings::default()
    };
    assert_eq!(url(&map, &Settings::default(), "some").as_deref(), Ok("./relay/some/m/1"));
    assert_eq!(url(&none, &Settings::default(), "some").as_deref(), Ok("https://some.example/m/1"));
    assert_eq!(url(&none, &own, "own").as_deref(), Ok("https://own.example/m/1"));
    assert_eq!(url(&map, &own, "own"), Err(ProxyFault::Typed), "a relay's path decides, not what was typed");
    assert!(matches!(url(&none, &Settings::default(), "own"), Err(ProxyFault::NoAddress { .. })));
}

#[test]
fn what_is_kept_in_a_browser_never_leads_a_known_server_elsewhere() {
    let elsewhere = Address::parse("https://elsewhere.example").expect("an address");
    let kept = Settings { servers: vec![("some".to_string(), elsewhere)], ..Settings::default() };
    let way = Way::find(&config(r#"{"kind":"none"}"#), &kept, &provider(), "some").expect("a way");
    let address = way.target.address.as_ref().map(Address::as_str);
    assert_eq!((address, way.target.typed), (Some("https://some.example"), false));
}

#[test]
fn a_way_out_of_the_ordinary_is_known_as_one() {
    let check = |proxy: &str, clear: bool, foreign: bool| {
        let way = Way::find(&config(proxy), &Settings::default(), &provider(), "some").expect("a way");
        assert_eq!((way.is_in_clear(), way.is_foreign()), (clear, foreign), "{proxy}");
    };
    check(r#"{"kind":"none"}"#, false, false);
    check(r#"{"kind":"path-map","base":"relay"}"#, false, false);
    check(r#"{"kind":"path-map","base":"https://relay.example"}"#, false, true);
    check(r#"{"kind":"prefix","base":"http://127.0.0.1:8080"}"#, false, true);
    check(r#"{"kind":"prefix","base":"http://relay.example"}"#, true, true);
}

/// What is wrong with sending a token this way, before anybody has said that a stranger may see it and after.
fn refusals(way: &Way) -> [Option<SignFault>; 2] {
    let request = Request {
        method: Method::Get,
        provider: "some".to_string(),
        server: "some".to_string(),
        account: String::new(),
        path: Text::plain("/m/1"),
        query: Text::default(),
        headers: vec![("Authorization".to_string(), Text::hole("token", Escape::Raw))],
        body: None,
    };
    let mut keyring = Keyring::default();
    let binding = Binding::new("some", "", &way.target, &way.proxy);
    for id in ["token", ACCESS_TOKEN] {
        keyring.put(binding.clone(), id, Secret::password("s").expect("a secret"));
    }
    let before = sign(&request, &way.target, &way.proxy, &keyring).err();
    keyring.allow(&way.proxy);
    [before, sign(&request, &way.target, &way.proxy, &keyring).err()]
}

#[test]
fn a_proxy_elsewhere_that_a_person_chose_gets_no_token_before_they_said_so() {
    let owners = config(r#"{"kind":"path-map","base":"relay"}"#);
    let check = |preset: &str, place: &str, asks: bool| {
        let template =
            Preset::find(preset).expect("a preset").at(ProxyBase::parse(place).expect("a base"), "url");
        let proxy = Proxy::of(template).expect("a proxy");
        let kept = Settings { proxy: Some(proxy.clone()), ..Settings::default() };
        let way = Way::find(&owners, &kept, &provider(), "some").expect("a way");
        let expected = [asks.then_some(SignFault::Public), None];
        assert_eq!(refusals(&way), expected, "{preset} {place}");
        // What is kept is still known by its name.
        assert_eq!(Preset::of(&proxy).map(|found| found.id), Some(preset), "{place}");
    };
    check("cors-anywhere", "https://cors-anywhere.herokuapp.com", true);
    check("scalar", "https://proxy.scalar.com", true);
    check("proxyscotch", "https://proxy.hoppscotch.io", true);
    check("query", "https://corsproxy.io", true);
    check("query", "http://proxy.example:8080", true);
    check("relay", "https://relay.example", true);
    check("corsproxy-io", "https://proxy.example", true);
    check("cors-anywhere", "http://127.0.0.1:8080", false);
    check("query", "http://localhost:8080", false);
    check("query", "/here", false);
    check("same-site", "relay", false);
}

#[test]
fn a_proxy_elsewhere_that_the_owner_chose_asks_where_the_owner_says_so() {
    let check = |proxy: &str, asks: bool| {
        let way = Way::find(&config(proxy), &Settings::default(), &provider(), "some").expect("a way");
        assert_eq!(refusals(&way), [asks.then_some(SignFault::Public), None], "{proxy}");
    };
    check(r#"{"kind":"path-map","base":"https://relay.example"}"#, false);
    check(r#"{"kind":"prefix","base":"https://proxy.example"}"#, false);
    check(r#"{"kind":"prefix","base":"https://proxy.example","public":true}"#, true);
}
