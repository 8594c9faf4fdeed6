//! Simulated providers: small servers on loopback that speak the providers' dialects strictly.
//!
//! They are written from what is known of the providers, never from `providers/*.json`,
//! so that a mistake there shows when the two meet.
//!
//! A provider is one file, here `webex` and `aitable`, with its records beside it.
//! What all share: `http` (bytes), `server` (connections, log, faults), `pace` (rate limits).
//! Deliberately not here: TLS, async, and any proxy.

pub mod aitable;
pub mod arguments;
pub mod webex;

mod answer;
mod fault;
mod http;
mod pace;
mod record;
mod request;
mod server;

#[cfg(test)]
mod client;

pub use fault::{Effect, Fault, Hold, On};
pub use record::{Arrived, Counters};
pub use server::Server;

/// The ports to listen on; 0 takes any free one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ports {
    pub webex: u16,
    pub aitable: u16,
}

/// All simulated providers, running. They stop when this is dropped.
pub struct Simulated {
    pub webex: Server,
    pub aitable: Server,
}

impl Simulated {
    pub fn start(ports: Ports) -> std::io::Result<Simulated> {
        Ok(Simulated {
            webex: Server::start(ports.webex, webex::seed)?,
            aitable: Server::start(ports.aitable, aitable::seed)?,
        })
    }

    /// Every server with its name, in the order in which a person is told of them.
    pub fn servers(&self) -> [(&'static str, &Server); 2] {
        [("Webex", &self.webex), ("AITable", &self.aitable)]
    }
}
