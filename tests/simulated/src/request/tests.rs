use super::*;

fn with_target(target: &str) -> Request {
    Request {
        method: "GET".into(),
        target: target.into(),
        headers: Vec::new(),
        body: Vec::new(),
        raw: Vec::new(),
        keeps: true,
    }
}

#[test]
fn paths_are_cut_before_they_are_decoded() {
    let check = |target: &str, expected: Option<&[&str]>| {
        let segments = with_target(target).segments();
        assert_eq!(segments, expected.map(|parts| parts.iter().map(|part| part.to_string()).collect()));
    };
    check("/v1/rooms?max=1", Some(&["v1", "rooms"]));
    check("/v1/a%2Fb", Some(&["v1", "a/b"]));
    check("/v1/%E7%8E%8B", Some(&["v1", "王"]));
    check("/v1/rooms/", Some(&["v1", "rooms", ""]));
    check("/v1/%2", None);
    check("/v1/%G0", None);
    check("/v1/%FF", None);
    check("http://example.com/v1", None);
    check("*", None);
}

#[test]
fn queries_are_read_as_forms() {
    let check = |target: &str, expected: Option<&[(&str, &str)]>| {
        let pairs = with_target(target).query();
        let expected = expected
            .map(|pairs| pairs.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect());
        assert_eq!(pairs, expected);
    };
    check("/", Some(&[]));
    check("/?", Some(&[]));
    check("/?a=1&b&c=", Some(&[("a", "1"), ("b", ""), ("c", "")]));
    check("/?email=a%2Bb%40example.com&name=A+B", Some(&[("email", "a+b@example.com"), ("name", "A B")]));
    check("/?a=%", None);
}

#[test]
fn a_header_that_came_twice_has_no_value() {
    let mut request = with_target("/");
    request.headers = vec![("authorization".into(), "Bearer one".into())];
    assert_eq!(request.bearer(), Some("one"));
    request.headers.push(("Authorization".into(), "Bearer two".into()));
    assert_eq!(request.bearer(), None);
}
