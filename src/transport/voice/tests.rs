use super::*;
use crate::transport::address::ProxyBase;
use crate::transport::proxy::preset::Preset;
use proptest::prelude::*;

/// Who gave this answer, behind a proxy of another make.
fn check(status: u16, headers: &[(&str, &str)], body: &str, expected: Voice) {
    check_behind(Between::Proxy, status, headers, body, expected);
}

fn check_behind(between: Between, status: u16, headers: &[(&str, &str)], body: &str, expected: Voice) {
    let headers = headers.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    let response = Response { status, headers, body: body.to_owned(), url: None, timing: Default::default() };
    let is_known = |response: &Response| response.json().is_some_and(|body| body.get("trackingId").is_some());
    assert_eq!(Voice::of(&response, &between, &is_known), expected, "{between:?} {status} {body}");
}

fn relay(sent: Sent, code: &str) -> Voice {
    Voice::Relay { sent, code: (!code.is_empty()).then(|| code.to_owned()) }
}

const OWN: &str = r#"{"error":{"source":"proxy","code":"upstream_timeout"}}"#;
const REFUSED: &str = r#"{"error":{"source":"proxy","code":"target_not_allowed"}}"#;
const KNOWN: &str = r#"{"message":"no","trackingId":"t"}"#;

#[test]
fn the_relays_stamp_is_believed_first() {
    let proxy = ("X-Relay-Source", "proxy");
    let upstream = ("x-relay-source", "upstream");
    check(504, &[proxy, ("X-Relay-Sent", "yes")], OWN, relay(Sent::Maybe, "upstream_timeout"));
    check(502, &[proxy, ("X-Relay-Sent", "no")], "", relay(Sent::No, ""));
    check(502, &[proxy], "<html>", relay(Sent::Maybe, ""));
    check(404, &[proxy], REFUSED, relay(Sent::No, "target_not_allowed"));
    // The header is the relay's word about this very request; the code is only its usual meaning.
    check(404, &[proxy, ("X-Relay-Sent", "yes")], REFUSED, relay(Sent::Maybe, "target_not_allowed"));
    check(404, &[proxy], KNOWN, relay(Sent::Maybe, ""));
    check(502, &[upstream], "<html>", Voice::Provider);
    check(502, &[upstream, ("X-Relay-Sent", "no")], OWN, Voice::Provider);
    check(200, &[upstream, ("Content-Type", "text/html")], "<html>", Voice::Provider);
}

#[test]
fn then_its_body() {
    check(504, &[], OWN, relay(Sent::Maybe, "upstream_timeout"));
    check(404, &[], REFUSED, relay(Sent::No, "target_not_allowed"));
    check(504, &[("X-Relay-Source", "?")], OWN, relay(Sent::Maybe, "upstream_timeout"));
    check(502, &[("X-Relay-Sent", "no")], OWN, relay(Sent::No, "upstream_timeout"));
    // A record that looks like it is not an error of the relay.
    check(399, &[], OWN, Voice::Unknown);
    check(200, &[], OWN, Voice::Unknown);
    check(404, &[], r#"{"error":{"source":"us","code":"x"}}"#, Voice::Unknown);
    check(404, &[], r#"{"error":{"source":"proxy"}}"#, Voice::Unknown);
    check(404, &[], r#"{"error":"proxy"}"#, Voice::Unknown);
}

#[test]
fn then_the_providers_known_shape() {
    check(404, &[], KNOWN, Voice::Provider);
    check(200, &[("Content-Type", "text/html")], KNOWN, Voice::Provider);
}

#[test]
fn then_a_web_page() {
    check(200, &[("Content-Type", "text/html; charset=utf-8")], "<p>", Voice::WebPage);
    check(502, &[("content-type", "TEXT/HTML")], "", Voice::WebPage);
    check(200, &[], "\n <!DOCTYPE html><html>", Voice::WebPage);
    check(200, &[], "<html lang=en>", Voice::WebPage);
}

#[test]
fn else_nobody_knows() {
    check(404, &[], "", Voice::Unknown);
    check(404, &[("Content-Type", "text/plain")], "Not found", Voice::Unknown);
    check(404, &[("Content-Type", "application/json")], "<html>", Voice::Unknown);
    check(500, &[], "ü", Voice::Unknown);
    check(204, &[], "", Voice::Unknown);
}

#[test]
fn what_has_no_mark_is_judged_by_who_stands_between() {
    for (status, body) in [(200, "{}"), (200, ""), (404, "not found"), (500, "<oops")] {
        check_behind(Between::Nobody, status, &[], body, Voice::Provider);
        check_behind(Between::Proxy, status, &[], body, Voice::Unknown);
        // Everything that comes through the relay has a mark.
        check_behind(Between::Relay, status, &[], body, Voice::Stranger);
    }
    for between in [Between::Nobody, Between::Relay, Between::Proxy] {
        check_behind(between.clone(), 404, &[], KNOWN, Voice::Provider);
        check_behind(between.clone(), 200, &[("Content-Type", "text/html")], "<p>", Voice::WebPage);
        check_behind(between.clone(), 504, &[], OWN, relay(Sent::Maybe, "upstream_timeout"));
        check_behind(between.clone(), 404, &[("X-Relay-Source", "upstream")], "", Voice::Provider);
        check_behind(between, 502, &[("X-Relay-Source", "proxy")], "", relay(Sent::Maybe, ""));
    }
}

/// Who stands between where a proxy of this template does.
fn like(template: Template) -> Between {
    Between::of(&Proxy::of(template).expect("a proxy"))
}

fn preset(id: &str) -> Between {
    let base = ProxyBase::parse("https://proxy.example").expect("a base");
    like(Preset::find(id).expect("a preset").at(base, "x"))
}

#[test]
fn each_proxy_has_words_of_its_own_for_its_errors() {
    let plain = [("Content-Type", "text/plain")];
    let refused = "Not found because of proxy error: Error: connect ECONNREFUSED 127.0.0.1:1";
    let cut = "Not found because of proxy error: Error: socket hang up";
    let dial = "Put \"https://api.example/v1\": dial tcp 127.0.0.1:1: connect: connection refused";
    let own = [
        ("cors-anywhere", 400, "Missing required request header. Must …", Sent::No, "bad_request"),
        (
            "cors-anywhere",
            403,
            "The origin \"https://x\" was not whitelisted",
            Sent::No,
            "origin_not_allowed",
        ),
        ("cors-anywhere", 429, "The origin \"https://x\" has sent too many", Sent::No, "rate_limited"),
        ("cors-anywhere", 404, "Invalid host: https://nobody", Sent::No, "target_not_allowed"),
        ("cors-anywhere", 404, refused, Sent::Maybe, "upstream_unreachable"),
        ("cors-anywhere", 404, cut, Sent::Maybe, "upstream_unreachable"),
        ("scalar", 400, "The scalar_url query parameter is required", Sent::No, "bad_request"),
        ("scalar", 403, "Forbidden: access to private addresses is …", Sent::No, "target_not_allowed"),
        ("scalar", 503, dial, Sent::Maybe, "upstream_unreachable"),
    ];
    for (id, status, body, sent, code) in own {
        check_behind(preset(id), status, &plain, body, relay(sent, code));
        // The same words in another place, with another status, or where no such proxy is, are nobody's.
        check_behind(preset(id), status, &plain, &["x ", body].concat(), Voice::Unknown);
        check_behind(preset(id), 500, &plain, body, Voice::Unknown);
        check_behind(Between::Proxy, status, &plain, body, Voice::Unknown);
        check_behind(Between::Nobody, status, &plain, body, Voice::Provider);
        check_behind(Between::Relay, status, &plain, body, Voice::Stranger);
    }
}

#[test]
fn marks_have_the_names_that_the_template_gives_them() {
    let base = || ProxyBase::parse("/gate").expect("a base");
    let marks = Marks { source: "X-Gate".to_owned(), sent: "X-Gate-Sent".to_owned() };
    let gate = like(Template { marks: Some(marks), ..Template::of(Kind::PathMap { base: base() }) });
    check_behind(gate.clone(), 404, &[("x-gate", "upstream")], "", Voice::Provider);
    check_behind(gate.clone(), 502, &[("X-Gate", "proxy"), ("X-Gate-Sent", "no")], "", relay(Sent::No, ""));
    // The relay's own body needs no mark. The marks of another count for nothing.
    check_behind(gate.clone(), 504, &[("X-Relay-Sent", "no")], OWN, relay(Sent::Maybe, "upstream_timeout"));
    check_behind(gate, 404, &[("X-Relay-Source", "upstream")], "", Voice::Stranger);
    let none = like(Template { marks: None, ..Template::of(Kind::PathMap { base: base() }) });
    check_behind(none, 404, &[("X-Relay-Source", "upstream")], "", Voice::Unknown);
}

#[test]
fn a_mark_comes_before_the_words_and_the_words_before_the_providers_shape() {
    let base = ProxyBase::parse("/gate").expect("a base");
    let rule = Rule { status: None, begins: KNOWN.to_owned(), code: "failed".to_owned(), sent: Sent::No };
    let gate = like(Template { errors: vec![rule], ..Template::of(Kind::PathMap { base }) });
    check_behind(gate.clone(), 404, &[("X-Relay-Source", "upstream")], KNOWN, Voice::Provider);
    check_behind(gate, 404, &[], KNOWN, relay(Sent::No, "failed"));
}

#[test]
fn a_yes_is_a_proof_only_where_a_change_stays_one() {
    let told = |headers: &[(&str, &str)]| {
        let headers = headers.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        Response { status: 200, headers, body: String::new(), url: None, timing: Default::default() }
    };
    let check = |between: Between, headers: &[(&str, &str)], expected: bool| {
        assert_eq!(between.proves(&told(headers)), expected, "{between:?} {headers:?}");
    };
    let came_to = [("X-Final-URL", "https://api.example/v1")];
    check(Between::Nobody, &[], true);
    check(Between::Relay, &[], true);
    check(Between::Proxy, &came_to, false);
    check(preset("relay"), &[], true);
    check(preset("cors-anywhere"), &came_to, true);
    check(preset("cors-anywhere"), &[], false);
    check(preset("proxyscotch"), &[], false);
    check(preset("stoplight"), &came_to, false);
    check(preset("trunk"), &[], false);
}

#[test]
fn who_stands_between_is_known_by_the_kind_of_proxy() {
    let base = || ProxyBase::parse("https://proxy.example").expect("a base");
    let check = |kind: Kind, expected: Between| {
        let proxy = Proxy::new(kind, Vec::new()).expect("a proxy");
        assert_eq!(Between::of(&proxy), expected);
    };
    check(Kind::None, Between::Nobody);
    check(Kind::PathMap { base: base() }, Between::Relay);
    check(Kind::Prefix { base: base() }, Between::Proxy);
    check(Kind::Query { base: base(), parameter: "url".to_string() }, Between::Proxy);
    check(Kind::Envelope { base: base() }, Between::Proxy);
    check(Kind::Header { base: base(), name: "X-Target".to_string() }, Between::Proxy);
}

proptest! {
    #[test]
    fn any_answer_has_a_voice(status in 0..1000_u16, value: String, body: String) {
        let headers = vec![("X-Relay-Sent".to_owned(), value.clone()), ("Content-Type".to_owned(), value)];
        let response = Response { status, headers, body, url: None, timing: Default::default() };
        for between in [Between::Nobody, Between::Relay, Between::Proxy] {
            Voice::of(&response, &between, &|_| false);
        }
    }
}
