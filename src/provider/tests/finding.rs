//! How a member is found by name.

use serde_json::{Value, json};

use super::super::Provider;
use super::super::call::Method;
use super::super::list::Page;
use super::{faults_of, smallest};

/// Rooms, and the members of a room team by team.
fn rooms() -> Value {
    let mut file = smallest();
    let more = json!({
        "connection": {
            "panel": { "label": "Panel", "type": "string" },
            "guid": { "label": "GUID", "type": "string", "writeOnly": true }
        },
        "find": [
            {
                "gives": "room", "label": "Room", "call": { "method": "GET", "path": "/rooms?max=100" },
                "items": "/items", "id": "/id", "name": "/title", "second": ["/type", "/id"],
                "words": { "direct": "One to one" }, "page": { "by": "link" },
                "period": { "from": "since", "to": "until", "days": 7 }
            },
            {
                "gives": "id", "label": "Member",
                "call": { "method": "GET", "path": "/rooms/{room}/teams/{team}/members?limit=50" },
                "items": "/members", "id": "/id", "name": ["/name", "/email"],
                "page": { "by": "offset", "parameter": "offset", "size": "limit", "total": "/total" },
                "search": { "parameter": "email", "format": "email" },
                "tree": {
                    "gives": "team", "root": "0", "call": { "method": "GET", "path": "/rooms/{room}/teams/{team}" },
                    "items": "/teams", "id": "/id", "name": "/name", "page": { "by": "number", "parameter": "page" }
                }
            }
        ]
    });
    file.as_object_mut().expect("an object").extend(more.as_object().cloned().expect("an object"));
    file
}

#[test]
fn steps_are_read_in_their_order() {
    let provider = Provider::parse(&rooms().to_string()).expect("no fault");
    let [room, member] = provider.steps() else { panic!("two steps") };
    assert_eq!(room.lookup.list.page, Some(Page::Link));
    assert_eq!(member.lookup.list.size(), Some(50));
    assert_eq!(member.names().collect::<Vec<_>>(), ["room", "room"]);
    let of_nodes = member.lookup.tree.as_ref().and_then(|tree| tree.list.as_ref()).expect("a tree");
    assert_eq!(of_nodes.page.as_ref().and_then(Page::parameter), Some("page"));
    assert!(matches!(of_nodes.page, Some(Page::Number { first: 1, .. })));
    let calls = provider.calls().into_iter().filter(|(name, _)| *name == "find");
    let calls: Vec<Method> = calls.map(|(_, call)| call.method).collect();
    assert_eq!(calls, [Method::Get; 3]);
}

#[test]
fn a_provider_may_say_why_its_members_cannot_be_listed() {
    let mut file = smallest();
    file["find"] = json!({ "no": "There is no list." });
    let provider = Provider::parse(&file.to_string()).expect("no fault");
    assert!(provider.steps().is_empty());
    for odd in [json!("There is no list."), json!([]), json!(null), json!(true)] {
        file["find"] = odd;
        assert_eq!(faults_of(&file), ["/find"], "{}", file["find"]);
    }
    file["find"] = json!({ "no": " " });
    assert_eq!(faults_of(&file), ["/find/no"]);
}

#[test]
fn each_fault_of_a_step_is_named_with_its_place() {
    assert_eq!(faults_of(&rooms()), Vec::<String>::new());
    let check = |pointer: &str, new: Value, expected: &[&str]| {
        let mut file = rooms();
        let (parent, key) = pointer.rsplit_once('/').expect("a place in something");
        match file.pointer_mut(parent).expect("a place") {
            Value::Array(list) => list[key.parse::<usize>().expect("a number")] = new,
            place => place[key] = new,
        }
        assert_eq!(faults_of(&file), expected, "{pointer}");
    };
    // A call names what is known by then.
    check("/find/0/call/path", json!("/rooms/{id}"), &["/find/0/call"]);
    check("/find/0/call/path", json!("/rooms/{team}"), &["/find/0/call"]);
    check("/find/0/call/path", json!("/rooms?panel={panel}"), &[]);
    check("/find/1/tree/call/path", json!("/teams/{team}/{other}"), &["/find/1/tree/call"]);
    check("/find/1/tree/call/path", json!("/teams"), &["/find/1/tree"]);
    check("/find/1/call/path", json!("/rooms/{room}/members?limit=50"), &["/find/1/tree"]);
    check("/find/0/call/method", json!("POST"), &["/find"]);
    // What it gives has a name of its own, and in the end there is a member.
    check("/find/0/gives", json!("name"), &["/find/0/gives", "/find/1/tree/call", "/find/1/call"]);
    check("/find/0/gives", json!("token"), &["/find/0/gives", "/find/1/tree/call", "/find/1/call"]);
    check("/find/1/tree/gives", json!("room"), &["/find/1/tree/gives", "/find/1/tree/call", "/find/1/call"]);
    check("/find/1/gives", json!("person"), &["/find", "/find"]);
    check("/identity/other", json!({ "label": "Other", "type": "string" }), &["/find"]);
    // A parameter stands once in a call.
    check("/find/1/page/parameter", json!("limit"), &["/find/1/call"]);
    check("/find/1/page/parameter", json!("email"), &["/find/1/call"]);
    check("/find/0/period/to", json!("max"), &["/find/0/call"]);
    check("/find/1/page/size", json!("max"), &["/find/1/page"]);
    check("/find/1/call/path", json!("/r/{room}/{team}?limit=0"), &["/find/1/page"]);
    check("/find/0/call/path", json!("/rooms?key={guid}"), &["/find/0/page"]);
    // The shapes of its parts.
    check("/find/0/page", json!({ "by": "link", "parameter": "max" }), &["/find/0/page/parameter"]);
    check("/find/0/page", json!({ "by": "cursor", "parameter": "after" }), &["/find/0/page"]);
    check("/find/0/page/by", json!("page"), &["/find/0/page/by"]);
    check("/find/0/name", json!([]), &["/find/0/name"]);
    check("/find/0/period/days", json!(0), &["/find/0/period/days"]);
    check("/find/0/format", json!("email"), &["/find/0/format"]);
    check("/find/1/search/format", json!("uri"), &["/find/1/search/format"]);
    check("/find/0/serach", json!({}), &["/find/0/serach"]);
}

#[test]
fn a_key_that_no_step_gives_is_typed() {
    let mut file = rooms();
    file["identity"]["space"] = json!({ "label": "Space", "type": "string" });
    file["find"][0]["call"]["path"] = json!("/spaces/{space}/rooms?max=100");
    assert_eq!(faults_of(&file), Vec::<String>::new());
}

#[test]
fn an_extra_read_is_called_otherwise_where_members_are_found() {
    let mut file = rooms();
    file["read"]["also"] = json!({ "find": { "call": { "method": "GET", "path": "/m" }, "record": "" } });
    assert_eq!(faults_of(&file), ["/read/also/find"]);
    file["find"] = json!({ "no": "There is no list." });
    assert_eq!(faults_of(&file), Vec::<String>::new());
}
