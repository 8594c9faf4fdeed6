use super::*;
use crate::transport::address::ProxyBase;
use crate::transport::proxy::preset::Preset;
use serde_json::json;

const ASKED: &str = "https://api.example/v1/members/7?x=1";

fn reading(id: &str) -> Reading {
    let base = ProxyBase::parse("https://proxy.example").expect("a base");
    let template = Preset::find(id).expect("a preset").at(base, "x");
    Reading::new(&Proxy::of(template).expect("a proxy"), ASKED)
}

fn read(id: &str, status: u16, headers: &[(&str, &str)], body: &str) -> Result<(u16, String), NoAnswer> {
    let headers = headers.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    let response = Response { status, headers, body: body.to_owned(), url: None, timing: Default::default() };
    reading(id).read(response).map(|response| (response.status, response.body))
}

fn own(code: &str, sent: Sent) -> Result<(u16, String), NoAnswer> {
    Err(NoAnswer::Proxy { code: (!code.is_empty()).then(|| code.to_owned()), sent })
}

#[test]
fn an_answer_is_taken_out_of_its_envelope() {
    let check = |data: serde_json::Value, expected: Result<(u16, String), NoAnswer>| {
        assert_eq!(read("proxyscotch", 200, &[], &data.to_string()), expected, "{data}");
    };
    let ok = |status: u16, body: &str| Ok((status, body.to_owned()));
    let whole = |more: serde_json::Value| {
        let mut all = json!({ "success": true, "isBinary": false, "status": 200, "headers": {}, "data": "" });
        let more = more.as_object().expect("an object").clone();
        all.as_object_mut().expect("an object").extend(more);
        all
    };
    check(whole(json!({ "data": "{\"id\":7}" })), ok(200, "{\"id\":7}"));
    check(whole(json!({ "status": 404, "data": "no" })), ok(404, "no"));
    check(whole(json!({ "status": 204 })), ok(204, ""));
    // Base64 without its padding.
    check(whole(json!({ "isBinary": true, "data": "eyJuIjoiw7wifQ" })), ok(200, "{\"n\":\"ü\"}"));
    check(whole(json!({ "isBinary": true, "data": "?" })), own("", Sent::Maybe));
    check(whole(json!({ "isBinary": true, "data": "/w" })), own("", Sent::Maybe));
    // A success that has no answer in it is none.
    check(whole(json!({ "status": "200" })), own("", Sent::Maybe));
    check(whole(json!({ "data": null })), own("", Sent::Maybe));
    check(json!({ "success": true }), own("", Sent::Maybe));
    check(json!({ "id": 7 }), own("", Sent::Maybe));
    check(json!([]), own("", Sent::Maybe));
}

#[test]
fn a_success_that_an_envelope_denies_is_none() {
    let check = |message: &str, code: &str, sent: Sent| {
        let body = json!({ "success": false, "data": { "message": message } });
        assert_eq!(read("proxyscotch", 200, &[], &body.to_string()), own(code, sent), "{message}");
    };
    check("(Proxy Error) Request failed.", "failed", Sent::Maybe);
    check("Invalid request.", "bad_request", Sent::No);
    check("Unauthorized request; you may need to set your access token", "access_token", Sent::No);
    check("Request cannot be to this destination.", "target_not_allowed", Sent::No);
    check("Something new.", "", Sent::Maybe);
    // It has an answer in it, and it says that it is none.
    let both = json!({ "success": false, "status": 200, "data": "{\"id\":7}", "headers": {} });
    assert_eq!(read("proxyscotch", 200, &[], &both.to_string()), own("", Sent::Maybe));
    // What is no envelope is not the provider's, whatever it says; a web page is told as one.
    assert_eq!(read("proxyscotch", 200, &[], "{\"id\":7}"), own("", Sent::Maybe));
    assert_eq!(read("proxyscotch", 502, &[], "Bad gateway"), own("", Sent::Maybe));
    let page = [("Content-Type", "text/html")];
    assert_eq!(read("proxyscotch", 502, &page, "<p>"), Ok((502, "<p>".to_owned())));
}

#[test]
fn the_headers_of_the_answer_are_those_in_the_envelope() {
    let body = json!({
        "success": true, "isBinary": false, "status": 429, "data": "{}", "headers": { "retry-after": "7", "n": 1 }
    });
    let headers = vec![("Content-Type".to_owned(), "application/json".to_owned())];
    let response =
        Response { status: 200, headers, body: body.to_string(), url: None, timing: Default::default() };
    let answer = reading("proxyscotch").read(response).expect("an answer");
    assert_eq!(answer.headers, [("retry-after".to_owned(), "7".to_owned())]);
}

#[test]
fn a_success_of_all_origins_is_what_it_says_inside() {
    let check = |body: serde_json::Value, expected: Result<(u16, String), NoAnswer>| {
        assert_eq!(read("allorigins", 200, &[], &body.to_string()), expected, "{body}");
    };
    let status = json!({ "url": ASKED, "content_type": "application/json", "http_code": 200 });
    check(json!({ "contents": "{}", "status": status }), Ok((200, "{}".to_owned())));
    check(json!({ "contents": "{}", "status": { "http_code": 404 } }), Ok((404, "{}".to_owned())));
    let failed = json!({ "url": ASKED, "error": { "code": "ECONNREFUSED" } });
    check(json!({ "contents": null, "status": failed }), own("", Sent::Maybe));
    let both = json!({ "http_code": 200, "error": { "code": "ECONNRESET" } });
    check(json!({ "contents": "{}", "status": both }), own("", Sent::Maybe));
    check(json!({ "id": 7 }), own("", Sent::Maybe));
}

#[test]
fn an_answer_from_elsewhere_is_none_whatever_its_status() {
    let check = |id: &str, header: (&str, &str), moved: bool| {
        for status in [200, 204, 404, 500] {
            let found = read(id, status, &[header], "{}");
            let expected = if moved { Err(NoAnswer::Redirected) } else { Ok((status, "{}".to_owned())) };
            assert_eq!(found, expected, "{id} {header:?} {status}");
        }
    };
    check("cors-anywhere", ("x-final-url", ASKED), false);
    check("cors-anywhere", ("x-final-url", "https://api.example/login"), true);
    check("scalar", ("x-forwarded-host", "https://elsewhere.example/v1/members/7?x=1"), true);
    check("scalar", ("x-forwarded-host", ASKED), false);
    // A host alone is another use of that header.
    check("scalar", ("x-forwarded-host", "api.example"), false);
    // A proxy that is not said to tell it does not.
    check("stoplight", ("x-final-url", "https://api.example/login"), false);
}
