//! Reads that bring no record, and requests that cannot be signed.

use super::desk::{Desk, done, draft, text};
use super::world::{Instead, NOW, keys, provider};
use crate::change::check::check;
use crate::change::draft::Entry;
use crate::change::driver::{Ask, Driver, Event, Purpose, Standing, Step};
use crate::change::identity::Identity;
use crate::change::problem::{Problem, Violation};
use crate::change::receipt::Outcome;
use crate::provider::explain::Means;
use crate::transport::{Between, NoAnswer, SignFault};
use serde_json::json;

fn missing(secret: &str) -> SignFault {
    SignFault::Missing { secret: secret.to_string() }
}

#[test]
fn a_member_that_its_list_does_not_have_is_said_at_the_key_that_names_it() {
    let mut desk = Desk::new("symbl");
    desk.world.conversation.remove(0);
    let step = desk.run(Event::Start);
    let Step::Ask(Ask::Unread { reason, purpose: Purpose::Show }) = step else { panic!("{step:?}") };
    assert_eq!((reason.means, reason.field.as_deref()), (Means::NotFound, Some("memberId")));
    assert!(
        reason.says.text().contains("no conversation member") && reason.says.text().ends_with('.'),
        "{}",
        reason.says
    );
    assert!(reason.cure.text().ends_with('.'), "{}", reason.cure);
}

#[test]
fn a_list_that_is_none_is_not_the_record() {
    for answer in [json!([]), json!({ "members": "none" }), json!({}), json!(null)] {
        let mut desk = Desk::new("symbl");
        desk.world.instead = vec![("GET", Instead::Answer(200, &[], answer))];
        let step = desk.run(Event::Start);
        let Step::Ask(Ask::Unread { reason, .. }) = step else { panic!("{step:?}") };
        assert_eq!(reason.means, Means::Fault);
        assert!(reason.cure.text().starts_with("Nothing is written"), "{}", reason.cure);
    }
}

#[test]
fn an_old_version_that_answers_a_read_is_named_as_that() {
    let mut desk = Desk::new("toluna");
    let old = json!({ "MemberCode": "c1", "Active": true, "PanelistStatusTypeID": 0 });
    desk.world.instead = vec![("GET", Instead::Answer(200, &[], old))];
    let step = desk.run(Event::Start);
    let Step::Ask(Ask::Unread { reason, .. }) = step else { panic!("{step:?}") };
    assert_eq!(reason.means, Means::Setup);
    assert!(reason.says.text().contains("old version"), "{}", reason.says);
}

#[test]
fn a_relay_that_holds_back_is_waited_for_when_it_reads() {
    let relay = || json!({ "error": { "source": "proxy", "code": "rate_limited" } });
    let held = || Instead::Answer(429, &[("X-Relay-Source", "proxy"), ("X-Relay-Sent", "no")], relay());
    let mut desk = Desk::new("flashapply");
    desk.world.instead = vec![("GET", held()), ("GET", held())];
    assert_eq!(desk.run(Event::Start), Step::Ask(Ask::Change));
    assert_eq!(desk.waits, [5, 5]);
    let mut desk = Desk::new("flashapply");
    desk.world.instead = (0..4).map(|_| ("GET", held())).collect();
    let step = desk.run(Event::Start);
    let Step::Ask(Ask::Unread { reason, .. }) = step else { panic!("{step:?}") };
    assert_eq!((reason.means, desk.waits.len()), (Means::Busy, 3));
}

#[test]
fn a_secret_that_is_missing_when_it_reads_is_asked_for() {
    let check = |id: &str, secret: &str, label: &str| {
        let identity = Identity::check(&provider(id), &keys(id)).expect("an identity");
        let mut driver = Driver::new(provider(id), id, identity, Between::Nobody);
        driver.next(Event::Start, NOW).expect("a step");
        let step = driver.next(Event::Unsigned(missing(secret)), NOW).expect("a step");
        let Step::Ask(Ask::SignIn { reason, purpose: Purpose::Show }) = step else { panic!("{step:?}") };
        assert!(reason.says.text().contains(label), "{}", reason.says);
        assert!(matches!(driver.next(Event::GoOn, NOW), Some(Step::Read(..))), "and then it goes on");
    };
    check("symbl", "token", "Access token");
    check("toluna", "partnerGuid", "Partner GUID of the panel");
    check("flashapply", "key", "API key");
}

#[test]
fn a_request_that_cannot_be_signed_is_not_sent() {
    let check = |fault: SignFault, means: Means| {
        let mut desk = Desk::new("flashapply");
        let step = desk.change(draft(&[("firstName", text("Eve"))]));
        desk.until(&step, |step| matches!(step, Step::Send(_)));
        let receipt = done(desk.run(Event::Unsigned(fault)));
        let Outcome::NotSent(reason) = receipt.outcome else { panic!("{:?}", receipt.outcome) };
        assert_eq!((reason.means, receipt.sends, receipt.request), (means, 0, None));
        assert!(desk.world.sent.is_empty());
    };
    check(missing("key"), Means::SignIn);
    check(SignFault::OtherServer, Means::Setup);
    check(SignFault::HeaderLong("Authorization".to_string()), Means::Setup);
}

#[test]
fn a_password_that_is_not_there_any_more_is_asked_for_at_its_field() {
    let mut desk = Desk::new("flashapply");
    let step = desk.change(draft(&[("password", Entry::Hidden)]));
    desk.until(&step, |step| matches!(step, Step::Send(_)));
    let step = desk.run(Event::Unsigned(missing("password")));
    assert_eq!(step, Step::Ask(Ask::Mend(vec![Violation::new("password", Problem::ValueMissing)])));
    assert_eq!((desk.driver.standing(), desk.driver.sends()), (Standing::Ready, 0));
    assert!(desk.world.sent.is_empty());
    // Once it was typed again the change goes on.
    let change = check(desk.driver.provider(), &draft(&[("password", Entry::Hidden)])).expect("a change");
    let step = desk.run(Event::Change(change));
    assert_eq!(done(desk.approve(&step)).outcome, Outcome::Accepted(None));
}

#[test]
fn a_change_stands_as_sent_from_its_send_until_it_is_known_what_came_of_it() {
    let mut desk = Desk::new("symbl");
    let ready = |desk: &Desk| assert_eq!(desk.driver.standing(), Standing::Ready);
    ready(&desk);
    let step = desk.change(draft(&[("name", text("Eve"))]));
    ready(&desk);
    desk.world.instead = vec![("PUT", Instead::Nothing)];
    let mut seen = Vec::new();
    let Step::Ask(Ask::Approve { .. }) = step else { panic!("{step:?}") };
    let mut step = desk.driver.next(Event::Approve(Vec::new()), NOW).expect("a step");
    loop {
        let word = match &step {
            Step::Read(_, purpose) => format!("read {purpose:?}"),
            Step::Send(_) => "send".to_string(),
            Step::Wait { .. } => "wait".to_string(),
            Step::Ask(_) => "ask".to_string(),
            Step::Done(_) => "done".to_string(),
        };
        seen.push((word, desk.driver.standing(), desk.driver.sends()));
        let event = match &step {
            Step::Read(outgoing, _) | Step::Send(outgoing) => {
                Event::Answered(desk.world.call(outgoing.request()))
            }
            Step::Wait { .. } => Event::GoOn,
            Step::Ask(_) | Step::Done(_) => break,
        };
        step = desk.driver.next(event, NOW).expect("a step");
    }
    let told: Vec<(&str, Standing, u32)> =
        seen.iter().map(|(word, standing, sends)| (word.as_str(), *standing, *sends)).collect();
    assert_eq!(
        told,
        [
            ("read Send", Standing::Ready, 0),
            ("send", Standing::Sent, 1),
            ("read Settle", Standing::Sent, 1),
            ("wait", Standing::Sent, 1),
            ("read Settle", Standing::Sent, 1),
            ("wait", Standing::Sent, 1),
            ("read Settle", Standing::Sent, 1),
            ("done", Standing::Done, 1),
        ]
    );
}

#[test]
fn a_stop_before_the_request_went_out_is_one_before_the_send() {
    let mut desk = Desk::new("webex");
    let step = desk.change(draft(&[("isModerator", text("yes"))]));
    desk.world.instead = vec![("/rooms/", Instead::Silence(NoAnswer::Withdrawn))];
    let step = desk.approve(&step);
    assert!(matches!(step, Step::Ask(Ask::Unread { purpose: Purpose::Send, .. })), "{step:?}");
    let receipt = done(desk.run(Event::Stop));
    assert_eq!((receipt.outcome.mark(), receipt.sends), ("not-sent", 0));
    assert!(desk.world.sent.is_empty());
}
