//! A request as it goes to a proxy.

use serde_json::{Map, Value, json};

use super::{Kind, Proxy};
use crate::transport::request::Method;

/// A whole request, with its secrets or with `$TOKEN` in their places. The same function makes the one that is shown
/// and the one that is sent.
pub(in crate::transport) struct Message {
    pub method: Method,
    pub url: String,
    pub headers: Vec<(String, String)>,
    pub body: Option<String>,
}

impl Proxy {
    /// The headers of a request as they reach the provider, without those that are the proxy's own.
    pub(in crate::transport) fn pass(&self, own: Vec<(String, String)>) -> Vec<(String, String)> {
        let is = |name: &str, other: &str| name.eq_ignore_ascii_case(other);
        let own = own.into_iter().filter(|(name, _)| !self.template.drop.iter().any(|other| is(name, other)));
        let renamed = |(name, value): (String, String)| {
            let to = self.template.rename.iter().find(|(from, _)| is(from, &name)).map(|(_, to)| to.clone());
            (to.unwrap_or(name), value)
        };
        own.map(renamed).collect()
    }

    /// The request as the proxy wants it. `access` is the proxy's own secret.
    pub(in crate::transport) fn wrap(&self, mut message: Message, access: String) -> Message {
        let fixed = self.headers().iter().cloned();
        match self.kind() {
            Kind::Envelope { base } => {
                let headers = message.headers.into_iter().map(|(name, value)| (name, Value::String(value)));
                let body = json!({
                    "accessToken": access,
                    "wantsBinary": false,
                    "method": message.method.as_str(),
                    "url": message.url,
                    "auth": { "username": "", "password": "" },
                    "headers": headers.collect::<Map<_, _>>(),
                    "params": {},
                    "data": message.body.unwrap_or_default(),
                });
                let kind = ("Content-Type".to_owned(), "application/json".to_owned());
                Message {
                    method: Method::Post,
                    url: base.before_query(),
                    headers: [kind].into_iter().chain(fixed).collect(),
                    body: Some(body.to_string()),
                }
            }
            Kind::Header { base, name } => {
                message.headers.push((name.clone(), message.url));
                message.headers.extend(fixed);
                Message { url: base.before_query(), ..message }
            }
            Kind::None | Kind::PathMap { .. } | Kind::Prefix { .. } | Kind::Query { .. } => {
                message.headers.extend(fixed);
                message
            }
        }
    }
}
