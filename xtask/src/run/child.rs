//! A program that ends when we do.

use std::{
    fs::File,
    io::{Read, Write},
    net::{Ipv4Addr, TcpStream},
    process::Command,
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    time::Duration,
};

use crate::quiet::{Stage, log};

/// How Trunk marks a fault. It waits for another change then.
const FAULT: &str = "ERROR";

/// Stopped by Ctrl-C, by the end of this process as far as the system tells it, and when dropped.
pub struct Child {
    child: std::process::Child,
    stop: Receiver<()>,
    /// All that it says.
    log: File,
    /// What it has said and was not shown yet: the first build is only of interest if it fails.
    unshown: String,
    is_shown: bool,
}

impl Child {
    pub fn start(mut command: Command) -> Result<Self, String> {
        let (sender, stop) = channel();
        ctrlc::set_handler(move || _ = sender.send(())).map_err(|error| format!("Ctrl-C: {error}."))?;
        let name = command.get_program().to_string_lossy().into_owned();
        let path = log(&mut command, "run")?;
        let log = File::open(&path).map_err(|error| format!("{}: {error}.", path.display()))?;
        let child = command.spawn().map_err(|error| format!("{name} could not be started: {error}."))?;
        Ok(Self { child, stop, log, unshown: String::new(), is_shown: false })
    }

    /// True once the page answers; false if somebody stopped it before.
    pub fn wait_for_page(&mut self, port: u16) -> Result<bool, String> {
        let mut stage = Stage::begin("Building the page");
        let mut failed = false;
        loop {
            if answers(port) {
                stage.end();
                self.hear(false);
                self.unshown.clear();
                self.is_shown = true;
                return Ok(true);
            }
            if self.has_stopped(Duration::from_millis(250))? {
                return Ok(false);
            }
            match self.is_shown {
                false => stage.go_on(),
                true if !failed => {
                    println!("\nThis is tried again after each change of a file. Ctrl-C stops it.")
                }
                true => {}
            }
            failed = self.is_shown;
        }
    }

    /// Until somebody stops it.
    pub fn wait(mut self) -> Result<(), String> {
        while !self.has_stopped(Duration::from_millis(250))? {}
        Ok(())
    }

    /// Shows what it says, after the first build or from its first fault on.
    fn hear(&mut self, has_ended: bool) {
        let mut bytes = Vec::new();
        // What cannot be read now is read the next time.
        _ = self.log.read_to_end(&mut bytes);
        self.unshown.push_str(&String::from_utf8_lossy(&bytes));
        self.is_shown |= has_ended || self.unshown.contains(FAULT);
        if self.is_shown {
            print!("{}", self.unshown);
            _ = std::io::stdout().flush();
            self.unshown.clear();
        }
    }

    fn has_stopped(&mut self, wait: Duration) -> Result<bool, String> {
        match self.stop.recv_timeout(wait) {
            Ok(()) | Err(RecvTimeoutError::Disconnected) => return Ok(true),
            Err(RecvTimeoutError::Timeout) => {}
        }
        let ended = self.child.try_wait();
        self.hear(matches!(ended, Ok(Some(_))));
        match ended {
            Ok(None) => Ok(false),
            // Ctrl-C reaches it too.
            Ok(Some(status)) if status.success() => Ok(true),
            Ok(Some(status)) => Err(format!("Trunk ended with {status}; what it says above tells why.")),
            Err(error) => Err(format!("Trunk: {error}.")),
        }
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        // It may have ended by itself, which is what we want.
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

fn answers(port: u16) -> bool {
    let ask = || -> std::io::Result<bool> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        write!(stream, "GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n")?;
        let mut start = [0; 12];
        stream.read_exact(&mut start)?;
        Ok(start.ends_with(b" 200"))
    };
    ask().unwrap_or(false)
}
