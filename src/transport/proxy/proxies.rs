//! Which proxy leads to which server.

use super::Proxy;

/// The configured proxies: one for all, and exceptions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proxies {
    pub default: Proxy,
    /// Servers and providers, by their names, and the proxy for each.
    pub exceptions: Vec<(String, Proxy)>,
}

impl Proxies {
    /// The server's own, else the provider's, else the one for all.
    pub fn of(&self, provider: &str, server: &str) -> &Proxy {
        self.exception(provider, server).unwrap_or(&self.default)
    }

    /// The same where it is not the one for all.
    pub fn exception(&self, provider: &str, server: &str) -> Option<&Proxy> {
        let named = |name: &str| self.exceptions.iter().find(|(own, _)| own == name).map(|(_, proxy)| proxy);
        named(server).or_else(|| named(provider))
    }

    pub fn all(&self) -> impl Iterator<Item = &Proxy> {
        self.exceptions.iter().map(|(_, proxy)| proxy).chain([&self.default])
    }
}
