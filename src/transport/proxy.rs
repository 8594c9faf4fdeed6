//! The way to a provider: direct, or through a proxy that the owner chose.
//!
//! In: [`Proxy`] and its [`Kind`]s, [`Target`], and the URL that the two give for a path and a query.
//! Deliberately not in: any proxy's address (none is preset), probes, and what a proxy's answers look
//! like (`voice`).

mod frame;
mod header;

#[cfg(test)]
mod tests;

pub(super) use frame::Frame;
pub(super) use header::is_token;

use super::address::{Address, ProxyBase};
use crate::words::{Words, say};

/// Longer addresses are cut or refused somewhere on the way.
pub const LONGEST_URL: usize = 2000;

/// A proxy whose fixed headers have been checked: none of them can be one that browsers drop, that
/// belongs to the request, or that carries a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proxy {
    kind: Kind,
    headers: Vec<(String, String)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `{address}{path}?{query}`: the provider itself lets the page in.
    None,
    /// `{base}/{slug}{path}?{query}`: our relay. The slug alone decides which server is reached.
    PathMap { base: ProxyBase },
    /// `{base}/{address}{path}?{query}`, as it is.
    Prefix { base: ProxyBase },
    /// `{base}?{parameter}={address, path and query, percent-encoded}`.
    Query { base: ProxyBase, parameter: String },
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

/// The configured proxies: one for all, and exceptions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proxies {
    pub default: Proxy,
    /// Provider id and the proxy for it.
    pub per_provider: Vec<(String, Proxy)>,
}

/// Why a proxy cannot be set up so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SetupFault {
    HeaderName(String),
    HeaderForbidden(String),
    HeaderValue(String),
    HeaderTwice(String),
    Parameter,
}

/// Why a request cannot go this way. It never holds a part of the URL: a secret may be in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProxyFault {
    /// Under a path map the relay, not the page, knows the address.
    Typed,
    NoAddress {
        server: String,
    },
    Slug {
        server: String,
    },
    Path,
    Query,
    Long {
        length: usize,
    },
}

impl Proxy {
    pub fn new(kind: Kind, headers: Vec<(String, String)>) -> Result<Proxy, SetupFault> {
        if let Kind::Query { parameter, .. } = &kind
            && (parameter.is_empty() || super::percent::encode(parameter) != *parameter)
        {
            return Err(SetupFault::Parameter);
        }
        header::check(&headers)?;
        Ok(Proxy { kind, headers })
    }

    /// No proxy.
    pub fn none() -> Proxy {
        Proxy { kind: Kind::None, headers: Vec::new() }
    }

    pub fn kind(&self) -> &Kind {
        &self.kind
    }

    /// The fixed headers that go with every request.
    pub fn headers(&self) -> &[(String, String)] {
        &self.headers
    }

    pub fn base(&self) -> Option<&ProxyBase> {
        match &self.kind {
            Kind::None => None,
            Kind::PathMap { base } | Kind::Prefix { base } | Kind::Query { base, .. } => Some(base),
        }
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
        match &self.kind {
            Kind::None => String::from("none"),
            Kind::PathMap { base } => ["path-map ", base.as_str()].concat(),
            Kind::Prefix { base } => ["prefix ", base.as_str()].concat(),
            Kind::Query { base, parameter } => ["query ", &base.before_query(), "?", parameter].concat(),
        }
    }

    /// The URL to call. The path and the query are percent-encoded already.
    pub fn url(&self, target: &Target, path: &str, query: &str) -> Result<String, ProxyFault> {
        self.frame(target)?.url(path, query)
    }

    /// What stands around the path and the query.
    pub(super) fn frame(&self, target: &Target) -> Result<Frame, ProxyFault> {
        let address = || match &target.address {
            Some(address) => Ok(address.as_str()),
            None => Err(ProxyFault::NoAddress { server: target.server.clone() }),
        };
        match &self.kind {
            Kind::None => Ok(Frame::raw(address()?.to_owned())),
            Kind::PathMap { .. } if target.typed => Err(ProxyFault::Typed),
            Kind::PathMap { base } => Ok(Frame::raw([base.as_str(), "/", slug(target)?].concat())),
            Kind::Prefix { base } => Ok(Frame::raw([base.as_str(), "/", address()?].concat())),
            Kind::Query { base, parameter } => {
                Ok(Frame::encoded([&base.before_query(), "?", parameter, "="].concat(), address()?))
            }
        }
    }
}

impl Proxies {
    pub fn for_provider(&self, id: &str) -> &Proxy {
        let own = self.per_provider.iter().find(|(provider, _)| provider == id);
        own.map_or(&self.default, |(_, proxy)| proxy)
    }
}

impl SetupFault {
    pub fn words(&self) -> Words {
        match self {
            SetupFault::HeaderName(name) => say::proxy_header_name(name),
            SetupFault::HeaderForbidden(name) => say::proxy_header_forbidden(name),
            SetupFault::HeaderValue(name) => say::proxy_header_value(name),
            SetupFault::HeaderTwice(name) => say::proxy_header_twice(name),
            SetupFault::Parameter => say::proxy_parameter(),
        }
    }
}

impl ProxyFault {
    pub fn words(&self) -> Words {
        match self {
            ProxyFault::Typed => say::proxy_typed(),
            ProxyFault::NoAddress { server } => say::proxy_no_address(server),
            ProxyFault::Slug { server } => say::proxy_slug(server),
            ProxyFault::Path => say::proxy_path(),
            ProxyFault::Query => say::proxy_query(),
            ProxyFault::Long { length } => say::proxy_long(*length),
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
