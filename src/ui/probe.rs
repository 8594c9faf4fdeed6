//! Calls that hold no secret and change nothing, to learn whether a way leads anywhere.

use std::time::Duration;

use leptos::prelude::*;

use crate::browser::fetch::{self, Stop};
use crate::browser::{clock, document};
use crate::change::answer::Listener;
use crate::change::identity::Identity;
use crate::change::outgoing::Outgoing;
use crate::desk::way::Way;
use crate::provider::Provider;
use crate::transport::pace::{self, Rules};
use crate::transport::{Address, Between, Keyring, NoAnswer, Proxy, ProxyBase, Response, SignFault, Target};
use crate::words::Words;

use super::state::Desk;

/// What stands where a relay should.
pub enum Health {
    Relay,
    /// Something else answered, with this status.
    Other(u16),
    Silent(NoAnswer),
}

/// Asks what stands at this address whether it is a relay.
pub async fn health(desk: Desk, base: &ProxyBase) -> Health {
    let address = base.address().cloned().or_else(|| {
        let whole = document::address_of(&base.before_query())?;
        Address::parse(&whole).ok()
    });
    let target = Target { server: String::new(), address, typed: false };
    let answer = send(desk, &Outgoing::health(), &target, &Proxy::none()).await;
    match answer.unwrap_or(Err(NoAnswer::Failed)) {
        Ok(answer) if says_relay(&answer) => Health::Relay,
        Ok(answer) => Health::Other(answer.status),
        Err(silence) => Health::Silent(silence),
    }
}

/// The relay's own word, as our configuration of it makes it.
fn says_relay(answer: &Response) -> bool {
    let says = answer.json().is_some_and(|json| json.get("relay").is_some_and(|version| *version == 1));
    answer.status == 200 && says
}

/// Whether the file has a call that this can be done with.
pub fn can_reach(provider: &Provider, server: &str) -> bool {
    Outgoing::probe(provider, server).is_some()
}

/// Whether a provider answers this way, be it with a no. A file without a call for it is not reached.
pub async fn reach(desk: Desk, provider: &Provider, way: &Way) -> Result<(), Words> {
    let Some(outgoing) = Outgoing::probe(provider, &way.target.server) else { return Ok(()) };
    let rules = Rules::of(&provider.pace, &way.target.server, "");
    // The provider's pace counts these calls too.
    loop {
        let now = clock::moment().now;
        let wait = desk.calls.with_value(|calls| pace::wait(&rules, calls, now));
        if wait.is_zero() {
            desk.calls.update_value(|calls| calls.begin(&rules, now));
            break;
        }
        clock::pass(wait.min(Duration::from_secs(1))).await;
    }
    let answer = send(desk, &outgoing, &way.target, &way.proxy).await;
    let now = clock::moment().now;
    desk.calls.update_value(|calls| calls.end(&rules, now + 1));
    let answer = answer.map_err(|fault| fault.words(provider.secret_label(fault.secret())))?;
    let (identity, between) = (Identity::none(), Between::of(&way.proxy));
    let listener = Listener { provider, on: "sign_in", identity: &identity, between, now: now / 1000 };
    listener.unreached(&answer).map_or(Ok(()), |reason| Err(reason.words()))
}

/// With an empty keyring: whatever a call asks for, no secret can go along.
async fn send(
    desk: Desk,
    outgoing: &Outgoing,
    target: &Target,
    proxy: &Proxy,
) -> Result<Result<Response, NoAnswer>, SignFault> {
    let signed = outgoing.sign(target, proxy, &Keyring::default())?;
    let Some(stop) = Stop::new() else { return Ok(Err(NoAnswer::Failed)) };
    Ok(fetch::send(signed, desk.time_limit(), &stop).await)
}
