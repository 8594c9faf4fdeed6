//! From what was found to the next probe, or to the verdict.

use crate::provider::explain::Means;
use crate::transport::voice::is_web_page;
use crate::transport::{NoAnswer, Response, Voice};

use super::probe::{Finding, LocalNetwork, Probe, Step};
use super::situation::{Situation, Through};
use super::verdict::Verdict;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    Ask(Probe),
    Done(Verdict),
}

/// What to do next. The order of what was found does not matter, and what was not asked for does no harm.
pub fn next(situation: &Situation, found: &[Step]) -> Next {
    match (Ladder { situation, found }).climb() {
        Ok(()) => Next::Done(Verdict::Healthy),
        Err(next) => next,
    }
}

struct Ladder<'a> {
    situation: &'a Situation,
    found: &'a [Step],
}

/// Nothing is wrong so far; or the way ends here.
type Climb<T = ()> = Result<T, Next>;

fn fault<T>(verdict: Verdict) -> Climb<T> {
    Err(Next::Done(verdict))
}

/// What a relay says at its own door, whatever it is asked for.
fn shut(code: Option<&str>) -> Climb {
    match code {
        Some("origin_not_allowed") => fault(Verdict::OriginRefused),
        Some("sign_in_needed") => fault(Verdict::SignInNeeded),
        Some("sign_in_refused") => fault(Verdict::SignInRefused),
        Some("sign_in_down") => fault(Verdict::ProxyDown),
        Some("rate_limited") => fault(Verdict::ProxyBusy),
        _ => Ok(()),
    }
}

impl<'a> Ladder<'a> {
    fn of(&self, probe: Probe) -> Climb<&'a Finding> {
        let step = self.found.iter().find(|step| step.probe == probe);
        step.map(|step| &step.finding).ok_or(Next::Ask(probe))
    }

    fn climb(&self) -> Climb {
        let Situation { through, .. } = self.situation;
        if self.has_answered() {
            return self.provider();
        }
        if self.situation.impossible {
            return fault(Verdict::BadUrl);
        }
        if self.situation.is_mixed() {
            return fault(Verdict::MixedContent);
        }
        if !self.situation.online {
            return fault(Verdict::Offline);
        }
        self.presence()?;
        if *through == Through::Envelope {
            self.read()?;
            self.itself()?;
        }
        if matches!(through, Through::Relay | Through::Proxy) {
            self.read()?;
            self.preflight()?;
            if *through == Through::Relay {
                self.marks()?;
            }
        }
        self.provider()
    }

    /// It begins with a call of which the relay has said what came of it: the way to it is open.
    fn has_answered(&self) -> bool {
        let step = self.found.first().filter(|step| step.probe == Probe::Provider);
        let marked = |response: &Response| response.header("X-Relay-Source").is_some();
        step.is_some_and(|step| matches!(&step.finding, Finding::Answer(response) if marked(response)))
    }

    /// What ends any step.
    fn ended(&self, silence: &NoAnswer) -> Climb {
        match silence {
            NoAnswer::Offline => fault(Verdict::Offline),
            NoAnswer::NotAllowed => fault(Verdict::Csp),
            NoAnswer::BadAddress(_) => fault(Verdict::BadUrl),
            _ => Ok(()),
        }
    }

    /// Where nothing answers, or something else, the page's own site tells whether it is the network.
    fn network(&self) -> Climb {
        match self.of(Probe::Own)? {
            Finding::Silence(NoAnswer::Redirected, _) => fault(Verdict::CaptivePortal),
            Finding::Silence(..) => fault(Verdict::NoNetwork),
            Finding::Answer(response) if is_web_page(response) || response.status == PORTAL => {
                fault(Verdict::CaptivePortal)
            }
            _ => Ok(()),
        }
    }

    fn presence(&self) -> Climb {
        let Finding::Silence(silence, local) = self.of(Probe::Presence)? else { return Ok(()) };
        self.ended(silence)?;
        match local {
            LocalNetwork::Denied if self.situation.is_more_local() => {
                return fault(Verdict::LocalNetworkDenied);
            }
            LocalNetwork::Asks if self.situation.is_more_local() => return fault(Verdict::LocalNetworkAsks),
            // A name can lead anywhere: then it is one cause of several.
            _ => {}
        }
        // Some browsers hide an answer that breaks off until it may be read.
        let can_be_read =
            matches!(self.situation.through, Through::Relay | Through::Proxy | Through::Envelope);
        if can_be_read && *silence == NoAnswer::Failed && self.of(Probe::Read)?.is_readable() {
            return Ok(());
        }
        self.network()?;
        match silence {
            NoAnswer::TimedOut => self.hangs(Verdict::NoAnswer),
            _ => fault(Verdict::Unreachable),
        }
    }

    /// Nothing came in time. A proxy elsewhere may not reach the host of the page, which it was asked for. Where the
    /// provider answers through it, the way is as open as can be told.
    fn hangs(&self, verdict: Verdict) -> Climb {
        let can_ask = self.situation.goal.as_ref().is_some_and(|goal| goal.has_read);
        if self.situation.through != Through::Proxy || !can_ask {
            return fault(verdict);
        }
        match self.of(Probe::Provider)? {
            Finding::Answer(_) => self.provider().and_then(|()| fault(Verdict::Healthy)),
            _ => fault(verdict),
        }
    }

    fn read(&self) -> Climb {
        let response = match self.of(Probe::Read)? {
            Finding::Answer(response) => response,
            Finding::Silence(silence, _) => {
                self.ended(silence)?;
                self.network()?;
                return match silence {
                    NoAnswer::TimedOut => self.hangs(Verdict::NoAnswer),
                    NoAnswer::Redirected => fault(Verdict::Redirects),
                    NoAnswer::CutBody { .. } => fault(Verdict::CutShort),
                    // On one site nothing is refused: it was there a moment ago, and is not now.
                    _ if self.situation.is_own_site() => fault(Verdict::Unreachable),
                    _ => fault(Verdict::OriginRefused),
                };
            }
            _ => return Ok(()),
        };
        if response.status == PORTAL {
            return fault(Verdict::CaptivePortal);
        }
        if let Voice::Relay { code, .. } = self.voice(response) {
            shut(code.as_deref())?;
        }
        if self.situation.through != Through::Relay || response.is_of_relay() {
            return Ok(());
        }
        if is_web_page(response) && response.status < 500 {
            self.network()?;
            return fault(Verdict::WebPage);
        }
        // And some take half of an answer for a whole one.
        if response.header("X-Relay").is_some() && response.json().is_none() {
            return fault(Verdict::CutShort);
        }
        fault(if response.status >= 500 { Verdict::ProxyDown } else { Verdict::MarkerMissing })
    }

    /// What takes requests in an envelope says of itself that it is one, or that it does not serve this site.
    fn itself(&self) -> Climb {
        let Finding::Answer(response) = self.of(Probe::Read)? else { return Ok(()) };
        match response.json().and_then(|json| json["success"].as_bool()) {
            Some(true) => Ok(()),
            Some(false) => fault(Verdict::OriginRefused),
            None if is_web_page(response) => self.network().and_then(|()| fault(Verdict::WebPage)),
            None if response.status >= 500 => fault(Verdict::ProxyDown),
            None => fault(Verdict::MarkerMissing),
        }
    }

    /// What a browser asks before it sends a change or a credential.
    fn preflight(&self) -> Climb {
        let write = self.of(Probe::Write)?;
        let authorization = match self.situation.guise.credential {
            Some(_) => self.of(Probe::Authorization)?,
            None => write,
        };
        for finding in [write, authorization] {
            if let Finding::Silence(silence, _) = finding {
                self.ended(silence)?;
            }
        }
        let refused = |finding: &Finding| match finding {
            // The relay lets every method of its own through at this place.
            Finding::Answer(response) => self.situation.through == Through::Relay && response.status == 405,
            finding => !finding.is_readable(),
        };
        match (refused(write), refused(authorization)) {
            (false, false) => {}
            _ if write.is_late() || authorization.is_late() => return self.hangs(Verdict::PreflightHangs),
            (true, true) if !write.is_readable() => return fault(Verdict::PreflightRefused),
            (true, _) => return fault(Verdict::MethodRefused),
            (false, true) => return fault(Verdict::AuthorizationRefused),
        }
        match self.of(Probe::Json)? {
            finding if finding.is_readable() => Ok(()),
            finding if finding.is_late() => self.hangs(Verdict::PreflightHangs),
            _ => fault(Verdict::ContentTypeRefused),
        }
    }

    fn marks(&self) -> Climb {
        let Finding::Answer(response) = self.of(Probe::Read)? else { return Ok(()) };
        match MARKS.iter().all(|name| response.header(name).is_some()) {
            true => Ok(()),
            false if self.situation.is_own_site() => fault(Verdict::MarkerMissing),
            // From another site, what is missing and what is hidden look alike.
            false => fault(Verdict::HeadersNotExposed),
        }
    }

    fn provider(&self) -> Climb {
        let Some(goal) = &self.situation.goal else { return Ok(()) };
        if goal.has_read || self.found.iter().any(|step| step.probe == Probe::Provider) {
            match self.of(Probe::Provider)? {
                Finding::Answer(response) => self.answer(response)?,
                Finding::Silence(silence, _) => self.no_answer(silence)?,
                Finding::Held => return fault(Verdict::ProviderPaused),
                _ => {}
            }
        }
        if !goal.has_credential {
            return Ok(());
        }
        match self.of(Probe::Credential)? {
            Finding::Said(Some(Means::SignIn), _) => fault(Verdict::Token),
            Finding::Said(Some(Means::Fault), _) => fault(Verdict::ProviderDown),
            Finding::Said(Some(Means::Busy), _) => fault(Verdict::ProviderPaused),
            Finding::Silence(silence, _) => self.no_answer(silence),
            _ => Ok(()),
        }
    }

    fn no_answer(&self, silence: &NoAnswer) -> Climb {
        self.ended(silence)?;
        match (silence, self.situation.through) {
            (NoAnswer::TimedOut, _) => fault(Verdict::ProviderSlow),
            (NoAnswer::Redirected, _) => fault(Verdict::Redirects),
            (NoAnswer::CutBody { .. }, _) => fault(Verdict::CutShort),
            (_, Through::Nobody) => fault(Verdict::ProviderClosed),
            _ => fault(Verdict::ProviderSilent),
        }
    }

    fn answer(&self, response: &Response) -> Climb {
        let is_down = response.status >= 500;
        match self.voice(response) {
            Voice::Relay { code, .. } => match code.as_deref() {
                code if shut(code).is_err() => shut(code),
                Some("target_not_allowed") => fault(Verdict::TargetNotAllowed),
                Some("method_not_allowed") => fault(Verdict::MethodRefused),
                Some("upstream_unreachable") => fault(Verdict::ProviderUnreachable),
                Some("upstream_timeout") => fault(Verdict::ProviderSlow),
                _ if is_down => fault(Verdict::ProxyDown),
                _ => Ok(()),
            },
            // Who wants a credential was reached, however the refusal looks.
            Voice::WebPage if !self.situation.between.marks() && matches!(response.status, 401 | 403) => {
                Ok(())
            }
            Voice::WebPage => fault(Verdict::WebPage),
            Voice::Stranger => fault(Verdict::MarkerMissing),
            Voice::Provider if is_down => fault(Verdict::ProviderDown),
            // A proxy's own error may look like anything but the data of a provider.
            Voice::Unknown if is_down || is_bare_refusal(response) => fault(Verdict::SomebodyDown),
            _ => Ok(()),
        }
    }

    fn voice(&self, response: &Response) -> Voice {
        Voice::of(response, &self.situation.between, &|_| false)
    }
}

/// It says no without a word that a program could read; and not for want of a credential or of time.
fn is_bare_refusal(response: &Response) -> bool {
    response.status >= 400 && !matches!(response.status, 401 | 403 | 429) && response.json().is_none()
}

/// By which our relay says on each answer whose it is.
pub(super) const MARKS: [&str; 3] = ["X-Relay", "X-Relay-Source", "X-Relay-Sent"];

/// Network Authentication Required: only a network says so (RFC 6585).
const PORTAL: u16 = 511;
