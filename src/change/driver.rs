mod step;

pub use step::{Ask, Event, Moment, Purpose, Step};

use std::sync::Arc;
use std::time::Duration;

use crate::provider::Provider;
use crate::provider::explain::Means;
use crate::transport::{NoAnswer, Request, Response, SignFault, Wait, retry};

use super::answer::{Listener, Reason, Verdict};
use super::check::Change;
use super::compose::{ComposeFault, compose};
use super::identity::Identity;
use super::outgoing::Outgoing;
use super::plan::{Approved, Plan, Planned, plan, read_request};
use super::problem::{Problem, Violation};
use super::receipt::{Line, Outcome, Receipt, Settled};
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
    direct: bool,
    stage: Stage,
    record: Option<Record>,
    change: Option<Change>,
    approved: Option<Approved>,
    /// What the last look after a send showed, while it is looked for again.
    seen: Option<Record>,
    /// What the last send was answered with.
    answer: Option<Response>,
    doubt: Option<Reason>,
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

/// How often a change that was accepted is looked for before it counts as not made.
const LOOKS: u32 = 3;

impl Driver {
    /// `direct`: requests go straight to the provider, with nobody between.
    pub fn new(provider: Arc<Provider>, server: &str, identity: Identity, direct: bool) -> Driver {
        Driver {
            provider,
            server: server.to_string(),
            identity,
            direct,
            stage: Stage::Start,
            record: None,
            change: None,
            approved: None,
            seen: None,
            answer: None,
            doubt: None,
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
    pub fn resumed(provider: Arc<Provider>, server: &str, record: Record, direct: bool) -> Driver {
        let mut driver = Driver::new(provider, server, record.identity().clone(), direct);
        driver.record = Some(record);
        driver.stage = Stage::Deciding;
        driver
    }

    pub fn record(&self) -> Option<&Record> {
        self.record.as_ref()
    }

    pub fn provider(&self) -> &Arc<Provider> {
        &self.provider
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
            (Stage::Sending, Event::Answered(answer)) => Some(self.sent(answer, moment)),
            (Stage::Sending, Event::Unsigned(fault)) => {
                self.sends -= 1;
                Some(self.done(Outcome::NotSent(self.unsigned_reason(&fault)), None, moment))
            }
            (stage, _) => {
                self.stage = stage;
                None
            }
        }
    }

    fn read(&mut self, purpose: Purpose) -> Step {
        match read_request(&self.provider, &self.server, &self.identity) {
            Ok(request) => {
                self.stage = Stage::Reading { purpose, also: 0, fresh: None };
                Step::Read(Outgoing::read(request), purpose)
            }
            Err(fault) => self.mend(vec![fault]),
        }
    }

    fn mend(&mut self, faults: Vec<ComposeFault>) -> Step {
        self.stage = Stage::Deciding;
        let violation = |fault: ComposeFault| Violation::new(fault.name, Problem::NotASegment(fault.fault));
        Step::Ask(Ask::Mend(faults.into_iter().map(violation).collect()))
    }

    /// An answer to the record's read or to an extra read.
    fn answered(
        &mut self,
        purpose: Purpose,
        also: usize,
        fresh: Option<Record>,
        answer: &Result<Response, NoAnswer>,
        moment: Moment,
    ) -> Step {
        let on = match also.checked_sub(1) {
            None => "read",
            Some(index) => self.provider.read.also.get(index).map_or("read", |also| &also.name),
        };
        let verdict = self.listen(on, answer, moment);
        let fresh = match (fresh, verdict) {
            (None, Verdict::Yes(json)) => {
                match Record::read(&self.provider, &self.identity, &json, moment.now) {
                    Ok(record) => record,
                    Err(fault) => return self.unread(purpose, self.not_a_record(&fault), moment),
                }
            }
            (None, Verdict::Busy(reason, wait)) => return self.busy(purpose, reason, wait, moment),
            (None, Verdict::No(reason)) if reason.means == Means::SignIn => {
                self.stage = Stage::Held(purpose);
                return Step::Ask(Ask::SignIn { reason, purpose });
            }
            (None, Verdict::No(reason) | Verdict::NotSent(reason) | Verdict::Doubt(reason)) => {
                return self.unread(purpose, reason, moment);
            }
            // What is stopped here stops: the send comes next.
            (Some(_), Verdict::Doubt(reason)) if matches!(answer, Err(NoAnswer::Cancelled)) => {
                return self.unread(purpose, reason, moment);
            }
            (Some(_), Verdict::Busy(reason, wait)) => return self.busy(purpose, reason, wait, moment),
            (Some(mut record), verdict) => {
                if let (Verdict::Yes(json), Some(of)) = (verdict, self.provider.read.also.get(also - 1)) {
                    record.add(of, &json);
                }
                record
            }
        };
        self.also(purpose, also, fresh, moment)
    }

    /// The next extra read that can be asked for; or all is read.
    fn also(&mut self, purpose: Purpose, from: usize, fresh: Record, moment: Moment) -> Step {
        for (index, also) in self.provider.read.also.iter().enumerate().skip(from) {
            let text = |pointer: &crate::provider::pointer::Pointer| {
                pointer.of(fresh.raw()).and_then(crate::provider::explain::code)
            };
            let more: Option<Vec<(String, String)>> =
                also.with.iter().map(|(name, pointer)| Some((name.clone(), text(pointer)?))).collect();
            let request: Option<Request> = more.and_then(|more| {
                compose(&self.provider, &self.server, &also.call, &self.identity, &more, None).ok()
            });
            if let Some(request) = request {
                self.stage = Stage::Reading { purpose, also: index + 1, fresh: Some(fresh) };
                return Step::Read(Outgoing::read(request), purpose);
            }
        }
        match purpose {
            Purpose::Show => {
                self.tries = 0;
                self.record = Some(fresh);
                if self.change.is_some() {
                    return self.decide(moment);
                }
                self.stage = Stage::Deciding;
                Step::Ask(Ask::Change)
            }
            Purpose::Send => {
                self.record = Some(fresh);
                self.send(moment)
            }
            Purpose::Settle => self.settle(fresh, moment),
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

    /// What the send was answered with.
    fn sent(&mut self, answer: Result<Response, NoAnswer>, moment: Moment) -> Step {
        let verdict = self.listen("update", &answer, moment);
        self.answer = answer.ok();
        self.doubt = None;
        match verdict {
            Verdict::Yes(_) => {
                self.tries = 0;
                self.read(Purpose::Settle)
            }
            Verdict::Doubt(reason) => {
                self.tries = 0;
                self.doubt = Some(reason);
                self.read(Purpose::Settle)
            }
            Verdict::Busy(reason, wait) => match self.again(wait, moment) {
                Some(time) => {
                    self.stage = Stage::Held(Purpose::Send);
                    Step::Wait { time, reason: Some(reason) }
                }
                // A server error is no proof that nothing was done.
                None if reason.status.is_some_and(|status| status >= 500) => {
                    self.tries = 0;
                    self.doubt = Some(reason);
                    self.read(Purpose::Settle)
                }
                None => self.done(Outcome::Refused(reason), None, moment),
            },
            Verdict::No(reason) if reason.means == Means::SignIn => {
                let purpose = Purpose::Send;
                self.stage = Stage::Held(purpose);
                Step::Ask(Ask::SignIn { reason, purpose })
            }
            Verdict::No(reason) => self.done(Outcome::Refused(reason), None, moment),
            Verdict::NotSent(reason) => {
                self.sends -= 1;
                self.done(Outcome::NotSent(reason), None, moment)
            }
        }
    }

    /// Reads back: is it as asked? What was accepted and does not show yet is looked for again.
    fn settle(&mut self, fresh: Record, moment: Moment) -> Step {
        let Some(approved) = &self.approved else {
            return self.read(Purpose::Show);
        };
        let lines = Line::of(&self.provider, approved.plan(), Some(&fresh));
        let outcome = Outcome::settle(&lines, self.doubt.clone());
        // What was accepted, or may still be on its way, is looked for again before it counts as not made.
        let late = lines.iter().any(|line| line.settled() == Settled::AsBefore);
        self.tries += 1;
        if late && self.tries < LOOKS {
            self.stage = Stage::Held(Purpose::Settle);
            self.seen = Some(fresh);
            return Step::Wait { time: Duration::from_secs(u64::from(self.tries)), reason: None };
        }
        self.done(outcome, Some(&fresh), moment)
    }

    /// A read that the provider asks to wait with: it is done as told, but not for ever.
    fn busy(&mut self, purpose: Purpose, reason: Reason, wait: Wait, moment: Moment) -> Step {
        match self.again(wait, moment) {
            Some(time) => {
                self.stage = Stage::Held(purpose);
                Step::Wait { time, reason: Some(reason) }
            }
            None => self.unread(purpose, reason, moment),
        }
    }

    /// How long to wait before asking again; nothing if it was asked often enough, or the wait is a long one.
    fn again(&mut self, wait: Wait, moment: Moment) -> Option<Duration> {
        self.tries += 1;
        match wait {
            Wait::For(time) if self.tries < retry::MAX_TRIES => {
                // Those who were refused together shall not come back together.
                let more = retry::backoff(self.tries - 1, moment.dice);
                Some(if self.tries > 1 { time + more } else { time })
            }
            _ => None,
        }
    }

    /// It cannot be read back (any more): what was seen last counts, if anything was.
    fn unsettled(&mut self, reason: Option<Reason>, moment: Moment) -> Step {
        let (seen, doubt) = (self.seen.take(), self.doubt.take());
        if let (Some(seen), Some(approved)) = (&seen, &self.approved) {
            let lines = Line::of(&self.provider, approved.plan(), Some(seen));
            return self.done(Outcome::settle(&lines, doubt), Some(seen), moment);
        }
        let outcome = doubt.map_or(Outcome::Accepted(reason), Outcome::Unknown);
        self.done(outcome, None, moment)
    }

    /// The record could not be read.
    fn unread(&mut self, purpose: Purpose, reason: Reason, moment: Moment) -> Step {
        if purpose == Purpose::Settle {
            return self.unsettled(Some(reason), moment);
        }
        self.tries = 0;
        self.stage = Stage::Held(purpose);
        Step::Ask(Ask::Unread { reason, purpose })
    }

    /// Somebody does not want to go on.
    fn give_up(&mut self, purpose: Purpose, moment: Moment) -> Step {
        let says = "You stopped before the change was sent.".to_string();
        let reason = Reason { cure: "Nothing was changed.".to_string(), ..Reason::setup(says) };
        match purpose {
            Purpose::Settle => self.unsettled(None, moment),
            Purpose::Send => self.done(Outcome::NotSent(reason), None, moment),
            Purpose::Show => {
                let reason = Reason::setup("You stopped before the record was read.".to_string());
                self.stage = Stage::Held(purpose);
                Step::Ask(Ask::Unread { reason, purpose })
            }
        }
    }

    fn unsigned(&mut self, purpose: Purpose, fault: &SignFault, moment: Moment) -> Step {
        let reason = self.unsigned_reason(fault);
        if fault.secret().is_some() {
            self.stage = Stage::Held(purpose);
            return Step::Ask(Ask::SignIn { reason, purpose });
        }
        self.unread(purpose, reason, moment)
    }

    fn unsigned_reason(&self, fault: &SignFault) -> Reason {
        let label = self.provider.sign_in.first().map_or("credential", |sign_in| &sign_in.label);
        let means = if fault.secret().is_some() { Means::SignIn } else { Means::Setup };
        Reason { means, ..Reason::setup(fault.words(label)) }
    }

    fn not_a_record(&self, fault: &NotARecord) -> Reason {
        let name = &self.provider.name;
        let says = match fault {
            NotARecord::Missing | NotARecord::Must => {
                [name, " answered, but not with the record that was asked for."].concat()
            }
            NotARecord::Odd { label } => {
                [name, " answered with a record in which “", label, "” is not what it should be."].concat()
            }
        };
        let cure = "Nothing is written on a record that is not understood. Tell whoever runs this page.";
        Reason { means: Means::Fault, cure: cure.to_string(), ..Reason::setup(says) }
    }

    fn listen(&self, on: &str, answer: &Result<Response, NoAnswer>, moment: Moment) -> Verdict {
        let now = moment.now / 1000;
        let (provider, identity) = (&*self.provider, &self.identity);
        Listener { provider, on, identity, direct: self.direct, now }.verdict(answer)
    }

    fn done(&mut self, outcome: Outcome, now: Option<&Record>, moment: Moment) -> Step {
        self.stage = Stage::Done;
        let plan = self.approved.as_ref().map(Approved::plan);
        let lines = plan.map(|plan| Line::of(&self.provider, plan, now)).unwrap_or_default();
        let shown = self.record.as_ref();
        Step::Done(Box::new(Receipt {
            provider: self.provider.id.clone(),
            server: self.server.clone(),
            identity: self.identity.clone(),
            title: shown.map_or_else(String::new, |record| record.title(&self.provider)),
            outcome,
            lines,
            sends: self.sends,
            at: moment.now,
            request: plan.map(|plan| plan.request().clone()).filter(|_| self.sends > 0),
            answer: self.answer.clone(),
        }))
    }
}

#[cfg(test)]
mod tests;
