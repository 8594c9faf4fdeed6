//! The pipeline by itself: every provider, as form, row and undo, against a server of a few lines.

mod desk;
mod gone;
mod language;
mod reading;
mod sending;
mod world;

use serde_json::{Value as Json, json};

use super::{Ask, Event, Purpose, Step};
use crate::change::check::check;
use crate::change::draft::Draft;
use crate::change::problem::Problem;
use crate::change::receipt::Outcome;
use crate::change::undo::undo;
use crate::provider::explain::Means;
use crate::transport::NoAnswer;

use desk::{Desk, adjust, draft, text};
use world::{Instead, NOW};

#[test]
fn a_form_ends_confirmed_and_sends_exactly_both_flags() {
    let mut desk = Desk::new("webex");
    let receipt = desk.receipt(draft(&[("isModerator", text("yes"))]));
    assert_eq!(receipt.outcome, Outcome::Confirmed);
    assert_eq!(receipt.title, "Aoife O'Sullivan");
    assert_eq!(desk.world.sent.len(), 1);
    assert_eq!(desk.world.sent[0].1, json!({ "isModerator": true, "isRoomHidden": false }));
}

#[test]
fn teams_are_always_sent_whole_and_roles_only_when_changed() {
    let mut desk = Desk::new("aitable");
    let receipt = desk.receipt(draft(&[("name", text("Johanna"))]));
    assert_eq!(receipt.outcome, Outcome::Confirmed);
    assert_eq!(desk.world.sent[0].1, json!({ "name": "Johanna", "teams": ["teamAAAA"] }));

    let mut desk = Desk::new("aitable");
    let receipt =
        desk.receipt(draft(&[("roles", adjust(&["roleBBBB"], &[])), ("teams", adjust(&["teamBBBB"], &[]))]));
    assert_eq!(receipt.outcome, Outcome::Confirmed);
    let body = json!({ "teams": ["teamAAAA", "teamBBBB"], "roles": ["roleAAAA", "roleBBBB"] });
    assert_eq!(desk.world.sent[0].1, body);
}

#[test]
fn the_last_role_cannot_be_removed_and_the_last_team_only_knowingly() {
    let mut desk = Desk::new("aitable");
    let step = desk.change(draft(&[("roles", adjust(&[], &["roleAAAA"]))]));
    let Step::Ask(Ask::Mend(violations)) = step else { panic!("{step:?}") };
    assert!(matches!(violations[0].problem, Problem::CannotClear(_)), "{violations:?}");

    let mut desk = Desk::new("aitable");
    let step = desk.change(draft(&[("teams", adjust(&[], &["teamAAAA"]))]));
    let refused = desk.run(Event::Approve(Vec::new()));
    let Step::Ask(Ask::Approve { missing, .. }) = refused else { panic!("{refused:?}") };
    assert_eq!(missing, ["root-team"]);
    assert!(desk.world.sent.is_empty(), "nothing goes without the consent");
    desk.approve(&step);
    assert_eq!(desk.world.sent[0].1, json!({ "teams": [] }));
}

#[test]
fn a_field_that_is_not_offered_cannot_be_changed() {
    let mut desk = Desk::new("webex");
    let step = desk.change(draft(&[("isRoomHidden", text("yes"))]));
    let Step::Ask(Ask::Mend(violations)) = step else { panic!("{step:?}") };
    assert!(matches!(violations[0].problem, Problem::NotOffered(_)), "{violations:?}");
}

#[test]
fn a_record_that_moved_is_asked_about_again_and_untouched_fields_take_the_fresh_value() {
    let mut desk = Desk::new("aitable");
    let step = desk.change(draft(&[("name", text("Johanna"))]));
    desk.world.member["teams"] = json!([{ "unitId": "teamCCCC", "name": "C" }]);
    desk.approve(&step);
    assert_eq!(desk.world.sent[0].1, json!({ "name": "Johanna", "teams": ["teamCCCC"] }));

    let mut desk = Desk::new("aitable");
    let step = desk.change(draft(&[("name", text("Johanna"))]));
    desk.world.member["name"] = json!("Jon");
    let step = desk.approve(&step);
    let Step::Ask(Ask::Approve { plan, moved: true, .. }) = &step else { panic!("{step:?}") };
    assert_eq!(
        plan.differences()[0].from.words(desk.driver.provider().field("name").expect("a field")),
        "Jon"
    );
    assert!(desk.world.sent.is_empty());
    let step = desk.approve(&step);
    assert!(matches!(step, Step::Done(receipt) if receipt.outcome == Outcome::Confirmed));
}

#[test]
fn what_is_so_already_is_not_sent() {
    let mut desk = Desk::new("aitable");
    let step = desk.change(draft(&[("name", text("Johanna"))]));
    desk.world.member["name"] = json!("Johanna");
    let step = desk.approve(&step);
    assert!(
        matches!(step, Step::Done(receipt) if receipt.outcome == Outcome::Confirmed && receipt.sends == 0)
    );

    let mut desk = Desk::new("aitable");
    let step = desk.change(draft(&[("name", text("John"))]));
    let Step::Ask(Ask::Mend(violations)) = step else { panic!("{step:?}") };
    assert_eq!(violations[0].problem, Problem::NothingChanges);
}

#[test]
fn every_outcome_is_reached() {
    let check = |instead: Vec<(&'static str, Instead)>, word: &str, sends: u32| {
        let mut desk = Desk::new("aitable");
        let step = desk.change(draft(&[("name", text("Johanna"))]));
        desk.world.instead = instead;
        let step = desk.approve(&step);
        let Step::Done(receipt) = step else { panic!("{word}: {step:?}") };
        assert_eq!(receipt.outcome.mark(), word, "{:?}", receipt.outcome);
        assert_eq!(receipt.sends, sends, "{word}");
        desk
    };
    check(vec![], "confirmed", 1);
    check(vec![("PUT", Instead::Applied(NoAnswer::TimedOut))], "confirmed", 1);
    check(vec![("PUT", Instead::Silence(NoAnswer::Failed))], "differs", 1);
    let desk = check(vec![("PUT", Instead::Nothing)], "differs", 1);
    assert_eq!(desk.waits, [1, 2], "a change that was accepted is looked for again");
    let refused = json!({ "success": false, "code": 1521, "message": "no such team" });
    check(vec![("PUT", Instead::Answer(200, &[], refused))], "refused", 1);
    check(vec![("PUT", Instead::Silence(NoAnswer::Offline))], "not-sent", 0);
    check(vec![("PUT", Instead::Answer(200, &[], json!({ "odd": 1 })))], "differs", 1);
    let relay = json!({ "error": { "source": "proxy", "code": "upstream_unreachable" } });
    let no: &[(&str, &str)] = &[("X-Relay-Source", "proxy"), ("X-Relay-Sent", "no")];
    let stopped = || ("PUT", Instead::Answer(502, no, relay.clone()));
    check((0..4).map(|_| stopped()).collect(), "not-sent", 0);
    check((0..3).map(|_| stopped()).collect(), "confirmed", 1);
    let maybe: &[(&str, &str)] = &[("X-Relay-Source", "proxy"), ("X-Relay-Sent", "yes")];
    check(vec![("PUT", Instead::Answer(502, maybe, relay))], "differs", 1);
}

#[test]
fn what_cannot_be_read_back_is_accepted_after_a_yes_and_unknown_after_a_doubt() {
    let check = |put: Option<Instead>, word: &str| {
        let mut desk = Desk::new("webex");
        let step = desk.change(draft(&[("isModerator", text("yes"))]));
        let Step::Ask(Ask::Approve { plan, .. }) = &step else { panic!("{step:?}") };
        let consents = plan.risks().iter().map(|risk| risk.id.clone()).collect();
        // The re-read before sending succeeds; from the send on, nothing can be read.
        let mut step = desk.driver.next(Event::Approve(consents), NOW).expect("a step");
        while let Step::Read(outgoing, _) = &step {
            let answer = desk.world.call(outgoing.request());
            step = desk.driver.next(Event::Answered(answer), NOW).expect("a step");
        }
        let Step::Send(outgoing) = step else { panic!("{step:?}") };
        desk.world.instead = put.map(|put| ("PUT", put)).into_iter().collect();
        let answer = desk.world.call(outgoing.request());
        for _ in 0..3 {
            desk.world.instead.push(("GET", Instead::Silence(NoAnswer::Failed)));
        }
        let step = desk.run(Event::Answered(answer));
        let Step::Done(receipt) = step else { panic!("{step:?}") };
        assert_eq!(receipt.outcome.mark(), word);
    };
    check(None, "accepted");
    check(Some(Instead::Applied(NoAnswer::TimedOut)), "unknown");
}

#[test]
fn a_provider_that_asks_to_wait_is_waited_for_and_the_record_is_read_again() {
    let mut desk = Desk::new("webex");
    let step = desk.change(draft(&[("isModerator", text("yes"))]));
    desk.world.instead = vec![(
        "PUT",
        Instead::Answer(429, &[("Retry-After", "7")], json!({ "message": "Rate limit exceeded" })),
    )];
    let step = desk.approve(&step);
    assert!(
        matches!(step, Step::Done(receipt) if receipt.outcome == Outcome::Confirmed && receipt.sends == 2)
    );
    assert_eq!(desk.waits, [7]);

    let mut desk = Desk::new("webex");
    let step = desk.change(draft(&[("isModerator", text("yes"))]));
    for _ in 0..4 {
        desk.world.instead.push((
            "PUT",
            Instead::Answer(429, &[("Retry-After", "rand(30),add(30)")], json!({ "message": "x" })),
        ));
    }
    let step = desk.approve(&step);
    assert!(matches!(step, Step::Done(receipt) if receipt.outcome.mark() == "refused" && receipt.sends == 4));
    assert!(
        desk.waits.iter().all(|wait| *wait >= 15),
        "a malformed wait is fifteen seconds: {:?}",
        desk.waits
    );
}

#[test]
fn a_credential_that_expires_in_the_middle_is_asked_for_and_the_change_goes_on() {
    let mut desk = Desk::new("webex");
    let step = desk.change(draft(&[("isModerator", text("yes"))]));
    desk.world.instead = vec![(
        "PUT",
        Instead::Answer(401, &[], json!({ "message": "The request requires a valid access token" })),
    )];
    let step = desk.approve(&step);
    assert!(
        matches!(&step, Step::Ask(Ask::SignIn { reason, .. }) if reason.means == Means::SignIn),
        "{step:?}"
    );
    let step = desk.run(Event::GoOn);
    assert!(matches!(step, Step::Done(receipt) if receipt.outcome == Outcome::Confirmed));
}

#[test]
fn a_record_that_cannot_be_read_is_never_written() {
    let check = |instead: Instead| {
        let mut desk = Desk::new("aitable");
        let step = desk.change(draft(&[("name", text("Johanna"))]));
        desk.world.instead = vec![("GET", instead)];
        let step = desk.approve(&step);
        let Step::Ask(Ask::Unread { purpose, .. }) = &step else { panic!("{step:?}") };
        assert_eq!(*purpose, Purpose::Send);
        assert!(desk.world.sent.is_empty());
        let step = desk.run(Event::GoOn);
        assert!(
            matches!(step, Step::Done(receipt) if receipt.outcome == Outcome::Confirmed),
            "trying again goes on"
        );
    };
    let member = |unit: Json, teams: Json| json!({ "success": true, "data": { "member": { "unitId": unit, "teams": teams } } });
    check(Instead::Silence(NoAnswer::Failed));
    check(Instead::Answer(200, &[], json!("text")));
    check(Instead::Answer(200, &[], json!({ "success": true })));
    check(Instead::Answer(200, &[], member(json!("somebody else"), json!([]))));
    check(Instead::Answer(200, &[], member(json!("m1"), json!("teamAAAA"))));
    check(Instead::Answer(200, &[("Content-Type", "text/html")], json!("<html>")));
}

#[test]
fn a_change_that_was_held_before_sending_can_be_changed() {
    let mut desk = Desk::new("aitable");
    let step = desk.change(draft(&[("name", text("Johanna"))]));
    desk.world.instead = vec![("GET", Instead::Silence(NoAnswer::Failed))];
    let step = desk.approve(&step);
    assert!(matches!(step, Step::Ask(Ask::Unread { .. })), "{step:?}");
    let change = check(desk.driver.provider(), &draft(&[("name", text("Joan"))])).expect("a change");
    let step = desk.run(Event::Change(change));
    let step = desk.approve(&step);
    assert!(matches!(step, Step::Done(receipt) if receipt.outcome == Outcome::Confirmed));
    assert_eq!(desk.world.member["name"], json!("Joan"));
}

#[test]
fn a_stop_at_any_moment_before_the_send_sends_nothing() {
    // The reads before the send: the membership, then its room.
    for stop_at in 0..2 {
        let mut desk = Desk::new("webex");
        let step = desk.change(draft(&[("isModerator", text("yes"))]));
        let Step::Ask(Ask::Approve { plan, .. }) = &step else { panic!("{step:?}") };
        let consents = plan.risks().iter().map(|risk| risk.id.clone()).collect();
        let mut step = desk.driver.next(Event::Approve(consents), NOW).expect("a step");
        for read in 0..2 {
            let Step::Read(outgoing, _) = &step else { break };
            let answer =
                if read == stop_at { Err(NoAnswer::Cancelled) } else { desk.world.call(outgoing.request()) };
            step = desk.driver.next(Event::Answered(answer), NOW).expect("a step");
        }
        assert!(matches!(step, Step::Ask(Ask::Unread { purpose: Purpose::Send, .. })), "{step:?}");
        let step = desk.run(Event::Stop);
        assert!(matches!(step, Step::Done(receipt) if receipt.outcome.mark() == "not-sent"));
        assert!(desk.world.sent.is_empty());
    }
}

#[test]
fn an_overloaded_server_is_no_proof_that_nothing_was_done() {
    let mut desk = Desk::new("webex");
    let step = desk.change(draft(&[("isModerator", text("yes"))]));
    for _ in 0..4 {
        desk.world.instead.push(("PUT", Instead::Answer(503, &[], json!({ "message": "x" }))));
    }
    let step = desk.approve(&step);
    assert!(matches!(step, Step::Done(receipt) if receipt.outcome.mark() == "differs"), "it is read back");
}

#[test]
fn a_stop_while_it_is_looked_for_again_says_what_was_seen() {
    let mut desk = Desk::new("aitable");
    let step = desk.change(draft(&[("name", text("Johanna"))]));
    let Step::Ask(Ask::Approve { .. }) = step else { panic!("{step:?}") };
    desk.world.instead = vec![("PUT", Instead::Nothing)];
    let mut step = desk.driver.next(Event::Approve(Vec::new()), NOW).expect("a step");
    while let Step::Read(outgoing, _) | Step::Send(outgoing) = &step {
        let answer = desk.world.call(outgoing.request());
        step = desk.driver.next(Event::Answered(answer), NOW).expect("a step");
    }
    assert!(matches!(step, Step::Wait { .. }), "{step:?}");
    let step = desk.run(Event::Stop);
    assert!(matches!(step, Step::Done(receipt) if receipt.outcome.mark() == "differs"));
}

#[test]
fn a_second_press_sends_once() {
    let mut desk = Desk::new("webex");
    let step = desk.change(draft(&[("isModerator", text("yes"))]));
    let Step::Ask(Ask::Approve { .. }) = step else { panic!("{step:?}") };
    let read = desk.driver.next(Event::Approve(vec!["first-moderator".into()]), NOW).expect("a step");
    assert!(matches!(read, Step::Read(..)));
    assert_eq!(desk.driver.next(Event::Approve(Vec::new()), NOW), None);
}

#[test]
fn a_row_goes_the_same_way_without_being_asked_what_to_change() {
    let mut desk = Desk::new("aitable");
    let change = check(desk.driver.provider(), &draft(&[("name", text("Johanna"))])).expect("a change");
    desk.driver = desk.driver.clone().with_change(change);
    let step = desk.run(Event::Start);
    let step = desk.approve(&step);
    assert!(matches!(step, Step::Done(receipt) if receipt.outcome == Outcome::Confirmed));
}

#[test]
fn undo_puts_back_what_was_and_says_what_it_cannot() {
    let check_undo = |id: &str, change: Draft| {
        let mut desk = Desk::new(id);
        let before = desk.world.state(if id == "webex" { "/memberships/" } else { "/members/" });
        let receipt = desk.receipt(change);
        let undo = undo(desk.driver.provider(), &receipt);
        assert_eq!(undo.lost, Vec::new());
        let mut back = Desk::new(id);
        back.world = desk.world;
        let change = check(back.driver.provider(), &undo.draft).expect("a change");
        back.driver = back.driver.clone().with_change(change);
        let step = back.run(Event::Start);
        let step = back.approve(&step);
        assert!(matches!(step, Step::Done(receipt) if receipt.outcome == Outcome::Confirmed));
        let ids = |state: &Json| state.to_string().replace(",\"name\":\"Team A\"", "");
        assert_eq!(
            ids(&back.world.state(if id == "webex" { "/memberships/" } else { "/members/" })),
            ids(&before)
        );
    };
    check_undo("webex", draft(&[("isModerator", text("yes"))]));
    check_undo("aitable", draft(&[("name", text("Johanna")), ("teams", adjust(&["teamBBBB"], &[]))]));

    let mut desk = Desk::new("aitable");
    desk.world.member["roles"] = json!([]);
    let receipt = desk.receipt(draft(&[("roles", adjust(&["roleBBBB"], &[]))]));
    let undo = undo(desk.driver.provider(), &receipt);
    assert_eq!(undo.lost.len(), 1, "roles from none cannot be undone");
    assert!(undo.draft.is_empty());
}
