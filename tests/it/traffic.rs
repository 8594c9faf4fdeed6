//! Recorded traffic, replayed: an answer becomes a verdict and a record; a published body is the one that the
//! page makes of a draft and a record. `tests/traffic/` says for each case where it is from, and if only a part
//! of it is used, which and why.

mod published;

use std::fs;

use memberdesk::change::answer::{Listener, Verdict};
use memberdesk::change::identity::Identity;
use memberdesk::change::record::Record;
use memberdesk::provider::Provider;
use memberdesk::provider::explain::Means;
use memberdesk::transport::{Between, Response, Wait};
use serde_json::{Value as Json, json};

use crate::sample::{self, provider};

fn cases(provider: &str) -> Vec<Json> {
    let path = [env!("CARGO_MANIFEST_DIR"), "/tests/traffic/", provider, ".json"].concat();
    let text = fs::read_to_string(path).expect("recorded traffic");
    let cases: Json = serde_json::from_str(&text).expect("JSON");
    cases.as_array().expect("a list").clone()
}

fn case(id: &str) -> Json {
    let (provider, _) = id.split_once('-').expect("a provider and a number");
    let found = cases(provider).into_iter().find(|case| case["id"] == id);
    found.expect(id)
}

fn response(case: &Json) -> Response {
    let told = &case["response"];
    let headers = told["headers"].as_object().into_iter().flatten();
    let text = |value: &Json| value.as_str().expect("a text").to_string();
    Response {
        status: told["status"].as_u64().and_then(|status| u16::try_from(status).ok()).expect("a status"),
        headers: headers.map(|(name, value)| (name.clone(), text(value))).collect(),
        body: told.get("body").map(Json::to_string).unwrap_or_default(),
        url: None,
    }
}

/// The member that a case is about.
fn identity(provider: &Provider, case: &Json) -> Identity {
    let url = case["request"]["url"].as_str().expect("a URL");
    let url = url.split('?').next().expect("a URL");
    let key = &provider.identity[0].key;
    Identity::check(provider, &[(key.clone(), url.to_string())]).expect("an address that names a member")
}

fn verdict(id: &str, on: &str) -> Verdict {
    let case = case(id);
    let provider = provider(id.split('-').next().expect("a provider"));
    Listener { provider, on, identity: &Identity::none(), between: Between::Nobody, now: 1_800_000_000 }
        .verdict(&Ok(response(&case)))
}

#[test]
fn a_case_is_whole_and_says_where_it_is_from() {
    for provider in ["webex", "aitable"] {
        for case in cases(provider) {
            let text = case.to_string();
            assert!(case["source"].as_str().is_some_and(|source| !source.is_empty()), "{text}");
            assert!(case["verification"].is_string() && case["response"]["status"].is_u64(), "{text}");
            let keys: Vec<&String> = case.as_object().expect("an object").keys().collect();
            let known = ["id", "source", "verification", "note", "only", "request", "response"];
            assert!(keys.iter().all(|key| known.contains(&key.as_str())), "{keys:?}");
            let unfilled = |word: &str| word.starts_with('{') && word.ends_with('}');
            assert!(!text.split(['"', '/', ' ']).any(unfilled), "{text}");
            assert_eq!(text.matches("$TOKEN").count(), text.matches('$').count(), "{text}");
            // A case of our own calls is used whole.
            let url = case["request"]["url"].as_str().expect("a URL");
            let file = sample::provider(provider);
            let path = |url: &str| url.split('?').next().map(str::to_string);
            let own = file.calls().into_iter().any(|(_, call)| {
                let shape = ["https://{host}", &pattern(&call.path)].concat();
                let shape = memberdesk::provider::template::Template::parse(&shape).expect("a template");
                let method = case["request"]["method"] == call.method.as_str();
                method && path(url).is_some_and(|url| shape.read(&url).is_some())
            });
            assert_eq!(own, case.get("only").is_none(), "{text}");
        }
    }
}

fn pattern(path: &memberdesk::provider::template::Template) -> String {
    path.fill(|name| Some(["{", name, "}"].concat())).expect("a path")
}

#[test]
fn every_case_is_replayed() {
    let replayed: Vec<&str> = REFUSALS
        .iter()
        .map(|(id, ..)| *id)
        .chain(WAITS.iter().map(|(id, _)| *id))
        .chain(LICENCES)
        .chain(YES.iter().map(|(id, _)| *id))
        .collect();
    let mut all = Vec::new();
    for provider in ["webex", "aitable"] {
        all.extend(cases(provider));
    }
    for case in &all {
        let id = case["id"].as_str().expect("an id");
        assert_eq!(replayed.iter().filter(|other| **other == id).count(), 1, "{id}");
    }
    assert_eq!(all.len(), replayed.len());
}

/// Cases that are a yes, and the call they answer.
const YES: [(&str, &str); 11] = [
    ("webex-01", "update"),
    ("webex-02", "read"),
    ("webex-06", "room"),
    ("webex-09", "sign_in"),
    ("webex-12", "read"),
    ("aitable-01", "update"),
    ("aitable-02", "update"),
    ("aitable-03", "read"),
    ("aitable-04", "read"),
    ("aitable-11", "update"),
    ("aitable-14", "update"),
];

#[test]
fn each_recorded_yes_is_one() {
    for (id, on) in YES {
        let Verdict::Yes(json) = verdict(id, on) else { panic!("{id}: {:?}", verdict(id, on)) };
        assert_eq!(json, case(id)["response"]["body"], "{id}");
    }
}

/// Cases that are a refusal: the call they answer, what they mean, the field, the provider's own sentence.
const REFUSALS: [(&str, &str, &str, &str, &str); 26] = [
    ("webex-15", "update", "no not_found", "membershipId", "The requested resource could not be found."),
    ("webex-16", "room", "no not_found", "membershipId", "The requested resource could not be found."),
    (
        "webex-17",
        "read",
        "no sign_in",
        "",
        "The request requires a valid access token set in the Authorization request header.",
    ),
    (
        "webex-18",
        "update",
        "no sign_in",
        "",
        "The request requires a valid access token set in the Authorization request header.",
    ),
    (
        "webex-19",
        "update",
        "no setup",
        "",
        "The request could not be understood by the server due to malformed syntax.",
    ),
    ("webex-20", "update", "no conflict", "isModerator", "User is already a participant in the room."),
    (
        "webex-21",
        "read",
        "no sign_in",
        "",
        "The request requires a valid access token set in the Authorization request header.",
    ),
    (
        "webex-22",
        "read",
        "no sign_in",
        "",
        "The request requires a valid access token set in the Authorization request header.",
    ),
    (
        "webex-23",
        "update",
        "no setup",
        "",
        "Unable to post message to room: \"The request payload is too big\"",
    ),
    (
        "webex-24",
        "update",
        "no setup",
        "",
        "You can not turn on 'allowAnyUserToBeCoHost' and 'allowFirstUserToBeCoHost' at the same time.",
    ),
    ("webex-25", "sign_in", "busy 15", "", "Rate limit exceeded. Please retry after 30 seconds."),
    ("webex-26", "read", "no rights", "", "Failed to get activity."),
    ("aitable-12", "update", "no input", "", "A role with the same name exists"),
    (
        "aitable-13",
        "update",
        "no rights",
        "roles",
        "This API is only available for the primary admin and sub-admins who can manage roles",
    ),
    ("aitable-15", "update", "doubt fault", "", "Server error"),
    ("aitable-16", "update", "no not_found", "unitId", "The unit specified by the unit ID does not exist"),
    ("aitable-17", "read", "no rights", "", "Forbidden"),
    ("aitable-18", "read", "no sign_in", "", ""),
    ("aitable-19", "update", "no sign_in", "", "Unauthorized"),
    (
        "aitable-21",
        "update",
        "no rights",
        "",
        "Access forbidden because your API usage exceeds the monthly rate",
    ),
    (
        "aitable-23",
        "update",
        "busy 1",
        "",
        "The API request rate for the current space is 5 queries per second (QPS). Upgrading the space allows for a higher call frequency. Contact us: sales@aitable.ai.",
    ),
    ("aitable-25", "update", "no not_found", "unitId", "The unit specified by the unit ID does not exist"),
    (
        "aitable-27",
        "update",
        "no rights",
        "",
        "This API is only available for the primary admin and sub-admins who can manage members",
    ),
    (
        "aitable-29",
        "update",
        "no input",
        "teams",
        "The team specified with the unitId E3jG1xNzR2iM4tL6XmYyKpFqWuV8vDc does not exist",
    ),
    (
        "aitable-31",
        "update",
        "no input",
        "roles",
        "The role specified with the unitId VS1SejiywaMWbiGMEHAohh62T9EPmmlh does not exist",
    ),
    ("aitable-33", "update", "doubt fault", "", "Server Error"),
];

#[test]
fn each_recorded_refusal_becomes_its_verdict() {
    for (id, on, expected, field, message) in REFUSALS {
        let verdict = verdict(id, on);
        let (word, reason) = match &verdict {
            Verdict::No(reason) => ("no ".to_string(), reason),
            Verdict::Doubt(reason) => ("doubt ".to_string(), reason),
            Verdict::Busy(reason, Wait::For(time)) => (time.as_secs().to_string(), reason),
            other => panic!("{id}: {other:?}"),
        };
        let means = match reason.means {
            Means::SignIn => "sign_in",
            Means::Rights => "rights",
            Means::NotFound => "not_found",
            Means::Input => "input",
            Means::Conflict => "conflict",
            Means::Busy => "busy",
            Means::Fault => "fault",
            Means::Setup => "setup",
        };
        let told = if means == "busy" { ["busy ", &word].concat() } else { [&word, means].concat() };
        assert_eq!(told, expected, "{id}");
        assert_eq!(reason.field.as_deref().unwrap_or_default(), field, "{id}");
        assert_eq!(reason.message.as_deref().unwrap_or_default(), message, "{id}");
        let tracking = case(id)["response"]["body"]["trackingId"].as_str().map(str::to_string);
        assert_eq!(reason.reference, tracking, "{id}");
    }
}

/// Cases of too many requests, and how long the page waits, in seconds. Another program falls back to 15 s as
/// the page does, waits a second at least as the page does, and sleeps eleven days if it is told to: the page
/// asks a person before it waits more than an hour.
const WAITS: [(&str, &str); 17] = [
    ("webex-27", "30"),
    ("webex-28", "60"),
    ("webex-29", "1"),
    ("webex-30", "1"),
    ("webex-31", "300"),
    ("webex-32", "45"),
    ("webex-33", "15"),
    ("webex-34", "15"),
    ("webex-35", "15"),
    ("webex-36", "15"),
    ("webex-37", "15"),
    ("webex-38", "15"),
    ("webex-39", "15"),
    ("webex-40", "15"),
    ("webex-41", "15"),
    // There it is one second; a number below nothing is no number here.
    ("webex-42", "15"),
    ("webex-43", "ask 999999"),
];

#[test]
fn each_recorded_wait_is_kept_to() {
    for (id, expected) in WAITS {
        let told = match verdict(id, "update") {
            Verdict::Busy(_, Wait::For(time)) => time.as_secs().to_string(),
            Verdict::Busy(_, Wait::Ask(time)) => ["ask ", &time.as_secs().to_string()].concat(),
            other => panic!("{id}: {other:?}"),
        };
        assert_eq!(told, expected, "{id}");
    }
}

/// Official instances of one provider's common error body, from its licences.
const LICENCES: [&str; 16] = [
    "webex-44", "webex-45", "webex-46", "webex-47", "webex-48", "webex-49", "webex-50", "webex-51",
    "webex-52", "webex-53", "webex-54", "webex-55", "webex-56", "webex-57", "webex-58", "webex-59",
];

#[test]
fn the_common_error_body_is_read_with_its_description_and_reference() {
    for id in LICENCES {
        let Verdict::No(reason) = verdict(id, "read") else { panic!("{id}") };
        let body = &case(id)["response"]["body"];
        assert_eq!(reason.message.as_deref(), body["errors"][0]["description"].as_str(), "{id}");
        assert_eq!(reason.reference.as_deref(), body["trackingId"].as_str(), "{id}");
        assert_eq!(reason.field.as_deref(), Some("membershipId"), "{id}");
    }
}

#[test]
fn a_recorded_answer_becomes_the_record_that_is_shown() {
    let check = |id: &str, answer: Json, expected: &[(&str, &str)]| {
        let provider = provider(id.split('-').next().expect("a provider"));
        let record = match answer["items"].as_array() {
            Some(_) => {
                let raw = answer["items"][0].clone();
                let own = raw["id"].as_str().expect("an id").to_string();
                let keys = [(provider.identity[0].key.clone(), own)];
                let identity = Identity::check(provider, &keys).expect("an identity");
                assert_eq!(identity.unusual(provider), Vec::<&str>::new());
                Record::read(provider, &identity, &raw, 0)
            }
            None => Record::read(provider, &identity(provider, &case(id)), &answer, 0),
        };
        let mut record = record.expect(id);
        if let (Some(also), "webex") = (provider.read.also.first(), provider.id.as_str()) {
            record.add(also, &case("webex-06")["response"]["body"]);
        }
        let shown: Vec<(&str, String)> = provider
            .fields
            .iter()
            .map(|field| (field.label.as_str(), record.held(field).words(field)))
            .collect();
        let shown: Vec<(&str, &str)> = shown.iter().map(|(label, words)| (*label, words.as_str())).collect();
        assert_eq!(shown, expected, "{id}");
        record.title(provider)
    };
    let body = |id: &str| case(id)["response"]["body"].clone();
    for id in ["webex-01", "webex-02"] {
        let title = check(
            id,
            body(id),
            &[
                ("Moderator of the space", "Yes, a moderator"),
                ("Hidden in the person’s list of spaces", "No, shown"),
                ("Name", "John Andersen"),
                ("E-mail", "john.andersen@example.com"),
                ("Space", "Project Unicorn - Sprint 0"),
                ("Kind of space", "One-to-one space"),
            ],
        );
        assert_eq!(title, "John Andersen");
    }
    // It does not say whether the space is hidden.
    check(
        "webex-12",
        body("webex-12"),
        &[
            ("Moderator of the space", "No, not a moderator"),
            ("Hidden in the person’s list of spaces", "No, shown"),
            ("Name", "Member One"),
            ("E-mail", "member.one@example.com"),
            ("Space", "Project Unicorn - Sprint 0"),
            ("Kind of space", "Group space"),
        ],
    );
    for (id, name, email) in
        [("aitable-03", "John", "John@aitable.ai"), ("aitable-04", "张三", "zhangsan@vikadata.com")]
    {
        let title = check(
            id,
            body(id),
            &[
                ("Name in this space", name),
                ("Teams", "team A"),
                ("Roles", "role B"),
                ("E-mail", email),
                ("Status", "Has joined the space"),
                ("Kind of member", "Member"),
            ],
        );
        assert_eq!(title, name);
    }
    check(
        "aitable-01",
        body("aitable-01"),
        &[
            ("Name in this space", "John"),
            ("Teams", "Product team"),
            ("Roles", "role C"),
            ("E-mail", "Nothing"),
            ("Status", "Has joined the space"),
            ("Kind of member", "Member"),
        ],
    );
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
    let provider = provider("aitable");
    let before = case("aitable-03");
    let after = case("aitable-01");
    let read = |case: &Json| {
        let answer = &case["response"]["body"];
        Record::read(provider, &identity(provider, case), answer, 0).expect("a record")
    };
    let teams = provider.field("teams").expect("a field");
    let held = |record: &Record| record.held(teams).wire(teams);
    assert_eq!(held(&read(&before)), Some(json!(["VS1SejiywaMWbiGMEHAohh62T9EPmmlh"])));
    assert_eq!(held(&read(&after)).as_ref(), Some(&after["request"]["body"]["teams"]));
}
