use serde_json::Value as Json;

use crate::provider::Provider;
use crate::provider::act::Act;

use super::value::Value;

/// What somebody means to do with each field, as typed and not yet checked.
///
/// A blank is never "empty it": keeping and clearing are choices of their own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft(Vec<(String, Entry)>);

#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    Keep,
    Clear,
    /// The one text form of a value, as typed in a box or a cell.
    Text(String),
    /// Rows to add to a list, or to put in the place of those with the same id, and ids to take out of it; what
    /// else is on file stays.
    Adjust {
        add: Vec<String>,
        remove: Vec<String>,
    },
    /// Something new that is never shown. Its text is with the secrets.
    Hidden,
    /// A value that was on file before. It may fail today's rules, and may still be put back.
    AsRead(Value),
}

impl Draft {
    /// What a prepared change does.
    pub fn of_act(provider: &Provider, act: &Act) -> Draft {
        let entry = |(key, wire): &(String, Json)| {
            let value = Value::from_wire(provider.field(key)?, wire).ok().flatten()?;
            Some((key.clone(), Entry::AsRead(value)))
        };
        act.change.iter().filter_map(entry).collect()
    }

    pub fn set(&mut self, field: impl Into<String>, entry: Entry) {
        let field = field.into();
        self.0.retain(|(key, _)| *key != field);
        self.0.push((field, entry));
    }

    pub fn get(&self, field: &str) -> &Entry {
        self.0.iter().find(|(key, _)| key == field).map_or(&Entry::Keep, |(_, entry)| entry)
    }

    pub fn entries(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.0.iter().map(|(key, entry)| (key.as_str(), entry))
    }

    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|(_, entry)| *entry == Entry::Keep)
    }
}

impl FromIterator<(String, Entry)> for Draft {
    fn from_iter<T: IntoIterator<Item = (String, Entry)>>(entries: T) -> Draft {
        let mut draft = Draft::default();
        for (field, entry) in entries {
            draft.set(field, entry);
        }
        draft
    }
}
