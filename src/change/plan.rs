use serde_json::Value as Json;

use crate::provider::Provider;
use crate::provider::call::Base;
use crate::provider::condition::Facts;
use crate::provider::field::{Clear, Field, Kind, Send};
use crate::provider::pointer::At;
use crate::provider::risk::Confirm;
use crate::transport::{Request, body_json};

use super::check::{Change, Edit};
use super::compose::compose;
use super::identity::Identity;
use super::problem::{Problem, Violation};
use super::record::Record;
use super::value::{Held, Value, empty_object};

/// Exactly what will be different, what it brings with it, and the smallest safe request that does it.
/// Only [`plan`] makes one, from a checked change and a record as it was just read.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    differences: Vec<Difference>,
    risks: Vec<Warning>,
    request: Request,
}

/// One field that the change makes different.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    pub field: String,
    pub from: Held,
    pub to: Held,
    /// It cannot be put back from here.
    pub permanent: bool,
    /// It cannot be read back, so nothing can prove it.
    pub unproved: bool,
}

/// A risk of this very change, in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Warning {
    pub id: String,
    pub says: String,
    pub confirm: Confirm,
}

/// A plan whose risks somebody has taken on. Only this can become a request that writes.
#[derive(Clone, Debug, PartialEq)]
pub struct Approved {
    plan: Plan,
    consents: Vec<String>,
}

/// What planning comes to when nothing stands against it.
#[derive(Clone, Debug, PartialEq)]
pub enum Planned {
    /// Everything is on file as asked already.
    Nothing,
    Plan(Plan),
}

impl Plan {
    pub fn differences(&self) -> &[Difference] {
        &self.differences
    }

    pub fn risks(&self) -> &[Warning] {
        &self.risks
    }

    /// For showing it; only an approved plan can be sent.
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// Takes the consents; or names the risks that still need one.
    pub fn approve(&self, consents: &[String]) -> Result<Approved, Vec<String>> {
        let needs = self.risks.iter().filter(|risk| risk.confirm != Confirm::Note);
        let missing: Vec<String> =
            needs.map(|risk| risk.id.clone()).filter(|id| !consents.contains(id)).collect();
        if missing.is_empty() {
            Ok(Approved { plan: self.clone(), consents: consents.to_vec() })
        } else {
            Err(missing)
        }
    }

    /// Whether this plan promises what another one did: the same differences and the same risks.
    fn same(&self, other: &Plan) -> bool {
        self.differences == other.differences && self.risks == other.risks
    }
}

impl Approved {
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The same consents for a plan made anew from a fresh record, if it promises the same; its request has
    /// the fresh values of what nobody touched.
    pub fn renew(&self, fresh: &Plan) -> Option<Approved> {
        let same = self.plan.same(fresh);
        same.then(|| Approved { plan: fresh.clone(), consents: self.consents.clone() })
    }
}

/// Holds a change against a record: a plan, nothing to do, or every violation at once.
pub fn plan(
    provider: &Provider,
    server: &str,
    record: &Record,
    change: &Change,
) -> Result<Planned, Vec<Violation>> {
    let mut violations = Vec::new();
    let mut differences = Vec::new();
    let mut after: Vec<(&Field, Held)> = Vec::new();
    for field in provider.fields.iter().filter(|field| !field.read_only) {
        let from = record.held(field);
        let to = match change.edit(&field.key) {
            None => from.clone(),
            Some(edit) => match target(field, &from, edit, record) {
                Ok(to) => to,
                Err(problem) => {
                    violations.push(Violation::new(&field.key, problem));
                    continue;
                }
            },
        };
        if to != from {
            let no_way_back =
                from == Held::NotTold || (from == Held::None && matches!(field.clear, Clear::No(_)));
            differences.push(Difference {
                field: field.key.clone(),
                permanent: no_way_back,
                unproved: field.at.is_empty(),
                from,
                to: to.clone(),
            });
        } else if field.send == Send::Always && to == Held::NotTold {
            violations.push(Violation::new(&field.key, Problem::NotTold));
        }
        after.push((field, to));
    }
    if !violations.is_empty() {
        return Err(violations);
    }
    if differences.is_empty() {
        return Ok(Planned::Nothing);
    }
    let body = body(provider, record, &after, &differences);
    let request =
        compose(provider, server, &provider.update.call, record.identity(), &[], Some(body_json(&body, &[])))
            .map_err(|fault| vec![Violation::new(fault.name, Problem::NotASegment(fault.fault))])?;
    let risks = warnings(provider, record, &differences);
    Ok(Planned::Plan(Plan { differences, risks, request }))
}

/// What an edit makes of a field, given what is on file.
fn target(field: &Field, from: &Held, edit: &Edit, record: &Record) -> Result<Held, Problem> {
    let offered = field.when.as_ref().and_then(|when| when.holds(record));
    if let (Some(false), Some(reason)) = (offered, &field.unless) {
        return Err(Problem::NotOffered(reason.clone()));
    }
    match edit {
        Edit::Set(value) => Ok(Held::Known(value.clone())),
        Edit::Clear => Ok(Held::None),
        Edit::Adjust { add, remove } => {
            let mut rows = match from {
                Held::Known(Value::List(rows)) => rows.clone(),
                Held::NotTold => return Err(Problem::NotTold),
                _ => Vec::new(),
            };
            rows.retain(|row| !remove.contains(&row.id));
            for row in add {
                if !rows.contains(row) {
                    rows.push(row.clone());
                }
            }
            let Kind::List(items) = &field.kind else {
                return Err(Problem::Unreadable);
            };
            match (&field.clear, items.most) {
                (Clear::No(reason), _) if rows.is_empty() => Err(Problem::CannotClear(reason.clone())),
                _ if !rows.is_empty() && rows.len() < items.least => Err(Problem::TooFewRows(items.least)),
                (_, Some(most)) if rows.len() > most => Err(Problem::TooManyRows(most)),
                _ if rows.is_empty() => Ok(Held::None),
                _ => Ok(Held::Known(Value::List(rows))),
            }
        }
    }
}

/// The body: what the file says always goes, and what is different; nothing else.
fn body(provider: &Provider, record: &Record, after: &[(&Field, Held)], differences: &[Difference]) -> Json {
    let mut body = match &provider.update.base {
        Base::Nothing => empty_object(),
        Base::Record { drop } => {
            let mut body = record.raw().clone();
            for pointer in drop {
                pointer.remove(&mut body);
            }
            body
        }
    };
    for (field, to) in after {
        let changed = differences.iter().any(|difference| difference.field == field.key);
        let Some(place) = field.to.as_ref().filter(|_| changed || field.send == Send::Always) else {
            continue;
        };
        match (to, &field.clear) {
            (Held::Known(value), _) => place.set(&mut body, value.to_wire()),
            (Held::None, Clear::By(wire)) => place.set(&mut body, wire.clone()),
            (Held::None, Clear::Omit) => place.remove(&mut body),
            // No value is left out.
            (Held::None, Clear::No(_)) | (Held::NotTold, _) => {}
        }
    }
    body
}

fn warnings(provider: &Provider, record: &Record, differences: &[Difference]) -> Vec<Warning> {
    let facts = Intent { provider, record, differences };
    let real = provider.risks.iter().filter(|risk| {
        // A risk that cannot be ruled out is a risk.
        risk.when.holds(&facts) != Some(false)
    });
    let says = |name: &str| record.word(provider, name).or_else(|| Some("this member".to_string()));
    real.map(|risk| Warning {
        id: risk.id.clone(),
        says: risk.says.fill(says).unwrap_or_default(),
        confirm: risk.confirm,
    })
    .collect()
}

/// A record together with what shall become of it, as a risk's condition sees it.
struct Intent<'a> {
    provider: &'a Provider,
    record: &'a Record,
    differences: &'a [Difference],
}

impl Facts for Intent<'_> {
    fn at(&self, at: &At) -> Option<Option<&Json>> {
        self.record.at(at)
    }

    fn from(&self, field: &str) -> Option<Json> {
        self.record.held(self.provider.field(field)?).wire()
    }

    fn to(&self, field: &str) -> Option<Option<Json>> {
        let difference = self.differences.iter().find(|difference| difference.field == field)?;
        Some(difference.to.wire())
    }

    fn name(&self, name: &str) -> Option<String> {
        self.record.name(name)
    }
}

/// The request that reads a record.
pub fn read_request(
    provider: &Provider,
    server: &str,
    identity: &Identity,
) -> Result<Request, super::compose::ComposeFault> {
    compose(provider, server, &provider.read.call, identity, &[], None)
}

#[cfg(test)]
mod tests;
