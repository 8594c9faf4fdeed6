//! A request as a value: complete, except that every secret in it is a hole.
//!
//! In: [`Request`], the [`Text`] it is made of, and the only ways of putting foreign text into an
//! address ([`segment`], [`query_value`]) or a body ([`body_json`]).
//! Deliberately not in: sending, and the values of the holes. What a request does not have, a log, a
//! history or a screenshot of it cannot give away.

mod body;
mod percent;
mod text;

#[cfg(test)]
mod tests;

pub use body::body_json;
pub use percent::{SegmentFault, query_value, segment};
pub use text::{Escape, Piece, Text};

pub use crate::provider::call::Method;

pub(in crate::transport) use percent::{encode, is_dots, is_path, is_query};

use super::proxy::{Proxy, ProxyFault, Target};

/// What is asked of one server of one provider, before the proxy and the secrets are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub method: Method,
    /// The provider's id.
    pub provider: String,
    /// The slug of the server. It names the path at a relay.
    pub server: String,
    /// Starts with `/` and is percent-encoded already.
    pub path: Text,
    /// Without the `?`, percent-encoded already, in the order to be sent. May be empty.
    pub query: Text,
    pub headers: Vec<(String, Text)>,
    pub body: Option<Text>,
}

/// A request in words for people: what will be sent, with `$TOKEN` where a secret will stand.
///
/// It has no secrets because the request it is made from has none, so it may go anywhere: onto the
/// screen, into history, an export, the clipboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestView {
    pub method: Method,
    pub url: String,
    pub headers: Vec<(String, String)>,
    pub body: Option<String>,
}

impl Request {
    /// How this request will look on its way. With `Proxy::none()` it is what the provider will see.
    pub fn view(&self, target: &Target, proxy: &Proxy) -> Result<RequestView, ProxyFault> {
        let frame = proxy.frame(target)?;
        let own = self.headers.iter().map(|(name, value)| (name.clone(), value.view()));
        Ok(RequestView {
            method: self.method,
            url: frame.view(&self.path, &self.query),
            headers: own.chain(proxy.headers().iter().cloned()).collect(),
            body: self.body.as_ref().map(Text::view),
        })
    }
}
