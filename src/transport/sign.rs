//! The only function that fills a hole.
//!
//! In: [`sign`], and [`Signed`], which is all that can be sent.
//! Deliberately not in: sending.

#[cfg(test)]
mod tests;

use super::percent::encode;
use super::proxy::{ACCESS_TOKEN, Message, Proxy, ProxyFault, Target, is_token};
use super::reading::Reading;
use super::request::{Escape, Method, Piece, Request, Text};
use super::secret::{Binding, Keyring, Secret};
use crate::words::{Words, say};
use std::fmt;

/// nginx answers 400 to longer ones, Caddy, Envoy and Node 431.
const LONGEST_HEADER: usize = 8192;

/// A request with its secrets in it. It can be taken apart once, by `browser::fetch`, and be neither
/// copied, compared nor shown.
pub struct Signed(Parts);

/// What fetch needs. It lives as long as the call that sends it.
pub struct Parts {
    pub method: Method,
    pub url: String,
    pub headers: Vec<(String, String)>,
    pub body: Option<String>,
    /// Cookies of the proxy's site go along.
    pub cookies: bool,
    pub reading: Reading,
}

/// Why a request cannot be signed. It never holds a secret or a part of the URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignFault {
    /// The request was made for another server than the target.
    OtherServer,
    /// The secret was never given.
    Missing {
        secret: String,
    },
    /// The secret was given, but for another server or proxy. It stays there until a person gives it
    /// again for this one.
    Elsewhere {
        secret: String,
        bound: Box<Binding>,
    },
    /// Nobody has said yet that this stranger may see a secret.
    Public,
    Url(ProxyFault),
    HeaderName(String),
    HeaderValue(String),
    HeaderLong(String),
    HeaderTwice(String),
}

/// Fills the holes, for exactly this provider's server and this proxy, or says why not.
pub fn sign(
    request: &Request,
    target: &Target,
    proxy: &Proxy,
    keyring: &Keyring,
) -> Result<Signed, SignFault> {
    if request.server != target.server {
        return Err(SignFault::OtherServer);
    }
    proxy.passes(request.method).map_err(SignFault::Url)?;
    let binding = Binding::new(&request.provider, &request.account, target, proxy);
    let filling = Filling { keyring, proxy, binding };
    let frame = proxy.frame(target).map_err(SignFault::Url)?;
    let path = filling.fill(&encoding(&request.path))?;
    let query = filling.fill(&encoding(&request.query))?;
    let url = frame.url(&path, &query).map_err(SignFault::Url)?;
    let mut headers: Vec<(String, String)> = Vec::new();
    // What the relay has, it adds by itself.
    for (name, value) in request.headers.iter().filter(|(_, value)| !filling.is_with_relay(value)) {
        headers.push((name.clone(), filling.fill(value)?));
    }
    let headers = proxy.pass(headers);
    check_headers(&headers)?;
    let body = request.body.as_ref().map(|body| filling.fill(body)).transpose()?;
    let access = match proxy.template().access_token {
        true => filling.secret(ACCESS_TOKEN)?.text().to_owned(),
        false => String::new(),
    };
    let reading = Reading::new(proxy, &url);
    let Message { method, url, headers, body } =
        proxy.wrap(Message { method: request.method, url, headers, body }, access);
    check_headers(&headers)?;
    Ok(Signed(Parts { method, url, headers, body, cookies: proxy.template().cookies, reading }))
}

impl Signed {
    /// For `browser::fetch` alone; the tidy test holds that.
    pub fn into_parts(self) -> Parts {
        self.0
    }
}

impl fmt::Debug for Signed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signed(hidden)")
    }
}

impl SignFault {
    /// The id of the secret that must be given first.
    pub fn secret(&self) -> Option<&str> {
        match self {
            SignFault::Missing { secret } | SignFault::Elsewhere { secret, .. } => Some(secret),
            _ => None,
        }
    }

    /// What is wrong and how to cure it. The label is what the secret's box is called.
    pub fn words(&self, label: impl Into<Words>) -> Words {
        let is_proxys = self.secret() == Some(ACCESS_TOKEN);
        let label = if is_proxys { say::connect_access() } else { label.into() };
        match self {
            SignFault::OtherServer => say::fault_other_server(),
            SignFault::Missing { .. } => say::fault_missing(label),
            SignFault::Elsewhere { bound, .. } => say::fault_elsewhere(label, &bound.server),
            SignFault::Public => say::fault_public(),
            SignFault::Url(fault) => fault.words(),
            SignFault::HeaderName(name) => say::fault_header_name(name),
            SignFault::HeaderValue(name) => say::fault_header_value(name, label),
            SignFault::HeaderLong(name) => say::fault_header_long(name, label),
            SignFault::HeaderTwice(name) => say::fault_header_twice(name),
        }
    }
}

struct Filling<'a> {
    keyring: &'a Keyring,
    proxy: &'a Proxy,
    binding: Binding,
}

impl Filling<'_> {
    fn fill(&self, text: &Text) -> Result<String, SignFault> {
        let mut out = String::new();
        for piece in &text.0 {
            match piece {
                Piece::Plain(text) => out.push_str(text),
                Piece::Hole { secret, escape } => write(self.secret(secret)?.text(), *escape, &mut out),
            }
        }
        Ok(out)
    }

    /// Whether it has a secret in it that the relay keeps.
    fn is_with_relay(&self, text: &Text) -> bool {
        let mut holes = text.holes();
        self.proxy.has_token() && holes.any(|id| self.keyring.is_with_relay(&self.binding, id))
    }

    fn secret(&self, id: &str) -> Result<&Secret, SignFault> {
        if !self.keyring.allows(self.proxy) {
            return Err(SignFault::Public);
        }
        self.keyring.secret(&self.binding, id).ok_or_else(|| {
            match self.keyring.elsewhere(&self.binding, id) {
                None => SignFault::Missing { secret: id.to_owned() },
                Some(bound) => SignFault::Elsewhere { secret: id.to_owned(), bound: Box::new(bound.clone()) },
            }
        })
    }
}

/// In an address every hole is percent-encoded, whatever it says: a slash in a token must not be a path.
fn encoding(text: &Text) -> Text {
    let encoded = |piece: &Piece| match piece {
        Piece::Plain(text) => Piece::Plain(text.clone()),
        Piece::Hole { secret, .. } => Piece::Hole { secret: secret.clone(), escape: Escape::Query },
    };
    Text(text.0.iter().map(encoded).collect())
}

fn write(secret: &str, escape: Escape, out: &mut String) {
    match escape {
        Escape::Raw => out.push_str(secret),
        Escape::Query => out.push_str(&encode(secret)),
        // No control character is left in a secret, so these two are all that JSON escapes.
        Escape::Json => {
            for letter in secret.chars() {
                if matches!(letter, '"' | '\\') {
                    out.push('\\');
                }
                out.push(letter);
            }
        }
    }
}

fn check_headers(headers: &[(String, String)]) -> Result<(), SignFault> {
    for (at, (name, value)) in headers.iter().enumerate() {
        if !is_token(name) {
            return Err(SignFault::HeaderName(name.clone()));
        }
        if value.contains(|letter: char| letter.is_control() || u32::from(letter) > 0xFF) {
            return Err(SignFault::HeaderValue(name.clone()));
        }
        // A header is sent in Latin-1, one byte for each character.
        if value.chars().count() > LONGEST_HEADER {
            return Err(SignFault::HeaderLong(name.clone()));
        }
        if headers[..at].iter().any(|(other, _)| other.eq_ignore_ascii_case(name)) {
            return Err(SignFault::HeaderTwice(name.clone()));
        }
    }
    Ok(())
}
