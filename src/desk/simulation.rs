use crate::transport::{Address, Kind};

use super::config::Config;
use super::settings::Settings;
use super::way::Way;

/// Whether nobody real is reached from this page, which was fetched from `page`: the owner says so, the owner's relay
/// alone decides where a call goes, and the person chose no way that leads elsewhere.
pub fn is_simulated(config: &Config, settings: &Settings, page: &Address) -> bool {
    is_said(config, page)
        && config.proxies.all().all(|proxy| matches!(proxy.kind(), Kind::PathMap { .. }))
        && (config.locks_proxy || settings.proxy.is_none())
        && settings.servers.iter().all(|(_, address)| address.is_loopback())
}

/// Whether this way leads to a server that the owner names and calls simulated.
pub fn leads_to_simulated(config: &Config, way: &Way, page: &Address) -> bool {
    let Way { target, proxy } = way;
    let mut named = config.servers.iter();
    let is_named = named.any(|(slug, own)| *slug == target.server && target.address.as_ref() == Some(own));
    let keeps_to_it = match proxy.kind() {
        Kind::None => true,
        // It alone decides where a call goes, and the owner's word is about the owner's.
        Kind::PathMap { .. } => config.proxies.all().any(|own| own.key() == proxy.key()),
        // What is this machine to a proxy elsewhere is not this one.
        Kind::Prefix { base }
        | Kind::Query { base, .. }
        | Kind::Envelope { base }
        | Kind::Header { base, .. } => base.address().is_none_or(Address::is_loopback),
    };
    is_said(config, page) && is_named && keeps_to_it
}

/// The owner says it, and of this machine: a page that was put up elsewhere with the same file has other neighbours.
fn is_said(config: &Config, page: &Address) -> bool {
    config.simulated && page.is_loopback()
}

#[cfg(test)]
mod tests;
