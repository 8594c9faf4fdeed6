//! What a verdict means for people: in words, who can mend it, and what to do next.

use crate::transport::query_value;
use crate::words::{Words, say};

use super::Diagnosis;
use super::guise::once;
use super::probe::{Finding, LocalNetwork, Step};
use super::situation::Through;
use super::verdict::Verdict;

/// Who can mend it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mender {
    Nobody,
    You,
    ProxyOwner,
    Provider,
    /// Whoever installed the page.
    PageOwner,
    Network,
}

/// A next step, as a button.
#[derive(Clone, Debug, PartialEq)]
pub enum Remedy {
    /// Somebody who looks at the place sees what a page may not.
    Open(String),
    Copy(Words, String),
    Settings,
    Again,
}

/// Where people sign in to a relay that keeps the credentials, as its configuration has it; they come back to the page.
const SIGN_IN: &str = "/oauth2/start?rd=";

const METHODS: &str = "Access-Control-Allow-Methods: GET, PUT, PATCH, POST";
/// Of the relay itself, whatever it is the way to.
const MARKS: [&str; 4] = ["X-Relay", "X-Relay-Source", "X-Relay-Sent", "X-Relay-Id"];

impl Diagnosis {
    fn provider(&self) -> Words {
        let goal = self.situation.goal.as_ref();
        goal.map_or_else(say::doctor_the_provider, |goal| Words::from(&goal.name))
    }

    /// What is asked first, at the beginning of a sentence.
    fn place(&self) -> Words {
        match self.situation.through {
            Through::Nobody => self.provider(),
            _ => say::doctor_the_proxy(),
        }
    }

    /// Somebody has forbidden this page the network of this computer, and where a name leads no page can see.
    fn is_kept_in(&self) -> bool {
        let is_denied = |step: &Step| matches!(step.finding, Finding::Silence(_, LocalNetwork::Denied));
        self.steps.iter().any(is_denied) && !self.situation.is_own_site()
    }

    /// The header that the credential goes in.
    pub(super) fn credential(&self) -> &str {
        self.situation.guise.credential.as_deref().unwrap_or_default()
    }

    /// The headers that a real change has, and that were tried.
    pub(super) fn headers(&self) -> String {
        self.situation.guise.headers.join(", ")
    }

    pub fn headline(&self) -> Words {
        match self.verdict {
            Verdict::Healthy => say::doctor_healthy(),
            Verdict::BadUrl => say::doctor_bad_url(),
            Verdict::MixedContent => say::doctor_mixed_content(),
            Verdict::Offline => say::doctor_offline(),
            Verdict::NoNetwork => say::doctor_no_network(),
            Verdict::CaptivePortal => say::doctor_captive_portal(),
            Verdict::Csp => say::doctor_csp(),
            Verdict::LocalNetworkDenied => say::doctor_local_network_denied(),
            Verdict::LocalNetworkAsks => say::doctor_local_network_asks(),
            Verdict::NoAnswer => say::doctor_no_answer(self.place()),
            Verdict::Unreachable => say::doctor_unreachable(self.place()),
            Verdict::SignInNeeded => say::doctor_sign_in_needed(),
            Verdict::SignInRefused => say::doctor_sign_in_refused(),
            Verdict::OriginRefused => say::doctor_origin_refused(self.place()),
            Verdict::MethodRefused => say::doctor_method_refused(),
            Verdict::AuthorizationRefused => say::doctor_authorization_refused(),
            Verdict::ContentTypeRefused => say::doctor_content_type_refused(),
            Verdict::PreflightRefused => say::doctor_preflight_refused(),
            Verdict::PreflightHangs => say::doctor_preflight_hangs(),
            Verdict::WebPage => say::doctor_web_page(),
            Verdict::Redirects => say::doctor_redirects(),
            Verdict::CutShort => say::doctor_cut_short(),
            Verdict::MarkerMissing => say::doctor_marker_missing(),
            Verdict::HeadersNotExposed => say::doctor_headers_not_exposed(),
            Verdict::ProxyBusy => say::doctor_proxy_busy(),
            Verdict::ProxyDown => say::doctor_proxy_down(),
            Verdict::TargetNotAllowed => say::doctor_target_not_allowed(self.provider()),
            Verdict::ProviderUnreachable => say::doctor_provider_unreachable(self.provider()),
            Verdict::ProviderSlow => say::doctor_provider_slow(self.provider()),
            Verdict::ProviderPaused => say::doctor_provider_paused(self.provider()),
            Verdict::ProviderDown => say::doctor_provider_down(self.provider()),
            Verdict::SomebodyDown => say::doctor_somebody_down(self.provider()),
            Verdict::ProviderSilent => say::doctor_provider_silent(self.provider()),
            Verdict::ProviderClosed => say::doctor_provider_closed(self.provider()),
            Verdict::Token => say::doctor_token(self.provider()),
        }
    }

    /// What it means. Where the evidence fits several causes, all of them.
    pub fn means(&self) -> Words {
        let (host, site) = (self.situation.host(), self.situation.site());
        match self.verdict {
            Verdict::Healthy => say::doctor_healthy_why(),
            Verdict::BadUrl => say::doctor_bad_url_why(),
            Verdict::MixedContent => say::doctor_mixed_content_why(host),
            Verdict::Offline => say::doctor_offline_why(),
            Verdict::NoNetwork => say::doctor_no_network_why(),
            Verdict::CaptivePortal => say::doctor_captive_portal_why(),
            Verdict::Csp => say::doctor_csp_why(host),
            Verdict::LocalNetworkDenied => say::doctor_local_network_denied_why(host),
            Verdict::LocalNetworkAsks => say::doctor_local_network_asks_why(host),
            Verdict::NoAnswer => say::doctor_no_answer_why(host),
            Verdict::Unreachable if self.is_kept_in() => say::doctor_unreachable_local_why(host),
            Verdict::Unreachable => say::doctor_unreachable_why(host),
            Verdict::SignInNeeded => say::doctor_sign_in_needed_why(host),
            Verdict::SignInRefused => say::doctor_sign_in_refused_why(host),
            Verdict::OriginRefused => say::doctor_origin_refused_why(host, site),
            Verdict::MethodRefused => say::doctor_method_refused_why(self.situation.guise.method.as_str()),
            Verdict::AuthorizationRefused => say::doctor_authorization_refused_why(self.credential()),
            Verdict::ContentTypeRefused => say::doctor_content_type_refused_why(self.headers()),
            Verdict::PreflightRefused => say::doctor_preflight_refused_why(),
            Verdict::PreflightHangs => say::doctor_preflight_hangs_why(),
            Verdict::WebPage => say::doctor_web_page_why(host),
            Verdict::Redirects => say::doctor_redirects_why(),
            Verdict::CutShort => say::doctor_cut_short_why(),
            Verdict::MarkerMissing => say::doctor_marker_missing_why(host),
            Verdict::HeadersNotExposed => say::doctor_headers_not_exposed_why(),
            Verdict::ProxyBusy => say::doctor_proxy_busy_why(),
            Verdict::ProxyDown => say::doctor_proxy_down_why(host),
            Verdict::TargetNotAllowed => say::doctor_target_not_allowed_why(self.provider()),
            Verdict::ProviderUnreachable => say::doctor_provider_unreachable_why(self.provider()),
            Verdict::ProviderSlow => say::doctor_provider_slow_why(self.provider()),
            Verdict::ProviderPaused => say::doctor_provider_paused_why(self.provider()),
            Verdict::ProviderDown => say::doctor_provider_down_why(self.provider(), self.status()),
            Verdict::SomebodyDown => say::doctor_somebody_down_why(self.status()),
            Verdict::ProviderSilent => say::doctor_provider_silent_why(self.provider()),
            Verdict::ProviderClosed => say::doctor_provider_closed_why(self.provider()),
            Verdict::Token => say::doctor_token_why(),
        }
    }

    pub fn mender(&self) -> Mender {
        match self.verdict {
            Verdict::Healthy => Mender::Nobody,
            Verdict::BadUrl
            | Verdict::MixedContent
            | Verdict::Offline
            | Verdict::CaptivePortal
            | Verdict::LocalNetworkDenied
            | Verdict::LocalNetworkAsks
            | Verdict::ProviderClosed
            | Verdict::ProxyBusy
            | Verdict::ProviderPaused
            | Verdict::SignInNeeded
            | Verdict::Token => Mender::You,
            Verdict::NoNetwork | Verdict::CutShort => Mender::Network,
            Verdict::Csp => Mender::PageOwner,
            Verdict::ProviderSlow | Verdict::ProviderDown | Verdict::SomebodyDown => Mender::Provider,
            _ if self.situation.through == Through::Nobody => Mender::Provider,
            _ => Mender::ProxyOwner,
        }
    }

    /// Who can mend it, in words.
    pub fn mender_words(&self) -> Option<Words> {
        match self.mender() {
            Mender::Nobody => None,
            Mender::You => Some(say::doctor_mends_you()),
            Mender::ProxyOwner => Some(say::doctor_mends_proxy()),
            Mender::Provider => Some(say::doctor_mends_provider(self.provider())),
            Mender::PageOwner => Some(say::doctor_mends_page()),
            Mender::Network => Some(say::doctor_mends_network()),
        }
    }

    /// What to do, the best first.
    pub fn remedies(&self) -> Vec<Remedy> {
        let open = || self.situation.place.as_ref().map(|place| Remedy::Open(place.as_str().to_string()));
        let line = |line: &str| Some(Remedy::Copy(say::doctor_copy_line(), line.to_string()));
        let site = self.situation.site();
        let mut origin = ["Access-Control-Allow-Origin: ", site].concat();
        if self.situation.guise.cookies {
            origin.push_str("\nAccess-Control-Allow-Credentials: true");
        }
        let headers = ["Access-Control-Allow-Headers: ", &self.headers()].concat();
        let read = MARKS.map(str::to_string).into_iter().chain(self.situation.reads.iter().cloned());
        let exposed = ["Access-Control-Expose-Headers: ", &once(read).join(", ")].concat();
        let again = Some(Remedy::Again);
        let settings = Some(Remedy::Settings);
        let all: Vec<Option<Remedy>> = match self.verdict {
            Verdict::BadUrl | Verdict::MixedContent => vec![settings],
            Verdict::ProviderClosed => vec![settings, again],
            Verdict::SignInNeeded | Verdict::SignInRefused => {
                let sign_in = [self.situation.host(), SIGN_IN, &query_value(&self.situation.back())].concat();
                vec![Some(Remedy::Open(sign_in)), again]
            }
            Verdict::Unreachable | Verdict::NoAnswer | Verdict::ProxyDown | Verdict::LocalNetworkAsks => {
                vec![open(), again]
            }
            Verdict::WebPage | Verdict::Redirects | Verdict::MarkerMissing => vec![open(), settings, again],
            Verdict::OriginRefused => {
                let copy = Remedy::Copy(say::doctor_copy_site(), site.to_string());
                vec![Some(copy), line(&origin), open(), again]
            }
            Verdict::MethodRefused => vec![line(METHODS), again],
            Verdict::AuthorizationRefused | Verdict::ContentTypeRefused => vec![line(&headers), again],
            Verdict::PreflightRefused | Verdict::PreflightHangs => {
                vec![line(&[&origin, METHODS, &headers].join("\n")), again]
            }
            Verdict::HeadersNotExposed => vec![line(&exposed), again],
            Verdict::Csp => {
                // The address alone: a whole directive would take the place of what stands there.
                vec![Some(Remedy::Copy(say::doctor_copy_connect(), self.situation.host().to_string())), again]
            }
            Verdict::TargetNotAllowed => {
                let address = self.situation.goal.as_ref().and_then(|goal| goal.address.as_ref());
                let copy = |address: &crate::transport::Address| {
                    Remedy::Copy(say::doctor_copy_provider(), address.origin().to_string())
                };
                vec![address.map(copy), again]
            }
            _ => vec![again],
        };
        all.into_iter().flatten().collect()
    }

    fn status(&self) -> usize {
        let status = self.steps.iter().rev().find_map(|step| match &step.finding {
            Finding::Answer(response) => Some(usize::from(response.status)),
            Finding::Said(_, status) => status.map(usize::from),
            _ => None,
        });
        status.unwrap_or_default()
    }
}
