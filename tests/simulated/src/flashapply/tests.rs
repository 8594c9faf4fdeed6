use super::*;
use crate::client::{Client, Got};
use crate::{Effect, Fault, Ports, Simulated};

fn start() -> Simulated {
    Simulated::start(Ports::default()).expect("loopback has free ports")
}

#[track_caller]
fn ask(server: &Server, method: &str, id: &str, body: Option<&str>) -> Got {
    let headers = [("Authorization", &*format!("Bearer {TOKEN}")), ("Content-Type", "application/json")];
    let headers = if body.is_some() { &headers[..] } else { &headers[..1] };
    Client::connect(&server.address()).ask(method, &format!("/v1/members/{id}"), headers, body)
}

#[track_caller]
fn get(server: &Server, id: &str) -> Got {
    ask(server, "GET", id, None)
}

#[track_caller]
fn patch(server: &Server, id: &str, body: &Value) -> Got {
    ask(server, "PATCH", id, Some(&body.to_string()))
}

/// What a good client sends to change nothing: all that it read, without what is the server's own.
fn whole(server: &Server, id: &str) -> Value {
    let mut record = server.member(id).expect("seeded");
    let entries = record.as_object_mut().expect("an object");
    OWN.iter().for_each(|key| drop(entries.shift_remove(*key)));
    record
}

#[track_caller]
fn assert_refused(got: &Got, status: u16, body: &Value) {
    assert_eq!((got.status, &got.json()), (status, body));
}

#[test]
fn seeds_are_as_they_are_published() {
    let simulated = start();
    let read = |id| get(&simulated.flashapply, id).json();
    for id in
        [MEMBER, MEMBER_PRIMARY, MEMBER_MANY, MEMBER_SCALAR, MEMBER_NOWHERE, MEMBER_EXTRA, MEMBER_INACTIVE]
    {
        let record = read(id);
        assert_eq!((&record["id"], &record["isPrimary"]), (&json!(id), &json!(id == MEMBER_PRIMARY)));
        assert_eq!(record["isActive"], id != MEMBER_INACTIVE);
        let body = whole(&simulated.flashapply, id);
        assert_eq!(patch(&simulated.flashapply, id, &body).status, 200, "{id} comes back as it was read");
    }
    assert_eq!(read(MEMBER_MANY)["locations"].as_array().map(Vec::len), Some(3));
    assert_eq!(read(MEMBER_NOWHERE)["locations"], json!([]));
    assert_eq!(read(MEMBER_SCALAR)["locations"][0]["role"], "editor");
    assert_eq!(read(MEMBER_INACTIVE)["settings"], json!({}));
}

#[test]
fn a_key_that_is_wrong_is_refused_and_one_to_read_changes_nothing() {
    let simulated = start();
    let target = format!("/v1/members/{MEMBER}");
    let twice = format!("Bearer {TOKEN}");
    for headers in [
        &[][..],
        &[("Authorization", "Bearer wrong")],
        &[("Authorization", TOKEN)],
        &[("Authorization", &twice), ("Authorization", &twice)],
    ] {
        let got = Client::connect(&simulated.flashapply.address()).ask("GET", &target, headers, None);
        assert_refused(&got, 401, &json!({ "error": "Unauthorized" }));
        assert_eq!(got.header("X-RateLimit-Limit"), Some("100"));
    }
    let bearer = format!("Bearer {TOKEN_READ_ONLY}");
    let headers = [("Authorization", &*bearer), ("Content-Type", "application/json")];
    let mut client = Client::connect(&simulated.flashapply.address());
    assert_eq!(client.ask("GET", &target, &headers[..1], None).status, 200);
    let body = whole(&simulated.flashapply, MEMBER).to_string();
    let got = client.ask("PATCH", &target, &headers, Some(&body));
    assert_refused(&got, 403, &json!({ "error": "This key may not change members" }));
    assert_eq!(simulated.flashapply.counters().applied, 0);
}

#[test]
fn an_update_replaces_all_but_what_the_server_writes() {
    let simulated = start();
    let before = get(&simulated.flashapply, MEMBER).json();
    let mut body = whole(&simulated.flashapply, MEMBER);
    body["lastName"] = "Ní Bhriain".into();
    body["locations"] = json!([{ "locationId": LOCATION_LAGOS, "role": "admin" }]);
    body["organizationId"] = ORGANIZATION_OTHER.into();
    body.as_object_mut().expect("an object").shift_remove("isActive");
    let got = patch(&simulated.flashapply, MEMBER, &body);
    let after = got.json();
    assert_eq!((got.status, &after), (200, &get(&simulated.flashapply, MEMBER).json()));
    assert_eq!((&after["id"], &after["createdAt"]), (&before["id"], &before["createdAt"]));
    assert_eq!((&after["lastName"], &after["locations"]), (&body["lastName"], &body["locations"]));
    assert_eq!(after.get("isActive"), None, "what is not sent is gone");

    let time = |record: &Value| record["updatedAt"].as_str().and_then(clock::seconds).expect("a time");
    let again = patch(&simulated.flashapply, MEMBER, &body).json();
    assert!(time(&before) < time(&after) && time(&after) < time(&again));
}

#[test]
fn unknown_keys_keep_every_digit_and_are_lost_when_they_are_not_sent() {
    let simulated = start();
    let text = |id| String::from_utf8(get(&simulated.flashapply, id).body).expect("text");
    let whole_text = |text: &str| {
        assert!(text.contains(r#""externalRef":90071992547409931234,"#), "{text}");
        assert!(text.contains(r#""scores":[1.10,2.0],"#), "{text}");
        assert!(text.contains(r#""zoom":1.50}"#) && text.contains(r#""middleName":null,"#), "{text}");
        assert!(text.contains(r#""desk":{"floor":-0.0,"seats":[]}"#), "{text}");
        assert!(text.contains(r#""since":"2021-11-02""#) && text.contains(r#""a/b~c":{"deep""#), "{text}");
    };
    whole_text(&text(MEMBER_EXTRA));
    let mut body = whole(&simulated.flashapply, MEMBER_EXTRA);
    body["firstName"] = "Jean-Marc".into();
    assert_eq!(patch(&simulated.flashapply, MEMBER_EXTRA, &body).status, 200);
    whole_text(&text(MEMBER_EXTRA));

    body.as_object_mut().expect("an object").shift_remove("externalRef");
    body["settings"].as_object_mut().expect("an object").shift_remove("theme");
    assert_eq!(patch(&simulated.flashapply, MEMBER_EXTRA, &body).status, 200);
    let record = simulated.flashapply.member(MEMBER_EXTRA).expect("seeded");
    assert_eq!((record.get("externalRef"), record["settings"].get("theme")), (None, None));
}

#[test]
fn a_password_is_taken_and_never_shown() {
    let simulated = start();
    let server = &simulated.flashapply;
    let mut body = whole(server, MEMBER);
    body["settings"]["password"] = "pässwörd".into();
    let got = patch(server, MEMBER, &body);
    assert_eq!((got.status, got.json()["settings"].get("password")), (200, None));
    assert_eq!(got.json()["settings"]["profilePictureUrl"], body["settings"]["profilePictureUrl"]);
    assert!(!String::from_utf8_lossy(&get(server, MEMBER).body).contains("password"));
    assert_eq!(password(server, MEMBER).as_deref(), Some("pässwörd"));
    let body_without = whole(server, MEMBER);
    assert_eq!(patch(server, MEMBER, &body_without).status, 200);
    assert_eq!(password(server, MEMBER).as_deref(), Some("pässwörd"), "not sent is not changed");

    let words = "settings.password must be a text of 8 characters or more";
    for wrong in [json!("seven77"), json!(""), json!(null), json!(12_345_678)] {
        body["settings"]["password"] = wrong;
        let error = json!({ "error": { "message": words, "field": "settings.password" } });
        assert_refused(&patch(server, MEMBER, &body), 422, &error);
    }
    assert_eq!(password(server, MEMBER_MANY), None);
    server.reset();
    assert_eq!(password(server, MEMBER), None);
}

#[test]
fn a_field_that_is_missing_or_wrong_is_named() {
    let simulated = start();
    let server = &simulated.flashapply;
    let check = |id: &str, pointer: &str, value: Value, field: &str, words: &str| {
        let mut body = whole(server, id);
        assert!(crate::server::set(&mut body, pointer, value), "{pointer}");
        let error = json!({ "error": { "message": format!("{field} {words}"), "field": field } });
        assert_refused(&patch(server, id, &body), 422, &error);
    };
    for key in REQUIRED {
        let mut body = whole(server, MEMBER);
        body.as_object_mut().expect("an object").shift_remove(key);
        let error = json!({ "error": { "message": format!("{key} is required"), "field": key } });
        assert_refused(&patch(server, MEMBER, &body), 422, &error);
    }
    for key in OWN {
        check(MEMBER, &format!("/{key}"), json!("x"), key, "is set by the server");
    }
    for wrong in [json!(""), json!(" "), json!(null), json!(5)] {
        check(MEMBER, "/firstName", wrong.clone(), "firstName", "must be a text");
        check(MEMBER, "/lastName", wrong.clone(), "lastName", "must be a text");
        check(MEMBER, "/email", wrong.clone(), "email", "must be a valid address");
        check(MEMBER, "/organizationId", wrong, "organizationId", "must be an organization’s id");
    }
    for wrong in [json!("true"), json!(null), json!(1)] {
        check(MEMBER, "/isPrimary", wrong.clone(), "isPrimary", "must be true or false");
        check(MEMBER, "/isActive", wrong, "isActive", "must be true or false");
    }
    check(MEMBER, "/settings", json!([]), "settings", "must be an object");
    let name = "settings.profilePictureUrl";
    check(MEMBER, "/settings/profilePictureUrl", json!(null), name, "must be a text");
    check(MEMBER, "/locations", json!({}), "locations", "must be a list");
    check(MEMBER, "/locations", json!(null), "locations", "must be a list");
    check(MEMBER, "/locations/0", json!("loc_berlin"), "locations[0]", "must be an object");
    let name = "locations[2].locationId";
    check(MEMBER_MANY, "/locations/2/locationId", json!("loc_x"), name, "must be a location’s id");
    check(MEMBER_MANY, "/locations/2/locationId", json!(LOCATION_LAGOS), name, "comes twice");
    assert_eq!(server.counters().applied, 0);
}

#[test]
fn a_role_keeps_its_shape() {
    let simulated = start();
    let check = |id: &str, role: Value, words: Option<&str>| {
        let mut body = whole(&simulated.flashapply, id);
        body["locations"][0]["role"] = role;
        let got = patch(&simulated.flashapply, id, &body);
        let name = "locations[0].role";
        match words {
            None => assert_eq!(got.json()["locations"], body["locations"]),
            Some(words) => {
                let error = json!({ "error": { "message": format!("{name} {words}"), "field": name } });
                assert_refused(&got, 422, &error);
            }
        }
    };
    check(MEMBER, json!(["viewer", "admin"]), None);
    check(MEMBER, json!("admin"), Some("must be a list of roles here"));
    check(MEMBER_SCALAR, json!("admin"), None);
    check(MEMBER_SCALAR, json!(["admin"]), Some("must be a single role here"));
    let words = Some("must be admin, editor or viewer, or a list of them");
    for wrong in [json!([]), json!(["admin", "admin"]), json!(["owner"]), json!([["admin"]]), json!([null])] {
        check(MEMBER, wrong, words);
    }
    for wrong in [json!("owner"), json!(""), json!(null), json!("Admin"), json!({})] {
        check(MEMBER_SCALAR, wrong, words);
    }
    for role in [json!("editor"), json!(["editor"])] {
        let mut body = whole(&simulated.flashapply, MEMBER_NOWHERE);
        body["locations"] = json!([{ "locationId": LOCATION_BERLIN, "role": role }]);
        assert_eq!(
            patch(&simulated.flashapply, MEMBER_NOWHERE, &body).status,
            200,
            "a new one has any shape"
        );
        simulated.flashapply.reset();
    }
}

#[test]
fn an_email_belongs_to_one_member() {
    let simulated = start();
    let mut body = whole(&simulated.flashapply, MEMBER);
    body["email"] = "Zoe+Rockets@example.de".into();
    let words = "zoe+rockets@example.de is the e-mail of another member";
    let got = patch(&simulated.flashapply, MEMBER, &body);
    assert_refused(&got, 409, &json!({ "errors": [{ "message": words }] }));
    body["email"] = "SIOBHAN.OBRIEN@example.com".into();
    assert_eq!(patch(&simulated.flashapply, MEMBER, &body).json()["email"], body["email"], "it is her own");
}

#[test]
fn what_cannot_be_read_is_refused_in_plain_text() {
    let simulated = start();
    let check = |got: &Got, words: &str| {
        assert_eq!((got.status, got.header("Content-Type")), (400, Some("text/plain; charset=utf-8")));
        assert!(got.body.starts_with(words.as_bytes()), "{}", String::from_utf8_lossy(&got.body));
    };
    let update = |body: &str| ask(&simulated.flashapply, "PATCH", MEMBER, Some(body));
    check(&update(""), "Bad request: the body is not JSON");
    check(&update("[]"), "Bad request: the body is not a JSON object.");
    let whole = whole(&simulated.flashapply, MEMBER).to_string();
    let twice = whole.replacen("\"role\"", "\"role\":[\"admin\"],\"role\"", 1);
    check(&update(&twice), "Bad request: the key \"role\" comes twice.");
    check(&ask(&simulated.flashapply, "GET", MEMBER, Some("{}")), "Bad request: a GET request has no body.");
    let queried = format!("{MEMBER}?x=1");
    check(&get(&simulated.flashapply, &queried), "Bad request: no query is known here.");
    check(&ask(&simulated.flashapply, "PATCH", &queried, Some(&whole)), "Bad request: no query");

    let bearer = format!("Bearer {TOKEN}");
    let target = format!("/v1/members/{MEMBER}");
    for headers in
        [&[("Authorization", &*bearer)][..], &[("Authorization", &bearer), ("Content-Type", "text/plain")]]
    {
        let got =
            Client::connect(&simulated.flashapply.address()).ask("PATCH", &target, headers, Some(&whole));
        assert_refused(&got, 415, &json!({ "message": "The Content-Type must be application/json" }));
    }
    assert_eq!(simulated.flashapply.counters().applied, 0);
}

#[test]
fn unknown_members_paths_and_methods_have_their_own_words() {
    let simulated = start();
    let body = whole(&simulated.flashapply, MEMBER);
    for id in ["nobody", "", "mem_abc123%20", "x%2F..%2Fmem_abc123"] {
        let words = json!({ "message": "Member not found" });
        assert_refused(&get(&simulated.flashapply, id), 404, &words);
        assert_refused(&patch(&simulated.flashapply, id, &body), 404, &words);
    }
    for id in ["mem_abc123/settings", "%FF"] {
        assert_refused(&get(&simulated.flashapply, id), 404, &json!({ "message": "Not found" }));
    }
    for method in ["PUT", "POST", "DELETE"] {
        let got = ask(&simulated.flashapply, method, MEMBER, None);
        assert_refused(&got, 405, &json!({ "message": "Method not allowed" }));
        assert_eq!(got.header("Allow"), Some("GET, PATCH"));
    }
    simulated.flashapply.remove(MEMBER);
    assert_eq!(get(&simulated.flashapply, MEMBER).status, 404);
}

#[test]
fn a_caller_that_is_too_fast_is_told_when_to_come_again() {
    let simulated = start();
    let number = |got: &Got, name: &str| got.header(name).and_then(|text| text.parse::<i64>().ok());
    let left = |got: &Got| number(got, "X-RateLimit-Remaining").expect("a number");
    let reset = |got: &Got| number(got, "X-RateLimit-Reset").expect("a number") - clock::now();
    let first = get(&simulated.flashapply, MEMBER);
    assert_eq!((left(&first), first.header("X-RateLimit-Limit")), (99, Some("100")));
    assert!((58..=60).contains(&reset(&first)));
    assert_eq!(left(&get(&simulated.flashapply, "nobody")), 98, "refusals count");

    set_calls_left(&simulated.flashapply, 1, 3600);
    let last = get(&simulated.flashapply, MEMBER);
    assert_eq!((last.status, left(&last)), (200, 0));
    let refused = ask(&simulated.flashapply, "PATCH", MEMBER, Some("{}"));
    assert_refused(&refused, 429, &json!({ "error": "Too many requests" }));
    assert_eq!((left(&refused), refused.header("Retry-After")), (0, None));
    assert!((3598..=3600).contains(&reset(&refused)));
    assert_eq!(simulated.flashapply.counters().too_fast, 1);

    simulated.flashapply.lift_limit();
    let got = get(&simulated.flashapply, MEMBER);
    assert_eq!((got.status, left(&got)), (200, 0));
    simulated.flashapply.impose_limit();
    set_calls_left(&simulated.flashapply, 0, 0);
    let got = get(&simulated.flashapply, MEMBER);
    assert_eq!((got.status, left(&got)), (200, 99), "its time has come");
}

#[test]
fn a_yes_can_be_empty_or_for_something_else() {
    let simulated = start();
    let server = &simulated.flashapply;
    let before = server.member(MEMBER);
    let mut body = whole(server, MEMBER);
    body["firstName"] = "Sinéad".into();
    body["isActive"] = false.into();
    server.fail(Fault::once_on("PATCH", Effect::NoEffect));
    assert_eq!(patch(server, MEMBER, &body).json()["firstName"], "Sinéad");
    assert_eq!(server.member(MEMBER), before);

    server.fail(Fault::once(Effect::Altered { pointer: "/isActive".into(), value: true.into() }));
    let got = patch(server, MEMBER, &body).json();
    assert_eq!((&got["firstName"], &got["isActive"]), (&json!("Sinéad"), &json!(true)), "only a part");
}

#[test]
fn browsers_are_not_let_in() {
    let simulated = start();
    let asks = [("Origin", "http://localhost:8080"), ("Access-Control-Request-Method", "PATCH")];
    let target = format!("/v1/members/{MEMBER}");
    let preflight = Client::connect(&simulated.flashapply.address()).ask("OPTIONS", &target, &asks, None);
    for got in [preflight, get(&simulated.flashapply, MEMBER)] {
        assert!(got.headers.iter().all(|(name, _)| !name.to_lowercase().starts_with("access-control")));
    }
}

#[test]
fn locations_are_told_only_where_that_is_switched_on() {
    let simulated = start();
    let server = &simulated.flashapply;
    let ask = || {
        let headers = [("Authorization", &*format!("Bearer {TOKEN}"))];
        let target = format!("/v1/organizations/{ORGANIZATION}");
        Client::connect(&server.address()).ask("GET", &target, &headers, None)
    };
    assert_refused(&ask(), 404, &json!({ "message": "Not found" }));
    offer_locations(server);
    assert_eq!(ask().json()["locations"][0]["id"], LOCATION_BERLIN);
    server.reset();
    assert_eq!(ask().status, 404);
}

#[test]
fn members_are_listed_only_where_that_is_switched_on() {
    let simulated = start();
    let server = &simulated.flashapply;
    server.lift_limit();
    let list = |query: &str| {
        let headers = [("Authorization", &*format!("Bearer {TOKEN}"))];
        Client::connect(&server.address()).ask("GET", &format!("/v1/members{query}"), &headers, None)
    };
    assert_refused(&list("?limit=100"), 404, &json!({ "message": "Not found" }));
    offer_list(server);
    let first = list("");
    assert_eq!((first.status, first.json()["data"].as_array().map(Vec::len)), (200, Some(20)));
    assert_eq!(first.header("X-RateLimit-Limit"), Some("100"));

    let (mut all, mut query) = (Vec::new(), "?limit=100".to_string());
    loop {
        let got = list(&query).json();
        all.extend(got["data"].as_array().expect("a list").iter().cloned());
        let next = got["pagination"]["next_cursor"].as_str();
        assert_eq!(got["pagination"]["has_more"], next.is_some());
        let Some(next) = next else { break };
        query = format!("?cursor={}&limit=100", next.replace('=', "%3D"));
    }
    assert_eq!(all.len(), 7 + CROWD);
    assert_eq!((&all[0], &all[5]), (&get(server, MEMBER).json(), &get(server, MEMBER_EXTRA).json()));
    assert_eq!((&all[7]["id"], &all[7]["lastName"]), (&json!(crowd_member(0)), &json!("Morgan")));

    for (query, name) in [
        ("?limit=0", "limit"),
        ("?limit=101", "limit"),
        ("?limit=x", "limit"),
        ("?limit=2&limit=2", "limit"),
        ("?cursor=x", "cursor"),
        ("?cursor=", "cursor"),
        ("?page=1", "page"),
    ] {
        let words = format!("{name} is not known, comes twice or is out of range");
        assert_refused(&list(query), 422, &json!({ "error": { "message": words, "field": name } }));
    }
    let body = whole(server, &crowd_member(0));
    assert_eq!(patch(server, &crowd_member(0), &body).status, 200, "it comes back as it was read");
    server.reset();
    assert_eq!(list("").status, 404);
}
