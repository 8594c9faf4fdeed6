//! A running Caddy with our relay, from any folder and without rights, for the tests.

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::Command,
};

use memberdesk::relay::{Listen, Program, Relay};

use crate::{daemon::Daemon, process::command};

/// Stops when it is dropped.
#[derive(Debug)]
pub struct Caddy {
    daemon: Daemon,
    folder: PathBuf,
}

impl Caddy {
    /// Starts it in a folder of its own and waits until it accepts connections.
    pub fn start(relay: &Relay, folder: &Path) -> Result<Self, String> {
        let Listen::Plain(address) = relay.listen else {
            return Err("A relay for tests listens without TLS.".to_owned());
        };
        Self::with(&relay.bare(Program::Caddy), address, folder)
    }

    /// The same with any configuration that listens there.
    pub fn with(config: &str, address: SocketAddr, folder: &Path) -> Result<Self, String> {
        let mut caddy = prepare("run", config, folder)?;
        caddy.env("HOME", folder).env("XDG_CONFIG_HOME", folder).env("XDG_DATA_HOME", folder);
        Ok(Self { daemon: Daemon::start(caddy, address, folder)?, folder: folder.to_owned() })
    }

    pub fn address(&self) -> SocketAddr {
        self.daemon.address()
    }

    /// Everything that it wrote to a log.
    pub fn logs(&self) -> String {
        fs::read_to_string(self.folder.join("relay.log")).unwrap_or_default() + &self.daemon.output()
    }
}

/// What Caddy finds wrong with a configuration.
pub fn check(config: &str, folder: &Path) -> Result<(), String> {
    let output = prepare("adapt", config, folder)?.output().map_err(|error| format!("caddy: {error}."))?;
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

fn prepare(what: &str, config: &str, folder: &Path) -> Result<Command, String> {
    let path = folder.join("Caddyfile");
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(&path, config))
        .map_err(|error| format!("{}: {error}.", path.display()))?;
    let mut caddy = command("caddy");
    caddy.args([what, "--adapter", "caddyfile", "--config"]).arg(path);
    Ok(caddy)
}
