use serde_json::Value as Json;

use crate::provider::Provider;
use crate::provider::call::Base;
use crate::provider::condition::Facts;
use crate::provider::date;
use crate::provider::field::{Clear, Field, Kind, Send};
use crate::provider::items::{Items, Rows};
use crate::provider::pointer::At;
use crate::provider::risk::{Confirm, Risk};
use crate::transport::{Request, Text, body_json};
use crate::words::say;

use super::check::{Change, Edit};
use super::compose::compose;
use super::identity::Identity;
use super::problem::{Problem, Violation};
use super::record::Record;
use super::row::Row;
use super::value::{Held, Value, empty_object};

/// Exactly what will be different, what it brings with it, and the smallest safe request that does it.
/// Only [`plan`] makes one, from a checked change and a record as it was just read.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    differences: Vec<Difference>,
    risks: Vec<Warning>,
    along: Vec<String>,
    request: Box<Request>,
    gone: bool,
    forget: bool,
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

    /// The member is expected to be gone afterwards.
    pub fn gone(&self) -> bool {
        self.gone
    }

    /// The page forgets the member afterwards.
    pub fn forget(&self) -> bool {
        self.forget
    }

    /// Whether something is lost then for good: the record, or a hidden value in whose place another one comes.
    /// A value that merely was not told may still be there to be set again.
    pub fn destroys(&self, provider: &Provider) -> bool {
        let is_hidden = |key: &str| provider.field(key).is_some_and(|field| field.write_only);
        self.gone || self.differences.iter().any(|own| own.permanent && is_hidden(&own.field))
    }

    /// Fields that are sent as they are on file, because the provider wants them with every change.
    pub fn along(&self) -> &[String] {
        &self.along
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

    /// The same, in whatever language its risks are told.
    pub fn asks_the_same(&self, other: &Plan) -> bool {
        let risks =
            |plan: &Plan| plan.risks.iter().map(|risk| (risk.id.clone(), risk.confirm)).collect::<Vec<_>>();
        self.differences == other.differences && risks(self) == risks(other)
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
        // What is as it was, in another order perhaps, goes as it was read.
        let to = if to == from { from.clone() } else { to };
        if to != from {
            differences.push(Difference {
                field: field.key.clone(),
                permanent: is_permanent(field, &from, &to),
                unproved: field.at.is_empty() || from == Held::NotTold,
                from,
                to: to.clone(),
            });
        } else if field.send == Send::Always && to == Held::NotTold {
            violations.push(Violation::new(&field.key, Problem::NotTold));
        }
        after.push((field, to));
    }
    let alone = alone(provider, &differences);
    if let Some((key, false)) = alone {
        violations.push(Violation::new(key, Problem::Alone));
    }
    if !violations.is_empty() {
        return Err(violations);
    }
    if differences.is_empty() {
        return Ok(Planned::Nothing);
    }
    let body = Body { provider, record, after: &after, differences: &differences, alone: alone.is_some() };
    let call = &provider.update.call;
    let request = compose(provider, server, call, record.identity(), &[], Some(body.text()))
        .map_err(|fault| vec![Violation::new(fault.name, Problem::NotASegment(fault.fault))])?;
    let along = body.along();
    let facts = Intent { provider, record, differences: &differences };
    // A risk that cannot be ruled out is a risk.
    let real: Vec<&Risk> =
        provider.risks.iter().filter(|risk| risk.when.holds(&facts) != Some(false)).collect();
    let risks = real.iter().map(|risk| warning(risk, &facts)).collect();
    let (gone, forget) = (real.iter().any(|risk| risk.gone), real.iter().any(|risk| risk.forget));
    for difference in &mut differences {
        difference.permanent |= gone;
    }
    Ok(Planned::Plan(Plan { differences, risks, along, request: Box::new(request), gone, forget }))
}

/// Whether there is no way back from here.
fn is_permanent(field: &Field, from: &Held, to: &Held) -> bool {
    let added = match (&field.kind, from, to) {
        (Kind::List(items), from, Held::Known(Value::List(rows))) if items.rows != Rows::Whole => {
            let before = from.rows();
            rows.iter().any(|row| !before.iter().any(|other| other.id == row.id))
        }
        _ => false,
    };
    added || *from == Held::NotTold || (*from == Held::None && matches!(field.clear, Clear::No(_)))
}

/// A field that goes alone and is changed, and whether it is alone.
fn alone<'p>(provider: &'p Provider, differences: &[Difference]) -> Option<(&'p str, bool)> {
    provider.acts.iter().filter(|act| act.alone).find_map(|act| {
        let own =
            |key: &str| act.change.iter().find(|(field, _)| field == key).map(|(field, _)| field.as_str());
        let key = differences.iter().find_map(|difference| own(&difference.field))?;
        Some((key, differences.iter().all(|difference| own(&difference.field).is_some())))
    })
}

/// What an edit makes of a field, given what is on file.
fn target(field: &Field, from: &Held, edit: &Edit, record: &Record) -> Result<Held, Problem> {
    if let Some(reason) = record.refuses(field) {
        return Err(Problem::NotOffered(reason));
    }
    let to = match edit {
        // A row that was typed, and is there already, keeps what the file does not know of it.
        Edit::Set(Value::List(rows)) => {
            Held::Known(Value::List(rows.iter().map(|row| row.in_place_of(from.rows())).collect()))
        }
        Edit::Set(value) => Held::Known(value.clone()),
        Edit::Clear => Held::None,
        Edit::Adjust { add, remove } => adjusted(field, from, add, remove)?,
    };
    match (&field.kind, &to) {
        (Kind::Date(dates), Held::Known(Value::Date(date))) if dates.past => {
            // Somewhere on Earth it is tomorrow already.
            let latest = date::of_moment(record.read_at + 86_400_000);
            if *date > latest { Err(Problem::NotYet) } else { Ok(to) }
        }
        (Kind::List(items), _) => rows_fit(items, from, &to).map(|()| to),
        _ => Ok(to),
    }
}

/// Rows on file, with some added or put in the place of others, and some taken out.
fn adjusted(field: &Field, from: &Held, add: &[Row], remove: &[String]) -> Result<Held, Problem> {
    if *from == Held::NotTold {
        return Err(Problem::NotTold);
    }
    let mut rows = from.rows().to_vec();
    rows.retain(|row| !remove.contains(&row.id));
    for row in add {
        match rows.iter_mut().find(|other| other.id == row.id) {
            Some(own) => *own = own.edited(row),
            None => rows.push(row.clone()),
        }
    }
    match (field.cannot_clear(), &field.kind) {
        (Some(reason), _) if rows.is_empty() => Err(Problem::CannotClear(reason.clone())),
        (_, Kind::List(items)) if !rows.is_empty() && rows.len() < items.least => {
            Err(Problem::TooFewRows(items.least))
        }
        (_, Kind::List(items)) if items.most.is_some_and(|most| rows.len() > most) => {
            Err(Problem::TooManyRows(items.most.unwrap_or_default()))
        }
        _ if rows.is_empty() => Ok(Held::None),
        _ => Ok(Held::Known(Value::List(rows))),
    }
}

fn rows_fit(items: &Items, from: &Held, to: &Held) -> Result<(), Problem> {
    let rows = to.rows();
    // What a part looks like is decided among the rows that are sent, so that nothing of a value is left out there.
    let sent: Vec<Row> = match items.rows {
        Rows::Whole => rows.to_vec(),
        Rows::Changed { .. } => rows.iter().filter(|row| !from.rows().contains(row)).cloned().collect(),
    };
    if let Some(part) = items.parts.first()
        && !sent.iter().all(|row| row.fits_its_shape(items, &sent))
    {
        return Err(Problem::OneOnly(part.label.clone()));
    }
    match &items.rows {
        Rows::Changed { remove }
            if from.rows().iter().any(|row| !rows.iter().any(|other| other.id == row.id)) =>
        {
            Err(Problem::CannotRemove(remove.clone()))
        }
        _ => Ok(()),
    }
}

/// The body: what the file says always goes, and what is different; nothing else.
struct Body<'a> {
    provider: &'a Provider,
    record: &'a Record,
    after: &'a [(&'a Field, Held)],
    differences: &'a [Difference],
    alone: bool,
}

impl Body<'_> {
    /// What goes besides the differences, and has a value to go with.
    fn along(&self) -> Vec<String> {
        let is_different = |field: &Field| self.differences.iter().any(|own| own.field == field.key);
        let goes = |field: &Field, held: &Held| {
            let has_value = match held {
                Held::Known(_) => true,
                Held::None => matches!(field.clear, Clear::By(_)),
                Held::NotTold => false,
            };
            field.send == Send::Always && !self.alone && !is_different(field) && has_value
        };
        let along = self.after.iter().filter(|(field, held)| goes(field, held));
        along.map(|(field, _)| field.key.clone()).collect()
    }

    fn text(&self) -> Text {
        let mut body = self.base();
        let mut holes: Vec<(&str, &str)> = Vec::new();
        for (at, template) in &self.provider.update.set {
            let secret = self.provider.secrets().find(|field| template.names().eq([field.key.as_str()]));
            match secret {
                Some(secret) => holes.push((at.as_str(), &secret.key)),
                None => {
                    let text = template.fill(|name| self.record.identity().get(name).map(str::to_string));
                    at.set(&mut body, Json::String(text.unwrap_or_default()));
                }
            }
        }
        for (field, to) in self.after {
            let difference = self.differences.iter().find(|difference| difference.field == field.key);
            let goes = difference.is_some() || (field.send == Send::Always && !self.alone);
            let Some(place) = field.to.as_ref().filter(|_| goes) else {
                continue;
            };
            match (to, &field.clear) {
                (Held::Known(Value::Hidden), _) => holes.push((place.as_str(), &field.key)),
                (Held::Known(value), _) => {
                    let from = difference.map_or(to, |difference| &difference.from);
                    place.set(&mut body, changed(field, from, value).to_wire(field));
                }
                (Held::None, Clear::By(wire)) => place.set(&mut body, wire.clone()),
                (Held::None, Clear::Omit) => place.remove(&mut body),
                // No value is left out.
                (Held::None, Clear::No(_)) | (Held::NotTold, _) => {}
            }
        }
        body_json(&body, &holes)
    }

    fn base(&self) -> Json {
        match &self.provider.update.base {
            Base::Nothing => empty_object(),
            Base::Record { drop } => {
                let mut body = self.record.raw().clone();
                drop.iter().for_each(|pointer| pointer.remove(&mut body));
                body
            }
        }
    }
}

/// What is sent of a value: of a list whose other rows stay, those that are new or different.
fn changed(field: &Field, from: &Held, value: &Value) -> Value {
    match (&field.kind, value) {
        (Kind::List(items), Value::List(rows)) if items.rows != Rows::Whole => {
            let before = from.rows();
            Value::List(rows.iter().filter(|row| !before.contains(row)).cloned().collect())
        }
        _ => value.clone(),
    }
}

/// A risk in words. `{other.name}` is of the member that has the value already.
fn warning(risk: &Risk, facts: &Intent) -> Warning {
    let (provider, record) = (facts.provider, facts.record);
    let other = risk.when.other(facts);
    let says = |name: &str| {
        let word = match name.strip_prefix("other.") {
            Some(name) => other.and_then(|other| record.word_of(provider, other, name)),
            None => record.word(provider, name),
        };
        word.or_else(|| Some(say::record_title(&provider.member).text()))
    };
    Warning { id: risk.id.clone(), says: risk.says.fill(says).unwrap_or_default(), confirm: risk.confirm }
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
        let field = self.provider.field(field)?;
        self.record.held(field).wire(field)
    }

    fn to(&self, field: &str) -> Option<Option<Json>> {
        let difference = self.differences.iter().find(|difference| difference.field == field)?;
        Some(difference.to.wire(self.provider.field(field)?))
    }

    fn siblings(&self) -> &[Json] {
        self.record.siblings()
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
