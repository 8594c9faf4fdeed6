//! A program that ends when we do.

use std::{
    io::{Read, Write},
    net::{Ipv4Addr, TcpStream},
    process::Command,
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    time::Duration,
};

/// Stopped by Ctrl-C, by the end of this process as far as the system tells it, and when dropped.
pub struct Child {
    child: std::process::Child,
    stop: Receiver<()>,
}

impl Child {
    pub fn start(mut command: Command) -> Result<Self, String> {
        let (sender, stop) = channel();
        ctrlc::set_handler(move || _ = sender.send(())).map_err(|error| format!("Ctrl-C: {error}."))?;
        let name = command.get_program().to_string_lossy().into_owned();
        let child = command.spawn().map_err(|error| format!("{name} could not be started: {error}."))?;
        Ok(Self { child, stop })
    }

    /// True once the page answers; false if somebody stopped it before.
    pub fn wait_for_page(&mut self, port: u16) -> Result<bool, String> {
        loop {
            if answers(port) {
                return Ok(true);
            }
            if self.has_stopped(Duration::from_millis(250))? {
                return Ok(false);
            }
        }
    }

    /// Until somebody stops it.
    pub fn wait(mut self) -> Result<(), String> {
        while !self.has_stopped(Duration::from_millis(250))? {}
        Ok(())
    }

    fn has_stopped(&mut self, wait: Duration) -> Result<bool, String> {
        match self.stop.recv_timeout(wait) {
            Ok(()) | Err(RecvTimeoutError::Disconnected) => return Ok(true),
            Err(RecvTimeoutError::Timeout) => {}
        }
        match self.child.try_wait() {
            Ok(None) => Ok(false),
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
