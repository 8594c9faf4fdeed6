//! How a proxy that others run behaves, as far as the page's rules for it rely on that.

use std::{fs, path::PathBuf};

use memberdesk::transport::proxy::preset::Preset;
use memberdesk::transport::{Between, Proxy, ProxyBase, Response, Sent, Timing, Voice};
use simulated::{Effect, Fault, Ports, Simulated, webex};
use xtask::{
    cors_anywhere::CorsAnywhere,
    process::target_folder,
    proxies::{has_npm_proxies, left_out},
};

use crate::{
    answer::Answer,
    checks::{FLAGS, JSON, SECRET},
};

const ORIGIN: &str = "Origin: https://members.example.com";

struct Lab {
    proxy: CorsAnywhere,
    simulated: Simulated,
    folder: PathBuf,
}

impl Lab {
    /// None where it cannot be tried.
    fn start(name: &str) -> Option<Self> {
        Self::start_with(name, &[])
    }

    fn start_with(name: &str, settings: &[(&str, &str)]) -> Option<Self> {
        if !(has_npm_proxies() || left_out("cors-anywhere")) {
            return None;
        }
        let folder = target_folder().join(format!("cors-anywhere-test/{name}-{}", std::process::id()));
        let simulated = Simulated::start(Ports::default()).expect("ports are free");
        let proxy = CorsAnywhere::start_with(&folder, settings).expect("it starts");
        Some(Self { proxy, simulated, folder })
    }

    fn ask(&self, method: &str, target: &str, headers: &[&str], body: &str) -> Answer {
        Answer::to(self.proxy.address(), method, &format!("/{target}"), headers, body)
    }

    fn membership(&self) -> String {
        format!("{}/v1/memberships/{}", self.simulated.webex.address(), webex::UNMODERATED)
    }
}

impl Drop for Lab {
    fn drop(&mut self) {
        // What is left lies in Cargo's own folder.
        _ = fs::remove_dir_all(&self.folder);
    }
}

#[test]
fn it_passes_everything_and_says_where_the_answer_came_from() {
    let Some(lab) = Lab::start("passes") else { return };
    let target = lab.membership();
    let answer = lab.ask("PUT", &target, &[ORIGIN, SECRET, JSON], FLAGS);
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(answer.header("Access-Control-Allow-Origin"), Some("*"));
    assert_eq!(answer.header("x-final-url"), Some(target.as_str()));
    let exposed = answer.header("Access-Control-Expose-Headers").unwrap_or_default();
    assert!(exposed.split(',').any(|name| name == "x-final-url"), "{exposed}");
    let arrived = &lab.simulated.webex.arrived()[0];
    assert_eq!((arrived.method.as_str(), arrived.body.as_slice()), ("PUT", FLAGS.as_bytes()));
    assert!(arrived.header("Authorization").is_some() && arrived.header("Origin").is_some());
    let asks = ["Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: authorization"];
    let preflight = lab.ask("OPTIONS", &target, &[&[ORIGIN][..], &asks].concat(), "");
    assert_eq!(preflight.status, 200);
    assert_eq!(preflight.header("Access-Control-Allow-Methods"), Some("PUT"));
    assert_eq!(preflight.header("Access-Control-Allow-Headers"), Some("authorization"));
}

/// A change that was not made looks like one: only the final address tells.
#[test]
fn a_change_becomes_a_read_elsewhere_on_a_redirect() {
    let Some(lab) = Lab::start("redirect") else { return };
    for status in [301, 302, 303] {
        let elsewhere = format!("{}/v1/people/me", lab.simulated.aitable.address());
        let location = vec![("Location".to_owned(), elsewhere.clone())];
        lab.simulated.aitable.reset();
        lab.simulated.webex.fail(Fault::once(Effect::Status {
            status,
            headers: location,
            body: String::new(),
        }));
        lab.simulated.aitable.fail(Fault::once(Effect::Status {
            status: 200,
            headers: Vec::new(),
            body: "{}".to_owned(),
        }));
        let answer = lab.ask("PUT", &lab.membership(), &[ORIGIN, SECRET, JSON], FLAGS);
        assert_eq!((answer.status, answer.body.as_str()), (200, "{}"), "{answer:?}");
        assert_eq!(answer.header("x-final-url"), Some(elsewhere.as_str()));
        let arrived = &lab.simulated.aitable.arrived()[0];
        assert_eq!((arrived.method.as_str(), arrived.body.as_slice()), ("GET", &b""[..]));
        assert!(arrived.header("Authorization").is_some(), "the token went to the other host");
    }
}

#[test]
fn a_redirect_that_keeps_the_method_is_passed_back() {
    let Some(lab) = Lab::start("kept") else { return };
    let elsewhere = format!("{}/v1/people/me", lab.simulated.aitable.address());
    let location = vec![("Location".to_owned(), elsewhere.clone())];
    lab.simulated.webex.fail(Fault::once(Effect::Status {
        status: 307,
        headers: location,
        body: String::new(),
    }));
    let answer = lab.ask("PUT", &lab.membership(), &[ORIGIN, SECRET, JSON], FLAGS);
    assert_eq!(answer.status, 307, "{answer:?}");
    let place = answer.header("Location").unwrap_or_default();
    assert!(place.ends_with(&format!("/{elsewhere}")), "{place}");
    assert!(lab.simulated.aitable.arrived().is_empty());
}

#[test]
fn its_own_errors_look_like_missing_members() {
    let Some(lab) = Lab::start("errors") else { return };
    let check = |target: &str, headers: &[&str], status: u16, text: &str| {
        let answer = lab.ask("GET", target, headers, "");
        assert_eq!(answer.status, status, "{answer:?}");
        assert!(answer.body.starts_with(text), "{answer:?}");
        assert_eq!(answer.header("Access-Control-Allow-Origin"), Some("*"));
        assert!(!answer.header("Content-Type").is_some_and(|kind| kind.contains("json")));
        answer
    };
    let check = |target: &str, headers: &[&str], status: u16, text: &str, own: Option<(&str, Sent)>| {
        assert_eq!(
            known(&check(target, headers, status, text)),
            own.map(|(code, sent)| (code.to_owned(), sent))
        );
    };
    let refused = "Not found because of proxy error: Error: connect ECONNREFUSED";
    check(
        "http://127.0.0.1:9/v1/people/me",
        &[ORIGIN],
        404,
        refused,
        Some(("upstream_unreachable", Sent::Maybe)),
    );
    check("favicon.ico", &[ORIGIN], 404, "Invalid host: favicon.ico", Some(("target_not_allowed", Sent::No)));
    check(
        &lab.membership(),
        &[SECRET],
        400,
        "Missing required request header.",
        Some(("bad_request", Sent::No)),
    );
    check("", &[ORIGIN], 200, "This API enables cross-origin requests to anywhere.", None);
    lab.simulated.webex.fail(Fault::once(Effect::CutBefore));
    let cut = "Not found because of proxy error: Error: socket hang up";
    check(&lab.membership(), &[ORIGIN], 404, cut, Some(("upstream_unreachable", Sent::Maybe)));
}

#[test]
fn what_its_owner_forbids_is_its_own_word() {
    let origin = "https://other.example.com";
    let Some(lab) = Lab::start_with("allowed", &[("CORSANYWHERE_WHITELIST", origin)]) else { return };
    let answer = lab.ask("GET", &lab.membership(), &[ORIGIN, SECRET], "");
    assert_eq!(answer.status, 403, "{answer:?}");
    assert_eq!(known(&answer), Some(("origin_not_allowed".to_owned(), Sent::No)));
    let Some(lab) = Lab::start_with("rate", &[("CORSANYWHERE_RATELIMIT", "1 1")]) else { return };
    let answers = [(); 2].map(|()| lab.ask("GET", &lab.membership(), &[ORIGIN, SECRET], ""));
    assert_eq!(answers.each_ref().map(|answer| answer.status), [200, 429], "{answers:?}");
    assert_eq!(answers.each_ref().map(known), [None, Some(("rate_limited".to_owned(), Sent::No))]);
    assert_eq!(lab.simulated.webex.arrived().len(), 1);
}

/// What the page takes for the proxy's own word: its code, and whether the request was sent on.
fn known(answer: &Answer) -> Option<(String, Sent)> {
    let base = ProxyBase::parse("https://proxy.example.com").expect("an address");
    let template = Preset::find("cors-anywhere").expect("a preset").at(base, "");
    let between = Between::of(&Proxy::of(template).expect("a proxy"));
    let response = Response {
        status: answer.status,
        headers: answer.headers.clone(),
        body: answer.body.clone(),
        url: None,
        timing: Timing::default(),
    };
    match Voice::of(&response, &between, &|_| false) {
        Voice::Relay { code: Some(code), sent } => Some((code, sent)),
        _ => None,
    }
}
