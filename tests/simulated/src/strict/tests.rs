use super::*;

#[test]
fn a_body_is_one_object() {
    let check = |body: &str, words: &str| {
        let problem = object(body.as_bytes()).expect_err(body);
        assert!(problem.starts_with(words), "{body}: {problem}");
    };
    for body in ["[]", "null", "\"{}\"", "7"] {
        check(body, "the body is not a JSON object");
    }
    for body in ["", "{", "{}{}", "{,}", "{\"a\":1,}", "{'a':1}", "{\"a\":01}", "\u{feff}{}"] {
        check(body, "the body is not JSON");
    }
    let deep = format!("{{\"a\":{}{}}}", "[".repeat(500), "]".repeat(500));
    check(&deep, "the body is not JSON: recursion limit exceeded");
    assert_eq!(object(b" { } ").map(|object| object.len()), Ok(0));
}

#[test]
fn no_key_comes_twice_however_it_is_spelled() {
    let check = |body: &str, key: Option<&str>| {
        let expected = key.map_or(Ok(()), |key| Err(format!("the key \"{key}\" comes twice")));
        assert_eq!(object(body.as_bytes()).map(|_| ()), expected, "{body}");
    };
    check(r#"{"a":1,"b":{"a":[{"a":2},{"a":3}]},"c":"a"}"#, None);
    check(r#"{"a":["a","a","}",{}],"b":"\",\"a\":"}"#, None);
    check(r#"{"a":1,"a":1}"#, Some("a"));
    check(r#"{"a":{"b":{}},"a":1}"#, Some("a"));
    check(r#"{"a":[0,{"x\\":1, "b" : 2 ,"\u0062":3}]}"#, Some("b"));
    check(r#"{"\"":1,"\u0022":2}"#, Some("\""));
}

#[test]
fn addresses_have_one_sign_and_a_domain() {
    for text in ["john@example.com", "zoe+rockets@sub.example.de", "jürgen@größe.example"] {
        assert!(is_email(text), "{text}");
    }
    for text in ["", "john", "@example.com", "john@", "john@example", "john@.com", "a@b@c.de", "j n@a.de"] {
        assert!(!is_email(text), "{text}");
    }
}
