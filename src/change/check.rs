use crate::provider::Provider;
use crate::provider::date;
use crate::provider::field::{Clear, Field, Kind};
use crate::provider::items::Items;
use crate::provider::limits::Format;

use super::draft::{Draft, Entry};
use super::limits::{bare, bare_email, limited, tidy};
use super::problem::{Problem, Violation};
use super::row::{Row, split};
use super::value::Value;

/// A checked change: what each touched field shall become. Only [`check`] makes one.
#[derive(Clone, Debug, PartialEq)]
pub struct Change(Vec<(String, Edit)>);

/// What a checked change does to one field.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    Set(Value),
    Clear,
    Adjust { add: Vec<Row>, remove: Vec<String> },
}

impl Change {
    pub fn edits(&self) -> impl Iterator<Item = (&str, &Edit)> {
        self.0.iter().map(|(key, edit)| (key.as_str(), edit))
    }

    pub fn edit(&self, field: &str) -> Option<&Edit> {
        self.0.iter().find(|(key, _)| key == field).map(|(_, edit)| edit)
    }
}

/// Checks what was typed against the fields' own rules: a change, or every violation at once.
/// What depends on the record (is it offered, does it differ) is `plan`'s to say.
pub fn check(provider: &Provider, draft: &Draft) -> Result<Change, Vec<Violation>> {
    let mut edits = Vec::new();
    let mut violations = Vec::new();
    for field in provider.fields.iter().filter(|field| !field.read_only) {
        match check_entry(field, draft.get(&field.key)) {
            Ok(None) => {}
            Ok(Some(edit)) => edits.push((field.key.clone(), edit)),
            Err(problem) => violations.push(Violation::new(&field.key, problem)),
        }
    }
    if violations.is_empty() { Ok(Change(edits)) } else { Err(violations) }
}

/// One field alone, for the words beside its control.
pub fn check_entry(field: &Field, entry: &Entry) -> Result<Option<Edit>, Problem> {
    match entry {
        Entry::Keep => Ok(None),
        Entry::Clear => match &field.clear {
            Clear::No(reason) => Err(Problem::CannotClear(reason.clone())),
            Clear::By(_) | Clear::Omit => Ok(Some(Edit::Clear)),
        },
        // A box that held something was emptied: why that is not enough is the field's to say.
        Entry::Text(text) => match field.cannot_clear() {
            Some(reason) if tidy(text).is_empty() => Err(Problem::CannotClear(reason.clone())),
            _ if field.write_only => Err(Problem::Unreadable),
            _ => parse(field, text).map(|value| Some(Edit::Set(value))),
        },
        Entry::Hidden if field.write_only => Ok(Some(Edit::Set(Value::Hidden))),
        Entry::Hidden => Err(Problem::Unreadable),
        Entry::AsRead(value) => Ok(Some(Edit::Set(value.clone()))),
        Entry::Adjust { add, remove } => {
            let Kind::List(items) = &field.kind else {
                return Err(Problem::Unreadable);
            };
            let add = rows(items, add)?;
            let nothing = add.is_empty() && remove.is_empty();
            Ok((!nothing).then(|| Edit::Adjust { add, remove: remove.clone() }))
        }
    }
}

/// Reads the text form of a value. Spaces around it and characters that nobody can see do not count; nor do quotes,
/// where they can be no part of it.
pub fn parse(field: &Field, text: &str) -> Result<Value, Problem> {
    let text = match (&field.kind, field.limits.format) {
        (Kind::Text, Some(Format::Email)) => bare_email(text),
        (Kind::Text, None) | (Kind::List(_), _) => tidy(text),
        _ => bare(text),
    };
    if text.is_empty() {
        return Err(Problem::ValueMissing);
    }
    match &field.kind {
        Kind::Text => limited(&field.limits, &text).map(|()| Value::Text(text)),
        Kind::Flag => match text.to_lowercase().as_str() {
            "yes" | "true" => Ok(Value::Flag(true)),
            "no" | "false" => Ok(Value::Flag(false)),
            _ => Err(Problem::NotYesOrNo),
        },
        Kind::Number { whole } => {
            let digits = text.strip_prefix('-').unwrap_or(&text);
            let (before, after) = digits.split_once('.').unwrap_or((digits, "0"));
            let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
            let leading = before.len() > 1 && before.starts_with('0');
            let fits = plain(before) && plain(after) && !leading && !(*whole && digits.contains('.'));
            if fits { Ok(Value::Number(text)) } else { Err(Problem::NotANumber) }
        }
        Kind::Date(_) => date::parts(&text).map(|_| Value::Date(text)).ok_or(Problem::NotADate),
        Kind::List(items) => {
            let texts = match items.is_grouped() {
                true => split(&text, &[';', '\n']),
                // An id alone has no escapes: it is written as it is.
                false => text.split([';', ',', '\n']).map(str::to_string).collect(),
            };
            let texts: Vec<String> =
                texts.iter().map(|text| text.trim().to_string()).filter(|text| !text.is_empty()).collect();
            let rows = rows(items, &texts)?;
            match items.most {
                _ if rows.is_empty() => Err(Problem::ValueMissing),
                _ if rows.len() < items.least => Err(Problem::TooFewRows(items.least)),
                Some(most) if rows.len() > most => Err(Problem::TooManyRows(most)),
                _ => Ok(Value::List(rows)),
            }
        }
    }
}

fn rows(items: &Items, texts: &[String]) -> Result<Vec<Row>, Problem> {
    let mut rows: Vec<Row> = Vec::new();
    for text in texts {
        let row = Row::parse(items, &bare(text))?;
        if rows.iter().any(|other| other.id == row.id) {
            return Err(Problem::RepeatedRow(row.id));
        }
        rows.push(row);
    }
    Ok(rows)
}

#[cfg(test)]
mod tests;
