use std::net::TcpStream;

use serde_json::json;

use super::*;
use crate::client::{Client, Got};
use crate::fault::{Hold, On};
use crate::{Ports, Simulated, webex};

const TARGET: &str = "/v1/memberships/";

fn start() -> Simulated {
    Simulated::start(Ports::default()).expect("loopback has free ports")
}

fn bearer() -> (&'static str, &'static str) {
    ("Authorization", "Bearer simulated-webex-token-of-nadia-okafor")
}

/// Makes Siobhán a moderator; with a fault, this is the request that suffers.
fn send_update(client: &mut Client) {
    let target = format!("{TARGET}{}", webex::UNMODERATED);
    let headers = [bearer(), ("Content-Type", "application/json")];
    client.send("PUT", &target, &headers, Some(r#"{"isModerator":true,"isRoomHidden":false}"#));
}

fn read(client: &mut Client) -> Got {
    client.ask("GET", &format!("{TARGET}{}", webex::UNMODERATED), &[bearer()], None)
}

fn is_moderator(server: &Server) -> bool {
    server.member(webex::UNMODERATED).expect("Siobhán is seeded")["isModerator"] == true
}

/// What the client gets of an update under a fault, whether it was applied, and what the log says of it.
fn under(effect: Effect) -> (Option<Got>, bool, Arrived) {
    let simulated = start();
    simulated.webex.fail(Fault::once_on("PUT", effect));
    let mut client = Client::connect(&simulated.webex.address());
    send_update(&mut client);
    let got = client.receive();
    let log = simulated.webex.arrived();
    (got, is_moderator(&simulated.webex), log.into_iter().next().expect("the update arrived"))
}

#[test]
fn requests_are_recorded_byte_for_byte() {
    let simulated = start();
    let mut client = Client::connect(&simulated.webex.address());
    let sent = "PUT /v1/memberships/a%2Fb?x=1 HTTP/1.1\r\nhOsT: here\r\nX-Odd:  two  words \r\n\
                content-length: 4\r\n\r\n{ }\n";
    client.write(sent.as_bytes());
    assert_eq!(client.receive().expect("an answer").status, 401);

    let arrived = &simulated.webex.arrived()[0];
    assert_eq!(arrived.raw, sent.as_bytes());
    assert_eq!((arrived.method.as_str(), arrived.target.as_str()), ("PUT", "/v1/memberships/a%2Fb?x=1"));
    assert_eq!(arrived.headers[0], ("hOsT".to_string(), "here".to_string()));
    assert_eq!(arrived.header("x-odd"), Some("two  words"));
    assert_eq!(arrived.body, b"{ }\n");
    assert_eq!((arrived.status, arrived.applied, arrived.refused), (Some(401), false, true));
}

#[test]
fn connections_are_kept_and_pipelined_requests_are_answered_in_order() {
    let simulated = start();
    let mut client = Client::connect(&simulated.webex.address());
    assert_eq!(read(&mut client).status, 200);
    client.send("GET", "/v1/people/me", &[bearer()], None);
    client.send("GET", "/nowhere", &[bearer()], None);
    client.send("GET", "/v1/people/me", &[bearer(), ("Connection", "close")], None);
    let statuses: Vec<u16> = (0..3).map(|_| client.receive().expect("an answer").status).collect();
    assert_eq!(statuses, [200, 404, 200]);
    assert!(client.is_closed());
    assert_eq!(simulated.webex.counters(), Counters { reads: 4, refused: 1, ..Counters::default() });
}

#[test]
fn chunked_bodies_are_put_together() {
    let simulated = start();
    let mut client = Client::connect(&simulated.webex.address());
    let head = format!(
        "PUT {TARGET}{} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\n\
         Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n",
        webex::UNMODERATED,
        webex::TOKEN
    );
    let body =
        "14;odd=yes\r\n{\"isModerator\":true,\r\n17\r\n\"isRoomHidden\":false}  \r\n0\r\nTrailer: x\r\n\r\n";
    for part in [&head, &body[..15], &body[15..]] {
        client.write(part.as_bytes());
    }
    assert_eq!(client.receive().expect("an answer").status, 200);
    let arrived = &simulated.webex.arrived()[0];
    assert_eq!(arrived.body, b"{\"isModerator\":true,\"isRoomHidden\":false}  ");
    assert!(arrived.raw.ends_with(body.as_bytes()));
    assert_eq!(read(&mut client).status, 200, "the connection goes on after the chunks");
}

#[test]
fn a_client_that_waits_for_leave_to_send_gets_it() {
    let simulated = start();
    let mut client = Client::connect(&simulated.webex.address());
    client.write(b"PUT /v1 HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    assert_eq!(client.receive().expect("an interim answer").status, 100);
    client.write(b"{}");
    assert_eq!(client.receive().expect("an answer").status, 401);
}

#[test]
fn what_is_not_http_is_refused_and_recorded() {
    let check = |sent: &str, status: u16| {
        let simulated = start();
        let mut client = Client::connect(&simulated.webex.address());
        client.write(sent.as_bytes());
        assert_eq!(client.receive().expect("an answer").status, status, "{sent:?}");
        assert!(client.is_closed());
        let arrived = &simulated.webex.arrived()[0];
        assert_eq!((arrived.method.as_str(), arrived.status), ("", Some(status)));
        assert_eq!(arrived.raw, sent.as_bytes());
    };
    check("\u{1}\u{2}\r\n\r\n", 400);
    check("GET /\r\n\r\n", 400);
    check("GET / HTTP/2.0\r\n\r\n", 505);
    check("GET / HTTP/1.1\r\n\r\n", 400);
    check("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400);
    check("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: many\r\n\r\n", 400);
    check("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\n", 400);
    check("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400);
    check("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400);
    check("PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", 501);
    check("PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400);
    check("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n", 413);
}

#[test]
fn a_status_takes_the_providers_place() {
    let headers = vec![("Retry-After".into(), "30".into()), ("content-type".into(), "text/plain".into())];
    let (got, moderator, arrived) = under(Effect::Status { status: 429, headers, body: "slower".into() });
    let got = got.expect("an answer");
    assert_eq!((got.status, got.body.as_slice()), (429, b"slower".as_slice()));
    assert_eq!((got.header("retry-after"), got.header("content-type")), (Some("30"), Some("text/plain")));
    assert_eq!(got.header("Access-Control-Allow-Origin"), Some("*"), "a browser may read it");
    assert!(!moderator && !arrived.applied && arrived.refused);
}

#[test]
fn a_delay_only_delays() {
    let (got, moderator, arrived) = under(Effect::Delay { millis: 1 });
    assert_eq!(got.expect("an answer").status, 200);
    assert!(moderator && arrived.applied);
}

#[test]
fn cuts_give_no_answer_or_half_of_one() {
    let (got, moderator, arrived) = under(Effect::CutBefore);
    assert!(got.is_none() && !moderator && !arrived.applied);
    assert_eq!(arrived.status, None);

    let (got, moderator, arrived) = under(Effect::CutAfter);
    assert!(got.is_none() && moderator && arrived.applied);
    assert_eq!(arrived.status, None);

    let (got, moderator, arrived) = under(Effect::CutBody);
    let got = got.expect("a head");
    assert!(!got.whole && !got.body.is_empty() && moderator && arrived.applied);
    assert_eq!((got.status, arrived.status), (200, Some(200)));
}

#[test]
fn answers_can_be_wrong_in_themselves() {
    let (got, moderator, _) = under(Effect::WrongJson);
    let got = got.expect("an answer");
    assert!(got.whole && moderator && serde_json::from_slice::<Value>(&got.body).is_err());

    let (got, moderator, _) = under(Effect::WrongTypes);
    let body = got.expect("an answer").json();
    assert!(moderator);
    assert_eq!((&body["id"], &body["isModerator"]), (&json!(7), &json!("yes")));

    let (got, moderator, arrived) = under(Effect::Html);
    let got = got.expect("an answer");
    assert_eq!((got.status, got.header("content-type")), (200, Some("text/html; charset=utf-8")));
    assert!(got.body.starts_with(b"<!doctype html>") && !moderator && !arrived.applied);
}

#[test]
fn a_yes_can_be_empty() {
    let (got, moderator, arrived) = under(Effect::NoEffect);
    assert_eq!(got.expect("an answer").json()["isModerator"], true);
    assert!(!moderator && !arrived.applied && !arrived.refused);
}

#[test]
fn ready_made_answers_come_before_or_after_a_change() {
    let check = |canned: Canned| {
        for (after, effect) in
            [(false, Effect::InsteadBefore as fn(Canned) -> Effect), (true, Effect::InsteadAfter)]
        {
            let (got, moderator, arrived) = under(effect(canned.clone()));
            let got = got.expect("an answer");
            assert_eq!((got.status, &got.body, got.whole), (canned.status, &canned.body, true));
            assert_eq!(got.header("Content-Type"), Some(canned.headers[0].1.as_str()));
            assert_eq!(got.header("Access-Control-Allow-Origin"), Some("*"));
            assert_eq!((moderator, arrived.applied, arrived.refused), (after, after, canned.status >= 400));
        }
    };
    check(Canned::new(503, "{}"));
    check(Canned::new(200, ""));
    check(Canned::new(200, [0xff, 0x00, 0xfe]).with("content-type", "application/octet-stream"));
    check(Canned::web_page());
    check(Canned::large());
    check(Canned::deep());
    assert!(Canned::large().body.len() >= 5 << 20);
    assert!(serde_json::from_slice::<Value>(&Canned::large().body).is_ok());
}

#[test]
fn answers_can_be_wrong_of_which_nothing_is_applied() {
    for (before, after) in [
        (Effect::CutBodyBefore, Effect::CutBody),
        (Effect::WrongJsonBefore, Effect::WrongJson),
        (Effect::WrongTypesBefore, Effect::WrongTypes),
    ] {
        let ((got, moderator, arrived), (got_after, moderator_after, _)) = (under(before), under(after));
        let (got, got_after) = (got.expect("an answer"), got_after.expect("an answer"));
        assert_eq!((got.status, got.body, got.whole), (got_after.status, got_after.body, got_after.whole));
        assert!(!moderator && !arrived.applied && moderator_after);
    }
}

#[test]
fn something_else_can_be_applied_than_asked() {
    let altered = |pointer: &str| Effect::Altered { pointer: pointer.into(), value: json!(false) };
    let (got, moderator, arrived) = under(altered("/isModerator"));
    assert_eq!(got.expect("an answer").json()["isModerator"], false);
    assert!(!moderator && arrived.applied);
    assert_eq!(arrived.body, br#"{"isModerator":true,"isRoomHidden":false}"#, "the log has what came");
    let (_, moderator, _) = under(altered("/no/place"));
    assert!(moderator);
}

#[test]
fn something_else_can_be_told_than_is_so() {
    let told = |pointer: &str| Effect::Told { pointer: pointer.into(), value: json!([1]) };
    let (got, moderator, arrived) = under(told("/personDisplayName"));
    let got = got.expect("an answer").json();
    assert_eq!((&got["personDisplayName"], &got["isModerator"]), (&json!([1]), &json!(true)));
    assert!(moderator && arrived.applied);
    let (got, _, _) = under(told("/no/place"));
    assert_eq!(got.expect("an answer").json()["personDisplayName"], "Siobhán O'Brien");

    let link = Effect::Header { name: "Trackingid".into(), value: "another".into() };
    let (got, moderator, _) = under(link);
    assert_eq!((got.expect("an answer").header("trackingid"), moderator), (Some("another"), true));
}

#[test]
fn faults_are_used_up_in_order_by_the_requests_they_are_for() {
    let simulated = start();
    let status = |status| Effect::Status { status, headers: vec![], body: String::new() };
    let on = On { method: Some("GET".into()), path_contains: Some("people/me".into()) };
    simulated.webex.fail(Fault { on, times: 2, effect: status(503) });
    simulated.webex.fail(Fault::once(status(500)));
    let mut client = Client::connect(&simulated.webex.address());
    let mut ask = |method: &str, target: &str| client.ask(method, target, &[bearer()], None).status;
    assert_eq!(ask("OPTIONS", "/v1/people/me"), 204, "a preflight uses up no fault");
    assert_eq!(ask("GET", "/v1/people/me"), 503);
    assert_eq!(ask("GET", "/v1/rooms"), 500);
    assert_eq!(ask("GET", "/v1/people/me"), 503);
    assert_eq!(ask("GET", "/v1/people/me"), 200);
}

#[test]
fn a_preflight_can_fail_when_it_is_asked_for() {
    let simulated = start();
    simulated.webex.fail(Fault::once_on("OPTIONS", Effect::CutBefore));
    let mut client = Client::connect(&simulated.webex.address());
    client.send("OPTIONS", "/v1/people/me", &[], None);
    assert!(client.receive().is_none());
}

#[test]
fn a_held_request_can_be_given_up_before_or_after_it_is_applied() {
    for (after, effect) in [(true, Effect::HoldAfter as fn(Hold) -> Effect), (false, Effect::HoldBefore)] {
        let simulated = start();
        let hold = Hold::new();
        simulated.webex.fail(Fault::once(effect(hold.clone())));
        let mut client = Client::connect(&simulated.webex.address());
        send_update(&mut client);
        hold.arrived();
        assert_eq!(is_moderator(&simulated.webex), after);
        assert_eq!(simulated.webex.arrived()[0].status, None);
        assert_eq!(read(&mut Client::connect(&simulated.webex.address())).status, 200, "others are not held");
        client.hang_up();
        hold.release();
    }
}

#[test]
fn a_released_request_is_answered() {
    let simulated = start();
    let hold = Hold::new();
    simulated.webex.fail(Fault::once(Effect::HoldBefore(hold.clone())));
    let mut client = Client::connect(&simulated.webex.address());
    send_update(&mut client);
    hold.arrived();
    hold.release();
    assert_eq!(client.receive().expect("an answer").status, 200);
    assert!(is_moderator(&simulated.webex));
}

#[test]
fn a_reset_forgets_everything_also_what_is_in_flight() {
    let simulated = start();
    let hold = Hold::new();
    let mut client = Client::connect(&simulated.webex.address());
    simulated.webex.fail(Fault::once(Effect::HoldAfter(hold.clone())));
    send_update(&mut client);
    hold.arrived();
    simulated.webex.fail(Fault::once(Effect::Html));
    simulated.webex.reset();
    hold.release();
    assert_eq!(client.receive().expect("an answer").status, 200);
    assert_eq!(simulated.webex.arrived(), []);
    assert!(!is_moderator(&simulated.webex));
    assert_eq!(read(&mut client).json()["isModerator"], false, "the queued fault is gone");
    assert_eq!(simulated.webex.counters(), Counters { reads: 1, ..Counters::default() });
}

#[test]
fn a_colleague_changes_and_removes_members() {
    let simulated = start();
    let server = &simulated.webex;
    server.edit(webex::UNMODERATED, "/personDisplayName", json!("Siobhán O’Brien-Wójcik"));
    server.edit(webex::DIRECT, "/isRoomHidden", json!(true));
    let mut client = Client::connect(&server.address());
    assert_eq!(read(&mut client).json()["personDisplayName"], "Siobhán O’Brien-Wójcik");
    assert_eq!(server.member(webex::DIRECT).expect("seeded")["isRoomHidden"], true);
    server.remove(webex::UNMODERATED);
    assert_eq!(read(&mut client).status, 404);
    assert_eq!(server.member(webex::UNMODERATED), None);
}

#[test]
#[should_panic(expected = "no place “/a/b” in a member")]
fn an_edit_of_nothing_is_a_mistake_in_the_test() {
    start().webex.edit(webex::UNMODERATED, "/a/b", json!(1));
}

#[test]
fn a_dropped_server_frees_its_port_and_closes_its_connections() {
    let simulated = start();
    let address = simulated.webex.address();
    let mut client = Client::connect(&address);
    assert_eq!(read(&mut client).status, 200);
    drop(simulated);
    assert!(client.is_closed());
    assert!(TcpStream::connect(address.trim_start_matches("http://")).is_err());
}
