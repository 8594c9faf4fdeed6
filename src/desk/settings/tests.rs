use std::time::Duration;

use super::{Kept, Settings, Theme};
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
            ..Settings::default()
        };
        assert_eq!(Settings::parse(&settings.text()), Kept::Read(settings));
    }
    for theme in [None, Some(Theme::Light), Some(Theme::Dark)] {
        for seconds in [None, Some(1), Some(90), Some(600)] {
            let time_limit = seconds.map(Duration::from_secs);
            let settings = Settings { time_limit, theme, ..Settings::default() };
            assert_eq!(Settings::parse(&settings.text()), Kept::Read(settings));
        }
    }
    assert_eq!(Settings::parse(&Settings::default().text()), Kept::Read(Settings::default()));
}

#[test]
fn settings_that_were_kept_before_there_was_more_to_choose_are_read() {
    let text = r#"{"version":1,"proxy":{"kind":"none"},"servers":{"own":"https://own.example"}}"#;
    let Kept::Read(settings) = Settings::parse(text) else { panic!("it can be read") };
    assert_eq!((settings.servers.len(), settings.time_limit, settings.theme), (1, None, None));
    assert_eq!(settings.language, None);
}

#[test]
fn what_another_version_kept_is_not_guessed_at() {
    for text in [
        "",
        "7",
        "{}",
        r#"{"version":2}"#,
        r#"{"version":1,"proxy":{"kind":"later"}}"#,
        r#"{"version":1,"proxy":{"kind":"none","later":true}}"#,
        r#"{"version":1,"proxy":{"kind":"path-map","base":"/r","token":"later"}}"#,
        r#"{"version":1,"time_limit":"PT0S"}"#,
        r#"{"version":1,"time_limit":"PT11M"}"#,
        r#"{"version":1,"time_limit":30}"#,
        r#"{"version":1,"theme":"sepia"}"#,
        r#"{"version":1,"theme":true}"#,
    ] {
        assert_eq!(Settings::parse(text), Kept::Unknown, "{text}");
    }
}
