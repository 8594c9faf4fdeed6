//! An answer as a value, before it is put on the wire.

use serde_json::Value;

/// What the request did, as the provider sees it. Its HTTP status does not always tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Did {
    Read,
    Applied,
    Refused,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    pub(crate) did: Did,
}

impl Answer {
    pub(crate) fn json(did: Did, status: u16, body: &Value) -> Answer {
        Answer::empty(did, status)
            .with("Content-Type", "application/json;charset=UTF-8")
            .holding(body.to_string().into_bytes())
    }

    pub(crate) fn empty(did: Did, status: u16) -> Answer {
        Answer { status, headers: Vec::new(), body: Vec::new(), did }
    }

    /// Adds a header, or takes the place of the one of this name.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Answer {
        self.headers.retain(|(other, _)| !other.eq_ignore_ascii_case(name));
        self.headers.push((name.to_string(), value.to_string()));
        self
    }

    pub(crate) fn holding(mut self, body: Vec<u8>) -> Answer {
        self.body = body;
        self
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.headers.iter().any(|(other, _)| other.eq_ignore_ascii_case(name))
    }
}
