//! What goes by itself, what is never shown, and days.

use serde_json::{Value as Json, json};

use super::super::Planned;
use super::{Plan, body, draft, plan_of, planned, read, risks, text, view};
use crate::change::check::check;
use crate::change::draft::{Draft, Entry};
use crate::change::identity::Identity;
use crate::change::problem::{Problem, Violation};
use crate::change::record::Record;
use crate::change::value::{Held, Value};
use crate::provider::Provider;
use crate::provider::risk::Confirm;
use crate::transport::Piece;

/// 2027-01-15, 08:00 at Greenwich.
const NOW: u64 = 1_800_000_000_000;

fn panelist(more: Json) -> (Provider, Record) {
    let mut member = json!({ "MemberCode": "c1", "IsPIIDataRegulated": false });
    more.as_object().expect("an object").iter().for_each(|(key, value)| member[key] = value.clone());
    read("toluna", &[("panel", "UK"), ("memberCode", "c1")], &member, NOW)
}

fn erase(of: &(Provider, Record)) -> Draft {
    Draft::of_act(&of.0, &of.0.acts[0])
}

fn plan_act(of: &(Provider, Record), draft: &Draft) -> Result<Planned, Vec<Violation>> {
    super::super::plan(&of.0, "toluna", &of.1, &check(&of.0, draft).expect("a change"))
}

#[test]
fn an_erasure_goes_alone_expects_nobody_and_forgets() {
    let of = panelist(json!({}));
    let Ok(Planned::Plan(plan)) = plan_act(&of, &erase(&of)) else { panic!("a plan") };
    assert_eq!(risks(&plan), [("erase", Confirm::Type)]);
    assert!(plan.gone() && plan.forget() && plan.differences()[0].permanent);
    assert!(plan.along().is_empty());
    assert!(plan.risks()[0].says.contains("everything that it knows of c1"), "{}", plan.risks()[0].says);
    assert_eq!(plan.approve(&[]).err(), Some(vec!["erase".to_string()]));
    let expected = json!({ "PartnerGUID": "$PARTNERGUID", "MemberCode": "c1", "IsPIIDataRegulated": true });
    assert_eq!(body(&plan), expected);
    // Where it is done already there is nothing to do.
    let done = panelist(json!({ "IsPIIDataRegulated": true }));
    assert_eq!(plan_act(&done, &erase(&done)), Ok(Planned::Nothing));
}

#[test]
fn what_goes_alone_refuses_company_and_what_does_not_differ_is_none() {
    let of = panelist(json!({ "PostalCode": "15235" }));
    let with = |key: &str, entry: Entry| {
        let mut both = erase(&of);
        both.set(key, entry);
        plan_act(&of, &both)
    };
    let alone = || Err(vec![Violation::new("erased", Problem::Alone)]);
    assert_eq!(with("postcode", text("10023")), alone());
    assert_eq!(with("active", text("no")), alone());
    assert!(matches!(with("postcode", text("15235")), Ok(Planned::Plan(_))));
    assert!(with("postcode", Entry::Keep).is_ok());
}

#[test]
fn what_always_goes_does_not_go_with_what_goes_alone() {
    let file = json!({
        "version": 1, "id": "other", "name": "Other", "member": "member", "about": "Change a name.",
        "servers": { "other": { "label": "Other", "address": "https://other.example" } },
        "sign_in": [{ "id": "key", "type": "apiKey", "in": "header", "name": "X-API-Key", "label": "Key" }],
        "identity": { "id": { "label": "ID", "type": "string" } },
        "title": "{name}",
        "read": { "call": { "method": "GET", "path": "/m/{id}" }, "record": "" },
        "update": { "call": { "method": "PUT", "path": "/m/{id}" }, "base": "none", "set": { "/of~1id": "no. {id}" } },
        "fields": {
            "name": { "label": "Name", "type": "string", "at": "/name", "to": "/name", "send": "always" },
            "gone": { "label": "Gone", "type": "boolean", "at": "/gone", "to": "/gone" }
        },
        "acts": { "erase": { "label": "Erase", "says": "For good.", "change": { "gone": true }, "alone": true } }
    });
    let provider = Provider::parse(&file.to_string()).expect("a provider");
    let identity = Identity::check(&provider, &[("id".to_string(), "7".to_string())]).expect("an identity");
    let raw = json!({ "name": "Ada", "gone": false });
    let record = Record::read(&provider, &identity, &raw, NOW).expect("a record");
    let of = (provider, record);
    let check = |entries: &[(&str, Entry)], expected: Json| {
        assert_eq!(body(&plan_of(&of, entries)), expected, "{entries:?}");
    };
    check(&[("gone", text("yes"))], json!({ "of/id": "no. 7", "gone": true }));
    check(&[("name", text("Eve"))], json!({ "of/id": "no. 7", "name": "Eve" }));
    assert_eq!(of.0.offered().map(|field| field.key.as_str()).collect::<Vec<_>>(), ["name"]);
}

#[test]
fn a_password_is_a_hole_and_is_never_shown() {
    let member = json!({
        "id": "m1", "firstName": "Ada", "lastName": "Obi", "email": "a@example.com", "organizationId": "o1",
        "settings": { "theme": 1.5, "password": "as-told" }
    });
    let of = read("flashapply", &[("memberId", "m1")], &member, NOW);
    let plan: Plan = plan_of(&of, &[("password", Entry::Hidden)]);
    assert_eq!(body(&plan)["settings"].to_string(), r#"{"theme":1.5,"password":"$PASSWORD"}"#);
    let holes = plan.request().body.iter().flat_map(|body| &body.0);
    let holes = holes.filter(|piece| matches!(piece, Piece::Hole { secret, .. } if secret == "password"));
    assert_eq!(holes.count(), 1);
    assert_eq!(risks(&plan), [("password", Confirm::Note)]);
    let [difference] = plan.differences() else { panic!("{plan:?}") };
    assert_eq!((&difference.from, &difference.to), (&Held::NotTold, &Held::Known(Value::Hidden)));
    assert!(difference.permanent && difference.unproved);
    let field = of.0.field("password").expect("a field");
    assert_eq!(difference.to.words(field), "A new one, which is not shown");
    // Without a new one there is none in the body, not even the one that was told.
    let other = plan_of(&of, &[("firstName", text("Eve"))]);
    assert_eq!(body(&other)["settings"].to_string(), r#"{"theme":1.5}"#);
    assert!(!view(&other).body.unwrap_or_default().contains("as-told"));
}

#[test]
fn a_day_that_has_not_come_anywhere_yet_is_refused() {
    let check = |typed: &str, refused: bool| {
        let of = panelist(json!({ "BirthDate": "1992/6/21" }));
        let expected = Violation::new("birthDate", Problem::NotYet);
        match planned(&of, &[("birthDate", text(typed))]) {
            Err(violations) => assert!(refused && violations == [expected], "{typed}: {violations:?}"),
            Ok(_) => assert!(!refused, "{typed}"),
        }
    };
    check("1985-06-21", false);
    check("2027-01-15", false);
    // Somewhere on Earth it is tomorrow already.
    check("2027-01-16", false);
    check("2027-01-17", true);
    check("2999-12-31", true);
}

#[test]
fn a_day_is_written_in_the_one_form_and_the_same_day_is_no_difference() {
    for told in ["1992-06-21", "1992/6/21", "6/21/1992", "Sunday, June 21, 1992", "1992-06-21T00:00:00"] {
        let of = panelist(json!({ "BirthDate": told }));
        assert_eq!(planned(&of, &[("birthDate", text("1992-06-21"))]), Ok(Planned::Nothing), "{told}");
        let plan = plan_of(&of, &[("birthDate", text("1992-06-02"))]);
        assert_eq!(body(&plan)["BirthDate"], json!("06/02/1992"), "{told}");
        assert_eq!(plan.differences()[0].from, Held::Known(Value::Date("1992-06-21".to_string())));
    }
}

#[test]
fn a_day_in_a_spelling_that_nobody_foresaw_is_shown_and_put_back_as_it_was() {
    let of = panelist(json!({ "BirthDate": "21. Juni 1992" }));
    let field = of.0.field("birthDate").expect("a field");
    let was = of.1.held(field);
    assert_eq!(was.words(field), "21. Juni 1992");
    let plan = plan_of(&of, &[("birthDate", text("1992-06-21"))]);
    assert_eq!(plan.differences()[0].from, was);
    let now = panelist(json!({ "BirthDate": "06/21/1992" }));
    let back = Entry::AsRead(was.value().expect("a value").clone());
    assert_eq!(body(&plan_of(&now, &[("birthDate", back)]))["BirthDate"], json!("21. Juni 1992"));
    // Nobody can type it.
    assert!(check(&of.0, &draft(&[("birthDate", text("21. Juni 1992"))])).is_err());
}

#[test]
fn only_what_is_lost_for_good_destroys() {
    let check = |of: &(Provider, Record), draft: Draft, expected: bool| {
        let Ok(Planned::Plan(plan)) = plan_act(of, &draft) else { panic!("a plan") };
        assert_eq!(plan.destroys(&of.0), expected, "{:?}", plan.differences());
    };
    let of = panelist(json!({ "PostalCode": "15235" }));
    check(&of, erase(&of), true);
    check(&of, draft(&[("postcode", text("10023"))]), false);
    // Whether somebody takes part is not told: no way back is known, and nothing is lost.
    check(&of, draft(&[("active", text("no"))]), false);
}
