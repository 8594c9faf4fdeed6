use std::cell::RefCell;

use serde_json::{Map, Value};

use super::fault::Faults;

/// One place of a JSON file while it is read: the value, where it stands, and where faults go.
///
/// Reading by hand rather than by derive is what lets us name *all* faults with their places.
#[derive(Clone)]
pub struct Place<'a> {
    pub value: &'a Value,
    pub pointer: String,
    pub faults: &'a Faults,
}

/// An object whose known words are taken one by one; what is left at [`Object::done`] is a fault.
pub struct Object<'a> {
    map: &'a Map<String, Value>,
    place: Place<'a>,
    known: RefCell<Vec<&'static str>>,
}

impl<'a> Place<'a> {
    pub fn new(value: &'a Value, faults: &'a Faults) -> Place<'a> {
        Place { value, pointer: String::new(), faults }
    }

    pub fn fault(&self, says: impl Into<String>, cure: impl Into<String>) {
        self.faults.add(&self.pointer, says, cure);
    }

    fn child(&self, key: &str, value: &'a Value) -> Place<'a> {
        let key = key.replace('~', "~0").replace('/', "~1");
        Place { value, pointer: [&self.pointer, "/", &key].concat(), faults: self.faults }
    }

    pub fn object(&self) -> Option<Object<'a>> {
        match self.value {
            Value::Object(map) => Some(Object { map, place: self.clone(), known: RefCell::default() }),
            _ => self.wrong("an object: { … }"),
        }
    }

    pub fn list(&self) -> Vec<Place<'a>> {
        match self.value {
            Value::Array(list) => {
                list.iter().enumerate().map(|(index, value)| self.child(&index.to_string(), value)).collect()
            }
            _ => self.wrong("a list: [ … ]").unwrap_or_default(),
        }
    }

    pub fn is_empty_list(&self) -> bool {
        self.value.as_array().is_some_and(Vec::is_empty)
    }

    /// One thing, or a list of them.
    pub fn one_or_more(&self) -> Vec<Place<'a>> {
        if self.value.is_array() { self.list() } else { vec![self.clone()] }
    }

    pub fn text(&self) -> Option<String> {
        match self.value {
            Value::String(text) => Some(text.clone()),
            _ => self.wrong("a text in quotes"),
        }
    }

    pub fn flag(&self) -> Option<bool> {
        self.value.as_bool().or_else(|| self.wrong("true or false"))
    }

    pub fn count(&self) -> Option<usize> {
        let count = self.value.as_u64().and_then(|count| usize::try_from(count).ok());
        count.or_else(|| self.wrong("a whole number"))
    }

    /// A text that `parse` understands; otherwise a fault that says what was wanted.
    pub fn parsed<T>(&self, wanted: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text = self.text()?;
        parse(&text).or_else(|| self.wrong(wanted))
    }

    pub fn wrong<T>(&self, wanted: &str) -> Option<T> {
        self.fault("This is not what belongs here.", ["Write ", wanted, "."].concat());
        None
    }
}

impl<'a> Object<'a> {
    pub fn place(&self) -> &Place<'a> {
        &self.place
    }

    pub fn get(&self, key: &'static str) -> Option<Place<'a>> {
        self.known.borrow_mut().push(key);
        self.map.get(key).map(|value| self.place.child(key, value))
    }

    pub fn need(&self, key: &'static str) -> Option<Place<'a>> {
        self.get(key).or_else(|| {
            self.place.fault(["“", key, "” is missing."].concat(), ["Add “", key, "”."].concat());
            None
        })
    }

    pub fn text(&self, key: &'static str) -> Option<String> {
        self.get(key)?.text()
    }

    /// A text that must be there; empty after a fault.
    pub fn need_text(&self, key: &'static str) -> String {
        let text = self.need(key).and_then(|place| place.text().map(|text| (place, text)));
        match text {
            Some((place, text)) if text.trim().is_empty() => {
                place.fault("This text is empty.", "Write something here.");
                text
            }
            Some((_, text)) => text,
            None => String::new(),
        }
    }

    pub fn flag(&self, key: &'static str) -> bool {
        self.get(key).and_then(|place| place.flag()).unwrap_or(false)
    }

    pub fn count(&self, key: &'static str) -> Option<usize> {
        self.get(key)?.count()
    }

    /// Texts by names that the writer of the file chose; none if nothing is there.
    pub fn texts(&self, key: &'static str) -> Vec<(String, String)> {
        let entries = self.get(key).and_then(|place| place.object()).map(|object| object.entries());
        let text = |(name, place): (&str, Place)| Some((name.to_string(), place.text()?));
        entries.unwrap_or_default().into_iter().filter_map(text).collect()
    }

    /// All entries of an object whose keys are names chosen by the writer of the file.
    pub fn entries(&self) -> Vec<(&'a str, Place<'a>)> {
        let entries = self.map.iter().filter(|(key, _)| !key.starts_with('$'));
        entries.map(|(key, value)| (key.as_str(), self.place.child(key, value))).collect()
    }

    /// Names every word that nobody asked for: a misspelt word must not be passed over in silence.
    pub fn done(self) {
        let known = self.known.borrow();
        for (key, value) in self.map {
            if !key.starts_with('$') && !known.contains(&key.as_str()) {
                let place = self.place.child(key, value);
                let says = ["“", key, "” is not a word that is known here."].concat();
                place.fault(says, ["Remove it, or write one of: ", &known.join(", "), "."].concat());
            }
        }
    }
}
