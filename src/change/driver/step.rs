//! What a driver is told, and what it says.

use std::time::Duration;

use crate::change::answer::Reason;
use crate::change::check::Change;
use crate::change::outgoing::Outgoing;
use crate::change::plan::Plan;
use crate::change::problem::Violation;
use crate::change::receipt::Receipt;
use crate::transport::{NoAnswer, Response, SignFault};

/// What a record is read for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Purpose {
    /// To show what is on file.
    Show,
    /// To see that nothing moved, just before sending.
    Send,
    /// To see what came of it.
    Settle,
}

/// How far a change has come, as a journal must know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Ready,
    /// It may have been applied, and what came of it is not known yet.
    Sent,
    Done,
}

/// What happened.
#[derive(Clone, Debug)]
pub enum Event {
    Start,
    Answered(Result<Response, NoAnswer>),
    /// The request could not be signed, so it was not sent.
    Unsigned(SignFault),
    /// What must be noted before it is sent could not be, so it was not sent.
    Unnoted,
    /// The time to wait has passed, the credential was given, or somebody wants to try again.
    GoOn,
    /// What shall be changed, first or anew.
    Change(Change),
    /// The plan is right, and these of its risks are taken on.
    Approve(Vec<String>),
    /// Not to be gone on with.
    Stop,
}

/// The moment of an event; time and chance come in as values.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// Milliseconds since 1970.
    pub now: u64,
    /// Any number, by chance.
    pub dice: u32,
}

/// What to do next.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    Read(Outgoing, Purpose),
    Send(Outgoing),
    Wait { time: Duration, reason: Option<Reason> },
    Ask(Ask),
    Done(Box<Receipt>),
}

/// What only a person can say.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// What shall be changed? The record is there to look at.
    Change,
    /// These must be put right first.
    Mend(Vec<Violation>),
    /// Is this right? `moved`: the record changed since the last time it was asked.
    Approve { plan: Plan, moved: bool, missing: Vec<String> },
    /// The credential is missing or not accepted.
    SignIn { reason: Reason, purpose: Purpose },
    /// The record could not be read. Nothing was sent, unless it was read to settle.
    Unread { reason: Reason, purpose: Purpose },
}
