//! What every relay says and hides, whatever program it is: version 1 of the contract with the page.

use std::collections::BTreeSet;

use super::{Relay, Upstream};

/// What the relay itself says about an answer; pages read these.
pub const MARKS: [&str; 4] = ["X-Relay", "X-Relay-Source", "X-Relay-Sent", "X-Relay-Id"];

/// What only a healthy answer of the relay's own has, so that a page can see that it may read them. They mean nothing.
pub const SHOWN: [(&str, &str); 2] = [("Retry-After", "0"), ("Link", "<healthz>; rel=\"self\"")];

/// What no form of another site can send: asked for with a change where a cookie signs in.
pub const FORGERY_HEADER: &str = "X-Requested-With";

/// Headers of an answer that are the relay's own business, or would speak for the relay's host.
pub const HIDDEN: [&str; 24] = [
    "Access-Control-Allow-Origin",
    "Access-Control-Allow-Credentials",
    "Access-Control-Allow-Methods",
    "Access-Control-Allow-Headers",
    "Access-Control-Expose-Headers",
    "Access-Control-Max-Age",
    "Alt-Svc",
    "Cache-Control",
    "Clear-Site-Data",
    "Content-Security-Policy",
    "Expires",
    "NEL",
    "Pragma",
    "Refresh",
    "Report-To",
    "Service-Worker-Allowed",
    "Set-Cookie",
    "Strict-Transport-Security",
    "Vary",
    "X-Content-Type-Options",
    "X-Relay",
    "X-Relay-Id",
    "X-Relay-Sent",
    "X-Relay-Source",
];

/// The relay's own refusals: the statuses of nginx, ours, and the word for it.
pub const REFUSALS: [(&str, u16, &str); 7] = [
    ("403", 403, "origin_not_allowed"),
    ("404", 404, "target_not_allowed"),
    ("405", 405, "method_not_allowed"),
    ("413", 413, "too_large"),
    ("429", 429, "rate_limited"),
    ("500 502 503", 502, "upstream_unreachable"),
    ("504", 504, "upstream_timeout"),
];

/// The methods that a browser may ask for.
pub fn methods(relay: &Relay) -> String {
    let routes = relay.upstreams.iter().flat_map(|upstream| &upstream.routes);
    let methods: BTreeSet<&str> = routes.map(|route| route.method.as_str()).chain(["GET"]).collect();
    methods.into_iter().collect::<Vec<_>>().join(", ")
}

/// The headers that a browser may send.
pub fn accepted(relay: &Relay) -> String {
    let forged = relay.sign_in.iter().map(|_| FORGERY_HEADER);
    let own = relay.own_headers.iter().map(String::as_str);
    joined(all(relay, |upstream| &upstream.request_headers).chain(forged).chain(own))
}

/// The headers that a page may read.
pub fn exposed(relay: &Relay) -> String {
    joined(MARKS.into_iter().chain(all(relay, |upstream| &upstream.response_headers)))
}

fn all<'r>(
    relay: &'r Relay,
    names: impl Fn(&'r Upstream) -> &'r BTreeSet<String>,
) -> impl Iterator<Item = &'r str> {
    let sorted: BTreeSet<&str> = relay.upstreams.iter().flat_map(names).map(String::as_str).collect();
    sorted.into_iter()
}

/// Each once, whatever its letters' size.
fn joined<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let mut seen = BTreeSet::new();
    let unique: Vec<&str> = names.filter(|name| seen.insert(name.to_lowercase())).collect();
    unique.join(", ")
}
