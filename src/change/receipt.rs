use crate::provider::{Face, Provider};
use crate::transport::{Request, Response};
use crate::words::{Words, say};

use super::answer::Reason;
use super::identity::Identity;
use super::plan::{Difference, Plan};
use super::record::Record;
use super::value::Held;

/// What came of a change. These are the words on the screen; there is never a bare "failed".
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Every changed field was read back as asked.
    Confirmed,
    /// The provider said yes; some field could not be read back, and the receipt says which.
    Accepted(Option<Reason>),
    /// Read back, and it is not as asked. The reason is there if the answer was in doubt.
    Differs(Option<Reason>),
    /// The provider said no, and nothing was applied.
    Refused(Reason),
    /// It certainly never arrived.
    NotSent(Reason),
    /// It may have been applied, and reading could not settle it.
    Unknown(Reason),
}

/// What one field came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub field: String,
    pub from: Held,
    pub asked: Held,
    /// What was read back; `None` if nothing could be read.
    pub now: Option<Held>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Settled {
    AsAsked,
    AsBefore,
    Other,
    NotTold,
}

/// The proof of one change: what was asked, what is on file now, and what was said in between.
/// It has no secret, because the request in it has none.
#[derive(Clone, Debug, PartialEq)]
pub struct Receipt {
    pub provider: String,
    pub server: String,
    pub identity: Identity,
    /// The member in words.
    pub title: String,
    pub outcome: Outcome,
    pub lines: Vec<Line>,
    /// The member was expected to be gone, and is.
    pub gone: bool,
    /// The member was expected to be gone, and was read all the same.
    pub still_there: bool,
    /// The page keeps nothing of the member.
    pub forget: bool,
    /// How many times the change was sent: more than once only after an answer that said "not now".
    pub sends: u32,
    /// Milliseconds since 1970.
    pub at: u64,
    pub request: Option<Request>,
    pub answer: Option<Response>,
}

impl Receipt {
    /// Where it was: the provider, with the connection or the server where there are several.
    pub fn place(&self, provider: &Face) -> String {
        let server = provider.server(&self.server);
        let server = server.filter(|server| provider.servers.len() > 1 || server.test);
        let which = self.identity.named().map(|own| &own.name).or(server.map(|server| &server.label));
        match which {
            // A server may have the provider's name in its own.
            Some(which) if which.starts_with(&provider.name) => which.clone(),
            Some(which) => [&provider.name, " · ", which].concat(),
            None => provider.name.clone(),
        }
    }

    /// Whether nobody real was changed.
    pub fn is_test(&self, provider: &Face) -> bool {
        let server = provider.server(&self.server).is_some_and(|server| server.test);
        server || self.identity.named().is_some_and(|own| own.test)
    }
}

impl Line {
    pub fn settled(&self) -> Settled {
        match &self.now {
            Some(now) if *now == self.asked => Settled::AsAsked,
            None | Some(Held::NotTold) => Settled::NotTold,
            Some(now) if *now == self.from => Settled::AsBefore,
            Some(_) => Settled::Other,
        }
    }

    /// The lines of a plan, with what a fresh record holds if there is one.
    pub fn of(provider: &Provider, plan: &Plan, now: Option<&Record>) -> Vec<Line> {
        let line = |difference: &Difference| {
            let field = provider.field(&difference.field);
            Line {
                field: difference.field.clone(),
                from: difference.from.clone(),
                asked: difference.to.clone(),
                now: now.zip(field).map(|(record, field)| record.held(field)),
            }
        };
        plan.differences().iter().map(line).collect()
    }
}

impl Outcome {
    /// The one word for it.
    pub fn word(&self) -> Words {
        match self {
            Outcome::Confirmed => say::outcome_confirmed(),
            Outcome::Accepted(_) => say::outcome_accepted(),
            Outcome::Differs(_) => say::outcome_differs(),
            Outcome::Refused(_) => say::outcome_refused(),
            Outcome::NotSent(_) => say::outcome_not_sent(),
            Outcome::Unknown(_) => say::outcome_unknown(),
        }
    }

    /// The same in any language: for journals, files and stylesheets.
    pub fn mark(&self) -> &'static str {
        match self {
            Outcome::Confirmed => "confirmed",
            Outcome::Accepted(_) => "accepted",
            Outcome::Differs(_) => "differs",
            Outcome::Refused(_) => "refused",
            Outcome::NotSent(_) => "not-sent",
            Outcome::Unknown(_) => "unknown",
        }
    }

    pub fn reason(&self) -> Option<&Reason> {
        match self {
            Outcome::Confirmed => None,
            Outcome::Accepted(reason) | Outcome::Differs(reason) => reason.as_ref(),
            Outcome::Refused(reason) | Outcome::NotSent(reason) | Outcome::Unknown(reason) => Some(reason),
        }
    }

    /// What reading back makes of a change that was answered with yes, or with doubt.
    pub fn settle(lines: &[Line], doubt: Option<Reason>) -> Outcome {
        let has = |settled| lines.iter().any(|line| line.settled() == settled);
        if has(Settled::AsBefore) || has(Settled::Other) {
            return Outcome::Differs(doubt);
        }
        match doubt {
            _ if !has(Settled::NotTold) => Outcome::Confirmed,
            None => Outcome::Accepted(None),
            Some(reason) => Outcome::Unknown(reason),
        }
    }
}
