use serde_json::Value;

use super::reader::Place;

/// A prepared change that has a name and a button of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Act {
    pub id: String,
    pub label: String,
    /// When it is for, where its name does not say all.
    pub says: Option<String>,
    /// What the fields become, in their wire form. Nothing where only a person knows it.
    pub change: Vec<(String, Value)>,
    /// The fields that a person fills in. Nothing where the file knows what they become.
    pub fields: Vec<String>,
    /// Nothing else is sent with it, and the form does not offer its fields.
    pub alone: bool,
}

impl Act {
    pub fn read(id: &str, place: &Place) -> Option<Act> {
        let object = place.object()?;
        let (change, fields) = (object.get("change"), object.get("fields"));
        let mut act = Act {
            id: id.to_string(),
            label: object.need_text("label"),
            says: object.text("says"),
            change: Vec::new(),
            fields: Vec::new(),
            alone: object.flag("alone"),
        };
        object.done();
        match (change, fields) {
            (Some(change), None) => {
                let entries = change.object()?.entries().into_iter();
                act.change = entries.map(|(field, place)| (field.to_string(), place.value.clone())).collect();
            }
            (None, Some(fields)) if !act.alone => {
                if fields.is_empty_list() {
                    return fields.wrong("at least one of “fields”");
                }
                act.fields = fields.list().iter().filter_map(Place::text).collect();
            }
            _ => return place.wrong("either “change”, with or without “alone”, or “fields”"),
        }
        Some(act)
    }

    /// The fields that it is about.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.change.iter().map(|(field, _)| field).chain(&self.fields).map(String::as_str)
    }

    /// Whether these fields are what it changes.
    pub fn is<'k>(&self, mut fields: impl Iterator<Item = &'k str>) -> bool {
        fields.all(|key| self.change.iter().any(|(field, _)| field == key))
    }
}
