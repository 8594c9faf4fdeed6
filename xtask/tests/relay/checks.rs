//! What every relay does, whatever program it is.

mod faults;
pub mod paths;
mod providers;

use memberdesk::relay::Program;
use simulated::{aitable, webex};

use crate::{
    answer::Answer,
    desk::{Desk, ORIGIN, OTHER},
};

pub const SECRET: &str = "Authorization: Bearer simulated-webex-token-of-nadia-okafor";
pub const JSON: &str = "Content-Type: application/json";
pub const FLAGS: &str = r#"{"isModerator":false,"isRoomHidden":false}"#;

type Check = (&'static str, fn(&Desk));

macro_rules! checks {
    ($($($part:ident)::+),+ $(,)?) => { &[$((stringify!($($part)::+), $($part)::+)),+] };
}

pub const CHECKS: &[Check] = checks![
    a_read_from_the_same_host_needs_no_origin,
    a_read_from_another_site_is_refused,
    a_write_needs_an_allowed_origin,
    an_origin_that_looks_alike_is_refused,
    an_answer_to_an_allowed_origin_can_be_read,
    a_browser_is_told_beforehand_what_may_be_sent_and_read,
    a_preflight_from_another_site_is_refused,
    only_known_headers_pass,
    a_text_that_means_something_to_a_program_arrives_as_it_is,
    a_large_body_is_refused_before_anything_is_sent,
    an_over_long_header_reaches_nobody,
    health_answers_the_probes_of_the_page,
    health_shows_that_a_waiting_time_and_a_link_can_be_read,
    each_server_has_its_own_path,
    each_answer_has_a_number_of_its_own,
    paths::a_path_of_the_server_s_own_stands_before_the_call_s,
    paths::only_the_calls_of_the_provider_files_pass,
    paths::other_methods_are_refused,
    paths::paths_that_could_mean_another_reach_nobody,
    paths::no_path_that_chance_makes_reaches_what_no_file_calls,
    paths::an_id_with_a_slash_arrives_as_it_was_sent,
    paths::a_query_arrives_as_it_was_sent,
    faults::headers_that_would_speak_for_the_host_are_dropped,
    faults::what_an_answer_allows_other_sites_is_dropped,
    faults::a_waiting_time_of_the_provider_can_be_read,
    faults::a_failure_of_the_provider_is_the_provider_s,
    faults::a_redirect_is_not_followed,
    faults::a_write_that_is_cut_was_perhaps_sent_and_is_not_sent_again,
    faults::an_answer_that_is_cut_is_not_whole,
    faults::a_provider_that_is_not_there_got_nothing,
    faults::a_provider_with_a_certificate_that_nobody_signed_gets_nothing,
    providers::every_call_of_every_provider_file_arrives_as_it_was_sent,
    providers::a_browser_is_told_of_every_method_and_header_beforehand,
    providers::the_colon_of_a_sign_in_arrives_as_it_is,
    providers::an_accept_header_arrives_unchanged_and_a_header_with_underscores_comes_back,
    providers::the_count_of_calls_that_are_left_can_be_read,
    providers::a_large_answer_a_long_head_and_a_long_address_pass_whole,
];

pub fn membership() -> String {
    format!("/relay/webex/v1/memberships/{}", webex::UNMODERATED)
}

fn own() -> String {
    format!("Origin: {ORIGIN}")
}

/// The relay refused: nothing reached a provider, and the answer says so.
#[track_caller]
pub fn refused(desk: &Desk, answer: &Answer, status: u16, code: &str) {
    assert_eq!(answer.status, status, "{answer:?}");
    said(answer, code, "no");
    assert_eq!(desk.arrived(), 0);
}

/// An error of the relay's own, in its own words and with its stamp.
#[track_caller]
fn said(answer: &Answer, code: &str, sent: &str) {
    assert_eq!(answer.body, format!(r#"{{"error":{{"source":"proxy","code":"{code}"}}}}"#), "{answer:?}");
    assert_eq!(answer.header("Content-Type"), Some("application/json"));
    assert_eq!(answer.header("X-Relay"), Some("1"));
    assert_eq!(answer.header("X-Relay-Source"), Some("proxy"));
    assert_eq!(answer.header("X-Relay-Sent"), Some(sent), "{answer:?}");
    assert_eq!(answer.header("Cache-Control"), Some("no-store"));
    assert_eq!(answer.header("Vary"), Some("Origin"));
}

fn a_read_from_the_same_host_needs_no_origin(desk: &Desk) {
    for browser in [&[SECRET][..], &[SECRET, "Sec-Fetch-Site: same-origin"]] {
        let answer = desk.ask("GET", &membership(), browser, "");
        assert_eq!(answer.status, 200, "{answer:?}");
        assert_eq!(answer.header("X-Relay-Source"), Some("upstream"));
        assert_eq!(answer.header("X-Relay-Sent"), Some("yes"));
        assert_eq!(answer.header("Access-Control-Allow-Origin"), None);
        assert!(answer.body.contains("Siobhán"), "{}", answer.body);
    }
}

fn a_read_from_another_site_is_refused(desk: &Desk) {
    let foreign = format!("Origin: {OTHER}");
    for sign in [foreign.as_str(), "Origin: null", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: none"] {
        let answer = desk.ask("GET", &membership(), &[SECRET, sign], "");
        refused(desk, &answer, 403, "origin_not_allowed");
        assert_eq!(answer.header("Access-Control-Allow-Origin"), None);
    }
}

fn a_write_needs_an_allowed_origin(desk: &Desk) {
    for sign in [&[][..], &["Sec-Fetch-Site: same-origin"], &["Origin: null"]] {
        let answer = desk.ask("PUT", &membership(), &[&[SECRET, JSON], sign].concat(), FLAGS);
        refused(desk, &answer, 403, "origin_not_allowed");
    }
    let answer = desk.ask("PUT", &membership(), &[SECRET, JSON, &own()], FLAGS);
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(desk.simulated.webex.counters().writes, 1);
}

fn an_origin_that_looks_alike_is_refused(desk: &Desk) {
    let alike = [
        "https://members.example.com.evil.org",
        "https://xmembers.example.com",
        "https://members-example.com",
        "https://membersXexample.com",
        "https://sub.members.example.com",
        "http://members.example.com",
        "https://members.example.com:8443",
        "https://members.example.com:443",
        "https://members.example.com/",
        "https://MEMBERS.example.com",
        "https://members.example.com@evil.org",
        "https://evil.org https://members.example.com",
        "https://members.example.com https://evil.org",
        "https://members.example.com|https://evil.org",
        "null",
    ];
    for origin in alike {
        let origin = format!("Origin: {origin}");
        for (method, body) in [("GET", ""), ("PUT", FLAGS), ("OPTIONS", "")] {
            let answer = desk.ask(method, &membership(), &[SECRET, JSON, &origin], body);
            refused(desk, &answer, 403, "origin_not_allowed");
            assert_eq!(answer.header("Access-Control-Allow-Origin"), None, "{origin}");
        }
    }
}

fn an_answer_to_an_allowed_origin_can_be_read(desk: &Desk) {
    let answer = desk.ask("GET", &membership(), &[SECRET, &own()], "");
    assert_eq!(answer.header("Access-Control-Allow-Origin"), Some(ORIGIN), "{answer:?}");
    assert_eq!(answer.header("Access-Control-Allow-Credentials"), None);
    assert_eq!(answer.header("Vary"), Some("Origin"));
    assert_eq!(answer.header("X-Content-Type-Options"), Some("nosniff"));
    let exposed = answer.header("Access-Control-Expose-Headers").unwrap_or_default();
    for name in
        ["X-Relay", "X-Relay-Source", "X-Relay-Sent", "X-Relay-Id", "Retry-After", "Link", "trackingid"]
    {
        assert!(exposed.split(", ").any(|other| other == name), "{name} in {exposed}");
    }
    let refusal = desk.ask("DELETE", &membership(), &[SECRET, &own()], "");
    assert_eq!(refusal.header("Access-Control-Allow-Origin"), Some(ORIGIN), "the page can read the reason");
}

fn a_browser_is_told_beforehand_what_may_be_sent_and_read(desk: &Desk) {
    let answer = desk.ask("OPTIONS", &membership(), &[&own(), "Access-Control-Request-Method: PUT"], "");
    assert_eq!((answer.status, answer.body.as_str()), (204, ""), "{answer:?}");
    assert_eq!(answer.header("Access-Control-Allow-Origin"), Some(ORIGIN));
    assert_eq!(answer.header("Access-Control-Allow-Methods"), Some("GET, PATCH, POST, PUT"));
    let headers = answer.header("Access-Control-Allow-Headers");
    assert_eq!(headers, Some("Accept, Authorization, Content-Type, PARTNER_AUTH_KEY"));
    assert_eq!(answer.header("Access-Control-Max-Age"), Some("600"));
    assert_eq!((answer.header("X-Relay-Source"), answer.header("X-Relay-Sent")), (Some("proxy"), Some("no")));
    assert_eq!(desk.arrived(), 0);
}

fn a_preflight_from_another_site_is_refused(desk: &Desk) {
    let asks = "Access-Control-Request-Method: PUT";
    let answer = desk.ask("OPTIONS", &membership(), &[&format!("Origin: {OTHER}"), asks], "");
    refused(desk, &answer, 403, "origin_not_allowed");
    let unknown = desk.ask("OPTIONS", "/relay/webex/v1/messages", &[&own(), asks], "");
    refused(desk, &unknown, 404, "target_not_allowed");
}

fn only_known_headers_pass(desk: &Desk) {
    let sent = [
        SECRET,
        &own(),
        "Content-Type: application/json; charset=utf-8",
        "Accept: application/json",
        "X-Evil: 1",
        "Cookie: a=b",
        "Referer: https://a.example/",
        "X-Forwarded-For: 1.2.3.4",
        "X-Forwarded-Host: a.example",
        "Forwarded: for=1.2.3.4",
        "X-HTTP-Method-Override: DELETE",
        "X-Relay: 1",
        "X-Requested-With: memberdesk",
        "Accept-Language: de",
        "Sec-Fetch-Mode: cors",
        "TE: trailers",
    ];
    assert_eq!(desk.ask("PUT", &membership(), &sent, FLAGS).status, 200);
    let arrived = &desk.simulated.webex.arrived()[0];
    let mut names: Vec<String> = arrived.headers.iter().map(|(name, _)| name.to_lowercase()).collect();
    names.retain(|name| !BROUGHT_BY_FETCH.contains(&name.as_str()) || desk.program != Program::Worker);
    names.sort();
    assert_eq!(names, ["accept", "authorization", "content-length", "content-type", "host", "user-agent"]);
    assert_eq!(arrived.header("Content-Type"), Some("application/json; charset=utf-8"));
    assert_eq!(arrived.header("User-Agent"), Some("memberdesk-relay"));
    assert_eq!(arrived.body, FLAGS.as_bytes());

    desk.reset();
    assert_eq!(desk.ask("GET", &membership(), &[SECRET], "").status, 200);
    let arrived = &desk.simulated.webex.arrived()[0];
    for name in ["Accept", "Content-Type"] {
        let value = arrived.header(name);
        assert!(
            value.is_none() || (desk.program == Program::Worker && value == Some("*/*")),
            "{name}: {value:?}"
        );
    }
}

/// Each program has variables of its own, and none may be filled in where a visitor wrote one.
fn a_text_that_means_something_to_a_program_arrives_as_it_is(desk: &Desk) {
    let text = "{env.PATH}{http.request.host}{$HOME}$host${http_cookie}${{vars.relay_page}}%{x}";
    let accept = format!("Accept: {text}");
    let target = "/v1/rooms?q={env.PATH}$host{http.request.header.Cookie}";
    let answer = desk.ask("GET", &format!("/relay/webex{target}"), &[SECRET, &accept, "Cookie: a=b"], "");
    assert_eq!(answer.header("X-Relay-Source"), Some("upstream"), "{answer:?}");
    let arrived = &desk.simulated.webex.arrived()[0];
    assert_eq!((arrived.header("Accept"), arrived.target.as_str()), (Some(text), target));
}

/// A Worker's `fetch` says these by itself, and nobody can forbid it.
const BROUGHT_BY_FETCH: [&str; 6] =
    ["accept-encoding", "accept-language", "connection", "sec-fetch-mode", "cf-worker", "transfer-encoding"];

fn a_large_body_is_refused_before_anything_is_sent(desk: &Desk) {
    let large = "x".repeat(300 * 1024);
    let answer = desk.ask("PUT", &membership(), &[SECRET, &own()], &large);
    refused(desk, &answer, 413, "too_large");
    assert_eq!(answer.header("Access-Control-Allow-Origin"), Some(ORIGIN));
    // As much as may be arrives whole.
    let body = format!(r#"{{"isModerator":"{}"}}"#, "x".repeat(255 * 1024));
    let answer = desk.ask("PUT", &membership(), &[SECRET, JSON, &own()], &body);
    assert_eq!(answer.header("X-Relay-Source"), Some("upstream"), "{answer:?}");
    assert_eq!(desk.simulated.webex.arrived()[0].body.len(), body.len());
}

/// In whose words this is said differs: some programs do not come as far as reading it.
fn an_over_long_header_reaches_nobody(desk: &Desk) {
    let long = format!("X-Long: {}", "x".repeat(20_000));
    let answer = desk.ask("GET", &membership(), &[&own(), &long], "");
    assert!((400..500).contains(&answer.status), "{answer:?}");
    assert_eq!(desk.arrived(), 0);
}

fn health_answers_the_probes_of_the_page(desk: &Desk) {
    let own = own();
    for (method, header) in [
        ("GET", own.as_str()),
        ("PUT", &own),
        ("PATCH", &own),
        ("POST", &own),
        ("GET", "Sec-Fetch-Site: cross-site"),
    ] {
        let answer = desk.ask(method, "/relay/healthz", &[header, SECRET], "");
        assert_eq!((answer.status, answer.body.as_str()), (200, r#"{"relay":1}"#), "{answer:?}");
        assert_eq!((answer.header("X-Relay"), answer.header("X-Relay-Source")), (Some("1"), Some("proxy")));
    }
    let random = desk.ask("GET", "/relay/healthz?x=0.123", &[&own], "");
    assert_eq!((random.status, random.header("Access-Control-Allow-Origin")), (200, Some(ORIGIN)));
    assert_eq!(desk.ask("OPTIONS", "/relay/healthz", &[&own], "").status, 204);
    refused(desk, &desk.ask("DELETE", "/relay/healthz", &[&own], ""), 405, "method_not_allowed");
    let foreign = desk.ask("GET", "/relay/healthz", &[&format!("Origin: {OTHER}")], "");
    refused(desk, &foreign, 403, "origin_not_allowed");
}

/// From another site, a page can only see that it may read a header where the header is. Nobody else's answer has them.
fn health_shows_that_a_waiting_time_and_a_link_can_be_read(desk: &Desk) {
    for method in ["GET", "HEAD", "PUT"] {
        let answer = desk.ask(method, "/relay/healthz", &[&own()], "");
        let exposed = answer.header("Access-Control-Expose-Headers").unwrap_or_default();
        for (name, value) in [("Retry-After", "0"), ("Link", "<healthz>; rel=\"self\"")] {
            assert_eq!(answer.all(name), [value], "{method} {answer:?}");
            assert!(exposed.split(", ").any(|other| other == name), "{name} in {exposed}");
        }
    }
    for (method, path) in [
        ("OPTIONS", "/relay/healthz"),
        ("DELETE", "/relay/healthz"),
        ("GET", membership().as_str()),
        ("GET", "/relay/"),
        ("GET", "/"),
    ] {
        let answer = desk.ask(method, path, &[SECRET, &own()], "");
        let both = (answer.header("Retry-After"), answer.header("Link"));
        assert_eq!(both, (None, None), "{method} {path} {answer:?}");
    }
}

fn each_server_has_its_own_path(desk: &Desk) {
    let path = format!("/relay/aitable/fusion/v1/spaces/{}/members/{}", aitable::SPACE, aitable::MEMBER);
    let token = format!("Authorization: Bearer {}", aitable::TOKEN);
    let answer = desk.ask("GET", &format!("{path}?sensitiveData=true"), &[&token], "");
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(desk.simulated.aitable.counters().reads, 1);
    assert_eq!(desk.arrived(), 1);
}

fn each_answer_has_a_number_of_its_own(desk: &Desk) {
    let id = |path: &str| desk.ask("GET", path, &[SECRET], "").header("X-Relay-Id").map(str::to_owned);
    let ids = ["/relay/healthz", "/relay/", &membership(), &membership()].map(id);
    for (at, id) in ids.iter().enumerate() {
        assert!(id.as_ref().is_some_and(|id| id.len() >= 32), "{ids:?}");
        assert!(!ids[..at].contains(id), "{ids:?}");
    }
}
