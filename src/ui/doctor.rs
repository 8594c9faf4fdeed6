//! Carries out the doctor's probes.

use std::pin::Pin;
use std::sync::Arc;

use crate::browser::fetch::{self, Stop};
use crate::browser::{clock, document, network};
use crate::change::answer::Reason;
use crate::change::outgoing::Outgoing;
use crate::desk::origin;
use crate::desk::way::Way;
use crate::doctor::{
    Diagnosis, Finding, Goal, Guise, LocalNetwork, Next, Probe, Situation, Step, Through, next,
};
use crate::provider::Provider;
use crate::provider::explain::Means;
use crate::provider::sign_in::{Scheme, SignIn};
use crate::relay::{request_headers, response_headers};
use crate::transport::pace::{self, Rules};
use crate::transport::{Between, Keyring, NoAnswer, Proxy, ProxyBase, ProxyFault, Target};
use crate::words::{Words, say};

use leptos::prelude::*;

use super::call::call_within;
use super::live::later;
use super::session::Session;
use super::state::{Desk, page};

/// The way to one server of a provider, to be looked at.
#[derive(Clone)]
pub struct Patient {
    pub desk: Desk,
    pub provider: Arc<Provider>,
    pub server: String,
    /// A connection whose credential can be asked about.
    pub connection: Option<Session>,
}

impl Patient {
    /// The first fault on the way, or that there is none. What is known already is not asked, and nothing is once
    /// nobody waits for it.
    pub async fn examine(&self, mut steps: Vec<Step>, is_awaited: &dyn Fn() -> bool) -> Option<Diagnosis> {
        let situation = self.situation();
        while is_awaited() {
            match next(&situation, &steps) {
                Next::Ask(probe) => steps.push(Step { probe, finding: self.ask(probe).await }),
                Next::Done(verdict) => return Some(Diagnosis { situation, steps, verdict }),
            }
        }
        None
    }

    /// The same with all that can be asked of the way to the proxy, even behind a fault.
    pub async fn complete(&self, found: Diagnosis) -> Diagnosis {
        let mut steps = found.steps;
        // What is not the relay is not asked to change anything.
        let is_relay = |step: &Step| matches!(&step.finding, Finding::Answer(answer) if answer.is_of_relay());
        let is_known = match found.situation.through {
            Through::Relay => steps.iter().any(|step| step.probe == Probe::Read && is_relay(step)),
            Through::Proxy => true,
            Through::Nobody | Through::Envelope | Through::Opaque => false,
        };
        if is_known && !steps.is_empty() {
            for probe in Probe::OF_PROXY {
                if !steps.iter().any(|step| step.probe == probe) {
                    steps.push(Step { probe, finding: self.ask(probe).await });
                }
            }
        }
        Diagnosis { steps, ..found }
    }

    /// Where two ways have the same proxy, what was found of it holds for both.
    pub fn proxy(&self) -> Proxy {
        let settings = self.desk.settings.get_untracked();
        self.desk
            .config
            .with_value(|config| origin::proxy(config, &settings, &self.provider.id, &self.server).value)
    }

    /// What the server is called, and whose it is; where the provider has no other, that alone.
    pub fn name(&self) -> String {
        let provider = &self.provider;
        let label = provider.places().find(|place| place.slug == self.server).map(|place| &place.label);
        match label {
            Some(label) if label.starts_with(&provider.name) => label.clone(),
            Some(label) if provider.places().count() > 1 => {
                say::settings_server(&provider.name, label).text()
            }
            _ => provider.name.clone(),
        }
    }

    /// The same in words.
    pub fn through(&self) -> Words {
        let proxy = self.proxy();
        match proxy.base() {
            None => say::settings_direct(),
            Some(_) => say::settings_through(proxy.name()),
        }
    }

    /// Nobody has said where the server is, so there is no way yet.
    pub fn is_open(&self) -> bool {
        match self.desk.way(&self.provider, &self.server) {
            // A relay of ours has no way there either.
            Ok(way) => way.target.address.is_none(),
            Err(fault) => matches!(fault, ProxyFault::NoAddress { .. }),
        }
    }

    fn way(&self) -> Option<Way> {
        self.desk.way(&self.provider, &self.server).ok()
    }

    fn situation(&self) -> Situation {
        let (proxy, way) = (self.proxy(), self.way());
        let address = way.as_ref().and_then(|way| way.target.address.clone());
        let place = match proxy.base() {
            Some(base) => base.address().cloned(),
            None => address.clone(),
        };
        Situation {
            page: page(),
            online: network::is_online(),
            through: Through::of(&proxy),
            between: Between::of(&proxy),
            place,
            guise: self.guise(),
            reads: reads(&self.provider, &proxy),
            impossible: way.is_none(),
            goal: Some(Goal {
                name: self.name(),
                server: self.server.clone(),
                address,
                has_read: Outgoing::probe(&self.provider, &self.server).is_some()
                    && !proxy.template().access_token,
                has_credential: self.connection.is_some_and(Session::can_test),
            }),
        }
    }

    /// What a probe has in common with a real change at this server.
    pub fn guise(&self) -> Guise {
        let provider = &self.provider;
        let is_reference = provider.names.as_ref().is_some_and(|place| place.slug == self.server);
        let held: Vec<&str> = provider.sign_in.iter().filter_map(credential).collect();
        let is_held = |name: &String| held.iter().any(|held| held.eq_ignore_ascii_case(name));
        let others = request_headers(provider, is_reference).into_iter().filter(|name| !is_held(name));
        let own = provider.credential().filter(|_| !is_reference).and_then(credential);
        Guise::of(&self.proxy(), provider.update.call.method, own, others)
    }

    async fn ask(&self, probe: Probe) -> Finding {
        match probe {
            Probe::Provider => self.ask_provider().await,
            Probe::Credential => match self.connection {
                Some(_) if self.is_held() => Finding::Held,
                Some(session) => test(session).await,
                None => Finding::Said(None, None),
            },
            Probe::Own => ask_own("config.json").await,
            _ => match self.address() {
                Some(address) => fetch::probe(&address, probe, &self.guise()).await,
                None => Finding::Silence(NoAnswer::BadAddress(String::new()), LocalNetwork::NoRule),
            },
        }
    }

    /// Where a probe of the proxy, or of the provider where there is none, goes.
    fn address(&self) -> Option<String> {
        let (proxy, query) = (self.proxy(), chance());
        match Through::of(&proxy) {
            Through::Nobody => Some([self.way()?.target.address?.as_str(), "/?", &query].concat()),
            Through::Relay => whole(proxy.base()?, &["/healthz?", &query].concat()),
            Through::Proxy => {
                // A host of files refuses to change its folder, which does no harm and can be read.
                let target = Target { server: String::new(), address: page(), typed: false };
                document::address_of(&proxy.url(&target, "/", &query).ok()?)
            }
            Through::Envelope => document::address_of(&[&proxy.base()?.before_query(), "?", &query].concat()),
            Through::Opaque => whole(proxy.base()?, ""),
        }
    }

    /// How fast the provider may be asked.
    fn rules(&self) -> Rules {
        Rules::of(&self.provider.pace, &self.server, "")
    }

    /// Whether the next call would be held back for longer than anybody looks.
    fn is_held(&self) -> bool {
        let now = clock::moment().now;
        let wait = self.desk.calls.with_value(|calls| pace::wait(&self.rules(), calls, now));
        wait > Probe::Credential.limit()
    }

    /// The harmless read of the provider, with an empty keyring: no secret can go along. It does not wait for its turn.
    async fn ask_provider(&self) -> Finding {
        let silence = |silence| Finding::Silence(silence, LocalNetwork::NoRule);
        let bad = || silence(NoAnswer::BadAddress(String::new()));
        let Some(way) = self.way() else { return bad() };
        let Some(outgoing) = Outgoing::probe(&self.provider, &self.server) else { return bad() };
        let Ok(signed) = outgoing.sign(&way.target, &way.proxy, &Keyring::default()) else { return bad() };
        let Some(stop) = Stop::new() else { return silence(NoAnswer::Failed) };
        let limit = Probe::Provider.limit();
        let paced = |wait: Option<u64>| {
            if wait.is_some() {
                stop.stop();
            }
        };
        match call_within(limit, self.desk, &self.provider, &self.rules(), signed, &stop, &paced).await {
            Ok(response) => Finding::Answer(response),
            Err(NoAnswer::Withdrawn) => Finding::Held,
            Err(why) => silence(why),
        }
    }
}

/// Whether a credential works; what takes too long goes on by itself.
async fn test(session: Session) -> Finding {
    let mut tested: Pin<Box<dyn Future<Output = Result<(), Reason>>>> = Box::pin(session.test_again());
    match clock::within(Probe::Credential.limit(), tested.as_mut()).await {
        Some(Ok(())) => Finding::Said(None, None),
        Some(Err(reason)) => told(&reason),
        None => {
            later(async move { _ = tested.await });
            Finding::Silence(NoAnswer::TimedOut, LocalNetwork::NoRule)
        }
    }
}

/// What a test of a credential that did not succeed tells of the way.
fn told(reason: &Reason) -> Finding {
    match reason.means {
        Means::SignIn | Means::Busy => Finding::Said(Some(reason.means), reason.status),
        Means::Fault if reason.status.is_some() && !reason.on_way => {
            Finding::Said(Some(Means::Fault), reason.status)
        }
        // With the credential nothing came back, and without it something did.
        Means::Fault if reason.status.is_none() && reason.on_way => {
            Finding::Silence(NoAnswer::Failed, LocalNetwork::NoRule)
        }
        _ => Finding::Held,
    }
}

/// A file of the page's own site, or the page itself.
pub async fn ask_own(file: &str) -> Finding {
    let address = document::address_of(&["./", file, "?", &chance()].concat()).unwrap_or_default();
    fetch::probe(&address, Probe::Own, &Guise::plain()).await
}

/// The header that a way to sign in puts the credential into.
fn credential(way: &SignIn) -> Option<&str> {
    match &way.scheme {
        Scheme::Bearer => Some("Authorization"),
        Scheme::ApiKey { header } => Some(header),
        Scheme::Exchange(_) => None,
    }
}

/// The headers that the page reads in an answer: the provider's, and by which the proxy says whose it is.
fn reads(provider: &Provider, proxy: &Proxy) -> Vec<String> {
    let template = proxy.template();
    let marks = template.marks.iter().flat_map(|marks| [&marks.source, &marks.sent]);
    response_headers(provider).into_iter().chain(marks.chain(&template.final_url).cloned()).collect()
}

fn whole(base: &ProxyBase, rest: &str) -> Option<String> {
    document::address_of(&[base.as_str(), rest].concat())
}

/// So that nobody on the way answers from memory.
fn chance() -> String {
    ["probe=", &clock::moment().dice.to_string()].concat()
}
