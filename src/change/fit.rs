use crate::provider::Provider;
use crate::provider::act::Act;

use super::record::Record;
use super::value::{Held, Value};

/// Whether a prepared change is one for this member.
#[derive(Clone, Debug, PartialEq)]
pub enum Fit {
    Fits,
    /// Everything is on file as it would make it.
    Already,
    /// One of its fields is not offered for this record, and why.
    NotOffered(String),
}

impl Fit {
    pub fn of(provider: &Provider, record: &Record, act: &Act) -> Fit {
        let mut fields = act.keys().filter_map(|key| provider.field(key));
        if let Some(reason) = fields.find_map(|field| record.refuses(field)) {
            return Fit::NotOffered(reason);
        }
        // What was not told may be anything.
        let is_so = |(key, wire): &(String, _)| {
            let field = provider.field(key)?;
            let wanted = Value::from_wire(field, wire).ok().flatten()?;
            Some(record.held(field) == Held::Known(wanted))
        };
        match !act.change.is_empty() && act.change.iter().all(|entry| is_so(entry) == Some(true)) {
            true => Fit::Already,
            false => Fit::Fits,
        }
    }
}

#[cfg(test)]
mod tests;
