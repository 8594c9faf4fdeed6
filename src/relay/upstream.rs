//! A server behind the relay, and what may be asked of it.

use std::collections::BTreeSet;

use super::call::{Call, calls, credentials, request_headers, response_headers};
use crate::provider::Provider;

/// One server of one provider.
#[derive(Clone, Debug)]
pub struct Upstream {
    pub slug: String,
    pub address: Address,
    pub routes: Vec<Route>,
    pub request_headers: BTreeSet<String>,
    /// Those of them that hold what somebody signed in with.
    pub credentials: BTreeSet<String>,
    pub response_headers: BTreeSet<String>,
    /// The relay has the credential, and asks who comes. Only with a sign-in.
    pub keeps_token: bool,
}

/// A method and the paths that it may have, as a regular expression for the raw path without its query.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    pub method: String,
    pub pattern: String,
}

/// Where a server is. Plain text only to this machine.
#[derive(Clone, Debug, PartialEq)]
pub struct Address {
    pub is_tls: bool,
    pub host: String,
    pub port: u16,
    /// What stands before every path; empty, or it begins with a slash and does not end with one.
    pub path: String,
}

impl Upstream {
    /// The servers of a provider that have an address; `given` has one for a slug, or None for the file's own.
    pub fn all(provider: &Provider, given: impl Fn(&str) -> Option<String>) -> Result<Vec<Self>, String> {
        let mut upstreams = Vec::new();
        for server in provider.places() {
            let slug = &server.slug;
            let Some(address) = given(slug).or_else(|| server.address.clone()) else {
                continue;
            };
            // It is asked for names and nothing else.
            let is_reference = provider.server(slug).is_none();
            upstreams.push(Self {
                address: Address::parse(&address).map_err(|problem| format!("{slug}: {problem}"))?,
                routes: Route::all(provider, is_reference),
                request_headers: request_headers(provider, is_reference),
                credentials: credentials(provider, is_reference),
                response_headers: response_headers(provider),
                keeps_token: false,
                slug: slug.clone(),
            });
        }
        Ok(upstreams)
    }
}

impl Route {
    /// Each once: calls may differ in their queries alone.
    fn all(provider: &Provider, is_reference: bool) -> Vec<Self> {
        let mut routes = Vec::new();
        for route in calls(provider, is_reference).iter().map(Self::of) {
            if !routes.contains(&route) {
                routes.push(route);
            }
        }
        routes
    }

    fn of(call: &Call) -> Self {
        Self { method: call.method.clone(), pattern: pattern(&call.path) }
    }
}

impl Address {
    /// As a request's `Host` says it.
    pub fn authority(&self) -> String {
        match (self.is_tls, self.port) {
            (true, 443) | (false, 80) => self.host.clone(),
            (_, port) => format!("{}:{port}", self.host),
        }
    }

    pub fn scheme(&self) -> &'static str {
        if self.is_tls { "https" } else { "http" }
    }

    pub fn parse(text: &str) -> Result<Self, String> {
        let (scheme, rest) = text.split_once("://").ok_or_else(|| format!("“{text}” is not an address."))?;
        let is_tls = scheme == "https";
        let (authority, path) = rest.split_once('/').map_or((rest, ""), |(host, path)| (host, path));
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) => (host, port.parse().map_err(|_| format!("“{port}” is not a port."))?),
            None => (authority, if is_tls { 443 } else { 80 }),
        };
        let is_host = |host: &str| {
            !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-".contains(&byte))
        };
        let is_path = path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/.-_~".contains(&byte));
        if !(is_host(host) && is_path) {
            return Err(format!("“{text}” is not an address that a relay can have."));
        }
        let is_here = scheme == "http" && ["127.0.0.1", "localhost"].contains(&host);
        if !(is_tls || is_here) {
            return Err(format!("“{text}” must start with https://"));
        }
        let path = path.trim_end_matches('/');
        let path = if path.is_empty() { String::new() } else { format!("/{path}") };
        Ok(Self { is_tls, host: host.to_owned(), port, path })
    }
}

/// An RFC 6570 path as a regular expression. A value is one segment, whatever is encoded in it;
/// a reserved expansion may hold slashes; queries are not looked at.
pub(super) fn pattern(template: &str) -> String {
    let template = template.split("{?").next().unwrap_or_default();
    let mut rest = template.split('?').next().unwrap_or_default();
    let mut pattern = String::new();
    while let Some((literal, after)) = rest.split_once('{') {
        let (expression, tail) = after.split_once('}').unwrap_or((after, ""));
        pattern.push_str(&escape(literal));
        pattern.push_str(match expression.chars().next() {
            Some('+') => "[^?]*",
            Some('/') => "(?:/[^/?]+)*",
            _ => "[^/?]+",
        });
        rest = tail;
    }
    pattern.push_str(&escape(rest));
    pattern
}

/// Text that a regular expression takes literally.
pub(super) fn escape(text: &str) -> String {
    let escaped = |letter: char| match letter {
        '/' | '-' | '_' | '~' | '%' | ':' | '@' | ',' => letter.to_string(),
        _ if letter.is_ascii_alphanumeric() => letter.to_string(),
        _ => format!("\\{letter}"),
    };
    text.chars().map(escaped).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_an_expression() {
        let check = |template: &str, expected: &str| assert_eq!(pattern(template), expected, "{template}");
        check("/v1/people/me", "/v1/people/me");
        check("/v1/memberships/{membershipId}", "/v1/memberships/[^/?]+");
        check("/v1.0/users/{id}:merge", "/v1\\.0/users/[^/?]+:merge");
        check("/spaces/{a}/members/{b}?sensitiveData=true", "/spaces/[^/?]+/members/[^/?]+");
        check("/rooms{?max,after}", "/rooms");
        check("/files/{+path}", "/files/[^?]*");
        check("/tree{/parts*}", "/tree(?:/[^/?]+)*");
    }

    #[test]
    fn an_address_is_checked() {
        let read = Address::parse("https://api.example.com:8443/base/").expect("well formed");
        let expected = Address {
            is_tls: true,
            host: "api.example.com".to_owned(),
            port: 8443,
            path: "/base".to_owned(),
        };
        assert_eq!(read, expected);
        assert_eq!(Address::parse("http://127.0.0.1:8101").expect("this machine").port, 8101);
        let wrong =
            ["http://api.example.com", "api.example.com", "https://a b", "https://a;{", "https://a/$x"];
        for text in wrong {
            assert!(Address::parse(text).is_err(), "{text}");
        }
    }
}
