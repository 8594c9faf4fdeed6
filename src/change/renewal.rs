//! A credential that ends, and how another one is got while what it was exchanged for is still there.

use serde_json::Value as Json;

use crate::provider::Provider;
use crate::provider::sign_in::{Exchange, Life};
use crate::transport::{Binding, Keyring, Secret};

/// A token that ends within this time, in seconds, would end on its way.
const MARGIN: u64 = 60;

/// A credential that was given, and when it ends, in seconds since 1970.
pub struct Grant {
    pub secret: Secret,
    pub until: Option<u64>,
}

/// The exchange by which a credential can be got again: everything that it needs is still there.
pub fn exchange<'p>(provider: &'p Provider, keyring: &Keyring, binding: &Binding) -> Option<&'p Exchange> {
    let mut ways = provider.sign_in.iter().filter_map(|way| way.exchange());
    ways.find(|way| way.needs.iter().all(|need| keyring.has(binding, &need.key)))
}

/// Whether the credential has ended, or is about to.
pub fn is_due(provider: &Provider, keyring: &Keyring, binding: &Binding, now: u64) -> bool {
    let Some(way) = provider.credential() else { return false };
    let id = &way.way.id;
    !keyring.has(binding, id) || keyring.until(binding, id).is_some_and(|until| until <= now + MARGIN)
}

/// The credential in an answer. Its own word for how long it lives counts: a provider may hand out one that has
/// been in use for a while.
pub fn granted(way: &Exchange, answer: &Json, now: u64) -> Option<Grant> {
    let secret = way.gives.1.of(answer).and_then(Json::as_str).and_then(|text| Secret::parse(text).ok())?;
    let life = match &way.lives {
        Some(Life::Told(place)) => place.of(answer).and_then(Json::as_u64),
        Some(Life::For(time)) => Some(time.as_secs()),
        None => None,
    };
    let until = life.map(|life| now.saturating_add(life)).or_else(|| secret.expires());
    Some(Grant { secret, until })
}

#[cfg(test)]
mod tests;
