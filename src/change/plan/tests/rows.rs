//! Lists whose rows are objects: sent whole, or only those that changed.

use serde_json::{Value as Json, json};

use super::super::Planned;
use super::{adjust, body, plan_of, planned, read, risks, text};
use crate::change::draft::Entry;
use crate::change::problem::{Problem, Violation};
use crate::change::record::Record;
use crate::provider::Provider;
use crate::provider::risk::Confirm;

/// A member with these locations, which always go whole.
fn located(locations: &str) -> (Provider, Record) {
    let locations: Json = serde_json::from_str(locations).expect("JSON");
    let member = json!({
        "id": "m1", "firstName": "Ada", "lastName": "Obi", "email": "ada@example.com", "organizationId": "o1",
        "locations": locations
    });
    read("flashapply", &[("memberId", "m1")], &member, 0)
}

/// A member with these answers, of which only those that change go.
fn answered(answers: Json) -> (Provider, Record) {
    let member = json!({ "MemberCode": "c1", "AnsweredQuestions": answers });
    read("toluna", &[("panel", "UK"), ("memberCode", "c1")], &member, 0)
}

fn registered(answers: Json) -> (Provider, Record) {
    let member = json!({ "MemberCode": "c1", "RegistrationAnswers": answers });
    read("toluna", &[("panel", "UK"), ("memberCode", "c1")], &member, 0)
}

const TWO: &str = r#"[{"since":1.10,"locationId":"l1","role":"admin"},{"locationId":"l2","role":["admin","editor"],"x":{}}]"#;

#[test]
fn a_row_that_nobody_touched_goes_back_as_it_came() {
    let check = |entry: Entry, expected: &str| {
        let body = body(&plan_of(&located(TWO), &[("locations", entry.clone())]));
        assert_eq!(body["locations"].to_string(), expected, "{entry:?}");
    };
    // A new one is written as the first of them was read.
    let new = r#"{"locationId":"l3","role":"viewer"}"#;
    check(adjust(&["l3=viewer"], &[]), &TWO.replacen("}]", &["},", new, "]"].concat(), 1));
    check(adjust(&["l1=viewer"], &[]), &TWO.replacen("\"admin\"", "\"viewer\"", 1));
    check(adjust(&["l2=viewer"], &[]), &TWO.replace(r#"["admin","editor"]"#, r#"["viewer"]"#));
    check(adjust(&[], &["l2"]), r#"[{"since":1.10,"locationId":"l1","role":"admin"}]"#);
    check(
        adjust(&["l2=editor+viewer"], &["l1"]),
        r#"[{"locationId":"l2","role":["editor","viewer"],"x":{}}]"#,
    );
}

#[test]
fn a_row_that_was_typed_with_the_whole_list_keeps_what_it_had() {
    let check = |typed: &str, expected: &str| {
        let body = body(&plan_of(&located(TWO), &[("locations", text(typed))]));
        assert_eq!(body["locations"].to_string(), expected, "{typed}");
    };
    check("l1=viewer; l2=admin+editor", &TWO.replacen("\"admin\"", "\"viewer\"", 1));
    check("l1=admin", r#"[{"since":1.10,"locationId":"l1","role":"admin"}]"#);
    check("l3=admin", r#"[{"locationId":"l3","role":["admin"]}]"#);
}

#[test]
fn a_part_that_was_read_as_one_value_cannot_become_several() {
    let check = |entry: Entry| {
        let expected = Violation::new("locations", Problem::OneOnly("Role".to_string()));
        assert_eq!(planned(&located(TWO), &[("locations", entry.clone())]), Err(vec![expected]), "{entry:?}");
    };
    check(adjust(&["l1=admin+editor"], &[]));
    check(text("l1=admin+editor; l2=admin"));
}

#[test]
fn the_same_rows_are_no_difference() {
    let check = |of: &(Provider, Record), entry: (&str, Entry)| {
        assert_eq!(planned(of, std::slice::from_ref(&entry)), Ok(Planned::Nothing), "{entry:?}");
    };
    let of = located(TWO);
    check(&of, ("locations", text("l2=editor+admin; l1=admin")));
    check(&of, ("locations", adjust(&["l1=admin"], &["l9"])));
    let of = answered(json!([{ "QuestionID": 1, "AnswerID": 2 }]));
    check(&of, ("answers", adjust(&["1=2"], &[])));
    check(&of, ("answers", text("1=2")));
}

#[test]
fn rows_taken_away_are_a_risk_where_the_file_says_so() {
    let check = |entry: Entry| {
        let plan = plan_of(&located(TWO), &[("locations", entry)]);
        assert_eq!(risks(&plan), [("no-locations", Confirm::Tick)]);
        assert_eq!(body(&plan)["locations"], json!([]));
    };
    check(Entry::Clear);
    check(adjust(&[], &["l1", "l2"]));
    assert_eq!(risks(&plan_of(&located(TWO), &[("locations", adjust(&[], &["l1"]))])), []);
}

#[test]
fn of_rows_that_stay_only_those_that_change_are_sent() {
    let check = |entry: Entry, expected: Json| {
        let of = answered(json!([
            { "QuestionID": 1, "AnswerID": 2, "odd": 1 }, { "QuestionID": 3, "AnswerID": 4 }
        ]));
        let body = body(&plan_of(&of, &[("answers", entry.clone())]));
        assert_eq!(body["AnsweredQuestions"], expected, "{entry:?}");
    };
    check(adjust(&["5=6"], &[]), json!([{ "QuestionID": 5, "AnswerID": 6 }]));
    check(adjust(&["1=9"], &[]), json!([{ "QuestionID": 1, "AnswerID": 9 }]));
    check(adjust(&["3=4", "1=9"], &[]), json!([{ "QuestionID": 1, "AnswerID": 9 }]));
    check(
        text("1=2; 3=5; 7=8"),
        json!([
            { "QuestionID": 3, "AnswerID": 5 }, { "QuestionID": 7, "AnswerID": 8 }
        ]),
    );
    let of = registered(json!([{ "QuestionID": 1, "Answers": [{ "AnswerID": 2, "AnswerValue": null }] }]));
    let several = body(&plan_of(&of, &[("registration", adjust(&["1=2+3: New York"], &[]))]));
    let answers = json!([{ "AnswerID": 2 }, { "AnswerID": 3, "AnswerValue": "New York" }]);
    assert_eq!(several["RegistrationAnswers"], json!([{ "QuestionID": 1, "Answers": answers }]));
}

#[test]
fn a_row_that_stays_for_good_cannot_be_removed() {
    let of = answered(json!([{ "QuestionID": 1, "AnswerID": 2 }, { "QuestionID": 3, "AnswerID": 4 }]));
    let check = |entry: Entry| {
        let violations = planned(&of, &[("answers", entry.clone())]).expect_err("it stops");
        let reason = "Toluna keeps every question that was answered. Give it another answer instead.";
        let expected = Violation::new("answers", Problem::CannotRemove(reason.to_string()));
        assert_eq!(violations, [expected], "{entry:?}");
    };
    check(adjust(&[], &["1"]));
    check(adjust(&["5=6"], &["3"]));
    check(text("1=2"));
    check(text("5=6"));
    let all = planned(&of, &[("answers", adjust(&[], &["1", "3"]))]).expect_err("it stops");
    assert!(matches!(all[0].problem, Problem::CannotClear(_)), "{all:?}");
}

#[test]
fn a_row_that_is_added_for_good_cannot_be_put_back() {
    let of = answered(json!([{ "QuestionID": 1, "AnswerID": 2 }]));
    let check = |of: &(Provider, Record), entry: (&str, Entry), permanent: bool| {
        let plan = plan_of(of, std::slice::from_ref(&entry));
        assert_eq!(plan.differences()[0].permanent, permanent, "{entry:?}");
    };
    check(&of, ("answers", adjust(&["1=3"], &[])), false);
    check(&of, ("answers", adjust(&["5=6"], &[])), true);
    check(&answered(json!([])), ("answers", text("5=6")), true);
    check(&located(TWO), ("locations", adjust(&["l3=admin"], &[])), false);
    check(&located("[]"), ("locations", adjust(&["l3=admin"], &[])), false);
}

#[test]
fn a_list_is_offered_where_its_form_is_the_one_in_use() {
    let check = |of: (Provider, Record), entry: (&str, Entry), offered: bool| {
        let not = |problem: &Problem| matches!(problem, Problem::NotOffered(_));
        match planned(&of, std::slice::from_ref(&entry)) {
            Ok(_) => assert!(offered, "{entry:?}"),
            Err(violations) => assert!(!offered && not(&violations[0].problem), "{entry:?}: {violations:?}"),
        }
    };
    let old = || ("answers", adjust(&["5=6"], &[]));
    let new = || ("registration", adjust(&["5=6"], &[]));
    check(answered(json!([])), old(), true);
    check(answered(json!([])), new(), false);
    let registration = || registered(json!([{ "QuestionID": 1, "Answers": [{ "AnswerID": 2 }] }]));
    check(registration(), new(), true);
    check(registration(), old(), false);
}
