use proptest::collection::vec;
use proptest::prelude::*;

use super::redact;

#[test]
fn what_was_sent_is_not_repeated() {
    let check = |text: &str, expected: &str| assert_eq!(redact(text), expected, "{text}");
    check("", "");
    check("The service is closed.", "The service is closed.");
    check("Error 404: not found (try 12 times).", "Error 404: not found (try 12 times).");
    check(
        "No member found with member code AUniquePartnerCode and partner Guid 93A6D55C-D4E7-49FC-8D68-671165ADE463",
        "No member found with member code AUniquePartnerCode and partner Guid •••",
    );
    check(
        "Cannot Register MemberCode:16014400. An attribute is invalid: {\"BirthDate\":\"06/21/1992\"}",
        "Cannot Register MemberCode:•••. An attribute is invalid: •••",
    );
    check("Invalid date 06/21/1992, try again", "Invalid date •••, try again");
    check("ann@example.com is taken", "••• is taken");
    check("ann@example.com:taken", "•••");
    check("2020-01-01T12:00:00 is too early.", "••• is too early.");
    check("1601:4400", "•••");
    check("Code:1601", "Code:•••");
}

#[test]
fn nothing_in_quotes_is_repeated() {
    let check = |text: &str, expected: &str| assert_eq!(redact(text), expected, "{text}");
    check("Not \"John Smith\" but another", "Not ••• but another");
    check("Not \"John\" but another", "Not ••• but another");
    check("Not \"John A. Smith\", but \"Ann\".", "Not ••• but •••");
    check("Not “John Smith” nor ‘Ann Obi’.", "Not ••• nor •••");
    check("\"John Smith", "•••");
    check("It is \"", "It is •••");
    check("Value:\"John Smith\" but\n\"Lee Jones\" don't", "Value:••• but\n••• don't");
    check("(‘Ann Obi’) and more", "(•••");
}

#[test]
fn nothing_that_looks_like_json_is_repeated() {
    let check = |text: &str, expected: &str| assert_eq!(redact(text), expected, "{text}");
    check("{\"a\":1}", "•••");
    check("Bad: [1, 2] here", "Bad: ••• here");
    check("Bad {\"a\":{\"b\":1}} and {\"c\":2}.", "Bad •••.");
    check("broken { \"a\": 1", "broken •••");
    check("} turned { round", "} turned •••");
}

/// A word that says too much: an ID, a date, an address, a number.
fn telling() -> impl Strategy<Value = String> {
    prop_oneof![
        "[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}",
        (1900..2030u32, 1..13u32, 1..29u32)
            .prop_map(|(year, month, day)| format!("{month:02}/{day:02}/{year}")),
        (1900..2030u32, 1..13u32, 1..29u32)
            .prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}")),
        "[a-z]{2,8}\\.?[a-z]{1,8}@[a-z]{2,8}\\.(com|org|co\\.uk)",
        "[0-9]{4,16}",
    ]
}

/// What may stand beside it.
fn beside() -> impl Strategy<Value = String> {
    let mark = prop_oneof![
        Just(""),
        Just(" "),
        Just("\""),
        Just("'"),
        Just("“"),
        Just("("),
        Just(")"),
        Just("."),
        Just(","),
        Just(":"),
        Just(";"),
        Just("="),
        Just("Code:"),
        Just("{"),
        Just("}"),
        Just("["),
        Just("]"),
        Just("\n"),
        Just("\t"),
        Just("the "),
        Just(" and "),
        Just("é"),
        Just("•"),
        Just("7"),
        Just("x:y:")
    ];
    vec(mark, 0..6).prop_map(|marks| marks.concat())
}

proptest! {
    #[test]
    fn what_says_too_much_is_never_left(word in telling(), before in beside(), after in beside()) {
        let text = [&before, word.as_str(), &after].concat();
        let out = redact(&text);
        prop_assert!(!out.contains(&word), "{} from {}", out, text);
        let twice = redact(&["A ", &word, " and ", &word, " ", &text].concat());
        prop_assert!(!twice.contains(&word), "{}", twice);
    }

    #[test]
    fn any_text_is_redacted_and_no_longer_number_is_left(text in any::<String>()) {
        let out = redact(&text);
        let digits = out.split(|c: char| !c.is_ascii_digit()).map(str::len).max();
        prop_assert!(digits.unwrap_or_default() < 4, "{}", out);
        prop_assert!(!out.contains('@'), "{}", out);
    }

    #[test]
    fn a_plain_sentence_is_left_as_it_is(words in vec("[A-Za-z]{1,9}", 1..9)) {
        let sentence = [&words.join(" "), "."].concat();
        prop_assert_eq!(redact(&sentence), sentence);
    }
}
