//! A running cors-anywhere, as its own server script sets it up: a proxy that others run, for the tests.

use std::{
    net::{Ipv4Addr, SocketAddr},
    path::Path,
};

use crate::{daemon::Daemon, nginx::free_port, process::command, tools::proxies_folder};

/// Stops when it is dropped.
#[derive(Debug)]
pub struct CorsAnywhere(Daemon);

impl CorsAnywhere {
    /// Starts it and waits until it accepts connections. Where it prints to is a folder of its own.
    pub fn start(folder: &Path) -> Result<Self, String> {
        Self::start_with(folder, &[])
    }

    /// The same with what its owner set.
    pub fn start_with(folder: &Path, settings: &[(&str, &str)]) -> Result<Self, String> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, free_port()?));
        let mut node = command("node");
        node.arg(proxies_folder().join("node_modules/cors-anywhere/server.js"))
            .env("HOST", address.ip().to_string())
            .env("PORT", address.port().to_string())
            .envs(settings.iter().copied());
        Daemon::start(node, address, folder).map(Self)
    }

    pub fn address(&self) -> SocketAddr {
        self.0.address()
    }
}
