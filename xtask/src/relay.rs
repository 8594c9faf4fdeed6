//! The relay: the proxy that we recommend, as an nginx configuration made from the provider files.
//!
//! It passes what a provider file calls and nothing else, says on each answer whether the provider was reached
//! (`X-Relay-Source`, `X-Relay-Sent`), repeats nothing, and writes neither paths nor headers to a log.
//! Nginx's core modules are enough. Starting nginx is not here, see `nginx`.

pub mod command;
mod config;
mod page;
mod passage;
mod upstream;

use std::{net::SocketAddr, path::PathBuf};

pub use config::nginx;
pub use upstream::{Address, Route, Upstream};

/// All that decides a relay. Fields may have any value that their types allow.
#[derive(Clone, Debug)]
pub struct Relay {
    pub listen: Listen,
    /// Where it stands on its host; begins and ends with a slash.
    pub base: String,
    /// The page, if the same server is to serve it.
    pub page: Option<Page>,
    /// Exact origins of pages that may use it.
    pub allowed_origins: Vec<String>,
    pub upstreams: Vec<Upstream>,
    pub limits: Limits,
    /// Nginx takes a relative path from its prefix folder.
    pub access_log: String,
    pub error_log: String,
}

#[derive(Clone, Debug)]
pub enum Listen {
    Plain(SocketAddr),
    Tls { server_name: String, certificate: String, key: String },
}

/// The folder that Trunk built, and its path on the host, which begins and ends with a slash.
#[derive(Clone, Debug)]
pub struct Page {
    pub folder: PathBuf,
    pub path: String,
    /// Whether nginx has the module that sends `.br` files.
    pub brotli: bool,
}

/// How much one visitor may do.
#[derive(Clone, Debug)]
pub struct Limits {
    pub requests_per_second: u32,
    pub burst: u32,
    pub parallel: u32,
    pub body_kibibytes: u32,
    pub answer_seconds: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { requests_per_second: 10, burst: 20, parallel: 8, body_kibibytes: 256, answer_seconds: 30 }
    }
}
