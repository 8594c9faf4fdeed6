//! The relay's contract, with a real nginx between a plain client and the simulated providers.

#[path = "relay/answer.rs"]
mod answer;
#[path = "relay/desk.rs"]
mod desk;
#[path = "relay/providers.rs"]
mod providers;

use answer::Answer;
use desk::{Desk, ORIGIN, OTHER};
use simulated::{Effect, Fault, aitable, webex};

const SECRET: &str = "Authorization: Bearer simulated-webex-token-of-nadia-okafor";
const FLAGS: &str = r#"{"isModerator":false,"isRoomHidden":false}"#;

fn membership() -> String {
    format!("/relay/webex/v1/memberships/{}", webex::UNMODERATED)
}

/// The relay refused: nothing reached the provider, and the answer says so.
#[track_caller]
fn refused(desk: &Desk, answer: &Answer, status: u16, code: &str) {
    assert_eq!(answer.status, status, "{answer:?}");
    assert_eq!(answer.body, format!(r#"{{"error":{{"source":"proxy","code":"{code}"}}}}"#));
    assert_eq!(answer.header("X-Relay"), Some("1"));
    assert_eq!(answer.header("X-Relay-Source"), Some("proxy"));
    assert_eq!(answer.header("X-Relay-Sent"), Some("no"));
    assert_eq!(answer.header("Cache-Control"), Some("no-store"));
    assert!(desk.simulated.webex.arrived().is_empty());
}

#[test]
fn a_read_from_the_same_host_needs_no_origin() {
    let desk = Desk::start();
    for browser in [&[SECRET][..], &[SECRET, "Sec-Fetch-Site: same-origin"]] {
        let answer = desk.ask("GET", &membership(), browser, "");
        assert_eq!(answer.status, 200, "{answer:?}");
        assert_eq!(answer.header("X-Relay-Source"), Some("upstream"));
        assert_eq!(answer.header("X-Relay-Sent"), Some("yes"));
        assert_eq!(answer.header("X-Relay-Id").map(str::len), Some(32));
        assert_eq!(answer.header("Access-Control-Allow-Origin"), None);
        assert!(answer.body.contains("Siobhán"), "{}", answer.body);
    }
}

#[test]
fn a_read_from_another_site_is_refused() {
    let desk = Desk::start();
    let foreign = format!("Origin: {OTHER}");
    for sign in [foreign.as_str(), "Origin: null", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: none"] {
        let answer = desk.ask("GET", &membership(), &[SECRET, sign], "");
        refused(&desk, &answer, 403, "origin_not_allowed");
        assert_eq!(answer.header("Access-Control-Allow-Origin"), None);
    }
}

#[test]
fn a_write_needs_an_allowed_origin() {
    let desk = Desk::start();
    let json = "Content-Type: application/json";
    refused(&desk, &desk.ask("PUT", &membership(), &[SECRET, json], FLAGS), 403, "origin_not_allowed");
    let other = format!("Origin: {ORIGIN}.example");
    refused(
        &desk,
        &desk.ask("PUT", &membership(), &[SECRET, json, &other], FLAGS),
        403,
        "origin_not_allowed",
    );
    let own = format!("Origin: {ORIGIN}");
    let answer = desk.ask("PUT", &membership(), &[SECRET, json, &own], FLAGS);
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(answer.header("Access-Control-Allow-Origin"), Some(ORIGIN));
    assert_eq!(answer.header("Vary"), Some("Origin"));
}

#[test]
fn a_browser_is_told_beforehand_what_may_be_sent_and_read() {
    let desk = Desk::start();
    let own = format!("Origin: {ORIGIN}");
    let answer = desk.ask("OPTIONS", &membership(), &[&own, "Access-Control-Request-Method: PUT"], "");
    assert_eq!(answer.status, 204, "{answer:?}");
    assert_eq!(answer.header("Access-Control-Allow-Methods"), Some("GET, PATCH, POST, PUT"));
    assert_eq!(
        answer.header("Access-Control-Allow-Headers"),
        Some("Accept, Authorization, Content-Type, PARTNER_AUTH_KEY")
    );
    let exposed = answer.header("Access-Control-Expose-Headers").unwrap_or_default();
    for name in ["X-Relay-Sent", "Retry-After", "Link", "trackingid"] {
        assert!(exposed.contains(name), "{name} in {exposed}");
    }
    assert_eq!(desk.ask("OPTIONS", &membership(), &[&format!("Origin: {OTHER}")], "").status, 403);
    assert!(desk.simulated.webex.arrived().is_empty());
}

#[test]
fn only_the_calls_of_the_provider_files_pass() {
    let desk = Desk::start();
    let unknown = ["v1/messages", "v1/teams", "v1/memberships/a/b", "v1/people/you", "", "v1/rooms/"];
    for path in unknown {
        let answer = desk.ask("GET", &format!("/relay/webex/{path}"), &[SECRET], "");
        refused(&desk, &answer, 404, "target_not_allowed");
    }
    for path in ["/relay/", "/relay/elsewhere/v1/people/me", "/relay/webex%2Fv1/people/me"] {
        refused(&desk, &desk.ask("GET", path, &[SECRET], ""), 404, "target_not_allowed");
    }
    let own = format!("Origin: {ORIGIN}");
    for (method, path) in
        [("DELETE", membership()), ("POST", membership()), ("PUT", "/relay/webex/v1/people/me".to_owned())]
    {
        let answer = desk.ask(method, &path, &[SECRET, &own], "");
        refused(&desk, &answer, 405, "method_not_allowed");
        assert_eq!(
            answer.header("Access-Control-Allow-Origin"),
            Some(ORIGIN),
            "the page can read the reason"
        );
    }
    assert_eq!(desk.ask("TRACE", &membership(), &[], "").status, 405);
}

#[test]
fn paths_that_could_mean_another_are_refused() {
    let desk = Desk::start();
    let twisted = [
        "a/../b",
        "..",
        ".",
        "a//b",
        "%2e%2e",
        "%2E",
        "a%00",
        "a%5cb",
        "..%2Fpeople",
        "a%2f..%2fb",
        "a%2F..",
    ];
    for id in twisted {
        let answer = desk.ask("GET", &format!("/relay/webex/v1/memberships/{id}"), &[SECRET], "");
        assert!([400, 404].contains(&answer.status), "{id}: {answer:?}");
        assert_eq!(answer.header("X-Relay-Source").unwrap_or("proxy"), "proxy", "{id}");
    }
    assert!(desk.simulated.webex.arrived().is_empty());
}

#[test]
fn an_id_with_a_slash_arrives_as_it_was_sent() {
    let desk = Desk::start();
    let path = "/v1/memberships/a%2Fb%20c%3Fd%25e.f";
    let answer = desk.ask("GET", &format!("/relay/webex{path}?x=%2e%2e/.."), &[SECRET], "");
    assert_eq!(answer.header("X-Relay-Source"), Some("upstream"), "{answer:?}");
    assert_eq!(desk.simulated.webex.arrived()[0].target, format!("{path}?x=%2e%2e/.."));
}

#[test]
fn only_known_headers_pass() {
    let desk = Desk::start();
    let own = format!("Origin: {ORIGIN}");
    let sent = [
        SECRET,
        &own,
        "Content-Type: application/json; charset=utf-8",
        "Accept: application/json",
        "X-Evil: 1",
        "Cookie: a=b",
        "Referer: https://a.example/",
        "X-Forwarded-For: 1.2.3.4",
        "Accept-Language: de",
    ];
    assert_eq!(desk.ask("PUT", &membership(), &sent, FLAGS).status, 200);
    let arrived = &desk.simulated.webex.arrived()[0];
    let mut names: Vec<String> = arrived.headers.iter().map(|(name, _)| name.to_lowercase()).collect();
    names.sort();
    assert_eq!(names, ["accept", "authorization", "content-length", "content-type", "host", "user-agent"]);
    assert_eq!(arrived.header("Content-Type"), Some("application/json; charset=utf-8"));
    assert_eq!(arrived.body, FLAGS.as_bytes());
}

#[test]
fn headers_that_would_speak_for_the_host_are_dropped() {
    let desk = Desk::start();
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    desk.simulated.webex.fail(Fault::once(Effect::Status {
        status: 429,
        headers: vec![
            header("Set-Cookie", "a=b"),
            header("X-Relay-Sent", "no"),
            header("X-Accel-Redirect", "/relay/healthz"),
            header("Strict-Transport-Security", "max-age=1"),
            header("Cache-Control", "public"),
            header("Retry-After", "7"),
            header("trackingid", "T1"),
        ],
        body: "{}".to_owned(),
    }));
    let answer = desk.ask("GET", &membership(), &[SECRET], "");
    assert_eq!((answer.status, answer.body.as_str()), (429, "{}"), "{answer:?}");
    assert_eq!(answer.header("Set-Cookie"), None);
    assert_eq!(answer.header("Strict-Transport-Security"), None);
    for (name, value) in
        [("X-Relay-Sent", "yes"), ("Cache-Control", "no-store"), ("Retry-After", "7"), ("trackingid", "T1")]
    {
        assert_eq!(answer.all(name), [value], "{name}");
    }
}

#[test]
fn a_redirect_is_not_followed() {
    let desk = Desk::start();
    let location = vec![("Location".to_owned(), "https://elsewhere.example/".to_owned())];
    desk.simulated.webex.fail(Fault::once(Effect::Status {
        status: 302,
        headers: location,
        body: String::new(),
    }));
    let answer = desk.ask("GET", &membership(), &[SECRET], "");
    assert_eq!((answer.status, answer.header("Location")), (302, Some("https://elsewhere.example/")));
}

/// A kept connection that the provider closes is where proxies like to send a second time.
#[test]
fn a_write_that_is_cut_was_perhaps_sent_and_is_not_sent_again() {
    let desk = Desk::start();
    let own = format!("Origin: {ORIGIN}");
    let headers = [SECRET, "Content-Type: application/json", &own];
    for cut in [Effect::CutBefore, Effect::CutAfter] {
        // The first answer leaves a connection that the second request uses.
        assert_eq!(desk.ask("GET", &membership(), &[SECRET], "").status, 200);
        desk.simulated.webex.fail(Fault::once_on("PUT", cut));
        let before = desk.simulated.webex.counters().writes;
        let answer = desk.ask("PUT", &membership(), &headers, FLAGS);
        assert_eq!((answer.status, answer.header("X-Relay-Sent")), (502, Some("yes")), "{answer:?}");
        assert_eq!(answer.header("X-Relay-Source"), Some("proxy"));
        assert!(answer.body.contains("upstream_unreachable"), "{}", answer.body);
        assert_eq!(desk.simulated.webex.counters().writes, before + 1);
    }
}

#[test]
fn a_provider_that_is_not_there_got_nothing() {
    let mut desk = Desk::start();
    desk.stop_providers();
    let answer = desk.ask("GET", &membership(), &[SECRET], "");
    assert_eq!((answer.status, answer.header("X-Relay-Sent")), (502, Some("no")), "{answer:?}");
    assert!(answer.body.contains("upstream_unreachable"), "{}", answer.body);
}

#[test]
fn a_slow_provider_perhaps_got_it() {
    let desk = Desk::start_with(|relay| relay.limits.answer_seconds = 1);
    let hold = simulated::Hold::new();
    desk.simulated.webex.fail(Fault::once(Effect::HoldAfter(hold.clone())));
    let answer = desk.ask("GET", &membership(), &[SECRET], "");
    hold.release();
    assert_eq!((answer.status, answer.header("X-Relay-Sent")), (504, Some("yes")), "{answer:?}");
    assert!(answer.body.contains("upstream_timeout"), "{}", answer.body);
}

#[test]
fn too_much_is_refused_with_the_reason() {
    let desk = Desk::start_with(|relay| (relay.limits.requests_per_second, relay.limits.burst) = (1, 1));
    let own = format!("Origin: {ORIGIN}");
    let large = "x".repeat(300 * 1024);
    refused(&desk, &desk.ask("PUT", &membership(), &[SECRET, &own], &large), 413, "too_large");
    let long = format!("X-Long: {}", "x".repeat(20_000));
    refused(&desk, &desk.ask("GET", &membership(), &[&long], ""), 400, "bad_request");
    let answers: Vec<Answer> = (0..4).map(|_| desk.ask("GET", &membership(), &[SECRET], "")).collect();
    let last = answers.last().expect("four");
    assert_eq!((last.status, last.all("Retry-After")), (429, vec!["1"]), "{last:?}");
    assert!(last.body.contains("rate_limited"), "{}", last.body);
}

#[test]
fn health_answers_the_probes_of_the_page() {
    let desk = Desk::start();
    let own = format!("Origin: {ORIGIN}");
    for (method, header) in [("GET", own.as_str()), ("PUT", &own), ("GET", "Sec-Fetch-Site: cross-site")] {
        let answer = desk.ask(method, "/relay/healthz", &[header, SECRET], "");
        assert_eq!((answer.status, answer.body.as_str()), (200, r#"{"relay":1}"#), "{answer:?}");
    }
    assert_eq!(desk.ask("OPTIONS", "/relay/healthz", &[&own], "").status, 204);
    assert_eq!(desk.ask("DELETE", "/relay/healthz", &[&own], "").status, 405);
    assert_eq!(desk.ask("GET", "/relay/healthz", &[&format!("Origin: {OTHER}")], "").status, 403);
}

#[test]
fn each_server_has_its_own_path() {
    let desk = Desk::start();
    let path = format!("/relay/aitable/fusion/v1/spaces/{}/members/{}", aitable::SPACE, aitable::MEMBER);
    let token = format!("Authorization: Bearer {}", aitable::TOKEN);
    let answer = desk.ask("GET", &format!("{path}?sensitiveData=true"), &[&token], "");
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(desk.simulated.aitable.counters().reads, 1);
    assert!(desk.simulated.webex.arrived().is_empty());
}

#[test]
fn logs_hold_no_path_query_or_header() {
    let mut desk = Desk::start();
    desk.ask("GET", &format!("{}?secret=in-the-query", membership()), &[SECRET], "");
    desk.ask("GET", "/relay/webex/v1/unknown-path", &[SECRET, "Origin: https://foreign.example"], "");
    desk.stop_providers();
    desk.ask("GET", &membership(), &[SECRET], "");
    let logs = desk.nginx.logs();
    assert!(logs.contains("GET webex 502 up=502"), "{logs}");
    for word in [webex::UNMODERATED, "in-the-query", "nadia", "unknown-path", "foreign", "127.0.0.1"] {
        assert!(!logs.contains(word), "{word} in {logs}");
    }
}

#[test]
fn the_page_is_served_beside_it_with_its_own_headers() {
    for path in ["/", "/desk/"] {
        let desk = Desk::start_at(path);
        let answer = desk.ask("GET", path, &[], "");
        assert_eq!((answer.status, answer.body.as_str()), (200, "<!doctype html>\n"), "{answer:?}");
        assert_eq!(answer.header("Content-Type"), Some("text/html; charset=utf-8"));
        assert_eq!(answer.all("Cache-Control"), ["no-cache"]);
        assert_eq!(answer.header("X-Relay"), None);
        assert!(
            answer.header("Content-Security-Policy").is_some_and(|text| text.contains("frame-ancestors"))
        );

        let wasm =
            desk.ask("GET", &format!("{path}page-0123456789abcdef_bg.wasm"), &["Accept-Encoding: br"], "");
        assert_eq!(wasm.header("Content-Type"), Some("application/wasm"));
        assert_eq!(wasm.header("Content-Encoding"), Some("br"));
        assert_eq!((wasm.body.as_str(), wasm.header("Vary")), ("small", Some("Accept-Encoding")));
        assert_eq!(wasm.all("Cache-Control"), ["public, max-age=31536000, immutable"]);

        let gzip = ["Accept-Encoding: gzip, br"];
        let json = desk.ask("GET", &format!("{path}provider.json"), &gzip, "");
        assert_eq!(json.header("Content-Encoding"), Some("gzip"), "{json:?}");
        assert_eq!(json.all("Cache-Control"), ["no-cache"]);

        let missing = desk.ask("GET", &format!("{path}page-ffffffffffffffff.js"), &[], "");
        assert_eq!((missing.status, missing.header("X-Relay")), (404, None), "{missing:?}");
        assert_eq!(missing.all("Cache-Control"), ["no-store"]);
    }
    let moved = Desk::start_at("/desk/").ask("GET", "/desk", &[], "");
    assert_eq!((moved.status, moved.header("Location")), (308, Some("/desk/")));
}
