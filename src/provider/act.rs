use serde_json::Value;

use super::reader::Place;

/// A prepared change that has a name and a button of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Act {
    pub id: String,
    pub label: String,
    pub says: String,
    /// What the fields become, in their wire form.
    pub change: Vec<(String, Value)>,
    /// Nothing else is sent with it, and the form does not offer its fields.
    pub alone: bool,
}

impl Act {
    pub fn read(id: &str, place: &Place) -> Option<Act> {
        let object = place.object()?;
        let change = object.need("change").and_then(|place| {
            let entries = place.object()?.entries().into_iter();
            Some(entries.map(|(field, place)| (field.to_string(), place.value.clone())).collect())
        });
        let act = Act {
            id: id.to_string(),
            label: object.need_text("label"),
            says: object.need_text("says"),
            change: change?,
            alone: object.flag("alone"),
        };
        object.done();
        Some(act)
    }

    /// Whether these fields are what it changes.
    pub fn is<'k>(&self, mut fields: impl Iterator<Item = &'k str>) -> bool {
        fields.all(|key| self.change.iter().any(|(field, _)| field == key))
    }
}
