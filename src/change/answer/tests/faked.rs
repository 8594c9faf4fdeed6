//! Successes that a proxy makes up, from what it sends to what is said of it.

use serde_json::{Value as Json, json};

use super::{NOW, provider, words};
use crate::change::answer::Listener;
use crate::change::identity::Identity;
use crate::transport::proxy::preset::Preset;
use crate::transport::{
    Address, Between, Keyring, Method, Proxy, ProxyBase, Request, Response, Target, Text, sign,
};

const ADDRESS: &str = "https://api.example/v1/memberships/M";

/// What a call to that address comes to, of which a proxy says this.
fn verdict(preset: &str, on: &str, status: u16, headers: &[(&str, &str)], body: &str) -> String {
    let base = ProxyBase::parse("https://proxy.example").expect("a base");
    let template = Preset::find(preset).expect("a preset").at(base, "x");
    // Its own secret is another matter, and so is what it refuses to pass.
    let proxy = Proxy::of(crate::transport::Template { access_token: false, writes: true, ..template });
    let proxy = proxy.expect("a proxy");
    let address = Address::parse("https://api.example").ok();
    let target = Target { server: "webex".to_string(), address, typed: false };
    let request = Request {
        method: if on == "update" { Method::Put } else { Method::Get },
        provider: "webex".to_string(),
        server: "webex".to_string(),
        account: String::new(),
        path: Text::plain("/v1/memberships/M"),
        query: Text::default(),
        headers: Vec::new(),
        body: None,
    };
    let parts = sign(&request, &target, &proxy, &Keyring::default()).expect("it has no hole").into_parts();
    let headers = headers.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    let response =
        Response { status, headers, body: body.to_string(), url: None, timing: Default::default() };
    let answer = parts.reading.read(response);
    let (provider, identity) = (provider("webex"), Identity::none());
    let listener =
        Listener { provider: &provider, on, identity: &identity, between: Between::of(&proxy), now: NOW };
    words(&listener.verdict(&answer)).to_string()
}

/// The same for a read and for a change.
#[track_caller]
fn check(preset: &str, status: u16, headers: &[(&str, &str)], body: &Json, read: &str, update: &str) {
    let body = body.to_string();
    let found = ["read", "update"].map(|on| verdict(preset, on, status, headers, &body));
    assert_eq!(found, [read, update], "{preset} {status} {headers:?} {body}");
}

fn membership() -> Json {
    json!({ "id": "M", "roomId": "R" })
}

#[test]
fn a_change_that_became_a_look_is_no_success() {
    // cors-anywhere follows a redirect of a PUT with a GET, and gives the 200 of that.
    let moved = [("x-final-url", "https://other.example/v1/memberships/M")];
    check("cors-anywhere", 200, &moved, &membership(), "no: setup", "doubt: setup");
    check("cors-anywhere", 200, &[("x-final-url", ADDRESS)], &membership(), "yes", "yes");
    // Somebody took the header away: nobody knows.
    check("cors-anywhere", 200, &[], &membership(), "yes", "doubt: fault");
    let moved = [("x-forwarded-host", "https://api.example/else")];
    check("scalar", 200, &moved, &membership(), "no: setup", "doubt: setup");
    check("scalar", 200, &[("x-forwarded-host", ADDRESS)], &membership(), "yes", "yes");
    for silent in ["redocly", "stoplight", "query", "gateway", "corsproxy-io", "trunk"] {
        check(silent, 200, &[], &membership(), "yes", "doubt: fault");
    }
}

#[test]
fn an_envelope_that_says_no_is_no_success() {
    let failed = |message: &str| json!({ "success": false, "data": { "message": message } });
    let check = |body: Json, read: &str, update: &str| check("proxyscotch", 200, &[], &body, read, update);
    check(failed("(Proxy Error) Request failed."), "doubt: setup", "doubt: setup");
    check(failed("Invalid request."), "not sent: setup", "not sent: setup");
    check(failed("Unauthorized request; you may need …"), "not sent: setup", "not sent: setup");
    check(failed("Request cannot be to this destination."), "not sent: setup", "not sent: setup");
    let wrapped = |status: u16, body: &Json| {
        let data = body.to_string();
        json!({ "success": true, "isBinary": false, "status": status, "headers": {}, "data": data })
    };
    // It goes after redirects too, and tells nothing of it.
    check(wrapped(200, &membership()), "yes", "doubt: fault");
    let refusal = json!({ "message": "No.", "trackingId": "ROUTER_1" });
    check(wrapped(404, &refusal), "no: not_found", "doubt: not_found");
    // What looks like a record is none where it is not in an envelope.
    check(membership(), "doubt: setup", "doubt: setup");
}

#[test]
fn a_success_of_all_origins_that_holds_an_error_is_none() {
    let check = |body: Json, read: &str, update: &str| check("allorigins", 200, &[], &body, read, update);
    let error = json!({ "url": ADDRESS, "error": { "code": "ECONNREFUSED" } });
    check(json!({ "contents": null, "status": error }), "doubt: setup", "doubt: setup");
    let wrapped = |status: u16| {
        let status = json!({ "url": ADDRESS, "content_type": "application/json", "http_code": status });
        json!({ "contents": membership().to_string(), "status": status })
    };
    check(wrapped(200), "yes", "doubt: fault");
    check(wrapped(500), "doubt: setup", "doubt: setup");
    check(membership(), "doubt: setup", "doubt: setup");
}

#[test]
fn what_corsproxy_io_says_by_itself_is_not_the_providers_word() {
    for status in [400, 403, 404, 413, 429, 500] {
        let body = format!(r#"{{"error":{{"status":{status},"message":"No."}}}}"#);
        let found = ["read", "update"].map(|on| verdict("corsproxy-io", on, status, &[], &body));
        assert_eq!(found, ["doubt: setup"; 2], "{status}");
    }
    // The provider's own comes through as it is.
    let refusal = json!({ "message": "No.", "trackingId": "ROUTER_1" });
    check("corsproxy-io", 404, &[], &refusal, "no: not_found", "doubt: not_found");
}

#[test]
fn a_bare_404_of_a_proxy_is_not_a_member_who_is_not_there() {
    let refused = "Not found because of proxy error: Error: connect ECONNREFUSED 127.0.0.1:1";
    let cut = "Not found because of proxy error: Error: socket hang up";
    let plain = [("content-type", "text/plain")];
    let found =
        |preset: &str, body: &str| ["read", "update"].map(|on| verdict(preset, on, 404, &plain, body));
    // Who refused may be somebody that a redirect led to.
    assert_eq!(found("cors-anywhere", refused), ["doubt: setup"; 2]);
    assert_eq!(found("cors-anywhere", cut), ["doubt: setup"; 2]);
    for preset in ["relay", "cors-anywhere", "stoplight", "scalar", "gateway", "trunk"] {
        assert_eq!(found(preset, "Not Found"), ["doubt: setup"; 2], "{preset}");
    }
}
