use super::{next, query};

#[test]
fn the_next_link_is_found_by_its_relation() {
    let check = |header: &str, expected: Option<&str>| assert_eq!(next(header), expected, "{header}");
    check(r#"<https://a.example/r?c=1>; rel="next""#, Some("https://a.example/r?c=1"));
    check(r#"<?c=1>; rel=next"#, Some("?c=1"));
    check(r#"<?c=1>; REL="prev Next""#, Some("?c=1"));
    check(r#"<?c=0>; rel="prev", <?c=2> ; rel="next", <?c=3>; rel="next""#, Some("?c=2"));
    check(r#"<?c=0,1;2>; title="a, <b>; \"rel=next"; rel="last", <?c=2>; rel="next""#, Some("?c=2"));
    // The first relation counts, and a link of something else does not.
    check(r#"<?c=1>; rel="first"; rel="next""#, None);
    check(r##"<?c=1>; rel="next"; anchor="#part""##, None);
    for header in
        ["", "next", "<", "<?c=1", "<?c=1>", "<?c=1>;", "<?c=1>; rel", "<?c=1>; rel=\"nex", "<>,,;=\"\\"]
    {
        check(header, None);
    }
    check("<?c=1>; rel=\"next", Some("?c=1"));
}

#[test]
fn only_the_query_of_a_link_to_the_same_path_is_used() {
    let check = |target: &str, expected: Option<&str>| {
        assert_eq!(query(target, "/v1/rooms").as_deref(), expected, "{target}");
    };
    check("https://a.example/v1/rooms?max=10&before&after=Y2lz", Some("max=10&before&after=Y2lz"));
    // Whatever host it names, the next page is asked for where the first was.
    check("http://inside.example:8080/v1/rooms?c=1", Some("c=1"));
    check("//inside.example/v1/rooms?c=1", Some("c=1"));
    check("https://a.example/base/v1/rooms?c=1#end", Some("c=1"));
    check("/v1/rooms?c=1", Some("c=1"));
    check("?c=1", Some("c=1"));
    // A defect of one provider.
    check("/v1/rooms?max=null&c=1&x=null", Some("c=1"));
    check("/v1/rooms?max=null", None);
    check("/v1/rooms", None);
    check("/v1/rooms?", None);
    // Elsewhere.
    check("https://a.example/v1/people?c=1", None);
    check("https://a.example?c=1", None);
    check("/v1/rooms/?c=1", None);
    check("/v1/rooms?c=a b", None);
    check("/v1/rooms?c=\"é\"", None);
    check("/v1/rooms?c=1\r\nX: y", None);
}
