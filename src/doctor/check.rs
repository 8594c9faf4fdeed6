//! What a self-check shows, one thing after another: also what is right.

use crate::transport::Response;
use crate::words::{Words, say};

use super::Diagnosis;
use super::ladder::MARKS;
use super::probe::{Finding, Probe};
use super::situation::Through;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Right,
    Wrong,
    /// It was not tried, or cannot be known.
    Open,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    pub about: Words,
    pub standing: Standing,
}

impl Check {
    pub fn new(about: Words, is_right: bool) -> Check {
        Check { about, standing: if is_right { Standing::Right } else { Standing::Wrong } }
    }

    /// Whether a header of the page's own answer is there. The page brings its own policy, so a lack is not a fault.
    pub fn of_header(name: &str, answer: Option<&Response>) -> Check {
        let is_there = answer.is_some_and(|answer| answer.header(name).is_some());
        let standing = if is_there { Standing::Right } else { Standing::Open };
        let about = if is_there { say::check_header(name) } else { say::check_no_header(name) };
        Check { about, standing }
    }
}

impl Diagnosis {
    /// Of the way to the proxy, what is right and what is not.
    pub fn checks(&self) -> Vec<Check> {
        let asked = match self.situation.through {
            Through::Relay | Through::Proxy => &Probe::OF_PROXY[..],
            Through::Envelope => &Probe::OF_PROXY[..2],
            Through::Nobody | Through::Opaque => &Probe::OF_PROXY[..1],
        };
        let guise = &self.situation.guise;
        let asked =
            asked.iter().filter(|probe| **probe != Probe::Authorization || guise.credential.is_some());
        let mut checks: Vec<Check> = asked.map(|probe| self.check(*probe)).collect();
        if self.situation.through == Through::Relay {
            checks.extend(self.marks());
        }
        checks
    }

    fn finding(&self, probe: Probe) -> Option<&Finding> {
        self.steps.iter().find(|step| step.probe == probe).map(|step| &step.finding)
    }

    /// Whether the provider answered through a proxy that marks nothing.
    fn is_past(&self) -> bool {
        let is_answered = matches!(self.finding(Probe::Provider), Some(Finding::Answer(_)));
        self.situation.through == Through::Proxy && is_answered
    }

    fn check(&self, probe: Probe) -> Check {
        let about = match probe {
            Probe::Presence => say::check_presence(),
            Probe::Read => say::check_read(self.situation.site()),
            Probe::Write => say::check_write(self.situation.guise.method.as_str()),
            Probe::Authorization => say::check_authorization(self.credential()),
            _ => say::check_json(self.headers()),
        };
        let is_read = self.finding(Probe::Read).is_some_and(Finding::is_readable);
        let standing = match self.finding(probe) {
            _ if probe == Probe::Presence && is_read => Standing::Right,
            None => Standing::Open,
            Some(Finding::Something) => Standing::Right,
            Some(finding) if finding.is_readable() => Standing::Right,
            // What did not come back in time was the page's own file, and the provider's answer did.
            Some(finding) if finding.is_late() && self.is_past() => Standing::Open,
            Some(_) => Standing::Wrong,
        };
        Check { about, standing }
    }

    /// What this page can read of the relay's answers: a healthy one has all of it. From another site, what is hidden
    /// and what is missing look alike, and another relay may send the last two only when there is a need.
    fn marks(&self) -> Vec<Check> {
        let Some(Finding::Answer(answer)) = self.finding(Probe::Read) else { return Vec::new() };
        let is_marked = MARKS.iter().all(|name| answer.header(name).is_some());
        let mut checks = vec![Check::new(say::check_marks(), is_marked)];
        for name in ["Retry-After", "Link"] {
            let is_readable = self.situation.is_own_site() || answer.header(name).is_some();
            let about = if is_readable { say::check_readable(name) } else { say::check_not_told(name) };
            let standing = if is_readable { Standing::Right } else { Standing::Open };
            checks.push(Check { about, standing });
        }
        checks
    }
}
