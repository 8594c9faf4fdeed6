use super::condition::{Condition, Subject};
use super::reader::Place;
use super::template::Template;

/// Something that a change may bring with it, said before it is sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Risk {
    pub id: String,
    pub when: Condition,
    pub says: Template,
    pub confirm: Confirm,
    /// The member is expected to be gone afterwards: reading no record of it is then the proof.
    pub gone: bool,
    /// The page forgets the member afterwards.
    pub forget: bool,
}

/// How hard a risk must be confirmed: as hard as it deserves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Confirm {
    Note,
    Tick,
    Type,
}

impl Risk {
    /// The one field that it is about, among those that are changed; nothing if there are several, or none.
    pub fn field(&self, is_changed: impl Fn(&str) -> bool) -> Option<&str> {
        let mut about = None;
        for test in self.when.tests() {
            match &test.subject {
                Subject::Field(field) if is_changed(field) => match about {
                    Some(other) if other != field.as_str() => return None,
                    _ => about = Some(field.as_str()),
                },
                _ => {}
            }
        }
        about
    }

    pub fn read(place: &Place) -> Option<Risk> {
        let object = place.object()?;
        let confirm = object.need("confirm").and_then(|place| {
            place.parsed("note, tick or type", |text| match text {
                "note" => Some(Confirm::Note),
                "tick" => Some(Confirm::Tick),
                "type" => Some(Confirm::Type),
                _ => None,
            })
        });
        let wanted = "a sentence; names in braces are filled in";
        let says = object.need("says").and_then(|place| place.parsed(wanted, Template::parse));
        let when = object.need("if").and_then(|place| Condition::read(&place));
        let id = object.need_text("id");
        let gone = object
            .get("expect")
            .and_then(|place| place.parsed("gone", |text| (text == "gone").then_some(true)));
        let forget = object.flag("forget");
        object.done();
        Some(Risk { id, when: when?, says: says?, confirm: confirm?, gone: gone.unwrap_or(false), forget })
    }
}
