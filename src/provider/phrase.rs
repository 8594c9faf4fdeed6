use serde_json::Value;

use super::explain::code;
use super::pointer::Pointer;

/// A text that is made of an entry of a list: what stands at one place of it, or words around such places, as in
/// `{/firstName} {/lastName}`.
#[derive(Clone, Debug, PartialEq)]
pub struct Phrase(Vec<Piece>);

#[derive(Clone, Debug, PartialEq)]
enum Piece {
    Words(String),
    Place(Pointer),
}

impl Phrase {
    /// A JSON pointer (RFC 6901), or words with one or more of them in braces.
    pub fn parse(text: &str) -> Option<Phrase> {
        if !text.contains(['{', '}']) {
            return Pointer::parse(text).map(|place| Phrase(vec![Piece::Place(place)]));
        }
        let (first, rest) = text.split_once('{')?;
        let mut pieces = vec![words(first)?];
        for part in rest.split('{') {
            let (place, after) = part.split_once('}')?;
            pieces.extend([Piece::Place(Pointer::parse(place)?), words(after)?]);
        }
        Some(Phrase(pieces))
    }

    /// Nothing if none of its places has a text. Where one of several has none, no gap is left.
    pub fn of(&self, entry: &Value) -> Option<String> {
        let mut has_text = false;
        let said = self.0.iter().map(|piece| match piece {
            Piece::Words(words) => words.clone(),
            Piece::Place(place) => {
                let text = place.of(entry).and_then(code).unwrap_or_default();
                has_text |= !text.trim().is_empty();
                text
            }
        });
        let said = said.collect::<String>();
        let several = self.0.len() > 1;
        let tidy = || said.split_whitespace().collect::<Vec<_>>().join(" ");
        let text = if several { tidy() } else { said.trim().to_string() };
        has_text.then_some(text)
    }
}

fn words(text: &str) -> Option<Piece> {
    (!text.contains('}')).then(|| Piece::Words(text.to_string()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_place_or_words_around_places_are_read() {
        for good in ["", "/name", "{/a} {/b}", "{/a}, {/b/0}", "No. {/a}", "{/a}{/b}"] {
            assert!(Phrase::parse(good).is_some(), "{good}");
        }
        for bad in ["name", "{/a", "/a}", "{a}", "{/a} {b}", "{{/a}}", "{/a}} x", "{~}"] {
            assert!(Phrase::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn what_has_no_text_leaves_no_gap_and_nothing_is_made_of_nothing() {
        let entry = json!({ "first": "Zoë", "last": "Müller", "blank": " ", "number": 7, "list": [] });
        let check = |phrase: &str, said: Option<&str>| {
            let phrase = Phrase::parse(phrase).expect("a phrase");
            assert_eq!(phrase.of(&entry).as_deref(), said);
        };
        check("{/first} {/last}", Some("Zoë Müller"));
        check("{/first} {/middle} {/last}", Some("Zoë Müller"));
        check("{/middle} {/last}", Some("Müller"));
        check("No. {/number}", Some("No. 7"));
        check("No. {/middle}", None);
        check("{/blank} {/list}", None);
        check("/first", Some("Zoë"));
        check("/blank", None);
    }
}
