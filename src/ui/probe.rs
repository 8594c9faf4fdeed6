//! Calls that hold no secret and change nothing, to learn whether a way leads anywhere.

use crate::browser::fetch::{self, Stop};
use crate::browser::{clock, document};
use crate::change::answer::Listener;
use crate::change::identity::Identity;
use crate::change::outgoing::Outgoing;
use crate::desk::way::Way;
use crate::provider::Provider;
use crate::transport::pace::Rules;
use crate::transport::{Address, Between, Keyring, NoAnswer, Proxy, ProxyBase, SignFault, Signed, Target};
use crate::words::{Words, say};

use super::call::call;
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
    let (Ok(signed), Some(stop)) = (bare(&Outgoing::health(), &target, &Proxy::none()), Stop::new()) else {
        return Health::Silent(NoAnswer::Failed);
    };
    // It is no provider's, so no pace counts it.
    match fetch::send(signed, desk.time_limit(), &stop).await {
        Ok(answer) if answer.is_of_relay() => Health::Relay,
        Ok(answer) => Health::Other(answer.status),
        Err(silence) => Health::Silent(silence),
    }
}

/// Whether the file has a call that this can be done with.
pub fn can_reach(provider: &Provider, server: &str) -> bool {
    Outgoing::probe(provider, server).is_some()
}

/// Whether a provider answers this way, be it with a no. A file without a call for it is not reached.
pub async fn reach(desk: Desk, provider: &Provider, way: &Way) -> Result<(), Words> {
    // Without its own secret it would only say that it wants one.
    if way.proxy.template().access_token {
        return Err(say::settings_test_later());
    }
    let Some(outgoing) = Outgoing::probe(provider, &way.target.server) else { return Ok(()) };
    let rules = Rules::of(&provider.pace, &way.target.server, "");
    let signed = bare(&outgoing, &way.target, &way.proxy)
        .map_err(|fault| fault.words(provider.secret_label(fault.secret())))?;
    let answer = match Stop::new() {
        Some(stop) => call(desk, provider, &rules, signed, &stop, &|_| ()).await,
        None => Err(NoAnswer::Failed),
    };
    let (identity, between) = (Identity::none(), Between::of(&way.proxy));
    let now = clock::moment().now / 1000;
    let listener = Listener { provider, on: "sign_in", identity: &identity, between, now };
    listener.unreached(&answer).map_or(Ok(()), |reason| Err(reason.words()))
}

/// With an empty keyring: whatever a call asks for, no secret can go along.
fn bare(outgoing: &Outgoing, target: &Target, proxy: &Proxy) -> Result<Signed, SignFault> {
    outgoing.sign(target, proxy, &Keyring::default())
}
