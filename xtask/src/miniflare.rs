//! Our relay as a Worker, running in Cloudflare's own simulator, for the tests.

use std::{fs, net::SocketAddr, path::Path};

use memberdesk::relay::{Listen, Program, Relay};

use crate::{
    daemon::Daemon,
    process::{command, root},
    tools::proxies_folder,
};

/// Stops when it is dropped.
#[derive(Debug)]
pub struct Worker(Daemon);

impl Worker {
    /// Starts it in a folder of its own and waits until it accepts connections. How many requests one visitor may make
    /// is counted by the minute.
    pub fn start(relay: &Relay, folder: &Path) -> Result<Self, String> {
        let Listen::Plain(address) = relay.listen else {
            return Err("A relay for tests listens without TLS.".to_owned());
        };
        let script = folder.join("worker.mjs");
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&script, relay.bare(Program::Worker)))
            .map_err(|error| format!("{}: {error}.", script.display()))?;
        let mut node = command("node");
        node.arg(root().join("xtask/tools/proxies/worker.cjs"))
            .arg(proxies_folder().join("node_modules"))
            .arg(script)
            .arg(address.port().to_string())
            .arg((relay.limits.requests_per_second * 60).to_string());
        Ok(Self(Daemon::start(node, address, folder)?))
    }

    pub fn address(&self) -> SocketAddr {
        self.0.address()
    }

    /// All that it printed.
    pub fn logs(&self) -> String {
        self.0.output()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // It has a program of its own to stop.
        self.0.ask_to_end();
    }
}
