use super::*;
use proptest::prelude::*;
use serde_json::json;

fn response(body: &str) -> Response {
    let headers = vec![("retry-after".to_owned(), "5".to_owned()), ("ETag".to_owned(), "x".to_owned())];
    Response { status: 200, headers, body: body.to_owned(), url: None }
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
fn silence_after_sending_may_be_success() {
    fn check(silence: NoAnswer, expected: Sent) {
        assert_eq!(silence.sent(), expected, "{silence:?}");
    }
    check(NoAnswer::Offline, Sent::No);
    check(NoAnswer::NotAllowed, Sent::No);
    check(NoAnswer::BadAddress("no".into()), Sent::No);
    check(NoAnswer::Redirected, Sent::No);
    check(NoAnswer::Failed, Sent::Maybe);
    check(NoAnswer::TimedOut, Sent::Maybe);
    check(NoAnswer::Cancelled, Sent::Maybe);
    check(NoAnswer::CutBody { status: 200 }, Sent::Maybe);
}

proptest! {
    #[test]
    fn any_body_is_read_or_not(body: String) {
        let _ = response(&body).json();
    }
}
