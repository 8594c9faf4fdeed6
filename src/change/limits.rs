use crate::provider::limits::{Format, Limits};

use super::problem::Problem;

/// Holds a text against a field's limits. Lengths count UTF-16 units, as the providers do.
pub fn limited(limits: &Limits, text: &str) -> Result<(), Problem> {
    let is = text.encode_utf16().count();
    if let Some(most) = limits.max_length.filter(|most| is > *most) {
        return Err(Problem::TooLong { most, is });
    }
    if let Some(least) = limits.min_length.filter(|least| is < *least) {
        return Err(Problem::TooShort { least });
    }
    if text.chars().any(|c| c.is_control() && c != '\n') {
        return Err(Problem::Unreadable);
    }
    match limits.format {
        Some(Format::Email) if !is_email(text) => return Err(Problem::NotAnEmail),
        Some(Format::Uri) if !is_address(text) => return Err(Problem::NotAnAddress),
        _ => {}
    }
    if !limits.choices.is_empty() && !limits.choices.iter().any(|choice| choice == text) {
        return Err(Problem::NotListed(limits.choices.clone()));
    }
    match &limits.pattern {
        Some(pattern) if !pattern.fits(text) => Err(Problem::PatternMismatch(limits.says.clone())),
        _ => Ok(()),
    }
}

/// One `@`, a dot in the domain, no spaces: what every provider's own rule has in common.
fn is_email(text: &str) -> bool {
    let Some((name, domain)) = text.split_once('@') else { return false };
    let labels = || domain.split('.');
    let plain = |part: &str| {
        !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || "@<>(),;:\"".contains(c))
    };
    plain(name) && labels().count() > 1 && labels().all(plain)
}

fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/') && !rest.contains(char::is_whitespace))
}

/// Without the spaces and invisible characters that come along when a text is pasted.
pub fn tidy(text: &str) -> String {
    let invisible = |c: char| matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}');
    // Marks of direction belong to a text, but not around it.
    let direction =
        |c: char| matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let around = |c: char| c.is_whitespace() || c == '\u{00A0}' || direction(c);
    let seen: String = text.chars().filter(|c| !invisible(*c)).collect();
    seen.trim_matches(around).to_string()
}
