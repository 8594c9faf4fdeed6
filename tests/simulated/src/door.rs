//! Where people sign in before a relay that has the tokens.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, PoisonError};

/// A sign-in as oauth2-proxy answers: yes to those who have its cookie, and to each other word in it what it says.
pub struct Door {
    address: SocketAddr,
    heard: Arc<Mutex<String>>,
}

impl Door {
    pub fn open() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free");
        let address = listener.local_addr().expect("it has an address");
        let heard = Arc::new(Mutex::new(String::new()));
        let log = heard.clone();
        // It ends with the test's process.
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let mut bytes = [0; 4096];
                let mut head = String::new();
                while !head.contains("\r\n\r\n") {
                    match stream.read(&mut bytes) {
                        Ok(many) if many > 0 => head.push_str(&String::from_utf8_lossy(&bytes[..many])),
                        _ => break,
                    }
                }
                let is_let_in = head.contains("door=open") || head.starts_with("GET /oauth2/start ");
                let status = match () {
                    () if is_let_in => "202 Accepted",
                    () if head.contains("door=others") => "403 Forbidden",
                    () if head.contains("door=broken") => "500 Internal Server Error",
                    () if head.contains("door=elsewhere") => "302 Found",
                    () => "401 Unauthorized",
                };
                log.lock().unwrap_or_else(PoisonError::into_inner).push_str(&head);
                let answer = format!(
                    "HTTP/1.1 {status}\r\nSet-Cookie: door=open\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                );
                // Whoever asked may be gone.
                _ = stream.write_all(answer.as_bytes());
            }
        });
        Self { address, heard }
    }

    pub fn address(&self) -> String {
        self.address.to_string()
    }

    pub fn heard(&self) -> String {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
