use super::Template;

#[test]
fn filling_puts_each_name_in_its_place() {
    let check = |template: &str, expected: Option<&str>| {
        let filled = Template::parse(template).expect("a template").fill(|name| match name {
            "a" => Some("1".to_string()),
            "b" => Some("2".to_string()),
            _ => None,
        });
        assert_eq!(filled.as_deref(), expected, "{template}");
    };
    check("/x/{a}/y/{b}", Some("/x/1/y/2"));
    check("plain", Some("plain"));
    check("{unknown}", None);
}

#[test]
fn a_template_with_a_fault_is_refused() {
    for text in ["{", "}", "{}", "a}b", "{a}{b}", "{a b}", "{a", "x{a}}"] {
        assert_eq!(Template::parse(text), None, "{text}");
    }
}

#[test]
fn reading_backwards_finds_what_the_names_stand_for() {
    let check = |template: &str, text: &str, expected: Option<&[(&str, &str)]>| {
        let template = Template::parse(template).expect("a template");
        assert_eq!(template.read(text).as_deref(), expected, "{text}");
    };
    let id = "ciscospark://{cluster}/MEMBERSHIP/{person}:{room}";
    check(id, "ciscospark://us/MEMBERSHIP/p:r", Some(&[("cluster", "us"), ("person", "p"), ("room", "r")]));
    check(
        id,
        "ciscospark://urn:TEAM:us-west-2_r/MEMBERSHIP/p:r",
        Some(&[("cluster", "urn:TEAM:us-west-2_r"), ("person", "p"), ("room", "r")]),
    );
    check(id, "ciscospark://us/ROOM/r", None);
    check("spc{rest}", "spc", None);
    check("spc{rest}", "spcA/b", None);
}
