use std::cell::RefCell;

use super::{FIND, say};

/// The messages of a language that is not English.
#[derive(Clone, Debug)]
pub struct Catalogue {
    /// Its BCP 47 tag, as in `de`.
    tag: String,
    messages: Vec<(String, Said)>,
    /// The CLDR plural category of a count in this language: `one`, `few`, `other` …
    plural: fn(&str, usize) -> String,
}

/// A message as its language says it.
#[derive(Clone, Debug)]
pub enum Said {
    Plain(String),
    /// By the plural categories of its language.
    Counted(Vec<(String, String)>),
}

impl Catalogue {
    pub fn new(tag: &str, mut messages: Vec<(String, Said)>, plural: fn(&str, usize) -> String) -> Catalogue {
        messages.sort_by(|(one, _), (other, _)| one.cmp(other));
        Catalogue { tag: tag.to_string(), messages, plural }
    }

    /// A message in the form that the count asks for.
    fn find(&self, key: &str, count: usize) -> Option<&str> {
        let at = self.messages.binary_search_by(|(own, _)| own.as_str().cmp(key)).ok()?;
        match &self.messages[at].1 {
            Said::Plain(text) => Some(text),
            Said::Counted(forms) => {
                let category = (self.plural)(&self.tag, count);
                let of =
                    |name: &str| forms.iter().find(|(own, _)| own == name).map(|(_, text)| text.as_str());
                of(&category).or_else(|| of("other"))
            }
        }
    }
}

thread_local! {
    static SPOKEN: RefCell<Option<Catalogue>> = const { RefCell::new(None) };
}

/// Speaks another language from now on; English without one.
pub fn speak(catalogue: Option<Catalogue>) {
    SPOKEN.with(|own| own.replace(catalogue));
    FIND.set(|number, count| {
        let key = say::KEYS[number];
        SPOKEN.with_borrow(|own| own.as_ref().and_then(|own| own.find(key, count)).map(str::to_string))
    });
}

/// The language that is spoken, by its BCP 47 tag.
pub fn language() -> String {
    SPOKEN.with_borrow(|own| own.as_ref().map_or_else(|| "en".to_string(), |own| own.tag.clone()))
}
