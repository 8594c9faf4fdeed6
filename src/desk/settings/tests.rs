use super::{Kept, Settings};
use crate::transport::{Address, Kind, Proxy, ProxyBase};

#[test]
fn settings_are_read_as_they_were_kept() {
    let base = || ProxyBase::parse("https://relay.example").expect("a base");
    let kinds = [
        Kind::None,
        Kind::PathMap { base: base() },
        Kind::Prefix { base: base() },
        Kind::Query { base: base(), parameter: "url".to_string() },
        Kind::Query {
            base: ProxyBase::parse("https://relay.example/cors/").expect("a base"),
            parameter: "url".to_string(),
        },
    ];
    for kind in kinds {
        let headers = vec![("X-Requested-With".to_string(), "memberdesk".to_string())];
        let settings = Settings {
            proxy: Some(Proxy::new(kind, headers).expect("a proxy")),
            servers: vec![("own".to_string(), Address::parse("https://own.example").expect("an address"))],
            language: Some("de".to_string()),
        };
        assert_eq!(Settings::parse(&settings.text()), Kept::Read(settings));
    }
    assert_eq!(Settings::parse(&Settings::default().text()), Kept::Read(Settings::default()));
}

#[test]
fn settings_that_were_kept_without_a_language_are_read() {
    let kept = r#"{"version":1,"servers":{}}"#;
    assert_eq!(Settings::parse(kept), Kept::Read(Settings::default()));
}

#[test]
fn what_another_version_kept_is_not_guessed_at() {
    for text in ["", "7", "{}", r#"{"version":2}"#, r#"{"version":1,"proxy":{"kind":"later"}}"#] {
        assert_eq!(Settings::parse(text), Kept::Unknown, "{text}");
    }
}
