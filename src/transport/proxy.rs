//! The way to a provider: direct, or through a proxy that the owner chose.
//!
//! In: [`Proxy`] with its [`Kind`] and the rest of its [`Template`], [`Target`], and the URL that the two give for a
//! path and a query.
//! Deliberately not in: any proxy's address (none is preset), probes, and who gave an answer (`voice`).

mod fault;
mod frame;
mod header;
mod message;
pub mod preset;
mod proxies;
mod template;

#[cfg(test)]
mod tests;

pub use fault::{ProxyFault, SetupFault};
pub(super) use frame::Frame;
pub(super) use header::is_token;
pub(super) use message::Message;
pub use proxies::Proxies;
pub use template::{Answers, Kind, Marks, Rule, Template, Token};

use super::address::{Address, ProxyBase};
use super::request::Method;
use crate::words::{Words, say};
use std::sync::Arc;

/// Longer addresses are cut or refused somewhere on the way.
pub const LONGEST_URL: usize = 2000;

/// What the proxy's own secret is called in requests.
pub const ACCESS_TOKEN: &str = "proxy-token";

/// A proxy whose description has been checked: none of its headers can be one that browsers drop, that belongs to the
/// request, or that carries a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proxy {
    template: Arc<Template>,
}

/// The server that is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The server's slug in the provider file.
    pub server: String,
    /// `None` where only the relay knows the address.
    pub address: Option<Address>,
    /// Whether the address was typed by a person, because the provider file says "ask".
    pub typed: bool,
}

impl Proxy {
    /// One of which nothing is said but its kind and its headers.
    pub fn new(kind: Kind, headers: Vec<(String, String)>) -> Result<Proxy, SetupFault> {
        Proxy::of(Template { headers, ..Template::of(kind) })
    }

    pub fn of(template: Template) -> Result<Proxy, SetupFault> {
        template.check()?;
        Ok(Proxy { template: Arc::new(template) })
    }

    /// The same, chosen by a person for their own browser: the owner of the page vouches for nobody there, so whoever
    /// runs it on another machine is a stranger.
    pub fn chosen_by_person(&self) -> Proxy {
        let place = self.base().and_then(ProxyBase::address);
        let public = self.template.public || place.is_some_and(|address| !address.is_loopback());
        Proxy { template: Arc::new(Template { public, ..Template::clone(&self.template) }) }
    }

    /// No proxy.
    pub fn none() -> Proxy {
        Proxy { template: Arc::new(Template::of(Kind::None)) }
    }

    pub fn template(&self) -> &Arc<Template> {
        &self.template
    }

    pub fn kind(&self) -> &Kind {
        &self.template.kind
    }

    /// The fixed headers that go with every request.
    pub fn headers(&self) -> &[(String, String)] {
        &self.template.headers
    }

    pub fn base(&self) -> Option<&ProxyBase> {
        self.kind().base()
    }

    /// The relay adds the token: the page has none.
    pub fn has_token(&self) -> bool {
        self.template.token == Token::Relay
    }

    /// What to call it on the screen.
    pub fn name(&self) -> Words {
        match self.base() {
            None => say::proxy_none(),
            Some(base) => match base.address() {
                Some(address) => Words::from(address.as_str()),
                None => say::proxy_same_site(),
            },
        }
    }

    /// A stable text that names where a request really goes. Two proxies with one key are the same to a
    /// secret.
    pub fn key(&self) -> String {
        match self.kind() {
            Kind::None => String::from("none"),
            // What is given for one is no credential for the other.
            Kind::PathMap { base } if self.has_token() => ["path-map+token ", base.as_str()].concat(),
            Kind::PathMap { base } => ["path-map ", base.as_str()].concat(),
            Kind::Prefix { base } => ["prefix ", base.as_str()].concat(),
            Kind::Query { base, parameter } => ["query ", &base.before_query(), "?", parameter].concat(),
            Kind::Envelope { base } => ["envelope ", &base.before_query()].concat(),
            Kind::Header { base, name } => ["header ", &base.before_query(), " ", name].concat(),
        }
    }

    /// The URL to call. The path and the query are percent-encoded already.
    pub fn url(&self, target: &Target, path: &str, query: &str) -> Result<String, ProxyFault> {
        let url = self.frame(target)?.url(path, query)?;
        Ok(match self.kind() {
            Kind::Envelope { base } | Kind::Header { base, .. } => base.before_query(),
            Kind::None | Kind::PathMap { .. } | Kind::Prefix { .. } | Kind::Query { .. } => url,
        })
    }

    /// Whether it passes a request of this method.
    pub(super) fn passes(&self, method: Method) -> Result<(), ProxyFault> {
        if self.template.writes || method == Method::Get { Ok(()) } else { Err(ProxyFault::ReadsOnly) }
    }

    /// What stands around the path and the query.
    pub(super) fn frame(&self, target: &Target) -> Result<Frame, ProxyFault> {
        let address = || match &target.address {
            Some(address) => Ok(address.as_str()),
            None => Err(ProxyFault::NoAddress { server: target.server.clone() }),
        };
        match self.kind() {
            Kind::PathMap { .. } if target.typed => Err(ProxyFault::Typed),
            Kind::PathMap { base } => Ok(Frame::raw([base.as_str(), "/", slug(target)?].concat())),
            Kind::Prefix { base } => Ok(Frame::raw([base.as_str(), "/", address()?].concat())),
            Kind::Query { base, parameter } => {
                Ok(Frame::encoded([&base.before_query(), "?", parameter, "="].concat(), address()?))
            }
            // The last two name it elsewhere than in the URL that is called.
            Kind::None | Kind::Envelope { .. } | Kind::Header { .. } => Ok(Frame::raw(address()?.to_owned())),
        }
    }
}

fn slug(target: &Target) -> Result<&str, ProxyFault> {
    let server = target.server.as_str();
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if server.is_empty() || !server.bytes().all(fits) {
        return Err(ProxyFault::Slug { server: server.to_owned() });
    }
    Ok(server)
}
