//! Where people sign in before a relay that has the tokens.

use std::io;
use std::sync::{Arc, Mutex};

use crate::answer::{Answer, Did};
use crate::http::Wire;
use crate::listening::{Listening, lock};
use crate::request::Request;

/// A sign-in as oauth2-proxy answers: yes to those who have its cookie, and to each other word in it what it says.
pub struct Door {
    heard: Arc<Mutex<String>>,
    listening: Listening,
}

impl Door {
    pub fn open() -> io::Result<Door> {
        let heard = Arc::<Mutex<String>>::default();
        let log = heard.clone();
        let listening = Listening::start(0, move |stream| {
            let mut wire = Wire::new(stream);
            if let Ok(request) = wire.hear() {
                lock(&log).push_str(&String::from_utf8_lossy(&request.raw));
                // Whoever asked may be gone.
                _ = wire.say(&answer(&request), &request.method, false, true);
            }
            wire.close();
        })?;
        Ok(Door { heard, listening })
    }

    pub fn address(&self) -> String {
        self.listening.address().to_string()
    }

    /// All that it was asked, byte for byte.
    pub fn heard(&self) -> String {
        lock(&self.heard).clone()
    }
}

fn answer(request: &Request) -> Answer {
    let cookie = request.header("Cookie").unwrap_or_default();
    let status = match () {
        () if cookie.contains("door=open") || request.target.starts_with("/oauth2/start") => 202,
        () if cookie.contains("door=others") => 403,
        () if cookie.contains("door=broken") => 500,
        () if cookie.contains("door=elsewhere") => 302,
        () => 401,
    };
    Answer::empty(Did::Read, status).with("Set-Cookie", "door=open")
}
