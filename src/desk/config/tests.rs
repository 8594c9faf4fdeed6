use super::Config;
use crate::desk::recent::Keeping;

fn faults_of(text: &str) -> Vec<String> {
    match Config::parse(text) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.into_iter().map(|fault| fault.pointer).collect(),
    }
}

#[test]
fn a_configuration_says_what_is_wrong_and_where() {
    let check = |text: &str, expected: &[&str]| assert_eq!(faults_of(text), expected, "{text}");
    check(r#"{"version":1,"providers":["one"]}"#, &[]);
    check(r#"{"version":1,"providers":["one"],"proxy":{"kind":"path-map","base":"relay"}}"#, &[]);
    check(
        r#"{"version":1,"providers":["one"],"proxy":{"kind":"query","base":"https://p.example","parameter":"url"}}"#,
        &[],
    );
    check("", &[""]);
    check("[]", &[""]);
    check("{}", &["", ""]);
    check(r#"{"version":7,"providers":[]}"#, &["/version"]);
    check(r#"{"version":1,"providers":["No Slug"]}"#, &["/providers/0"]);
    check(r#"{"version":1,"providers":[],"proxi":{}}"#, &["/proxi"]);
    check(r#"{"version":1,"providers":[],"proxy":{"kind":"magic"}}"#, &["/proxy/kind"]);
    check(r#"{"version":1,"providers":[],"proxy_locked":"yes"}"#, &["/proxy_locked"]);
    check(
        r#"{"version":1,"providers":[],"proxies":{"one":{"kind":"none","token":"relay"}}}"#,
        &["/proxies/one"],
    );
    check(r#"{"version":1,"providers":[],"proxy":{"kind":"prefix"}}"#, &["/proxy"]);
    check(r#"{"version":1,"providers":[],"proxy":{"kind":"prefix","base":"ftp://x"}}"#, &["/proxy/base"]);
    check(
        r#"{"version":1,"providers":[],"proxy":{"kind":"prefix","base":"https://me:pw@x"}}"#,
        &["/proxy/base"],
    );
    check(
        r#"{"version":1,"providers":[],"servers":{"a":{"address":"https://x/#y"}}}"#,
        &["/servers/a/address"],
    );
    check(r#"{"version":1,"providers":[],"time_limit":"30"}"#, &["/time_limit"]);
    check(r#"{"version":1,"providers":[],"languages":["en","pt-BR"]}"#, &[]);
    check(r#"{"version":1,"providers":[],"languages":[]}"#, &["/languages"]);
    check(r#"{"version":1,"providers":[],"languages":"en"}"#, &["/languages"]);
    check(
        r#"{"version":1,"providers":[],"languages":["en","../de","-"]}"#,
        &["/languages/1", "/languages/2"],
    );
}

#[test]
fn members_are_remembered_in_the_tab_if_nobody_says_otherwise() {
    let check = |key: &str, expected: Keeping| {
        let text = [r#"{"version":1,"providers":[]"#, key, "}"].concat();
        assert_eq!(Config::parse(&text).expect("a configuration").recents, expected);
    };
    check("", Keeping::Tab);
    check(r#","recents":"off""#, Keeping::Off);
    check(r#","recents":"device""#, Keeping::Device);
    assert_eq!(faults_of(r#"{"version":1,"providers":[],"recents":true}"#), ["/recents"]);
    assert_eq!(faults_of(r#"{"version":1,"providers":[],"recents":"always"}"#), ["/recents"]);
}

#[test]
fn english_is_offered_if_nobody_says_otherwise() {
    let check = |key: &str, expected: &[&str]| {
        let text = [r#"{"version":1,"providers":[]"#, key, "}"].concat();
        assert_eq!(Config::parse(&text).expect("a configuration").languages, expected);
    };
    check("", &["en"]);
    check(r#","languages":["de","en"]"#, &["de", "en"]);
}

#[test]
fn a_sample_is_only_allowed_for_a_server_on_this_machine() {
    let sample = |address: &str| {
        [
            r#"{"version":1,"providers":["one"],"servers":{"one":{"address":""#,
            address,
            r#""}},"samples":[{"provider":"one","server":"one","label":"Try","secrets":{"token":"t"}}]}"#,
        ]
        .concat()
    };
    assert_eq!(faults_of(&sample("http://127.0.0.1:8101")), Vec::<String>::new());
    assert_eq!(faults_of(&sample("http://localhost:8101")), Vec::<String>::new());
    assert_eq!(faults_of(&sample("https://one.example")), ["/samples/0"]);
    assert_eq!(faults_of(&sample("http://127.0.0.1.evil.example")), ["/samples/0"]);
}

#[test]
fn a_sample_does_not_pass_through_a_proxy_elsewhere() {
    let sample = |base: &str| {
        [
            r#"{"version":1,"providers":["one"],"servers":{"one":{"address":"http://127.0.0.1:8101"}},
                "proxy":{"kind":"path-map","base":""#,
            base,
            r#""},"samples":[{"provider":"one","server":"one","label":"Try","secrets":{"token":"t"}}]}"#,
        ]
        .concat()
    };
    assert_eq!(faults_of(&sample("relay")), Vec::<String>::new());
    assert_eq!(faults_of(&sample("http://localhost:8080")), Vec::<String>::new());
    assert_eq!(faults_of(&sample("https://relay.example")), ["/samples/0"]);
}

#[test]
fn providers_are_only_called_simulated_where_all_is_on_this_machine() {
    let check = |more: &str, expected: &[&str]| {
        let text = [r#"{"version":1,"providers":["one","two"],"simulated":true"#, more, "}"].concat();
        assert_eq!(faults_of(&text), expected, "{text}");
    };
    let here = r#","servers":{"one":{"address":"http://127.0.0.1:8101"}}"#;
    let with = |more: &str| [here, more].concat();
    check(here, &[]);
    check(&with(r#","proxy":{"kind":"path-map","base":"relay"}"#), &[]);
    check(&with(r#","proxy":{"kind":"path-map","base":"http://localhost:8080"}"#), &[]);
    check("", &["/simulated"]);
    check(r#","servers":{}"#, &["/simulated"]);
    check(&with(r#","proxy":{"kind":"path-map","base":"https://relay.example"}"#), &["/simulated"]);
    check(&with(r#","proxies":{"two":{"kind":"prefix","base":"https://relay.example"}}"#), &["/simulated"]);
    check(
        r#","servers":{"one":{"address":"http://127.0.0.1:8101"},"two":{"address":"https://two.example"}}"#,
        &["/simulated"],
    );
    assert_eq!(faults_of(r#"{"version":1,"providers":[],"simulated":"yes"}"#), ["/simulated"]);
    assert_eq!(faults_of(r#"{"version":1,"providers":[],"simulated":false}"#), Vec::<String>::new());
}
