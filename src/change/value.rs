use serde_json::{Map, Number, Value as Json};

use crate::provider::condition;
use crate::provider::field::{Field, Items, Kind};

/// A value of a field, typed, so that `true` and `"true"` or two orders of the same teams compare as people
/// would compare them.
#[derive(Clone, Debug)]
pub enum Value {
    Text(String),
    Flag(bool),
    /// All its digits, as they were written: an id beyond 2^53 survives.
    Number(String),
    List(Vec<Row>),
}

/// One row of a list: its id is what counts and what is sent; the label is for people.
#[derive(Clone, Debug)]
pub struct Row {
    pub id: String,
    pub label: Option<String>,
}

/// What a record holds for a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Held {
    Known(Value),
    /// The provider says that there is nothing.
    None,
    /// The provider does not tell.
    NotTold,
}

/// A value on the wire that is not of the field's type: the record is then not understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Odd {
    pub field: String,
}

impl PartialEq for Row {
    fn eq(&self, other: &Row) -> bool {
        self.id == other.id
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::Text(a), Value::Text(b)) | (Value::Number(a), Value::Number(b)) => a == b,
            (Value::Flag(a), Value::Flag(b)) => a == b,
            (Value::List(a), Value::List(b)) => {
                let all = |some: &[Row], other: &[Row]| some.iter().all(|row| other.contains(row));
                all(a, b) && all(b, a)
            }
            _ => false,
        }
    }
}

impl Value {
    /// Reads a wire value; nothing if it is empty (null, `""`, `[]`, `{}`).
    pub fn from_wire(field: &Field, wire: &Json) -> Result<Option<Value>, Odd> {
        if condition::is_empty(Some(wire)) {
            return Ok(None);
        }
        let value = match (&field.kind, wire) {
            (Kind::Text, Json::String(text)) => Some(Value::Text(text.clone())),
            (Kind::Flag, Json::Bool(flag)) => Some(Value::Flag(*flag)),
            (Kind::Number { .. }, Json::Number(number)) => Some(Value::Number(number.to_string())),
            (Kind::List(items), Json::Array(rows)) => {
                rows.iter().map(|row| Row::from_wire(items, row)).collect::<Option<_>>().map(Value::List)
            }
            _ => None,
        };
        value.map(Some).ok_or_else(|| Odd { field: field.label.clone() })
    }

    pub fn to_wire(&self) -> Json {
        match self {
            Value::Text(text) => Json::String(text.clone()),
            Value::Flag(flag) => Json::Bool(*flag),
            Value::Number(digits) => match digits.parse::<Number>() {
                Ok(number) => Json::Number(number),
                Err(_) => Json::String(digits.clone()),
            },
            Value::List(rows) => Json::Array(rows.iter().map(|row| Json::String(row.id.clone())).collect()),
        }
    }

    /// The one text form of a value, for boxes, cells, undo and history. `check` reads it back.
    pub fn text(&self) -> String {
        match self {
            Value::Text(text) | Value::Number(text) => text.clone(),
            Value::Flag(true) => "yes".to_string(),
            Value::Flag(false) => "no".to_string(),
            Value::List(rows) => {
                let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
                ids.join("; ")
            }
        }
    }

    /// The value in words for a person: the file's words, or labels instead of ids.
    pub fn words(&self, field: &Field) -> String {
        match self {
            Value::Text(text) | Value::Number(text) => field.word(text).to_string(),
            Value::Flag(flag) => {
                let wire = if *flag { "true" } else { "false" };
                match field.word(wire) {
                    "true" => "Yes".to_string(),
                    "false" => "No".to_string(),
                    words => words.to_string(),
                }
            }
            Value::List(rows) => {
                let names: Vec<&str> = rows.iter().map(Row::words).collect();
                names.join(", ")
            }
        }
    }
}

impl Row {
    pub fn new(id: impl Into<String>) -> Row {
        Row { id: id.into(), label: None }
    }

    pub fn words(&self) -> &str {
        self.label.as_deref().unwrap_or(&self.id)
    }

    fn from_wire(items: &Items, wire: &Json) -> Option<Row> {
        match wire {
            Json::String(id) => Some(Row::new(id)),
            Json::Object(_) => {
                let id = items.id.as_ref()?.of(wire)?.as_str()?;
                let label = items.name.as_ref().and_then(|name| name.of(wire)).and_then(Json::as_str);
                let label = label.filter(|label| !label.is_empty()).map(str::to_string);
                Some(Row { id: id.to_string(), label })
            }
            _ => None,
        }
    }
}

impl Held {
    pub fn value(&self) -> Option<&Value> {
        match self {
            Held::Known(value) => Some(value),
            Held::None | Held::NotTold => None,
        }
    }

    /// What stands on the screen for it.
    pub fn words(&self, field: &Field) -> String {
        match self {
            Held::Known(value) => value.words(field),
            Held::None => field.nothing().to_string(),
            Held::NotTold => "Not told by the provider".to_string(),
        }
    }

    /// The wire value, for conditions; `None` if the provider does not tell.
    pub fn wire(&self) -> Option<Json> {
        match self {
            Held::Known(value) => Some(value.to_wire()),
            Held::None => Some(Json::Null),
            Held::NotTold => None,
        }
    }
}

/// An empty object to write into.
pub fn empty_object() -> Json {
    Json::Object(Map::new())
}

#[cfg(test)]
mod tests;
