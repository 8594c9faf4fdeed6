use crate::transport::{Address, Kind, Proxy};

use super::config::Config;
use super::settings::Settings;
use super::way::Way;

/// Whether nobody real is reached from this page, which was fetched from `page`: the owner offers samples, all is on
/// this machine, and the proxies alone decide where a call goes.
pub fn is_simulated(config: &Config, settings: &Settings, page: &Address) -> bool {
    let is_here = |proxy: &Proxy| match proxy.kind() {
        Kind::PathMap { base } => base.address().unwrap_or(page).is_loopback(),
        _ => false,
    };
    let mut proxies = config.proxies.per_provider.iter().map(|(_, proxy)| proxy);
    !config.samples.is_empty()
        && config.servers.iter().all(|(_, address)| address.is_loopback())
        && is_here(&config.proxies.default)
        && proxies.all(is_here)
        && settings.proxy.is_none()
}

/// Whether the owner says that this way leads to a server on this machine, beside samples of it.
pub fn leads_to_simulated(config: &Config, way: &Way) -> bool {
    !config.samples.is_empty() && way.target.address.as_ref().is_some_and(Address::is_loopback)
}

#[cfg(test)]
mod tests;
