use super::super::{Address, Kind, Proxy, ProxyBase, SegmentFault, Target, query_value, segment};
use super::*;
use crate::transport::percent::is_path;
use proptest::prelude::*;
use serde_json::{Value, json};

#[test]
fn any_text_is_one_segment_or_refused_with_the_reason() {
    fn check(text: &str, expected: Result<&str, SegmentFault>) {
        assert_eq!(segment(text), expected.map(str::to_owned), "{text:?}");
    }
    check("usr_123", Ok("usr_123"));
    check("aZ09-._~", Ok("aZ09-._~"));
    check("a/b", Ok("a%2Fb"));
    check("a?b#c", Ok("a%3Fb%23c"));
    check("50%", Ok("50%25"));
    check("%2F", Ok("%252F"));
    check("%2e%2e", Ok("%252e%252e"));
    check("a\\b", Ok("a%5Cb"));
    check("a b+c&d=e", Ok("a%20b%2Bc%26d%3De"));
    check("jo@example.com", Ok("jo%40example.com"));
    check("Zoë", Ok("Zo%C3%AB"));
    check("会议", Ok("%E4%BC%9A%E8%AE%AE"));
    check("🦀", Ok("%F0%9F%A6%80"));
    check("...", Ok("..."));
    check(".a", Ok(".a"));
    check(" ", Ok("%20"));
    check("", Err(SegmentFault::Empty));
    check(".", Err(SegmentFault::Dots));
    check("..", Err(SegmentFault::Dots));
    check("a\nb", Err(SegmentFault::Control));
    check("a\0", Err(SegmentFault::Control));
    check("a\u{85}b", Err(SegmentFault::Control));
}

#[test]
fn segment_faults_name_the_box_and_the_cure() {
    for fault in [SegmentFault::Empty, SegmentFault::Dots, SegmentFault::Control] {
        let words = fault.words("member id").text();
        assert!(words.contains("member id") && words.ends_with('.'), "{words}");
    }
}

#[test]
fn a_query_value_is_encoded_once() {
    assert_eq!(query_value("a=1&b=ü /?"), "a%3D1%26b%3D%C3%BC%20%2F%3F");
    assert_eq!(query_value(""), "");
}

#[test]
fn a_path_is_what_a_browser_sends_as_it_stands() {
    fn check(path: &str, expected: bool) {
        assert_eq!(is_path(path), expected, "{path:?}");
    }
    for good in ["/", "/v1", "/v1/members/a%2Fb", "/v1/", "/a:b@c;d=e", "/...", "/.well-known", "/%2e%2e%2e"]
    {
        check(good, true);
    }
    for bad in [
        "",
        "v1",
        "//",
        "/v1//x",
        "/.",
        "/..",
        "/a/../b",
        "/a/./b",
        "/%2e",
        "/%2E%2e/x",
        "/.%2e/x",
        "/a?b",
        "/a#b",
        "/a b",
        "/a\\b",
        "/ü",
        "/50%",
        "/%2",
        "/%zz",
        "/a\nb",
    ] {
        check(bad, false);
    }
}

#[test]
fn a_hole_is_shown_by_its_name_in_capitals() {
    fn check(secret: &str, expected: &str) {
        assert_eq!(Text::hole(secret, Escape::Raw).view(), expected);
    }
    check("token", "$TOKEN");
    check("appSecret", "$APPSECRET");
    check("app-secret.2", "$APP_SECRET_2");
    check("clé", "$CL_");
}

#[test]
fn plain_pieces_side_by_side_are_one() {
    let mut text = Text::plain("Bearer");
    text.push(Piece::Plain(" ".into()));
    text.push(Piece::Plain(String::new()));
    text.append(Text::hole("token", Escape::Raw));
    text.push_plain("");
    text.push_plain("!");
    assert_eq!(text.0.len(), 3);
    assert_eq!(text.view(), "Bearer $TOKEN!");
    assert_eq!(text.holes().collect::<Vec<_>>(), ["token"]);
    assert!(Text::plain("").is_empty() && Text::default().is_empty() && !text.is_empty());
}

#[test]
fn a_body_has_its_holes_where_the_pointers_say() {
    fn check(value: Value, holes: &[(&str, &str)], expected: &str) {
        assert_eq!(body_json(&value, holes).view(), expected);
    }
    check(json!({"b": 1, "a": [true, null]}), &[], r#"{"b":1,"a":[true,null]}"#);
    check(
        json!({"appId": "x", "appSecret": ""}),
        &[("/appSecret", "app")],
        r#"{"appId":"x","appSecret":"$APP"}"#,
    );
    check(json!({"a": 1}), &[("/password", "password")], r#"{"a":1,"password":"$PASSWORD"}"#);
    check(json!({}), &[("/a/b", "x"), ("/a/c", "y")], r#"{"a":{"b":"$X","c":"$Y"}}"#);
    check(json!({"a": [1, 2]}), &[("/a/1", "x")], r#"{"a":[1,"$X"]}"#);
    check(json!({"a": []}), &[("/a/-", "x")], r#"{"a":["$X"]}"#);
    check(json!({"a": 5}), &[("/a/b", "x")], r#"{"a":{"b":"$X"}}"#);
    check(json!({"a/b": 1, "c~d": 2}), &[("/a~1b", "x"), ("/c~0d", "y")], r#"{"a/b":"$X","c~d":"$Y"}"#);
    check(json!({"": 1}), &[("/", "x")], r#"{"":"$X"}"#);
    check(json!(null), &[("", "x")], r#""$X""#);
    check(json!({"q\"": "\n"}), &[("/z", "x")], r#"{"q\"":"\n","z":"$X"}"#);
    check(json!({"b": {}, "c": []}), &[("/a", "x")], r#"{"b":{},"c":[],"a":"$X"}"#);
}

#[test]
fn a_body_keeps_the_digits_of_its_numbers() {
    let value: Value = serde_json::from_str("{\"n\":1.50,\"big\":12345678901234567890123}").unwrap();
    assert_eq!(body_json(&value, &[]).view(), "{\"n\":1.50,\"big\":12345678901234567890123}");
}

#[test]
fn a_view_shows_the_way_and_no_secret() {
    fn check(kind: Kind, expected: &str) {
        let proxy = Proxy::new(kind, vec![("X-Requested-With".into(), "memberdesk".into())]).unwrap();
        let mut query = Text::plain("guid=");
        query.append(Text::hole("panel", Escape::Query));
        let mut bearer = Text::plain("Bearer ");
        bearer.append(Text::hole("token", Escape::Raw));
        let request = Request {
            method: Method::Put,
            provider: "p".into(),
            server: "p-live".into(),
            account: String::new(),
            path: Text::plain("/v1/members/a%2Fb"),
            query,
            headers: vec![("Authorization".into(), bearer)],
            body: Some(body_json(&json!({"a": 1}), &[("/b", "app-secret")])),
        };
        let target = Target {
            server: "p-live".into(),
            address: Address::parse("https://api.example").ok(),
            typed: false,
        };
        let view = request.view(&target, &proxy).unwrap();
        assert_eq!(view.method.as_str(), "PUT");
        assert_eq!(view.url, expected);
        assert_eq!(view.headers[0], ("Authorization".into(), "Bearer $TOKEN".into()));
        assert_eq!(view.headers[1], ("X-Requested-With".into(), "memberdesk".into()));
        assert_eq!(view.body.as_deref(), Some(r#"{"a":1,"b":"$APP_SECRET"}"#));
    }
    let base = || ProxyBase::parse("https://relay.example").unwrap();
    check(Kind::None, "https://api.example/v1/members/a%2Fb?guid=$PANEL");
    check(Kind::PathMap { base: base() }, "https://relay.example/p-live/v1/members/a%2Fb?guid=$PANEL");
    check(
        Kind::Query { base: base(), parameter: "url".into() },
        "https://relay.example?url=https%3A%2F%2Fapi.example%2Fv1%2Fmembers%2Fa%252Fb%3Fguid%3D$PANEL",
    );
}

#[test]
fn a_method_is_one_of_four() {
    for method in Method::ALL {
        assert_eq!(Method::parse(method.as_str()), Some(method));
    }
    for other in ["get", "DELETE", "", "TRACE"] {
        assert_eq!(Method::parse(other), None);
    }
}

proptest! {
    #[test]
    fn a_segment_comes_back_as_it_was(text: String) {
        if let Ok(encoded) = segment(&text) {
            prop_assert!(encoded.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte)));
            prop_assert!(is_path(&["/", &encoded].concat()));
            prop_assert_eq!(decoded(&encoded), text);
        }
    }

    #[test]
    fn no_hole_of_a_body_is_dropped(keys in proptest::collection::vec("[a-z0-9~/]{0,3}", 1..4), texts: Vec<String>) {
        let pointer = keys.iter().map(|key| format!("/{}", key.replace('~', "~0").replace('/', "~1")));
        let pointer: String = pointer.collect();
        for value in [json!(texts), json!({"a": texts}), json!(texts.concat())] {
            let body = body_json(&value, &[(&pointer, "token")]);
            prop_assert_eq!(body.holes().count(), 1);
            let parsed: Value = serde_json::from_str(&body.view()).unwrap();
            prop_assert!(parsed.to_string().contains("$TOKEN"));
        }
    }
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let hex = |byte: u8| char::from(byte).to_digit(16).unwrap() as u8;
        bytes.push(if byte == b'%' {
            hex(rest.next().unwrap()) * 16 + hex(rest.next().unwrap())
        } else {
            byte
        });
    }
    String::from_utf8(bytes).unwrap()
}
