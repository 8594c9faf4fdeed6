use serde_json::{Map, Number, Value as Json};

use crate::provider::condition;
use crate::provider::date;
use crate::provider::field::{Field, Kind};
use crate::provider::limits::Format;
use crate::words::{Words, say};

use super::row::Row;

/// A value of a field, typed, so that `true` and `"true"` or two orders of the same teams compare as people
/// would compare them.
#[derive(Clone, Debug)]
pub enum Value {
    Text(String),
    Flag(bool),
    /// All its digits, as they were written: an id beyond 2^53 survives.
    Number(String),
    /// `YYYY-MM-DD`, however the provider spells it.
    Date(String),
    List(Vec<Row>),
    /// Something that is sent and never shown. Its text is a secret and is not here.
    Hidden,
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

impl PartialEq for Value {
    fn eq(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::Text(a), Value::Text(b))
            | (Value::Number(a), Value::Number(b))
            | (Value::Date(a), Value::Date(b)) => a == b,
            (Value::Hidden, Value::Hidden) => true,
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
            // A date in a spelling that nobody foresaw is shown as it is.
            (Kind::Date(dates), Json::String(text)) => {
                let date = dates.read.iter().find_map(|form| form.read(text));
                Some(date.map_or_else(|| Value::Text(text.clone()), Value::Date))
            }
            (Kind::List(items), Json::Array(rows)) => {
                rows.iter().map(|row| Row::from_wire(items, row)).collect::<Option<_>>().map(Value::List)
            }
            _ => None,
        };
        value.map(Some).ok_or_else(|| Odd { field: field.label.clone() })
    }

    pub fn to_wire(&self, field: &Field) -> Json {
        match (self, &field.kind) {
            (Value::Flag(flag), _) => Json::Bool(*flag),
            (Value::Number(digits), _) => match digits.parse::<Number>() {
                Ok(number) => Json::Number(number),
                Err(_) => Json::String(digits.clone()),
            },
            (Value::Date(date), Kind::Date(dates)) => {
                Json::String(dates.write.write(date).unwrap_or_else(|| date.clone()))
            }
            (Value::List(rows), Kind::List(items)) => {
                Json::Array(rows.iter().map(|row| row.to_wire(items, rows)).collect())
            }
            (Value::List(rows), _) => {
                Json::Array(rows.iter().map(|row| Json::String(row.id.clone())).collect())
            }
            (Value::Text(text) | Value::Date(text), _) => Json::String(text.clone()),
            // A hole stands there instead.
            (Value::Hidden, _) => Json::Null,
        }
    }

    /// The one text form of a value, for boxes, cells, undo and history. `check` reads it back.
    pub fn text(&self) -> String {
        match self {
            Value::Text(text) | Value::Number(text) | Value::Date(text) => text.clone(),
            Value::Flag(true) => "yes".to_string(),
            Value::Flag(false) => "no".to_string(),
            Value::List(rows) => rows.iter().map(Row::text).collect::<Vec<_>>().join("; "),
            Value::Hidden => String::new(),
        }
    }

    /// The value in words for a person: the file's words, or labels instead of ids.
    pub fn words(&self, field: &Field) -> String {
        match self {
            Value::Text(text) if field.limits.format == Some(Format::DateTime) => moment_words(text),
            Value::Text(text) | Value::Number(text) => field.name(&field.names, text),
            Value::Date(date) => date_words(date),
            Value::Hidden => say::value_hidden().text(),
            Value::Flag(flag) => {
                let wire = if *flag { "true" } else { "false" };
                match field.word(wire) {
                    "true" => say::value_yes().text(),
                    "false" => say::value_no().text(),
                    words => words.to_string(),
                }
            }
            Value::List(rows) => {
                let names: Vec<String> = rows.iter().map(|row| row.words(field)).collect();
                names.join(", ")
            }
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

    /// The rows of a list; none where it holds no list.
    pub fn rows(&self) -> &[Row] {
        match self {
            Held::Known(Value::List(rows)) => rows,
            _ => &[],
        }
    }

    /// What stands on the screen for it.
    pub fn words(&self, field: &Field) -> String {
        match self {
            Held::Known(value) => value.words(field),
            Held::None => field.nothing().text(),
            Held::NotTold => say::value_not_told().text(),
        }
    }

    /// The wire value, for conditions; `None` if the provider does not tell.
    pub fn wire(&self, field: &Field) -> Option<Json> {
        match self {
            Held::Known(value) => Some(value.to_wire(field)),
            Held::None => Some(Json::Null),
            Held::NotTold => None,
        }
    }
}

/// A date that nobody can misread: the month is a word.
fn date_words(date: &str) -> String {
    match date::parts(date) {
        Some((year, month, day)) => {
            let month = MONTHS[month as usize - 1];
            say::date_day(day as usize, month(), year as usize).text()
        }
        None => date.to_string(),
    }
}

const MONTHS: [fn() -> Words; 12] = [
    say::date_month_1,
    say::date_month_2,
    say::date_month_3,
    say::date_month_4,
    say::date_month_5,
    say::date_month_6,
    say::date_month_7,
    say::date_month_8,
    say::date_month_9,
    say::date_month_10,
    say::date_month_11,
    say::date_month_12,
];

/// A moment as a clock shows it: year, month and day, then hours, minutes and seconds.
pub fn clock_words([year, month, day]: [u32; 3], time: [u32; 3], zone: Option<&str>) -> Words {
    let date = date::iso(year, month, day).unwrap_or_default();
    moment(&date, &time_words(time), zone)
}

/// Hours, minutes, and seconds where they are told.
pub fn time_words<const PARTS: usize>(time: [u32; PARTS]) -> String {
    let two = |number: u32| [if number < 10 { "0" } else { "" }, &number.to_string()].concat();
    time.map(two).join(":")
}

/// A day, a time of it, and the zone that it is of where that is known: in one manner wherever a moment is shown.
fn moment(date: &str, time: &str, zone: Option<&str>) -> Words {
    let date = date_words(date);
    match zone {
        Some(zone) => say::date_moment_zone(date, time, zone),
        None => say::date_moment(date, time),
    }
}

/// A moment as a date, hours and minutes; where it was told at Greenwich, that is said.
pub fn moment_words(text: &str) -> String {
    let Some((date, time)) = text.split_once('T').filter(|(date, _)| date::parts(date).is_some()) else {
        return text.to_string();
    };
    let zone = time.ends_with('Z').then_some("UTC");
    moment(date, time.get(..5).unwrap_or(time), zone).text()
}

/// An empty object to write into.
pub fn empty_object() -> Json {
    Json::Object(Map::new())
}

#[cfg(test)]
mod tests;
