//! What the body of an update asks for, read strictly, and what it does to a record.

use serde_json::{Map, Value, json};

use super::date::Date;
use super::{Refusal, Version, bad, erased};
use crate::strict;

const KEYS: [&str; 10] = [
    "PartnerGUID",
    "MemberCode",
    "IsActive",
    "Email",
    "BirthDate",
    "PostalCode",
    "IsTest",
    "AnsweredQuestions",
    "RegistrationAnswers",
    "IsPIIDataRegulated",
];

/// What version 1 calls the few things that it takes here, and what version 2 calls them.
const FIRST_VERSION: [(&str, &str); 7] = [
    ("PartnerGUID", "PartnerGUID"),
    ("MemberCode", "MemberCode"),
    ("Active", "IsActive"),
    ("Email", "Email"),
    ("BirthDate", "BirthDate"),
    ("PostalCode", "PostalCode"),
    ("IsTest", "IsTest"),
];

pub(super) const GENDER: i64 = 1_001_007;
pub(super) const FEMALE: i64 = 2_000_246;
pub(super) const MALE: i64 = 2_000_247;
pub(super) const CITY: i64 = 1_001_032;

/// Age and region: Toluna finds them out by itself.
const COMPUTED: [i64; 2] = [1_001_538, 1_002_001];

pub(super) struct Change {
    pub(super) panel: String,
    pub(super) code: String,
    active: Option<bool>,
    test: Option<bool>,
    email: Option<String>,
    postal_code: Option<String>,
    birth_date: Option<Date>,
    answered: Vec<Answered>,
    erases: bool,
}

/// The answers of one question.
pub(super) struct Answered {
    pub(super) question: i64,
    pub(super) answers: Vec<Given>,
}

/// One answer; an open question has its words, too.
#[derive(PartialEq, Eq)]
pub(super) struct Given {
    pub(super) id: i64,
    value: Option<String>,
}

impl Change {
    pub(super) fn read(body: &Map<String, Value>, version: Version) -> Result<Change, Refusal> {
        let renamed;
        let body = match version {
            Version::Two => body,
            Version::One => {
                renamed = in_second_version(body);
                &renamed
            }
        };
        only(body, &KEYS)?;
        if let Some((key, _)) = body.iter().find(|(_, value)| has_null(value)) {
            return Err(bad(&format!("{key} has no value.")));
        }
        let required = |key| match text(body, key)? {
            Some(text) if !text.trim().is_empty() => Ok(text),
            _ => Err(bad(&format!("{key} is required."))),
        };
        let (panel, code) = (required("PartnerGUID")?, required("MemberCode")?);
        let answered = match (body.get("RegistrationAnswers"), body.get("AnsweredQuestions")) {
            // The other list is ignored then.
            (Some(list), _) => registered(list)?,
            (None, Some(list)) => selected(list)?,
            (None, None) => Vec::new(),
        };
        let change = Change {
            panel,
            code,
            active: flag(body, "IsActive")?,
            test: flag(body, "IsTest")?,
            email: text(body, "Email")?,
            postal_code: text(body, "PostalCode")?,
            birth_date: date(body, "BirthDate")?,
            answered,
            erases: flag(body, "IsPIIDataRegulated")? == Some(true),
        };
        if change.email.as_ref().is_some_and(|email| !strict::is_email(email)) {
            return Err(invalid("Email"));
        }
        if change.postal_code.as_ref().is_some_and(|code| code.trim().is_empty()) {
            return Err(invalid("PostalCode"));
        }
        change.check_questions()?;
        Ok(change)
    }

    /// Each question once, and none that Toluna answers by itself.
    fn check_questions(&self) -> Result<(), Refusal> {
        for (at, Answered { question, answers }) in self.answered.iter().enumerate() {
            if COMPUTED.contains(question) {
                return Err(bad(&format!("Question {question} is computed and cannot be sent.")));
            }
            let again = |other: &Answered| other.question == *question;
            let twice = (1..answers.len()).any(|place| answers[..place].contains(&answers[place]));
            if self.answered[..at].iter().any(again) || twice {
                return Err(bad(&format!("Question {question} is answered twice.")));
            }
        }
        Ok(())
    }

    /// Every answer is one that its question has. Only of two questions is it known here which these are.
    pub(super) fn has_known_answers(&self) -> bool {
        self.answered.iter().all(|Answered { question, answers }| match (*question, answers.as_slice()) {
            (GENDER, [answer]) => [FEMALE, MALE].contains(&answer.id) && answer.value.is_none(),
            (CITY, [answer]) => answer.value.is_some(),
            (GENDER | CITY, _) => false,
            _ => true,
        })
    }

    /// What is not named stays as it is.
    pub(super) fn apply(self, record: &mut Value) {
        if self.erases {
            *record = erased(&self.panel.into(), &self.code.into());
            return;
        }
        let birth_date =
            self.birth_date.map(|date| date.like(record["BirthDate"].as_str().unwrap_or_default()));
        let values = [
            ("IsActive", self.active.map(Value::from)),
            ("IsTest", self.test.map(Value::from)),
            ("Email", self.email.map(Value::from)),
            ("PostalCode", self.postal_code.map(Value::from)),
            ("BirthDate", birth_date.map(Value::from)),
        ];
        for (key, value) in values {
            if let Some(value) = value {
                record[key] = value;
            }
        }
        if !self.answered.is_empty() {
            let mut all = stored(record);
            self.answered.into_iter().for_each(|one| put(&mut all, one));
            store(record, &all);
        }
    }
}

/// Version 1 takes what it knows by its own names, and silently leaves out the rest.
fn in_second_version(body: &Map<String, Value>) -> Map<String, Value> {
    let known =
        FIRST_VERSION.iter().filter_map(|(one, two)| Some((two.to_string(), body.get(*one)?.clone())));
    known.collect()
}

/// All answers of a record; both of its lists tell the same ones.
pub(super) fn stored(record: &Value) -> Vec<Answered> {
    let mut all = Vec::new();
    let lists = [
        record.get("AnsweredQuestions").map(selected),
        record.get("RegistrationAnswers").map(|list| registered(&without_nulls(list))),
    ];
    for one in lists.into_iter().flatten().flatten().flatten() {
        put(&mut all, one);
    }
    all
}

/// Puts answers in the place of the ones that this question has.
fn put(all: &mut Vec<Answered>, one: Answered) {
    match all.iter_mut().find(|other| other.question == one.question) {
        Some(other) => *other = one,
        None => all.push(one),
    }
}

/// Writes answers as the record has them already. Several answers or words fit only into the newer list.
fn store(record: &mut Value, all: &[Answered]) {
    let single = |one: &Answered| match one.answers.as_slice() {
        [Given { id, value: None }] => Some(json!({ "QuestionID": one.question, "AnswerID": id })),
        _ => None,
    };
    let given = |answer: &Given| json!({ "AnswerID": answer.id, "AnswerValue": answer.value });
    let newer = record.get("RegistrationAnswers").is_some();
    if record.get("AnsweredQuestions").is_some() || !newer {
        record["AnsweredQuestions"] = all.iter().filter_map(single).collect();
    }
    if newer || all.iter().any(|one| single(one).is_none()) {
        let one = |one: &Answered| {
            let answers: Value = one.answers.iter().map(given).collect();
            json!({ "QuestionID": one.question, "Answers": answers })
        };
        record["RegistrationAnswers"] = all.iter().map(one).collect();
    }
}

/// `AnsweredQuestions`: one answer each.
fn selected(list: &Value) -> Result<Vec<Answered>, Refusal> {
    let entries = objects(list, "AnsweredQuestions")?;
    let read = entries.into_iter().map(|entry| {
        only(entry, &["QuestionID", "AnswerID"])?;
        let answers = vec![Given { id: id(entry, "AnswerID")?, value: None }];
        Ok(Answered { question: id(entry, "QuestionID")?, answers })
    });
    read.collect()
}

/// `RegistrationAnswers`: any number of answers, some of them with words.
fn registered(list: &Value) -> Result<Vec<Answered>, Refusal> {
    let entries = objects(list, "RegistrationAnswers")?;
    let read = entries.into_iter().map(|entry| {
        only(entry, &["QuestionID", "Answers"])?;
        let answers = objects(entry.get("Answers").unwrap_or(&Value::Null), "Answers")?;
        if answers.is_empty() {
            return Err(bad("Answers is empty."));
        }
        let answers = answers.into_iter().map(|answer| {
            only(answer, &["AnswerID", "AnswerValue"])?;
            let value = text(answer, "AnswerValue")?;
            if value.as_ref().is_some_and(|value| value.trim().is_empty()) {
                return Err(bad("AnswerValue is empty."));
            }
            Ok(Given { id: id(answer, "AnswerID")?, value })
        });
        Ok(Answered { question: id(entry, "QuestionID")?, answers: answers.collect::<Result<_, _>>()? })
    });
    read.collect()
}

fn objects<'a>(list: &'a Value, name: &str) -> Result<Vec<&'a Map<String, Value>>, Refusal> {
    let objects = list.as_array().and_then(|items| items.iter().map(Value::as_object).collect());
    objects.ok_or_else(|| bad(&format!("{name} is not a list of objects.")))
}

fn only(object: &Map<String, Value>, known: &[&str]) -> Result<(), Refusal> {
    let odd = object.keys().find(|key| !known.contains(&key.as_str()));
    odd.map_or(Ok(()), |key| Err(bad(&format!("{key} is not known."))))
}

fn text(object: &Map<String, Value>, key: &str) -> Result<Option<String>, Refusal> {
    let text = |value: &Value| value.as_str().map(str::to_string);
    object.get(key).map(|value| text(value).ok_or_else(|| wrong_type(key, "a string"))).transpose()
}

/// The real one reads both spellings, and its own pages have both.
fn flag(object: &Map<String, Value>, key: &str) -> Result<Option<bool>, Refusal> {
    match object.get(key) {
        None => Ok(None),
        Some(Value::Bool(flag)) => Ok(Some(*flag)),
        Some(value) if value == "true" => Ok(Some(true)),
        Some(value) if value == "false" => Ok(Some(false)),
        Some(_) => Err(wrong_type(key, "a boolean")),
    }
}

fn date(object: &Map<String, Value>, key: &str) -> Result<Option<Date>, Refusal> {
    let date = |text: String| Date::sent(&text).filter(|date| !date.is_future()).ok_or_else(|| invalid(key));
    text(object, key)?.map(date).transpose()
}

fn id(object: &Map<String, Value>, key: &str) -> Result<i64, Refusal> {
    let id = object.get(key).and_then(Value::as_i64);
    id.filter(|id| (1..=i64::from(i32::MAX)).contains(id))
        .ok_or_else(|| wrong_type(key, "a positive integer"))
}

fn has_null(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.iter().any(has_null),
        Value::Object(entries) => entries.values().any(has_null),
        _ => false,
    }
}

/// Records tell that there are no words; updates leave them out.
fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(without_nulls).collect(),
        Value::Object(entries) => {
            let kept = entries.iter().filter(|(_, value)| !value.is_null());
            kept.map(|(key, value)| (key.clone(), without_nulls(value))).collect()
        }
        other => other.clone(),
    }
}

fn wrong_type(key: &str, kind: &str) -> Refusal {
    bad(&format!("{key} is not {kind}."))
}

fn invalid(key: &str) -> Refusal {
    bad(&format!("An invalid property: {key}."))
}
