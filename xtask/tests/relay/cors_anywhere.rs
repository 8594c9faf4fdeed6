//! How a proxy that others run behaves, as far as the page's rules for it rely on that.

use std::{fs, path::PathBuf};

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
        if !(has_npm_proxies() || left_out("cors-anywhere")) {
            return None;
        }
        let folder = target_folder().join(format!("cors-anywhere-test/{name}-{}", std::process::id()));
        let simulated = Simulated::start(Ports::default()).expect("ports are free");
        let proxy = CorsAnywhere::start(&folder).expect("it starts");
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
    };
    let refused = "Not found because of proxy error: Error: connect ECONNREFUSED";
    check("http://127.0.0.1:9/v1/people/me", &[ORIGIN], 404, refused);
    check("favicon.ico", &[ORIGIN], 404, "Invalid host: favicon.ico");
    check(&lab.membership(), &[SECRET], 400, "Missing required request header.");
    check("", &[ORIGIN], 200, "This API enables cross-origin requests to anywhere.");
    lab.simulated.webex.fail(Fault::once(Effect::CutBefore));
    check(&lab.membership(), &[ORIGIN], 404, "Not found because of proxy error: Error: socket hang up");
}
