use super::condition::Condition;
use super::reader::Place;
use super::template::Template;

/// Something that a change may bring with it, said before it is sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Risk {
    pub id: String,
    pub when: Condition,
    pub says: Template,
    pub confirm: Confirm,
}

/// How hard a risk must be confirmed: as hard as it deserves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Confirm {
    Note,
    Tick,
    Type,
}

impl Risk {
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
        object.done();
        Some(Risk { id, when: when?, says: says?, confirm: confirm? })
    }
}
