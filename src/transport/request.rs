//! A request as a value: complete, except that every secret in it is a hole.
//!
//! In: [`Request`], the [`Text`] it is made of, and the only way of putting foreign text into a body
//! ([`body_json`]). Foreign text goes into an address by `percent`.
//! Deliberately not in: sending, and the values of the holes. What a request does not have, a log, a
//! history or a screenshot of it cannot give away.

mod body;
mod text;

#[cfg(test)]
mod tests;

pub use body::body_json;
pub(in crate::transport) use text::capitals;
pub use text::{Escape, Piece, Text};

pub use crate::provider::call::Method;

/// What is asked of one server of one provider, before the proxy and the secrets are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub method: Method,
    /// The provider's id.
    pub provider: String,
    /// The slug of the server. It names the path at a relay.
    pub server: String,
    /// Which of several connections to that server is meant, as a panel; empty where there is one.
    pub account: String,
    /// Starts with `/` and is percent-encoded already.
    pub path: Text,
    /// Without the `?`, percent-encoded already, in the order to be sent. May be empty.
    pub query: Text,
    pub headers: Vec<(String, Text)>,
    pub body: Option<Text>,
}
