//! A secret, and for what it may be used.
//!
//! In: [`Secret`], [`Binding`], [`Keyring`].
//! Deliberately not in: storing. Nothing outside this room can read a secret's text, so nothing outside
//! can store, show, log or send it. Only `sign` asks for it.

mod keyring;

#[cfg(test)]
mod tests;

pub use keyring::{Binding, Keyring};

use crate::provider::base64url;
use crate::words::{Words, say};
use serde_json::Value;
use std::fmt;

/// The longest header line that the relay and most servers accept.
const MOST_BYTES: usize = 8192;

/// A token, an app secret or a password that the page must be able to send and must never show.
///
/// It has no `Display`, no `Clone`, no comparison and a `Debug` that hides. Its bytes are overwritten
/// when it goes, as far as safe Rust can promise; what the browser copied is beyond reach.
pub struct Secret(String);

/// A token without what it is copied with: `"abc"`, `Bearer abc`, `Authorization: Bearer abc`.
fn bare(text: &str) -> &str {
    let after = |text: &'_ str, word: &str| -> Option<usize> {
        let start = text.get(..word.len())?;
        (start.eq_ignore_ascii_case(word) && text.len() > word.len()).then_some(word.len())
    };
    let mut text = text.trim();
    for word in ["Authorization:", "Bearer "] {
        text = after(text, word).map_or(text, |at| text[at..].trim());
    }
    let inside = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote).filter(|own| !own.is_empty());
    inside('"').or_else(|| inside('\'')).unwrap_or(text).trim()
}

/// Why a text cannot be a secret. It never holds a part of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretFault {
    Empty,
    LineBreak,
    Control,
    /// A character beyond Latin-1, which no header can carry.
    Letter,
    Long,
}

impl Secret {
    /// A token as pasted: white space and quotes around it are not part of it, nor is the word before it in a header.
    pub fn parse(text: &str) -> Result<Secret, SecretFault> {
        let text = bare(text);
        check(text)?;
        // A browser makes a space of a line break that is pasted into a box for one line.
        if text.contains(char::is_whitespace) {
            return Err(SecretFault::LineBreak);
        }
        if text.chars().any(|letter| u32::from(letter) > 0xFF) {
            return Err(SecretFault::Letter);
        }
        Ok(Secret(text.to_owned()))
    }

    /// A password as typed: every letter of any script counts, and so does white space. It fits into a
    /// body; `sign` refuses it in a header that cannot carry it.
    pub fn password(text: &str) -> Result<Secret, SecretFault> {
        check(text)?;
        Ok(Secret(text.to_owned()))
    }

    /// The end of it, so that a person can tell two tokens apart. A short secret would be half given
    /// away, so it has none.
    pub fn last_four(&self) -> Option<String> {
        let letters = self.0.chars().count();
        (letters >= 12).then(|| self.0.chars().skip(letters - 4).collect())
    }

    /// When a token that says so itself stops to be good: the `exp` of a JWT (RFC 7519), in seconds since 1970.
    pub fn expires(&self) -> Option<u64> {
        let claims = base64url::decode(self.0.split('.').nth(1)?)?;
        let claims: Value = serde_json::from_str(&claims).ok()?;
        let exp = claims.get("exp")?;
        // A fraction of a second is allowed, and does not count.
        exp.as_u64().or_else(|| exp.as_f64().filter(|exp| *exp > 0.0).map(|exp| exp as u64))
    }

    /// One that the page does not have, because the relay adds it. Nobody can give an empty one.
    fn with_relay() -> Secret {
        Secret(String::new())
    }

    fn is_with_relay(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn text(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(hidden)")
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        let mut bytes = std::mem::take(&mut self.0).into_bytes();
        bytes.fill(0);
        // Without an observer the compiler may leave the writing out.
        std::hint::black_box(&bytes);
    }
}

impl SecretFault {
    /// What is wrong and how to cure it. The label is what the box is called, like “Access token”.
    pub fn words(self, label: impl Into<Words>) -> Words {
        match self {
            SecretFault::Empty => say::problem_missing(label),
            SecretFault::LineBreak => say::secret_space(label),
            SecretFault::Control => say::secret_invisible(label),
            SecretFault::Letter => say::secret_letter(label),
            SecretFault::Long => say::secret_long(label),
        }
    }
}

fn check(text: &str) -> Result<(), SecretFault> {
    if text.is_empty() {
        return Err(SecretFault::Empty);
    }
    if text.len() > MOST_BYTES {
        return Err(SecretFault::Long);
    }
    if text.contains(['\r', '\n', '\u{85}', '\u{2028}', '\u{2029}']) {
        return Err(SecretFault::LineBreak);
    }
    if text.contains(char::is_control) {
        return Err(SecretFault::Control);
    }
    Ok(())
}
