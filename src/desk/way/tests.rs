use super::Way;
use crate::desk::config::Config;
use crate::desk::settings::Settings;
use crate::provider::Provider;
use crate::transport::{Address, ProxyFault};

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
        proxy: None,
        servers: vec![("own".to_string(), Address::parse("https://own.example").expect("an address"))],
    };
    assert_eq!(url(&map, &Settings::default(), "some").as_deref(), Ok("./relay/some/m/1"));
    assert_eq!(url(&none, &Settings::default(), "some").as_deref(), Ok("https://some.example/m/1"));
    assert_eq!(url(&none, &own, "own").as_deref(), Ok("https://own.example/m/1"));
    assert_eq!(url(&map, &own, "own"), Err(ProxyFault::Typed), "a relay's path decides, not what was typed");
    assert!(matches!(url(&none, &Settings::default(), "own"), Err(ProxyFault::NoAddress { .. })));
}
