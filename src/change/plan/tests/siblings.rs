//! A member that was read from a list: the others are known, and an address of one of them joins the two.

use serde_json::{Value as Json, json};

use super::{body, identity, plan_of, planned, provider, read, risks, text};
use crate::change::draft::Entry;
use crate::change::problem::Problem;
use crate::change::record::{NotARecord, Record};
use crate::provider::Provider;
use crate::provider::risk::Confirm;

const CONVERSATION: (&str, &str) = ("conversationId", "4549300882243584");

/// One member of a conversation, and the others.
fn member(id: &str) -> (Provider, Record) {
    let all = json!({ "members": [
        { "id": "a-1", "name": "Ada", "email": "Ada@example.com" },
        { "id": "b-2", "name": "Ben", "email": "ben@example.com" },
        { "id": "c-3", "name": "Speaker 3" },
        { "id": "d-4", "email": "dan@example.com", "name": "Dan" },
        { "id": "e-5", "email": "DAN@example.com", "name": "Daniel" }
    ] });
    read("symbl", &[CONVERSATION, ("memberId", id)], &all, 0)
}

fn email(address: &str) -> [(&'static str, Entry); 1] {
    [("email", text(address))]
}

#[test]
fn an_address_of_another_member_joins_the_two_and_says_so() {
    let merge = ("merge", Confirm::Type);
    let check = |id: &str, address: &str, expected: &[(&str, Confirm)], says: &[&str]| {
        let plan = plan_of(&member(id), &email(address));
        assert_eq!(risks(&plan), expected, "{address}");
        let gone = !expected.is_empty();
        assert_eq!((plan.gone(), plan.forget()), (gone, false), "{address}");
        assert_eq!(plan.differences()[0].permanent, gone || id == "c-3", "{address}");
        for word in says {
            assert!(plan.risks()[0].says.contains(word), "{}", plan.risks()[0].says);
        }
        assert_eq!(plan.approve(&[]).is_err(), gone, "{address}");
    };
    check("a-1", "ben@example.com", &[merge], &["joins Ada into Ben", "said by Ben", "Ada is gone"]);
    check("c-3", "BEN@Example.com", &[merge], &["joins Speaker 3 into Ben"]);
    check("c-3", "ada@example.com", &[merge], &["joins Speaker 3 into Ada"]);
    check("a-1", "new@example.com", &[], &[]);
    // Its own address in other capitals is nobody else’s.
    check("a-1", "ada@example.com", &[], &[]);
    // A first address cannot be taken away again.
    check("c-3", "new@example.com", &[], &[]);
}

#[test]
fn an_address_that_two_have_already_joins_them_with_any_change() {
    let plan = plan_of(&member("d-4"), &[("name", text("Danny"))]);
    assert_eq!(risks(&plan), [("merge", Confirm::Type), ("everywhere", Confirm::Note)]);
    assert!(plan.gone() && plan.differences()[0].permanent);
    assert!(plan.risks()[0].says.contains("joins Dan into Daniel"), "{}", plan.risks()[0].says);
}

#[test]
fn the_body_names_the_member_and_has_both_fields() {
    let check = |id: &str, entries: &[(&str, Entry)], expected: Json| {
        assert_eq!(body(&plan_of(&member(id), entries)), expected, "{entries:?}");
    };
    let name = |name: &str| [("name", text(name))];
    check("a-1", &name("Eve"), json!({ "id": "a-1", "name": "Eve", "email": "Ada@example.com" }));
    // No address is left out, and nothing stands for it.
    check("c-3", &name("Cem"), json!({ "id": "c-3", "name": "Cem" }));
    let both = json!({ "id": "c-3", "name": "Speaker 3", "email": "cem@example.com" });
    check("c-3", &email("cem@example.com"), both);
}

#[test]
fn an_address_is_never_taken_away() {
    let of = member("a-1");
    for entry in [Entry::Clear, text(""), text(" ")] {
        let draft = super::draft(&[("email", entry.clone())]);
        let violations = super::check(&of.0, &draft).expect_err("it stops");
        assert!(matches!(violations[0].problem, Problem::CannotClear(_)), "{entry:?}: {violations:?}");
    }
    assert!(planned(&of, &email("new@example.com")).is_ok());
}

#[test]
fn a_member_is_the_one_of_its_list() {
    let provider = provider("symbl");
    let own = identity(&provider, &[CONVERSATION.1, "a-1"]);
    let check = |answer: Json, expected: NotARecord| {
        assert_eq!(Record::read(&provider, &own, &answer, 0).err(), Some(expected), "{answer}");
    };
    let ada = || json!({ "id": "a-1", "name": "Ada" });
    check(json!({ "members": [] }), NotARecord::Absent);
    check(json!({ "members": [{ "id": "b-2", "name": "Ben" }, "a-1", null, ["a-1"]] }), NotARecord::Absent);
    check(json!({ "members": [{ "id": "A-1", "name": "Ada" }] }), NotARecord::Absent);
    // Of two with one ID nobody can say which is meant.
    check(json!({ "members": [ada(), ada()] }), NotARecord::Must);
    check(json!({ "members": [{ "id": "a-1" }] }), NotARecord::Must);
    check(json!({ "members": [{ "id": "a-1", "name": 7 }] }), NotARecord::Odd { label: "Name".to_string() });
    check(json!({ "members": ada() }), NotARecord::Missing);
    check(json!([ada()]), NotARecord::Missing);
    check(json!(null), NotARecord::Missing);
}
