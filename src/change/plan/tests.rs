mod alone;
mod rows;
mod siblings;

use serde_json::{Value as Json, json};

use super::{Plan, Planned, plan};
use crate::change::check::check;
use crate::change::draft::{Draft, Entry};
use crate::change::identity::Identity;
use crate::change::problem::{Problem, Violation};
use crate::change::record::{NotARecord, Record};
use crate::change::value::Held;
use crate::provider::Provider;
use crate::provider::risk::Confirm;
use crate::transport::{Address, Proxy, RequestView, Target};

fn provider(id: &str) -> Provider {
    let path = [env!("CARGO_MANIFEST_DIR"), "/providers/", id, ".json"].concat();
    Provider::parse(&std::fs::read_to_string(path).expect("a provider file")).expect("a provider")
}

/// A provider with each way of sending, clearing and starting a body.
fn other(base: Json) -> Provider {
    let file = json!({
        "version": 1, "id": "other", "name": "Other", "member": "member", "about": "Change a name.",
        "servers": { "other": { "label": "Other", "address": "https://other.example" } },
        "sign_in": [{ "id": "key", "type": "apiKey", "in": "header", "name": "X-API-Key", "label": "Key" }],
        "identity": { "id": { "label": "ID", "type": "string" } },
        "title": "{name}",
        "read": { "call": { "method": "GET", "path": "/m/{id}" }, "record": "" },
        "update": { "call": { "method": "PATCH", "path": "/m/{id}?by={id}" }, "base": base },
        "fields": {
            "name": { "label": "Name", "type": "string", "at": "/name", "to": "/name", "clear": { "by": null } },
            "note": { "label": "Note", "type": "string", "at": "/more/note", "to": "/more/note", "clear": "omit" },
            "age": { "label": "Age", "type": "integer", "at": ["/age", "/years"], "to": "/age" },
            "blind": { "label": "Code word", "type": "string", "to": "/code" }
        }
    });
    Provider::parse(&file.to_string()).expect("a provider")
}

fn identity(provider: &Provider, keys: &[&str]) -> Identity {
    let typed: Vec<(String, String)> = provider
        .identity
        .iter()
        .zip(keys)
        .map(|(field, text)| (field.key.clone(), text.to_string()))
        .collect();
    Identity::check(provider, &typed).expect("an identity")
}

fn draft(entries: &[(&str, Entry)]) -> Draft {
    entries.iter().map(|(key, entry)| (key.to_string(), entry.clone())).collect()
}

fn text(value: &str) -> Entry {
    Entry::Text(value.to_string())
}

fn adjust(add: &[&str], remove: &[&str]) -> Entry {
    let list = |ids: &[&str]| ids.iter().map(|id| id.to_string()).collect();
    Entry::Adjust { add: list(add), remove: list(remove) }
}

/// A member of the second provider; `more` is laid over it, and null takes a key away.
fn member(more: Json) -> (Provider, Record) {
    let mut member = json!({
        "unitId": "m1", "name": "John",
        "teams": [{ "unitId": "teamAAAA", "name": "A" }],
        "roles": [{ "unitId": "roleAAAA", "name": "R" }]
    });
    for (key, value) in more.as_object().expect("an object") {
        match value {
            Json::Null => _ = member.as_object_mut().expect("an object").remove(key),
            _ => member[key] = value.clone(),
        }
    }
    let provider = provider("aitable");
    let identity = identity(&provider, &["spcjXzqVrjaP3", "m1"]);
    let answer = json!({ "success": true, "data": { "member": member } });
    let record = Record::read(&provider, &identity, &answer, 0).expect("a record");
    (provider, record)
}

fn membership(more: Json, room: Option<Json>) -> (Provider, Record) {
    let mut raw = json!({
        "id": "M", "roomId": "R", "personId": "P", "personDisplayName": "Aoife", "isModerator": false,
        "isRoomHidden": false, "roomType": "group"
    });
    for (key, value) in more.as_object().expect("an object") {
        match value {
            Json::Null => _ = raw.as_object_mut().expect("an object").remove(key),
            _ => raw[key] = value.clone(),
        }
    }
    let provider = provider("webex");
    let identity = identity(&provider, &["M"]);
    let mut record = Record::read(&provider, &identity, &raw, 0).expect("a record");
    if let Some(room) = room {
        record.add(&provider.read.also[0], &room);
    }
    (provider, record)
}

/// A record of any provider, read at this moment, in milliseconds since 1970.
fn read(id: &str, keys: &[(&str, &str)], answer: &Json, now: u64) -> (Provider, Record) {
    let provider = provider(id);
    let typed: Vec<(String, String)> =
        keys.iter().map(|(key, text)| (key.to_string(), text.to_string())).collect();
    let identity = Identity::check(&provider, &typed).expect("an identity");
    let record = Record::read(&provider, &identity, answer, now);
    let record = record.unwrap_or_else(|fault| panic!("{fault:?}: {answer}"));
    (provider, record)
}

fn risks(plan: &Plan) -> Vec<(&str, Confirm)> {
    plan.risks().iter().map(|risk| (risk.id.as_str(), risk.confirm)).collect()
}

fn planned(of: &(Provider, Record), entries: &[(&str, Entry)]) -> Result<Planned, Vec<Violation>> {
    let (provider, record) = of;
    let change = check(provider, &draft(entries)).expect("a change");
    plan(provider, &provider.servers[0].slug, record, &change)
}

fn plan_of(of: &(Provider, Record), entries: &[(&str, Entry)]) -> Plan {
    match planned(of, entries) {
        Ok(Planned::Plan(plan)) => plan,
        other => panic!("{entries:?}: {other:?}"),
    }
}

fn view(plan: &Plan) -> RequestView {
    let target = Target {
        server: plan.request().server.clone(),
        address: Some(Address::parse("https://x.example").expect("an address")),
        typed: false,
    };
    plan.request().view(&target, &Proxy::none()).expect("a view")
}

fn body(plan: &Plan) -> Json {
    serde_json::from_str(&view(plan).body.expect("a body")).expect("JSON")
}

#[test]
fn the_body_has_what_always_goes_and_what_is_different() {
    let check = |of: (Provider, Record), entries: &[(&str, Entry)], expected: Json| {
        assert_eq!(body(&plan_of(&of, entries)), expected, "{entries:?}");
    };
    let yes = || ("isModerator", text("yes"));
    check(membership(json!({}), None), &[yes()], json!({ "isModerator": true, "isRoomHidden": false }));
    // The record does not tell whether the space is hidden: that means no.
    check(
        membership(json!({ "isRoomHidden": null }), None),
        &[yes()],
        json!({ "isModerator": true, "isRoomHidden": false }),
    );
    check(
        membership(json!({ "isRoomHidden": true }), None),
        &[yes()],
        json!({ "isModerator": true, "isRoomHidden": true }),
    );
    check(
        membership(json!({ "roomType": "direct", "isModerator": true }), None),
        &[("isRoomHidden", text("yes"))],
        json!({ "isModerator": true, "isRoomHidden": true }),
    );
    let a = json!(["teamAAAA"]);
    check(member(json!({})), &[("name", text("Jo"))], json!({ "name": "Jo", "teams": a }));
    check(member(json!({})), &[("roles", text("roleBBBB"))], json!({ "teams": a, "roles": ["roleBBBB"] }));
    check(
        member(json!({})),
        &[("teams", text("teamBBBB; teamCCCC"))],
        json!({ "teams": ["teamBBBB", "teamCCCC"] }),
    );
    check(
        member(json!({})),
        &[("teams", adjust(&["teamBBBB"], &["nobody"]))],
        json!({ "teams": ["teamAAAA", "teamBBBB"] }),
    );
    check(member(json!({})), &[("teams", Entry::Clear)], json!({ "teams": [] }));
    for nothing in [json!([]), json!(""), json!({})] {
        check(
            member(json!({ "teams": nothing })),
            &[("name", text("Jo"))],
            json!({ "name": "Jo", "teams": [] }),
        );
    }
}

#[test]
fn what_goes_along_as_it_is_can_be_named() {
    let along = |of: &(Provider, Record), entries: &[(&str, Entry)]| plan_of(of, entries).along().to_vec();
    let (group, direct) = (membership(json!({}), None), membership(json!({ "roomType": "direct" }), None));
    assert_eq!(along(&group, &[("isModerator", text("yes"))]), ["isRoomHidden"]);
    assert_eq!(along(&direct, &[("isRoomHidden", text("yes"))]), ["isModerator"]);
}

#[test]
fn a_body_may_start_from_the_record() {
    let raw = json!({
        "id": 9007199254740993u64, "createdAt": "x", "name": "Jo", "more": { "note": "n", "kept": [1.10] }, "age": 5
    });
    let check = |base: Json, entries: &[(&str, Entry)], expected: Json| {
        let provider = other(base);
        let identity = identity(&provider, &["7"]);
        let record = Record::read(&provider, &identity, &raw, 0).expect("a record");
        assert_eq!(body(&plan_of(&(provider, record), entries)), expected, "{entries:?}");
    };
    let jane = || ("name", text("Jane"));
    check(json!("none"), &[jane()], json!({ "name": "Jane" }));
    let mut whole = raw.clone();
    whole["name"] = json!("Jane");
    check(json!("record"), &[jane()], whole.clone());
    let drop = json!({ "record": { "drop": ["/id", "/createdAt", "/nothing/there"] } });
    let mut less = whole;
    let keys = less.as_object_mut().expect("an object");
    keys.shift_remove("id");
    keys.shift_remove("createdAt");
    check(drop, &[jane()], less);
    check(
        json!("record"),
        &[("note", Entry::Clear)],
        json!({ "id": 9007199254740993u64, "createdAt": "x", "name": "Jo", "more": { "kept": [1.10] }, "age": 5 }),
    );
    check(
        json!("none"),
        &[("name", Entry::Clear), ("note", text("new")), ("blind", text("b"))],
        json!({ "name": null, "more": { "note": "new" }, "code": "b" }),
    );
    check(json!("none"), &[("age", text("6"))], json!({ "age": 6 }));
}

#[test]
fn the_request_has_its_names_filled_in_and_a_hole_for_the_credential() {
    let provider = other(json!("none"));
    let identity = identity(&provider, &["a/b?c ü"]);
    let record = Record::read(&provider, &identity, &json!({ "name": "Jo" }), 0).expect("a record");
    let view = view(&plan_of(&(provider, record), &[("name", text("Jane"))]));
    assert_eq!(view.method.as_str(), "PATCH");
    assert_eq!(view.url, "https://x.example/m/a%2Fb%3Fc%20%C3%BC?by=a%2Fb%3Fc%20%C3%BC");
    let header = |name: &str, value: &str| (name.to_string(), value.to_string());
    assert_eq!(
        view.headers,
        [
            header("Accept", "application/json"),
            header("X-API-Key", "$KEY"),
            header("Content-Type", "application/json"),
        ]
    );
}

#[test]
fn what_is_so_already_is_no_difference() {
    let check = |entries: &[(&str, Entry)]| {
        assert_eq!(planned(&member(json!({})), entries), Ok(Planned::Nothing), "{entries:?}");
    };
    check(&[]);
    check(&[("name", text("John"))]);
    check(&[("name", text("\u{00A0}John "))]);
    check(&[("teams", text("teamAAAA"))]);
    check(&[("teams", adjust(&["teamAAAA"], &["teamBBBB"]))]);
    check(&[("teams", adjust(&["teamAAAA"], &["teamAAAA"]))]);
    let two = member(json!({ "teams": [{ "unitId": "teamBBBB" }, { "unitId": "teamAAAA" }] }));
    assert_eq!(
        planned(&two, &[("teams", text("teamAAAA; teamBBBB"))]),
        Ok(Planned::Nothing),
        "the order does not count"
    );
}

#[test]
fn what_stands_against_a_change_is_named_at_its_field() {
    let check = |of: (Provider, Record), entries: &[(&str, Entry)], expected: &[(&str, Problem)]| {
        let expected: Vec<Violation> =
            expected.iter().map(|(key, problem)| Violation::new(*key, problem.clone())).collect();
        assert_eq!(planned(&of, entries), Err(expected), "{entries:?}");
    };
    let group = "Only one-to-one spaces can be hidden. This is a group space.";
    check(
        membership(json!({}), None),
        &[("isRoomHidden", text("yes"))],
        &[("isRoomHidden", Problem::NotOffered(group.to_string()))],
    );
    let direct = "Only group spaces have moderators. This is a one-to-one space.";
    check(
        membership(json!({ "roomType": "direct" }), None),
        &[("isModerator", text("yes"))],
        &[("isModerator", Problem::NotOffered(direct.to_string()))],
    );
    // It must go with every change, and nobody knows what it is.
    check(
        membership(json!({ "roomType": "direct", "isModerator": null }), None),
        &[("isRoomHidden", text("yes"))],
        &[("isModerator", Problem::NotTold)],
    );
    let last = "AITable cannot remove a member’s last role from here. Do it in AITable itself.";
    check(
        member(json!({})),
        &[("roles", adjust(&[], &["roleAAAA"]))],
        &[("roles", Problem::CannotClear(last.into()))],
    );
}

#[test]
fn a_difference_says_what_cannot_be_put_back_and_what_cannot_be_proved() {
    let check = |of: (Provider, Record), entry: (&str, Entry), permanent: bool, unproved: bool| {
        let plan = plan_of(&of, std::slice::from_ref(&entry));
        let [difference] = plan.differences() else { panic!("{plan:?}") };
        assert_eq!((difference.permanent, difference.unproved), (permanent, unproved), "{entry:?}");
    };
    check(member(json!({})), ("name", text("Jo")), false, false);
    check(member(json!({ "roles": [] })), ("roles", text("roleBBBB")), true, false);
    check(member(json!({ "teams": [] })), ("teams", text("teamBBBB")), false, false);
    check(membership(json!({ "isModerator": null }), None), ("isModerator", text("no")), true, true);
    let provider = other(json!("none"));
    let identity = identity(&provider, &["7"]);
    let record = Record::read(&provider, &identity, &json!({}), 0).expect("a record");
    check((provider, record), ("blind", text("secret")), true, true);
}

#[test]
fn a_risk_is_shown_unless_it_can_be_ruled_out() {
    let check = |of: (Provider, Record), entry: (&str, Entry), expected: &[&str]| {
        let plan = plan_of(&of, std::slice::from_ref(&entry));
        let risks: Vec<&str> = plan.risks().iter().map(|risk| risk.id.as_str()).collect();
        assert_eq!(risks, expected, "{entry:?}");
        for risk in plan.risks() {
            assert!(risk.says.ends_with('.') && !risk.says.contains('{'), "{}", risk.says);
        }
    };
    let yes = || ("isModerator", text("yes"));
    check(membership(json!({}), Some(json!({ "isLocked": false }))), yes(), &["first-moderator"]);
    check(membership(json!({}), Some(json!({ "isLocked": true }))), yes(), &[]);
    // The room could not be read, so it may be the first moderator.
    check(membership(json!({}), None), yes(), &["first-moderator"]);
    check(membership(json!({ "isModerator": true }), None), ("isModerator", text("no")), &["last-moderator"]);
    check(
        membership(json!({ "isModerator": true, "personDisplayName": null }), None),
        ("isModerator", text("no")),
        &["last-moderator"],
    );
    check(membership(json!({ "roomType": "direct" }), None), ("isRoomHidden", text("yes")), &["hidden"]);
    check(
        membership(json!({ "roomType": "direct", "isRoomHidden": true }), None),
        ("isRoomHidden", text("no")),
        &[],
    );
    check(member(json!({})), ("teams", Entry::Clear), &["root-team"]);
    check(member(json!({})), ("teams", adjust(&[], &["teamAAAA"])), &["root-team"]);
    check(member(json!({})), ("name", text("Jo")), &[]);
    // Who is in the root team already does not get there again.
    check(member(json!({ "teams": [] })), ("name", text("Jo")), &[]);
}

#[test]
fn only_consents_to_every_risk_but_notes_approve_a_plan() {
    let clear = plan_of(&member(json!({})), &[("teams", Entry::Clear)]);
    let consent = |ids: &[&str]| -> Vec<String> { ids.iter().map(|id| id.to_string()).collect() };
    assert_eq!(clear.approve(&[]).err(), Some(consent(&["root-team"])));
    assert_eq!(clear.approve(&consent(&["another"])).err(), Some(consent(&["root-team"])));
    assert!(clear.approve(&consent(&["root-team"])).is_ok());
    let direct = membership(json!({ "roomType": "direct" }), None);
    let hidden = plan_of(&direct, &[("isRoomHidden", text("yes"))]);
    assert!(hidden.approve(&[]).is_ok(), "a note asks for no consent");
}

#[test]
fn consents_hold_for_the_same_promise_only() {
    let entries = [("name", text("Jo"))];
    let approved = plan_of(&member(json!({})), &entries).approve(&[]).expect("no risk");
    // Another team came: nobody touched teams, so the fresh ones go along.
    let moved = member(json!({ "teams": [{ "unitId": "teamCCCC" }] }));
    let renewed = approved.renew(&plan_of(&moved, &entries)).expect("the same promise");
    assert_eq!(body(renewed.plan()), json!({ "name": "Jo", "teams": ["teamCCCC"] }));
    // The name is another one than when it was approved.
    let moved = member(json!({ "name": "Jon" }));
    assert_eq!(approved.renew(&plan_of(&moved, &entries)), None);
    // A risk that was not there.
    let locked = membership(json!({}), Some(json!({ "isLocked": true })));
    let open = membership(json!({}), Some(json!({ "isLocked": false })));
    let entries = [("isModerator", text("yes"))];
    let approved = plan_of(&locked, &entries).approve(&[]).expect("no risk");
    assert_eq!(approved.renew(&plan_of(&open, &entries)), None);
}

#[test]
fn an_answer_that_is_not_the_record_is_none() {
    let provider = provider("aitable");
    let identity = identity(&provider, &["spcjXzqVrjaP3", "m1"]);
    let check = |answer: Json, expected: NotARecord| {
        assert_eq!(Record::read(&provider, &identity, &answer, 0).err(), Some(expected), "{answer}");
    };
    let odd = |label: &str| NotARecord::Odd { label: label.to_string() };
    check(json!(null), NotARecord::Missing);
    check(json!({ "data": {} }), NotARecord::Missing);
    check(json!({ "data": { "member": [] } }), NotARecord::Missing);
    check(json!({ "data": { "member": {} } }), NotARecord::Must);
    check(json!({ "data": { "member": { "unitId": "m2" } } }), NotARecord::Must);
    check(json!({ "data": { "member": { "unitId": ["m1"] } } }), NotARecord::Must);
    check(json!({ "data": { "member": { "unitId": "m1", "teams": "teamAAAA" } } }), odd("Teams"));
    check(json!({ "data": { "member": { "unitId": "m1", "name": 7 } } }), odd("Name in this space"));
}

#[test]
fn an_extra_read_that_failed_tells_nothing() {
    let (provider, record) = membership(json!({}), None);
    let title = provider.field("roomTitle").expect("a field");
    assert_eq!(record.held(title), Held::NotTold);
    let (_, record) = membership(json!({}), Some(json!({ "title": "Launch" })));
    assert_eq!(record.held(title).value().map(|value| value.text()), Some("Launch".to_string()));
    let (_, record) = membership(json!({}), Some(json!({})));
    assert_eq!(record.held(title), Held::NotTold);
}
