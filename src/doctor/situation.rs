use crate::transport::proxy::Marks;
use crate::transport::{Address, Between, Kind, Proxy};

use super::guise::Guise;

/// What is known before anything is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Situation {
    /// Where the page was fetched from.
    pub page: Option<Address>,
    /// What the browser says of the network. Only a no is worth something.
    pub online: bool,
    pub through: Through,
    /// What tells who gave an answer.
    pub between: Between,
    /// Where the first step leads: the proxy or, without one, the provider. Nothing where that is the page's own site.
    pub place: Option<Address>,
    /// What a probe has in common with a real request to the provider.
    pub guise: Guise,
    /// The headers that the page reads in an answer.
    pub reads: Vec<String>,
    /// The request cannot be made at all.
    pub impossible: bool,
    pub goal: Option<Goal>,
}

/// The provider that is to be reached.
#[derive(Clone, Debug, PartialEq)]
pub struct Goal {
    /// What the provider is called or, where it has several servers, this one of them.
    pub name: String,
    pub server: String,
    pub address: Option<Address>,
    /// Whether there is a harmless read to ask it for.
    pub has_read: bool,
    /// Whether a credential is at hand, to be asked about last.
    pub has_credential: bool,
}

/// Through what the way leads, and so what can be asked of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Through {
    Nobody,
    /// It says of itself that it is there, and marks every answer.
    Relay,
    /// It passes on what it is asked for: it is asked for a file of this page.
    Proxy,
    /// It takes requests in a form of its own, and says of itself that it is there.
    Envelope,
    /// It knows its own paths only: nothing but its presence can be asked about.
    Opaque,
}

impl Through {
    pub fn of(proxy: &Proxy) -> Through {
        match proxy.kind() {
            Kind::None => Through::Nobody,
            // Another one with marks of its own has no health to ask for.
            Kind::PathMap { .. } if proxy.template().marks == Some(Marks::default()) => Through::Relay,
            Kind::Prefix { .. } | Kind::Query { .. } => Through::Proxy,
            Kind::Envelope { .. } => Through::Envelope,
            Kind::PathMap { .. } | Kind::Header { .. } => Through::Opaque,
        }
    }
}

impl Situation {
    /// The site of the page, as an allow list names it.
    pub fn site(&self) -> &str {
        self.page.as_ref().map_or("", Address::origin)
    }

    /// Where somebody comes back to who had to leave the page: a path on the same site, else the whole address.
    pub(super) fn back(&self) -> String {
        let page = self.page.as_ref();
        let left = if self.is_own_site() { self.site().len() } else { 0 };
        [page.map_or("", |page| &page.as_str()[left..]), "/"].concat()
    }

    /// The host that is asked first: no path of it.
    pub fn host(&self) -> &str {
        self.place.as_ref().map_or_else(|| self.site(), Address::origin)
    }

    /// Where the page and what it asks are one site, nothing needs to be allowed.
    pub fn is_own_site(&self) -> bool {
        self.place.as_ref().is_none_or(|place| place.origin() == self.site())
    }

    /// A page that came encrypted may not ask anybody in clear but this very computer.
    pub(super) fn is_mixed(&self) -> bool {
        let secure = self.page.as_ref().is_some_and(|page| !page.is_http());
        secure && self.place.as_ref().is_some_and(|place| place.is_http() && !place.is_loopback())
    }

    /// Whether the browser may ask somebody before it lets this page reach that address: it is nearer to this computer
    /// than the page is.
    pub(super) fn is_more_local(&self) -> bool {
        let (page, Some(place)) = (self.page.as_ref(), &self.place) else { return false };
        match page {
            _ if self.is_own_site() => false,
            Some(page) if page.is_loopback() => false,
            Some(page) if is_local(page) => place.is_loopback(),
            _ => is_local(place),
        }
    }
}

/// An address of this computer, or one that networks keep for themselves (RFC 1918, 4193, 3927, 6762, 8375).
fn is_local(address: &Address) -> bool {
    let host = address.host();
    if address.is_loopback() {
        return true;
    }
    if let Some(host) = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        let Ok(ip) = host.parse::<std::net::Ipv6Addr>() else { return false };
        return ip.is_unique_local() || ip.is_unicast_link_local();
    }
    match host.parse::<std::net::Ipv4Addr>() {
        Ok(ip) => ip.is_private() || ip.is_link_local(),
        Err(_) => {
            !host.contains('.') || [".local", ".internal", ".home.arpa"].iter().any(|end| host.ends_with(end))
        }
    }
}
