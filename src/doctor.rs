//! Why a provider is not reached: a ladder of harmless probes, which stops at the first fault and names it.
//!
//! A browser tells a page one and the same for a dozen faults: "failed". So the page asks step by step: whether
//! anything answers at all, whether this site may read it, whether changes and credentials are let through, whose
//! answers they are, and what the provider says. What was found stays a value, and the next step follows from it alone:
//!
//! ```text
//! Situation + what was found ─► next ─► Ask(Probe) | Done(Verdict) ─► Diagnosis: what it means, who can mend it
//! ```
//!
//! Deliberately not in: sending. A probe has no secret, no member and no change; the browser room carries it out.
//! Where the evidence fits several faults, the verdict names them all.

mod advice;
mod check;
mod details;
mod guise;
mod ladder;
mod probe;
mod situation;
mod verdict;

#[cfg(test)]
mod tests;

pub use advice::{Mender, Remedy};
pub use check::{Check, Standing};
pub use details::Circumstances;
pub use guise::Guise;
pub use ladder::{Next, next};
pub use probe::{Finding, LocalNetwork, Probe, Step};
pub use situation::{Goal, Situation, Through};
pub use verdict::Verdict;

/// What the ladder came to, with all that it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnosis {
    pub situation: Situation,
    pub steps: Vec<Step>,
    pub verdict: Verdict,
}

impl Diagnosis {
    /// Nothing if a step is still missing.
    pub fn of(situation: Situation, steps: Vec<Step>) -> Option<Diagnosis> {
        match next(&situation, &steps) {
            Next::Ask(_) => None,
            Next::Done(verdict) => Some(Diagnosis { situation, steps, verdict }),
        }
    }
}
