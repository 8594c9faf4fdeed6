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

/// The same without the quotes that come along when a text is copied out of a table or of code.
pub fn bare(text: &str) -> String {
    const PAIRS: [(char, char); 7] =
        [('"', '"'), ('\'', '\''), ('“', '”'), ('„', '“'), ('‘', '’'), ('«', '»'), ('`', '`')];
    let text = tidy(text);
    let inside = |(open, close): &(char, char)| text.strip_prefix(*open)?.strip_suffix(*close);
    PAIRS.iter().find_map(inside).map_or_else(|| text.clone(), tidy)
}

/// An e-mail address out of what is copied with it: `mailto:ada@example.com?subject=…`, `Ada <ada@example.com>`.
pub fn bare_email(text: &str) -> String {
    let text = bare(text);
    let inner = text.strip_suffix('>').and_then(|text| text.rsplit_once('<')).map_or(&*text, |(_, own)| own);
    let is_link = inner.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("mailto:"));
    let address = if is_link { inner[7..].split('?').next().unwrap_or_default() } else { inner };
    bare(address)
}

#[cfg(test)]
mod tests {
    use super::{bare, bare_email, tidy};

    #[test]
    fn what_comes_along_with_a_pasted_text_does_not_count() {
        let check = |pasted: &str, tidied: &str, bared: &str, email: &str| {
            let found = (tidy(pasted), bare(pasted), bare_email(pasted));
            assert_eq!(found, (tidied.to_string(), bared.to_string(), email.to_string()), "{pasted}");
        };
        check(" a\u{200B}b\u{FEFF} ", "ab", "ab", "ab");
        check("“m-1”", "“m-1”", "m-1", "m-1");
        check("\"m-1", "\"m-1", "\"m-1", "\"m-1");
        check("\"", "\"", "\"", "\"");
        check("„x“ y", "„x“ y", "„x“ y", "„x“ y");
        check("' a@b.example '", "' a@b.example '", "a@b.example", "a@b.example");
        check(
            "MailTo:a@b.example?subject=x",
            "MailTo:a@b.example?subject=x",
            "MailTo:a@b.example?subject=x",
            "a@b.example",
        );
        check("Ada <a@b.example>", "Ada <a@b.example>", "Ada <a@b.example>", "a@b.example");
        check("<mailto:a@b.example>", "<mailto:a@b.example>", "<mailto:a@b.example>", "a@b.example");
        check("é", "é", "é", "é");
    }
}
