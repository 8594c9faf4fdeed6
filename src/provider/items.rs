use super::limits::Limits;
use super::list::Lookup;
use super::names::Names;
use super::pointer::{Pointer, pointer};
use super::reader::{Object, Place};

/// The rows of a list.
///
/// A plain row is an id: ids are sent, and objects may be read, with a label for people. A row with parts is an
/// object that is read and sent; one of its properties is its key.
#[derive(Clone, Debug, PartialEq)]
pub struct Items {
    pub label: String,
    pub limits: Limits,
    /// The id is a whole number on the wire.
    pub whole: bool,
    pub least: usize,
    pub most: Option<usize>,
    /// Where an object that is read has its id and its label; plain texts are ids themselves.
    pub id: Option<Pointer>,
    pub name: Option<Pointer>,
    /// What the id is called, where a row has more to it.
    pub key: Option<Key>,
    pub parts: Vec<Part>,
    pub rows: Rows,
    /// The list that the id is chosen from, and what the ids there are called.
    pub choices: Option<Lookup>,
    pub names: Names,
}

/// The property of an object that says which row it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    pub name: String,
    pub label: String,
}

/// Which rows are sent.
#[derive(Clone, Debug, PartialEq)]
pub enum Rows {
    /// All of them: what is sent replaces what is there.
    Whole,
    /// Those that are new or different: the others stay. So none can be removed, and why.
    Changed { remove: String },
}

/// One more property of a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    pub name: String,
    pub label: String,
    pub hint: Option<String>,
    pub whole: bool,
    pub limits: Limits,
    pub shape: Shape,
    /// Where each of several objects has its id, and a text beside it.
    pub id: Option<Pointer>,
    pub value: Option<Pointer>,
    /// The list that its values are chosen from, whatever the row; and what the ids there are called.
    pub choices: Option<Lookup>,
    pub names: Names,
}

/// Whether a part holds one value or several.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shape {
    One,
    List,
    /// Providers are found to give either: what was read is written, and a list where nothing was.
    AsRead,
}

impl Items {
    pub fn read(object: &Object) -> Option<Items> {
        // What stands beside the rows is read first: a fault in them makes none of it unknown.
        let (least, most) = (object.count("minItems").unwrap_or(0), object.count("maxItems"));
        let row = object.get("item").and_then(|place| place.object());
        let rows = Rows::read(object);
        let items = object.need("items")?.object()?;
        let part = |key| row.as_ref().and_then(|row| row.get(key)).and_then(|place| pointer(&place));
        let kind = items.get("type").and_then(|place| place.text().map(|text| (place, text)));
        let grouped = matches!(&kind, Some((_, text)) if text == "object");
        if let Some((place, text)) = &kind
            && !["string", "integer", "object"].contains(&text.as_str())
        {
            return place.wrong("string, integer or object");
        }
        let mut read = Items {
            label: items.need_text("label"),
            limits: Limits::read(&items),
            whole: matches!(&kind, Some((_, text)) if text == "integer"),
            least,
            most,
            id: part("id"),
            name: part("label"),
            key: None,
            parts: Vec::new(),
            rows: rows?,
            choices: None,
            names: Names::default(),
        };
        if !grouped {
            read.choices = items.get("choices").and_then(|place| Lookup::choices(&place));
        } else {
            read.properties(&items)?;
        }
        items.done();
        if let Some(row) = row {
            row.done();
        }
        Some(read)
    }

    /// The properties of a row that is an object. Its key has the limits of an id.
    fn properties(&mut self, items: &Object) -> Option<()> {
        let key = items.need("key")?;
        let name = key.text()?;
        for (property, place) in items.need("properties")?.object()?.entries() {
            let part = Part::read(property, &place)?;
            if part.name == name {
                self.id = Pointer::of_key(&name);
                (self.limits, self.whole, self.choices) = (part.limits, part.whole, part.choices);
                self.key = Some(Key { name: part.name, label: part.label });
            } else {
                self.parts.push(part);
            }
        }
        if self.key.is_none() {
            return key.wrong("the name of one of “properties”");
        }
        Some(())
    }

    /// The lists that something of a row is chosen from.
    pub fn lookups(&self) -> impl Iterator<Item = &Lookup> {
        self.choices.iter().chain(self.parts.iter().filter_map(|part| part.choices.as_ref()))
    }

    /// Which list of an entry has what this part is chosen from, by its number.
    pub fn inner(&self, part: &Part) -> Option<usize> {
        self.choices.as_ref()?.of.iter().position(|inner| inner.property == part.name)
    }

    /// Whether a row is an object of several properties.
    pub fn is_grouped(&self) -> bool {
        self.key.is_some()
    }
}

impl Rows {
    fn read(object: &Object) -> Option<Rows> {
        let remove = object.get("remove").and_then(|place| {
            let object = place.object()?;
            let reason = object.need_text("no");
            object.done();
            Some(reason)
        });
        let Some(place) = object.get("rows") else {
            return match (remove, object.get("remove")) {
                (Some(_), Some(place)) => place.wrong("also “rows”: “changed”"),
                _ => Some(Rows::Whole),
            };
        };
        match (place.text()?.as_str(), remove) {
            ("whole", None) => Some(Rows::Whole),
            ("changed", Some(remove)) => Some(Rows::Changed { remove }),
            ("changed", None) => place.wrong("also “remove”: {\"no\": the reason}"),
            _ => place.wrong("“whole”, or “changed” together with “remove”"),
        }
    }
}

impl Part {
    fn read(name: &str, place: &Place) -> Option<Part> {
        let object = place.object()?;
        let kind = object.need("type")?;
        let whole = match kind.text()?.as_str() {
            "string" => false,
            "integer" => true,
            _ => return kind.wrong("string or integer"),
        };
        let shape = match object.get("shape") {
            None => Some(Shape::One),
            Some(place) => place.parsed("list or as-read", |text| match text {
                "list" => Some(Shape::List),
                "as-read" => Some(Shape::AsRead),
                _ => None,
            }),
        };
        let item = object.get("item").and_then(|place| place.object());
        let pointer = |key| item.as_ref().and_then(|item| item.get(key)).and_then(|place| pointer(&place));
        let part = Part {
            name: name.to_string(),
            label: object.need_text("label"),
            hint: object.text("hint"),
            whole,
            limits: Limits::read(&object),
            shape: shape?,
            id: pointer("id"),
            value: pointer("value"),
            choices: object.get("choices").and_then(|place| Lookup::choices(&place)),
            names: Names::default(),
        };
        if let Some(item) = item {
            item.done();
        }
        object.done();
        Some(part)
    }
}

#[cfg(test)]
mod tests;
