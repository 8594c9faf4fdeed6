//! What came of a send: by what was answered, and by reading.

use std::time::Duration;

use crate::change::answer::{Reason, Verdict};
use crate::change::receipt::{Line, Outcome, Settled};
use crate::change::record::Record;
use crate::change::redact::redact;
use crate::provider::explain::Means;
use crate::transport::{NoAnswer, Response, Wait, retry};

use super::{Ask, Driver, Moment, Purpose, Stage, Step};

/// Statuses by which a provider says that it did not take the request in.
const MISSED: [u16; 2] = [408, 425];

impl Driver {
    /// What the send was answered with.
    pub(super) fn sent(&mut self, answer: Result<Response, NoAnswer>, moment: Moment) -> Step {
        let verdict = self.listen("update", &answer, moment);
        self.answer = answer.ok().map(|answer| self.kept(answer));
        // What was seen after an earlier send tells nothing about this one.
        (self.doubt, self.seen) = (None, None);
        match verdict {
            Verdict::Yes(_) => {
                self.deferred = None;
                self.tries = 0;
                self.read(Purpose::Settle)
            }
            Verdict::Doubt(reason) => {
                self.deferred = None;
                self.tries = 0;
                self.doubt = Some(reason);
                self.read(Purpose::Settle)
            }
            Verdict::Busy(reason, wait) => {
                self.unsure |= reason.status.is_none_or(|status| status >= 500);
                self.deferred = Some(reason.clone());
                match self.again(wait, moment) {
                    Some(time) => {
                        self.stage = Stage::Held(Purpose::Send);
                        Step::Wait { time, reason: Some(reason) }
                    }
                    None => self.not_sent(reason, moment),
                }
            }
            Verdict::Stopped(reason, wait) => {
                self.sends -= 1;
                match self.again(wait, moment) {
                    Some(time) => {
                        self.stage = Stage::Held(Purpose::Send);
                        Step::Wait { time, reason: Some(reason) }
                    }
                    None => self.not_sent(reason, moment),
                }
            }
            Verdict::No(reason) if reason.means == Means::SignIn => {
                self.deferred = Some(reason.clone());
                let purpose = Purpose::Send;
                self.stage = Stage::Held(purpose);
                Step::Ask(Ask::SignIn { reason, purpose })
            }
            // A no to this one tells nothing of one before it.
            Verdict::No(reason) if self.unsure => {
                self.deferred = Some(reason.clone());
                self.not_sent(reason, moment)
            }
            Verdict::No(reason) => self.done(Outcome::Refused(reason), None, moment),
            Verdict::NotSent(reason) => {
                self.sends -= 1;
                self.not_sent(reason, moment)
            }
        }
    }

    /// It does not go out (any more). What went out before, and was answered with "not now", is settled by reading:
    /// such an answer is a word, and no proof.
    pub(super) fn not_sent(&mut self, reason: Reason, moment: Moment) -> Step {
        if self.sends == 0 {
            return self.done(Outcome::NotSent(reason), None, moment);
        }
        self.tries = 0;
        self.doubt = Some(self.deferred.clone().unwrap_or(reason));
        self.read(Purpose::Settle)
    }

    /// Reads back: is it as asked? What was accepted and does not show yet is looked for again.
    pub(super) fn settle(&mut self, fresh: Record, moment: Moment) -> Step {
        let Some(approved) = &self.approved else {
            return self.read(Purpose::Show);
        };
        let lines = Line::of(&self.provider, approved.plan(), Some(&fresh));
        let as_before = |line: &Line| line.settled() == Settled::AsBefore;
        let nothing = !lines.is_empty() && lines.iter().all(as_before);
        if let Some(reason) = self.refusal().filter(|_| nothing) {
            return self.done(Outcome::Refused(reason), Some(&fresh), moment);
        }
        let outcome = Outcome::settle(&lines, self.doubt.clone());
        // What was accepted, or may still be on its way, is looked for again before it counts as not made.
        let late = lines.iter().any(as_before) || approved.plan().gone();
        self.tries += 1;
        let looks = self.looks();
        if let Some(time) = looks.get(self.tries as usize - 1).filter(|_| late) {
            self.stage = Stage::Held(Purpose::Settle);
            self.seen = Some(fresh);
            return Step::Wait { time: Duration::from_secs(*time), reason: None };
        }
        // The provider's own word that it did not take the request in, and it was looked for: once more is right.
        let missed =
            self.doubt.as_ref().and_then(|doubt| doubt.status).is_some_and(|status| MISSED.contains(&status));
        if missed && nothing && self.sends < retry::MAX_TRIES {
            self.tries = 0;
            self.unsure = true;
            return self.read(Purpose::Send);
        }
        self.done(outcome, Some(&fresh), moment)
    }

    /// The provider's own "not now", where that is its last word. A server's fault is no proof that nothing was done.
    fn refusal(&self) -> Option<Reason> {
        self.deferred.clone().filter(|reason| reason.status.is_some_and(|status| status < 500))
    }

    /// The seconds to wait before each further look at a change that does not show yet.
    fn looks(&self) -> &'static [u64] {
        let later = self.answer.as_ref().is_some_and(|answer| answer.status == 202 && self.doubt.is_none());
        if later { &[1, 2, 4, 8, 15, 30] } else { &[1, 2] }
    }

    /// Whether a record that is not there is what was intended.
    pub(super) fn expects_gone(&self, purpose: Purpose) -> bool {
        let sent = purpose == Purpose::Settle || (purpose == Purpose::Send && self.sends > 0);
        sent && self.approved.as_ref().is_some_and(|approved| approved.plan().gone())
    }

    /// There is no such member any more, as was intended.
    pub(super) fn gone(&mut self, moment: Moment) -> Step {
        self.end(Outcome::Confirmed, None, true, moment)
    }

    /// An answer as it may be kept: where a provider repeats what it was sent, without that.
    fn kept(&self, answer: Response) -> Response {
        // An address may hold a secret.
        let answer = Response { url: None, ..answer };
        if !self.provider.answers.echoes {
            return answer;
        }
        let header = |(name, value): (String, String)| {
            let tells = self.provider.answers.is_reference(&name) || is_of_the_transfer(&name);
            let value = if tells { value } else { redact(&value) };
            (name, value)
        };
        let headers = answer.headers.into_iter().map(header).collect();
        Response { body: redact(&answer.body), headers, ..answer }
    }

    /// How long to wait before asking again; nothing if it was asked often enough, or the wait is a long one.
    pub(super) fn again(&mut self, wait: Wait, moment: Moment) -> Option<Duration> {
        self.tries += 1;
        retry::again(self.tries, wait, moment.dice)
    }

    /// It cannot be read back (any more): what was seen last counts, if anything was.
    pub(super) fn unsettled(&mut self, reason: Option<Reason>, moment: Moment) -> Step {
        let (seen, doubt) = (self.seen.take(), self.doubt.take());
        if let (Some(seen), Some(approved)) = (&seen, &self.approved) {
            let lines = Line::of(&self.provider, approved.plan(), Some(seen));
            return self.done(Outcome::settle(&lines, doubt), Some(seen), moment);
        }
        let outcome = match (self.refusal().filter(|_| !self.unsure), doubt) {
            (Some(refusal), _) => Outcome::Refused(refusal),
            (None, Some(doubt)) => Outcome::Unknown(doubt),
            (None, None) => Outcome::Accepted(reason),
        };
        self.done(outcome, None, moment)
    }
}

/// Headers that are about the transfer alone, and repeat nothing.
fn is_of_the_transfer(name: &str) -> bool {
    let known = ["content-type", "content-length", "date", "cache-control", "retry-after", "server"];
    known.iter().any(|known| known.eq_ignore_ascii_case(name))
}
