use crate::provider::Provider;
use crate::provider::field::{Field, Kind};
use crate::provider::items::Items;

use super::draft::{Draft, Entry};
use super::receipt::{Line, Receipt};
use super::record::Record;
use super::row::Row;
use super::value::{Held, Value};

/// The same change for somebody else: what this one asked for, as a draft that goes the way of any other.
///
/// A secret never goes along, and nothing does of a member that is gone.
pub fn repeat(provider: &Provider, receipt: &Receipt) -> Draft {
    let lines = receipt.lines.iter().filter(|_| !receipt.gone && !receipt.forget);
    let entry = |line: &Line| {
        let field = provider.offered().find(|field| field.key == line.field && !field.write_only)?;
        Some((field.key.clone(), asked(field, line)?))
    };
    lines.filter_map(entry).collect()
}

fn asked(field: &Field, line: &Line) -> Option<Entry> {
    let (before, asked) = (line.from.rows(), line.asked.rows());
    match (&field.kind, &line.asked) {
        (Kind::List(_), _) => {
            let new = |row: &&Row| !before.contains(row);
            let gone = |row: &&Row| !asked.iter().any(|other| other.id == row.id);
            Some(Entry::Adjust {
                add: asked.iter().filter(new).map(Row::text).collect(),
                remove: before.iter().filter(gone).map(|row| row.id.clone()).collect(),
            })
        }
        (_, Held::Known(Value::Hidden) | Held::NotTold) => None,
        (_, Held::Known(value)) => Some(Entry::Text(value.text())),
        (_, Held::None) => Some(Entry::Clear),
    }
}

/// What of a draft makes a difference to a record, and the fields that this record does not offer.
pub fn fitting(provider: &Provider, record: &Record, draft: &Draft) -> (Draft, Vec<String>) {
    let mut fits = Draft::default();
    let mut left = Vec::new();
    for (key, entry) in draft.entries() {
        let Some(field) = provider.field(key) else { continue };
        let offered = field.when.as_ref().and_then(|when| when.holds(record));
        match (offered, different(field, &record.held(field), entry)) {
            (_, None) => {}
            (Some(false), Some(_)) => left.push(key.to_string()),
            (_, Some(entry)) => fits.set(key, entry),
        }
    }
    (fits, left)
}

fn different(field: &Field, held: &Held, entry: &Entry) -> Option<Entry> {
    match (entry, &field.kind) {
        (Entry::Adjust { add, remove }, Kind::List(items)) => {
            let on_file = held.rows();
            let add: Vec<String> = add.iter().filter(|text| !has(on_file, items, text)).cloned().collect();
            let is_there = |id: &&String| on_file.iter().any(|row| row.id == **id);
            let remove: Vec<String> = remove.iter().filter(is_there).cloned().collect();
            (!add.is_empty() || !remove.is_empty()).then_some(Entry::Adjust { add, remove })
        }
        (Entry::Text(text), _) => {
            let same = held.value().is_some_and(|value| value.text() == *text);
            (!same).then(|| entry.clone())
        }
        (Entry::Clear, _) => (*held != Held::None).then_some(Entry::Clear),
        (Entry::Keep, _) => None,
        _ => Some(entry.clone()),
    }
}

/// Whether a row is on file just so; one that is nothing but its id, by that.
fn has(on_file: &[Row], items: &Items, text: &str) -> bool {
    on_file.iter().any(|row| if items.is_grouped() { row.text() == text } else { row.id == text })
}

#[cfg(test)]
mod tests;
