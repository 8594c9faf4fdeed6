use serde_json::Value;

use super::condition::Condition;
use super::date;
use super::items::Items;
use super::limits::Limits;
use super::list::Lookup;
use super::names::Names;
use super::pointer::{At, Pointer, places, pointer};
use super::reader::{Object, Place};
use crate::words::{Words, say};

/// One thing that a record holds: what it is called, what it may be, where it is read and how it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    pub key: String,
    pub label: String,
    pub hint: Option<String>,
    pub example: Option<Value>,
    pub kind: Kind,
    pub limits: Limits,
    /// Shown, never written.
    pub read_only: bool,
    /// Sent, never shown, kept or read: its value is a hole in every request.
    pub write_only: bool,
    /// Where it is read; the first place that has a value counts.
    pub at: Vec<At>,
    /// Where it is written in the request's body.
    pub to: Option<Pointer>,
    pub send: Send,
    pub absent: Absent,
    pub clear: Clear,
    /// When it is offered, and why not if it is not.
    pub when: Option<Condition>,
    pub unless: Option<String>,
    /// Words for wire values, as in `"true": "Yes, hidden"`.
    pub words: Vec<(String, String)>,
    /// What having no value is called.
    pub none: Option<String>,
    /// The list that its value is chosen from, and what the ids there are called.
    pub choices: Option<Box<Lookup>>,
    pub names: Names,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    Text,
    Flag,
    Number { whole: bool },
    Date(Box<Dates>),
    List(Box<Items>),
}

/// How dates are spelled on the wire: in any of these forms when they are read, in one when they are written.
#[derive(Clone, Debug, PartialEq)]
pub struct Dates {
    pub read: Vec<date::Format>,
    pub write: date::Format,
    /// A day that has not come yet is refused.
    pub past: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Send {
    Changed,
    Always,
}

/// What a missing key means in a record; it decides what can be proved and undone.
#[derive(Clone, Debug, PartialEq)]
pub enum Absent {
    None,
    NotTold,
    Is(Value),
}

/// How a value is taken away.
#[derive(Clone, Debug, PartialEq)]
pub enum Clear {
    By(Value),
    Omit,
    /// It cannot be, and why.
    No(Words),
}

impl Field {
    pub fn read(key: &str, place: &Place) -> Option<Field> {
        let object = place.object()?;
        let read_only = object.flag("readOnly");
        let limits = Limits::read(&object);
        // A field of unknown type still has a name that other parts of the file may use.
        let kind = Kind::read(&object).unwrap_or(Kind::Text);
        let field = Field {
            key: key.to_string(),
            label: object.need_text("label"),
            hint: object.text("hint"),
            example: object.get("example").map(|place| place.value.clone()),
            limits,
            read_only,
            write_only: object.flag("writeOnly"),
            at: object.get("at").map(|place| places(&place)).unwrap_or_default(),
            to: object.get("to").and_then(|place| pointer(&place)),
            send: object.get("send").and_then(|place| Send::read(&place)).unwrap_or(Send::Changed),
            absent: object.get("absent").and_then(|place| Absent::read(&place)).unwrap_or(match kind {
                Kind::Flag => Absent::NotTold,
                _ if object.flag("writeOnly") => Absent::NotTold,
                _ => Absent::None,
            }),
            clear: object
                .get("clear")
                .and_then(|place| Clear::read(&place))
                .unwrap_or_else(|| Clear::No(say::value_stays())),
            when: object.get("when").and_then(|place| Condition::read(&place)),
            unless: object.text("unless"),
            words: object.texts("words"),
            none: object.text("none"),
            choices: object.get("choices").and_then(|place| Lookup::choices(&place)).map(Box::new),
            names: Names::default(),
            kind,
        };
        object.done();
        Some(field)
    }

    /// The hint, and an example of what is to be entered.
    pub fn hint_with_example(&self) -> Option<String> {
        let example = self.example.as_ref().and_then(Value::as_str).filter(|_| !self.write_only);
        // A date is typed into three boxes, the day first.
        let day = example.filter(|_| matches!(self.kind, Kind::Date(_))).and_then(date::parts);
        let day = day.map(|(year, month, day)| [day, month, year].map(|part| part.to_string()).join(" "));
        hint_of(self.hint.as_ref(), day.as_deref().or(example))
    }

    /// Why it cannot be emptied, if it cannot.
    pub fn cannot_clear(&self) -> Option<&Words> {
        match &self.clear {
            Clear::No(reason) => Some(reason),
            Clear::By(_) | Clear::Omit => None,
        }
    }

    /// The words for a wire value, or the value itself.
    pub fn word<'a>(&'a self, wire: &'a str) -> &'a str {
        self.words.iter().find(|(value, _)| value == wire).map_or(wire, |(_, words)| words)
    }

    /// What an id is called: by the provider's list, else by the file; or that nobody knows it any more.
    pub fn name(&self, names: &Names, id: &str) -> String {
        let own = names.get(id).unwrap_or_else(|| self.word(id));
        if own == id && names.lacks(id) { say::value_unknown(id).text() } else { own.to_string() }
    }

    /// What having no value is called.
    pub fn nothing(&self) -> Words {
        self.none.as_ref().map_or_else(say::value_nothing, Words::from)
    }
}

/// A hint, with an example behind it.
pub fn hint_of(hint: Option<&String>, example: Option<&str>) -> Option<String> {
    let example = example.map(|example| say::form_example(beginning(example)));
    let said: Vec<Words> = hint.map(Words::from).into_iter().chain(example).collect();
    (!said.is_empty()).then(|| Words::Several(said).text())
}

/// Of a long example, the beginning shows what it looks like.
fn beginning(example: &str) -> String {
    const MOST: usize = 40;
    match example.char_indices().nth(MOST) {
        Some((end, _)) => [&example[..end], "…"].concat(),
        None => example.to_string(),
    }
}

impl Kind {
    fn read(object: &Object) -> Option<Kind> {
        let place = object.need("type")?;
        let is_date = object.get("format").is_some_and(|place| place.value.as_str() == Some("date"));
        match place.text()?.as_str() {
            "string" if is_date => Dates::read(object).map(|dates| Kind::Date(Box::new(dates))),
            "string" => Some(Kind::Text),
            "boolean" => Some(Kind::Flag),
            "integer" => Some(Kind::Number { whole: true }),
            "number" => Some(Kind::Number { whole: false }),
            "array" => Items::read(object).map(|items| Kind::List(Box::new(items))),
            _ => place.wrong("one of: string, boolean, integer, number, array"),
        }
    }
}

impl Dates {
    fn read(object: &Object) -> Option<Dates> {
        let form = |place: &Place| place.parsed("a form of a date, as in MM/DD/YYYY", date::Format::parse);
        let past = object.flag("past");
        let spelled = object.need("as")?.object()?;
        let read = spelled.need("read").map(|place| place.one_or_more()).unwrap_or_default();
        let write = spelled.need("write").and_then(|place| form(&place));
        spelled.done();
        let read = read.iter().filter_map(form).collect();
        Some(Dates { read, write: write?, past })
    }
}

impl Send {
    fn read(place: &Place) -> Option<Send> {
        match place.text()?.as_str() {
            "changed" => Some(Send::Changed),
            "always" => Some(Send::Always),
            _ => place.wrong("“changed” or “always”"),
        }
    }
}

impl Absent {
    fn read(place: &Place) -> Option<Absent> {
        match place.value.as_str() {
            Some("none") => return Some(Absent::None),
            Some("not told") => return Some(Absent::NotTold),
            _ => {}
        }
        let object = place.object()?;
        let is = object.need("is")?.value.clone();
        object.done();
        Some(Absent::Is(is))
    }
}

impl Clear {
    fn read(place: &Place) -> Option<Clear> {
        if place.value.as_str() == Some("omit") {
            return Some(Clear::Omit);
        }
        let object = place.object()?;
        let clear = match (object.get("by"), object.get("no")) {
            (Some(by), None) => Some(Clear::By(by.value.clone())),
            (None, Some(no)) => no.text().map(|no| Clear::No(Words::from(no))),
            _ => place.wrong("“omit”, {\"by\": …} or {\"no\": the reason}"),
        };
        object.done();
        clear
    }
}

#[cfg(test)]
mod tests;
