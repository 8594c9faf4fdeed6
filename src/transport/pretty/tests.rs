use proptest::prelude::*;
use serde_json::Value;

use super::{Kind, lay_out};

fn text(body: &str, most: usize) -> (String, bool) {
    let (tokens, cut) = lay_out(body, most);
    (tokens.into_iter().map(|token| token.text).collect(), cut)
}

#[test]
fn each_member_has_a_line_and_nothing_is_written_anew() {
    let check = |body: &str, expected: &str| assert_eq!(text(body, 9999), (expected.to_string(), false));
    check(
        r#" {"b":90071992547409931234,"a":[1.50,-0.0,{"x":null}],"é":"\u00e9 \" {", "b":{}, "c":[ ]} "#,
        "{\n  \"b\": 90071992547409931234,\n  \"a\": [\n    1.50,\n    -0.0,\n    {\n      \"x\": null\n    }\n  ],\n  \
         \"é\": \"\\u00e9 \\\" {\",\n  \"b\": {},\n  \"c\": []\n}",
    );
    check("[[],[[]]]", "[\n  [],\n  [\n    []\n  ]\n]");
    check("true", "true");
    check("", "");
    check("•••", "•••");
    check("<h1>No</h1>", "<h1>No</h1>");
    check("{\"a\":1", "{\"a\":1");
}

#[test]
fn each_piece_says_what_it_is() {
    let (tokens, _) = lay_out(r#"{"a":"x","b":[1,true]}"#, 99);
    let told: Vec<(Kind, &str)> = tokens
        .iter()
        .filter(|own| own.kind != Kind::Plain)
        .map(|own| (own.kind, own.text.as_str()))
        .collect();
    let expected = [
        (Kind::Key, "\"a\""),
        (Kind::Text, "\"x\""),
        (Kind::Key, "\"b\""),
        (Kind::Number, "1"),
        (Kind::Word, "true"),
    ];
    assert_eq!(told, expected);
}

#[test]
fn what_is_endless_ends() {
    assert_eq!(text("abcdef", 3), ("abc".to_string(), true));
    assert_eq!(text(r#"["éééééé"]"#, 8), ("[\n  \"ééé".to_string(), true));
    let deep = ["[".repeat(100), "]".repeat(100)].concat();
    assert!(text(&deep, 50).1);
}

proptest! {
    #[test]
    fn it_means_what_was_said(text in "\\PC{0,20}", numbers in proptest::collection::vec(any::<f64>(), 0..4)) {
        let numbers: Vec<f64> = numbers.into_iter().filter(|number| number.is_finite()).collect();
        let body = serde_json::json!({ &text: [text, { "n": numbers }], "": {} }).to_string();
        let (laid_out, _) = self::text(&body, 99_999);
        let read = |body: &str| serde_json::from_str::<Value>(body).expect("JSON");
        prop_assert_eq!(read(&laid_out), read(&body));
    }

    #[test]
    fn any_text_is_laid_out(text in "\\PC{0,40}|[\\[\\]{},:\" 1a\\\\]{0,12}", most in 0_usize..50) {
        let (laid_out, cut) = self::text(&text, most);
        prop_assert!(cut || laid_out.len() >= text.trim().len().min(1));
        prop_assert!(laid_out.chars().count() <= most);
    }
}
