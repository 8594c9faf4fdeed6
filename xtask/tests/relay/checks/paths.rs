//! Which paths pass, and how they arrive.

use memberdesk::relay::Program;

use super::{FLAGS, SECRET, membership, own, refused};
use crate::{
    answer::Answer,
    desk::{DEEPER, Desk},
};

pub fn only_the_calls_of_the_provider_files_pass(desk: &Desk) {
    let unknown =
        ["v1/messages", "v1/teams", "v1/memberships/a/b", "v1/people/you", "", "v1/rooms/", "v1/peoplexme"];
    for path in unknown {
        let answer = desk.ask("GET", &format!("/relay/webex/{path}"), &[SECRET], "");
        refused(desk, &answer, 404, "target_not_allowed");
    }
    let nowhere = [
        "/relay/",
        "/relay/webex",
        "/relay/WEBEX/v1/people/me",
        "/relay/elsewhere/v1/people/me",
        "/relay/constructor/v1/people/me",
        "/relay/webex%2Fv1/people/me",
        "/relay/https://webexapis.com/v1/people/me",
    ];
    for path in nowhere {
        let answer = desk.ask("GET", path, &[SECRET], "");
        refused(desk, &answer, 404, "target_not_allowed");
    }
    assert_eq!(desk.ask("GET", "/relay/webex/v1/people/me", &[SECRET], "").status, 200);
}

pub fn other_methods_are_refused(desk: &Desk) {
    let methods = ["DELETE", "POST", "PATCH", "HEAD", "PROPFIND"];
    let refusals = methods.map(|method| (method, membership()));
    let refusals = refusals.into_iter().chain([("PUT", "/relay/webex/v1/people/me".to_owned())]);
    for (method, path) in refusals {
        let answer = desk.ask(method, &path, &[SECRET, &own()], "");
        if method == "HEAD" {
            assert_eq!((answer.status, answer.header("X-Relay-Sent")), (405, Some("no")));
        } else {
            refused(desk, &answer, 405, "method_not_allowed");
        }
    }
    for method in ["TRACE", "CONNECT"] {
        let answer = desk.ask(method, &membership(), &[&own()], FLAGS);
        assert!((400..502).contains(&answer.status), "{method}: {answer:?}");
    }
    assert_eq!(desk.arrived(), 0);
}

const TWISTED: [&str; 22] = [
    "a/../b",
    "a/..;/b",
    "a/..%3Bx/b",
    "..",
    ".",
    "a//b",
    "/a",
    "%2e%2e",
    "%2E",
    "%2e%2e%2fpeople",
    "a%00",
    "a%5cb",
    "a%5Cb",
    "a\\b",
    "..%2Fpeople",
    "a%2f..%2fb",
    "a%2F..",
    "a/./b",
    "..\\people",
    "%2e./b",
    "x/../../people/me",
    "../people/me",
];

/// What becomes of some where dots are worked off before the relay sees them. It judges what is then asked for.
const WORKED_OFF: [&str; 3] = ["/v1/memberships/b", "/v1/people/me", "/v1/memberships/people"];

pub fn paths_that_could_mean_another_reach_nobody(desk: &Desk) {
    for id in TWISTED {
        let answer = desk.ask("GET", &format!("/relay/webex/v1/memberships/{id}"), &[SECRET], "");
        if desk.program == Program::Worker && answer.header("X-Relay-Source") == Some("upstream") {
            let arrived = &desk.simulated.webex.arrived()[0].target;
            assert!(WORKED_OFF.contains(&arrived.as_str()), "{id}: {arrived}");
            desk.reset();
            continue;
        }
        refused_somehow(desk, &answer, id);
    }
    for path in ["/relay/x/../webex/v1/messages", "/relay//webex/v1/people/me"] {
        refused_somehow(desk, &desk.ask("GET", path, &[SECRET], ""), path);
    }
    // Where the page is at the top of the host, this may be a file of the page that is not there.
    let outside = desk.ask("GET", "//relay/webex/v1/people/me", &[SECRET], "");
    assert!([400, 404].contains(&outside.status), "{outside:?}");
    assert_eq!(desk.arrived(), 0);
}

#[track_caller]
fn refused_somehow(desk: &Desk, answer: &Answer, path: &str) {
    assert!([400, 404].contains(&answer.status), "{path}: {answer:?}");
    let stamp = (answer.header("X-Relay-Source"), answer.header("X-Relay-Sent"));
    assert_eq!(stamp, (Some("proxy"), Some("no")), "{path}: {answer:?}");
    assert_eq!(desk.arrived(), 0, "{path}");
}

pub fn an_id_with_a_slash_arrives_as_it_was_sent(desk: &Desk) {
    for id in
        ["a%2Fb%20c%3Fd%25e.f", "a%2fb", "%E7%8E%8B", "a+b@c:d;e,f=g!h$i&j'k(l)m*n~o", "%252e%252e", "a.b..c"]
    {
        desk.reset();
        let path = format!("/v1/memberships/{id}");
        let answer = desk.ask("GET", &format!("/relay/webex{path}"), &[SECRET], "");
        assert_eq!(answer.header("X-Relay-Source"), Some("upstream"), "{answer:?}");
        let target = desk.simulated.webex.arrived()[0].target.clone();
        assert_eq!(if desk.program == Program::Caddy { plain(&target) } else { target }, path);
    }
}

/// Caddy writes these as codes, which mean the same.
fn plain(target: &str) -> String {
    let codes = [("%21", "!"), ("%27", "'"), ("%28", "("), ("%29", ")"), ("%2A", "*")];
    codes.iter().fold(target.to_owned(), |target, (code, letter)| target.replace(code, letter))
}

pub fn a_path_of_the_server_s_own_stands_before_the_call_s(desk: &Desk) {
    let path = "/memberships/a%2Fb%20c?x=%2F&y";
    let answer = desk.ask("GET", &format!("/relay/{DEEPER}{path}"), &[SECRET], "");
    assert_eq!(answer.header("X-Relay-Source"), Some("upstream"), "{answer:?}");
    assert_eq!(desk.simulated.webex.arrived()[0].target, format!("/v1{path}"));
    desk.reset();
    let twice = desk.ask("GET", &format!("/relay/{DEEPER}/v1/people/me"), &[SECRET], "");
    refused(desk, &twice, 404, "target_not_allowed");
}

pub fn a_query_arrives_as_it_was_sent(desk: &Desk) {
    for query in ["x=%2e%2e/..", "z=1&a=2&z=3", "a=b%26c+d%20e", "a", "x=//&y=%5c%00", "q=%E7%8E%8B&q="] {
        desk.reset();
        let target = format!("/v1/rooms?{query}");
        let answer = desk.ask("GET", &format!("/relay/webex{target}"), &[SECRET], "");
        assert_eq!(answer.header("X-Relay-Source"), Some("upstream"), "{answer:?}");
        assert_eq!(desk.simulated.webex.arrived()[0].target, target);
    }
}

/// How paths begin that are known, and one that is not.
const BEGINNINGS: [&str; 5] = ["/memberships/", "/memberships", "/rooms/", "/people/me", "/"];

/// How they go on.
const PIECES: [&str; 18] = [
    "/",
    "/people/me",
    "/teams",
    "a",
    "b.c",
    ".",
    "..",
    "%2e",
    "%2E%2e",
    "%2f",
    "%2F",
    "%5c",
    "\\",
    "%00",
    "?",
    "//",
    "%25",
    ";x",
];

pub fn no_path_that_chance_makes_reaches_what_no_file_calls(desk: &Desk) {
    by_chance(desk, 100);
}

/// The same paths each time, and nothing of them is looked at but what arrives.
pub fn by_chance(desk: &Desk, tries: usize) {
    let mut dice: u64 = 0x5EED;
    let mut throw = |sides: usize| {
        // Knuth's numbers for a 64-bit linear congruence.
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(dice >> 33).unwrap_or_default() % sides
    };
    let mut arrived = 0;
    for _ in 0..tries {
        let beginning = BEGINNINGS[throw(BEGINNINGS.len())];
        let tail: String = (0..throw(5)).map(|_| PIECES[throw(PIECES.len())]).collect();
        let path = format!("/relay/webex/v1{beginning}{tail}");
        desk.reset();
        let answer = desk.ask("GET", &path, &[SECRET], "");
        let targets = desk.simulated.webex.arrived();
        assert_eq!(
            answer.header("X-Relay-Source") == Some("upstream"),
            !targets.is_empty(),
            "{path}: {answer:?}"
        );
        for target in targets.iter().map(|arrived| arrived.target.as_str()) {
            let place = target.split('?').next().unwrap_or_default();
            assert!(is_called(place), "{path} arrived as {target}");
            arrived += 1;
        }
    }
    assert!(arrived > 0, "some of them are calls");
}

/// Whether a provider file calls this.
fn is_called(place: &str) -> bool {
    let is_plain = |id: &str| {
        let id = id.to_lowercase();
        let dots = [".", ".."].contains(&id.as_str());
        !(id.is_empty()
            || dots
            || id.contains('/')
            || id.contains("%2e")
            || id.contains("%5c")
            || id.contains('\\'))
    };
    match place.strip_prefix("/v1/").unwrap_or_default() {
        "memberships" | "rooms" | "people/me" => true,
        rest => ["memberships/", "rooms/"].iter().any(|list| rest.strip_prefix(list).is_some_and(is_plain)),
    }
}
