use serde_json::{Value as Json, json};

use super::{Edit, check, check_entry, parse, tidy};
use crate::change::draft::{Draft, Entry};
use crate::change::problem::Problem;
use crate::change::row::Row;
use crate::change::value::Value;
use crate::provider::Provider;
use crate::provider::fault::Faults;
use crate::provider::field::Field;
use crate::provider::reader::Place;

fn field(file: Json) -> Field {
    let faults = Faults::default();
    let field = Field::read("key", &Place::new(&file, &faults)).expect("a field");
    assert_eq!(faults.into_list(), [], "{file}");
    field
}

/// A field of this type with further words.
fn of(kind: &str, more: Json) -> Field {
    let mut file = json!({ "label": "Box", "type": kind });
    for (key, value) in more.as_object().expect("an object") {
        file[key] = value.clone();
    }
    field(file)
}

fn provider(id: &str) -> Provider {
    let path = [env!("CARGO_MANIFEST_DIR"), "/providers/", id, ".json"].concat();
    Provider::parse(&std::fs::read_to_string(path).expect("a provider file")).expect("a provider")
}

fn text(text: &str) -> Entry {
    Entry::Text(text.to_string())
}

#[test]
fn what_nobody_can_see_is_not_part_of_a_text() {
    let check = |pasted: &str, expected: &str| assert_eq!(tidy(pasted), expected, "{pasted:?}");
    check("John", "John");
    check("  John\t", "John");
    check("\u{00A0}John\u{00A0}", "John");
    check("\u{3000}John\u{2003}", "John");
    check("\u{FEFF}John", "John");
    check("Jo\u{200B}hn\u{2060}", "John");
    check("Jo\u{00AD}hn", "John");
    check("\u{200B} \u{00A0}\u{200B}", "");
    check("Mary\u{00A0}Ann", "Mary\u{00A0}Ann");
    // These two make letters and emoji what they are.
    check("می\u{200C}خواهم", "می\u{200C}خواهم");
    check("👩\u{200D}🚀", "👩\u{200D}🚀");
}

#[test]
fn a_text_is_held_against_its_limits_in_utf_16_units() {
    let name = of("string", json!({ "maxLength": 32 }));
    let check = |typed: &str, problem: Option<Problem>| {
        assert_eq!(parse(&name, typed).err(), problem, "{typed:?}");
    };
    let long = |is| Some(Problem::TooLong { most: 32, is });
    check(&"a".repeat(32), None);
    check(&"a".repeat(33), long(33));
    check(&"é".repeat(32), None);
    check(&"\u{4E2D}".repeat(32), None);
    check(&"😀".repeat(16), None);
    check(&"😀".repeat(17), long(34));
    check(&["a", &"😀".repeat(16)].concat(), long(33));
    // One picture to the eye, eleven units on the wire.
    check(&"👨\u{200D}👩\u{200D}👧\u{200D}👦".repeat(2), None);
    check(&"👨\u{200D}👩\u{200D}👧\u{200D}👦".repeat(3), long(33));
    check(&[" ", &"a".repeat(32), "\u{00A0}\u{200B}"].concat(), None);
    check("", Some(Problem::ValueMissing));
    check(" \u{200B} ", Some(Problem::ValueMissing));
    check("a\u{0}b", Some(Problem::Unreadable));
    check("a\u{1B}b", Some(Problem::Unreadable));
    check("a\u{7F}b", Some(Problem::Unreadable));
}

#[test]
fn a_text_is_held_against_its_pattern_and_its_choices() {
    let check = |field: Field, typed: &str, expected: Result<Value, Problem>| {
        assert_eq!(parse(&field, typed), expected, "{typed:?}");
    };
    let yes = |text: &str| Ok(Value::Text(text.to_string()));
    let says = || of("string", json!({ "pattern": "[a-z]+", "says": "Small letters only." }));
    check(says(), " abc ", yes("abc"));
    let told = Problem::PatternMismatch(Some("Small letters only.".to_string()));
    check(says(), "aBc", Err(told));
    check(of("string", json!({ "pattern": "[a-z]+" })), "1", Err(Problem::PatternMismatch(None)));
    check(of("string", json!({ "minLength": 3 })), "ab", Err(Problem::TooShort { least: 3 }));
    let choice = || of("string", json!({ "enum": ["one", "two"] }));
    check(choice(), "two", yes("two"));
    let listed = Problem::NotListed(vec!["one".to_string(), "two".to_string()]);
    check(choice(), "Two", Err(listed));
    // What is only usual does not stand in the way.
    check(of("string", json!({ "usual": "[a-z]+" })), "123", yes("123"));
}

#[test]
fn yes_and_no_are_read_in_any_capitals_and_nothing_else_is() {
    let flag = of("boolean", json!({}));
    let check = |typed: &str, expected: Result<bool, Problem>| {
        assert_eq!(parse(&flag, typed), expected.map(Value::Flag), "{typed:?}");
    };
    for yes in ["yes", "Yes", " YES\u{00A0}", "true", "TRUE"] {
        check(yes, Ok(true));
    }
    for no in ["no", "No", "false", "FALSE\t"] {
        check(no, Ok(false));
    }
    for other in ["1", "0", "y", "on", "ja", "yes no", "null"] {
        check(other, Err(Problem::NotYesOrNo));
    }
    check("", Err(Problem::ValueMissing));
}

#[test]
fn a_number_keeps_all_its_digits() {
    let check = |kind: &str, typed: &str, fits: bool| {
        let expected =
            if fits { Ok(Value::Number(typed.trim().to_string())) } else { Err(Problem::NotANumber) };
        assert_eq!(parse(&of(kind, json!({})), typed), expected, "{kind} from {typed:?}");
    };
    for whole in ["0", "12", "-3", " 7 ", "9007199254740993", "123456789012345678901234567890"] {
        check("integer", whole, true);
        check("number", whole, true);
    }
    check("number", "1.50", true);
    check("number", "-0.25", true);
    check("integer", "1.5", false);
    for wrong in ["1.", ".5", "01", "1e5", "0x1", "1,5", "+1", "--1", "1 000", "١٢", "NaN", "-"] {
        check("integer", wrong, false);
        check("number", wrong, false);
    }
}

#[test]
fn a_list_is_read_in_the_forms_that_cells_and_boxes_have() {
    let list = || {
        let items = json!({ "label": "team", "pattern": "[a-z0-9]{2,4}", "says": "Two to four." });
        of("array", json!({ "items": items, "maxItems": 3 }))
    };
    let check = |typed: &str, expected: &[&str]| {
        let rows = expected.iter().map(|id| Row::new(*id)).collect();
        let value = parse(&list(), typed).expect(typed);
        assert_eq!(value, Value::List(rows), "{typed:?}");
        assert_eq!(value.text(), expected.join("; "), "{typed:?}");
    };
    check("aa", &["aa"]);
    check("aa; bb", &["aa", "bb"]);
    check("aa,bb", &["aa", "bb"]);
    check("aa\nbb\r\ncc", &["aa", "bb", "cc"]);
    check(" ; aa ;; bb , ", &["aa", "bb"]);
    check("\u{00A0}aa;\u{200B}bb\u{00A0}", &["aa", "bb"]);
    let check = |typed: &str, problem: Problem| {
        assert_eq!(parse(&list(), typed), Err(problem), "{typed:?}");
    };
    check("aa; bb; aa", Problem::RepeatedRow("aa".to_string()));
    check("aa; bb\u{200B}; bb", Problem::RepeatedRow("bb".to_string()));
    check("aa; b", Problem::PatternMismatch(Some("Two to four.".to_string())));
    check("aa bb", Problem::PatternMismatch(Some("Two to four.".to_string())));
    check("aa; bb; cc; dd", Problem::TooManyRows(3));
    check("", Problem::ValueMissing);
    // A list of separators is a blank too, and a blank never empties anything.
    for blank in [";", " , ", ";\n;", "\u{200B};"] {
        check(blank, Problem::ValueMissing);
    }
    let few = of("array", json!({ "items": { "label": "team" }, "minItems": 2 }));
    assert_eq!(parse(&few, "aa"), Err(Problem::TooFewRows(2)));
}

#[test]
fn each_kind_of_entry_becomes_its_edit_or_says_why_not() {
    let check = |field: &Field, entry: Entry, expected: Result<Option<Edit>, Problem>| {
        assert_eq!(check_entry(field, &entry), expected, "{entry:?}");
    };
    let name = of("string", json!({ "maxLength": 3 }));
    let clearable = of("string", json!({ "clear": { "by": null } }));
    let left_out = of("string", json!({ "clear": "omit" }));
    let fixed = of("string", json!({ "clear": { "no": "It must stay." } }));
    let list = of("array", json!({ "items": { "label": "team", "maxLength": 4 } }));
    check(&name, Entry::Keep, Ok(None));
    check(&clearable, Entry::Clear, Ok(Some(Edit::Clear)));
    check(&left_out, Entry::Clear, Ok(Some(Edit::Clear)));
    check(&fixed, Entry::Clear, Err(Problem::CannotClear("It must stay.".into())));
    assert!(matches!(check_entry(&name, &Entry::Clear), Err(Problem::CannotClear(_))));
    // A box that was emptied: why that is not enough is the field's to say.
    check(&clearable, text(""), Err(Problem::ValueMissing));
    check(&fixed, text(" "), Err(Problem::CannotClear("It must stay.".into())));
    assert!(matches!(check_entry(&name, &text("")), Err(Problem::CannotClear(_))));
    // What was on file may be put back though it would not be accepted if it were typed.
    let before = Value::Text(" far too long ".to_string());
    check(&name, Entry::AsRead(before.clone()), Ok(Some(Edit::Set(before))));
    let adjust = |add: &[&str], remove: &[&str]| Entry::Adjust {
        add: add.iter().map(|id| id.to_string()).collect(),
        remove: remove.iter().map(|id| id.to_string()).collect(),
    };
    check(&list, adjust(&[], &[]), Ok(None));
    let edit = Edit::Adjust { add: vec![Row::new("bb")], remove: vec!["aa".to_string()] };
    check(&list, adjust(&[" bb\u{00A0}"], &["aa"]), Ok(Some(edit)));
    check(&list, adjust(&["too-long"], &[]), Err(Problem::TooLong { most: 4, is: 8 }));
    check(&list, adjust(&["bb", "bb"], &[]), Err(Problem::RepeatedRow("bb".to_string())));
    check(&name, adjust(&["bb"], &[]), Err(Problem::Unreadable));
}

#[test]
fn an_email_is_one_address_of_a_name_and_a_domain() {
    let email = of("string", json!({ "format": "email" }));
    let check = |typed: &str, fits: bool| {
        let expected =
            if fits { Ok(Value::Text(typed.trim().to_string())) } else { Err(Problem::NotAnEmail) };
        assert_eq!(parse(&email, typed), expected, "{typed}");
    };
    for pasted in ["Ada <ada@example.com>", "mailto:ada@example.com", "“ada@example.com”"] {
        assert_eq!(parse(&email, pasted), Ok(Value::Text("ada@example.com".to_string())), "{pasted}");
    }
    for fits in
        ["a@b.co", " ada.obi+x@mail.example.com\u{00A0}", "o'neil@example.ie", "zoë@exämple.com", "1@2.3"]
    {
        check(fits, true);
    }
    let wrong = [
        "ada",
        "ada@",
        "@example.com",
        "ada@example",
        "ada@example.",
        "ada@.com",
        "ada@ex..com",
        "a b@example.com",
        "ada@exa mple.com",
        "ada@@example.com",
        "ada@b@example.com",
        "a,b@example.com",
        "ada@example.com; ben@example.com",
        "\"ada\"@example.com",
        "mailto:ada",
    ];
    wrong.into_iter().for_each(|typed| check(typed, false));
}

#[test]
fn an_address_begins_with_its_scheme_and_has_a_host() {
    let address = of("string", json!({ "format": "uri" }));
    let check = |typed: &str, fits: bool| {
        let expected = if fits { Ok(Value::Text(typed.to_string())) } else { Err(Problem::NotAnAddress) };
        assert_eq!(parse(&address, typed), expected, "{typed}");
    };
    for fits in
        ["https://example.com", "http://example.com/a?b#c", "https://exämple.com/ä.png", "https://[::1]/"]
    {
        check(fits, true);
    }
    for wrong in [
        "example.com",
        "https://",
        "https:///a",
        "ftp://example.com",
        "javascript:alert(1)",
        "HTTPS//example.com",
        "https://exa mple.com",
        "//example.com",
        "data:text/html,x",
    ] {
        check(wrong, false);
    }
}

#[test]
fn a_day_is_read_where_it_can_be_only_one() {
    let spelled = json!({ "read": ["M/D/YYYY"], "write": "MM/DD/YYYY" });
    let day = of("string", json!({ "format": "date", "as": spelled, "past": true }));
    let check = |typed: &str, expected: Result<Value, Problem>| {
        assert_eq!(parse(&day, typed), expected, "{typed}");
    };
    for fits in ["1985-06-21", "2024-02-29", "2999-12-31", "0001-01-01"] {
        check(fits, Ok(Value::Date(fits.to_string())));
    }
    check(" 1985-06-21\u{00A0}", Ok(Value::Date("1985-06-21".to_string())));
    for wrong in [
        "06/21/1985",
        "21.6.1985",
        "1985-6-21",
        "1985-02-30",
        "2023-02-29",
        "1985-13-01",
        "19850621",
        "1985-06-21T00",
    ] {
        check(wrong, Err(Problem::NotADate));
    }
    check("", Err(Problem::ValueMissing));
}

#[test]
fn rows_of_several_parts_are_read_from_one_text() {
    let properties = json!({
        "id": { "label": "Location", "type": "string" },
        "role": { "label": "Role", "type": "string", "shape": "list", "enum": ["admin", "editor"] }
    });
    let list = |more: Json| {
        let items = json!({ "label": "row", "type": "object", "key": "id", "properties": properties });
        let mut words = json!({ "items": items });
        more.as_object().expect("an object").iter().for_each(|(key, value)| words[key] = value.clone());
        of("array", words)
    };
    let check = |typed: &str, expected: &str| {
        let value = parse(&list(json!({})), typed).expect(typed);
        assert_eq!(value.text(), expected, "{typed}");
    };
    check("l1=admin; l2=editor+admin", "l1=admin; l2=editor+admin");
    check("l1=admin,editor\nl2=admin\n", "l1=admin+editor; l2=admin");
    check(" ; l1 = admin ;; ", "l1=admin");
    check(r"a\;b=admin; a\=b=editor", r"a\;b=admin; a\=b=editor");
    let check = |typed: &str, problem: Problem| {
        assert_eq!(parse(&list(json!({ "minItems": 1, "maxItems": 2 })), typed), Err(problem), "{typed}");
    };
    check("l1=admin; l1=editor", Problem::RepeatedRow("l1".to_string()));
    check("l1=admin; l2", Problem::PartMissing("Role".to_string()));
    check("l1=boss", Problem::NotListed(vec!["admin".to_string(), "editor".to_string()]));
    check("l1=admin; l2=admin; l3=admin", Problem::TooManyRows(2));
    check(";", Problem::ValueMissing);
}

#[test]
fn what_is_only_written_takes_nothing_that_could_be_shown() {
    let kept = json!({ "writeOnly": true, "to": "/p", "clear": { "no": "It stays." } });
    let password = of("string", kept);
    let check = |field: &Field, entry: Entry, expected: Result<Option<Edit>, Problem>| {
        assert_eq!(check_entry(field, &entry), expected, "{entry:?}");
    };
    check(&password, Entry::Hidden, Ok(Some(Edit::Set(Value::Hidden))));
    check(&password, Entry::Keep, Ok(None));
    check(&password, text("secret"), Err(Problem::Unreadable));
    let stays = || Err(Problem::CannotClear("It stays.".into()));
    check(&password, text(""), stays());
    check(&password, Entry::Clear, stays());
    check(&of("string", json!({})), Entry::Hidden, Err(Problem::Unreadable));
}

#[test]
fn every_violation_of_a_draft_is_named_at_once() {
    let provider = provider("aitable");
    let draft: Draft = [("name", text(&"x".repeat(40))), ("teams", text("?")), ("roles", Entry::Clear)]
        .into_iter()
        .map(|(key, entry)| (key.to_string(), entry))
        .collect();
    let violations = check(&provider, &draft).expect_err("violations");
    let keys: Vec<&str> = violations.iter().map(|violation| violation.key.as_str()).collect();
    assert_eq!(keys, ["name", "teams", "roles"]);
    for violation in &violations {
        let words = violation.words(&provider).text();
        assert!(words.ends_with('.') && words.len() > 20, "{words}");
    }
}

#[test]
fn what_is_only_read_is_never_changed() {
    let provider = provider("aitable");
    let draft: Draft = [("email".to_string(), text("new@example.com"))].into_iter().collect();
    let change = check(&provider, &draft).expect("a change");
    assert_eq!(change.edits().count(), 0);
}
