//! A request on its way from a proxy to where it is meant for.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::answer::{Answer, Did};
use crate::request::Request;

/// Longer than any server here takes, and no proxy is stuck for good.
const LONGEST: Duration = Duration::from_secs(30);

/// Headers that are about one connection, or that a proxy keeps to itself.
const OWN: [&str; 6] =
    ["host", "connection", "content-length", "transfer-encoding", "accept-encoding", "cookie"];

pub(super) struct Onward {
    pub(super) method: String,
    pub(super) address: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Onward {
    pub(super) fn of(request: &Request, address: &str) -> Onward {
        Onward {
            method: request.method.clone(),
            address: address.to_owned(),
            headers: request.headers.iter().filter(|(name, _)| !is_own(name)).cloned().collect(),
            body: request.body.clone(),
        }
    }

    /// A mere look at where a redirect leads, with everything that the first request had but its body.
    pub(super) fn looking_at(self, place: &str) -> Onward {
        let address = match place.strip_prefix('/') {
            Some(path) => [self.site(), "/", path].concat(),
            None => place.to_owned(),
        };
        Onward { method: "GET".to_owned(), address, body: Vec::new(), ..self }
    }

    fn site(&self) -> &str {
        let start = self.address.find("://").map_or(0, |at| at + 3);
        let end = self.address[start..].find('/').map_or(self.address.len(), |at| start + at);
        &self.address[..end]
    }

    /// The whole answer, without what it says to browsers: that is the proxy's to say.
    pub(super) fn send(&self) -> io::Result<Answer> {
        let bad = || io::Error::from(io::ErrorKind::InvalidData);
        let host = self.site().strip_prefix("http://").ok_or_else(bad)?;
        let path = &self.address[self.site().len()..];
        let mut head = format!("{} {} HTTP/1.1\r\nHost: {host}\r\n", self.method, path_or_root(path));
        for (name, value) in &self.headers {
            head += &format!("{name}: {value}\r\n");
        }
        if self.method != "GET" {
            head += &format!("Content-Length: {}\r\n", self.body.len());
        }
        let mut stream = TcpStream::connect(host)?;
        stream.set_read_timeout(Some(LONGEST))?;
        stream.write_all(format!("{head}Connection: close\r\n\r\n").as_bytes())?;
        stream.write_all(&self.body)?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        read(&bytes).ok_or_else(bad)
    }
}

fn path_or_root(path: &str) -> &str {
    if path.is_empty() { "/" } else { path }
}

fn is_own(name: &str) -> bool {
    OWN.iter().any(|own| own.eq_ignore_ascii_case(name))
}

/// None if it broke off.
fn read(bytes: &[u8]) -> Option<Answer> {
    let mut headers = [httparse::EMPTY_HEADER; 64];
    let mut parsed = httparse::Response::new(&mut headers);
    let httparse::Status::Complete(length) = parsed.parse(bytes).ok()? else { return None };
    let body = bytes[length..].to_vec();
    let mut answer = Answer::empty(Did::Read, parsed.code?);
    for header in parsed.headers.iter() {
        let value = String::from_utf8_lossy(header.value).into_owned();
        let told: Option<usize> =
            header.name.eq_ignore_ascii_case("Content-Length").then(|| value.parse().ok()).flatten();
        if told.is_some_and(|told| told != body.len()) {
            return None;
        }
        let is_for_browsers = header.name.to_ascii_lowercase().starts_with("access-control-");
        if !is_own(header.name) && !is_for_browsers {
            answer.headers.push((header.name.to_owned(), value));
        }
    }
    Some(answer.holding(body))
}
