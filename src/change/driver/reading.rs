//! Reading the record: to show it, to see that nothing moved, to see what came of a change.

use crate::change::answer::{Reason, Verdict};
use crate::change::compose::{ComposeFault, compose};
use crate::change::outgoing::Outgoing;
use crate::change::plan::read_request;
use crate::change::problem::{Problem, Violation};
use crate::change::record::{NotARecord, Record};
use crate::provider::call::Source;
use crate::provider::explain::{Means, code};
use crate::provider::pointer::Pointer;
use crate::transport::{NoAnswer, Request, Response, SignFault, Wait};
use crate::words::say;

use super::{Ask, Driver, Moment, Purpose, Stage, Step};

impl Driver {
    pub(super) fn read(&mut self, purpose: Purpose) -> Step {
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
    pub(super) fn answered(
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
                    Err(NotARecord::Absent) if self.expects_gone(purpose) => return self.gone(moment),
                    Err(fault) => return self.unread(purpose, self.not_a_record(&fault), moment),
                }
            }
            // That a whole list is not there says nothing of one member of it.
            (None, Verdict::No(reason))
                if reason.means == Means::NotFound
                    && matches!(self.provider.read.source, Source::At(_))
                    && self.expects_gone(purpose) =>
            {
                return self.gone(moment);
            }
            (_, Verdict::Busy(reason, wait) | Verdict::Stopped(reason, wait)) => {
                return self.busy(purpose, reason, wait, moment);
            }
            (None, Verdict::No(reason)) if reason.means == Means::SignIn => {
                self.stage = Stage::Held(purpose);
                return Step::Ask(Ask::SignIn { reason, purpose });
            }
            (None, Verdict::No(reason) | Verdict::NotSent(reason) | Verdict::Doubt(reason)) => {
                return self.unread(purpose, reason, moment);
            }
            // What is stopped here stops: the send comes next.
            (Some(_), Verdict::Doubt(reason) | Verdict::NotSent(reason))
                if matches!(answer, Err(NoAnswer::Cancelled | NoAnswer::Withdrawn)) =>
            {
                return self.unread(purpose, reason, moment);
            }
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
            let text = |pointer: &Pointer| pointer.of(fresh.raw()).and_then(code);
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

    /// The record could not be read.
    pub(super) fn unread(&mut self, purpose: Purpose, reason: Reason, moment: Moment) -> Step {
        if purpose == Purpose::Settle {
            return self.unsettled(Some(reason), moment);
        }
        self.tries = 0;
        self.stage = Stage::Held(purpose);
        Step::Ask(Ask::Unread { reason, purpose })
    }

    /// Somebody does not want to go on.
    pub(super) fn give_up(&mut self, purpose: Purpose, moment: Moment) -> Step {
        let (says, cure) = match purpose {
            Purpose::Show => (say::reason_stopped_reading(), say::reason_stopped_reading_cure()),
            Purpose::Send => (say::reason_stopped_sending(), say::reason_nothing_changed()),
            Purpose::Settle => (say::reason_stopped_settling(), say::reason_stopped_settling_cure()),
        };
        let reason = Reason { cure, ..Reason::setup(says) };
        match purpose {
            Purpose::Settle => self.unsettled(Some(reason), moment),
            Purpose::Send => self.not_sent(reason, moment),
            Purpose::Show => {
                self.stage = Stage::Held(purpose);
                Step::Ask(Ask::Unread { reason, purpose })
            }
        }
    }

    /// A field that is only written and whose text is not there (any more) is asked for again.
    pub(super) fn untyped(&mut self, fault: &SignFault) -> Option<Step> {
        let field = fault.secret().and_then(|secret| self.provider.field(secret))?;
        let violation = Violation::new(&field.key, Problem::ValueMissing);
        self.stage = Stage::Deciding;
        Some(Step::Ask(Ask::Mend(vec![violation])))
    }

    pub(super) fn unsigned(&mut self, purpose: Purpose, fault: &SignFault, moment: Moment) -> Step {
        let reason = Reason::unsigned(&self.provider, fault);
        if fault.secret().is_some() {
            self.stage = Stage::Held(purpose);
            return Step::Ask(Ask::SignIn { reason, purpose });
        }
        self.unread(purpose, reason, moment)
    }
}
