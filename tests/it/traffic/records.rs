//! What each recorded record looks like to a person.

use memberdesk::change::receipt::{Line, Outcome};
use memberdesk::change::record::Record;
use memberdesk::change::value::Value;
use memberdesk::provider::Provider;
use memberdesk::provider::condition;
use serde_json::{Value as Json, json};

use super::answers::YES;
use super::published::planned;
use super::{case, identity, own_call, provider_of};
use crate::sample::{NOW, identity_of, provider};

/// The record in a case; `keys` name the member where its address does not.
fn record(id: &str, keys: &[(&str, &str)]) -> Record {
    let (provider, case) = (provider_of(id), case(id));
    let identity = match own_call(provider, &case) {
        Some(_) => identity(provider, &case, keys),
        None => identity_of(provider, keys),
    };
    assert!(identity.unusual(provider).is_empty(), "{id}");
    let body = &case["response"]["body"];
    // Of a list of records, the first.
    let answer = body.get("items").map_or(body, |items| &items[0]);
    Record::read(provider, &identity, answer, NOW).unwrap_or_else(|fault| panic!("{id}: {fault:?}"))
}

/// What stands on the screen, field by field.
fn shown(provider: &Provider, record: &Record) -> Vec<String> {
    provider.fields.iter().map(|field| record.held(field).words(field)).collect()
}

/// A case, the keys that its address does not say, the title, and all that is shown.
type Shown = (&'static str, &'static [(&'static str, &'static str)], &'static str, &'static [&'static str]);

const MEMBER_OF_ITEMS: &str = "Y2lzY29zcGFyazovL3VybjpURUFNOnVzLXdlc3QtMl9yL01FTUJFUlNISVAvMzQxMDUzODUtMjY4Ny00MTI5LWE3NzQtYmIzZTgxYjEyOWIyOjM5OWVhOGUwLTNmMGQtMTFmMS1hODY0LTUzOTY3Y2U2MjI5MA";

const SHOWN: [Shown; 19] = [
    (
        "webex-01",
        &[],
        "John Andersen",
        &[
            "Yes, a moderator",
            "No, shown",
            "John Andersen",
            "john.andersen@example.com",
            "Project Unicorn - Sprint 0",
            "One-to-one space",
        ],
    ),
    (
        "webex-02",
        &[],
        "John Andersen",
        &[
            "Yes, a moderator",
            "No, shown",
            "John Andersen",
            "john.andersen@example.com",
            "Project Unicorn - Sprint 0",
            "One-to-one space",
        ],
    ),
    // It does not say whether the space is hidden.
    (
        "webex-12",
        &[("membershipId", MEMBER_OF_ITEMS)],
        "Member One",
        &[
            "No, not a moderator",
            "No, shown",
            "Member One",
            "member.one@example.com",
            "Project Unicorn - Sprint 0",
            "Group space",
        ],
    ),
    (
        "aitable-01",
        &[],
        "John",
        &["John", "Product team", "role C", "Nothing", "Has joined the space", "Member"],
    ),
    (
        "aitable-03",
        &[],
        "John",
        &["John", "team A", "role B", "John@aitable.ai", "Has joined the space", "Member"],
    ),
    (
        "aitable-04",
        &[],
        "张三",
        &["张三", "team A", "role B", "zhangsan@vikadata.com", "Has joined the space", "Member"],
    ),
    (
        "symbl-04",
        &[("memberId", "2f69f1c8-bf0a-48ef-b47f-95ae5a4de325")],
        "Speaker 2",
        &["Speaker 2", "No address"],
    ),
    (
        "symbl-05",
        &[("memberId", "2f69f1c8-bf0a-48ef-b47f-95ae5a4de325")],
        "John Doe",
        &["John Doe", "john@example.com"],
    ),
    (
        "symbl-07",
        &[("memberId", "b7de3a33-a16c-4926-9d4d-a904c88271c2")],
        "Roger",
        &["Roger", "Roger@example.com"],
    ),
    (
        "symbl-09",
        &[("memberId", "25f497bd-2800-4e2b-bc71-e143a8f71d6b")],
        "Steve",
        &["Steve", "steve@abccorp.com"],
    ),
    ("symbl-10", &[("memberId", "5118221462011904")], "John", &["John", "John@example.com"]),
    (
        "symbl-11",
        &[("memberId", "461dd687-4341-48a5-9f3a-7f6019d6378c")],
        "John",
        &["John", "john@example.com"],
    ),
    ("flashapply-01", &[], "Maya Okafor", MAYA),
    ("flashapply-02", &[], "Maya Okafor", MAYA),
    ("flashapply-03", &[("memberId", "member_12345")], "Maya Okafor", MAYA),
    ("toluna-15", &[], "AUniquePartnerCode", &panelist("21 June 1992", UNTOLD, ANSWERED, NONE)),
    ("toluna-16", &[], "AUniquePartnerCode", &panelist("25 January 1987", UNTOLD, ANSWERED, NONE)),
    ("toluna-17", &[], "AUniquePartnerCode", &panelist("21 June 1992", "member@yopmail.com", ANSWERED, NONE)),
    ("toluna-18", &[], "AUniquePartnerCode", &panelist("21 June 1992", UNTOLD, NONE, REGISTERED)),
];

const MAYA: &[&str] = &[
    "Maya",
    "Okafor",
    "maya.okafor@example.com",
    "organization_67890",
    "location_abc123 (admin, editor, viewer)",
    "Yes, the main contact",
    "Yes, active",
    "https://example.com/maya-okafor.png",
    UNTOLD,
    "26 July 2025, 12:00 UTC",
    "26 July 2025, 12:00 UTC",
];

const UNTOLD: &str = "Not told by the provider";
const NONE: &str = "No answers";
const ANSWERED: &str = "Gender (male), Education (2002275), Income (2002330), Ethnicity (2000270), \
    Position at work (2796316), Marital status (2002280), Employment (3056609)";
const REGISTERED: &str = "Country (2000223), Language (2000240), Gender (female), 1012227 (3055267, 3055271)";

const fn panelist(
    born: &'static str,
    email: &'static str,
    answered: &'static str,
    registered: &'static str,
) -> [&'static str; 8] {
    [UNTOLD, email, born, "15235", answered, registered, UNTOLD, "Kept"]
}

#[test]
fn a_recorded_answer_becomes_the_record_that_is_shown() {
    for (id, keys, title, expected) in SHOWN {
        let provider = provider_of(id);
        let mut record = record(id, keys);
        if let Some(also) = provider.read.also.first() {
            record.add(also, &case("webex-06")["response"]["body"]);
        }
        assert_eq!(shown(provider, &record), expected, "{id}");
        assert_eq!(record.title(provider), title, "{id}");
    }
    for (id, _) in YES.iter().filter(|(_, on)| *on == "read") {
        assert!(SHOWN.iter().any(|(shown, ..)| shown == id), "{id}");
    }
}

#[test]
fn the_others_of_a_list_are_siblings() {
    let check = |id: &str, member: &str, siblings: usize| {
        let record = record(id, &[("memberId", member)]);
        assert_eq!(record.siblings().len(), siblings, "{id}");
        assert!(record.siblings().iter().all(|one| one["id"] != member), "{id}");
    };
    check("symbl-04", "9d6d34d9-5019-4694-9c9a-8ba7bfc8cfab", 1);
    check("symbl-07", "382362a2-eeec-46a3-8891-d50508293851", 2);
    check("symbl-09", "25f497bd-2800-4e2b-bc71-e143a8f71d6b", 0);
    check("symbl-10", "50123212234535645", 2);
}

#[test]
fn the_credential_s_owner_is_read_where_the_file_says() {
    let provider = provider("webex");
    let test = provider.sign_in[0].test.as_ref().expect("a test");
    let owner = test.owner.as_ref().expect("a pointer");
    let body = &case("webex-09")["response"]["body"];
    assert_eq!(owner.of(body).and_then(Json::as_str), Some("John Andersen"));
}

#[test]
fn what_was_published_as_the_answer_to_a_body_confirms_it() {
    let check = |keys: &[(&str, &str)], before: &str, draft: &[(&str, &str)], after: &str| {
        let provider = provider_of(before);
        let plan = planned(provider, &provider.servers[0].slug, &record(before, keys), draft);
        let lines = Line::of(provider, &plan, Some(&record(after, keys)));
        assert_eq!(Outcome::settle(&lines, None), Outcome::Confirmed, "{lines:?}");
    };
    check(&[], "aitable-03", &[("teams", "E3jG1xNzR2iM4tL6XmYyKpFqWuV8vDc")], "aitable-01");
    let john = [("memberId", "2f69f1c8-bf0a-48ef-b47f-95ae5a4de325")];
    check(&john, "symbl-04", &[("name", "John Doe"), ("email", "john@example.com")], "symbl-05");
}

#[test]
fn values_that_another_program_sent_are_of_the_form_in_which_the_page_sends_them() {
    let (provider, case) = (provider("toluna"), case("toluna-10"));
    let body = &case["request"]["body"];
    let mut told = 0;
    for field in &provider.fields {
        let Some(wire) = field.to.as_ref().and_then(|to| to.of(body)) else { continue };
        match Value::from_wire(field, wire).expect("a value of this type") {
            Some(value) => assert_eq!(value.to_wire(field), *wire, "{}", field.key),
            None => assert!(condition::is_empty(Some(wire)), "{}", field.key),
        }
        told += 1;
    }
    assert_eq!(told, 6);
    assert_eq!(body["BirthDate"], json!("06/21/1985"));
}
