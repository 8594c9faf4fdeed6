use std::time::Duration;

use super::{Origin, address, language, proxy, theme, time_limit};
use crate::desk::config::Config;
use crate::desk::settings::{Settings, Theme};
use crate::provider::{Face, Provider};
use crate::transport::{Address, Proxy};

fn config(more: &str) -> Config {
    Config::parse(&[r#"{"version":1,"providers":["some"]"#, more, "}"].concat()).expect("a configuration")
}

fn face() -> Face {
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
    Face::clone(&Provider::parse(text).expect("a provider"))
}

#[test]
fn who_decided_the_proxy_is_told() {
    let check = |more: &str, own: bool, expected: Origin| {
        let settings = Settings { proxy: own.then(Proxy::none), ..Settings::default() };
        assert_eq!(proxy(&config(more), &settings, "some", "own").origin, expected, "{more} {own}");
    };
    check("", false, Origin::Page);
    check("", true, Origin::Person);
    check(r#","proxy":{"kind":"none"}"#, false, Origin::Owner);
    check(r#","proxy":{"kind":"path-map","base":"relay"}"#, true, Origin::Person);
    check(r#","proxies":{"some":{"kind":"none"}}"#, false, Origin::Owner);
    check(r#","proxies":{"other":{"kind":"none"}}"#, false, Origin::Page);
    check(r#","proxies":{"own":{"kind":"none"}}"#, false, Origin::Owner);
    // What a person chooses takes the place of the one for all, and of nothing else.
    check(r#","proxies":{"other":{"kind":"none"}}"#, true, Origin::Person);
    check(r#","proxies":{"some":{"kind":"none"}}"#, true, Origin::Owner);
    check(r#","proxies":{"own":{"kind":"none"}}"#, true, Origin::Owner);
    // What the owner locks, nobody chooses, were it chosen before.
    check(r#","proxy":{"kind":"path-map","base":"relay"},"proxy_locked":true"#, true, Origin::Owner);
    check(r#","proxy_locked":true"#, true, Origin::Page);
    check(r#","proxy_locked":false"#, true, Origin::Person);
}

#[test]
fn a_server_has_its_own_proxy_where_the_owner_says_so() {
    let more = r#","proxies":{"some":{"kind":"prefix","base":"/one"},"own":{"kind":"prefix","base":"/two"}}"#;
    let key = |settings: &Settings, server: &str| proxy(&config(more), settings, "some", server).value.key();
    for own in [None, Some(Proxy::none())] {
        let settings = Settings { proxy: own, ..Settings::default() };
        assert_eq!(
            (key(&settings, "own").as_str(), key(&settings, "some").as_str()),
            ("prefix /two", "prefix /one")
        );
    }
}

#[test]
fn who_knows_the_address_of_a_server_is_told() {
    let typed = |server: &str| Settings {
        servers: vec![(server.to_string(), Address::parse("https://typed.example").expect("an address"))],
        ..Settings::default()
    };
    let check = |more: &str, settings: &Settings, server: &str, expected: Option<(&str, Origin)>| {
        let found = address(&config(more), settings, &face(), server);
        let found = found.as_ref().map(|found| (found.value.as_str(), found.origin));
        assert_eq!(found, expected, "{more} {server}");
    };
    let none = Settings::default();
    let owners =
        r#","servers":{"some":{"address":"https://a.example"},"own":{"address":"https://b.example"}}"#;
    check("", &none, "some", Some(("https://some.example", Origin::File)));
    check("", &none, "own", None);
    check(owners, &none, "some", Some(("https://a.example", Origin::Owner)));
    check(owners, &none, "own", Some(("https://b.example", Origin::Owner)));
    check(owners, &typed("own"), "own", Some(("https://typed.example", Origin::Person)));
    check(owners, &typed("some"), "some", Some(("https://a.example", Origin::Owner)));
    check("", &typed("some"), "some", Some(("https://some.example", Origin::File)));
}

#[test]
fn who_decided_the_time_limit_and_the_theme_is_told() {
    let check = |more: &str, own: Option<u64>, expected: (u64, Origin)| {
        let settings = Settings { time_limit: own.map(Duration::from_secs), ..Settings::default() };
        let found = time_limit(&config(more), &settings);
        assert_eq!((found.value.as_secs(), found.origin), expected, "{more} {own:?}");
    };
    check("", None, (30, Origin::Page));
    check(r#","time_limit":"PT1M""#, None, (60, Origin::Owner));
    check(r#","time_limit":"PT1M""#, Some(5), (5, Origin::Person));
    assert_eq!(theme(&Settings::default()).origin, Origin::Page);
    let dark = Settings { theme: Some(Theme::Dark), ..Settings::default() };
    assert_eq!((theme(&dark).value, theme(&dark).origin), (Some(Theme::Dark), Origin::Person));
}

#[test]
fn who_decided_the_language_is_told() {
    let check = |more: &str, own: Option<&str>, liked: &str, expected: (&str, Origin)| {
        let settings = Settings { language: own.map(str::to_string), ..Settings::default() };
        let liked: Vec<String> = liked.split_whitespace().map(str::to_string).collect();
        let found = language(&config(more), &settings, &liked);
        assert_eq!((found.value.as_str(), found.origin), expected, "{more} {own:?} {liked:?}");
    };
    check("", None, "en", ("en", Origin::Page));
    check("", Some("de"), "de", ("en", Origin::Page));
    check(r#","languages":["de"]"#, None, "en", ("de", Origin::Owner));
    let both = r#","languages":["en","de"]"#;
    check(both, Some("de"), "en", ("de", Origin::Person));
    check(both, Some("fr"), "de-AT", ("de", Origin::Browser));
    check(both, None, "fr", ("en", Origin::Owner));
}
