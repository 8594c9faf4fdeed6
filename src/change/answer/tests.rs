mod faked;
mod files;
mod reached;

use serde_json::{Value as Json, json};

use super::{Listener, Verdict};
use crate::change::identity::Identity;
use crate::provider::Provider;
use crate::provider::explain::Means;
use crate::transport::{Between, NoAnswer, Response, Wait};

const NOW: u64 = 1_800_000_000;

fn provider(id: &str) -> Provider {
    let path = [env!("CARGO_MANIFEST_DIR"), "/providers/", id, ".json"].concat();
    Provider::parse(&std::fs::read_to_string(path).expect("a provider file")).expect("a provider")
}

/// One answer as it arrives.
#[derive(Clone, Debug)]
struct Told {
    provider: &'static str,
    on: &'static str,
    between: Between,
    status: u16,
    headers: Vec<(&'static str, &'static str)>,
    body: String,
}

impl Told {
    fn verdict(&self) -> Verdict {
        let headers = self.headers.iter();
        let response = Response {
            status: self.status,
            headers: headers.map(|(name, value)| (name.to_string(), value.to_string())).collect(),
            body: self.body.clone(),
            url: None,
            timing: Default::default(),
        };
        verdict(self.provider, self.on, self.between.clone(), &Ok(response))
    }

    fn with(mut self, name: &'static str, value: &'static str) -> Told {
        self.headers.push((name, value));
        self
    }

    fn behind(mut self, between: Between) -> Told {
        self.between = between;
        self
    }

    fn behind_a_proxy(self) -> Told {
        self.behind(Between::Proxy)
    }
}

fn verdict(id: &str, on: &str, between: Between, answer: &Result<Response, NoAnswer>) -> Verdict {
    let provider = provider(id);
    Listener { provider: &provider, on, identity: &Identity::none(), between, now: NOW }.verdict(answer)
}

fn webex(on: &'static str, status: u16, body: impl ToString) -> Told {
    Told {
        provider: "webex",
        on,
        between: Between::Nobody,
        status,
        headers: Vec::new(),
        body: body.to_string(),
    }
}

fn aitable(on: &'static str, status: u16, body: impl ToString) -> Told {
    Told { provider: "aitable", ..webex(on, status, body) }
}

/// A verdict in a few words, to be compared.
fn words(verdict: &Verdict) -> String {
    let means = |means: &Means| match means {
        Means::SignIn => "sign_in",
        Means::Rights => "rights",
        Means::NotFound => "not_found",
        Means::Input => "input",
        Means::Conflict => "conflict",
        Means::Busy => "busy",
        Means::Fault => "fault",
        Means::Setup => "setup",
    };
    match verdict {
        Verdict::Yes(_) => "yes".to_string(),
        Verdict::No(reason) => format!("no: {}", means(&reason.means)),
        Verdict::Busy(_, Wait::For(time)) => format!("busy: {}", time.as_secs()),
        Verdict::Busy(_, Wait::Ask(time)) => format!("busy: ask after {}", time.as_secs()),
        Verdict::Stopped(reason, Wait::For(time)) => {
            format!("stopped: {} {}", means(&reason.means), time.as_secs())
        }
        Verdict::Stopped(reason, Wait::Ask(_)) => format!("stopped: {} ask", means(&reason.means)),
        Verdict::NotSent(reason) => format!("not sent: {}", means(&reason.means)),
        Verdict::Doubt(reason) => format!("doubt: {}", means(&reason.means)),
    }
}

fn check(told: Told, expected: &str) {
    assert_eq!(words(&told.verdict()), expected, "{told:?}");
}

fn message() -> Json {
    json!({ "message": "Text.", "errors": [{ "description": "The whole text." }], "trackingId": "T1" })
}

fn refusal(code: u16) -> Json {
    json!({ "success": false, "code": code, "message": "Text." })
}

const HTML: &str = "<!DOCTYPE html><title>Sign in</title>";

#[test]
fn each_documented_refusal_becomes_its_verdict() {
    check(webex("update", 400, message()), "no: setup");
    check(webex("read", 400, message()), "no: input");
    check(webex("read", 401, message()), "no: sign_in");
    check(webex("update", 403, message()), "no: rights");
    check(webex("read", 403, message()), "no: rights");
    check(webex("read", 404, message()), "no: not_found");
    check(webex("update", 405, message()), "no: setup");
    check(webex("update", 409, message()), "no: conflict");
    check(webex("read", 410, message()), "no: not_found");
    check(webex("update", 415, message()), "no: setup");
    check(webex("update", 423, message()), "busy: 15");
    check(webex("update", 428, message()), "no: setup");
    check(webex("update", 429, message()), "busy: 15");
    check(webex("update", 500, message()), "doubt: fault");
    check(webex("update", 502, message()), "doubt: fault");
    check(webex("update", 503, message()), "busy: 15");
    check(webex("update", 504, message()), "doubt: fault");
    check(aitable("read", 401, refusal(401)), "no: sign_in");
    check(aitable("read", 403, refusal(403)), "no: rights");
    check(aitable("read", 404, refusal(404)), "no: setup");
    check(aitable("update", 429, refusal(429)), "busy: 1");
    check(aitable("update", 500, refusal(500)), "doubt: fault");
}

#[test]
fn a_success_that_says_false_is_a_refusal() {
    for status in [200, 201] {
        let check = |code: u16, expected: &str| check(aitable("update", status, refusal(code)), expected);
        check(201, "no: sign_in");
        check(400, "no: not_found");
        check(401, "no: sign_in");
        check(403, "no: rights");
        check(404, "no: setup");
        check(429, "busy: 1");
        check(1503, "no: rights");
        check(1504, "no: rights");
        check(1505, "no: rights");
        check(1508, "no: rights");
        check(1521, "no: input");
        check(1522, "no: conflict");
        check(1523, "no: input");
        // A code that nobody knows yet is still a no.
        check(1999, "no: input");
    }
    check(aitable("update", 200, refusal(500)), "doubt: fault");
    check(aitable("update", 200, json!({ "success": true, "code": 200 })), "yes");
    check(aitable("update", 201, json!({ "success": true, "code": 200 })), "yes");
    let text = json!({ "success": "true", "code": 200 });
    check(aitable("update", 200, text), "doubt: fault");
}

#[test]
fn a_refusal_is_about_the_field_that_the_file_names() {
    let check = |told: Told, field: Option<&str>| {
        let Verdict::No(reason) = told.verdict() else { panic!("{told:?}") };
        assert_eq!(reason.field.as_deref(), field, "{told:?}");
    };
    check(aitable("update", 200, refusal(1521)), Some("teams"));
    check(aitable("update", 200, refusal(1523)), Some("roles"));
    check(aitable("update", 200, refusal(1505)), None);
    check(aitable("update", 200, refusal(400)), Some("unitId"));
    check(webex("update", 409, message()), Some("isModerator"));
    check(webex("update", 405, message()), None);
}

#[test]
fn the_providers_own_sentence_and_number_are_kept() {
    let check = |told: Told, message: Option<&str>, reference: Option<&str>| {
        let Verdict::No(reason) = told.verdict() else { panic!("{told:?}") };
        assert_eq!(reason.message.as_deref(), message, "{told:?}");
        assert_eq!(reason.reference.as_deref(), reference, "{told:?}");
    };
    check(webex("read", 404, message()), Some("The whole text."), Some("T1"));
    let short = json!({ "message": "Text." });
    check(webex("read", 404, &short), Some("Text."), None);
    check(webex("read", 404, &short).with("TrackingId", "T2"), Some("Text."), Some("T2"));
    check(webex("read", 404, json!({ "message": 7 })), Some("7"), None);
    check(webex("read", 404, ""), None, None);
    check(aitable("read", 200, refusal(1505)), Some("Text."), None);
}

#[test]
fn a_text_tells_two_refusals_of_one_status_apart() {
    let check = |message: &str, says: &str| {
        let body = json!({ "success": false, "code": 403, "message": message });
        let Verdict::No(reason) = aitable("read", 403, body).verdict() else { panic!("{message}") };
        assert!(reason.says.text().contains(says), "{}", reason.says);
    };
    check("Access forbidden because your API usage exceeds the monthly rate", "monthly number");
    check(
        "The API token user does not belong to the space, please adjust spaceId or API token and try again",
        "not in this space",
    );
    check("Forbidden", "does not allow this");
}

#[test]
fn a_wait_that_cannot_be_read_is_the_providers_usual_one() {
    let check = |value: &'static str, expected: &str| {
        check(webex("update", 429, message()).with("Retry-After", value), expected);
    };
    check("7", "busy: 7");
    check(" 30 ", "busy: 30");
    check("0", "busy: 1");
    check("3600", "busy: 3600");
    check("3601", "busy: ask after 3601");
    check("999999", "busy: ask after 999999");
    check("Fri, 15 Jan 2027 08:00:30 GMT", "busy: 30");
    check("Fri, 15 Jan 2027 07:00:00 GMT", "busy: 1");
    for odd in
        ["rand(30),add(30)", "invalid", "30.5", "30 seconds", "30,60", "", "None", "null", "-1", "soon"]
    {
        check(odd, "busy: 15");
    }
}

#[test]
fn a_date_is_held_against_the_answers_own_clock() {
    let told = webex("update", 429, message())
        .with("Retry-After", "Fri, 15 Jan 2027 08:10:00 GMT")
        .with("Date", "Fri, 15 Jan 2027 08:09:50 GMT");
    check(told, "busy: 10");
}

#[test]
fn a_web_page_is_never_a_record() {
    for status in [200, 201, 401, 403, 404, 500, 503] {
        for on in ["read", "update"] {
            check(webex(on, status, HTML), "doubt: setup");
            check(aitable(on, status, HTML), "doubt: setup");
            let typed = webex(on, status, "Please sign in").with("Content-Type", "text/html; charset=utf-8");
            check(typed.clone(), "doubt: setup");
            check(typed.behind_a_proxy(), "doubt: setup");
        }
    }
}

#[test]
fn a_yes_must_look_like_one() {
    let membership = json!({ "id": "M", "roomId": "R" });
    check(webex("update", 200, &membership), "yes");
    check(webex("read", 200, &membership), "yes");
    check(webex("read", 200, &membership).behind_a_proxy(), "yes");
    // A proxy that may have gone after a redirect has proved nothing.
    check(webex("update", 200, &membership).behind_a_proxy(), "doubt: fault");
    check(webex("update", 200, json!({})), "doubt: fault");
    check(webex("update", 204, ""), "doubt: fault");
    check(webex("update", 200, "OK"), "doubt: fault");
    check(webex("update", 200, "OK").behind_a_proxy(), "doubt: setup");
    check(webex("update", 200, "{\"id\":\"M\""), "doubt: fault");
    check(aitable("update", 200, &membership), "doubt: fault");
    check(aitable("update", 200, &membership).behind_a_proxy(), "doubt: setup");
}

#[test]
fn what_the_relay_says_is_not_what_the_provider_says() {
    let own = |code: &str| json!({ "error": { "source": "proxy", "code": code } });
    let check = |code: &str, sent: Option<&'static str>, expected: &str| {
        for status in [400, 403, 404, 429, 502, 504] {
            let mut told =
                webex("update", status, own(code)).behind_a_proxy().with("X-Relay-Source", "proxy");
            if let Some(sent) = sent {
                told = told.with("X-Relay-Sent", sent);
            }
            assert_eq!(words(&told.verdict()), expected, "{told:?}");
        }
    };
    check("origin_not_allowed", Some("no"), "not sent: setup");
    check("sign_in_needed", Some("no"), "not sent: setup");
    for sent in [Some("no"), None] {
        check("sign_in_refused", sent, "not sent: setup");
        check("sign_in_down", sent, "not sent: setup");
    }
    check("origin_not_allowed", None, "not sent: setup");
    check("target_not_allowed", None, "not sent: setup");
    check("method_not_allowed", None, "not sent: setup");
    check("too_large", None, "not sent: setup");
    check("bad_request", None, "not sent: setup");
    check("upstream_unreachable", Some("no"), "stopped: setup 15");
    check("upstream_unreachable", Some("yes"), "doubt: setup");
    check("upstream_unreachable", None, "doubt: setup");
    check("upstream_timeout", Some("yes"), "doubt: setup");
    check("something_new", None, "doubt: setup");
    check("something_new", Some("no"), "not sent: setup");
    check("rate_limited", Some("no"), "stopped: busy 15");
}

#[test]
fn silence_is_not_sent_only_where_that_is_certain() {
    let check = |silence: NoAnswer, expected: &str| {
        for id in ["webex", "aitable"] {
            let verdict = verdict(id, "update", Between::Proxy, &Err(silence.clone()));
            assert_eq!(words(&verdict), expected, "{silence:?}");
        }
    };
    check(NoAnswer::Offline, "not sent: setup");
    check(NoAnswer::NotAllowed, "not sent: setup");
    check(NoAnswer::BadAddress("x".to_string()), "not sent: setup");
    check(NoAnswer::Failed, "doubt: fault");
    check(NoAnswer::TimedOut, "doubt: fault");
    check(NoAnswer::Cancelled, "doubt: fault");
    check(NoAnswer::CutBody { status: 200 }, "doubt: fault");
    check(NoAnswer::Redirected, "doubt: setup");
}

/// Who gave an answer, as far as its headers say.
const MARKS: [(Between, &[(&str, &str)]); 7] = [
    (Between::Nobody, &[]),
    (Between::Relay, &[]),
    (Between::Proxy, &[]),
    (Between::Relay, &[("X-Relay-Source", "upstream")]),
    (Between::Relay, &[("X-Relay-Source", "proxy"), ("X-Relay-Sent", "no")]),
    (Between::Relay, &[("X-Relay-Source", "proxy"), ("X-Relay-Sent", "yes")]),
    (Between::Relay, &[("X-Relay-Source", "proxy")]),
];

#[test]
fn what_holds_for_any_status_body_and_relay() {
    let bodies = [
        message().to_string(),
        refusal(1521).to_string(),
        json!({ "success": true, "id": "M" }).to_string(),
        "{}".to_string(),
        String::new(),
        HTML.to_string(),
    ];
    for (id, on) in [("webex", "read"), ("webex", "update"), ("aitable", "update")] {
        let provider = provider(id);
        for status in 200..600 {
            for body in &bodies {
                for (between, headers) in MARKS {
                    let headers = headers.iter();
                    let response = Response {
                        status,
                        headers: headers.map(|(name, value)| (name.to_string(), value.to_string())).collect(),
                        body: body.clone(),
                        url: None,
                        timing: Default::default(),
                    };
                    let listener =
                        Listener { provider: &provider, on, identity: &Identity::none(), between, now: NOW };
                    hold(&listener, &response);
                }
            }
        }
    }
}

/// What must hold whoever answers, and however.
fn hold(listener: &Listener, response: &Response) {
    let verdict = listener.verdict(&Ok(response.clone()));
    let place = || format!("{} {response:?}: {verdict:?}", listener.on);
    let status = response.status;
    let source = response.header("X-Relay-Source");
    match &verdict {
        Verdict::Yes(_) => {
            assert!((200..300).contains(&status) && source != Some("proxy"), "{}", place());
            assert!(response.json().is_some(), "{}", place());
        }
        Verdict::NotSent(_) | Verdict::Stopped(..) => {
            assert_eq!(source, Some("proxy"), "{}", place());
            assert_eq!(response.header("X-Relay-Sent"), Some("no"), "{}", place());
        }
        Verdict::No(_) => {
            // Nothing is known of a server error, unless the file explains its code; nor of a stranger's answer.
            let explained = response.json().is_some_and(|json| json["code"] == 1521);
            assert!(status < 500 || (explained && listener.provider.id == "aitable"), "{}", place());
            assert_ne!(source, Some("proxy"), "{}", place());
            let known = listener.between == Between::Nobody
                || source == Some("upstream")
                || response.json().is_some();
            assert!(known, "{}", place());
        }
        Verdict::Busy(..) => assert!(matches!(status, 423 | 429 | 503), "{}", place()),
        Verdict::Doubt(_) => {}
    }
    if source == Some("proxy") && response.header("X-Relay-Sent") != Some("no") {
        assert!(matches!(verdict, Verdict::Doubt(_)), "{}", place());
    }
    if let Verdict::No(reason)
    | Verdict::Busy(reason, _)
    | Verdict::Stopped(reason, _)
    | Verdict::NotSent(reason)
    | Verdict::Doubt(reason) = &verdict
    {
        assert!(reason.says.text().ends_with('.') && reason.cure.text().ends_with('.'), "{}", place());
    }
}
