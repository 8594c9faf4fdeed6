//! What is said to a person: messages by their keys, in the language that is spoken now.
//!
//! `texts/en.json` has every message, and becomes a function of [`say`] each. Another language is a further file of
//! the same keys, read when somebody chooses it; what it lacks is said in English. What a room says is a value
//! ([`Words`]); it becomes text when it is shown, so it follows a change of language. The language is the one thing
//! here that is not passed along, as in gettext: each thread speaks one.

use std::cell::Cell;
use std::fmt::{Display, Formatter};

mod catalogue;

pub use catalogue::{Catalogue, Said, language, speak};

/// One message of the English catalogue.
#[derive(Debug, PartialEq)]
pub struct Message {
    /// Its place among the keys. The keys themselves are only of use to another language.
    number: usize,
    english: Form,
    /// The places in it, in the order of the English text.
    holes: &'static [&'static str],
}

#[derive(Debug, PartialEq)]
enum Form {
    Plain(&'static str),
    /// It says how many. The place `{count}` decides.
    Counted {
        one: &'static str,
        other: &'static str,
    },
}

impl Form {
    fn of(&self, count: usize) -> &'static str {
        match self {
            Form::Plain(text) => text,
            Form::Counted { one, .. } if count == 1 => one,
            Form::Counted { other, .. } => other,
        }
    }
}

/// Something that is said.
#[derive(Clone, Debug, PartialEq)]
pub enum Words {
    /// A message, and what stands in its places.
    Own(&'static Message, Vec<Words>),
    /// As it is: a name, what a provider said, the words of a provider file.
    Text(String),
    Count(usize),
    /// Several, as a language strings them together: “a, b and c”.
    List(Vec<Words>),
    /// Sentences, one after another.
    Several(Vec<Words>),
}

/// Finds a message in another language, by its number and how many it is about.
type Find = fn(usize, usize) -> Option<String>;

thread_local! {
    /// A program that only ever speaks English carries nothing of other languages.
    static FIND: Cell<Find> = const { Cell::new(|_, _| None) };
}

impl Words {
    pub fn none() -> Words {
        Words::Text(String::new())
    }

    pub fn is_empty(&self) -> bool {
        self.text().is_empty()
    }

    /// As text, in the language that is spoken now.
    pub fn text(&self) -> String {
        match self {
            Words::Text(text) => text.clone(),
            Words::Count(count) => count.to_string(),
            Words::Own(message, with) => message.text(with),
            Words::List(all) => list(all),
            Words::Several(all) => {
                let texts = all.iter().map(Words::text).filter(|text| !text.is_empty());
                texts.collect::<Vec<_>>().join(" ")
            }
        }
    }
}

impl Message {
    fn text(&self, with: &[Words]) -> String {
        let count = self.holes.iter().position(|hole| *hole == "count").map(|index| &with[index]);
        let count = if let Some(Words::Count(count)) = count { *count } else { 0 };
        match FIND.get()(self.number, count) {
            Some(theirs) => self.filled(&theirs, with),
            None => self.filled(self.english.of(count), with),
        }
    }

    fn filled(&self, text: &str, with: &[Words]) -> String {
        let mut filled = String::new();
        let mut parts = text.split('{');
        filled.push_str(parts.next().unwrap_or_default());
        for part in parts {
            let (hole, after) = part.split_once('}').unwrap_or((part, ""));
            if let Some(index) = self.holes.iter().position(|own| *own == hole) {
                filled.push_str(&with[index].text());
            }
            filled.push_str(after);
        }
        filled
    }
}

/// The patterns are those of CLDR: of two, before the last of several, between the others.
fn list(all: &[Words]) -> String {
    match all {
        [] => String::new(),
        [one] => one.text(),
        [first, second] => say::list_two(first.clone(), second.clone()).text(),
        [first @ .., last] => {
            let mut text = first[0].text();
            for next in &first[1..] {
                text = say::list_more(text, next.clone()).text();
            }
            say::list_end(text, last.clone()).text()
        }
    }
}

impl From<&str> for Words {
    fn from(text: &str) -> Words {
        Words::Text(text.to_string())
    }
}

impl From<String> for Words {
    fn from(text: String) -> Words {
        Words::Text(text)
    }
}

impl From<&String> for Words {
    fn from(text: &String) -> Words {
        Words::Text(text.clone())
    }
}

impl From<usize> for Words {
    fn from(count: usize) -> Words {
        Words::Count(count)
    }
}

impl From<Words> for String {
    fn from(words: Words) -> String {
        words.text()
    }
}

impl Display for Words {
    fn fmt(&self, formatter: &mut Formatter) -> std::fmt::Result {
        formatter.write_str(&self.text())
    }
}

/// A function for each message of the catalogue, with what stands in its places in the order of the English text.
pub mod say {
    use super::{Form, Message, Words};

    include!(concat!(env!("OUT_DIR"), "/say.rs"));
}

#[cfg(test)]
mod tests;
