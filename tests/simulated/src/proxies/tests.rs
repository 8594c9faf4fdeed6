use serde_json::{Value, json};

use super::{Dialect, start};
use crate::client::{Client, Got};
use crate::server::Server;
use crate::{Effect, Fault, webex};

fn provider() -> Server {
    Server::start(0, webex::seed).expect("a port is free")
}

fn membership(provider: &Server) -> String {
    format!("{}/v1/memberships/{}", provider.address(), webex::MODERATED_MEMBER)
}

fn headers() -> [(&'static str, &'static str); 3] {
    let authorization: &'static str = Box::leak(format!("Bearer {}", webex::TOKEN).into_boxed_str());
    [
        ("Authorization", authorization),
        ("Content-Type", "application/json"),
        ("Origin", "http://page.example"),
    ]
}

fn is_moderator(got: &Got) -> Value {
    got.json()["isModerator"].clone()
}

const CHANGE: &str = r#"{"isModerator":true,"isRoomHidden":false}"#;

#[test]
fn a_prefix_passes_everything_and_tells_where_it_came_to() {
    let (provider, proxy) = (provider(), start(Dialect::CorsAnywhere).expect("a port is free"));
    let mut client = Client::connect(&proxy.address());
    let target = format!("/{}", membership(&provider));
    let got = client.ask("PUT", &target, &headers(), Some(CHANGE));
    assert_eq!((got.status, is_moderator(&got)), (200, json!(true)));
    assert_eq!(got.header("X-Final-URL"), Some(membership(&provider).as_str()));
    assert_eq!(got.header("Access-Control-Allow-Origin"), Some("*"));
    assert_eq!(provider.counters().applied, 1);
}

#[test]
fn a_redirect_turns_a_change_into_a_look() {
    let (provider, proxy) = (provider(), start(Dialect::CorsAnywhere).expect("a port is free"));
    let place = format!("/v1/memberships/{}", webex::MODERATED);
    let moved = Effect::Status {
        status: 302,
        headers: vec![("Location".to_owned(), place.clone())],
        body: String::new(),
    };
    provider.fail(Fault::once_on("PUT", moved));
    let mut client = Client::connect(&proxy.address());
    let target = format!("/{}", membership(&provider));
    let got = client.ask("PUT", &target, &headers(), Some(CHANGE));
    assert_eq!(got.status, 200);
    assert_eq!(got.header("X-Final-URL"), Some([provider.address(), place].concat().as_str()));
    assert_eq!(provider.counters().applied, 0);
    let methods: Vec<String> = provider.arrived().into_iter().map(|own| own.method).collect();
    assert_eq!(methods, ["PUT", "GET"]);
}

#[test]
fn a_prefix_words_its_own_errors() {
    let proxy = start(Dialect::CorsAnywhere).expect("a port is free");
    let mut client = Client::connect(&proxy.address());
    let mut check = |target: &str, headers: &[(&str, &str)], status: u16, start: &str| {
        let got = client.ask("GET", target, headers, None);
        let body = String::from_utf8_lossy(&got.body).into_owned();
        assert_eq!((got.status, body.starts_with(start)), (status, true), "{body}");
    };
    check("/http://127.0.0.1:9/", &[], 400, "Missing required request header");
    check("/", &headers(), 200, "This API enables cross-origin requests to anywhere.");
    check("/https://one.example/", &headers(), 404, "Invalid host:");
    let refused = "Not found because of proxy error: Error: connect ECONNREFUSED";
    check("/http://127.0.0.1:9/", &headers(), 404, refused);
}

#[test]
fn a_query_and_a_header_name_the_address() {
    let provider = provider();
    let encoded = membership(&provider).replace(':', "%3A").replace('/', "%2F");
    let query = start(Dialect::Query("url")).expect("a port is free");
    let mut client = Client::connect(&query.address());
    let got = client.ask("PUT", &format!("/?url={encoded}"), &headers(), Some(CHANGE));
    assert_eq!((got.status, is_moderator(&got)), (200, json!(true)));
    let header = start(Dialect::Header("X-Target-URL")).expect("a port is free");
    let mut client = Client::connect(&header.address());
    let address = membership(&provider);
    let with = [&headers()[..], &[("X-Target-URL", address.as_str())]].concat();
    let got = client.ask("PUT", "/in", &with, Some(r#"{"isModerator":false,"isRoomHidden":false}"#));
    assert_eq!((got.status, is_moderator(&got)), (200, json!(false)));
    let last = provider.arrived().pop().expect("a request");
    assert_eq!(last.header("X-Target-URL"), None);
    assert_eq!(client.ask("GET", "/in", &[], None).status, 400);
}

#[test]
fn an_envelope_has_the_request_and_the_answer_in_it() {
    let provider = provider();
    let proxy = start(Dialect::Proxyscotch { access_token: "own" }).expect("a port is free");
    let mut client = Client::connect(&proxy.address());
    let authorization = format!("Bearer {}", webex::TOKEN);
    let asked = |token: &str, url: &str| {
        let headers = json!({ "Authorization": authorization, "Content-Type": "application/json" });
        json!({ "accessToken": token, "method": "PUT", "url": url, "headers": headers, "data": CHANGE })
            .to_string()
    };
    let kind = [("Content-Type", "application/json")];
    let mut ask = |body: String| client.ask("POST", "/", &kind, Some(&body)).json();
    let got = ask(asked("own", &membership(&provider)));
    assert_eq!((&got["success"], &got["status"]), (&json!(true), &json!(200)));
    let inside: Value = serde_json::from_str(got["data"].as_str().expect("a text")).expect("JSON");
    assert_eq!(inside["isModerator"], json!(true));
    let refused = |got: Value, start: &str| {
        let message = got["data"]["message"].as_str().expect("a message").to_owned();
        assert_eq!((&got["success"], message.starts_with(start)), (&json!(false), true), "{message}");
    };
    refused(ask(asked("", &membership(&provider))), "Unauthorized request");
    refused(ask("[]".to_owned()), "Invalid request");
    refused(ask(asked("own", "http://127.0.0.1:9/")), "(Proxy Error) Request failed.");
    assert_eq!(provider.counters().applied, 1);
}

#[test]
fn what_is_added_comes_from_the_proxy_alone() {
    let provider = provider();
    let value = format!("Bearer {}", webex::TOKEN);
    let adding = Dialect::Adding { to: provider.address(), name: "Authorization", value };
    let proxy = start(adding).expect("a port is free");
    let mut client = Client::connect(&proxy.address());
    let got = client.ask("GET", &format!("/v1/memberships/{}", webex::MODERATED_MEMBER), &[], None);
    assert_eq!(got.status, 200);
    assert_eq!(proxy.arrived()[0].header("Authorization"), None);
    assert!(provider.arrived()[0].header("Authorization").is_some());
}

#[test]
fn a_bare_host_sends_no_policy() {
    let site = provider();
    let policy = ("Content-Security-Policy".to_owned(), "default-src 'none'".to_owned());
    let page = || Effect::Status { status: 200, headers: vec![policy.clone()], body: "{}".to_owned() };
    site.fail(Fault::once_on("GET", page()));
    site.fail(Fault::once_on("GET", page()));
    let mut client = Client::connect(&site.address());
    assert!(client.ask("GET", "/", &[], None).header("Content-Security-Policy").is_some());
    let host = start(Dialect::Bare { to: site.address() }).expect("a port is free");
    let got = Client::connect(&host.address()).ask("GET", "/", &[], None);
    assert_eq!((got.status, got.header("Content-Security-Policy")), (200, None));
}
