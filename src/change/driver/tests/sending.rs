//! Sends that are answered with neither yes nor no, and what is done then.

use std::cell::Cell;

use serde_json::{Value as Json, json};

use super::desk::{Desk, adjust, done, draft, text};
use super::world::Instead;
use crate::change::draft::{Draft, Entry};
use crate::change::driver::{Ask, Event, Purpose, Step};
use crate::change::receipt::{Outcome, Settled};
use crate::provider::explain::Means;
use crate::transport::NoAnswer;

fn name() -> Draft {
    draft(&[("name", text("Eve"))])
}

/// Changes a name, with these answers to what is sent.
fn check(instead: Vec<Instead>, word: &str, sends: u32, waits: &[u64]) {
    let mut desk = Desk::new("symbl");
    let receipt = desk.receipt_when(name(), instead.into_iter().map(|one| ("PUT", one)).collect());
    assert_eq!(receipt.outcome.mark(), word, "{:?}", receipt.outcome);
    assert_eq!((receipt.sends, desk.waits.as_slice()), (sends, waits), "{word}");
    assert_eq!(receipt.request.is_some(), sends > 0);
}

fn times(most: usize, one: impl Fn() -> Instead) -> Vec<Instead> {
    (0..most).map(|_| one()).collect()
}

#[test]
fn what_was_not_taken_in_is_read_first_and_sent_again_only_when_nothing_shows() {
    for status in [408, 425] {
        let missed = || Instead::Status(status);
        check(vec![missed()], "confirmed", 2, &[1, 2]);
        check(times(3, missed), "confirmed", 4, &[1, 2, 1, 2, 1, 2]);
        check(times(9, missed), "differs", 4, &[1, 2, 1, 2, 1, 2, 1, 2]);
        // It was taken in all the same, at once or a little later.
        let told = || json!({ "message": "Request timeout" });
        check(vec![Instead::AppliedAnswer(status, told())], "confirmed", 1, &[]);
        check(vec![Instead::Later(status, 1)], "confirmed", 1, &[1]);
        check(vec![Instead::Later(status, 2)], "confirmed", 1, &[1, 2]);
        // It shows when it is read to be sent again.
        check(vec![Instead::Later(status, 3)], "confirmed", 1, &[1, 2]);
    }
    // Other doubts are never sent again.
    check(vec![Instead::Status(500)], "differs", 1, &[1, 2]);
    check(vec![Instead::Silence(NoAnswer::TimedOut)], "differs", 1, &[1, 2]);
}

#[test]
fn a_part_that_shows_is_not_sent_again() {
    let mut desk = Desk::new("symbl");
    let both = draft(&[("name", text("Eve")), ("email", text("eve@example.com"))]);
    let step = desk.change(both);
    let send = desk.until(&step, |step| matches!(step, Step::Send(_)));
    assert!(matches!(send, Step::Send(_)));
    desk.world.conversation[0]["name"] = json!("Eve");
    let answer = crate::transport::Response {
        status: 408,
        headers: vec![],
        body: String::new(),
        url: None,
        timing: Default::default(),
    };
    let receipt = done(desk.run(Event::Answered(Ok(answer))));
    assert_eq!((receipt.outcome.mark(), receipt.sends), ("differs", 1));
    let settled: Vec<Settled> = receipt.lines.iter().map(|line| line.settled()).collect();
    assert_eq!(settled, [Settled::AsAsked, Settled::AsBefore]);
}

#[test]
fn what_was_seen_before_it_was_sent_again_does_not_count() {
    let mut desk = Desk::new("symbl");
    let step = desk.change(name());
    desk.world.instead = vec![("PUT", Instead::Status(408))];
    let sends = Cell::new(0);
    let second = |step: &Step| {
        sends.set(sends.get() + u32::from(matches!(step, Step::Send(_))));
        sends.get() == 2
    };
    let Step::Send(outgoing) = desk.until(&step, second) else { panic!("a send") };
    let answer = desk.world.call(outgoing.request());
    desk.world.instead = vec![("GET", Instead::Silence(NoAnswer::Failed))];
    let receipt = done(desk.run(Event::Answered(answer)));
    assert_eq!((receipt.outcome.mark(), receipt.sends), ("accepted", 2));
    assert_eq!(receipt.lines[0].now, None);
}

#[test]
fn a_stop_after_a_send_is_settled_by_reading_and_sends_no_more() {
    let stopped = |instead: Instead, then: Vec<(&'static str, Instead)>| {
        let mut desk = Desk::new("symbl");
        let step = desk.change(name());
        desk.world.instead = vec![("PUT", instead)];
        desk.until(&step, |step| matches!(step, Step::Wait { .. } | Step::Ask(_)));
        desk.world.instead = then;
        let receipt = done(desk.run(Event::Stop));
        assert_eq!(desk.world.sent.len(), 1);
        (receipt.outcome.mark(), receipt.sends)
    };
    let silent = || (0..3).map(|_| ("GET", Instead::Silence(NoAnswer::Failed))).collect::<Vec<_>>();
    let told = || json!({ "message": "x" });
    // A server error is no proof that nothing was done.
    assert_eq!(stopped(Instead::Status(503), vec![]), ("differs", 1));
    assert_eq!(stopped(Instead::AppliedAnswer(503, told()), vec![]), ("confirmed", 1));
    assert_eq!(stopped(Instead::Status(503), silent()), ("unknown", 1));
    // These are refusals, unless it shows all the same.
    assert_eq!(stopped(Instead::Status(429), vec![]), ("refused", 1));
    assert_eq!(stopped(Instead::Status(429), silent()), ("refused", 1));
    assert_eq!(stopped(Instead::AppliedAnswer(429, told()), vec![]), ("confirmed", 1));
    assert_eq!(stopped(Instead::Answer(401, &[], told()), vec![]), ("refused", 1));
    // This one never went out.
    const NO: &[(&str, &str)] = &[("X-Relay-Source", "proxy"), ("X-Relay-Sent", "no")];
    let relay = json!({ "error": { "source": "proxy", "code": "upstream_unreachable" } });
    assert_eq!(stopped(Instead::Answer(502, NO, relay), vec![]), ("not-sent", 0));
}

#[test]
fn a_send_in_doubt_that_cannot_be_made_again_is_not_called_none() {
    // It was not taken in, was looked for, and then it could not be read to be sent again.
    let mut desk = Desk::new("symbl");
    let step = desk.change(name());
    desk.world.instead = vec![("PUT", Instead::Status(408))];
    let reads = Cell::new(0);
    let again = |step: &Step| {
        reads.set(reads.get() + u32::from(matches!(step, Step::Read(_, Purpose::Send))));
        reads.get() == 2
    };
    desk.until(&step, again);
    let step = desk.run(Event::Answered(Err(NoAnswer::Failed)));
    assert!(matches!(step, Step::Ask(Ask::Unread { purpose: Purpose::Send, .. })), "{step:?}");
    let receipt = done(desk.run(Event::Stop));
    assert_eq!((receipt.outcome.mark(), receipt.sends, desk.world.sent.len()), ("differs", 1, 1));
}

#[test]
fn what_was_accepted_for_later_is_looked_for_longer() {
    check(vec![Instead::Later(202, 0)], "confirmed", 1, &[]);
    check(vec![Instead::Later(202, 4)], "confirmed", 1, &[1, 2, 4, 8]);
    check(vec![Instead::Later(202, 6)], "confirmed", 1, &[1, 2, 4, 8, 15, 30]);
    check(vec![Instead::Later(202, 7)], "differs", 1, &[1, 2, 4, 8, 15, 30]);
    check(vec![Instead::Later(200, 3)], "differs", 1, &[1, 2]);
    // Without a yes it is a doubt like any other.
    check(vec![Instead::Status(202)], "differs", 1, &[1, 2]);
}

#[test]
fn what_did_not_get_as_far_as_the_provider_is_tried_again_and_then_not_sent() {
    const NO: &[(&str, &str)] = &[("X-Relay-Source", "proxy"), ("X-Relay-Sent", "no")];
    let own = |code: &str| json!({ "error": { "source": "proxy", "code": code } });
    for code in ["upstream_unreachable", "rate_limited"] {
        let stopped = || Instead::Answer(502, NO, own(code));
        check(times(1, stopped), "confirmed", 1, &[1]);
        check(times(3, stopped), "confirmed", 1, &[1, 1, 1]);
        check(times(4, stopped), "not-sent", 0, &[1, 1, 1]);
    }
    // What the relay will never pass is not tried again.
    check(vec![Instead::Answer(403, NO, own("origin_not_allowed"))], "not-sent", 0, &[]);
}

#[test]
fn what_could_not_be_noted_is_not_sent() {
    let mut desk = Desk::new("symbl");
    let step = desk.change(name());
    desk.until(&step, |step| matches!(step, Step::Send(_)));
    let receipt = done(desk.run(Event::Unnoted));
    let Outcome::NotSent(reason) = &receipt.outcome else { panic!("{:?}", receipt.outcome) };
    assert!(reason.says.text().contains("note down") && reason.cure.text().ends_with('.'), "{reason:?}");
    assert_eq!((receipt.sends, &receipt.request, desk.world.sent.len()), (0, &None, 0));
    assert_eq!(receipt.lines.len(), 1, "what was asked is still there to be tried again");
}

#[test]
fn the_header_that_says_when_the_count_starts_again_is_waited_for() {
    let told = |headers: &'static [(&'static str, &'static str)], waits: &[u64]| {
        let mut desk = Desk::new("flashapply");
        let instead = vec![("PATCH", Instead::Answer(429, headers, json!({ "message": "Too many" })))];
        let receipt = desk.receipt_when(draft(&[("firstName", text("Eve"))]), instead);
        assert_eq!((receipt.outcome, receipt.sends), (Outcome::Confirmed, 2));
        assert_eq!(desk.waits, waits, "{headers:?}");
    };
    told(&[], &[5]);
    told(&[("X-RateLimit-Reset", "1800000042")], &[42]);
    told(&[("x-ratelimit-reset", "7")], &[7]);
    told(&[("X-RateLimit-Reset", "soon")], &[5]);
    // What is meant for waiting comes first.
    told(&[("X-RateLimit-Reset", "1800000042"), ("Retry-After", "3")], &[3]);
}

#[test]
fn what_the_provider_does_not_tell_is_accepted_and_never_said_to_be_proved() {
    let accepted = |id: &str, change: Draft| {
        let mut desk = Desk::new(id);
        let receipt = desk.receipt(change);
        assert_eq!(receipt.outcome, Outcome::Accepted(None), "{id}");
        assert_eq!((receipt.sends, desk.waits.len()), (1, 0), "{id}");
        desk
    };
    accepted("toluna", draft(&[("active", text("no"))]));
    accepted("toluna", draft(&[("test", text("yes")), ("postcode", text("10023"))]));
    let desk = accepted("flashapply", draft(&[("password", Entry::Hidden)]));
    assert_eq!(desk.world.sent[0].1["settings"], json!({ "theme": "dark", "password": "$PASSWORD" }));
}

#[test]
fn each_provider_is_changed_confirmed_and_put_back() {
    let check = |id: &str, change: Draft, lost: &[&str], body: Json| {
        let mut desk = Desk::new(id);
        let before = desk.world.kept();
        let receipt = desk.receipt(change);
        assert_eq!(receipt.outcome, Outcome::Confirmed, "{id}: {:?}", receipt.lines);
        assert_eq!(desk.world.sent[0].1, body, "{id}");
        let undo = crate::change::undo::undo(desk.driver.provider(), &receipt);
        let names: Vec<&str> = undo.lost.iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!(names, lost, "{id}");
        let mut back = Desk::new(id);
        back.world = desk.world;
        assert_eq!(back.receipt(undo.draft).outcome, Outcome::Confirmed, "{id}");
        if lost.is_empty() {
            let mut after = back.world.kept();
            // A day goes back in the one form that is written.
            let day = after.pointer_mut("/panelist/BirthDate").expect("a day");
            *day = json!(day.as_str().map(|day| day.trim_start_matches('0')));
            assert_eq!(after, before, "{id}");
        }
    };
    let ada = json!({ "id": "a-1", "name": "Eve", "email": "ada@example.com" });
    check("symbl", name(), &[], ada);
    let mut person = Desk::new("flashapply").world.person;
    ["id", "createdAt"]
        .into_iter()
        .for_each(|key| _ = person.as_object_mut().expect("an object").remove(key));
    person["isActive"] = json!(false);
    person["locations"][0]["role"] = json!("viewer");
    let change = draft(&[("isActive", text("no")), ("locations", adjust(&["l1=viewer"], &[]))]);
    check("flashapply", change, &[], person);
    let set = |more: Json| {
        let mut body = json!({ "PartnerGUID": "$PARTNERGUID", "MemberCode": "c1" });
        more.as_object().expect("an object").iter().for_each(|(key, value)| body[key] = value.clone());
        body
    };
    let answers = |rows: Json| set(json!({ "AnsweredQuestions": rows }));
    let edited = draft(&[("answers", adjust(&["1=3"], &[]))]);
    check("toluna", edited, &[], answers(json!([{ "QuestionID": 1, "AnswerID": 3 }])));
    let day = draft(&[("birthDate", text("1985-06-21")), ("postcode", text("10023"))]);
    check("toluna", day, &[], set(json!({ "BirthDate": "06/21/1985", "PostalCode": "10023" })));
    let added = draft(&[("answers", adjust(&["1=3", "5=6"], &[]))]);
    let rows = json!([{ "QuestionID": 1, "AnswerID": 3 }, { "QuestionID": 5, "AnswerID": 6 }]);
    check("toluna", added, &["answers"], answers(rows));
}

#[test]
fn an_answer_that_may_repeat_the_record_is_kept_without_it() {
    let mut desk = Desk::new("toluna");
    let told = json!({ "Message": "An attribute is invalid: {\"BirthDate\":\"06/21/1985\",\"PartnerGUID\":\"93A6D55C\"}" });
    let change = draft(&[("birthDate", text("1985-06-21"))]);
    let receipt = desk.receipt_when(change, vec![("PUT", Instead::Answer(400, &[], told))]);
    let Outcome::Refused(reason) = &receipt.outcome else { panic!("{:?}", receipt.outcome) };
    assert_eq!(reason.message.as_deref(), Some("An attribute is invalid: •••"));
    assert_eq!(reason.means, Means::Input);
    let kept = format!("{:?} {:?}", receipt.answer, receipt.outcome);
    assert!(!kept.contains("93A6D55C") && !kept.contains("06/21"), "{kept}");
}
