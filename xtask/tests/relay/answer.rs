//! A client that sends what it is given, byte for byte, and an answer as it came.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
    /// Whether all came that was announced.
    pub is_whole: bool,
}

impl Answer {
    /// Sends one request on a connection of its own. The path goes out as it stands.
    pub fn to(address: SocketAddr, method: &str, path: &str, headers: &[&str], body: &str) -> Self {
        let mut stream = TcpStream::connect(address).expect("the relay listens");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a socket has a time limit");
        let headers: String = headers.iter().map(|header| format!("{header}\r\n")).collect();
        let length =
            if body.is_empty() { String::new() } else { format!("Content-Length: {}\r\n", body.len()) };
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{length}{headers}\r\n"
        );
        // A refusal may come before the whole body went out.
        _ = stream.write_all(format!("{head}{body}").as_bytes());
        let mut bytes = Vec::new();
        let mut part = vec![0; 64 * 1024];
        // Not every program closes the connection when it is asked to.
        while !is_complete(&bytes, method) {
            match stream.read(&mut part) {
                Ok(many) if many > 0 => bytes.extend_from_slice(&part[..many]),
                _ => break,
            }
        }
        Self::read(&bytes)
    }

    /// The only header of this name.
    #[track_caller]
    pub fn header(&self, name: &str) -> Option<&str> {
        let all = self.all(name);
        assert!(all.len() < 2, "{name} came twice: {all:?}");
        all.first().copied()
    }

    pub fn all(&self, name: &str) -> Vec<&str> {
        let same = |other: &&(String, String)| other.0.eq_ignore_ascii_case(name);
        self.headers.iter().filter(same).map(|(_, value)| value.as_str()).collect()
    }

    fn has(&self, name: &str) -> bool {
        !self.all(name).is_empty()
    }

    fn read(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(bytes.len());
        let head = String::from_utf8_lossy(&bytes[..end]);
        let body = bytes.get(end + 4..).unwrap_or_default();
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok());
        let headers: Vec<(String, String)> = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let chunked = headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("transfer-encoding"));
        let (body, is_whole) =
            if chunked { joined(body) } else { (body.to_owned(), is_as_long(&headers, body)) };
        let body = String::from_utf8_lossy(&body).into_owned();
        let status = status.unwrap_or_else(|| panic!("no status in “{head}”"));
        Self { status, headers, body, is_whole }
    }
}

/// Whether no more is to come. Without a length only the end of the connection tells.
fn is_complete(bytes: &[u8], method: &str) -> bool {
    if !bytes.windows(4).any(|four| four == b"\r\n\r\n") {
        return false;
    }
    let answer = Answer::read(bytes);
    let has_end = answer.has("content-length") || answer.has("transfer-encoding");
    method == "HEAD" || [204, 304].contains(&answer.status) || (has_end && answer.is_whole)
}

fn is_as_long(headers: &[(String, String)], body: &[u8]) -> bool {
    let length = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    length.is_none_or(|(_, length)| length.parse() == Ok(body.len()))
}

/// The chunks of a body without their sizes, and whether the last one came.
fn joined(mut body: &[u8]) -> (Vec<u8>, bool) {
    let mut whole = Vec::new();
    while let Some(end) = body.windows(2).position(|two| two == b"\r\n") {
        let size =
            std::str::from_utf8(&body[..end]).ok().and_then(|size| usize::from_str_radix(size, 16).ok());
        let size = size.expect("a chunk begins with its size");
        let Some(chunk) = body.get(end + 2..end + 2 + size) else { break };
        whole.extend_from_slice(chunk);
        if size == 0 {
            return (whole, true);
        }
        body = body.get(end + 2 + size + 2..).unwrap_or_default();
    }
    (whole, false)
}
