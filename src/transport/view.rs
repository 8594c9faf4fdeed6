//! What a request looks like on its way, for people.

use super::proxy::{ACCESS_TOKEN, Message, Proxy, ProxyFault, Target};
use super::request::{Escape, Method, Request, Text};

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
        proxy.passes(self.method)?;
        let frame = proxy.frame(target)?;
        let own = self.headers.iter().map(|(name, value)| (name.clone(), value.view()));
        let access = match proxy.template().access_token {
            true => Text::hole(ACCESS_TOKEN, Escape::Raw).view(),
            false => String::new(),
        };
        let message = Message {
            method: self.method,
            url: frame.view(&self.path, &self.query),
            headers: proxy.pass(own.collect()),
            body: self.body.as_ref().map(Text::view),
        };
        let Message { method, url, headers, body } = proxy.wrap(message, access);
        Ok(RequestView { method, url, headers, body })
    }
}
