//! The language changes while a change is under way: what was typed and promised stays.

use std::fs;
use std::sync::Arc;

use serde_json::Value as Json;

use super::desk::{Desk, adjust, done, draft};
use super::world::NOW;
use crate::change::driver::{Ask, Event, Step};
use crate::change::receipt::Outcome;
use crate::provider::Provider;
use crate::provider::translation::Translation;

const GERMAN: &str = "Dann ist das Mitglied nur noch oben in der Organisation.";

/// The provider with another sentence for its risk.
fn in_german(desk: &Desk) -> Arc<Provider> {
    let path = [env!("CARGO_MANIFEST_DIR"), "/providers/aitable.json"].concat();
    let text = fs::read_to_string(path).expect("a provider file");
    let file: Json = serde_json::from_str(&text).expect("JSON");
    let risks = file["risks"].as_array().expect("risks").iter();
    let own = desk.driver.planned().expect("a plan").risks()[0].id.clone();
    let english = risks.into_iter().find(|risk| risk["id"] == *own).expect("the risk")["says"].clone();
    let words = serde_json::json!({ english.as_str().expect("a sentence"): GERMAN });
    Arc::new(Provider::parse(&Translation::of(&&words).apply(&text)).expect("a provider"))
}

/// The last team is taken out, which is a risk. Up to the question.
fn asked() -> (Desk, Step) {
    let mut desk = Desk::new("aitable");
    let step = desk.change(draft(&[("teams", adjust(&[], &["teamAAAA"]))]));
    (desk, step)
}

#[test]
fn what_is_asked_is_asked_in_the_new_language_and_approved_once() {
    let (mut desk, step) = asked();
    let german = in_german(&desk);
    desk.driver.say_in(&german);
    let plan = desk.driver.planned().expect("a plan").clone();
    assert_eq!(plan.risks()[0].says, GERMAN);
    let Step::Ask(Ask::Approve { plan: before, .. }) = &step else { panic!("{step:?}") };
    assert_eq!((plan.differences(), plan.request()), (before.differences(), before.request()));
    assert_eq!(done(desk.approve(&step)).outcome, Outcome::Confirmed);
    assert_eq!(desk.world.sent.len(), 1);
}

#[test]
fn what_was_approved_is_not_asked_again_in_another_language() {
    let (mut desk, step) = asked();
    let german = in_german(&desk);
    let read = desk.until(&step, |step| matches!(step, Step::Read(..)));
    desk.driver.say_in(&german);
    let Step::Read(outgoing, _) = read else { panic!("{read:?}") };
    let answer = desk.world.call(outgoing.request());
    let step = desk.driver.next(Event::Answered(answer), NOW);
    assert!(matches!(step, Some(Step::Send(_))), "{step:?}");
}
