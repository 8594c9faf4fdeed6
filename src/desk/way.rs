use crate::provider::Face;
use crate::transport::{Kind, Proxy, ProxyFault, Target};

use super::config::Config;
use super::origin::{self, Origin};
use super::settings::Settings;

/// How one server of one provider is reached: where to, and through what.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    pub target: Target,
    pub proxy: Proxy,
}

impl Way {
    /// What is in force for a server: the person's settings before the owner's, the owner's before the file's.
    pub fn find(
        config: &Config,
        settings: &Settings,
        provider: &Face,
        server: &str,
    ) -> Result<Way, ProxyFault> {
        let proxy = origin::proxy(config, settings, &provider.id, server).value;
        let address = origin::address(config, settings, provider, server);
        let target = Target {
            server: server.to_string(),
            typed: address.as_ref().is_some_and(|address| address.origin == Origin::Person),
            address: address.map(|address| address.value),
        };
        // Whether it can work at all is known before anything is asked.
        proxy.url(&target, "/", "")?;
        Ok(Way { target, proxy })
    }

    /// Nobody stands between the page and the provider.
    pub fn is_direct(&self) -> bool {
        matches!(self.proxy.kind(), Kind::None)
    }

    /// A proxy on another site stands between: whoever runs it sees what passes.
    pub fn is_foreign(&self) -> bool {
        self.proxy.base().is_some_and(|base| base.address().is_some())
    }

    /// Nobody needs to be told anything of it before a secret goes there, and the first form asks what it always does.
    pub fn is_ordinary(&self) -> bool {
        let template = self.proxy.template();
        let asks = template.public || template.access_token || self.proxy.has_token();
        !asks && !self.is_in_clear() && !self.is_foreign()
    }

    /// Some part of the way is not encrypted, and it is not on this machine.
    pub fn is_in_clear(&self) -> bool {
        let base = self.proxy.base().and_then(|base| base.address());
        let target = self.target.address.as_ref();
        base.into_iter().chain(target).any(|address| address.is_http() && !address.is_loopback())
    }
}

#[cfg(test)]
mod tests;
