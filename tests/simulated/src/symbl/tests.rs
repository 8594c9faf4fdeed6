use super::*;
use crate::client::{Client, Got};
use crate::{Effect, Fault, Ports, Simulated};

fn start() -> Simulated {
    Simulated::start(Ports::default()).expect("loopback has free ports")
}

#[track_caller]
fn get_with(server: &Server, token: &str, target: &str) -> Got {
    let bearer = format!("Bearer {token}");
    let target = format!("/v1/conversations{target}");
    Client::connect(&server.address()).ask("GET", &target, &[("Authorization", &bearer)], None)
}

#[track_caller]
fn get(server: &Server, target: &str) -> Got {
    get_with(server, TOKEN, target)
}

#[track_caller]
fn put(server: &Server, conversation: &str, id: &str, body: &str) -> Got {
    let headers = [("Authorization", &*format!("Bearer {TOKEN}")), ("Content-Type", "application/json")];
    let target = format!("/v1/conversations/{conversation}/members/{id}");
    Client::connect(&server.address()).ask("PUT", &target, &headers, Some(body))
}

#[track_caller]
fn sign_in(server: &Server, body: &Value) -> Got {
    let headers = [("Content-Type", "application/json")];
    Client::connect(&server.address()).ask("POST", SIGN_IN, &headers, Some(&body.to_string()))
}

#[track_caller]
fn token(server: &Server) -> (String, i64) {
    let body = json!({ "type": "application", "appId": APP_ID, "appSecret": APP_SECRET });
    let got = sign_in(server, &body).json();
    let text = got["accessToken"].as_str().expect("a token").to_string();
    (text, got["expiresIn"].as_i64().expect("seconds"))
}

#[track_caller]
fn assert_refused(got: &Got, status: u16, words: &str) {
    assert_eq!((got.status, got.json()), (status, json!({ "message": words })));
}

/// What a part of a token says, once its base64url is undone.
fn claims(token: &str) -> Value {
    let letters = |letter: u8| match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'-' => 62,
        b'_' => 63,
        _ => panic!("{letter} is no letter of base64url"),
    };
    let parts: Vec<&str> = token.split('.').collect();
    let [_, payload, _] = parts.as_slice() else { panic!("{token} has not three parts") };
    let bits = payload.bytes().fold(String::new(), |bits, letter| format!("{bits}{:06b}", letters(letter)));
    let bytes = (0..bits.len() / 8).map(|at| u8::from_str_radix(&bits[8 * at..8 * at + 8], 2).expect("bits"));
    serde_json::from_slice(&bytes.collect::<Vec<u8>>()).expect("JSON")
}

const INVALID_TOKEN: &str = "Token validation failed for provided token.";
const NO_CONVERSATION: &str = "The conversationId is either invalid or does not exist.";

#[test]
fn seeds_are_as_they_are_published() {
    let simulated = start();
    let all = [
        (CONVERSATION, &[MEMBER, MEMBER_MARY, MEMBER_ROISIN][..]),
        (CONVERSATION_SPEAKERS, &[MEMBER_SPEAKER_1, MEMBER_SPEAKER_2, MEMBER_JOHN_DOE]),
        (CONVERSATION_LONG_ID, &[MEMBER_LONG_ID]),
        (CONVERSATION_LONG_ID_TOO, &["98765432109876540002"]),
        (CONVERSATION_OLD, &["63475698234689238"]),
        (CONVERSATION_EMPTY, &[]),
    ];
    for (conversation, ids) in all {
        let got = get(&simulated.symbl, &format!("/{conversation}/members")).json();
        let members = got["members"].as_array().expect("a list");
        assert!(members.iter().map(|member| &member["id"]).eq(ids.iter().copied()), "{conversation}");
        assert!(ids.iter().all(|id| simulated.symbl.member(id).is_some()));
    }
    let large = get(&simulated.symbl, &format!("/{CONVERSATION_LARGE}/members")).json();
    assert_eq!(large["members"].as_array().map(Vec::len), Some(14));
    assert_eq!(large["members"][0]["id"], MEMBER_WANG);
    let parse = |id: &str| id.parse::<f64>().expect("digits");
    assert_eq!(parse(CONVERSATION_LONG_ID), parse(CONVERSATION_LONG_ID_TOO), "one number, two ids");
    assert_eq!(parse(MEMBER_MARY), parse(MEMBER_ROISIN), "one number, two ids");

    assert_eq!([APP_ID.len(), APP_ID_READ_ONLY.len()], [64; 2]);
    assert_eq!([APP_SECRET.len(), APP_SECRET_READ_ONLY.len()], [128; 2]);
    for token in [TOKEN, TOKEN_READ_ONLY] {
        assert_eq!(claims(token)["exp"], 4_102_444_800_i64);
        assert_eq!(get_with(&simulated.symbl, token, "").status, 200);
    }
}

#[test]
fn a_sign_in_gives_the_same_token_until_it_ends() {
    let simulated = start();
    let (first, left) = token(&simulated.symbl);
    let ends = claims(&first)["exp"].as_i64().expect("seconds");
    assert!((0..=2).contains(&(ends - left - clock::now() + 2)) && (86_398..=86_400).contains(&left));
    assert!(first.contains('_') && first != TOKEN, "base64url, not base64");
    let (second, left_then) = token(&simulated.symbl);
    assert!(second == first && left_then <= left);
    assert_eq!(get_with(&simulated.symbl, &first, "").status, 200);

    set_token_life(&simulated.symbl, 3600);
    let (third, left) = token(&simulated.symbl);
    assert!(third != first && (3598..=3600).contains(&left));
    assert_eq!(get_with(&simulated.symbl, &first, "").status, 200, "its own end has not come");

    expire_tokens(&simulated.symbl);
    for old in [first, third] {
        assert_refused(&get_with(&simulated.symbl, &old, ""), 401, INVALID_TOKEN);
    }
    assert_eq!(get(&simulated.symbl, "").status, 200, "the constant one stays");
    assert_eq!(get_with(&simulated.symbl, &token(&simulated.symbl).0, "").status, 200);

    set_token_life(&simulated.symbl, 0);
    let (dead, left) = token(&simulated.symbl);
    assert_eq!(left, 0);
    assert_refused(&get_with(&simulated.symbl, &dead, ""), 401, INVALID_TOKEN);
    assert_ne!(token(&simulated.symbl).0, dead, "a token that has ended is not handed out again");
}

#[test]
fn a_sign_in_is_exactly_three_texts_and_right() {
    let simulated = start();
    let refused = |key: &str, value: Option<Value>, status, words: &str| {
        let mut body = json!({ "type": "application", "appId": APP_ID, "appSecret": APP_SECRET });
        match value {
            Some(value) => body[key] = value,
            None => drop(body.as_object_mut().and_then(|body| body.shift_remove(key))),
        }
        assert_refused(&sign_in(&simulated.symbl, &body), status, words);
    };
    refused("type", None, 400, "type is missing.");
    refused("type", Some(json!("user")), 400, "type must be \"application\".");
    refused("appId", Some(json!(5)), 400, "appId must be a text.");
    refused("appSecret", Some(json!(null)), 400, "appSecret must be a text.");
    refused("scope", Some(json!("all")), 400, "scope is not a known key.");
    for (key, value) in [("appId", "short"), ("appId", APP_ID_READ_ONLY), ("appSecret", ""), ("appId", "é")]
    {
        refused(key, Some(json!(value)), 401, "The appId or the appSecret is wrong.");
    }
    let body = json!({ "type": "application", "appId": APP_ID, "appSecret": APP_SECRET }).to_string();
    let ask = |method: &str, target: &str, headers: &[(&str, &str)]| {
        let body = Some(body.as_str()).filter(|_| method == "POST");
        Client::connect(&simulated.symbl.address()).ask(method, target, headers, body)
    };
    let json = ("Content-Type", "application/json");
    assert_refused(&ask("POST", "/oauth2/token%3Agenerate", &[json]), 404, "There is nothing at this path.");
    assert_refused(&ask("POST", "/oauth2/token%3agenerate", &[json]), 404, "There is nothing at this path.");
    assert_refused(&ask("POST", "/oauth2/token/generate", &[json]), 404, "There is nothing at this path.");
    assert_refused(&ask("POST", SIGN_IN, &[]), 415, "The Content-Type must be application/json.");
    let words = "The sign-in takes no Authorization header.";
    assert_refused(&ask("POST", SIGN_IN, &[json, ("Authorization", "Bearer x")]), 400, words);
    let target = format!("{SIGN_IN}?x=1");
    assert_refused(&ask("POST", &target, &[json]), 400, "The query parameter x is not known.");
    let got = ask("GET", SIGN_IN, &[]);
    assert_refused(&got, 405, "Method Not Allowed");
    assert_eq!(got.header("Allow"), Some("POST"));
}

#[test]
fn a_missing_or_wrong_token_is_refused_and_one_to_read_changes_nothing() {
    let simulated = start();
    let target = format!("/v1/conversations/{CONVERSATION}/members");
    let basic = format!("Basic {TOKEN}");
    let twice = format!("Bearer {TOKEN}");
    for headers in [
        &[][..],
        &[("Authorization", "Bearer wrong")],
        &[("Authorization", "Bearer ")],
        &[("Authorization", TOKEN)],
        &[("Authorization", &basic)],
        &[("Authorization", &twice), ("Authorization", &twice)],
        &[("x-api-key", TOKEN)],
    ] {
        let got = Client::connect(&simulated.symbl.address()).ask("GET", &target, headers, None);
        assert_refused(&got, 401, INVALID_TOKEN);
    }

    let body = json!({ "type": "application", "appId": APP_ID_READ_ONLY, "appSecret": APP_SECRET_READ_ONLY });
    let given = sign_in(&simulated.symbl, &body).json()["accessToken"].as_str().expect("a token").to_string();
    for token in [TOKEN_READ_ONLY, &given] {
        assert_eq!(get_with(&simulated.symbl, token, &format!("/{CONVERSATION}/members")).status, 200);
        let headers = [("Authorization", &*format!("Bearer {token}")), ("Content-Type", "application/json")];
        let mut client = Client::connect(&simulated.symbl.address());
        let body = json!({ "id": MEMBER, "name": "Jo" }).to_string();
        let got = client.ask("PUT", &format!("{target}/{MEMBER}"), &headers, Some(&body));
        assert_refused(&got, 403, "Forbidden");
    }
    assert_eq!(simulated.symbl.counters().applied, 0);
}

#[test]
fn an_update_changes_name_and_email_and_answers_with_words() {
    let simulated = start();
    let body = json!({ "id": MEMBER_SPEAKER_1, "name": "Zoë 🚀", "email": "zoe@example.de" }).to_string();
    let got = put(&simulated.symbl, CONVERSATION_SPEAKERS, MEMBER_SPEAKER_1, &body);
    let words = format!(
        "Member with id: {MEMBER_SPEAKER_1} for conversationId: {CONVERSATION_SPEAKERS} updated successfully! \
         The update should be reflected in all messages and insights along with this conversation"
    );
    assert_refused(&got, 200, &words);
    let after = json!({ "id": MEMBER_SPEAKER_1, "name": "Zoë 🚀", "email": "zoe@example.de" });
    let read =
        || get(&simulated.symbl, &format!("/{CONVERSATION_SPEAKERS}/members")).json()["members"].clone();
    assert_eq!(read()[0], after);

    let body = json!({ "id": MEMBER_SPEAKER_1, "name": "Zoë" }).to_string();
    assert_eq!(put(&simulated.symbl, CONVERSATION_SPEAKERS, MEMBER_SPEAKER_1, &body).status, 200);
    assert_eq!(read()[0]["email"], "zoe@example.de", "left out is not taken away");
    let body = json!({ "id": MEMBER_SPEAKER_2, "name": "Speaker 2" }).to_string();
    assert_eq!(put(&simulated.symbl, CONVERSATION_SPEAKERS, MEMBER_SPEAKER_2, &body).status, 200);
    assert_eq!(read()[1].get("email"), None);
    let counters = simulated.symbl.counters();
    assert_eq!((counters.writes, counters.applied, counters.refused), (3, 3, 0));
}

#[test]
fn the_email_of_another_member_merges_the_two() {
    let simulated = start();
    let server = &simulated.symbl;
    assert_eq!(messages(server, CONVERSATION_SPEAKERS, MEMBER_JOHN_DOE), 2);
    let body = json!({ "id": MEMBER_SPEAKER_1, "name": "Johnny", "email": "JOHN@Example.com" }).to_string();
    let got = put(server, CONVERSATION_SPEAKERS, MEMBER_SPEAKER_1, &body);
    assert!(got.json()["message"].as_str().is_some_and(|words| words.contains("updated successfully!")));
    let members = get(server, &format!("/{CONVERSATION_SPEAKERS}/members")).json()["members"].clone();
    let john = json!({ "id": MEMBER_JOHN_DOE, "name": "John Doe", "email": "john@example.com" });
    assert_eq!(members, json!([{ "id": MEMBER_SPEAKER_2, "name": "Speaker 2" }, john]));
    let counted = [MEMBER_SPEAKER_1, MEMBER_JOHN_DOE].map(|id| messages(server, CONVERSATION_SPEAKERS, id));
    assert_eq!(counted, [0, 4]);
    let words = "The member does not exist in this conversation.";
    assert_refused(&put(server, CONVERSATION_SPEAKERS, MEMBER_SPEAKER_1, &body), 404, words);

    let body = json!({ "id": MEMBER_JOHN_DOE, "name": "John", "email": "John@example.com" }).to_string();
    assert_eq!(put(server, CONVERSATION_SPEAKERS, MEMBER_JOHN_DOE, &body).status, 200);
    assert_eq!(server.member(MEMBER_JOHN_DOE).expect("still there")["email"], "John@example.com");
    let john = server.member(MEMBER).expect("in another conversation");
    assert_eq!(john["email"], "john@example.com", "other conversations do not matter");
}

#[test]
fn an_update_is_json_of_exactly_these_texts() {
    let simulated = start();
    let refused = |body: &str, words: &str| {
        assert_refused(&put(&simulated.symbl, CONVERSATION, MEMBER, body), 400, words);
    };
    let words = "The id in the body is not the id in the path.";
    refused(&json!({ "id": MEMBER_MARY, "name": "Jo" }).to_string(), words);
    refused(r#"{"name":"Jo"}"#, "id is missing.");
    refused(r#"{"id":5118221462011904,"name":"Jo"}"#, "id must be a text.");
    refused(r#"{"id":"5118221462011904"}"#, "name is missing.");
    refused(r#"{"id":"5118221462011904","name":" \t"}"#, "name must not be blank.");
    refused(r#"{"id":"5118221462011904","name":null}"#, "name must be a text.");
    refused(r#"{"id":"5118221462011904","name":"Jo","phone":"1"}"#, "phone is not a known key.");
    refused(r#"{"id":"5118221462011904","name":"Jo","email":null}"#, "email must be a text.");
    for email in ["", "john", "john@example", "j n@example.com"] {
        let body = json!({ "id": MEMBER, "name": "Jo", "email": email }).to_string();
        refused(&body, "email must be a valid address, or be left out.");
    }
    let words = "Bad body: the key \"name\" comes twice.";
    refused(r#"{"id":"5118221462011904","name":"Jo","name":"Jo"}"#, words);
    refused("[]", "Bad body: the body is not a JSON object.");
    assert_eq!(put(&simulated.symbl, CONVERSATION, MEMBER, "{").status, 400);

    let target = format!("/v1/conversations/{CONVERSATION}/members/{MEMBER}");
    let body = json!({ "id": MEMBER, "name": "Jo" }).to_string();
    let bearer = format!("Bearer {TOKEN}");
    let ask = |target: &str, headers: &[(&str, &str)]| {
        Client::connect(&simulated.symbl.address()).ask("PUT", target, headers, Some(&body))
    };
    let words = "The Content-Type must be application/json.";
    for kind in ["text/plain", "application/jsonp", ""] {
        assert_refused(&ask(&target, &[("Authorization", &bearer), ("Content-Type", kind)]), 415, words);
    }
    let headers = [("Authorization", &*bearer), ("Content-Type", "application/json")];
    let words = "The query parameter x is not known.";
    assert_refused(&ask(&format!("{target}?x="), &headers), 400, words);
    assert_eq!(simulated.symbl.counters().applied, 0);
}

#[test]
fn unknown_conversations_members_paths_and_methods_have_their_own_words() {
    let simulated = start();
    let update = |conversation: &str, id: &str| {
        let body = json!({ "id": id, "name": "Jo" }).to_string();
        put(&simulated.symbl, conversation, id, &body)
    };
    for id in ["1", "abc", "", "98765432109876540000", "98765432109876543000", "%2e%2e"] {
        assert_refused(&get(&simulated.symbl, &format!("/{id}/members")), 404, NO_CONVERSATION);
        assert_refused(&get(&simulated.symbl, &format!("/{id}")), 404, NO_CONVERSATION);
        assert_refused(&update(id, MEMBER), 404, NO_CONVERSATION);
    }
    let words = "The member does not exist in this conversation.";
    for id in ["1", MEMBER_JOHN_DOE, "50123212234535640"] {
        assert_refused(&update(CONVERSATION, id), 404, words);
    }
    for target in ["s", "/1/members/2/3", "/1/messages"] {
        assert_refused(&get(&simulated.symbl, target), 404, "There is nothing at this path.");
    }
    let headers = [("Authorization", &*format!("Bearer {TOKEN}"))];
    let members = format!("/v1/conversations/{CONVERSATION}/members");
    let member = format!("{members}/{MEMBER}");
    for (method, target, allowed) in [
        ("GET", &*member, "PUT"),
        ("DELETE", &member, "PUT"),
        ("PUT", &members, "GET"),
        ("DELETE", "/v1/conversations/1", "GET"),
        ("POST", "/v1/conversations", "GET"),
    ] {
        let got = Client::connect(&simulated.symbl.address()).ask(method, target, &headers, None);
        assert_refused(&got, 405, "Method Not Allowed");
        assert_eq!(got.header("Allow"), Some(allowed));
    }
    let mut client = Client::connect(&simulated.symbl.address());
    assert_refused(&client.ask("GET", &members, &headers, Some("{}")), 400, "A GET request has no body.");
}

#[test]
fn a_conversation_has_a_title_times_and_members() {
    let simulated = start();
    let got = get(&simulated.symbl, &format!("/{CONVERSATION}")).json();
    assert_eq!(
        (&got["id"], &got["name"], &got["type"]),
        (&json!(CONVERSATION), &json!("Sprint review"), &json!("meeting"))
    );
    assert_eq!(got["members"][0]["id"], MEMBER);
    assert_eq!(got["metadata"]["label"], "Product");
    let times = ["startTime", "endTime"].map(|key| got[key].as_str().and_then(clock::seconds));
    assert!(times[0].is_some() && times[0] < times[1]);
    let got = get(&simulated.symbl, &format!("/{CONVERSATION_LONG_ID_TOO}")).json();
    assert_eq!((got.get("metadata"), &got["name"]), (None, &json!("Budget 2026")));
}

#[test]
fn lists_show_a_week_unless_asked_for_more() {
    let simulated = start();
    let list = |query: &str| {
        let got = get(&simulated.symbl, query).json();
        got["conversations"].as_array().expect("a list").clone()
    };
    let names = |query: &str| {
        let items = list(query);
        items.iter().map(|item| item["name"].as_str().expect("a name").to_string()).collect::<Vec<_>>()
    };
    let week = [
        "Nobody came",
        "全員会議 · All hands",
        "Budget 2026",
        "Budget 2027",
        "Support call",
        "Sprint review",
    ];
    assert_eq!(names(""), week);
    assert_eq!(names("?order=asc&limit=2&offset=1"), week[1..3]);
    assert_eq!(names("?order=desc&limit=2"), ["Sprint review", "Support call"]);
    assert_eq!(names("?offset=6"), [""; 0]);
    assert_eq!(names("?limit=0"), [""; 0]);
    assert_eq!(names("?sort=conversation.name&limit=2"), ["Budget 2026", "Budget 2027"]);
    assert_eq!(names("?sort=conversation.endTime&order=desc&limit=1"), ["Sprint review"]);
    let month_ago = clock::text(clock::now() - 31 * 86_400);
    let eight_days_ago = clock::text(clock::now() - 8 * 86_400);
    let month = names(&format!("?startTime={month_ago}&endTime={eight_days_ago}"));
    assert!(month.iter().any(|name| name == "Kick-off"));
    assert_eq!(names("?startTime=2020-01-01T00:00:00.000Z&limit=1"), [TITLE_OLDEST]);
    assert_eq!(names("?endTime=2020-01-01T00%3A00%3A00Z"), [""; 0]);
    let day_ago = clock::text(clock::now() - 86_400);
    assert_eq!(names(&format!("?endTime={day_ago}&order=desc&limit=1")), ["Sprint review"]);

    let support = &list("?order=desc&limit=2")[1];
    assert_eq!(support["members"][0], json!({ "name": "Speaker 1" }));
    assert_eq!(support["members"][2], json!({ "name": "John Doe", "email": "john@example.com" }));
    for query in [
        "limit=65537",
        "limit=-1",
        "limit=x",
        "offset=x",
        "order=up",
        "startTime=2020-01-01",
        "startTime=2020-01-01T00:00:00%2B02:00",
        "startTime=2020-01-02T00:00:00Z&endTime=2020-01-01T00:00:00Z",
        "startTime=2100-01-01T00:00:00Z",
        "endTime=2100-01-01T00:00:00Z",
        "endTime=",
        "sort=name",
        "filter=name",
        "limit=1&limit=2",
    ] {
        assert_eq!(get(&simulated.symbl, &format!("?{query}")).status, 400, "{query}");
    }
}

#[test]
fn there_are_conversations_of_more_than_a_year() {
    let simulated = start();
    let start = clock::text(clock::now() - 2 * OLDEST_DAYS * 86_400);
    let page = |offset: usize| {
        let got = get(&simulated.symbl, &format!("?startTime={start}&limit=50&offset={offset}")).json();
        got["conversations"].as_array().expect("a list").clone()
    };
    let all: Vec<Value> = (0..4).flat_map(|number| page(50 * number)).collect();
    assert_eq!(all.len(), 7 + MORE_CONVERSATIONS, "the last page is a short one");
    let ids: std::collections::HashSet<&str> = all.iter().filter_map(|item| item["id"].as_str()).collect();
    assert_eq!(ids.len(), all.len());
    let count = |title: &str| all.iter().filter(|item| item["name"] == title).count();
    assert_eq!([TITLE_TWICE, TITLE_OLDEST, crowd::BLANK].map(count), [2, 1, 1]);
    assert!(all.iter().any(|item| item["name"].as_str().is_some_and(|name| name.chars().count() > 200)));

    let twice = all.iter().rfind(|item| item["name"] == TITLE_TWICE).expect("one of two");
    let names: Vec<&Value> =
        twice["members"].as_array().expect("a list").iter().map(|one| &one["name"]).collect();
    assert_eq!(names, [crowd::TWICE, crowd::TWICE, crowd::ARABIC]);
    let id = twice["id"].as_str().expect("a text");
    let members = get(&simulated.symbl, &format!("/{id}/members")).json();
    assert_eq!(members["members"][0]["id"], crowd_member(0));
    assert_eq!(simulated.symbl.member(&crowd_member(crowd::NAMELESS)).expect("seeded").get("name"), None);
}

#[test]
fn an_empty_yes_merges_nobody() {
    let simulated = start();
    simulated.symbl.fail(Fault::once_on("PUT", Effect::NoEffect));
    let body = json!({ "id": MEMBER_SPEAKER_1, "name": "John", "email": "john@example.com" }).to_string();
    assert_eq!(put(&simulated.symbl, CONVERSATION_SPEAKERS, MEMBER_SPEAKER_1, &body).status, 200);
    assert!(simulated.symbl.member(MEMBER_SPEAKER_1).is_some());
    simulated.symbl.remove(MEMBER_SPEAKER_1);
    assert_eq!(simulated.symbl.member(MEMBER_SPEAKER_1), None);
}

#[test]
fn a_browser_may_read_but_nobody_knows_of_an_update() {
    let simulated = start();
    let asks = [("Origin", "http://localhost:8080"), ("Access-Control-Request-Method", "PUT")];
    let target = format!("/v1/conversations/{CONVERSATION}/members/{MEMBER}");
    let got = Client::connect(&simulated.symbl.address()).ask("OPTIONS", &target, &asks, None);
    assert_eq!((got.status, got.header("Access-Control-Allow-Origin")), (204, Some("*")));
    assert_eq!(got.header("Access-Control-Allow-Methods"), Some("GET, POST, OPTIONS"));
    assert_eq!(get(&simulated.symbl, "/nowhere").header("Access-Control-Allow-Origin"), Some("*"));
}
