mod reading;
mod settling;
mod step;

pub use step::{Ask, Event, Moment, Purpose, Standing, Step};

use std::sync::Arc;

use crate::provider::Provider;
use crate::provider::explain::Means;
use crate::transport::{Between, NoAnswer, Response};
use crate::words::{Words, say};

use super::answer::{Listener, Reason, Verdict};
use super::check::Change;
use super::identity::Identity;
use super::outgoing::Outgoing;
use super::plan::{Approved, Plan, Planned, plan};
use super::problem::{Problem, Violation};
use super::receipt::{Line, Outcome, Receipt};
use super::record::{NotARecord, Record};

/// The order of calls of one change, as a machine without a clock, a network or a screen.
///
/// It is told what happened and says what to do next: read, wait, send, ask, or done. The page and a bulk run
/// only carry that out, so a form, a row, an undo and a retry cannot differ. An event that does not fit the
/// moment is passed over: a second press of the button sends nothing.
#[derive(Clone, Debug)]
pub struct Driver {
    provider: Arc<Provider>,
    server: String,
    identity: Identity,
    between: Between,
    stage: Stage,
    record: Option<Record>,
    change: Option<Change>,
    approved: Option<Approved>,
    /// What the last look after a send showed, while it is looked for again.
    seen: Option<Record>,
    /// What the last send was answered with.
    answer: Option<Response>,
    doubt: Option<Reason>,
    /// An earlier send was answered in a way that proves nothing.
    unsure: bool,
    /// The provider's "not now" to the last send, or that it wants another credential first.
    deferred: Option<Reason>,
    sends: u32,
    /// How often in a row the provider asked to wait, or a read-back did not show the change yet.
    tries: u32,
}

/// Where a driver stands: what it waits to be told.
#[derive(Clone, Debug)]
enum Stage {
    Start,
    /// The answer to the record's read, or to the extra read of this number.
    Reading {
        purpose: Purpose,
        also: usize,
        fresh: Option<Record>,
    },
    /// Time to pass, a credential, or a word to go on.
    Held(Purpose),
    Deciding,
    Approving(Plan),
    Sending,
    Done,
}

impl Driver {
    pub fn new(provider: Arc<Provider>, server: &str, identity: Identity, between: Between) -> Driver {
        Driver {
            provider,
            server: server.to_string(),
            identity,
            between,
            stage: Stage::Start,
            record: None,
            change: None,
            approved: None,
            seen: None,
            answer: None,
            doubt: None,
            unsure: false,
            deferred: None,
            sends: 0,
            tries: 0,
        }
    }

    /// A driver that knows its change from the start: a row of a table, or an undo.
    pub fn with_change(mut self, change: Change) -> Driver {
        self.change = Some(change);
        self
    }

    /// A driver that has read the record already and waits for a change: after a refusal that is about a field.
    pub fn resumed(provider: Arc<Provider>, server: &str, record: Record, between: Between) -> Driver {
        let mut driver = Driver::new(provider, server, record.identity().clone(), between);
        driver.record = Some(record);
        driver.stage = Stage::Deciding;
        driver
    }

    pub fn record(&self) -> Option<&Record> {
        self.record.as_ref()
    }

    /// Whether a change is under way: until it is known what came of a send, it is.
    pub fn standing(&self) -> Standing {
        match self.stage {
            Stage::Done => Standing::Done,
            // "Not now" is a word and no proof: until it is over, what was sent once may have been applied.
            _ if self.sends > 0 => Standing::Sent,
            _ => Standing::Ready,
        }
    }

    /// Whether a change was approved and is not over: what comes next may send it.
    pub fn is_approved(&self) -> bool {
        self.approved.is_some() && !matches!(self.stage, Stage::Done)
    }

    /// Whether it was sent, and what was answered is no proof that nothing was done.
    pub fn is_in_doubt(&self) -> bool {
        self.sends > 0 && self.unsure
    }

    /// How many times the change was sent so far.
    pub fn sends(&self) -> u32 {
        self.sends
    }

    pub fn provider(&self) -> &Arc<Provider> {
        &self.provider
    }

    /// Goes on in other words, those of another language. What is approved and under way stays as it was said: that
    /// is the promise.
    pub fn say_in(&mut self, provider: &Arc<Provider>) {
        if self.is_approved() && self.planned().is_none() {
            return;
        }
        self.provider = provider.clone();
        if let (Stage::Approving(plan), Some(record), Some(change)) =
            (&mut self.stage, &self.record, &self.change)
            && let Ok(Planned::Plan(fresh)) = self::plan(provider, &self.server, record, change)
        {
            *plan = fresh;
        }
    }

    /// What is to be changed, once that is known.
    pub fn change(&self) -> Option<&Change> {
        self.change.as_ref()
    }

    /// The plan that somebody is asked about now.
    pub fn planned(&self) -> Option<&Plan> {
        match &self.stage {
            Stage::Approving(plan) => Some(plan),
            _ => None,
        }
    }

    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// What to do next; nothing if the event does not fit the moment.
    pub fn next(&mut self, event: Event, moment: Moment) -> Option<Step> {
        let stage = std::mem::replace(&mut self.stage, Stage::Done);
        match (stage, event) {
            (Stage::Start, Event::Start) => Some(self.read(Purpose::Show)),
            (Stage::Held(purpose), Event::GoOn) => Some(self.read(purpose)),
            (Stage::Held(purpose), Event::Stop) => Some(self.give_up(purpose, moment)),
            (Stage::Reading { purpose, also, fresh }, Event::Answered(answer)) => {
                Some(self.answered(purpose, also, fresh, &answer, moment))
            }
            (Stage::Reading { purpose, .. }, Event::Unsigned(fault)) => {
                Some(self.unsigned(purpose, &fault, moment))
            }
            // Until it is sent, a change can be changed, also while it is held.
            (Stage::Deciding | Stage::Approving(_) | Stage::Held(Purpose::Send), Event::Change(change)) => {
                self.change = Some(change);
                self.approved = None;
                self.tries = 0;
                Some(self.decide(moment))
            }
            (Stage::Approving(plan), Event::Approve(consents)) => Some(match plan.approve(&consents) {
                Ok(approved) => {
                    self.approved = Some(approved);
                    self.tries = 0;
                    self.read(Purpose::Send)
                }
                Err(missing) => {
                    self.stage = Stage::Approving(plan.clone());
                    Step::Ask(Ask::Approve { plan, moved: false, missing })
                }
            }),
            // What was sent before is settled, and nothing more is sent.
            (Stage::Approving(_) | Stage::Deciding, Event::Stop) if self.is_in_doubt() => {
                Some(self.give_up(Purpose::Send, moment))
            }
            (Stage::Sending, Event::Answered(answer)) => Some(self.sent(answer, moment)),
            (Stage::Sending, Event::Unsigned(fault)) => {
                self.sends -= 1;
                Some(match self.untyped(&fault) {
                    Some(step) => step,
                    None => self.not_sent(Reason::unsigned(&self.provider, &fault), moment),
                })
            }
            (Stage::Sending, Event::Unnoted) => {
                self.sends -= 1;
                let cure = say::reason_unnoted_cure();
                Some(self.not_sent(Reason { cure, ..Reason::setup(say::reason_unnoted()) }, moment))
            }
            (stage, _) => {
                self.stage = stage;
                None
            }
        }
    }

    /// Plans the change against the record, and asks.
    fn decide(&mut self, moment: Moment) -> Step {
        let (Some(record), Some(change)) = (&self.record, &self.change) else {
            self.stage = Stage::Deciding;
            return Step::Ask(Ask::Change);
        };
        match plan(&self.provider, &self.server, record, change) {
            Err(violations) => {
                self.stage = Stage::Deciding;
                Step::Ask(Ask::Mend(violations))
            }
            Ok(Planned::Nothing) => self.already(moment),
            Ok(Planned::Plan(plan)) => {
                self.stage = Stage::Approving(plan.clone());
                Step::Ask(Ask::Approve { plan, moved: false, missing: Vec::new() })
            }
        }
    }

    /// Everything is on file as asked, without a send.
    fn already(&mut self, moment: Moment) -> Step {
        let problem = Problem::NothingChanges;
        if self.approved.is_none() {
            self.stage = Stage::Deciding;
            return Step::Ask(Ask::Mend(vec![Violation::new("", problem)]));
        }
        let record = self.record.clone();
        self.done(Outcome::Confirmed, record.as_ref(), moment)
    }

    /// Plans again with the fresh record. The same promise is sent; another one is asked about first.
    fn send(&mut self, moment: Moment) -> Step {
        let (Some(record), Some(change), Some(approved)) = (&self.record, &self.change, &self.approved)
        else {
            return self.decide(moment);
        };
        match plan(&self.provider, &self.server, record, change) {
            Err(violations) => {
                self.stage = Stage::Deciding;
                Step::Ask(Ask::Mend(violations))
            }
            Ok(Planned::Nothing) => self.already(moment),
            Ok(Planned::Plan(fresh)) => match approved.renew(&fresh) {
                Some(approved) => {
                    let outgoing = Outgoing::write(&approved);
                    self.approved = Some(approved);
                    self.stage = Stage::Sending;
                    self.sends += 1;
                    Step::Send(outgoing)
                }
                None => {
                    self.stage = Stage::Approving(fresh.clone());
                    Step::Ask(Ask::Approve { plan: fresh, moved: true, missing: Vec::new() })
                }
            },
        }
    }

    /// The list that the member should be in was read, and it is not there.
    fn absent(&self) -> Reason {
        let key = self.provider.identity.last();
        let label = key.map_or_else(say::id_label, |field| Words::from(&field.label));
        let says = say::reason_absent(&self.provider.name, &self.provider.member, label);
        Reason {
            means: Means::NotFound,
            cure: say::reason_absent_cure(),
            field: key.map(|field| field.key.clone()),
            ..Reason::setup(says)
        }
    }

    fn not_a_record(&self, fault: &NotARecord) -> Reason {
        let name = &self.provider.name;
        let says = match fault {
            NotARecord::Absent => return self.absent(),
            NotARecord::Missing | NotARecord::Must => say::reason_not_the_record(name),
            NotARecord::Odd { label } => say::reason_odd_record(name, label),
        };
        Reason { means: Means::Fault, cure: say::reason_odd_record_cure(), ..Reason::setup(says) }
    }

    fn listen(&self, on: &str, answer: &Result<Response, NoAnswer>, moment: Moment) -> Verdict {
        let now = moment.now / 1000;
        let (provider, identity) = (&*self.provider, &self.identity);
        Listener { provider, on, identity, between: self.between.clone(), now }.verdict(answer)
    }

    fn done(&mut self, outcome: Outcome, now: Option<&Record>, moment: Moment) -> Step {
        self.end(outcome, now, false, moment)
    }

    /// `gone`: the member was expected to be gone, and is.
    fn end(&mut self, outcome: Outcome, now: Option<&Record>, gone: bool, moment: Moment) -> Step {
        self.stage = Stage::Done;
        let plan = self.approved.as_ref().map(Approved::plan);
        // Of a member that is to be forgotten, not even the request is kept.
        let forget = gone && plan.is_some_and(Plan::forget);
        let lines = plan.map(|plan| Line::of(&self.provider, plan, now)).unwrap_or_default();
        let shown = self.record.as_ref();
        Step::Done(Box::new(Receipt {
            provider: self.provider.id.clone(),
            server: self.server.clone(),
            identity: self.identity.clone(),
            title: shown.map_or_else(String::new, |record| record.title(&self.provider)),
            outcome,
            lines,
            gone,
            still_there: now.is_some() && plan.is_some_and(Plan::gone),
            forget,
            sends: self.sends,
            at: moment.now,
            request: plan.map(|plan| plan.request().clone()).filter(|_| self.sends > 0 && !forget),
            answer: self.answer.clone().filter(|_| !forget),
        }))
    }
}

#[cfg(test)]
mod tests;
