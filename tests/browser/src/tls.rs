//! A server whose certificate nobody vouches for.

use std::{
    fs,
    net::TcpStream,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use xtask::nginx::free_port;

use crate::browser::new_folder;

/// Running until it is dropped.
pub struct SelfSigned {
    port: u16,
    server: Child,
    folder: std::path::PathBuf,
}

impl SelfSigned {
    #[track_caller]
    pub fn start() -> SelfSigned {
        let folder = new_folder("tls");
        let port = free_port().expect("a port is free");
        let made = openssl(&[
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=localhost",
        ])
        .args(["-keyout", "key.pem", "-out", "certificate.pem"])
        .current_dir(&folder)
        .status();
        assert!(
            made.is_ok_and(|made| made.success()),
            "openssl makes a certificate; Debian's package is openssl"
        );
        let server = openssl(&["s_server", "-quiet", "-www", "-cert", "certificate.pem", "-key", "key.pem"])
            .args(["-accept", &port.to_string()])
            .current_dir(&folder)
            .spawn()
            .expect("openssl is installed");
        let own = SelfSigned { port, server, folder };
        let start = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(start.elapsed() < Duration::from_secs(10), "openssl listens at {port}");
            std::thread::sleep(Duration::from_millis(10));
        }
        own
    }

    pub fn address(&self) -> String {
        format!("https://localhost:{}", self.port)
    }
}

impl Drop for SelfSigned {
    fn drop(&mut self) {
        _ = self.server.kill();
        _ = self.server.wait();
        _ = fs::remove_dir_all(&self.folder);
    }
}

fn openssl(arguments: &[&str]) -> Command {
    let mut command = Command::new("openssl");
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}
