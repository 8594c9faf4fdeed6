//! A program that runs beside the tests and listens.

use std::{
    fs::{self, File},
    net::{SocketAddr, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// So long it may take to begin, on a machine that has other things to do.
const PATIENCE: Duration = Duration::from_secs(30);

/// Stops when it is dropped.
#[derive(Debug)]
pub struct Daemon {
    child: Child,
    address: SocketAddr,
    output: PathBuf,
}

impl Daemon {
    /// Starts it and waits until it accepts connections. What it prints goes into a file of the folder.
    pub fn start(mut command: Command, address: SocketAddr, folder: &Path) -> Result<Self, String> {
        let name = command.get_program().to_string_lossy().into_owned();
        let output = folder.join("output.log");
        let file = fs::create_dir_all(folder).and_then(|()| File::create(&output));
        let file = file.and_then(|file| Ok((file.try_clone()?, file)));
        let (printed, complained) = file.map_err(|error| format!("{}: {error}.", output.display()))?;
        // A program that ends with its input does not outlive us, whatever becomes of us.
        command.stdin(Stdio::piped()).stdout(printed).stderr(complained);
        let child = command.spawn().map_err(|error| format!("{name} could not be started: {error}."))?;
        let mut daemon = Self { child, address, output };
        daemon.wait(&name)?;
        Ok(daemon)
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// All that it printed.
    pub fn output(&self) -> String {
        fs::read_to_string(&self.output).unwrap_or_default()
    }

    fn wait(&mut self, name: &str) -> Result<(), String> {
        let start = Instant::now();
        while TcpStream::connect(self.address).is_err() {
            if let Ok(Some(status)) = self.child.try_wait() {
                return Err(format!("{name} ended with {status}.\n{}", self.output()));
            }
            if start.elapsed() > PATIENCE {
                return Err(format!("{name} does not listen at {}.\n{}", self.address, self.output()));
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        Ok(())
    }

    /// Asks it to end by ending its input, for one that has programs of its own to stop.
    pub fn ask_to_end(&mut self) {
        drop(self.child.stdin.take());
        let start = Instant::now();
        while matches!(self.child.try_wait(), Ok(None)) && start.elapsed() < Duration::from_secs(5) {
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        // It may have ended by itself, which is what we want.
        _ = self.child.kill();
        _ = self.child.wait();
    }
}
