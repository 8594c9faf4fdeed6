//! The page's doctor against every fault that a way can have, in three engines.

mod ways;

use std::{
    env,
    path::PathBuf,
    time::{Duration, Instant},
};

use browser_tests::{
    browser::{Browser, Engine},
    page::Page,
    tls::SelfSigned,
};
use fantoccini::Locator;
use serde_json::json;
use simulated::faults::{Faults, Trouble};
use xtask::{nginx::free_port, process::root};

/// What the doctor may take, as people were promised.
const LIMIT: Duration = Duration::from_secs(8);

/// Where the page is told that the relay is.
#[derive(Clone, Copy)]
enum Base {
    /// On another site, as browsers see it.
    Elsewhere,
    SameSite,
    Closed,
    NoSuchName,
    SelfSigned,
    /// The page's policy does not name it.
    Forbidden,
    TooLong,
}

struct Case {
    name: &'static str,
    /// The name of the only provider.
    provider: (&'static str, &'static str),
    base: Base,
    trouble: Trouble,
    expected: &'static str,
}

const fn at(base: Base, name: &'static str, expected: &'static str) -> Case {
    Case { name, provider: WEBEX, base, trouble: Trouble::None, expected }
}

const fn of(trouble: Trouble, name: &'static str, expected: &'static str) -> Case {
    Case { name, provider: WEBEX, base: Base::Elsewhere, trouble, expected }
}

const fn here(trouble: Trouble, name: &'static str, expected: &'static str) -> Case {
    Case { name, provider: WEBEX, base: Base::SameSite, trouble, expected }
}

/// It is changed by PATCH.
const fn flashapply(trouble: Trouble, name: &'static str, expected: &'static str) -> Case {
    Case { provider: ("flashapply", "FlashApply"), ..of(trouble, name, expected) }
}

const fn relay(status: u16, code: &'static str, sent: &'static str) -> Trouble {
    Trouble::Relay { status, code, sent }
}

const WEBEX: (&str, &str) = ("webex", "Webex");

const CASES: [Case; 42] = [
    of(Trouble::None, "nothing", "healthy"),
    here(Trouble::None, "nothing, on one site", "healthy"),
    at(Base::Closed, "refused", "unreachable"),
    at(Base::NoSuchName, "no such name", "unreachable"),
    at(Base::SelfSigned, "self-signed certificate", "unreachable"),
    of(Trouble::Cut, "cut after the request", "unreachable"),
    of(Trouble::Reset, "reset", "unreachable"),
    of(Trouble::BlackHole, "black hole", "no-answer"),
    of(Trouble::Slow(Duration::from_secs(5)), "slow", "no-answer"),
    of(Trouble::Truncated, "body cut short", "cut-short"),
    of(Trouble::Redirect(301), "redirect", "redirects"),
    of(Trouble::NoOrigin, "no CORS headers", "origin-refused"),
    of(Trouble::WrongOrigin, "wrong CORS headers", "origin-refused"),
    of(Trouble::DoubledOrigin, "doubled CORS headers", "origin-refused"),
    of(
        Trouble::Refuses { status: 403, code: "origin_not_allowed" },
        "the relay refuses the site",
        "origin-refused",
    ),
    of(Trouble::Refuses { status: 429, code: "rate_limited" }, "the relay is busy", "proxy-busy"),
    of(Trouble::Preflight(403), "preflight 403", "preflight-refused"),
    of(Trouble::Preflight(405), "preflight 405", "preflight-refused"),
    of(Trouble::Preflight(500), "preflight 500", "preflight-refused"),
    of(Trouble::PreflightRedirect, "preflight redirected", "preflight-refused"),
    of(Trouble::PreflightHangs, "preflight hangs", "preflight-hangs"),
    of(Trouble::NoPut, "PUT not allowed", "method-refused"),
    of(Trouble::NoPatch, "PATCH not allowed, and not needed", "healthy"),
    flashapply(Trouble::NoPatch, "PATCH not allowed", "method-refused"),
    flashapply(Trouble::NoPut, "PUT not allowed, and not needed", "healthy"),
    of(Trouble::NoAuthorization, "Authorization not allowed", "authorization-refused"),
    of(Trouble::NoContentType, "Content-Type not allowed", "content-type-refused"),
    of(Trouble::Hidden, "headers not exposed", "headers-not-exposed"),
    of(Trouble::Unmarked, "no relay", "marker-missing"),
    of(Trouble::BadGateway, "bad gateway", "proxy-down"),
    here(Trouble::Page, "a web page", "web-page"),
    of(Trouble::Portal(200), "captive portal 200", "captive-portal"),
    of(Trouble::Portal(302), "captive portal 302", "captive-portal"),
    here(Trouble::Portal(511), "captive portal 511", "captive-portal"),
    of(relay(404, "target_not_allowed", "no"), "target not allowed", "target-not-allowed"),
    of(relay(502, "upstream_unreachable", "no"), "provider unreachable", "provider-unreachable"),
    of(relay(504, "upstream_timeout", "yes"), "provider too slow", "provider-slow"),
    of(Trouble::Provider(503), "provider down", "provider-down"),
    of(Trouble::ProviderNoOrigin, "no CORS headers on a provider's answer", "provider-silent"),
    of(Trouble::ProviderHangs, "the relay waits without an end", "provider-slow"),
    at(Base::Forbidden, "the page's policy", "csp"),
    at(Base::TooLong, "an address too long", "bad-url"),
];

/// One of each kind, for every day.
const SAMPLE: [&str; 11] = [
    "nothing",
    "refused",
    "cut after the request",
    "wrong CORS headers",
    "preflight 405",
    "PUT not allowed",
    "PATCH not allowed",
    "PUT not allowed, and not needed",
    "captive portal 200",
    "provider unreachable",
    "the page's policy",
];

#[test]
fn the_doctor_names_a_sample_of_faults() {
    assert_named(Engine::Chromium, |case| SAMPLE.contains(&case.name));
}

#[test]
#[ignore = "one fault after another in a browser, several minutes: `cargo xtask test --full`"]
fn the_doctor_names_every_fault_in_chromium() {
    assert_named(Engine::Chromium, |_| true);
}

#[test]
#[ignore = "one fault after another in a browser, several minutes: `cargo xtask test --full`"]
fn the_doctor_names_every_fault_in_firefox() {
    assert_named(Engine::Firefox, |_| true);
}

#[test]
#[ignore = "one fault after another in a browser, several minutes: `cargo xtask test --full`"]
fn the_doctor_names_every_fault_in_webkit() {
    assert_named(Engine::WebKit, |_| true);
}

/// The page's files, and a relay that fails on demand.
struct Host {
    faults: Faults,
    tls: SelfSigned,
    closed: u16,
}

impl Host {
    #[track_caller]
    fn start() -> Host {
        let built =
            env::var_os("MEMBERDESK_DIST").map(PathBuf::from).expect("MEMBERDESK_DIST names the built page");
        let faults = Faults::start(&root().join(built)).expect("a port is free");
        Host { faults, tls: SelfSigned::start(), closed: free_port().expect("a port is free") }
    }

    fn configure(&self, base: Base, provider: &str) {
        let base = match base {
            Base::Elsewhere => format!("http://127.0.0.1:{}/relay", self.faults.port()),
            Base::SameSite => "relay".to_owned(),
            Base::Closed => format!("http://127.0.0.1:{}/relay", self.closed),
            Base::NoSuchName => "https://nowhere.invalid/relay".to_owned(),
            Base::SelfSigned => self.tls.address(),
            Base::Forbidden => "http://[::1]:8443/relay".to_owned(),
            Base::TooLong => format!("https://localhost/{}", "relay/".repeat(400)),
        };
        let proxy = json!({ "kind": "path-map", "base": base });
        let mut config =
            json!({ "version": 1, "providers": [provider], "proxy": proxy, "languages": ["en", "de"] });
        // Where it is, its file leaves to the owner.
        if provider == "flashapply" {
            config["servers"] = json!({ provider: { "address": "https://api.flashapply.example.com" } });
        }
        self.faults.configure(&config.to_string());
    }
}

/// What the doctor says now, once it says something: its code, or that all is well.
#[track_caller]
fn verdict(page: &Page, provider: &str) -> String {
    page.until("a verdict", async |client| {
        let words = client.find(Locator::Css("body")).await?.text().await?;
        let end = |c: char| !(c.is_ascii_lowercase() || c == '-');
        let code = words.split("Code: ").nth(1).and_then(|rest| rest.split(end).next());
        let healthy = words.contains(&format!("{provider} answers")).then_some("healthy");
        Ok(code.or(healthy).map(str::to_owned))
    })
}

/// Opens the self-check anew. What is seen of the last one does not count.
#[track_caller]
fn look(page: &Page, query: &str) {
    page.open(&[query, "#/doctor"].concat());
    page.wait_for("the page to be another one", || {
        page.script("return location.search", json!([])).as_str() == Some(query)
    });
    page.sees("All was looked at.");
}

/// Looks once more, with this trouble from now on; and how long it took.
#[track_caller]
fn examine(page: &Page, provider: &str) -> (String, Duration) {
    page.sees("All was looked at.");
    let start = Instant::now();
    page.press("Check again");
    (verdict(page, provider), start.elapsed())
}

#[track_caller]
fn assert_named(engine: Engine, wanted: impl Fn(&Case) -> bool) {
    let host = Host::start();
    let page = Page::at(Browser::start(engine), format!("http://localhost:{}/", host.faults.port()));
    let (mut table, mut wrong, mut all) = (String::new(), 0, 0);
    let mut judge = |name: &str, expected: &str, (found, took): (String, Duration)| {
        let is_right = found == expected && took <= LIMIT;
        let mark = if is_right { "right" } else { "WRONG" };
        let seconds = took.as_secs_f32();
        table.push_str(&format!("{mark} {name:40} {expected:22} {found:22} {seconds:.1} s\n"));
        wrong += usize::from(!is_right);
        all += 1;
    };
    for (number, case) in CASES.iter().filter(|case| wanted(case)).enumerate() {
        host.faults.suffer(Trouble::None);
        host.configure(case.base, case.provider.0);
        look(&page, &format!("?{number}"));
        host.faults.heard();
        host.faults.suffer(case.trouble);
        judge(case.name, case.expected, examine(&page, case.provider.1));
        assert_harmless(&host.faults);
    }
    if engine == Engine::Chromium {
        host.faults.suffer(Trouble::None);
        host.configure(Base::Elsewhere, WEBEX.0);
        look(&page, "?offline");
        network(&page, true);
        judge("offline", "offline", examine(&page, WEBEX.1));
        network(&page, false);
    }
    println!("{engine:?}: {} of {all} faults named\n{table}", all - wrong);
    assert_eq!(wrong, 0, "{engine:?}\n{table}");
}

fn network(page: &Page, offline: bool) {
    page.browser.devtools("Network.enable", json!({}));
    let conditions =
        json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
    page.browser.devtools("Network.emulateNetworkConditions", conditions);
}

/// Nothing of what was asked could change anything, or tell anybody a secret.
#[track_caller]
fn assert_harmless(faults: &Faults) {
    for request in faults.heard() {
        let line = request.lines().next().unwrap_or_default();
        let is_change = ["PUT ", "PATCH ", "POST "].iter().any(|method| line.starts_with(method));
        assert!(!is_change || line.contains(" /relay/healthz?probe="), "{request}");
        let fields = request.lines().map(str::to_ascii_lowercase);
        let credentials: Vec<String> = fields.filter(|line| line.starts_with("authorization:")).collect();
        assert!(credentials.iter().all(|field| field == "authorization: bearer probe"), "{request}");
        assert!(!request.to_ascii_lowercase().contains("\ncookie:"), "{request}");
    }
}

/// A page from outside, and a relay on this computer.
#[test]
#[ignore = "starts a browser of its own: `cargo xtask test --full`"]
fn the_doctor_names_a_browser_that_keeps_sites_out_of_the_network() {
    let (outside, inside) = (Host::start(), Host::start());
    let port = outside.faults.port();
    let origin = format!("http://members.example:{port}");
    let page = Page::at(
        Browser::start_with(
            Engine::Chromium,
            &[
                "--host-resolver-rules=MAP members.example 127.0.0.1",
                &format!("--ip-address-space-overrides=127.0.0.1:{port}=public"),
                &format!("--unsafely-treat-insecure-origin-as-secure={origin}"),
            ],
        ),
        format!("{origin}/"),
    );
    let base = format!("http://127.0.0.1:{}/relay", inside.faults.port());
    let proxy = json!({ "kind": "path-map", "base": base });
    outside.faults.configure(&json!({ "version": 1, "providers": ["webex"], "proxy": proxy }).to_string());
    for name in ["local-network-access", "loopback-network", "local-network"] {
        // Browsers know one of these names, or two.
        let denied = json!({ "permission": { "name": name }, "setting": "denied", "origin": origin });
        page.browser.try_devtools("Browser.setPermission", denied);
    }
    page.open("#/doctor");
    let (found, took) = examine(&page, WEBEX.1);
    assert_eq!(found, "local-network-denied", "{}", page.words());
    assert!(took <= LIMIT, "{took:?}");
    assert_eq!(inside.faults.heard(), [""; 0]);
}
