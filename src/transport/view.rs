//! What a request looks like on its way, for people.

use super::proxy::{Proxy, ProxyFault, Target};
use super::request::{Method, Request, Text};

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
