//! What arrived at a server: every request, and what became of it.

use crate::request::Request;

/// One request as it came over the wire, and what became of it so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrived {
    /// Empty if the request could not be read as HTTP.
    pub method: String,
    /// The path and query as sent, still encoded.
    pub target: String,
    /// In the order and with the spelling in which they came.
    pub headers: Vec<(String, String)>,
    /// Without the framing of a chunked body.
    pub body: Vec<u8>,
    /// Head and body, byte for byte.
    pub raw: Vec<u8>,
    /// The status that was sent. None while the answer is out, and for good if the connection was cut.
    pub status: Option<u16>,
    /// The records were changed by it, whatever was answered.
    pub applied: bool,
    /// It was answered with a refusal, in the provider's own terms: a refusal may have status 200.
    pub refused: bool,
    /// It came faster than the provider lets its callers be.
    pub too_fast: bool,
}

impl Arrived {
    /// The first header of this name, in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers.find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    fn is_read(&self) -> bool {
        self.method == "GET"
    }

    fn is_write(&self) -> bool {
        matches!(self.method.as_str(), "PUT" | "POST" | "PATCH" | "DELETE")
    }
}

/// How often what happened since the start or the last reset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// GET requests that arrived.
    pub reads: usize,
    /// PUT, POST, PATCH and DELETE requests that arrived.
    pub writes: usize,
    /// Requests that changed the records.
    pub applied: usize,
    /// Requests answered with a refusal, be it the provider's or a fault's.
    pub refused: usize,
    /// Requests that came faster than the provider lets its callers be.
    pub too_fast: usize,
}

/// Names one entry of the log, also after a reset has removed it.
#[derive(Clone, Copy)]
pub(crate) struct Number(u64);

#[derive(Default)]
pub(crate) struct Log {
    first: u64,
    entries: Vec<Arrived>,
}

impl Log {
    pub(crate) fn add(&mut self, request: &Request) -> Number {
        self.push(Arrived {
            method: request.method.clone(),
            target: request.target.clone(),
            headers: request.headers.clone(),
            body: request.body.clone(),
            raw: request.raw.clone(),
            status: None,
            applied: false,
            refused: false,
            too_fast: false,
        })
    }

    /// What could not be read as a request leaves its bytes and the status that it got.
    pub(crate) fn add_malformed(&mut self, raw: Vec<u8>, status: u16) {
        self.push(Arrived {
            method: String::new(),
            target: String::new(),
            headers: Vec::new(),
            body: Vec::new(),
            raw,
            status: Some(status),
            applied: false,
            refused: true,
            too_fast: false,
        });
    }

    /// Writes to an entry. False if a reset has removed it while its request was in flight.
    pub(crate) fn settle(&mut self, number: Number, write: impl FnOnce(&mut Arrived)) -> bool {
        let place = number.0.checked_sub(self.first).and_then(|place| usize::try_from(place).ok());
        place.and_then(|place| self.entries.get_mut(place)).map(write).is_some()
    }

    pub(crate) fn clear(&mut self) {
        self.first += self.entries.len() as u64;
        self.entries.clear();
    }

    pub(crate) fn entries(&self) -> Vec<Arrived> {
        self.entries.clone()
    }

    pub(crate) fn counters(&self) -> Counters {
        let count = |wanted: fn(&Arrived) -> bool| self.entries.iter().filter(|entry| wanted(entry)).count();
        Counters {
            reads: count(Arrived::is_read),
            writes: count(Arrived::is_write),
            applied: count(|entry| entry.applied),
            refused: count(|entry| entry.refused),
            too_fast: count(|entry| entry.too_fast),
        }
    }

    fn push(&mut self, entry: Arrived) -> Number {
        self.entries.push(entry);
        Number(self.first + self.entries.len() as u64 - 1)
    }
}
