//! What a provider says, without what it may repeat of the record or of the request.

const HIDDEN: &str = "•••";

/// A sentence in which nothing that looks like personal data is left: no JSON, nothing in quotes, no address, no
/// number of four digits or more, no date, no long id.
pub fn redact(text: &str) -> String {
    let text = match (text.find(['{', '[']), text.rfind(['}', ']'])) {
        (Some(start), Some(end)) if start < end => {
            [&text[..start], HIDDEN, text.get(end + 1..).unwrap_or_default()].concat()
        }
        (Some(start), _) => [&text[..start], HIDDEN].concat(),
        _ => text.to_string(),
    };
    let mut out = String::new();
    let mut quote = None;
    let mut words = text.split(' ').peekable();
    while let Some(word) = words.next() {
        let opens = opening(word).filter(|_| quote.is_none());
        if let Some((at, open)) = opens {
            quote = Some(open);
            out.push_str(&plain(&word[..at]));
            out.push_str(HIDDEN);
        } else if quote.is_none() {
            out.push_str(&plain(word));
        }
        if let Some(open) = quote
            && word.trim_end_matches(['.', ',', ';', ':']).ends_with(closing(open))
            && opens.is_none_or(|(at, _)| word[at..].chars().count() > 1)
        {
            quote = None;
        }
        if words.peek().is_some() && quote.is_none() {
            out.push(' ');
        }
    }
    out.trim().to_string()
}

/// The first quote that stands before a word, and where: one in a word, as in `don't`, is none.
fn opening(word: &str) -> Option<(usize, char)> {
    let mut before = ' ';
    word.char_indices()
        .find(|(_, c)| !std::mem::replace(&mut before, *c).is_alphanumeric() && "\"'“‘".contains(*c))
}

fn closing(open: char) -> char {
    match open {
        '“' => '”',
        '‘' => '’',
        other => other,
    }
}

/// A word, unless it says too much; what ends a sentence stays.
fn plain(word: &str) -> String {
    let bare = word.trim_end_matches(['.', ',', ';', ':', ')']);
    let digits = bare.chars().filter(|c| c.is_numeric()).count();
    let letters = bare.chars().any(char::is_alphabetic);
    let telling =
        (letters && digits > 0) || bare.contains('@') || digits >= 4 || (digits > 0 && bare.len() >= 16);
    if !telling {
        return word.to_string();
    }
    // What is said before a colon is a name, as in `MemberCode:111`.
    let name = bare.split_once(':').filter(|(name, _)| name.chars().all(char::is_alphabetic));
    let name = name.map(|(name, _)| [name, ":"].concat());
    [name.as_deref().unwrap_or_default(), HIDDEN, &word[bare.len()..]].concat()
}

#[cfg(test)]
mod tests;
