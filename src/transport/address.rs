//! The address of a server or of a proxy, checked once.
//!
//! In: [`Address`] (absolute, http or https) and [`ProxyBase`] (an address, or a path on this site).
//! Deliberately not in: resolving, international host names (they are written in their `xn--` form) and
//! everything else of a URL library, which would cost the page 60 KB.

mod base;

#[cfg(test)]
mod tests;

pub use base::ProxyBase;

use super::percent::{is_dots, is_path};
use crate::words::{Words, say};
use std::net::{Ipv4Addr, Ipv6Addr};

/// An absolute address in one spelling: scheme and host in small letters, no default port, no slash at
/// the end. So two spellings of one server cannot hold two secrets, and an address can be extended by a
/// path without a thought: it has no query, no fragment and no name or password in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    text: String,
    host_start: usize,
    host_end: usize,
    origin_end: usize,
}

/// Why a text is not an address. Its words never repeat the text: a password may be in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressFault {
    Empty,
    Space,
    NoScheme,
    OtherScheme,
    Password,
    Query,
    Fragment,
    NoHost,
    Host,
    ForeignHost,
    BareIpv6,
    Port,
    ClosedPort,
    DoubleSlash,
    Dots,
    Path,
    LooksLikeHost,
}

impl Address {
    pub fn parse(text: &str) -> Result<Address, AddressFault> {
        let text = text.trim();
        check_letters(text)?;
        let (scheme, rest) = text.split_once("://").ok_or(AddressFault::NoScheme)?;
        let (scheme, usual_port) = if scheme.eq_ignore_ascii_case("https") {
            ("https://", 443)
        } else if scheme.eq_ignore_ascii_case("http") {
            ("http://", 80)
        } else {
            return Err(AddressFault::OtherScheme);
        };
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let (host, port) = split_port(authority)?;
        let host = host.to_ascii_lowercase();
        check_host(&host)?;
        let path = path.strip_suffix('/').unwrap_or(path);
        check_path(path)?;

        let mut whole = String::from(scheme);
        whole.push_str(&host);
        let host_end = whole.len();
        if let Some(port) = port.filter(|port| *port != usual_port) {
            whole.push(':');
            whole.push_str(&port.to_string());
        }
        let origin_end = whole.len();
        whole.push_str(path);
        Ok(Address { text: whole, host_start: scheme.len(), host_end, origin_end })
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The host alone; an IPv6 host with its brackets.
    pub fn host(&self) -> &str {
        &self.text[self.host_start..self.host_end]
    }

    /// Scheme, host and port: what a policy or an allow list names.
    pub fn origin(&self) -> &str {
        &self.text[..self.origin_end]
    }

    /// Whether the last hop is in clear. To be flagged, and from an https page only a loopback works.
    pub fn is_http(&self) -> bool {
        self.text.starts_with("http://")
    }

    /// Whether this very computer is meant.
    pub fn is_loopback(&self) -> bool {
        let host = self.host();
        match host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
            Some(host) => host.parse() == Ok(Ipv6Addr::LOCALHOST),
            None => {
                host == "localhost"
                    || host.ends_with(".localhost")
                    || host.parse().is_ok_and(|ip: Ipv4Addr| ip.is_loopback())
            }
        }
    }
}

impl AddressFault {
    /// What is wrong and how to cure it.
    pub fn words(self) -> Words {
        match self {
            AddressFault::Empty => say::address_empty(),
            AddressFault::Space => say::address_space(),
            AddressFault::NoScheme => say::address_no_scheme(),
            AddressFault::OtherScheme => say::address_other_scheme(),
            AddressFault::Password => say::address_password(),
            AddressFault::Query => say::address_query(),
            AddressFault::Fragment => say::address_fragment(),
            AddressFault::NoHost => say::address_no_host(),
            AddressFault::Host => say::address_host(),
            AddressFault::ForeignHost => say::address_foreign_host(),
            AddressFault::BareIpv6 => say::address_bare_ipv6(),
            AddressFault::Port => say::address_port(),
            AddressFault::ClosedPort => say::address_closed_port(),
            AddressFault::DoubleSlash => say::address_double_slash(),
            AddressFault::Dots => say::address_dots(),
            AddressFault::Path => say::address_path(),
            AddressFault::LooksLikeHost => say::address_looks_like_host(),
        }
    }
}

fn check_letters(text: &str) -> Result<(), AddressFault> {
    if text.is_empty() {
        return Err(AddressFault::Empty);
    }
    if text.contains(|letter: char| letter.is_control() || letter.is_whitespace()) {
        return Err(AddressFault::Space);
    }
    if text.contains('#') {
        return Err(AddressFault::Fragment);
    }
    if text.contains('?') {
        return Err(AddressFault::Query);
    }
    Ok(())
}

fn check_path(path: &str) -> Result<(), AddressFault> {
    match path {
        "" => Ok(()),
        _ if path.contains("//") || path.ends_with('/') => Err(AddressFault::DoubleSlash),
        _ if is_path(path) => Ok(()),
        _ if path.split('/').any(is_dots) => Err(AddressFault::Dots),
        _ => Err(AddressFault::Path),
    }
}

fn split_port(authority: &str) -> Result<(&str, Option<u16>), AddressFault> {
    if authority.contains('@') {
        return Err(AddressFault::Password);
    }
    let host_end = match authority.find(']') {
        Some(bracket) => bracket + 1,
        None => authority.find(':').unwrap_or(authority.len()),
    };
    let (host, port) = authority.split_at(host_end);
    match port.strip_prefix(':') {
        None if port.is_empty() => Ok((host, None)),
        None => Err(AddressFault::Host),
        Some(port) if port.contains(':') => Err(AddressFault::BareIpv6),
        Some(port) => parse_port(port).map(|port| (host, Some(port))),
    }
}

fn parse_port(text: &str) -> Result<u16, AddressFault> {
    match text.parse() {
        _ if !text.bytes().all(|byte| byte.is_ascii_digit()) => Err(AddressFault::Port),
        Ok(0) | Err(_) => Err(AddressFault::Port),
        Ok(port) if CLOSED_PORTS.contains(&port) => Err(AddressFault::ClosedPort),
        Ok(port) => Ok(port),
    }
}

fn check_host(host: &str) -> Result<(), AddressFault> {
    if host.is_empty() {
        return Err(AddressFault::NoHost);
    }
    if host.starts_with('[') {
        let inside = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or_default();
        return inside.parse::<Ipv6Addr>().map(|_| ()).map_err(|_| AddressFault::BareIpv6);
    }
    if !host.is_ascii() {
        return Err(AddressFault::ForeignHost);
    }
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    // Browsers read `2130706433`, `0x7f.1` and `127.1` as 127.0.0.1. Only the usual spelling is let in.
    let last = host.rsplit('.').next().unwrap_or_default();
    let is_number = last.bytes().all(|byte| byte.is_ascii_digit()) || last.starts_with("0x");
    if host.len() > 253 || !host.split('.').all(is_label) || (is_number && host.parse::<Ipv4Addr>().is_err())
    {
        return Err(AddressFault::Host);
    }
    Ok(())
}

/// The ports that the Fetch standard closes.
const CLOSED_PORTS: [u16; 82] = [
    1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104,
    109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515,
    526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049,
    3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
];
