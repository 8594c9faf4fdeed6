//! Simulated providers: small servers on loopback that speak the providers' dialects strictly.
//!
//! They are written from what is known of the providers, never from `providers/*.json`,
//! so that a mistake there shows when the two meet.
//!
//! A provider is one file, with its records and what it reads beside it.
//! What all share: `http` (bytes), `listening` (connections), `server` (the log, faults), `pace` (rate limits), `crowd` (people).
//! `faults` is no provider: a host with a relay that fails on demand.
//! `door` is a sign-in, for relays that let in only whom it knows.
//! `proxies` has small servers that speak the dialects of known proxies, and pass requests on.
//! Deliberately not here: TLS, async, and our own relay.

pub mod aitable;
pub mod arguments;
pub mod crowd;
pub mod faults;
pub mod flashapply;
pub mod proxies;
pub mod symbl;
pub mod toluna;
pub mod webex;

mod answer;
mod base64url;
mod clock;
mod door;
mod fault;
mod http;
mod listening;
mod pace;
mod record;
mod request;
mod server;
mod strict;

#[cfg(test)]
mod client;

pub use door::Door;
pub use fault::{Canned, Effect, Fault, Hold, On};
pub use record::{Arrived, Counters};
pub use server::Server;

/// The ports to listen on; 0 takes any free one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ports {
    pub webex: u16,
    pub aitable: u16,
    pub symbl: u16,
    pub flashapply: u16,
    pub toluna: u16,
    pub toluna_reference: u16,
}

/// All simulated providers, running. They stop when this is dropped.
pub struct Simulated {
    pub webex: Server,
    pub aitable: Server,
    pub symbl: Server,
    pub flashapply: Server,
    pub toluna: Server,
    pub toluna_reference: Server,
}

impl Simulated {
    pub fn start(ports: Ports) -> std::io::Result<Simulated> {
        Ok(Simulated {
            webex: Server::start(ports.webex, webex::seed)?,
            aitable: Server::start(ports.aitable, aitable::seed)?,
            symbl: Server::start(ports.symbl, symbl::seed)?,
            flashapply: Server::start(ports.flashapply, flashapply::seed)?,
            toluna: Server::start(ports.toluna, toluna::seed)?,
            toluna_reference: toluna::reference::start(ports.toluna_reference)?,
        })
    }

    /// Every server with its name, in the order in which a person is told of them.
    pub fn servers(&self) -> [(&'static str, &Server); 6] {
        [
            ("Webex", &self.webex),
            ("AITable", &self.aitable),
            ("Symbl.ai", &self.symbl),
            ("FlashApply", &self.flashapply),
            ("Toluna", &self.toluna),
            ("Toluna’s reference data", &self.toluna_reference),
        ]
    }
}
