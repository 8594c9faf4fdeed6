//! Whoever carries out what a driver says.

use super::world::{self, Instead, NOW, World, provider};
use crate::change::check::check;
use crate::change::draft::{Draft, Entry};
use crate::change::driver::{Ask, Driver, Event, Step};
use crate::change::identity::Identity;
use crate::change::receipt::Receipt;
use crate::transport::Between;

/// A driver and the world it acts on.
pub struct Desk {
    pub driver: Driver,
    pub world: World,
    pub waits: Vec<u64>,
}

impl Desk {
    pub fn new(id: &str) -> Desk {
        let provider = provider(id);
        let identity = Identity::check(&provider, &world::keys(id)).expect("an identity");
        let driver = Driver::new(provider, id, identity, Between::Nobody);
        Desk { driver, world: World::new(), waits: Vec::new() }
    }

    /// Carries out what the driver says until it asks, or is done.
    pub fn run(&mut self, event: Event) -> Step {
        let mut step = self.driver.next(event, NOW).expect("an event that fits");
        loop {
            step = match step {
                Step::Read(outgoing, _) | Step::Send(outgoing) => {
                    let answer = self.world.call(outgoing.request());
                    self.driver.next(Event::Answered(answer), NOW).expect("a step")
                }
                Step::Wait { time, .. } => {
                    self.waits.push(time.as_secs());
                    self.driver.next(Event::GoOn, NOW).expect("a step")
                }
                Step::Ask(_) | Step::Done(_) => return step,
            };
        }
    }

    /// Opens the record, changes it and takes on every risk: what a form does.
    pub fn change(&mut self, draft: Draft) -> Step {
        assert_eq!(self.run(Event::Start), Step::Ask(Ask::Change));
        let change = check(self.driver.provider(), &draft).expect("a change");
        self.run(Event::Change(change))
    }

    pub fn approve(&mut self, step: &Step) -> Step {
        let Step::Ask(Ask::Approve { plan, .. }) = step else { panic!("nothing to approve: {step:?}") };
        let consents = plan.risks().iter().map(|risk| risk.id.clone()).collect();
        self.run(Event::Approve(consents))
    }

    pub fn receipt(&mut self, draft: Draft) -> Receipt {
        self.receipt_when(draft, Vec::new())
    }

    /// The same, with other answers from the approval on.
    pub fn receipt_when(&mut self, draft: Draft, instead: Vec<(&'static str, Instead)>) -> Receipt {
        let step = self.change(draft);
        self.world.instead = instead;
        done(self.approve(&step))
    }

    /// Goes on from an approval up to a step that this one looks for, which is not carried out.
    pub fn until(&mut self, step: &Step, is_it: impl Fn(&Step) -> bool) -> Step {
        let Step::Ask(Ask::Approve { plan, .. }) = step else { panic!("nothing to approve: {step:?}") };
        let consents = plan.risks().iter().map(|risk| risk.id.clone()).collect();
        let mut step = self.driver.next(Event::Approve(consents), NOW).expect("a step");
        while !is_it(&step) {
            let event = match &step {
                Step::Read(outgoing, _) | Step::Send(outgoing) => {
                    Event::Answered(self.world.call(outgoing.request()))
                }
                Step::Wait { .. } => Event::GoOn,
                Step::Ask(_) | Step::Done(_) => panic!("it came to {step:?}"),
            };
            step = self.driver.next(event, NOW).expect("a step");
        }
        step
    }
}

pub fn draft(entries: &[(&str, Entry)]) -> Draft {
    entries.iter().map(|(key, entry)| (key.to_string(), entry.clone())).collect()
}

pub fn text(value: &str) -> Entry {
    Entry::Text(value.to_string())
}

pub fn adjust(add: &[&str], remove: &[&str]) -> Entry {
    let list = |ids: &[&str]| ids.iter().map(|id| id.to_string()).collect();
    Entry::Adjust { add: list(add), remove: list(remove) }
}

pub fn done(step: Step) -> Receipt {
    let Step::Done(receipt) = step else { panic!("not done: {step:?}") };
    *receipt
}
