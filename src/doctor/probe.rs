use std::time::Duration;

use crate::provider::explain::Means;
use crate::transport::{NoAnswer, Response};

/// One harmless question. None has a secret, a member or a change in it, and only `Provider` and `Credential` concern
/// a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Probe {
    /// Whether anything answers, whoever may read it (`no-cors`).
    Presence,
    /// Whether this site may read it.
    Read,
    /// Whether the method of a change is let through.
    Write,
    /// Whether the header of the credential is let through. What stands in it is no credential.
    Authorization,
    /// The same with all headers of a real change, and a JSON body.
    Json,
    /// Whether the page's own site still answers with its own file.
    Own,
    /// A read of the provider without a credential.
    Provider,
    /// The harmless read that tells whether a credential works, with the one that was entered.
    Credential,
}

impl Probe {
    /// What the way to a proxy is asked, in this order.
    pub const OF_PROXY: [Probe; 5] =
        [Probe::Presence, Probe::Read, Probe::Write, Probe::Authorization, Probe::Json];

    /// So long an answer may take: all on the way to a provider take eight seconds at most, and to ask about a credential
    /// three more.
    pub fn limit(self) -> Duration {
        Duration::from_millis(match self {
            Probe::Presence => 1800,
            // Some credentials are renewed first.
            Probe::Credential => 3000,
            Probe::Provider => 1600,
            Probe::Read | Probe::Write | Probe::Authorization | Probe::Own => 1200,
            Probe::Json => 1000,
        })
    }

    /// The same in any language.
    pub fn mark(self) -> &'static str {
        match self {
            Probe::Presence => "presence",
            Probe::Read => "read",
            Probe::Write => "write",
            Probe::Authorization => "authorization",
            Probe::Json => "json",
            Probe::Own => "own-site",
            Probe::Provider => "provider",
            Probe::Credential => "credential",
        }
    }
}

/// What a probe came to.
#[derive(Clone, Debug, PartialEq)]
pub enum Finding {
    /// Something answered; what, the page may not see.
    Something,
    Answer(Response),
    /// Nothing that the page may know of; and what the browser says of the network of this computer.
    Silence(NoAnswer, LocalNetwork),
    /// It was not asked: calls to the provider are held back for now.
    Held,
    /// What the provider's answer to a credential means, nothing if it is a yes; and its status.
    Said(Option<Means>, Option<u16>),
}

/// Whether the browser lets this page reach addresses of the network that the computer is in (Local Network Access).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LocalNetwork {
    Allowed,
    /// Somebody has to be asked first.
    Asks,
    Denied,
    /// This browser has no such rule.
    NoRule,
}

/// A probe with what it came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    pub probe: Probe,
    pub finding: Finding,
}

impl Finding {
    /// It got an answer that the page may read.
    pub(super) fn is_readable(&self) -> bool {
        match self {
            Finding::Answer(_) | Finding::Said(..) => true,
            // Its head was readable.
            Finding::Silence(NoAnswer::CutBody { .. } | NoAnswer::Redirected, _) => true,
            Finding::Something | Finding::Held | Finding::Silence(..) => false,
        }
    }

    pub(super) fn is_late(&self) -> bool {
        matches!(self, Finding::Silence(NoAnswer::TimedOut, _))
    }
}
