//! A request as a value: what arrived, and the strict readings of it that the providers share.

use serde_json::{Map, Value};

use crate::strict;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    pub(crate) raw: Vec<u8>,
    /// The connection stays open after the answer.
    pub(crate) keeps: bool,
}

impl Request {
    /// The value of the only header of this name; None also if it came twice, because then no value is sure.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(other, _)| other.eq_ignore_ascii_case(name));
        match (values.next(), values.next()) {
            (Some((_, value)), None) => Some(value),
            _ => None,
        }
    }

    pub(crate) fn bearer(&self) -> Option<&str> {
        self.header("Authorization")?.strip_prefix("Bearer ")
    }

    /// The path cut at its slashes and only then decoded, so that a coded slash cuts nothing.
    /// None if it is not a path or does not decode.
    pub(crate) fn segments(&self) -> Option<Vec<String>> {
        let path = self.target.split('?').next()?;
        path.strip_prefix('/')?.split('/').map(decode).collect()
    }

    /// The names and values of the query, read as browsers write forms: a plus sign is a space.
    pub(crate) fn query(&self) -> Option<Vec<(String, String)>> {
        let Some((_, query)) = self.target.split_once('?') else {
            return Some(Vec::new());
        };
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        pairs
            .map(|pair| {
                let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                Some((decode(&name.replace('+', " "))?, decode(&value.replace('+', " "))?))
            })
            .collect()
    }

    pub(crate) fn is_json(&self) -> bool {
        let mime =
            self.header("Content-Type").map(|value| value.split(';').next().unwrap_or_default().trim());
        mime.is_some_and(|mime| mime.eq_ignore_ascii_case("application/json"))
    }

    pub(crate) fn object(&self) -> Option<Map<String, Value>> {
        strict::object(&self.body).ok()
    }
}

/// Undoes percent-encoding; None if a sign is cut short or the bytes are no text.
fn decode(text: &str) -> Option<String> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let [high, low, after @ ..] = rest else {
            return None;
        };
        bytes.push(u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()?);
        rest = after;
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests;
