//! What a walk is told, and what it says.

use std::time::Duration;

use crate::change::answer::Reason;
use crate::change::identity::Identity;
use crate::change::outgoing::Outgoing;
use crate::transport::{NoAnswer, Response, SignFault};

/// What is looked for.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Which step of the provider's it is, by its number.
    pub step: usize,
    /// What is known before any call.
    pub connection: Identity,
    /// What earlier steps gave, and keys that were typed.
    pub known: Vec<(String, String)>,
    /// What somebody typed: it goes to the provider if the step says so.
    pub text: String,
    /// How many days back, where the list is of some time; nothing for what the file says.
    pub days: Option<u64>,
}

/// What happened.
#[derive(Clone, Debug)]
pub enum Event {
    Start,
    Answered(Result<Response, NoAnswer>),
    /// The request could not be signed, so it was not sent.
    Unsigned(SignFault),
    /// The time to wait has passed, the credential was given, or what else had come up is done.
    GoOn,
    /// What was found is enough.
    Stop,
}

/// What to do next.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    Read(Outgoing),
    Wait {
        time: Duration,
        reason: Reason,
    },
    /// The credential is missing or not accepted.
    SignIn(Reason),
    /// A long page has more: let others have their turn, and go on.
    Yield,
    Done,
}
