//! HTTP/1.1 on one connection: bytes to requests, answers to bytes.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use crate::answer::Answer;
use crate::request::Request;

const MOST_HEADERS: usize = 100;
const MOST_HEAD: usize = 64 * 1024;
const MOST_BODY: usize = 4 * 1024 * 1024;

/// One connection, with the bytes that have arrived but were not asked for yet.
pub(crate) struct Wire {
    stream: TcpStream,
    pending: Vec<u8>,
}

/// Why no request could be read.
pub(crate) enum Silence {
    /// The other side is gone, or the connection was cut here.
    Closed,
    /// What came is not HTTP as servers accept it; this status is the answer to it.
    Malformed { status: u16, raw: Vec<u8> },
}

impl From<io::Error> for Silence {
    fn from(_: io::Error) -> Silence {
        Silence::Closed
    }
}

enum Framing {
    Length(usize),
    Chunked,
}

/// The head of a request, without the bytes it was read from.
struct Head {
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    minor: u8,
    length: usize,
}

impl Wire {
    pub(crate) fn new(stream: TcpStream) -> Wire {
        Wire { stream, pending: Vec::new() }
    }

    /// Waits for the next request on this connection.
    pub(crate) fn hear(&mut self) -> Result<Request, Silence> {
        let head = loop {
            match parse_head(&self.pending) {
                Ok(Some(head)) => break head,
                Ok(None) if self.pending.len() > MOST_HEAD => return Err(self.malformed(431)),
                Ok(None) => self.fill()?,
                Err(status) => return Err(self.malformed(status)),
            }
        };
        let framing = match head.framing() {
            Ok(framing) => framing,
            Err(status) => return Err(self.malformed(status)),
        };
        let waits = head.values("Expect").any(|value| value.eq_ignore_ascii_case("100-continue"));
        if waits && self.pending.len() == head.length {
            self.stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
        }
        let (body, end) = match framing {
            Framing::Length(length) => {
                let end = head.length + length;
                self.fill_to(end)?;
                (self.pending[head.length..end].to_vec(), end)
            }
            Framing::Chunked => self.chunks(head.length)?,
        };
        let rest = self.pending.split_off(end);
        let raw = std::mem::replace(&mut self.pending, rest);
        let keeps = head.keeps();
        Ok(Request { method: head.method, target: head.target, headers: head.headers, body, raw, keeps })
    }

    /// Writes an answer. Without `whole` the body stops half way; its length is announced all the same.
    pub(crate) fn say(
        &mut self,
        answer: &Answer,
        request_method: &str,
        keeps: bool,
        whole: bool,
    ) -> io::Result<()> {
        let mut bytes = format!("HTTP/1.1 {} {}\r\n", answer.status, phrase(answer.status)).into_bytes();
        for (name, value) in &answer.headers {
            bytes.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
        }
        if answer.status != 204 && answer.status != 304 {
            bytes.extend_from_slice(format!("Content-Length: {}\r\n", answer.body.len()).as_bytes());
        }
        if !keeps {
            bytes.extend_from_slice(b"Connection: close\r\n");
        }
        bytes.extend_from_slice(b"\r\n");
        if request_method != "HEAD" && answer.status != 204 && answer.status != 304 {
            let length = if whole { answer.body.len() } else { answer.body.len() / 2 };
            bytes.extend_from_slice(&answer.body[..length]);
        }
        self.stream.write_all(&bytes)
    }

    /// Closes so that the last answer is still read: unread bytes would otherwise reset the connection.
    pub(crate) fn close(mut self) {
        let _ = self.stream.shutdown(Shutdown::Write);
        let _ = self.stream.set_read_timeout(Some(Duration::from_millis(200)));
        let mut sink = [0; 4096];
        for _ in 0..64 {
            if !matches!(self.stream.read(&mut sink), Ok(1..)) {
                break;
            }
        }
        let _ = self.stream.shutdown(Shutdown::Both);
    }

    fn malformed(&mut self, status: u16) -> Silence {
        Silence::Malformed { status, raw: std::mem::take(&mut self.pending) }
    }

    fn fill(&mut self) -> Result<(), Silence> {
        let mut bytes = [0; 8192];
        match self.stream.read(&mut bytes)? {
            0 => Err(Silence::Closed),
            length => {
                self.pending.extend_from_slice(&bytes[..length]);
                Ok(())
            }
        }
    }

    fn fill_to(&mut self, length: usize) -> Result<(), Silence> {
        while self.pending.len() < length {
            self.fill()?;
        }
        Ok(())
    }

    /// The body without its framing, and where it ends in the pending bytes.
    fn chunks(&mut self, start: usize) -> Result<(Vec<u8>, usize), Silence> {
        let mut body = Vec::new();
        let mut at = start;
        loop {
            let (line, size) = match httparse::parse_chunk_size(&self.pending[at..]) {
                Ok(httparse::Status::Complete(found)) => found,
                Ok(httparse::Status::Partial) if self.pending.len() - at > MOST_HEAD => {
                    return Err(self.malformed(400));
                }
                Ok(httparse::Status::Partial) => {
                    self.fill()?;
                    continue;
                }
                Err(_) => return Err(self.malformed(400)),
            };
            at += line;
            let size = usize::try_from(size).unwrap_or(usize::MAX);
            if size > MOST_BODY - body.len() {
                return Err(self.malformed(413));
            }
            if size == 0 {
                return Ok((body, self.after_trailers(at)?));
            }
            self.fill_to(at + size + 2)?;
            body.extend_from_slice(&self.pending[at..at + size]);
            at += size + 2;
            if !self.pending[..at].ends_with(b"\r\n") {
                return Err(self.malformed(400));
            }
        }
    }

    /// Trailers mean nothing here; they end with an empty line.
    fn after_trailers(&mut self, mut at: usize) -> Result<usize, Silence> {
        loop {
            let rest = &self.pending[at..];
            match rest.windows(2).position(|pair| pair == b"\r\n") {
                Some(0) => return Ok(at + 2),
                Some(length) => at += length + 2,
                None if rest.len() > MOST_HEAD => return Err(self.malformed(431)),
                None => self.fill()?,
            }
        }
    }
}

/// None while the head is not complete; else the status for what is wrong with it.
fn parse_head(bytes: &[u8]) -> Result<Option<Head>, u16> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut parsed = httparse::Request::new(&mut headers);
    let length = match parsed.parse(bytes) {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(httparse::Error::TooManyHeaders) => return Err(431),
        Err(httparse::Error::Version) => return Err(505),
        Err(_) => return Err(400),
    };
    let (Some(method), Some(target), Some(minor)) = (parsed.method, parsed.path, parsed.version) else {
        return Err(400);
    };
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok(Some(Head {
        method: method.to_string(),
        target: target.to_string(),
        headers: parsed.headers.iter().map(|header| (header.name.to_string(), text(header.value))).collect(),
        minor,
        length,
    }))
}

impl Head {
    fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self.headers.iter().filter(move |(other, _)| other.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.as_str())
    }

    /// Two framings, or one that contradicts itself, are how requests are smuggled: refused.
    fn framing(&self) -> Result<Framing, u16> {
        if self.minor == 1 && self.values("Host").count() != 1 {
            return Err(400);
        }
        let mut codings = self.values("Transfer-Encoding");
        let mut lengths = self.values("Content-Length");
        match (codings.next(), lengths.next()) {
            (None, None) => Ok(Framing::Length(0)),
            (Some(coding), None) if codings.next().is_none() => {
                if coding.eq_ignore_ascii_case("chunked") {
                    Ok(Framing::Chunked)
                } else {
                    Err(501)
                }
            }
            (None, Some(length)) if lengths.next().is_none() => {
                let digits = !length.is_empty() && length.bytes().all(|byte| byte.is_ascii_digit());
                let length = length.parse::<usize>().unwrap_or(usize::MAX);
                match digits {
                    true if length <= MOST_BODY => Ok(Framing::Length(length)),
                    true => Err(413),
                    false => Err(400),
                }
            }
            _ => Err(400),
        }
    }

    fn keeps(&self) -> bool {
        let says = |word: &str| {
            let mut words = self.values("Connection").flat_map(|value| value.split(','));
            words.any(|other| other.trim().eq_ignore_ascii_case(word))
        };
        if self.minor == 1 { !says("close") } else { says("keep-alive") }
    }
}

fn phrase(status: u16) -> &'static str {
    match status {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        204 => "No Content",
        301 => "Moved Permanently",
        302 => "Found",
        304 => "Not Modified",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        409 => "Conflict",
        410 => "Gone",
        412 => "Precondition Failed",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        422 => "Unprocessable Content",
        423 => "Locked",
        428 => "Precondition Required",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        505 => "HTTP Version Not Supported",
        511 => "Network Authentication Required",
        _ => "Unknown",
    }
}
