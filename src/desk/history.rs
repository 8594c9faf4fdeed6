use crate::change::receipt::{Line, Outcome, Receipt};
use crate::change::value::Held;
use crate::provider::Provider;
use crate::provider::field::Field;
use crate::words::{Words, say};

use super::link::Link;

/// So many are remembered.
const MOST: usize = 10;

/// Of more fields than these, only their number is said.
const FIELDS: usize = 2;

/// So much of a value is shown, in characters.
const LENGTH: usize = 40;

/// What was done last in this tab, the newest first. It is in memory, and goes with the page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History(Vec<Entry>);

/// One change that came to its end.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub provider: String,
    /// What the provider is called, with the connection or the server where there are several.
    pub name: String,
    /// Nobody real was changed.
    pub test: bool,
    /// The member in words, and the text of the [`Link`] to it; neither of one that is forgotten.
    pub member: Option<(String, String)>,
    /// What was asked for, in short, a line for each field; nothing of a member that is forgotten.
    pub what: Vec<Words>,
    pub outcome: Outcome,
    /// Milliseconds since 1970.
    pub at: u64,
    /// What names the member, whatever the connection is called: two names may mean one panel.
    keys: Vec<String>,
}

impl History {
    pub fn entries(&self) -> &[Entry] {
        &self.0
    }

    /// Remembers a change, or the way back from one. A member that is to be forgotten is, in earlier entries too.
    pub fn note(&mut self, provider: &Provider, receipt: &Receipt, undoes: bool) {
        let link = Link::to(provider, &receipt.server, &receipt.identity);
        let keys: Vec<String> = link.own_keys(provider).map(str::to_string).collect();
        let entry = Entry {
            provider: provider.id.clone(),
            name: receipt.place(provider),
            test: receipt.is_test(provider),
            member: (!receipt.forget).then(|| (receipt.title.clone(), link.text(provider))),
            what: undoes.then(say::place_undo).into_iter().chain(what(provider, receipt)).collect(),
            outcome: receipt.outcome.clone(),
            at: receipt.at,
            keys: if receipt.forget { Vec::new() } else { keys.clone() },
        };
        if receipt.forget {
            self.0.retain(|own| own.provider != provider.id || own.keys != keys);
        }
        self.0.insert(0, entry);
        self.0.truncate(MOST);
    }
}

fn what(provider: &Provider, receipt: &Receipt) -> Vec<Words> {
    let field = |line: &Line| {
        let field = provider.field(&line.field)?;
        let (from, to) = (short(field, &line.from), short(field, &line.asked));
        // Of a long list, what is different may be past the end of what is shown.
        Some(match from == to {
            true => say::home_done_changed(&field.label),
            false => say::home_done_field(&field.label, isolated(&from), isolated(&to)),
        })
    };
    match receipt.lines.len() {
        _ if receipt.forget => Vec::new(),
        count if count > FIELDS => vec![say::home_done_fields(count)],
        _ => receipt.lines.iter().filter_map(field).collect(),
    }
}

fn short(field: &Field, held: &Held) -> String {
    let words = held.words(field);
    match words.char_indices().nth(LENGTH) {
        Some((end, _)) => [words[..end].trim_end(), "…"].concat(),
        None => words,
    }
}

/// Runs in its own direction, whatever stands beside it (Unicode UAX #9: first strong isolate).
fn isolated(text: &str) -> String {
    ["\u{2068}", text, "\u{2069}"].concat()
}

#[cfg(test)]
mod tests;
