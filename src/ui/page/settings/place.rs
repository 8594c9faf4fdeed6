use std::sync::Arc;

use leptos::prelude::*;

use crate::desk::config::Config;
use crate::desk::origin::{self, Origin};
use crate::desk::settings::Settings;
use crate::desk::way::Way;
use crate::provider::Provider;
use crate::provider::server::Server;
use crate::transport::{Address, Kind, ProxyFault};
use crate::ui::state::Desk;
use crate::words::{Words, say};

/// A server that is offered, and the address that is typed for it.
#[derive(Clone)]
pub struct Place {
    pub provider: Arc<Provider>,
    pub server: Server,
    pub text: RwSignal<String>,
}

impl Place {
    pub fn label(&self) -> Words {
        let (provider, server) = (self.provider.name.as_str(), self.server.label.as_str());
        // A server may have the provider's name in its own.
        if server.starts_with(provider) {
            Words::from(server)
        } else {
            say::settings_server(provider, server)
        }
    }

    /// Only the person or the owner knows where it is.
    pub fn is_asked(&self) -> bool {
        self.server.address.is_none()
    }

    /// The owner says where it is.
    pub fn is_named(&self, config: &Config) -> bool {
        let own = |(slug, _): &(String, Address)| *slug == self.server.slug;
        config.servers.iter().any(own)
    }

    /// Where it is and who decided it, as far as that is decided here; nothing if nobody has said it yet.
    pub fn address(&self, config: &Config, settings: &Settings) -> Option<(Words, Option<Origin>)> {
        match self.way(config, settings) {
            Err(ProxyFault::NoAddress { .. }) => None,
            Err(fault) => Some((fault.words(), None)),
            Ok(way) if matches!(way.proxy.kind(), Kind::PathMap { .. }) => {
                Some((say::settings_proxy_decides(), None))
            }
            Ok(_) => {
                let address = origin::address(config, settings, &self.provider, &self.server.slug)?;
                Some((Words::from(address.value.as_str()), Some(address.origin)))
            }
        }
    }

    /// The same in words alone; of a simulated server, that it is one.
    pub fn whereabouts(&self, desk: Desk, settings: &Settings) -> Option<Words> {
        let way = desk.config.with_value(|config| self.way(config, settings));
        if way.is_ok_and(|way| desk.leads_to_simulated(&way)) {
            return Some(say::settings_simulated_here());
        }
        desk.config.with_value(|config| self.address(config, settings)).map(|(words, _)| words)
    }

    pub fn way(&self, config: &Config, settings: &Settings) -> Result<Way, ProxyFault> {
        Way::find(config, settings, &self.provider, &self.server.slug)
    }
}
