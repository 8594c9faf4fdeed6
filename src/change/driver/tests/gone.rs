//! Changes after which the member is expected to be gone: two that become one, and an erasure.

use serde_json::json;

use super::desk::{Desk, draft, text};
use super::world::Instead;
use crate::change::draft::Draft;
use crate::change::driver::{Ask, Event, Purpose, Step};
use crate::change::receipt::{Outcome, Receipt, Settled};
use crate::change::undo::undo;
use crate::provider::explain::Means;
use crate::transport::NoAnswer;
use crate::words::say;

fn merge() -> Draft {
    draft(&[("email", text("ben@example.com"))])
}

fn erase(desk: &Desk) -> Draft {
    let provider = desk.driver.provider();
    Draft::of_act(provider, &provider.acts[0])
}

/// A merge, and then these answers.
fn merged(instead: Vec<(&'static str, Instead)>) -> (Receipt, Vec<u64>) {
    let mut desk = Desk::new("symbl");
    (desk.receipt_when(merge(), instead), desk.waits)
}

#[test]
fn who_became_another_member_is_gone_and_that_is_the_proof() {
    let check = |instead: Vec<(&'static str, Instead)>, waits: &[u64]| {
        let (receipt, waited) = merged(instead);
        assert_eq!(receipt.outcome, Outcome::Confirmed);
        assert_eq!((receipt.gone, receipt.still_there, receipt.forget), (true, false, false));
        assert_eq!(receipt.sends, 1);
        assert!(receipt.request.is_some());
        assert_eq!(waited, waits);
    };
    check(vec![], &[]);
    check(vec![("PUT", Instead::Applied(NoAnswer::TimedOut))], &[]);
    check(vec![("PUT", Instead::AppliedAnswer(500, json!({ "message": "x" })))], &[]);
    // It takes a moment.
    check(vec![("PUT", Instead::Later(200, 1))], &[1]);
    check(vec![("PUT", Instead::Later(200, 2))], &[1, 2]);
}

#[test]
fn who_is_still_there_is_looked_for_again_and_then_judged_by_the_fields() {
    let (receipt, waits) = merged(vec![("PUT", Instead::Nothing)]);
    assert_eq!(receipt.outcome, Outcome::Differs(None));
    assert_eq!((receipt.gone, receipt.still_there), (false, true));
    assert_eq!(receipt.lines[0].settled(), Settled::AsBefore);
    assert_eq!(waits, [1, 2]);

    // The address was taken over, and the two are two.
    let mut desk = Desk::new("symbl");
    let step = desk.change(merge());
    let both = json!({ "members": [
        { "id": "a-1", "name": "Ada", "email": "ben@example.com" },
        { "id": "b-2", "name": "Ben", "email": "Ben@example.com" }
    ] });
    let send = desk.until(&step, |step| matches!(step, Step::Send(_)));
    let Step::Send(outgoing) = send else { panic!("a send") };
    let answer = desk.world.call(outgoing.request());
    desk.world.instead = (0..3).map(|_| ("GET", Instead::Answer(200, &[], both.clone()))).collect();
    let receipt = super::desk::done(desk.run(Event::Answered(answer)));
    assert_eq!(receipt.outcome, Outcome::Confirmed);
    assert_eq!((receipt.gone, receipt.still_there), (false, true));
    assert_eq!(desk.waits, [1, 2]);
}

#[test]
fn nobody_comes_back_from_being_gone() {
    let (receipt, _) = merged(vec![]);
    let undo = undo(Desk::new("symbl").driver.provider(), &receipt);
    assert!(undo.draft.is_empty());
    assert_eq!(undo.lost, [("email".to_string(), say::reason_gone())]);
}

#[test]
fn of_an_erasure_nothing_is_kept() {
    let check = |instead: Vec<(&'static str, Instead)>| {
        let mut desk = Desk::new("toluna");
        let erase = erase(&desk);
        let receipt = desk.receipt_when(erase, instead);
        assert_eq!(receipt.outcome, Outcome::Confirmed);
        assert_eq!((receipt.gone, receipt.forget, receipt.still_there), (true, true, false));
        assert_eq!((receipt.request, receipt.answer, receipt.sends), (None, None, 1));
        assert_eq!(desk.world.panelist, None);
    };
    check(vec![]);
    check(vec![("PUT", Instead::Applied(NoAnswer::CutBody { status: 200 }))]);
    // The old version's answer is a doubt, and reading settles it.
    check(vec![("PUT", Instead::AppliedAnswer(200, json!({ "PanelistStatusTypeID": 0 })))]);
}

#[test]
fn an_erasure_that_cannot_be_seen_is_no_proof_and_keeps_its_request() {
    let outcome = |instead: Vec<(&'static str, Instead)>| {
        let mut desk = Desk::new("toluna");
        let erase = erase(&desk);
        let step = desk.change(erase);
        let send = desk.until(&step, |step| matches!(step, Step::Send(_)));
        let Step::Send(outgoing) = send else { panic!("a send") };
        let answer = desk.world.call(outgoing.request());
        desk.world.instead = instead;
        let receipt = super::desk::done(desk.run(Event::Answered(answer)));
        assert!(!receipt.gone && !receipt.forget && receipt.request.is_some());
        receipt.outcome
    };
    // A refusal that says something else, a server error, nothing at all.
    let refused = json!({ "Message": "This member is blocked." });
    assert!(matches!(outcome(vec![("GET", Instead::Answer(400, &[], refused))]), Outcome::Accepted(Some(_))));
    assert!(matches!(outcome(vec![("GET", Instead::Status(500))]), Outcome::Accepted(Some(_))));
    assert!(matches!(outcome(vec![("GET", Instead::Silence(NoAnswer::Failed))]), Outcome::Accepted(Some(_))));
}

#[test]
fn a_list_that_is_not_there_is_no_proof_that_a_member_is_gone() {
    let mut desk = Desk::new("symbl");
    let step = desk.change(merge());
    let send = desk.until(&step, |step| matches!(step, Step::Send(_)));
    let Step::Send(outgoing) = send else { panic!("a send") };
    let answer = desk.world.call(outgoing.request());
    let refused = json!({ "message": "The conversationId is either invalid or does not exist." });
    desk.world.instead = vec![("GET", Instead::Answer(404, &[], refused))];
    let receipt = super::desk::done(desk.run(Event::Answered(answer)));
    assert!(!receipt.gone && matches!(receipt.outcome, Outcome::Accepted(Some(_))), "{:?}", receipt.outcome);
}

#[test]
fn a_member_that_left_its_list_is_gone_only_where_that_was_the_intent() {
    let mut desk = Desk::new("symbl");
    let step = desk.change(draft(&[("name", text("Eve"))]));
    let send = desk.until(&step, |step| matches!(step, Step::Send(_)));
    let Step::Send(outgoing) = send else { panic!("a send") };
    let answer = desk.world.call(outgoing.request());
    desk.world.conversation.remove(0);
    let receipt = super::desk::done(desk.run(Event::Answered(answer)));
    assert!(!receipt.gone);
    let Outcome::Accepted(Some(reason)) = receipt.outcome else { panic!("{:?}", receipt.outcome) };
    assert_eq!((reason.means, reason.field.as_deref()), (Means::NotFound, Some("memberId")));
}

#[test]
fn an_address_that_was_taken_in_the_meantime_is_asked_about_before_it_is_sent() {
    // Two rows of a table give one address: the second is planned again, and joins two members.
    let mut desk = Desk::new("symbl");
    let step = desk.change(draft(&[("email", text("new@example.com"))]));
    desk.world.conversation[1]["email"] = json!("New@example.com");
    let step = desk.approve(&step);
    let Step::Ask(Ask::Approve { plan, moved: true, .. }) = &step else { panic!("{step:?}") };
    assert_eq!(plan.risks()[0].id, "merge");
    assert!(plan.gone() && desk.world.sent.is_empty());
    assert!(super::desk::done(desk.approve(&step)).gone);
}

#[test]
fn who_is_gone_before_the_send_is_said_and_nothing_is_sent() {
    let mut desk = Desk::new("symbl");
    let step = desk.change(merge());
    desk.world.conversation.remove(0);
    let step = desk.approve(&step);
    let Step::Ask(Ask::Unread { reason, purpose: Purpose::Send }) = &step else { panic!("{step:?}") };
    assert_eq!(reason.means, Means::NotFound);
    let receipt = super::desk::done(desk.run(Event::Stop));
    assert_eq!((receipt.outcome.mark(), receipt.sends, receipt.gone), ("not-sent", 0, false));
}
