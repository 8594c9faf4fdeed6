use super::{is_simulated, leads_to_simulated};
use crate::desk::config::Config;
use crate::desk::settings::Settings;
use crate::desk::way::Way;
use crate::transport::{Address, Kind, Proxy, ProxyBase, Target};

const SAID: &str = r#","simulated":true"#;
const SAMPLE: &str =
    r#","samples":[{"provider":"one","server":"one","label":"Try","secrets":{"token":"t"}}]"#;
const HERE: &str = "http://127.0.0.1:8080";
const ELSEWHERE: &str = "https://desk.example";
const SERVER: &str = "http://127.0.0.1:8101";

fn config(more: &str) -> Config {
    let text = [
        r#"{"version":1,"providers":["one","two"],"proxy":{"kind":"path-map","base":"relay"},
            "servers":{"one":{"address":""#,
        SERVER,
        r#""}}"#,
        more,
        "}",
    ];
    Config::parse(&text.concat()).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

fn with(more: &str) -> Config {
    config(&[SAID, more].concat())
}

fn address(text: &str) -> Address {
    Address::parse(text).expect("an address")
}

fn at(page: &str, config: &Config, settings: &Settings) -> bool {
    is_simulated(config, settings, &address(page))
}

#[test]
fn providers_are_simulated_where_the_owner_says_so() {
    assert!(at(HERE, &config(SAID), &Settings::default()));
    assert!(!at(HERE, &config(""), &Settings::default()));
    assert!(!at(HERE, &config(SAMPLE), &Settings::default()), "samples do not say it");
    assert!(!at(HERE, &config(r#","simulated":false"#), &Settings::default()));
}

#[test]
fn what_may_reach_somebody_real_is_not_called_simulated() {
    assert!(!at(ELSEWHERE, &config(SAID), &Settings::default()));
    let direct = with(r#","proxies":{"two":{"kind":"none"}}"#);
    assert!(!at(HERE, &direct, &Settings::default()));
    let mine = Settings { proxy: Some(Proxy::none()), ..Settings::default() };
    assert!(!at(HERE, &config(SAID), &mine), "a person may choose another way");
    let typed =
        |text: &str| Settings { servers: vec![("own".to_string(), address(text))], ..Settings::default() };
    assert!(!at(HERE, &config(SAID), &typed("https://own.example")), "or another server");
    assert!(at(HERE, &config(SAID), &typed("http://localhost:8102")));
}

fn path_map(base: &str) -> Kind {
    Kind::PathMap { base: base_at(base) }
}

fn base_at(text: &str) -> ProxyBase {
    ProxyBase::parse(text).expect("a base")
}

fn way(kind: Kind, server: &str, at: &str) -> Way {
    let target = Target { server: server.to_string(), address: Some(address(at)), typed: false };
    Way { target, proxy: Proxy::new(kind, Vec::new()).expect("a proxy") }
}

#[test]
fn under_a_path_map_the_relay_decides_whether_a_way_leads_to_somebody_real() {
    let check = |config: &Config, page: &str, base: &str, expected: bool| {
        let way = way(path_map(base), "one", SERVER);
        assert_eq!(leads_to_simulated(config, &way, &address(page)), expected, "{page} {base}");
    };
    let said = config(SAID);
    check(&said, HERE, "relay", true);
    check(&said, HERE, "https://relay.example", false);
    // Somebody's own relay may pass to the real ones, wherever it stands.
    check(&said, HERE, "http://localhost:9000/relay", false);
    check(&said, ELSEWHERE, "relay", false);
    check(&config(""), HERE, "relay", false);
    check(&config(SAMPLE), HERE, "relay", false);
    let local = with(r#","proxies":{"one":{"kind":"path-map","base":"http://localhost:9000/relay"}}"#);
    check(&local, HERE, "http://localhost:9000/relay", true);
}

#[test]
fn only_a_server_that_the_owner_names_is_called_simulated() {
    let check = |kind: Kind, server: &str, at: &str, expected: bool| {
        let way = way(kind, server, at);
        assert_eq!(leads_to_simulated(&config(SAID), &way, &address(HERE)), expected, "{way:?}");
    };
    check(path_map("relay"), "two", "https://two.example", false);
    check(Kind::None, "one", SERVER, true);
    check(Kind::None, "one", "https://one.example", false);
    check(Kind::None, "two", "http://127.0.0.1:8102", false);
    check(Kind::Prefix { base: base_at("http://localhost:9000") }, "one", SERVER, true);
    check(Kind::Prefix { base: base_at("https://proxy.example") }, "one", SERVER, false);
    let query = |base: &str| Kind::Query { base: base_at(base), parameter: "url".to_string() };
    check(query("proxy"), "one", SERVER, true);
    check(query("https://proxy.example"), "one", SERVER, false);
}
