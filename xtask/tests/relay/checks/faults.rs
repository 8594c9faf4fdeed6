//! What becomes of odd answers, and of none.

use memberdesk::relay::Program;
use simulated::{Effect, Fault};

use super::{FLAGS, JSON, SECRET, membership, own, said};
use crate::desk::{Desk, NOBODY, ORIGIN, UNSIGNED};

fn status(status: u16, headers: &[(&str, &str)], body: &str) -> Fault {
    let header = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    let headers = headers.iter().map(header).collect();
    Fault::once(Effect::Status { status, headers, body: body.to_owned() })
}

pub fn headers_that_would_speak_for_the_host_are_dropped(desk: &Desk) {
    let headers = [
        ("Set-Cookie", "a=b"),
        ("X-Relay", "9"),
        ("X-Relay-Source", "proxy"),
        ("X-Relay-Sent", "no"),
        ("X-Relay-Id", "1"),
        ("X-Accel-Redirect", "/relay/healthz"),
        ("Strict-Transport-Security", "max-age=1"),
        ("Clear-Site-Data", "\"*\""),
        ("Content-Security-Policy", "default-src *"),
        ("Refresh", "0; url=https://elsewhere.example/"),
        ("Cache-Control", "public"),
        ("Server", "provider/1.0"),
        ("trackingid", "T1"),
    ];
    desk.simulated.webex.fail(status(429, &headers, "{}"));
    let answer = desk.ask("GET", &membership(), &[SECRET], "");
    assert_eq!((answer.status, answer.body.as_str()), (429, "{}"), "{answer:?}");
    for name in ["Set-Cookie", "Strict-Transport-Security", "Clear-Site-Data", "Refresh"] {
        assert_eq!(answer.header(name), None, "{name}");
    }
    assert_ne!(answer.header("Server"), Some("provider/1.0"));
    assert_ne!(answer.header("X-Relay-Id"), Some("1"));
    let policy = answer.header("Content-Security-Policy").unwrap_or_default();
    assert!(policy.contains("sandbox"), "{policy}");
    for (name, value) in [
        ("X-Relay", "1"),
        ("X-Relay-Source", "upstream"),
        ("X-Relay-Sent", "yes"),
        ("Cache-Control", "no-store"),
        ("trackingid", "T1"),
    ] {
        assert_eq!(answer.all(name), [value], "{name}");
    }
}

pub fn what_an_answer_allows_other_sites_is_dropped(desk: &Desk) {
    let headers = [
        ("Access-Control-Allow-Origin", "*"),
        ("Access-Control-Allow-Credentials", "true"),
        ("Access-Control-Expose-Headers", "*"),
        ("Access-Control-Max-Age", "9"),
        ("Vary", "Accept"),
    ];
    desk.simulated.webex.fail(status(200, &headers, "{}"));
    let answer = desk.ask("GET", &membership(), &[SECRET, &own()], "");
    assert_eq!(answer.all("Access-Control-Allow-Origin"), [ORIGIN]);
    assert_eq!(answer.all("Vary"), ["Origin"]);
    assert_eq!(answer.header("Access-Control-Allow-Credentials"), None);
    assert_eq!(answer.header("Access-Control-Max-Age"), None);
    let exposed = answer.header("Access-Control-Expose-Headers").unwrap_or_default();
    assert!(exposed.contains("X-Relay-Sent"), "{exposed}");
}

pub fn a_waiting_time_of_the_provider_can_be_read(desk: &Desk) {
    let headers = [("Retry-After", "7"), ("Link", "<https://webexapis.com/v1/rooms?x=1>; rel=\"next\"")];
    desk.simulated.webex.fail(status(429, &headers, "{}"));
    let answer = desk.ask("GET", &membership(), &[SECRET, &own()], "");
    let exposed = answer.header("Access-Control-Expose-Headers").unwrap_or_default();
    for (name, value) in headers {
        assert_eq!(answer.all(name), [value], "{answer:?}");
        assert!(exposed.split(", ").any(|other| other == name), "{name} in {exposed}");
    }
}

/// Its 502 is no word of the relay.
pub fn a_failure_of_the_provider_is_the_provider_s(desk: &Desk) {
    for code in [400, 401, 403, 404, 405, 413, 423, 500, 502, 503, 504] {
        let body = format!(r#"{{"message":"{code}"}}"#);
        desk.simulated.webex.fail(status(code, &[], &body));
        let answer = desk.ask("PUT", &membership(), &[SECRET, JSON, &own()], FLAGS);
        assert_eq!((answer.status, answer.body.as_str()), (code, body.as_str()), "{answer:?}");
        assert_eq!(answer.header("X-Relay-Source"), Some("upstream"), "{answer:?}");
        assert_eq!(answer.header("X-Relay-Sent"), Some("yes"));
        assert_eq!(answer.header("Access-Control-Allow-Origin"), Some(ORIGIN));
    }
}

pub fn a_redirect_is_not_followed(desk: &Desk) {
    let elsewhere = "https://elsewhere.example/";
    for code in [301, 302, 303, 307, 308] {
        desk.reset();
        desk.simulated.webex.fail(status(code, &[("Location", elsewhere)], ""));
        let answer = desk.ask("PUT", &membership(), &[SECRET, JSON, &own()], FLAGS);
        assert_eq!((answer.status, answer.header("Location")), (code, Some(elsewhere)), "{answer:?}");
        assert_eq!(answer.header("X-Relay-Source"), Some("upstream"));
        assert_eq!(desk.arrived(), 1);
    }
}

/// A kept connection that the provider closes is where proxies like to send a second time.
pub fn a_write_that_is_cut_was_perhaps_sent_and_is_not_sent_again(desk: &Desk) {
    for cut in [Effect::CutBefore, Effect::CutAfter] {
        desk.reset();
        // The first answer leaves a connection that the second request uses.
        assert_eq!(desk.ask("GET", &membership(), &[SECRET], "").status, 200);
        desk.simulated.webex.fail(Fault::once_on("PUT", cut));
        let answer = desk.ask("PUT", &membership(), &[SECRET, JSON, &own()], FLAGS);
        assert_eq!(answer.status, 502, "{answer:?}");
        said(&answer, "upstream_unreachable", "yes");
        assert_eq!(answer.header("Access-Control-Allow-Origin"), Some(ORIGIN));
        assert_eq!(desk.simulated.webex.counters().writes, 1);
    }
}

/// The head was passed on before the end came, so it cannot be taken back.
pub fn an_answer_that_is_cut_is_not_whole(desk: &Desk) {
    desk.simulated.webex.fail(Fault::once_on("PUT", Effect::CutBody));
    let answer = desk.ask("PUT", &membership(), &[SECRET, JSON, &own()], FLAGS);
    assert_eq!(answer.header("X-Relay-Sent"), Some("yes"), "{answer:?}");
    assert!(!answer.is_whole || answer.status == 502, "{answer:?}");
    assert_eq!(desk.simulated.webex.counters().writes, 1);
}

pub fn a_provider_that_is_not_there_got_nothing(desk: &Desk) {
    let path = format!("/relay/{NOBODY}/fusion/v1/spaces");
    let answer = desk.ask("GET", &path, &[SECRET, &own()], "");
    assert_eq!(answer.status, 502, "{answer:?}");
    said(&answer, "upstream_unreachable", never(desk));
    assert_eq!(answer.header("Access-Control-Allow-Origin"), Some(ORIGIN));
}

pub fn a_provider_with_a_certificate_that_nobody_signed_gets_nothing(desk: &Desk) {
    let path = membership().replace("/webex/", &format!("/{UNSIGNED}/"));
    let answer = desk.ask("PUT", &path, &[SECRET, JSON, &own()], FLAGS);
    assert_eq!(answer.status, 502, "{answer:?}");
    said(&answer, "upstream_unreachable", never(desk));
}

/// How it is said that a provider certainly got nothing. A Worker is not told, so it does not know either.
fn never(desk: &Desk) -> &'static str {
    if desk.program == Program::Worker { "yes" } else { "no" }
}
