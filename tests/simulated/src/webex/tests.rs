use super::*;
use crate::client::{Client, Got};
use crate::crowd;
use crate::{Ports, Server, Simulated};

fn start() -> Simulated {
    Simulated::start(Ports::default()).expect("loopback has free ports")
}

#[track_caller]
fn get(server: &Server, target: &str) -> Got {
    let bearer = format!("Bearer {TOKEN}");
    Client::connect(&server.address()).ask("GET", target, &[("Authorization", &bearer)], None)
}

#[track_caller]
fn put(server: &Server, id: &str, body: &str) -> Got {
    let headers = [("Authorization", &*format!("Bearer {TOKEN}")), ("Content-Type", "application/json")];
    Client::connect(&server.address()).ask("PUT", &format!("/v1/memberships/{id}"), &headers, Some(body))
}

fn flags(moderator: bool, hidden: bool) -> String {
    json!({ "isModerator": moderator, "isRoomHidden": hidden }).to_string()
}

/// Where the next page is, at Webex itself.
#[track_caller]
fn next(got: &Got) -> Option<String> {
    let next = got.header("Link")?.strip_prefix("<https://webexapis.com").expect("absolute");
    Some(next.strip_suffix(">; rel=\"next\"").expect("the next one").to_string())
}

/// The items of all pages.
#[track_caller]
fn walk(server: &Server, target: &str) -> Vec<Value> {
    let (mut target, mut items) = (Some(target.to_string()), Vec::new());
    while let Some(page) = target {
        let got = get(server, &page);
        items.extend(got.json()["items"].as_array().expect("a list").iter().cloned());
        target = next(&got);
    }
    items
}

#[track_caller]
fn assert_refused(got: &Got, status: u16, words: &str) {
    let body = got.json();
    assert_eq!((got.status, body["message"].as_str()), (status, Some(words)));
    assert_eq!(body["errors"][0]["description"], words);
    assert_eq!(body["trackingId"].as_str(), got.header("trackingid"));
    assert!(body["trackingId"].as_str().is_some_and(|id| id.starts_with("ROUTERGW_")));
}

#[test]
fn published_ids_are_the_seeded_ones() {
    let simulated = start();
    let all = [UNMODERATED, UNMODERATED_OWNER, MODERATED, MODERATED_OWNER, MODERATED_MEMBER, CLOSED, DIRECT];
    for id in all.into_iter().chain([DIRECT_HIDDEN, REGIONAL, OUTSIDE]) {
        assert!(simulated.webex.member(id).is_some(), "{id}");
    }
    for (room, locked) in [(ROOM_UNMODERATED, false), (ROOM_MODERATED, true), (ROOM_CLOSED, true)] {
        let got = get(&simulated.webex, &format!("/v1/rooms/{room}")).json();
        assert_eq!((&got["id"], &got["isLocked"]), (&json!(room), &json!(locked)));
    }
    assert_eq!((UNMODERATED.len(), REGIONAL.len()), (134, 158), "as long as real ones");
}

#[test]
fn a_wrong_token_is_refused() {
    let simulated = start();
    let target = format!("/v1/memberships/{UNMODERATED}");
    for headers in [
        &[][..],
        &[("Authorization", "Bearer wrong")],
        &[("Authorization", TOKEN)],
        &[("Authorization", "Basic bmFkaWE6")],
    ] {
        let got = Client::connect(&simulated.webex.address()).ask("GET", &target, headers, None);
        assert_refused(&got, 401, UNAUTHORIZED);
    }
}

#[test]
fn unknown_and_malformed_ids_are_not_found() {
    let simulated = start();
    let spaced = format!("{UNMODERATED}%20");
    let slashed = format!("x%2F..%2F{UNMODERATED}");
    for id in ["abc", "%FF", "", "..%2Frooms", OUTSIDE, ROOM_MODERATED, &spaced, &slashed] {
        assert_refused(&get(&simulated.webex, &format!("/v1/memberships/{id}")), 404, NOT_FOUND);
        assert_refused(&put(&simulated.webex, id, &flags(true, false)), 404, NOT_FOUND);
    }
    assert_refused(&get(&simulated.webex, "/v2/memberships"), 404, NOT_FOUND);
}

#[test]
fn an_update_has_exactly_two_flags_as_json() {
    let simulated = start();
    for body in [
        "",
        "{}",
        "[]",
        "true",
        "{",
        r#"{"isModerator":true}"#,
        r#"{"isRoomHidden":false}"#,
        r#"{"isModerator":"true","isRoomHidden":false}"#,
        r#"{"isModerator":null,"isRoomHidden":false}"#,
        r#"{"isModerator":1,"isRoomHidden":false}"#,
        r#"{"isModerator":true,"isRoomHidden":false,"id":"x"}"#,
    ] {
        assert_refused(&put(&simulated.webex, UNMODERATED, body), 400, MALFORMED);
    }
    for kind in ["text/plain", "application/jsonp", ""] {
        let headers = [("Authorization", &*format!("Bearer {TOKEN}")), ("Content-Type", kind)];
        let target = format!("/v1/memberships/{UNMODERATED}");
        let mut client = Client::connect(&simulated.webex.address());
        assert_eq!(client.ask("PUT", &target, &headers, Some(&flags(true, false))).status, 415);
    }
    assert_eq!(simulated.webex.counters().applied, 0);
}

#[test]
fn a_read_has_no_body_and_only_known_questions() {
    let simulated = start();
    let headers = [("Authorization", &*format!("Bearer {TOKEN}"))];
    let mut client = Client::connect(&simulated.webex.address());
    assert_refused(&client.ask("GET", "/v1/people/me", &headers, Some("{}")), 400, MALFORMED);
    for target in ["/v1/people/me?x=1", "/v1/rooms?max=0", "/v1/rooms?max=1&max=2", "/v1/rooms?type=team"] {
        assert_refused(&get(&simulated.webex, target), 400, MALFORMED);
    }
}

#[test]
fn other_methods_are_not_allowed() {
    let simulated = start();
    let headers = [("Authorization", &*format!("Bearer {TOKEN}"))];
    let target = format!("/v1/memberships/{UNMODERATED}");
    for (method, target, allowed) in
        [("DELETE", &*target, "GET, PUT"), ("PATCH", &target, "GET, PUT"), ("POST", "/v1/memberships", "GET")]
    {
        let got = Client::connect(&simulated.webex.address()).ask(method, target, &headers, None);
        assert_refused(&got, 405, "Method Not Allowed");
        assert_eq!(got.header("Allow"), Some(allowed));
    }
}

#[test]
fn the_first_moderator_locks_the_space_and_makes_the_caller_one_too() {
    let simulated = start();
    let locked =
        || get(&simulated.webex, &format!("/v1/rooms/{ROOM_UNMODERATED}")).json()["isLocked"].clone();
    let moderates = |id| simulated.webex.member(id).expect("seeded")["isModerator"].clone();
    assert_eq!(locked(), false);

    let got = put(&simulated.webex, UNMODERATED, &flags(true, false));
    assert_eq!((got.status, &got.json()["isModerator"]), (200, &json!(true)));
    assert_eq!((locked(), moderates(UNMODERATED_OWNER)), (json!(true), json!(true)));

    assert_eq!(put(&simulated.webex, UNMODERATED, &flags(false, false)).status, 200);
    assert_eq!(locked(), true, "the caller is still a moderator");
    assert_eq!(put(&simulated.webex, UNMODERATED_OWNER, &flags(false, false)).status, 200);
    assert_eq!(locked(), false);
}

#[test]
fn moderators_make_moderators_and_nobody_else_does() {
    let simulated = start();
    assert_eq!(put(&simulated.webex, MODERATED_MEMBER, &flags(true, false)).json()["isModerator"], true);
    assert_eq!(put(&simulated.webex, MODERATED, &flags(false, false)).json()["isModerator"], false);
    assert_refused(&put(&simulated.webex, CLOSED, &flags(true, false)), 403, FORBIDDEN);
    assert_refused(&put(&simulated.webex, CLOSED, &flags(false, false)), 403, FORBIDDEN);
}

#[test]
fn only_the_flag_of_its_kind_of_space_may_change() {
    let simulated = start();
    assert_refused(&put(&simulated.webex, UNMODERATED, &flags(false, true)), 400, MALFORMED);
    assert_refused(&put(&simulated.webex, DIRECT, &flags(true, false)), 400, MALFORMED);

    let before = get(&simulated.webex, &format!("/v1/memberships/{DIRECT}")).json();
    assert_eq!((&before["roomType"], before.get("isRoomHidden")), (&json!("direct"), None));
    assert_eq!(put(&simulated.webex, DIRECT, &flags(false, true)).json()["isRoomHidden"], true);
    assert_eq!(put(&simulated.webex, DIRECT_HIDDEN, &flags(false, false)).json()["isRoomHidden"], false);
    assert_eq!(put(&simulated.webex, REGIONAL, &flags(true, false)).json()["isModerator"], true);
}

#[test]
fn memberships_are_found_by_space_and_person() {
    let simulated = start();
    let list = |query: &str| get(&simulated.webex, &format!("/v1/memberships?{query}"));
    let found = list(&format!("roomId={ROOM_UNMODERATED}&personEmail=Siobhan.OBrien%40example.com&max=100"));
    let found = found.json();
    assert_eq!(found["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(found["items"][0]["id"], UNMODERATED);
    assert_eq!(found["items"][0].get("isRoomHidden"), None, "lists of group spaces lack it");

    let person = simulated.webex.member(UNMODERATED).expect("seeded")["personId"].clone();
    let person = person.as_str().expect("a text");
    let found = list(&format!("roomId={ROOM_UNMODERATED}&personId={person}")).json();
    assert_eq!(found["items"][0]["id"], UNMODERATED);

    assert_refused(&list("personEmail=siobhan.obrien%40example.com"), 400, MALFORMED);
    assert_refused(&list("roomId=abc"), 404, NOT_FOUND);
    let all = walk(&simulated.webex, "/v1/memberships?max=1000");
    assert_eq!(all.len(), 16 + LARGE + 2 * MORE_ROOMS);
    assert!(all.iter().all(|item| item["id"] != OUTSIDE));
}

#[test]
fn a_large_space_has_everybody_in_pages_of_at_most_a_thousand() {
    let simulated = start();
    let server = &simulated.webex;
    let target = format!("/v1/memberships?roomId={ROOM_LARGE}");
    let sizes = |query: &str| {
        let got = get(server, &format!("{target}{query}"));
        (got.json()["items"].as_array().map(Vec::len), got.header("Link").is_some())
    };
    assert_eq!(sizes(""), (Some(100), true));
    assert_eq!(sizes("&max=5000"), (Some(1000), true), "cut, not refused");
    let all = walk(server, &format!("{target}&max=1000"));
    assert_eq!(server.arrived().len(), 2 + 3, "a last page that is full has no next");
    assert_eq!(all.len(), LARGE);
    assert_eq!((&all[0]["personEmail"], &all[LARGE - 5]["id"]), (&json!(OWNER_EMAIL), &json!(LARGE_SIOBHAN)));
    for place in [0, 1, crowd::NAMELESS, CROWD - 1] {
        let (found, name) = (&all[place + 1], crowd::name(place));
        assert_eq!(found["id"], large_member(place));
        assert_eq!(found.get("personDisplayName").and_then(Value::as_str), name.as_deref());
        let target = format!("{target}&personEmail={}", crowd::email(place).replace('@', "%40"));
        assert_eq!(walk(server, &target).first(), Some(found));
    }
    assert_eq!(put(server, LARGE_SIOBHAN, &flags(true, false)).json()["isModerator"], true);
    assert_eq!(get(server, &format!("/v1/rooms/{ROOM_LARGE}")).json()["isLocked"], true);
    let other = start();
    assert_eq!(other.webex.member(LARGE_SIOBHAN).expect("seeded")["isModerator"], false, "each has its own");
}

#[test]
fn there_are_more_spaces_than_a_page_usually_has() {
    let simulated = start();
    let first = get(&simulated.webex, "/v1/rooms?type=group");
    assert_eq!(first.json()["items"].as_array().map(Vec::len), Some(100));
    let all = walk(&simulated.webex, "/v1/rooms?type=group&sortBy=lastactivity");
    assert_eq!(all.len(), 5 + MORE_ROOMS);
    let count = |title: &str| all.iter().filter(|room| room["title"] == title).count();
    assert_eq!([TITLE_LARGE, TITLE_UNMODERATED, TITLE_TWICE, crowd::BLANK].map(count), [1, 1, 2, 1]);
    assert_eq!(all.iter().filter(|room| room.get("title").is_none()).count(), 1);
    let locked = |title: &str| all.iter().any(|room| room["title"] == title && room["isLocked"] == true);
    let titles = [TITLE_CLOSED, TITLE_MODERATED, TITLE_UNMODERATED, TITLE_LARGE];
    assert_eq!(titles.map(locked), [true, true, false, false]);
    assert_refused(&get(&simulated.webex, "/v1/rooms?sortBy=title"), 400, MALFORMED);
    assert_refused(&get(&simulated.webex, "/v1/rooms?after=abc"), 400, MALFORMED);
}

#[test]
fn the_next_page_can_lead_to_itself_or_nowhere() {
    let simulated = start();
    let server = &simulated.webex;
    set_next(server, Next::Repeated);
    let first = get(server, "/v1/rooms?max=100");
    let second = get(server, &next(&first).expect("a second page"));
    let third = get(server, &next(&second).expect("itself"));
    assert_eq!((next(&second), &second.body), (next(&third), &third.body));
    assert_eq!(next(&get(server, "/v1/rooms?max=1000")), None, "one page has no next to repeat");

    set_next(server, Next::MaxNull);
    let target = next(&get(server, "/v1/rooms?max=100")).expect("a second page");
    assert!(target.contains("?max=null&before&after="), "{target}");
    assert_refused(&get(server, &target), 400, MALFORMED);
    assert_eq!(get(server, &target.replace("max=null&", "")).status, 200);
    server.reset();
    assert!(next(&get(server, "/v1/rooms")).is_some_and(|target| target.contains("max=100")));
}

#[test]
fn the_next_page_is_an_address_at_webex_and_the_last_has_none() {
    let simulated = start();
    let all = walk(&simulated.webex, &format!("/v1/memberships?roomId={ROOM_UNMODERATED}&max=3"));
    let names: Vec<&Value> = all.iter().map(|item| &item["personDisplayName"]).collect();
    assert_eq!(simulated.webex.arrived().len(), 2);
    assert_eq!(names, ["Nadia Okafor", "Siobhán O'Brien", "王小明", "Zoë 🚀 Müller"]);
    let rooms = get(&simulated.webex, "/v1/rooms?type=group&sortBy=created&max=2");
    assert_eq!(rooms.json()["items"][0]["title"], "Annonces de la direction");
    assert!(
        rooms.header("link").is_some_and(|link| link.contains("/v1/rooms?type=group&sortBy=created&max=2&"))
    );
}

#[test]
fn people_are_found_by_email_and_name() {
    let simulated = start();
    let names = |query: &str| {
        let found = get(&simulated.webex, &format!("/v1/people?{query}")).json();
        let items = found["items"].as_array().expect("a list").clone();
        items.iter().map(|item| item["displayName"].as_str().expect("a name").to_string()).collect::<Vec<_>>()
    };
    assert_eq!(names("email=zoe%2Brockets%40example.de"), ["Zoë 🚀 Müller"]);
    assert_eq!(names("email=zoe+rockets%40example.de"), [""; 0], "an unescaped plus is a space");
    assert_eq!(names("displayName=nad&excludeStatus=true"), ["Nadia Okafor"]);
    assert_refused(&get(&simulated.webex, "/v1/people"), 400, MALFORMED);
    let me = get(&simulated.webex, "/v1/people/me").json();
    assert_eq!(me["emails"][0], OWNER_EMAIL);
    let by_id = get(&simulated.webex, &format!("/v1/people/{}", me["id"].as_str().expect("a text")));
    assert_eq!(by_id.json(), me);
}

#[test]
fn browsers_are_let_in_but_see_no_headers() {
    let simulated = start();
    let mut client = Client::connect(&simulated.webex.address());
    let asks = [
        ("Origin", "http://localhost:8080"),
        ("Access-Control-Request-Method", "PUT"),
        ("Access-Control-Request-Headers", "authorization,content-type"),
    ];
    let got = client.ask("OPTIONS", &format!("/v1/memberships/{UNMODERATED}"), &asks, None);
    assert_eq!((got.status, got.header("Access-Control-Allow-Origin")), (204, Some("*")));
    assert!(got.header("Access-Control-Allow-Methods").is_some_and(|methods| methods.contains("PUT")));
    assert!(got.header("Access-Control-Allow-Headers").is_some_and(|names| names.contains("Authorization")));
    for got in [get(&simulated.webex, "/v1/rooms?max=1"), get(&simulated.webex, "/nowhere")] {
        assert_eq!(got.header("Access-Control-Allow-Origin"), Some("*"));
        assert_eq!(got.header("Access-Control-Expose-Headers"), None);
    }
}
