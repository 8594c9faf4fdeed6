//! A host with a page and a relay, which fails on demand in each way that hosts and proxies fail.
//!
//! The page is asked for by one name of this computer and the relay by another, so that for a browser they are two
//! sites. What the relay passes on goes nowhere: a provider that asks for a credential is played here.

use std::io::{self, Read};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::answer::{Answer, Did};
use crate::http::Wire;
use crate::listening::{Listening, lock};
use crate::request::Request;

/// The path of the relay; all else belongs to the page.
const RELAY: &str = "/relay/";

/// What is wrong with the relay, or with the whole host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    None,
    /// It takes a request and says nothing.
    BlackHole,
    /// The connection ends once the request was read.
    Cut,
    /// The connection is broken off with the request unread.
    Reset,
    /// The answer comes so late.
    Slow(Duration),
    /// Half of the body comes.
    Truncated,
    /// Everything is redirected elsewhere.
    Redirect(u16),
    /// No word on who may read.
    NoOrigin,
    WrongOrigin,
    /// The provider's word and the relay's, one after the other.
    DoubledOrigin,
    Preflight(u16),
    PreflightRedirect,
    PreflightHangs,
    NoPut,
    NoPatch,
    NoAuthorization,
    NoContentType,
    /// The marks are there, and browsers may not show them.
    Hidden,
    /// Something answers in JSON that is no relay.
    Unmarked,
    /// A web page answers in the place of the relay.
    Page,
    /// A web page with an error, as of a load balancer.
    BadGateway,
    /// The network answers everything itself, the page's own files too.
    Portal(u16),
    /// The relay answers the provider's calls by itself.
    Relay {
        status: u16,
        code: &'static str,
        sent: &'static str,
    },
    /// It answers everything so.
    Refuses {
        status: u16,
        code: &'static str,
    },
    /// The provider answers with this status.
    Provider(u16),
    /// The provider's answers come without a word on who may read.
    ProviderNoOrigin,
    /// The provider says nothing.
    ProviderHangs,
}

/// A running host. It stops when this is dropped.
pub struct Faults {
    inside: Arc<Inside>,
    listening: Listening,
}

struct Inside {
    /// The files of the page.
    folder: PathBuf,
    trouble: Mutex<Trouble>,
    config: Mutex<String>,
    log: Mutex<Vec<String>>,
}

impl Faults {
    /// On any free port, with the files of a page and what its `config.json` says.
    pub fn start(folder: &Path) -> io::Result<Faults> {
        let inside = Arc::new(Inside {
            folder: folder.to_path_buf(),
            trouble: Mutex::new(Trouble::None),
            config: Mutex::default(),
            log: Mutex::default(),
        });
        let own = inside.clone();
        // When the other side went away, nobody is left to be told.
        let listening = Listening::start(0, move |stream| _ = own.converse(stream))?;
        Ok(Faults { inside, listening })
    }

    pub fn port(&self) -> u16 {
        self.listening.address().port()
    }

    /// From now on.
    pub fn suffer(&self, trouble: Trouble) {
        *lock(&self.inside.trouble) = trouble;
    }

    /// What the owner of the page wrote.
    pub fn configure(&self, config: &str) {
        *lock(&self.inside.config) = config.to_string();
    }

    /// Everything that came to the relay since this was last asked, byte for byte.
    pub fn heard(&self) -> Vec<String> {
        std::mem::take(&mut *lock(&self.inside.log))
    }
}

impl Inside {
    /// One request for each connection: what happens to the next one is then not the last one's fault.
    fn converse(&self, mut stream: TcpStream) -> io::Result<()> {
        let trouble = *lock(&self.trouble);
        if trouble == Trouble::Reset && is_of_relay(begin(&stream)?.split(' ').nth(1)) {
            // What is closed with something unread is reset.
            return Ok(());
        }
        let mut wire = Wire::new(stream.try_clone()?);
        let Ok(request) = wire.hear() else { return Ok(()) };
        let is_for_relay = is_of_relay(Some(&request.target));
        if is_for_relay {
            lock(&self.log).push(String::from_utf8_lossy(&request.raw).into_owned());
        }
        let is_preflight = request.method == "OPTIONS";
        let is_of_provider = is_for_relay && !request.target.starts_with("/relay/healthz");
        match trouble {
            Trouble::BlackHole if is_for_relay => return wait(&mut stream, None),
            Trouble::PreflightHangs if is_preflight => return wait(&mut stream, None),
            Trouble::ProviderHangs if is_of_provider => return wait(&mut stream, None),
            Trouble::Slow(time) if is_for_relay => wait(&mut stream, Some(time))?,
            Trouble::Cut if is_for_relay => return Ok(()),
            _ => {}
        }
        let answer = match trouble {
            Trouble::Portal(status) => portal(status),
            trouble if is_for_relay => relay(&request, trouble),
            _ => self.page(&request),
        };
        let whole = !(is_for_relay && trouble == Trouble::Truncated);
        wire.say(&answer, &request.method, false, whole)?;
        wire.close();
        Ok(())
    }

    fn page(&self, request: &Request) -> Answer {
        let path = request.target.split('?').next().unwrap_or_default().trim_start_matches('/');
        if path == "config.json" {
            return Answer::empty(Did::Read, 200)
                .with("Content-Type", "application/json")
                .holding(lock(&self.config).clone().into_bytes());
        }
        let path = if path.is_empty() { "index.html" } else { path };
        let kind = match path.rsplit('.').next() {
            Some("html") => "text/html; charset=utf-8",
            Some("js") => "application/javascript",
            Some("css") => "text/css",
            Some("wasm") => "application/wasm",
            _ => "application/json",
        };
        let is_plain = path.split('/').all(|part| !part.is_empty() && part != "..");
        match std::fs::read(self.folder.join(path)) {
            Ok(bytes) if is_plain => Answer::empty(Did::Read, 200).with("Content-Type", kind).holding(bytes),
            _ => Answer::empty(Did::Refused, 404),
        }
    }
}

fn is_of_relay(path: Option<&str>) -> bool {
    path.is_some_and(|path| path.starts_with(RELAY))
}

/// The first line of what comes, left to be read again.
fn begin(stream: &TcpStream) -> io::Result<String> {
    let mut bytes = [0; 2048];
    let mut seen = 0;
    loop {
        let length = stream.peek(&mut bytes)?;
        let text = String::from_utf8_lossy(&bytes[..length]);
        // A line can come in pieces; where nothing more comes, or nothing more fits, this is all of it.
        match text.split_once('\n') {
            Some((line, _)) => return Ok(line.to_string()),
            None if length == 0 || length == bytes.len() => return Ok(text.into_owned()),
            None if length == seen => std::thread::sleep(Duration::from_millis(1)),
            None => seen = length,
        }
    }
}

/// Until the other side goes away, or for so long.
fn wait(stream: &mut TcpStream, time: Option<Duration>) -> io::Result<()> {
    stream.set_read_timeout(time)?;
    let mut bytes = [0; 512];
    loop {
        match stream.read(&mut bytes) {
            Ok(1..) => {}
            Ok(0) => return Err(io::ErrorKind::ConnectionAborted.into()),
            // The time is over.
            Err(_) => return Ok(()),
        }
    }
}

/// How the network of a hotel answers, whatever is asked for.
fn portal(status: u16) -> Answer {
    let answer = Answer::empty(Did::Refused, status)
        .with("Content-Type", "text/html; charset=utf-8")
        .holding(b"<!doctype html><title>Sign in to the network</title>".to_vec());
    if status == 302 { answer.with("Location", "http://127.0.0.1:9/sign-in") } else { answer }
}

fn relay(request: &Request, trouble: Trouble) -> Answer {
    let is_preflight = request.method == "OPTIONS";
    let is_health = request.target.starts_with("/relay/healthz");
    let answer = match trouble {
        Trouble::Page => return portal(200),
        Trouble::BadGateway => shared(request, portal(502)),
        Trouble::Redirect(status) => {
            shared(request, Answer::empty(Did::Read, status).with("Location", "/elsewhere"))
        }
        Trouble::Preflight(status) if is_preflight => shared(request, Answer::empty(Did::Refused, status)),
        Trouble::PreflightRedirect if is_preflight => {
            shared(request, Answer::empty(Did::Read, 301).with("Location", "/relay/elsewhere"))
        }
        Trouble::Unmarked => shared(request, json(200, "{\"ok\":true}")),
        Trouble::Refuses { status, code } if !is_preflight => own(request, status, code, "no"),
        Trouble::Relay { status, code, sent } if !is_preflight && !is_health => {
            own(request, status, code, sent)
        }
        Trouble::Provider(status) if !is_preflight && !is_health => {
            marked(request, json(status, "{\"message\":\"Something went wrong.\"}"), "upstream", "yes")
        }
        _ if is_preflight => marked(request, Answer::empty(Did::Read, 204), "proxy", "no"),
        _ if is_health => marked(request, json(200, "{\"relay\":1}"), "proxy", "no"),
        _ => marked(request, json(401, "{\"message\":\"A credential is needed.\"}"), "upstream", "yes"),
    };
    soured(answer, trouble, is_health)
}

fn json(status: u16, body: &str) -> Answer {
    Answer::empty(Did::Read, status)
        .with("Content-Type", "application/json")
        .holding(body.as_bytes().to_vec())
}

/// An error of the relay's own.
fn own(request: &Request, status: u16, code: &str, sent: &str) -> Answer {
    let body = format!("{{\"error\":{{\"source\":\"proxy\",\"code\":\"{code}\"}}}}");
    marked(request, json(status, &body), "proxy", sent)
}

fn marked(request: &Request, answer: Answer, source: &str, sent: &str) -> Answer {
    let answer = answer.with("X-Relay", "1").with("X-Relay-Source", source).with("X-Relay-Sent", sent);
    shared(request, answer)
}

/// As it should be for a browser.
fn shared(request: &Request, answer: Answer) -> Answer {
    answer
        .with("Access-Control-Allow-Origin", request.header("Origin").unwrap_or("*"))
        .with("Access-Control-Allow-Methods", "GET, PUT, PATCH, POST")
        .with("Access-Control-Allow-Headers", "Authorization, Content-Type, Accept")
        .with("Access-Control-Expose-Headers", "X-Relay, X-Relay-Source, X-Relay-Sent, Retry-After, Link")
        .with("Cache-Control", "no-store")
}

/// The same with what is wrong in its headers.
fn soured(mut answer: Answer, trouble: Trouble, is_health: bool) -> Answer {
    let mut leave = |name: &str| answer.headers.retain(|(own, _)| own != name);
    match trouble {
        Trouble::NoOrigin => leave("Access-Control-Allow-Origin"),
        Trouble::ProviderNoOrigin if !is_health => leave("Access-Control-Allow-Origin"),
        Trouble::Hidden => leave("Access-Control-Expose-Headers"),
        Trouble::WrongOrigin => {
            return answer.with("Access-Control-Allow-Origin", "https://elsewhere.example.com");
        }
        Trouble::DoubledOrigin => {
            answer.headers.push(("Access-Control-Allow-Origin".to_string(), "*".to_string()));
        }
        Trouble::NoPut => return answer.with("Access-Control-Allow-Methods", "GET, PATCH, POST"),
        Trouble::NoPatch => return answer.with("Access-Control-Allow-Methods", "GET, PUT, POST"),
        Trouble::NoAuthorization => {
            return answer.with("Access-Control-Allow-Headers", "Content-Type, Accept");
        }
        Trouble::NoContentType => {
            return answer.with("Access-Control-Allow-Headers", "Authorization, Accept");
        }
        _ => {}
    }
    answer
}

#[cfg(test)]
mod tests;
