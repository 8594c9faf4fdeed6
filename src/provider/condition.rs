use serde_json::Value;

use super::pointer::{At, Pointer, pointer};
use super::reader::Place;
use super::template::Template;

/// A question about a record, an answer or a change, from a closed set of words.
///
/// The answer has three values: yes, no, and *not known* (`None`), because a provider may not tell. Whoever
/// asks decides what not knowing means: a risk is then shown, a record is then not accepted.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Test(Box<Test>),
}

/// One subject, and everything that must hold of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Test {
    pub subject: Subject,
    /// The value is one of these; a text may name things, as in `"{unitId}"`.
    pub is: Option<Vec<Value>>,
    /// The value on file, before the change, is one of these.
    pub from: Option<Vec<Value>>,
    /// The value that the change would give, is one of these, and differs from the one on file.
    pub to: Option<Vec<Value>>,
    /// Nothing is there: absent, null, `""`, `[]` or `{}`.
    pub empty: Option<bool>,
    /// The change leaves the field as it is.
    pub kept: Option<bool>,
    /// A sibling of the member has the same at this place, whatever the capitals.
    pub taken: Option<Pointer>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Subject {
    At(At),
    Field(String),
}

/// What a condition may ask about. What does not apply is not known.
pub trait Facts {
    /// The value at a place, in what was read; `None` if that part was not read at all.
    fn at(&self, at: &At) -> Option<Option<&Value>>;
    /// The value of a field on file, in its wire form.
    fn from(&self, _field: &str) -> Option<Value> {
        None
    }
    /// The value that the change gives a field, in its wire form; the outer `None` if it is left as it is.
    fn to(&self, _field: &str) -> Option<Option<Value>> {
        None
    }
    /// The other members of the list that the member was read from.
    fn siblings(&self) -> &[Value] {
        &[]
    }
    /// What a name in a template stands for.
    fn name(&self, name: &str) -> Option<String>;
}

impl Condition {
    pub fn read(place: &Place) -> Option<Condition> {
        if place.value.is_array() {
            return Some(Condition::All(place.list().iter().filter_map(Condition::read).collect()));
        }
        let object = place.object()?;
        if let Some(any) = object.get("any") {
            let place = any;
            let any: Vec<Condition> = place.list().iter().filter_map(Condition::read).collect();
            if any.is_empty() {
                place.fault("This can never hold.", "Add a condition.");
            }
            object.done();
            return Some(Condition::Any(any));
        }
        let subject = match (object.get("field"), object.get("at")) {
            (Some(field), None) => Subject::Field(field.text()?),
            (None, Some(at)) => {
                Subject::At(at.parsed("a JSON pointer, as in /id or room#/title", At::parse)?)
            }
            _ => return place.wrong("either “at” or “field”"),
        };
        let values = |key| {
            let place = object.get(key)?;
            let list = place.value.as_array().filter(|list| !list.is_empty());
            Some(list.cloned().unwrap_or_else(|| vec![place.value.clone()]))
        };
        let test = Test {
            subject,
            is: values("is"),
            from: values("from"),
            to: values("to"),
            empty: object.get("empty").and_then(|place| place.flag()),
            kept: object.get("kept").and_then(|place| place.flag()),
            taken: object.get("taken").and_then(|place| pointer(&place)),
        };
        if [&test.is, &test.from, &test.to].iter().all(|list| list.is_none())
            && test.empty.is_none()
            && test.kept.is_none()
            && test.taken.is_none()
        {
            place
                .fault("This condition asks nothing.", "Add “is”, “from”, “to”, “empty”, “kept” or “taken”.");
        }
        object.done();
        Some(Condition::Test(Box::new(test)))
    }

    pub fn holds(&self, facts: &dyn Facts) -> Option<bool> {
        match self {
            Condition::All(parts) => every(parts.iter().map(|part| part.holds(facts))),
            Condition::Any(parts) => {
                every(parts.iter().map(|part| part.holds(facts).map(|holds| !holds))).map(|none| !none)
            }
            Condition::Test(test) => test.holds(facts),
        }
    }

    /// The sibling that a value of this condition is taken by, to name it.
    pub fn other<'f>(&self, facts: &'f dyn Facts) -> Option<&'f Value> {
        self.tests().into_iter().find_map(|test| test.taker(&test.after(facts), facts))
    }

    /// Every single test in it, for the linter.
    pub fn tests(&self) -> Vec<&Test> {
        match self {
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter().flat_map(|part| part.tests()).collect()
            }
            Condition::Test(test) => vec![test],
        }
    }
}

impl Test {
    fn holds(&self, facts: &dyn Facts) -> Option<bool> {
        let is_one = |value: &Value, list: &[Value]| list.iter().any(|wanted| same(value, wanted, facts));
        let (now, change) = match &self.subject {
            Subject::At(at) => (facts.at(at).map(|value| value.cloned()), None),
            Subject::Field(field) => (facts.from(field).map(Some), facts.to(field)),
        };
        let after = self.after(facts);
        // A key that is missing tells nothing, except that it is empty.
        let known = |value: &Option<Option<Value>>, list: &[Value]| match value {
            Some(Some(value)) => Some(is_one(value, list)),
            Some(None) if list.iter().any(|wanted| is_empty(Some(wanted))) => Some(true),
            _ => None,
        };
        let asked = [
            self.is.as_ref().map(|list| known(&after, list)),
            self.from.as_ref().map(|list| known(&now, list)),
            self.to.as_ref().map(|list| {
                Some(change.as_ref().is_some_and(|to| is_one(to.as_ref().unwrap_or(&Value::Null), list)))
            }),
            self.empty.map(|empty| Some(is_empty(after.as_ref()?.as_ref()) == empty)),
            self.kept.map(|kept| Some(change.is_none() == kept)),
            self.taken.as_ref().map(|_| Some(self.taker(&after, facts).is_some())),
        ];
        every(asked.into_iter().flatten())
    }

    /// The sibling that has the value already.
    fn taker<'f>(&self, value: &Option<Option<Value>>, facts: &'f dyn Facts) -> Option<&'f Value> {
        let wanted = value.as_ref()?.as_ref()?.as_str()?.to_lowercase();
        let place = self.taken.as_ref()?;
        let has = |sibling: &&Value| {
            place.of(sibling).and_then(Value::as_str).is_some_and(|text| text.to_lowercase() == wanted)
        };
        facts.siblings().iter().find(has)
    }

    /// What the subject will be: after the change, or as it is if nothing changes it. The outer `None`: not known.
    fn after(&self, facts: &dyn Facts) -> Option<Option<Value>> {
        match &self.subject {
            Subject::At(at) => facts.at(at).map(|value| value.cloned()),
            Subject::Field(field) => facts.to(field).or_else(|| facts.from(field).map(Some)),
        }
    }
}

/// Nothing that a person would call a value: absent, null, `""`, `[]` or `{}`.
pub fn is_empty(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null) => true,
        Some(Value::String(text)) => text.is_empty(),
        Some(Value::Array(list)) => list.is_empty(),
        Some(Value::Object(map)) => map.is_empty(),
        Some(_) => false,
    }
}

fn same(value: &Value, wanted: &Value, facts: &dyn Facts) -> bool {
    match wanted {
        Value::String(text) if text.contains('{') => {
            let filled = Template::parse(text).and_then(|template| template.fill(|name| facts.name(name)));
            filled.is_some_and(|filled| value.as_str() == Some(&filled))
        }
        // An empty list in a file stands for every way of saying "no rows".
        Value::Array(list) if list.is_empty() => is_empty(Some(value)),
        _ => value == wanted,
    }
}

/// "And" over three values: one no decides; otherwise one not-known makes the whole not known.
fn every(answers: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut whole = Some(true);
    for answer in answers {
        match answer {
            Some(false) => return Some(false),
            None => whole = None,
            Some(true) => {}
        }
    }
    whole
}

#[cfg(test)]
mod tests;
