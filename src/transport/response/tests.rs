use super::*;
use proptest::prelude::*;
use serde_json::json;

fn response(body: &str) -> Response {
    let headers = vec![("retry-after".to_owned(), "5".to_owned()), ("ETag".to_owned(), "x".to_owned())];
    Response { status: 200, headers, body: body.to_owned(), url: None, timing: Default::default() }
}

#[test]
fn a_header_is_found_in_any_case() {
    let response = response("");
    assert_eq!(response.header("Retry-After"), Some("5"));
    assert_eq!(response.header("etag"), Some("x"));
    assert_eq!(response.header("Date"), None);
}

#[test]
fn a_body_is_json_or_not() {
    fn check(body: &str, expected: Option<Value>) {
        assert_eq!(response(body).json(), expected, "{:.40}", body);
    }
    check(r#"{"a":[1,null]}"#, Some(json!({"a": [1, null]})));
    check("\"x\"", Some(json!("x")));
    check("", None);
    check("<html>", None);
    check("{\"a\":1} x", None);
    check(&"[".repeat(1_000_000), None);
    check(&format!("{}{}", "[".repeat(100_000), "]".repeat(100_000)), None);
    check(&"{\"a\":".repeat(500_000), None);
}

#[test]
fn a_relay_says_that_it_is_one() {
    fn check(status: u16, body: &str, expected: bool) {
        assert_eq!(Response { status, ..response(body) }.is_of_relay(), expected, "{status} {body}");
    }
    check(200, r#"{"relay":1}"#, true);
    check(200, r#"{"relay":2}"#, false);
    check(404, r#"{"relay":1}"#, false);
    check(200, "<html>", false);
    check(200, "", false);
}

#[test]
fn silence_after_sending_may_be_success() {
    fn check(silence: NoAnswer, expected: Sent) {
        assert_eq!(silence.sent(), expected, "{silence:?}");
    }
    check(NoAnswer::Offline, Sent::No);
    check(NoAnswer::Withdrawn, Sent::No);
    check(NoAnswer::NotAllowed, Sent::No);
    check(NoAnswer::BadAddress("no".into()), Sent::No);
    check(NoAnswer::Redirected, Sent::No);
    check(NoAnswer::Failed, Sent::Maybe);
    check(NoAnswer::TimedOut, Sent::Maybe);
    check(NoAnswer::Cancelled, Sent::Maybe);
    check(NoAnswer::CutBody { status: 200 }, Sent::Maybe);
}

#[test]
fn an_answer_from_another_address_than_the_one_asked_for_has_moved() {
    fn check(asked: &str, name: &str, told: &str, expected: bool) {
        let headers = vec![(name.to_owned(), told.to_owned())];
        let response =
            Response { status: 200, headers, body: String::new(), url: None, timing: Default::default() };
        assert_eq!(response.moved(asked, name), expected, "{asked} {told}");
    }
    const ASKED: &str = "https://api.example/v1/members/a%2Fb?x=1";
    let final_url = "X-Final-URL";
    check(ASKED, final_url, ASKED, false);
    check(ASKED, "x-final-url", "https://api.example/login", true);
    // Through a proxy the address stands behind its own, as it is or percent-encoded.
    check(&["https://proxy.example/", ASKED].concat(), final_url, ASKED, false);
    check(&["https://proxy.example/", ASKED].concat(), final_url, "https://other.example/", true);
    let encoded = ["https://proxy.example/?url=", &crate::transport::query_value(ASKED)].concat();
    check(&encoded, final_url, ASKED, false);
    check(&encoded, final_url, "https://api.example/v1/members/c", true);
    // Another header of that name holds a host.
    check(ASKED, "X-Forwarded-Host", "other.example", false);
    check(ASKED, "X-Forwarded-Host", "https://other.example/", true);
    check(ASKED, final_url, "", false);
}

proptest! {
    #[test]
    fn any_body_is_read_or_not(body: String) {
        let _ = response(&body).json();
    }
}
