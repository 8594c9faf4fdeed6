use super::is_simulated;
use crate::desk::config::Config;
use crate::desk::settings::Settings;
use crate::transport::{Address, Proxy};

const SAMPLE: &str =
    r#","samples":[{"provider":"one","server":"one","label":"Try","secrets":{"token":"t"}}]"#;
const HERE: &str = "http://127.0.0.1:8080";

fn config(more: &str) -> Config {
    let text = [
        r#"{"version":1,"providers":["one","two"],"proxy":{"kind":"path-map","base":"relay"},
            "servers":{"one":{"address":"http://127.0.0.1:8101"}}"#,
        more,
        "}",
    ];
    Config::parse(&text.concat()).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

fn at(page: &str, config: &Config, settings: &Settings) -> bool {
    is_simulated(config, settings, &Address::parse(page).expect("an address"))
}

#[test]
fn samples_behind_a_proxy_on_this_machine_are_simulated() {
    assert!(at(HERE, &config(SAMPLE), &Settings::default()));
    assert!(!at(HERE, &config(""), &Settings::default()), "without samples nothing says so");
}

#[test]
fn what_may_reach_somebody_real_is_not_called_simulated() {
    let with = |more: &str| config(&[SAMPLE, more].concat());
    assert!(!at("https://desk.example", &config(SAMPLE), &Settings::default()));
    let direct = with(r#","proxies":{"two":{"kind":"none"}}"#);
    assert!(!at(HERE, &direct, &Settings::default()));
    let elsewhere = with(r#","proxies":{"two":{"kind":"path-map","base":"https://relay.example"}}"#);
    assert!(!at(HERE, &elsewhere, &Settings::default()));
    let mine = Settings { proxy: Some(Proxy::none()), ..Settings::default() };
    assert!(!at(HERE, &config(SAMPLE), &mine), "a person may choose another way");
    let real = r#"{"version":1,"providers":["one","two"],"proxy":{"kind":"path-map","base":"relay"},
        "servers":{"one":{"address":"http://127.0.0.1:8101"},"two":{"address":"https://two.example"}}"#;
    let real = Config::parse(&[real, SAMPLE, "}"].concat()).expect("a configuration");
    assert!(!at(HERE, &real, &Settings::default()));
}
