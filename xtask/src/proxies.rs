//! The programs that can be a relay, and whether they are here to be tried.

use std::{env, net::SocketAddr, path::Path};

use memberdesk::relay::{Program, Relay};

use crate::{
    caddy::Caddy,
    miniflare::Worker,
    nginx::Nginx,
    process::is_installed,
    tools::{Tool, has_node},
};

/// A relay that runs. It stops when it is dropped.
#[derive(Debug)]
pub enum Running {
    Nginx(Nginx),
    Caddy(Caddy),
    Worker(Worker),
}

impl Running {
    pub fn start(program: Program, relay: &Relay, folder: &Path) -> Result<Self, String> {
        match program {
            Program::Nginx => Nginx::start(relay, folder).map(Self::Nginx),
            Program::Caddy => Caddy::start(relay, folder).map(Self::Caddy),
            Program::Worker => Worker::start(relay, folder).map(Self::Worker),
        }
    }

    pub fn address(&self) -> SocketAddr {
        match self {
            Self::Nginx(nginx) => nginx.address(),
            Self::Caddy(caddy) => caddy.address(),
            Self::Worker(worker) => worker.address(),
        }
    }

    /// Everything that it wrote to a log.
    pub fn logs(&self) -> String {
        match self {
            Self::Nginx(nginx) => nginx.logs(),
            Self::Caddy(caddy) => caddy.logs(),
            Self::Worker(worker) => worker.logs(),
        }
    }
}

/// Whether a program is here. Where it cannot be installed its tests are left out, with a word; in CI they fail.
#[track_caller]
pub fn is_here(program: Program) -> bool {
    let is_here = match program {
        Program::Nginx => is_installed("nginx"),
        Program::Caddy => is_installed("caddy"),
        Program::Worker => has_npm_proxies(),
    };
    is_here || left_out(program.word())
}

/// Whether what comes from npm is here: miniflare and cors-anywhere.
pub fn has_npm_proxies() -> bool {
    has_node() && Tool::Proxies.is_present()
}

/// Says that something is not tried, which CI does not take for an answer.
#[track_caller]
pub fn left_out(name: &str) -> bool {
    assert!(!is_ci(), "{name} is not installed; `cargo xtask test` installs it where it can.");
    eprintln!(
        "{name} is not installed: nothing is tried with it. `cargo xtask test` installs it where it can."
    );
    false
}

/// Whether somebody relies on every test having run.
pub fn is_ci() -> bool {
    env::var_os("CI").is_some_and(|value| !value.is_empty())
}
