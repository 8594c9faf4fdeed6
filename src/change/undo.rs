use crate::provider::Provider;
use crate::provider::field::{Clear, Kind};
use crate::provider::items::Rows;
use crate::words::{Words, say};

use super::draft::{Draft, Entry};
use super::receipt::{Line, Receipt, Settled};
use super::row::Row;
use super::value::Held;

/// The way back from a change: a draft like any other, which goes the same way of check, plan and consent.
#[derive(Clone, Debug, PartialEq)]
pub struct Undo {
    pub draft: Draft,
    /// Fields that cannot be put back, and why.
    pub lost: Vec<(String, Words)>,
}

/// What would put the record back as it was. Values that were on file are marked as read, since they may fail
/// today's rules.
pub fn undo(provider: &Provider, receipt: &Receipt) -> Undo {
    let mut undo = Undo { draft: Draft::default(), lost: Vec::new() };
    if receipt.gone {
        let lost = |line: &Line| (line.field.clone(), say::reason_gone());
        undo.lost = receipt.lines.iter().map(lost).collect();
        return undo;
    }
    for line in receipt.lines.iter().filter(|line| line.settled() != Settled::AsBefore) {
        let Some(field) = provider.field(&line.field) else {
            continue;
        };
        let mut lose = |reason: Words| undo.lost.push((field.key.clone(), reason));
        if field.write_only {
            lose(say::reason_hidden_before());
            continue;
        }
        if let Kind::List(items) = &field.kind
            && let Rows::Changed { remove } = &items.rows
        {
            let (before, asked) = (line.from.rows(), line.asked.rows());
            let back: Vec<String> = before.iter().filter(|row| !asked.contains(row)).map(Row::text).collect();
            if asked.iter().any(|row| !before.iter().any(|other| other.id == row.id)) {
                lose(Words::from(remove));
            }
            if !back.is_empty() {
                undo.draft.set(&field.key, Entry::Adjust { add: back, remove: Vec::new() });
            }
            continue;
        }
        match (&line.from, &field.clear) {
            (Held::Known(value), _) => undo.draft.set(&field.key, Entry::AsRead(value.clone())),
            (Held::None, Clear::No(reason)) => lose(reason.clone()),
            (Held::None, Clear::By(_) | Clear::Omit) => undo.draft.set(&field.key, Entry::Clear),
            (Held::NotTold, _) => lose(say::reason_untold_before()),
        }
    }
    undo
}
