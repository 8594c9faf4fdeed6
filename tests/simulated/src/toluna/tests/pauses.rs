use super::*;
use crate::fault::{Hold, On};

#[test]
fn calls_for_one_member_are_a_second_apart() {
    let simulated = start();
    let server = &simulated.toluna;
    server.impose_limit();
    let words = |code| {
        format!("Duplicate request for MemberCode {code}. One call per second is allowed for a member.")
    };
    assert_eq!(get(server, PANEL_UK, MEMBER).status, 200);
    assert_refused(&put(server, MEMBER, json!({ "IsActive": false })), 400, &words(MEMBER));
    assert_refused(&get(server, PANEL_FRANCE, MEMBER), 400, &words(MEMBER));
    assert_eq!(put(server, MEMBER_ENCODED, json!({ "IsActive": false })).status, 200);
    assert_refused(&get(server, PANEL_UK, MEMBER_ENCODED), 400, &words(MEMBER_ENCODED));
    let counters = server.counters();
    assert_eq!((counters.too_fast, counters.refused, counters.applied), (3, 3, 1));
    let too_fast: Vec<bool> = server.arrived().iter().map(|arrived| arrived.too_fast).collect();
    assert_eq!(too_fast, [false, true, true, false, true]);

    server.lift_limit();
    assert!((0..3).all(|_| get(server, PANEL_UK, MEMBER).status == 200));
    assert_eq!(server.counters().too_fast, 3);
    server.impose_limit();
    assert_eq!(get(server, PANEL_UK, MEMBER).status, 400, "answers count also while no pause is asked for");
    server.reset();
    assert_eq!(get(server, PANEL_UK, MEMBER).status, 200);
}

#[test]
fn the_pause_begins_with_the_answer_and_ends_with_the_arrival() {
    let simulated = start();
    let server = &simulated.toluna;
    server.impose_limit();
    let hold = Hold::new();
    server.fail(Fault::once(Effect::HoldAfter(hold.clone())));
    let mut client = Client::connect(&server.address());
    client.send("GET", &lookup(PANEL_UK, MEMBER), &[SECOND], None);
    hold.arrived();
    std::thread::sleep(PAUSE);
    hold.release();
    assert_eq!(client.receive().expect("an answer").status, 200);
    assert_eq!(get(server, PANEL_UK, MEMBER).status, 400, "a second after the call is not after its answer");

    server.reset();
    let hold = Hold::new();
    server.fail(Fault::once_on("PUT", Effect::HoldBefore(hold.clone())));
    client.send("PUT", PATH, &[SECOND, JSON], Some(&body(PANEL_UK, MEMBER, json!({ "IsActive": false }))));
    hold.arrived();
    assert_eq!(get(server, PANEL_UK, MEMBER).status, 400, "two at a time");
    hold.release();
    assert_eq!(client.receive().expect("an answer").status, 200, "it came in time");
    assert_eq!(state(server, MEMBER)["IsActive"], false);
}

#[test]
fn what_never_reaches_the_provider_is_not_too_fast_but_its_answer_counts() {
    let simulated = start();
    let server = &simulated.toluna;
    server.impose_limit();
    server.fail(Fault::once(Effect::CutBefore));
    let mut client = Client::connect(&server.address());
    client.send("GET", &lookup(PANEL_UK, MEMBER), &[SECOND], None);
    assert!(client.receive().is_none());
    let status = Effect::Status { status: 503, headers: vec![], body: String::new() };
    server.fail(Fault { on: On::default(), times: 2, effect: status });
    assert_eq!([0, 1].map(|_| get(server, PANEL_UK, MEMBER).status), [503, 503]);
    assert_eq!(server.counters().too_fast, 0);
    assert_eq!(get(server, PANEL_UK, MEMBER).status, 400);
}
