use serde_json::{Map, Value};

use super::reader::Place;

/// A JSON pointer (RFC 6901), checked when it is made.
#[derive(Clone, Debug, PartialEq)]
pub struct Pointer(String);

impl Pointer {
    /// Empty for the whole value, else it starts with `/`; `~` only as `~0` or `~1`.
    pub fn parse(text: &str) -> Option<Pointer> {
        let starts_well = text.is_empty() || text.starts_with('/');
        let escapes_well = text.split('~').skip(1).all(|rest| rest.starts_with(['0', '1']));
        (starts_well && escapes_well).then(|| Pointer(text.to_string()))
    }

    /// The place of one key of an object.
    pub fn of_key(key: &str) -> Option<Pointer> {
        Pointer::parse(&["/", &key.replace('~', "~0").replace('/', "~1")].concat())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn of<'a>(&self, value: &'a Value) -> Option<&'a Value> {
        value.pointer(&self.0)
    }

    /// Puts `new` at this place, making the objects on the way; what is in the way and no object is replaced.
    pub fn set(&self, value: &mut Value, new: Value) {
        let mut here = value;
        for key in self.0.split('/').skip(1) {
            if !here.is_object() {
                *here = Value::Object(Map::new());
            }
            let key = key.replace("~1", "/").replace("~0", "~");
            here = match here {
                Value::Object(map) => map.entry(key).or_insert(Value::Null),
                _ => return,
            };
        }
        *here = new;
    }

    /// Takes away what stands at this place, if anything does.
    pub fn remove(&self, value: &mut Value) {
        let Some((parent, key)) = self.0.rsplit_once('/') else {
            return;
        };
        if let Some(Value::Object(map)) = value.pointer_mut(parent) {
            map.shift_remove(&key.replace("~1", "/").replace("~0", "~"));
        }
    }
}

/// Where something stands in what was read: `/title` in the record, `room#/title` in the extra read "room".
#[derive(Clone, Debug, PartialEq)]
pub struct At {
    pub also: Option<String>,
    pub pointer: Pointer,
}

impl At {
    pub fn parse(text: &str) -> Option<At> {
        let (also, pointer) = match text.split_once('#') {
            Some((also, pointer)) if !also.is_empty() => (Some(also.to_string()), pointer),
            _ => (None, text),
        };
        Some(At { also, pointer: Pointer::parse(pointer)? })
    }
}

/// One place or several, each a pointer into the record or into a named extra read.
pub fn places(place: &Place) -> Vec<At> {
    let wanted = "a JSON pointer, as in /name or room#/title";
    place.one_or_more().iter().filter_map(|place| place.parsed(wanted, At::parse)).collect()
}

pub fn pointer(place: &Place) -> Option<Pointer> {
    place.parsed("a JSON pointer, as in /data/member, or an empty text", Pointer::parse)
}
