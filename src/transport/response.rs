//! What came back, or that nothing did.
//!
//! In: [`Response`] and its [`Timing`], [`NoAnswer`].
//! Deliberately not in: what it means. Who said it is `voice`, what came of the change is `change`.

#[cfg(test)]
mod tests;

use serde_json::Value;

/// An answer, whoever gave it. It is only ever a whole one: a body that broke off is a [`NoAnswer`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    pub status: u16,
    /// What the browser lets the page read; a proxy must expose the others.
    pub headers: Vec<(String, String)>,
    pub body: String,
    /// The address that answered in the end, where the browser or the proxy tells it.
    pub url: Option<String>,
    pub timing: Timing,
}

/// When a call went out, and how long and how much its answer was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timing {
    /// Milliseconds since 1970.
    pub began: u64,
    /// Milliseconds until all of the answer was there.
    pub took: u64,
    /// Of the body, unpacked.
    pub bytes: usize,
}

/// Why there is no answer. A browser hides most reasons, so `Failed` is one of a dozen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoAnswer {
    /// The browser was offline before anything was sent.
    Offline,
    /// The page's own policy forbids the address.
    NotAllowed,
    /// The browser refused to make the request at all, with its reason.
    BadAddress(String),
    /// No connection, or cut, or a proxy that does not let this page in: indistinguishable.
    Failed,
    TimedOut,
    /// It was stopped while it was under way.
    Cancelled,
    /// It was stopped before it went out.
    Withdrawn,
    /// The answer began and broke off.
    CutBody {
        status: u16,
    },
    /// The answer pointed elsewhere and was not followed.
    Redirected,
    /// The proxy said, in an answer that should have been the provider's, that it has none.
    Proxy {
        /// In the words of our relay, if it is known what it means.
        code: Option<String>,
        sent: Sent,
    },
}

/// Whether the request may have been applied. There is no "yes": that only an answer or a reading tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// Certainly not applied: safe to send again.
    No,
    /// It may have been applied: read before sending again.
    Maybe,
}

impl Response {
    /// A header by name, in capitals or not.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers.find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The relay's own word, as our configuration of it makes it.
    pub fn is_of_relay(&self) -> bool {
        let says = self.json().is_some_and(|json| json.get("relay").is_some_and(|version| *version == 1));
        self.status == 200 && says
    }

    /// Whether another address answered in the end than the one that was asked for: some proxies follow redirects,
    /// and say in this header where they came to.
    pub fn moved(&self, asked: &str, told_in: &str) -> bool {
        // Only whole addresses count: another header of that name holds a host.
        let told = self.header(told_in).filter(|told| told.contains("://"));
        told.is_some_and(|told| !asked.ends_with(told) && !asked.ends_with(&super::query_value(told)))
    }

    /// The body, if it is JSON. One nested deeper than 128 levels is not: serde_json stops there instead
    /// of exhausting the stack.
    pub fn json(&self) -> Option<Value> {
        serde_json::from_str(&self.body).ok()
    }
}

impl NoAnswer {
    /// Whether the request may have been applied in spite of the silence.
    ///
    /// A redirect counts as `No`: it is the server's own word that the request belongs elsewhere, and
    /// because the page never follows one, the elsewhere has not seen it (a refusal: "provider moved").
    pub fn sent(&self) -> Sent {
        match self {
            NoAnswer::Offline
            | NoAnswer::NotAllowed
            | NoAnswer::BadAddress(_)
            | NoAnswer::Withdrawn
            | NoAnswer::Redirected => Sent::No,
            NoAnswer::Proxy { sent, .. } => *sent,
            NoAnswer::Failed | NoAnswer::TimedOut | NoAnswer::Cancelled | NoAnswer::CutBody { .. } => {
                Sent::Maybe
            }
        }
    }
}
