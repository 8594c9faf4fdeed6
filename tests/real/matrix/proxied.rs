//! What proxies make of a change, before the provider has it and after, at every provider: how it may not end.

use std::io::{Write, stderr};

use memberdesk::change::driver::Purpose;
use memberdesk::transport::proxy::preset::Preset;
use memberdesk::transport::{Between, Kind, Proxy, ProxyBase, Template};
use simulated::{Canned, Effect, Hold, Server};

use super::columns::{COLUMNS, Column};
use super::scene::Scene;
use crate::line::{Point, UNMARKED};

type Answer = fn() -> Effect;

/// A relay's own error: its status, its word, and what it says of the provider.
fn relay(status: u16, code: &str, sent: &str) -> Canned {
    let body = format!(r#"{{"error":{{"source":"proxy","code":"{code}"}}}}"#);
    Canned::new(status, body).with("X-Relay-Source", "proxy").with("X-Relay-Sent", sent)
}

/// Somebody before the relay answers.
fn stranger(status: u16, body: &str) -> Canned {
    Canned::new(status, body).with(UNMARKED, "yes")
}

fn page(status: u16) -> Canned {
    Canned { status, ..Canned::web_page() }.with(UNMARKED, "yes")
}

/// A text of cors-anywhere.
fn text(status: u16, text: &str) -> Canned {
    Canned::new(status, text).with("Content-Type", "text/plain")
}

const HUNG_UP: &str = "Not found because of proxy error: Error: socket hang up";
const REFUSED: &str = "Not found because of proxy error: Error: connect ECONNREFUSED 127.0.0.1:9";

macro_rules! faults {
    ($effect:ident: $($name:literal, $canned:expr;)+) => {
        &[$(($name, || Effect::$effect($canned)),)+]
    };
}

/// Of our relay, and of what stands before it.
const RELAY_BEFORE: &[(&str, Answer)] = faults! { InsteadBefore:
    "unreachable", relay(502, "upstream_unreachable", "no");
    "time-out", relay(504, "upstream_timeout", "yes");
    "lost", relay(502, "upstream_unreachable", "yes");
    "site", relay(403, "origin_not_allowed", "no");
    "sign-in", relay(401, "sign_in_needed", "no");
    "sign-in, no access", relay(403, "sign_in_refused", "no");
    "sign-in, down", relay(502, "sign_in_down", "no");
    "target", relay(404, "target_not_allowed", "no");
    "method", relay(405, "method_not_allowed", "no");
    "too large", relay(413, "too_large", "no");
    "bad request", relay(400, "bad_request", "no");
    "firewall, 403", stranger(403, r#"{"message":"Forbidden"}"#);
    "firewall, 404", stranger(404, r#"{"message":"Not found"}"#);
    "limit, 429", stranger(429, r#"{"message":"Too many"}"#);
    "made up, 200", stranger(200, "{}");
    "made up, 204", stranger(204, "");
    "web page, 200", page(200);
    "web page, 404", page(404);
    "web page, 502", page(502);
    "redirect", stranger(302, "").with("Location", "https://example.com/");
};

const RELAY_AFTER: &[(&str, Answer)] = faults! { InsteadAfter:
    "time-out", relay(504, "upstream_timeout", "yes");
    "lost", relay(502, "upstream_unreachable", "yes");
    "firewall, 403", stranger(403, r#"{"message":"Forbidden"}"#);
    "firewall, 404", stranger(404, r#"{"message":"Not found"}"#);
    "limit, 429", stranger(429, r#"{"message":"Too many"}"#);
    "made up, 200", stranger(200, "{}");
    "made up, 204", stranger(204, "");
    "web page, 200", page(200);
    "web page, 404", page(404);
    "web page, 502", page(502);
    "redirect", stranger(302, "").with("Location", "https://example.com/");
};

/// Of a proxy that marks nothing, whose words are known.
const KNOWN_BEFORE: &[(&str, Answer)] = faults! { InsteadBefore:
    "unreachable", text(404, REFUSED);
    "hung up", text(404, HUNG_UP);
    "site", text(403, "The origin \"https://desk.example\" was not whitelisted by the operator of this proxy.");
    "target", text(404, "Invalid host: x");
    "header", text(400, "Missing required request header. Must specify one of: origin,x-requested-with");
    "a look, 200", Canned::new(200, "{}");
    "web page, 200", Canned::web_page();
    "bare 502", text(502, "Bad gateway");
};

const KNOWN_AFTER: &[(&str, Answer)] = faults! { InsteadAfter:
    "hung up", text(404, HUNG_UP);
    "a look, 200", Canned::new(200, "{}");
    "web page, 200", Canned::web_page();
    "bare 502", text(502, "Bad gateway");
    "bare 404", text(404, "Not Found");
};

/// Of a proxy of which nothing is known: a no in plain text is nobody's.
macro_rules! unknown {
    ($effect:ident) => {
        faults! { $effect:
            "bare 400", text(400, "Bad request");
            "bare 401", text(401, "Sign in");
            "bare 403", text(403, "Forbidden");
            "bare 404", text(404, "Not Found");
            "bare 429", text(429, "Too many");
            "bare 502", text(502, "Bad gateway");
            "a look, 200", Canned::new(200, "{}");
            "web page, 200", Canned::web_page();
        }
    };
}

const UNKNOWN_BEFORE: &[(&str, Answer)] = unknown!(InsteadBefore);

const UNKNOWN_AFTER: &[(&str, Answer)] = unknown!(InsteadAfter);

/// Of any proxy: nothing comes back, or not all of it.
const SILENT_BEFORE: &[(&str, Answer)] = &[
    ("cut", || Effect::CutBefore),
    ("body cut", || Effect::CutBodyBefore),
    ("black hole", || Effect::HoldBefore(Hold::new())),
    ("half of the JSON", || Effect::WrongJsonBefore),
];

const SILENT_AFTER: &[(&str, Answer)] = &[
    ("cut", || Effect::CutAfter),
    ("body cut", || Effect::CutBody),
    ("black hole", || Effect::HoldAfter(Hold::new())),
    ("half of the JSON", || Effect::WrongJson),
];

fn cors_anywhere() -> Between {
    let base = ProxyBase::parse("https://proxy.example.com").expect("an address");
    let template = Preset::find("cors-anywhere").expect("a preset").at(base, "");
    Between::of(&Proxy::of(template).expect("a proxy"))
}

/// One that takes the address in its query.
fn unknown() -> Between {
    let base = ProxyBase::parse("https://proxy.example.com").expect("an address");
    let template = Template::of(Kind::Query { base, parameter: "url".to_owned() });
    Between::of(&Proxy::of(template).expect("a proxy"))
}

/// How a change ends through a proxy that does this to it; and where nothing can be read after it.
fn ends(column: &'static Column, between: &Between, fault: Answer, is_read_back: bool) -> (String, usize) {
    let mut scene = Scene::new(column.plain);
    scene.fail(Point::Send, fault());
    if !is_read_back {
        scene.fail_often(Point::Read(Purpose::Settle), 99, Effect::InsteadBefore(page(502)));
    }
    let end = scene.play_through(between.clone());
    let applied = end.scene.site.with(Server::counters).applied;
    (end.cell(), applied)
}

/// A proxy by its name, and what it does before and after the provider has the change.
type Kinds<'k> = (&'k str, &'k Between, &'k [(&'k str, Answer)], &'k [(&'k str, Answer)]);

#[test]
fn no_fault_of_a_proxy_is_taken_for_the_providers_word() {
    let (relay, known, unknown) = (Between::Relay, cors_anywhere(), unknown());
    let kinds = [
        ("relay", &relay, RELAY_BEFORE, RELAY_AFTER),
        ("known", &known, KNOWN_BEFORE, KNOWN_AFTER),
        ("unknown", &unknown, UNKNOWN_BEFORE, UNKNOWN_AFTER),
    ];
    let kinds = kinds.iter().flat_map(|(name, between, before, after)| {
        [(*name, *between, *before, *after), (*name, *between, SILENT_BEFORE, SILENT_AFTER)]
    });
    let kinds: Vec<_> = kinds.collect();
    let count = |of: fn(&Kinds) -> usize| -> usize { kinds.iter().map(of).sum() };
    let (before, after) = (count(|kind| kind.2.len()), count(|kind| kind.3.len()));
    let play = |column: &'static Column| -> Vec<String> {
        let mut wrong = Vec::new();
        for is_read_back in [true, false] {
            for (name, between, before, after) in &kinds {
                let all =
                    before.iter().map(|fault| (false, fault)).chain(after.iter().map(|fault| (true, fault)));
                for (is_after, (fault_name, fault)) in all {
                    let (cell, applied) = ends(column, between, *fault, is_read_back);
                    let word = cell.rsplit_once(' ').map_or(cell.as_str(), |(word, _)| word);
                    // The provider's own yes may get through, where it is no more than a status.
                    let own = fault_name.starts_with("body") || fault_name.starts_with("half");
                    let holds = match is_after {
                        true => {
                            let words = ["Confirmed", "Unknown", if own { "Accepted" } else { "" }];
                            applied == 1 && words.contains(&word)
                        }
                        // What was sent again and is there then, is confirmed rightly.
                        false => applied == 1 || !(word == "Confirmed" || word == "Accepted" && !own),
                    };
                    if !holds {
                        let when = if is_after { "after" } else { "before" };
                        wrong.push(format!(
                            "{} {when} {name} {fault_name}: {cell}, applied {applied}",
                            column.name
                        ));
                    }
                }
            }
        }
        wrong
    };
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let threads: Vec<_> = COLUMNS.iter().map(|column| scope.spawn(move || play(column))).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("a column")).collect()
    });
    let table = format!(
        "\nFaults of proxies, each with and without a reading after it, at {} providers:\n\
         {before} before the provider has the change, {after} after it was applied: {} runs, {} that end wrongly\n",
        COLUMNS.len(),
        (before + after) * 2 * COLUMNS.len(),
        wrong.len()
    );
    stderr().write_all(table.as_bytes()).expect("the terminal is there");
    assert_eq!(wrong, Vec::<String>::new());
}
