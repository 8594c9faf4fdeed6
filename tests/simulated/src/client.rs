//! A plain HTTP client for the tests, over real connections.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};

use serde_json::Value;

pub(crate) struct Client {
    stream: TcpStream,
    pending: Vec<u8>,
}

#[derive(Debug)]
pub(crate) struct Got {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    /// The body ended where its length said.
    pub(crate) whole: bool,
}

impl Got {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers.find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("the answer is JSON")
    }
}

impl Client {
    pub(crate) fn connect(address: &str) -> Client {
        let stream = TcpStream::connect(address.trim_start_matches("http://")).expect("the server listens");
        Client { stream, pending: Vec::new() }
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) {
        self.stream.write_all(bytes).expect("the connection is open");
    }

    pub(crate) fn send(&mut self, method: &str, target: &str, headers: &[(&str, &str)], body: Option<&str>) {
        let mut text = format!("{method} {target} HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        for (name, value) in headers {
            text += &format!("{name}: {value}\r\n");
        }
        if let Some(body) = body {
            text += &format!("Content-Length: {}\r\n", body.len());
        }
        self.write(format!("{text}\r\n{}", body.unwrap_or_default()).as_bytes());
    }

    /// None if the connection is closed before an answer.
    pub(crate) fn receive(&mut self) -> Option<Got> {
        let (head, status, headers) = loop {
            let mut headers = [httparse::EMPTY_HEADER; 64];
            let mut parsed = httparse::Response::new(&mut headers);
            if let httparse::Status::Complete(head) = parsed.parse(&self.pending).expect("the answer is HTTP")
            {
                let headers = parsed.headers.iter().map(|header| {
                    (header.name.to_string(), String::from_utf8_lossy(header.value).into_owned())
                });
                break (head, parsed.code?, headers.collect::<Vec<_>>());
            }
            if !self.fill() {
                return None;
            }
        };
        let mut got = Got { status, headers, body: Vec::new(), whole: true };
        let length: usize =
            got.header("Content-Length").map_or(0, |length| length.parse().expect("a length"));
        while self.pending.len() < head + length && self.fill() {}
        got.whole = self.pending.len() >= head + length;
        let end = self.pending.len().min(head + length);
        got.body = self.pending[head..end].to_vec();
        self.pending.drain(..end);
        Some(got)
    }

    #[track_caller]
    pub(crate) fn ask(
        &mut self,
        method: &str,
        target: &str,
        headers: &[(&str, &str)],
        body: Option<&str>,
    ) -> Got {
        self.send(method, target, headers, body);
        self.receive().expect("the server answers")
    }

    /// True once the server has closed the connection.
    pub(crate) fn is_closed(&mut self) -> bool {
        !self.fill()
    }

    pub(crate) fn hang_up(self) {
        let _ = self.stream.shutdown(Shutdown::Both);
    }

    fn fill(&mut self) -> bool {
        let mut bytes = [0; 4096];
        match self.stream.read(&mut bytes) {
            Ok(length @ 1..) => {
                self.pending.extend_from_slice(&bytes[..length]);
                true
            }
            _ => false,
        }
    }
}
