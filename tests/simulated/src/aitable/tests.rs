use super::*;
use crate::client::{Client, Got};
use crate::crowd;
use crate::{Effect, Fault, Ports, Server, Simulated};

/// Without the rate limit, which has a test of its own.
fn start() -> Simulated {
    let simulated = Simulated::start(Ports::default()).expect("loopback has free ports");
    simulated.aitable.lift_limit();
    simulated
}

#[track_caller]
fn ask(server: &Server, method: &str, target: &str, body: Option<&Value>) -> Got {
    let bearer = format!("Bearer {TOKEN}");
    let headers = [("Authorization", &*bearer), ("Content-Type", "application/json; charset=utf-8")];
    let headers = if body.is_some() { &headers[..] } else { &headers[..1] };
    let body = body.map(Value::to_string);
    Client::connect(&server.address()).ask(
        method,
        &format!("/fusion/v1/spaces{target}"),
        headers,
        body.as_deref(),
    )
}

#[track_caller]
fn get(server: &Server, target: &str) -> Value {
    let got = ask(server, "GET", target, None);
    let body = got.json();
    assert_eq!(
        (got.status, &body["code"], &body["success"]),
        (200, &json!(200), &json!(true)),
        "{target}: {body}"
    );
    body["data"].clone()
}

#[track_caller]
fn put(server: &Server, id: &str, body: Value) -> Got {
    ask(server, "PUT", &format!("/{SPACE}/members/{id}"), Some(&body))
}

#[track_caller]
fn assert_refused(got: &Got, status: u16, code: u16, words: &str) {
    assert_eq!(got.status, status);
    assert_eq!(got.json(), json!({ "success": false, "code": code, "message": words }));
}

/// The names, or without names the ids, of some units.
fn names(units: &Value) -> Vec<String> {
    let units = units.as_array().expect("a list").iter();
    units.map(|unit| unit["name"].as_str().expect("a name").to_string()).collect()
}

#[test]
fn a_missing_or_wrong_token_is_refused() {
    let simulated = start();
    let target = format!("/fusion/v1/spaces/{SPACE}/members/{MEMBER}");
    for headers in [&[][..], &[("Authorization", "Bearer uskwrong")], &[("Authorization", TOKEN)]] {
        let got = Client::connect(&simulated.aitable.address()).ask("GET", &target, headers, None);
        assert_refused(&got, 401, 401, "Unauthorized");
    }
}

#[test]
fn a_member_is_shown_with_its_secrets_only_on_request() {
    let simulated = start();
    let target = format!("/{SPACE}/members/{MEMBER}");
    let plain = get(&simulated.aitable, &target)["member"].clone();
    assert_eq!((plain.get("email"), plain.get("mobile")), (None, None));
    assert_eq!(names(&plain["teams"]), ["Platform"]);
    assert_eq!(names(&plain["roles"]), ["Front-end developer"]);
    let full = get(&simulated.aitable, &format!("{target}?sensitiveData=true"))["member"].clone();
    assert_eq!(full["email"], "john@example.com");
    assert_eq!(full["mobile"], json!({ "number": "4085267209", "areaCode": "+1" }));
    assert_eq!(simulated.aitable.member(MEMBER), Some(full));

    let target = format!("/{SPACE}/members/{MEMBER_NOT_JOINED}?sensitiveData=true");
    let invited = get(&simulated.aitable, &target)["member"].clone();
    assert_eq!(
        (&invited["email"], &invited["mobile"], &invited["status"]),
        (&json!(""), &json!({}), &json!(0))
    );
    assert_eq!(invited["name"].as_str().map(|name| name.encode_utf16().count()), Some(LONGEST_NAME));
}

#[test]
fn an_update_without_teams_moves_the_member_to_the_root_team() {
    for body in [
        json!({}),
        json!({ "teams": null }),
        json!({ "teams": [] }),
        json!({ "name": "Jane" }),
        json!({ "roles": [ROLE_LEAD] }),
    ] {
        let simulated = start();
        let root = || get(&simulated.aitable, &format!("/{SPACE}/teams/0/members"))["total"].clone();
        assert_eq!(root(), 1 + CROWD_NO_TEAM.len());
        let got = put(&simulated.aitable, MEMBER_TWO_TEAMS, body.clone()).json();
        assert_eq!(got["data"]["member"]["teams"], json!([]), "{body}");
        assert_eq!(root(), 2 + CROWD_NO_TEAM.len(), "{body}");
    }
}

#[test]
fn teams_replace_all_teams_or_none() {
    let simulated = start();
    let teams = |body| put(&simulated.aitable, MEMBER, body);
    let got = teams(json!({ "teams": [TEAM_SALES, TEAM_APPS] })).json();
    assert_eq!(names(&got["data"]["member"]["teams"]), ["Vertrieb (DACH)", "Apps & Design"]);
    assert_eq!(got["data"]["member"]["teams"][1].get("roles"), None, "some teams come without roles");

    let before = simulated.aitable.member(MEMBER);
    for unknown in ["0", "nowhere", ROLE_LEAD, MEMBER, TEAM_INTEGRATED] {
        let body = json!({ "name": "Jane", "teams": [TEAM_SALES, unknown], "roles": [ROLE_LEAD] });
        let words = format!("The team specified with the unitId {unknown} does not exist");
        assert_refused(&teams(body), 200, 1521, &words);
    }
    assert_eq!(simulated.aitable.member(MEMBER), before);
}

#[test]
fn roles_are_kept_unless_there_are_new_ones() {
    let simulated = start();
    let update = |mut body: Value| {
        body["teams"] = json!([TEAM_ENGINEERING]);
        put(&simulated.aitable, MEMBER_TWO_ROLES, body)
    };
    for body in [json!({}), json!({ "roles": null }), json!({ "roles": [] })] {
        assert_eq!(names(&update(body).json()["data"]["member"]["roles"]), ["Reviewer", "负责人"]);
    }
    let got = update(json!({ "roles": [ROLE_DEVELOPER] })).json();
    assert_eq!(names(&got["data"]["member"]["roles"]), ["Front-end developer"]);
    let before = simulated.aitable.member(MEMBER_TWO_ROLES);
    let words = format!("The role specified with the unitId {TEAM_SALES} does not exist");
    assert_refused(&update(json!({ "name": "J", "roles": [TEAM_SALES] })), 200, 1523, &words);
    assert_eq!(simulated.aitable.member(MEMBER_TWO_ROLES), before);
}

#[test]
fn a_blank_name_changes_nothing_and_a_long_one_is_a_server_error() {
    let simulated = start();
    let update =
        |name: Value| put(&simulated.aitable, MEMBER, json!({ "name": name, "teams": [TEAM_PLATFORM] }));
    for name in [json!(null), json!(""), json!("  ")] {
        assert_eq!(update(name).json()["data"]["member"]["name"], "John");
    }
    let longest = format!("{}🚀", "é".repeat(30));
    assert_eq!(update(json!(longest)).json()["data"]["member"]["name"], longest);
    assert_refused(&update(json!(format!("{longest}x"))), 200, 500, "Server Error");
    assert_eq!(simulated.aitable.member(MEMBER).expect("seeded")["name"], longest);
}

#[test]
fn an_update_is_json_of_the_right_types_and_nothing_else() {
    let simulated = start();
    let refused =
        |body: Value, words: &str| assert_refused(&put(&simulated.aitable, MEMBER, body), 200, 400, words);
    refused(json!({ "email": "a@b.c", "teams": [] }), "The parameter email is not known");
    refused(json!({ "name": 5 }), "name must be the \"string\" type");
    refused(json!({ "teams": "abc" }), "teams must be the \"array of strings\" type");
    refused(json!({ "teams": [5] }), "teams must be the \"array of strings\" type");
    refused(json!({ "roles": {} }), "roles must be the \"array of strings\" type");
    assert_refused(&put(&simulated.aitable, MEMBER, json!([])), 400, 400, "The body is not a JSON object");

    let target = format!("/fusion/v1/spaces/{SPACE}/members/{MEMBER}");
    let headers = [("Authorization", &*format!("Bearer {TOKEN}"))];
    let mut client = Client::connect(&simulated.aitable.address());
    assert_refused(&client.ask("PUT", &target, &headers, Some("{}")), 415, 415, "Unsupported Media Type");
    assert_refused(&client.ask("GET", &target, &headers, Some("{}")), 200, 400, "A GET request has no body");
    assert_eq!(simulated.aitable.counters().applied, 0);
}

#[test]
fn unknown_spaces_members_and_addresses_have_their_own_words() {
    let simulated = start();
    let refused = |target: &str, status, code, words: &str| {
        assert_refused(&ask(&simulated.aitable, "GET", target, None), status, code, words);
        if target.contains("/members/") {
            let got = ask(&simulated.aitable, "PUT", target, Some(&json!({ "teams": [TEAM_SALES] })));
            assert_refused(&got, status, code, words);
        }
    };
    let space = "Space doesn't exist, please adjust the spaceId and try again";
    refused(&format!("/spcNowhere1/members/{MEMBER}"), 200, 400, space);
    let foreign =
        "The API token user does not belong to the space, please adjust spaceId or API token and try again";
    refused(&format!("/{SPACE_FOREIGN}/members/{MEMBER}"), 403, 403, foreign);
    let plan = "This API is only available for the Enterprise plan";
    refused(&format!("/{SPACE_FREE}/members/{MEMBER}"), 200, 1503, plan);

    let unit = "The unit specified by the unit ID does not exist";
    for id in ["nobody", TEAM_SALES, MEMBER_INTEGRATED, "a%2Fb", "%2E%2E"] {
        refused(&format!("/{SPACE}/members/{id}"), 200, 400, unit);
    }
    refused(&format!("/{SPACE}/teams/nowhere/members"), 200, 400, unit);
    refused(&format!("/{SPACE}/teams/nowhere/children"), 200, 400, unit);
    refused(&format!("/{SPACE}/roles/{TEAM_SALES}/units"), 200, 400, unit);
    for target in ["s", "/", &format!("/{SPACE}/members"), &format!("/{SPACE}/members/a/b")] {
        assert_refused(&ask(&simulated.aitable, "GET", target, None), 404, 404, "The API does not exist");
    }
}

#[test]
fn a_connected_space_is_read_but_not_written() {
    let simulated = start();
    let target = format!("/{SPACE_INTEGRATED}/members/{MEMBER_INTEGRATED}");
    assert_eq!(get(&simulated.aitable, &target)["member"]["name"], "李娜");
    let got = ask(&simulated.aitable, "PUT", &target, Some(&json!({ "teams": [TEAM_INTEGRATED] })));
    assert_eq!((got.status, &got.json()["code"]), (200, &json!(1522)));
}

#[test]
fn lists_come_in_pages() {
    let simulated = start();
    let list = |target: &str| get(&simulated.aitable, &format!("/{SPACE}{target}"));
    let spaces = get(&simulated.aitable, "")["spaces"].clone();
    assert_eq!(names(&spaces), ["Nordlicht Studio", "企业微信 – Shanghai", "Book club"]);

    assert_eq!(
        names(&list("/teams/0/children")["teams"]),
        ["Engineering", "Vertrieb (DACH)", "运营", "Night shift", STAFF]
    );
    let page = list("/teams/0/children?pageSize=2&pageNum=2");
    let second = vec!["运营".to_string(), "Night shift".to_string()];
    assert_eq!((names(&page["teams"]), &page["total"]), (second, &json!(5)));
    assert_eq!((&page["pageSize"], &page["pageNum"]), (&json!(2), &json!(2)));
    let below = list(&format!("/teams/{TEAM_ENGINEERING}/children"));
    assert_eq!(names(&below["teams"]), ["Platform", "Apps & Design"]);
    assert_eq!(list("/teams/0/children?pageSize=1000&pageNum=9")["teams"], json!([]));

    assert_eq!(names(&list("/teams/0/members?pageSize=1")["members"]), ["張偉"]);
    let members = list(&format!("/teams/{TEAM_SALES}/members?sensitiveData=true"))["members"].clone();
    assert_eq!(names(&members), ["Amélie D'Arcy", "فاطمة الزهراء"]);
    assert_eq!(members[0]["email"], "amelie.darcy@example.fr");

    assert_eq!(names(&list("/roles?pageSize=2")["roles"]), ["Front-end developer", "Reviewer"]);
    let units = list(&format!("/roles/{ROLE_REVIEWER}/units"));
    assert_eq!(names(&units["members"]), ["Amélie D'Arcy", "Jürgen Groß"]);
    assert_eq!(names(&units["teams"]), ["Engineering"]);

    for query in ["pageSize=0", "pageSize=1001", "pageNum=0", "pageNum=x", "page=1", "pageNum=1&pageNum=2"] {
        for list in ["roles", "teams/0/children", "teams/0/members"] {
            let got = ask(&simulated.aitable, "GET", &format!("/{SPACE}/{list}?{query}"), None);
            assert_eq!((got.status, &got.json()["code"]), (200, &json!(400)), "{list}?{query}");
        }
    }
}

/// The units of all pages of a list.
#[track_caller]
fn all(server: &Server, list: &str, kind: &str) -> Vec<Value> {
    let mut units = Vec::new();
    for number in 1.. {
        let page = get(server, &format!("/{SPACE}{list}?pageSize=1000&pageNum={number}"));
        units.extend(page[kind].as_array().expect("a list").iter().cloned());
        if page["total"].as_u64().is_some_and(|total| number * 1000 >= total) {
            assert_eq!(page["total"], units.len(), "{list}");
            break;
        }
    }
    units
}

/// The teams below a team, how deep they are, and their members.
fn tree(server: &Server, above: &str, depth: usize) -> Vec<(usize, Value, Vec<Value>)> {
    let below = all(server, &format!("/teams/{above}/children"), "teams");
    let walked = below.into_iter().flat_map(|team| {
        let id = team["unitId"].as_str().expect("a text").to_string();
        let members = all(server, &format!("/teams/{id}/members"), "members");
        [vec![(depth, team, members)], tree(server, &id, depth + 1)].concat()
    });
    walked.collect()
}

#[test]
fn the_tree_has_three_levels_and_everybody_once_but_for_those_in_two_teams() {
    let simulated = start();
    let server = &simulated.aitable;
    let walked = tree(server, "0", 1);
    assert_eq!((walked.len(), walked.iter().map(|(depth, ..)| *depth).max()), (22, Some(3)));
    let root = all(server, "/teams/0/members", "members");
    assert_eq!(root.len(), 1 + CROWD_NO_TEAM.len());

    let found = walked.iter().flat_map(|(.., members)| members).chain(&root);
    let ids: Vec<&str> = found.map(|member| member["unitId"].as_str().expect("a text")).collect();
    let twice = |id: &str| ids.iter().filter(|other| **other == id).count() == 2;
    assert!(twice(MEMBER_TWO_TEAMS) && twice(&crowd_member(CROWD_TWO_TEAMS)));
    assert_eq!(ids.iter().collect::<std::collections::HashSet<_>>().len(), LARGE);
    assert_eq!(ids.len(), LARGE + 2);

    let sizes = |name: &str| {
        let named = walked.iter().filter(|(_, team, _)| team["name"] == name);
        named.map(|(.., members)| members.len()).collect::<Vec<_>>()
    };
    assert_eq!([STAFF, STAFF_EUROPE, STAFF_EMPTY, crowd::BLANK].map(sizes), [[0]; 4]);
    assert!(sizes(STAFF_LARGE)[0] > 1000 && sizes(STAFF_TWICE).len() == 2 && sizes(STAFF_ASIA)[0] > 0);
    let alex = walked.iter().filter(|(.., members)| members.iter().any(|one| one["name"] == crowd::TWICE));
    assert!(alex.map(|(_, team, _)| &team["name"]).eq([STAFF_TWICE; 2]));
    let blank = |id: String| server.member(&id).expect("seeded")["name"].clone();
    assert_eq!(blank(crowd_member(crowd::NAMELESS)), "");
}

#[test]
fn who_is_of_the_crowd_changes_at_one_server_only() {
    let simulated = start();
    let other = start();
    let (server, id) = (&simulated.aitable, crowd_member(CROWD_TWO_TEAMS));
    let body = json!({ "name": "Jo", "teams": [TEAM_SALES] });
    assert_eq!(put(server, &id, body).json()["data"]["member"]["name"], "Jo");
    let team = all(server, &format!("/teams/{TEAM_SALES}/members"), "members");
    assert_eq!(team.last().expect("somebody")["unitId"], id);
    assert_ne!(other.aitable.member(&id), server.member(&id));
    server.reset();
    assert_eq!(other.aitable.member(&id), server.member(&id));
}

#[test]
fn a_total_can_lie() {
    let simulated = start();
    let total = Effect::Told { pointer: "/data/total".into(), value: json!(1_000_000) };
    simulated.aitable.fail(Fault::once(total));
    assert_eq!(get(&simulated.aitable, &format!("/{SPACE}/roles"))["total"], 1_000_000);
}

#[test]
fn a_caller_that_is_too_fast_is_refused_per_space() {
    let simulated = start();
    simulated.aitable.impose_limit();
    let target = format!("/{SPACE}/roles");
    // A bucket refills, so a slow computer may get more than five through; it cannot stay ahead for long.
    let refused =
        (0..500).map(|_| ask(&simulated.aitable, "GET", &target, None)).find(|got| got.status != 200);
    let refused = refused.expect("five calls a second are all that pass");
    let words = "The API request rate for the current space is 5 queries per second (QPS). \
                 Upgrading the space allows for a higher call frequency. Contact us: sales@aitable.ai.";
    assert_refused(&refused, 429, 429, words);
    assert_eq!(refused.header("Retry-After"), None);
    assert_eq!(ask(&simulated.aitable, "GET", &format!("/{SPACE_INTEGRATED}/roles"), None).status, 200);
    assert!(simulated.aitable.arrived().len() > 6, "the first five always pass");

    simulated.aitable.lift_limit();
    assert!((0..10).all(|_| ask(&simulated.aitable, "GET", &target, None).status == 200));
}

#[test]
fn refusals_with_status_200_are_counted_as_refusals() {
    let simulated = start();
    put(&simulated.aitable, MEMBER, json!({ "teams": ["0"] }));
    put(&simulated.aitable, MEMBER, json!({ "teams": [TEAM_SALES] }));
    let counters = simulated.aitable.counters();
    assert_eq!((counters.reads, counters.writes, counters.applied, counters.refused), (0, 2, 1, 1));
}

#[test]
fn an_empty_yes_shows_the_new_teams_and_keeps_the_old() {
    let simulated = start();
    let before = simulated.aitable.member(MEMBER);
    simulated.aitable.fail(Fault::once(Effect::NoEffect));
    let got = put(&simulated.aitable, MEMBER, json!({ "teams": [TEAM_SALES] })).json();
    assert_eq!(names(&got["data"]["member"]["teams"]), ["Vertrieb (DACH)"]);
    assert_eq!(simulated.aitable.member(MEMBER), before);
}

#[test]
fn browsers_may_read_but_not_update() {
    let simulated = start();
    let mut client = Client::connect(&simulated.aitable.address());
    let asks = [("Origin", "http://localhost:8080"), ("Access-Control-Request-Method", "PUT")];
    let got = client.ask("OPTIONS", &format!("/fusion/v1/spaces/{SPACE}/members/{MEMBER}"), &asks, None);
    assert_eq!((got.status, got.header("Access-Control-Allow-Origin")), (204, Some("*")));
    assert_eq!(got.header("Access-Control-Allow-Methods"), Some("GET, POST, OPTIONS, DELETE, PATCH"));
    let got = client.ask("GET", "/fusion/v1/spaces", &[], None);
    assert_eq!((got.status, got.header("Access-Control-Allow-Origin")), (401, Some("*")));
    assert_eq!(got.header("Access-Control-Expose-Headers"), None);
}
