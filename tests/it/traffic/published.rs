//! A published request is the one that the page makes of a draft and a record, but for the deviations.

use memberdesk::change::check::check;
use memberdesk::change::compose::compose;
use memberdesk::change::draft::{Draft, Entry};
use memberdesk::change::outgoing::Outgoing;
use memberdesk::change::plan::{Plan, Planned, plan, read_request};
use memberdesk::change::record::Record;
use memberdesk::provider::Provider;
use memberdesk::provider::call::Call;
use memberdesk::provider::field::{Field, Kind};
use memberdesk::provider::items::Rows;
use memberdesk::provider::pointer::Pointer;
use memberdesk::provider::risk::Confirm;
use memberdesk::transport::Request;
use serde_json::{Value as Json, json};

use super::deviations::{self, Does};
use super::{case, every_case, identity, own_call, provider_of, url};
use crate::sample::{NOW, body, shown, target_at, view};

/// A published change: the case, the record before it, and the draft, as typed.
type Body = (&'static str, fn() -> Json, &'static [(&'static str, &'static str)]);

const TEAMS: &[(&str, &str)] = &[("teams", "E3jG1xNzR2iM4tL6XmYyKpFqWuV8vDc")];
const REGISTRATION: (&str, &str) = ("registration", "1012227=3055267+3055271");

const BODIES: [Body; 32] = [
    // A one-to-one space that was hidden and shall be shown.
    ("webex-01", || with("webex-02", json!({ "isRoomHidden": true })), &[("isRoomHidden", "no")]),
    // From team A into the product team; the name and the roles stay, so they are not sent.
    ("aitable-01", || of("aitable-03"), TEAMS),
    ("aitable-02", || of("aitable-04"), TEAMS),
    ("aitable-19", || of("aitable-03"), TEAMS),
    ("aitable-21", || of("aitable-03"), TEAMS),
    ("aitable-23", || of("aitable-03"), TEAMS),
    ("aitable-25", || of("aitable-03"), TEAMS),
    ("aitable-27", || of("aitable-03"), TEAMS),
    ("aitable-29", || of("aitable-03"), TEAMS),
    ("aitable-31", || of("aitable-03"), TEAMS),
    // The name stays and goes along.
    ("symbl-01", || of("symbl-07"), &[("email", "john@example.com")]),
    ("symbl-02", || of("symbl-07"), &[("email", "john@example.com")]),
    ("symbl-03", || of("symbl-04"), &[("name", "John Doe"), ("email", "john@example.com")]),
    ("symbl-06", || beside("symbl-05", MERGED), &[("name", "John Doe"), ("email", "john@example.com")]),
    (
        "symbl-08",
        || json!({ "members": [{ "id": "1234567890", "name": "john" }] }),
        &[("email", "john@example.in")],
    ),
    ("symbl-19", || of("symbl-07"), &[("email", "john@example.com")]),
    // All that was read goes back, and a password that nobody can read.
    ("flashapply-01", || of("flashapply-02"), &[("password", "-")]),
    // A key that the file does not know goes back as it was read.
    (
        "flashapply-04",
        || {
            let mut before = with("flashapply-02", json!({ "firstName": "May" }));
            before["settings"]["defaultLocationId"] = json!("location_abc123");
            before
        },
        &[("firstName", "Maya")],
    ),
    ("toluna-01", || panelist("111"), &[("active", "no")]),
    ("toluna-02", || panelist("111"), &[("email", "test@test.com")]),
    ("toluna-03", || panelist("111"), &[("test", "yes")]),
    ("toluna-04", || panelist("111"), &[("answers", "1001101=2796531")]),
    ("toluna-05", || panelist("111"), &[("erased", "yes")]),
    ("toluna-06", || panelist("IP-V2-Test"), &[("answers", "1001101=3050770; 1001107=2796394")]),
    ("toluna-07", || panelist("111"), &[("test", "yes")]),
    ("toluna-08", || panelist("111"), &[("active", "no")]),
    ("toluna-09", || panelist("111"), &[("email", "test@test.com")]),
    ("toluna-12", || registered("111"), &[REGISTRATION]),
    ("toluna-13", || registered("111"), &[("registration", "1001032=2224508: New York")]),
    (
        "toluna-23",
        || registered("Old1-Mem2-Ber3-Code"),
        &[
            ("active", "yes"),
            ("birthDate", "1985-06-21"),
            ("test", "no"),
            ("postcode", "10023"),
            (
                "registration",
                "1001007=2000247; 1001107=2002334; 1002001=3002001+3002002; 1003001=3003001: blue; 2910077=5312785",
            ),
        ],
    ),
    ("toluna-28", || registered("111"), &[("email", "test@test.com"), REGISTRATION]),
    ("toluna-29", || panelist("111"), &[("active", "no")]),
];

/// The member that is joined into another.
const MERGED: &str = r#"{ "id": "74001a1d-4e9e-456a-84ed-81bbd363333a", "name": "John" }"#;

fn of(id: &str) -> Json {
    case(id)["response"]["body"].clone()
}

/// The record of a case, with other values for some keys.
fn with(id: &str, more: Json) -> Json {
    let mut record = of(id);
    more.as_object().expect("an object").iter().for_each(|(key, value)| record[key] = value.clone());
    record
}

/// The list of a case, with one member more.
fn beside(id: &str, member: &str) -> Json {
    let mut list = of(id);
    let members = list["members"].as_array_mut().expect("members");
    members.push(serde_json::from_str(member).expect("JSON"));
    list
}

/// A member of whom nothing else is told.
fn panelist(code: &str) -> Json {
    json!({ "MemberCode": code })
}

/// A member whose answers are kept in the newer form: no published record has none of those that are sent.
fn registered(code: &str) -> Json {
    json!({ "MemberCode": code, "RegistrationAnswers": [{ "QuestionID": 1, "Answers": [{ "AnswerID": 2 }] }] })
}

pub fn replayed() -> impl Iterator<Item = &'static str> {
    let refused = deviations::DEVIATIONS.iter().filter(|one| matches!(one.does, Does::Refuses(_)));
    BODIES.iter().map(|(id, ..)| *id).chain(refused.flat_map(|one| one.cases).copied())
}

/// A text as typed, in the entry that a form makes of it.
fn entry(field: &Field, text: &str) -> Entry {
    match &field.kind {
        _ if field.write_only => Entry::Hidden,
        Kind::List(items) if items.rows != Rows::Whole => {
            Entry::Adjust { add: text.split("; ").map(str::to_string).collect(), remove: Vec::new() }
        }
        _ => Entry::Text(text.to_string()),
    }
}

fn draft(provider: &Provider, typed: &[(&str, &str)]) -> Draft {
    let entry =
        |(key, text): &(&str, &str)| (key.to_string(), entry(provider.field(key).expect("a field"), text));
    typed.iter().map(entry).collect()
}

pub fn planned(provider: &Provider, server: &str, record: &Record, typed: &[(&str, &str)]) -> Plan {
    let change = check(provider, &draft(provider, typed)).expect("a change");
    match plan(provider, server, record, &change) {
        Ok(Planned::Plan(plan)) => plan,
        other => panic!("{typed:?}: {other:?}"),
    }
}

/// The plan of a published change.
fn published((id, before, typed): &Body) -> Plan {
    let (provider, case) = (provider_of(id), case(id));
    let identity = identity(provider, &case, &[]);
    let record = Record::read(provider, &identity, &before(), NOW);
    let record = record.unwrap_or_else(|fault| panic!("{id}: {fault:?}"));
    planned(provider, server_of(provider, &case), &record, typed)
}

fn origin(case: &Json) -> String {
    url(case).split('/').take(3).collect::<Vec<_>>().join("/")
}

/// The server of the file that a case was sent to; one that only owners know may be anywhere.
fn server_of<'p>(provider: &'p Provider, case: &Json) -> &'p str {
    let origin = origin(case);
    let own = |address: Option<&str>| address.is_none_or(|address| address == origin);
    let server = provider.servers.iter().find(|server| own(server.address.as_deref()));
    &server.expect("a server of the file").slug
}

/// The request that the page makes for a call that only reads, or that exchanges.
fn request(provider: &Provider, case: &Json) -> Request {
    let (on, call, names): (&str, &Call, _) = own_call(provider, case).expect("a call of ours");
    let (server, identity) = (server_of(provider, case), identity(provider, case, &[]));
    let request = match on {
        "read" => read_request(provider, server, &identity),
        "sign_in" => {
            let way = provider.sign_in.iter().find(|way| way.test.is_some()).expect("a test");
            let test = Outgoing::test(provider, server, way, &identity).expect("a request");
            Ok(test.request().clone())
        }
        "exchange" => {
            let way = provider.sign_in.iter().find_map(|way| way.exchange()).expect("an exchange");
            let outgoing = Outgoing::exchange(provider, server, way, &identity);
            outgoing.map(|outgoing| outgoing.request().clone())
        }
        _ => compose(provider, server, call, &identity, &names, None),
    };
    request.expect("a request")
}

/// The published request as the page may show it: a hole where there is a secret.
fn with_holes(provider: &Provider, mut published: Json, on: &str, call: &Call) -> Json {
    let credential = provider.credential().map(|way| shown(&way.way.id));
    for (_, value) in published["headers"].as_object_mut().into_iter().flatten() {
        let text = value.as_str().expect("a text");
        *value = json!(text.replace("$TOKEN", credential.as_deref().unwrap_or_default()));
    }
    let is_secret = |name: &str| provider.secrets().any(|field| field.key == name);
    // A query is read backwards by its keys: what stands for a secret is one.
    let keys = call.query.as_ref().and_then(|query| query.fill(|name| Some(["{", name, "}"].concat())));
    for (key, name) in keys.iter().flat_map(|keys| keys.split('&')).filter_map(|pair| pair.split_once("={")) {
        let name = name.trim_end_matches('}');
        if is_secret(name) {
            let url = published["url"].as_str().expect("a URL");
            let (before, after) = url.split_once(&[key, "="].concat()).expect("a secret in the query");
            let rest = after.find('&').map_or("", |at| &after[at..]);
            published["url"] = json!([before, key, "=", &shown(name), rest].concat());
        }
    }
    let exchange = provider.sign_in.iter().filter_map(|way| way.exchange()).filter(|_| on == "exchange");
    let mut places: Vec<(Pointer, String)> = exchange
        .flat_map(|way| way.holes())
        .map(|(at, name)| (Pointer::parse(&at).expect("a pointer"), name.to_string()))
        .collect();
    if on == "update" {
        let set = provider.update.set.iter();
        let set = set.flat_map(|(at, template)| template.names().map(move |name| (at, name)));
        let fields = provider.fields.iter().filter(|field| field.write_only);
        let hidden = fields.filter_map(|field| Some((field.to.as_ref()?, field.key.as_str())));
        let all = set.filter(|(_, name)| is_secret(name)).chain(hidden);
        places.extend(all.map(|(at, name)| (at.clone(), name.to_string())));
    }
    for (at, name) in places {
        if at.of(&published["body"]).is_some() {
            at.set(&mut published["body"], json!(shown(&name)));
        }
    }
    published
}

/// Our request is the published one, but for the deviations that are listed.
fn same_request(provider: &Provider, own: &Request, case: &Json) {
    let id = case["id"].as_str().expect("an id");
    let (on, call, _) = own_call(provider, case).expect("a call of ours");
    let mut expected = case["request"].clone();
    deviations::of(id).for_each(|deviation| deviation.apply(&mut expected, id));
    let expected = with_holes(provider, expected, on, call);
    assert_eq!(own.server, server_of(provider, case), "{id}");
    let view = view(own, &target_at(&own.server, &origin(case)));
    assert_eq!(expected["method"], view.method.as_str(), "{id}");
    assert_eq!(expected["url"], view.url, "{id}");
    let headers: serde_json::Map<String, Json> =
        view.headers.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
    assert_eq!(expected["headers"], Json::Object(headers), "{id}");
    let sent = view.body.as_ref().map_or(Json::Null, |_| body(&view));
    assert_eq!(expected.get("body").cloned().unwrap_or_default(), sent, "{id}");
}

#[test]
fn a_published_body_is_the_one_that_the_page_makes() {
    for body in &BODIES {
        same_request(provider_of(body.0), published(body).request(), &case(body.0));
    }
}

#[test]
fn a_published_request_that_changes_nothing_is_the_one_that_the_page_makes() {
    let mut replayed = 0;
    for (provider, case) in every_case() {
        if own_call(provider, &case).is_some_and(|(on, ..)| !["update", "find", "reference"].contains(&on)) {
            same_request(provider, &request(provider, &case), &case);
            replayed += 1;
        }
    }
    assert!(replayed > 20, "{replayed}");
}

#[test]
fn a_published_body_with_a_risk_is_asked_about_first() {
    let check = |id: &str, expected: &[(&str, Confirm)], gone: bool| {
        let plan = published(BODIES.iter().find(|(own, ..)| *own == id).expect(id));
        let risks: Vec<_> = plan.risks().iter().map(|risk| (risk.id.as_str(), risk.confirm)).collect();
        assert_eq!((risks.as_slice(), plan.gone()), (expected, gone), "{id}");
    };
    check("symbl-03", &[("everywhere", Confirm::Note)], false);
    check("symbl-06", &[("merge", Confirm::Type), ("everywhere", Confirm::Note)], true);
    check("flashapply-01", &[("password", Confirm::Note)], false);
    check("toluna-01", &[("inactive", Confirm::Note)], false);
    check("toluna-03", &[("test", Confirm::Tick)], false);
    check("toluna-05", &[("erase", Confirm::Type)], true);
}

#[test]
fn a_moderator_is_made_where_the_space_has_moderators() {
    // The published answer is of a one-to-one space, in which nobody can be made a moderator here (the provider's
    // own form does not offer it either). In a group space the body is the published one.
    let group = || with("webex-02", json!({ "isModerator": false, "roomType": "group" }));
    let plan = published(&("webex-01", group, &[("isModerator", "yes")]));
    same_request(provider_of("webex-01"), plan.request(), &case("webex-01"));
}

#[test]
fn a_published_body_that_the_provider_refuses_is_never_sent() {
    for deviation in &deviations::DEVIATIONS {
        let Does::Refuses(key) = deviation.does else { continue };
        for id in deviation.cases {
            let (provider, case) = (provider_of(id), case(id));
            let text = case["request"]["body"][key].as_str().expect("a text");
            let violations = check(provider, &draft(provider, &[(key, text)])).expect_err(id);
            assert!(violations.iter().all(|violation| violation.key == key), "{violations:?}");
        }
    }
}
