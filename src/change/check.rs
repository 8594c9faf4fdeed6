use crate::provider::Provider;
use crate::provider::field::{Clear, Field, Items, Kind, Limits};

use super::draft::{Draft, Entry};
use super::problem::{Problem, Violation};
use super::value::{Row, Value};

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
        Entry::Text(text) => parse(field, text).map(|value| Some(Edit::Set(value))),
        Entry::AsRead(value) => Ok(Some(Edit::Set(value.clone()))),
        Entry::Adjust { add, remove } => {
            let Kind::List(items) = &field.kind else {
                return Err(Problem::Unreadable);
            };
            let add = rows(items, add.iter().map(String::as_str))?;
            let nothing = add.is_empty() && remove.is_empty();
            Ok((!nothing).then(|| Edit::Adjust { add, remove: remove.clone() }))
        }
    }
}

/// Reads the text form of a value. Spaces around it and characters that nobody can see do not count.
pub fn parse(field: &Field, text: &str) -> Result<Value, Problem> {
    let text = tidy(text);
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
        Kind::List(items) => {
            let ids = text.split([';', ',', '\n']).map(str::trim).filter(|id| !id.is_empty());
            let rows = rows(items, ids)?;
            match items.most {
                _ if rows.is_empty() => Err(Problem::ValueMissing),
                _ if rows.len() < items.least => Err(Problem::TooFewRows(items.least)),
                Some(most) if rows.len() > most => Err(Problem::TooManyRows(most)),
                _ => Ok(Value::List(rows)),
            }
        }
    }
}

fn rows<'t>(items: &Items, ids: impl Iterator<Item = &'t str>) -> Result<Vec<Row>, Problem> {
    let mut rows: Vec<Row> = Vec::new();
    for id in ids {
        let row = Row::new(tidy(id));
        limited(&items.limits, &row.id)?;
        if rows.contains(&row) {
            return Err(Problem::RepeatedRow(row.id));
        }
        rows.push(row);
    }
    Ok(rows)
}

/// Holds a text against a field's limits. Lengths count UTF-16 units, as the providers do.
pub fn limited(limits: &Limits, text: &str) -> Result<(), Problem> {
    let is = text.encode_utf16().count();
    if let Some(most) = limits.max_length.filter(|most| is > *most) {
        return Err(Problem::TooLong { most, is });
    }
    if let Some(least) = limits.min_length.filter(|least| is < *least) {
        return Err(Problem::TooShort { least });
    }
    if text.chars().any(|c| c.is_control() && c != '\n') {
        return Err(Problem::Unreadable);
    }
    if !limits.choices.is_empty() && !limits.choices.iter().any(|choice| choice == text) {
        return Err(Problem::NotListed(limits.choices.clone()));
    }
    match &limits.pattern {
        Some(pattern) if !pattern.fits(text) => Err(Problem::PatternMismatch(limits.says.clone())),
        _ => Ok(()),
    }
}

/// Without the spaces and invisible characters that come along when a text is pasted.
pub fn tidy(text: &str) -> String {
    let invisible = |c: char| matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}');
    // Marks of direction belong to a text, but not around it.
    let direction =
        |c: char| matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let around = |c: char| c.is_whitespace() || c == '\u{00A0}' || direction(c);
    let seen: String = text.chars().filter(|c| !invisible(*c)).collect();
    seen.trim_matches(around).to_string()
}

#[cfg(test)]
mod tests;
