//! The relay's contract, version 1: one list of checks, with each real program between a plain client and the
//! simulated providers.

mod answer;
mod checks;
mod cors_anywhere;
mod desk;
mod host;
mod owner;
mod tls;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
};

use answer::Answer;
use checks::{CHECKS, FLAGS, JSON, SECRET, membership, refused};
use desk::{Desk, ORIGIN};
use memberdesk::relay::{Program, SignIn};
use simulated::{Canned, Door, Effect, Fault, toluna, webex};
use xtask::proxies::is_here;

static NEXT: AtomicU32 = AtomicU32::new(0);

/// Every check, each on providers that remember nothing of the one before.
fn hold(program: Program) {
    if !is_here(program) {
        return;
    }
    let desk = Desk::start(program);
    let mut failed = Vec::new();
    for (name, check) in CHECKS {
        desk.reset();
        if catch_unwind(AssertUnwindSafe(|| check(&desk))).is_err() {
            failed.push(name.rsplit("::").next().unwrap_or_default().trim());
        }
    }
    println!("{}: {} of {} checks", program.word(), CHECKS.len() - failed.len(), CHECKS.len());
    assert!(failed.is_empty(), "{}: {failed:#?}", program.word());
}

/// For what needs a relay that its owner set up otherwise.
fn each(test: impl Fn(Program)) {
    Program::ALL.into_iter().filter(|program| is_here(*program)).for_each(test);
}

#[test]
fn the_contract_holds_in_nginx() {
    hold(Program::Nginx);
}

#[test]
fn the_contract_holds_in_caddy() {
    hold(Program::Caddy);
}

#[test]
fn the_contract_holds_in_a_worker() {
    hold(Program::Worker);
}

#[test]
#[ignore = "takes a minute: with --full"]
fn no_path_of_thousands_reaches_what_no_file_calls() {
    each(|program| checks::paths::by_chance(&Desk::start(program), 2_000));
}

#[test]
fn a_slow_provider_perhaps_got_it() {
    each(|program| {
        let desk = Desk::start_with(program, |relay| relay.limits.answer_seconds = 1);
        let own = format!("Origin: {ORIGIN}");
        let hold = simulated::Hold::new();
        desk.simulated.webex.fail(Fault::once(Effect::HoldAfter(hold.clone())));
        let answer = desk.ask("PUT", &membership(), &[SECRET, JSON, &own], FLAGS);
        hold.release();
        assert_eq!((answer.status, answer.header("X-Relay-Sent")), (504, Some("yes")), "{answer:?}");
        assert_eq!(answer.header("X-Relay-Source"), Some("proxy"));
        assert_eq!(answer.header("Access-Control-Allow-Origin"), Some(ORIGIN));
        assert_eq!(answer.body, r#"{"error":{"source":"proxy","code":"upstream_timeout"}}"#);
        assert_eq!(desk.simulated.webex.counters().writes, 1);
    });
}

/// Caddy as it is packaged cannot count; its file says so.
#[test]
fn too_many_are_refused_with_when_to_come_back() {
    each(|program| {
        let desk = Desk::start_with(program, |relay| {
            (relay.limits.requests_per_second, relay.limits.burst) = (1, 1);
        });
        let ask = || desk.ask("GET", &membership(), &[SECRET], "");
        // A Worker counts by the minute, and one may begin on the way.
        let most = if program == Program::Worker { 130 } else { 4 };
        let refused = (0..most).map(|_| ask()).find(|answer| answer.body.contains("rate_limited"));
        if program == Program::Caddy {
            assert_eq!(refused.map(|answer| answer.status), None);
            return;
        }
        let refused = refused.expect("one is too many");
        assert_eq!((refused.status, refused.header("X-Relay-Sent")), (429, Some("no")), "{refused:?}");
        let seconds = refused.header("Retry-After").and_then(|text| text.parse::<u32>().ok());
        assert!(seconds.is_some_and(|seconds| seconds > 0), "{refused:?}");
        let exposed = refused.header("Access-Control-Expose-Headers").unwrap_or_default();
        assert!(exposed.contains("Retry-After"), "{exposed}");
    });
}

/// Whatever comes of the request: an answer, each refusal, and each way in which a provider fails.
#[test]
fn logs_hold_no_path_query_or_header() {
    const SECOND: &str = "Accept: application/json;version=2.0";
    each(|program| {
        let mut desk = Desk::start_with(program, |relay| {
            // Enough for all but the last.
            (relay.limits.requests_per_second, relay.limits.burst) = (1, 12);
        });
        let own = format!("Origin: {ORIGIN}");
        let respondent = "/IntegratedPanelService/api/Respondent/";
        let path = format!("/relay/toluna{respondent}?memberCode=Nadia-7&partnerGUID={}", toluna::PANEL_UK);
        let read = |desk: &Desk| desk.ask("GET", &path, &[SECOND, SECRET, &own], "").status;
        desk.simulated.toluna.lift_limit();
        assert_eq!(read(&desk), 400, "no such member");
        let unreadable = Canned::new(200, "").with("Content-Type", &"x".repeat(20_000));
        for effect in [Effect::CutBefore, Effect::InsteadBefore(unreadable)] {
            desk.simulated.toluna.fail(Fault::once(effect));
            read(&desk);
        }
        let check = |method: &str, path: &str, headers: &[&str], body: &str, status: u16| {
            assert_eq!(desk.ask(method, path, headers, body).status, status, "{method} {path}");
        };
        check("GET", &path.replace("Respondent/", "Others/"), &[SECOND, &own], "", 404);
        check("DELETE", &path, &[SECOND, &own], "", 405);
        check("PUT", path.replace("/?", "?").as_str(), &[&own], &"x".repeat(300 * 1024), 413);
        check("GET", &path, &["Origin: https://foreign.example"], "", 403);
        let long = format!("X-Long: {}", "x".repeat(20_000));
        assert!(desk.ask("GET", &path, &[&long], "").status >= 400);
        desk.stop_providers();
        assert_eq!(read(&desk), 502);
        let many: Vec<u16> = (0..20).map(|_| read(&desk)).collect();
        assert!(program != Program::Nginx || many.contains(&429), "{many:?}");

        let logs = desk.running.logs();
        if program == Program::Nginx {
            for line in
                ["GET toluna 400 up=400", "GET toluna 502 up=502", "GET toluna 429", "DELETE toluna 405"]
            {
                assert!(logs.contains(line), "{line} in {logs}");
            }
        }
        if program == Program::Caddy {
            let line = r#""method":"DELETE","uri":"toluna""#;
            assert!(logs.contains(line) && logs.contains(r#""status":405"#), "{line} in {logs}");
        }
        for word in [
            toluna::PANEL_UK,
            "partnerGUID",
            "memberCode",
            "Nadia",
            "nadia",
            "Respondent",
            "Others",
            "foreign",
            "xxx",
        ] {
            assert!(!logs.contains(word), "{word} in {logs}");
        }
    });
}

#[test]
fn a_request_that_no_program_can_read_has_no_path_in_a_log() {
    let desk = Desk::start(Program::Nginx);
    let path = membership();
    let long = format!("{path}?{}", "x".repeat(10_000));
    refused(&desk, &desk.ask("GET", &long, &[], ""), 400, "bad_request");
    let header = format!("X-Long: {}", "x".repeat(20_000));
    refused(&desk, &desk.ask("GET", &path, &[&header], ""), 400, "bad_request");
    assert_eq!(desk.ask("GET", &path, &["\u{1}: a header without a name"], "").status, 400);
    let logs = desk.running.logs();
    assert!(!logs.contains(webex::UNMODERATED) && !logs.contains("xxx"), "{logs}");
}

#[test]
fn the_page_is_served_beside_it_with_its_own_headers() {
    for (program, path) in
        [Program::Nginx, Program::Caddy].into_iter().flat_map(|own| [(own, "/"), (own, "/desk/")])
    {
        if !is_here(program) {
            continue;
        }
        let desk = Desk::start_at(program, path);
        let answer = desk.ask("GET", path, &[], "");
        assert_eq!((answer.status, answer.body.as_str()), (200, "<!doctype html>\n"), "{answer:?}");
        assert_eq!(answer.header("Content-Type"), Some("text/html; charset=utf-8"));
        assert_eq!(answer.all("Cache-Control"), ["no-cache"]);
        assert_eq!(answer.header("X-Relay"), None);
        let policy = answer.header("Content-Security-Policy");
        assert!(policy.is_some_and(|text| text.contains("frame-ancestors")));

        let sealed = format!("{path}page-0123456789abcdef_bg.wasm");
        let wasm = desk.ask("GET", &sealed, &["Accept-Encoding: br"], "");
        assert_eq!(wasm.header("Content-Type"), Some("application/wasm"));
        assert_eq!(wasm.header("Content-Encoding"), Some("br"));
        assert_eq!((wasm.body.as_str(), wasm.header("Vary")), ("small", Some("Accept-Encoding")));
        assert_eq!(wasm.all("Cache-Control"), ["public, max-age=31536000, immutable"]);

        let json = desk.ask("GET", &format!("{path}provider.json"), &["Accept-Encoding: gzip, br"], "");
        assert_eq!(json.header("Content-Encoding"), Some("gzip"), "{json:?}");
        assert_eq!(json.all("Cache-Control"), ["no-cache"]);

        let missing = desk.ask("GET", &format!("{path}page-ffffffffffffffff.js"), &[], "");
        assert_eq!((missing.status, missing.header("X-Relay")), (404, None), "{missing:?}");
        assert_eq!(missing.all("Cache-Control"), ["no-store"]);
        if path != "/" {
            let moved = desk.ask("GET", "/desk", &[], "");
            assert_eq!((moved.status, moved.header("Location")), (308, Some("/desk/")), "{moved:?}");
        }
        let relayed = desk.ask("GET", &format!("{path}relay/webex/v1/people/me"), &[SECRET], "");
        assert_eq!(
            (relayed.status, relayed.header("X-Relay-Source")),
            (200, Some("upstream")),
            "{relayed:?}"
        );
        let unknown = desk.ask("GET", &format!("{path}relay/elsewhere/"), &[], "");
        assert_eq!((unknown.status, unknown.header("X-Relay")), (404, Some("1")), "{unknown:?}");
    }
}

/// A relay with the tokens, and who lets people in to them.
fn with_sign_in(address: String) -> (Desk, PathBuf) {
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let folder =
        xtask::process::target_folder().join(format!("relay-test/secrets-{}-{number}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    let desk = Desk::start_with(Program::Nginx, |relay| {
        let secrets = folder.display().to_string();
        for upstream in relay.upstreams.iter().filter(|upstream| !upstream.credentials.is_empty()) {
            let line = format!("proxy_set_header Authorization \"Bearer {}\";\n", webex::TOKEN);
            std::fs::write(folder.join(format!("{}.conf", upstream.slug)), line)
                .expect("a file can be written");
        }
        relay.keep_tokens(SignIn { address, secrets });
    });
    (desk, folder)
}

/// Neither is blamed on the page or on the provider, whose own words stay what they are.
#[test]
fn a_sign_in_that_refuses_or_fails_is_named_as_such() {
    let (door, own) = (Door::open().expect("a port is free"), format!("Origin: {ORIGIN}"));
    let asks = "X-Requested-With: memberdesk";
    let (mut desk, folder) = with_sign_in(door.address());
    let put = |desk: &Desk, cookie: &str| {
        desk.ask("PUT", &membership(), &[JSON, &own, asks, &format!("Cookie: door={cookie}")], FLAGS)
    };
    let answer = put(&desk, "others");
    refused(&desk, &answer, 403, "sign_in_refused");
    assert_eq!(answer.header("Access-Control-Allow-Origin"), Some(ORIGIN), "the page can read the reason");
    for cookie in ["broken", "elsewhere"] {
        refused(&desk, &put(&desk, cookie), 502, "sign_in_down");
    }
    let foreign = ["Origin: https://foreign.example", "Cookie: door=others", asks, JSON];
    refused(&desk, &desk.ask("PUT", &membership(), &foreign, FLAGS), 403, "origin_not_allowed");
    let forbidden = Canned::new(403, "{}");
    desk.simulated.webex.fail(Fault::once(Effect::InsteadBefore(forbidden)));
    let theirs = put(&desk, "open");
    assert_eq!((theirs.status, theirs.header("X-Relay-Source")), (403, Some("upstream")), "{theirs:?}");
    desk.stop_providers();
    let lost = put(&desk, "open");
    assert!(lost.status == 502 && lost.body.contains("upstream_unreachable"), "{lost:?}");
    drop(desk);
    _ = std::fs::remove_dir_all(&folder);

    let nobody = format!("127.0.0.1:{}", xtask::nginx::free_port().expect("a port is free"));
    let (desk, folder) = with_sign_in(nobody);
    refused(&desk, &put(&desk, "open"), 502, "sign_in_down");
    refused(&desk, &desk.ask("GET", "/oauth2/start", &[], ""), 502, "sign_in_down");
    drop(desk);
    _ = std::fs::remove_dir_all(&folder);
}

/// The tokens are here, so nobody gets in without a sign-in, and what a visitor brings along does not count.
#[test]
fn a_token_that_is_kept_is_used_for_those_who_signed_in_alone() {
    let door = Door::open().expect("a port is free");
    let (desk, folder) = with_sign_in(door.address());
    let own = format!("Origin: {ORIGIN}");
    let (stranger, guest) = ("Authorization: Bearer of-a-stranger", "Cookie: door=open");
    let asks = "X-Requested-With: memberdesk";
    let put = |headers: &[&str]| desk.ask("PUT", &membership(), &[&[JSON, &own], headers].concat(), FLAGS);

    for headers in [&[asks][..], &[asks, stranger], &[asks, "Cookie: door=shut"]] {
        refused(&desk, &put(headers), 401, "sign_in_needed");
    }
    refused(&desk, &put(&[guest]), 400, "bad_request");
    refused(&desk, &put(&[guest, "X-Requested-With:"]), 400, "bad_request");
    let answer = put(&[asks, guest, stranger]);
    assert_eq!((answer.status, answer.header("X-Relay-Source")), (200, Some("upstream")), "{answer:?}");
    assert_eq!(answer.header("Access-Control-Allow-Credentials"), Some("true"));
    let arrived = desk.simulated.webex.arrived();
    assert_eq!(arrived.len(), 1);
    assert_eq!(arrived[0].header("Authorization"), Some(format!("Bearer {}", webex::TOKEN).as_str()));
    assert_eq!((arrived[0].header("Cookie"), arrived[0].header("X-Requested-With")), (None, None));

    let read = desk.ask("GET", &membership(), &[guest], "");
    assert_eq!(read.status, 200, "{read:?}");
    let told = desk.ask("OPTIONS", &membership(), &[&own], "");
    assert!(
        told.header("Access-Control-Allow-Headers").is_some_and(|names| names.contains("X-Requested-With"))
    );
    // The door hears who comes, and not whom it is about.
    let heard = door.heard();
    assert!(heard.contains("door=open") && !heard.contains(webex::UNMODERATED), "{heard}");
    let page: Answer = desk.ask("GET", "/oauth2/start", &[], "");
    assert_eq!((page.status, page.all("Set-Cookie")), (202, vec!["door=open"]), "{page:?}");
    drop(desk);
    // What is left lies in Cargo's own folder.
    _ = std::fs::remove_dir_all(&folder);
}
