use super::Pattern;

#[test]
fn a_pattern_fits_the_whole_text_or_not_at_all() {
    let check = |pattern: &str, text: &str, expected: bool| {
        let fits = Pattern::parse(pattern).expect(pattern).fits(text);
        assert_eq!(fits, expected, "{pattern} on {text:?}");
    };
    check("^[0-9]+$", "0123456789012345678901", true);
    check("^[0-9]+$", "", false);
    check("^[0-9]+$", "12a", false);
    check("abc", "xabcx", false);
    check("^spc[A-Za-z0-9]{8,20}$", "spcjXzqVrjaP3", true);
    check("^spc[A-Za-z0-9]{8,20}$", "spc1234567", false);
    check("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", "f170371e-d9db-4d55-9d49-a111a89cf078", true);
    check("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", "f170371e-d9db-4d55-9d49", false);
    check("^(0[1-9]|1[0-2])/\\d{2}$", "12/31", true);
    check("^(0[1-9]|1[0-2])/\\d{2}$", "13/31", false);
    check("[^/?#]+", "a b", true);
    check("[^/?#]+", "a/b", false);
    check("a?b*c{2}", "bbcc", true);
    check("a?b*c{2}", "abc", false);
    check("(a|b|)c", "c", true);
    check("(ab*)*", "abbab", true);
    check("(a*)*b", "aaab", true);
    check("\\.\\[\\$", ".[$", true);
    check("[a-]", "-", true);
    check(".", "\u{1F600}", true);
    check("", "", true);
    check("(a?){3}b", "b", true);
    check("((){1000}){1000}", "", true);
    check("((a?){2}b?){3,}", "aabab", true);
}

#[test]
fn what_is_not_in_the_subset_is_refused() {
    for pattern in ["[", "[]", "(", ")", "a{", "a{2,1}", "*", "a**", "\\b", "(?=a)", "[z-a]", "a{1001}"] {
        assert_eq!(Pattern::parse(pattern), None, "{pattern}");
    }
}

#[test]
fn a_hostile_text_ends_soon() {
    let pattern = Pattern::parse("(a|aa)*b").expect("a pattern");
    assert!(!pattern.fits(&"a".repeat(600)));
}

#[test]
fn a_hostile_pattern_ends_soon_and_not_the_page() {
    let deep = |groups: usize, count: &str| {
        ["(".repeat(groups), ".".into(), ")".repeat(groups), count.into()].concat()
    };
    assert_eq!(Pattern::parse(&deep(100_000, "")), None);
    for hostile in ["((a?){1000}){1000}b", "(((a*)*)*)*b", &deep(50, "*"), &"a?".repeat(10_000)] {
        Pattern::parse(hostile).expect(hostile).fits(&"a".repeat(600));
    }
    assert!(Pattern::parse("((a|b)c?)*").expect("a pattern").fits(&"ab".repeat(100)));
}
