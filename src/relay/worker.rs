//! The relay as a module Worker, in JavaScript.

use std::collections::BTreeMap;

use serde_json::json;

use super::{
    Relay, Route, Upstream,
    contract::{self, HIDDEN, SHOWN},
};

/// What it does; what it lets through stands before it.
const PROGRAM: &str = include_str!("worker/worker.js");

pub fn worker(relay: &Relay) -> String {
    let hidden: Vec<String> = HIDDEN.map(str::to_lowercase).into();
    let upstreams: String = relay.upstreams.iter().map(entry).collect();
    let constants = [
        ("METHODS", json!(contract::methods(relay))),
        ("ACCEPTED", json!(contract::accepted(relay))),
        ("EXPOSED", json!(contract::exposed(relay))),
        ("HIDDEN", json!(hidden)),
        ("SHOWN", json!(BTreeMap::from(SHOWN))),
        ("MOST_BYTES", json!(relay.limits.body_kibibytes * 1024)),
        ("ANSWER_MILLISECONDS", json!(relay.limits.answer_seconds * 1000)),
    ];
    let constants: String =
        constants.iter().map(|(name, value)| format!("const {name} = {value};\n")).collect();
    format!(
        "const BASE = {};\nconst ORIGINS = {};\nconst UPSTREAMS = {{\n{upstreams}}};\n{constants}\n{PROGRAM}",
        json!(relay.base),
        json!(relay.allowed_origins),
    )
}

/// Where a server is, what may be asked there, and with which headers.
fn entry(upstream: &Upstream) -> String {
    let address = &upstream.address;
    let url = format!("{}://{}{}", address.scheme(), address.authority(), address.path);
    let route = |route: &Route| format!("      {},\n", json!([route.method, route.pattern]));
    let routes: String = upstream.routes.iter().map(route).collect();
    format!(
        "  {}: {{\n    address: {},\n    headers: {},\n    routes: [\n{routes}    ],\n  }},\n",
        json!(upstream.slug),
        json!(url),
        json!(upstream.request_headers),
    )
}
