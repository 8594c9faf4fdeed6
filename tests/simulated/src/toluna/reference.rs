//! A simulated reference data service of Toluna: what the questions and answers are called in each culture.
//!
//! It has an address and a key of its own. Where Toluna asks for a yes or no, its own
//! example has a text, so both are read. What nobody can answer is an empty answer with 200: a computed question.

use std::io;

use serde_json::{Map, Value, json};

use super::{Refusal, bad, json_answer, refused};
use crate::answer::{Answer, Did};
use crate::request::Request;
use crate::server::{Cors, Provider, Server};
use crate::strict;

mod seed;

use seed::{CULTURES, Kind, QUESTIONS, Question};

/// Goes in the header `PARTNER_AUTH_KEY`.
pub const KEY: &str = "3F2504E0-4F89-41D3-9A0C-0305E82C3301";

/// That of `PANEL_UK`.
pub const CULTURE_UK: i64 = 5;
/// That of `PANEL_FRANCE`.
pub const CULTURE_FRANCE: i64 = 6;
pub const CULTURE_US: i64 = 1;

/// “Education level:” in the United Kingdom, « Niveau d’études » in France.
pub const QUESTION_EDUCATION: i64 = 1_001_101;
/// In France only: several of its answers may be chosen.
pub const QUESTION_INTERESTS: i64 = 1_012_227;
/// Its answer is computed: an empty answer.
pub const QUESTION_AGE: i64 = 1_001_538;

const PATH: &str = "/IPUtilityService/ReferenceData";
const MOST_CULTURES: usize = 5;
/// When all that is here was changed last.
const CHANGED: &str = "2020-03-19";

#[derive(Clone, Copy)]
struct Reference;

/// Listens until it is dropped. Port 0 takes any free one.
pub(crate) fn start(port: u16) -> io::Result<Server> {
    Server::start(port, || Box::new(Reference))
}

impl Provider for Reference {
    /// Made for servers, as the rest of Toluna.
    fn cors(&self) -> Cors {
        Cors { always: &[], preflight: &[] }
    }

    fn answer(&mut self, request: &Request) -> Answer {
        route(request).unwrap_or_else(|refusal| {
            let answer = refused(refusal);
            let allowed = if request.target.ends_with("/QuestionsAndAnswersData") { "POST" } else { "GET" };
            if answer.status == 405 { answer.with("Allow", allowed) } else { answer }
        })
    }

    fn record(&mut self, _key: &str) -> Option<&mut Value> {
        None
    }

    fn remove(&mut self, _key: &str) -> bool {
        false
    }

    fn copy(&self) -> Box<dyn Provider> {
        Box::new(*self)
    }
}

fn route(request: &Request) -> Result<Answer, Refusal> {
    if request.header("PARTNER_AUTH_KEY") != Some(KEY) {
        return Err(Refusal(403, "The PARTNER_AUTH_KEY is not valid.".into()));
    }
    let nowhere = || Refusal(404, "No HTTP resource was found that matches the request URI.".into());
    let path = request.target.strip_prefix(PATH).ok_or_else(nowhere)?;
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    match (request.method.as_str(), parts.as_slice()) {
        ("GET", _) if !request.body.is_empty() => Err(bad("A GET request has no body.")),
        ("GET", ["Cultures"]) => Ok(told(
            CULTURES
                .iter()
                .map(|(id, name, words)| json!({ "CultureID": id, "Name": name, "Description": words })),
        )),
        ("GET", ["QuestionAndAnswersData", question, culture]) => {
            let (question, culture) = (number(question)?, number(culture)?);
            check_culture(culture)?;
            let mut questions = QUESTIONS.iter().filter(|other| other.kind != Kind::Computed);
            let found = questions.find(|other| other.id == question && other.culture == culture);
            Ok(found.map_or_else(|| Answer::empty(Did::Read, 200), |found| told([found.told()])))
        }
        ("POST", ["QuestionsAndAnswersData"]) => list(request),
        (method, ["Cultures" | "QuestionsAndAnswersData"] | ["QuestionAndAnswersData", _, _]) => {
            Err(Refusal(405, format!("The requested resource does not support http method '{method}'.")))
        }
        _ => Err(nowhere()),
    }
}

/// The questions of some cultures, without those that are not asked for.
fn list(request: &Request) -> Result<Answer, Refusal> {
    if !request.is_json() {
        return Err(Refusal(
            415,
            "The request entity's media type is not supported for this resource.".into(),
        ));
    }
    let body = strict::object(&request.body).map_err(|problem| bad(&problem))?;
    const KEYS: [&str; 6] = [
        "CultureIDs",
        "CategoryIDs",
        "LastUpdateDate",
        "IncludeComputed",
        "IncludeRoutables",
        "IncludeDemographics",
    ];
    if let Some(key) = body.keys().find(|key| !KEYS.contains(&key.as_str())) {
        return Err(bad(&format!("{key} is not a known property.")));
    }
    let cultures = numbers(&body, "CultureIDs")?;
    if !(1..=MOST_CULTURES).contains(&cultures.len()) {
        return Err(bad(&format!("CultureIDs must be 1 to {MOST_CULTURES} cultures.")));
    }
    cultures.iter().try_for_each(|culture| check_culture(*culture))?;
    // Which categories there are is not known here, so nothing is of one.
    let any_category = numbers(&body, "CategoryIDs")?.is_empty();
    let since = match body.get("LastUpdateDate") {
        None => "",
        Some(since) => {
            since.as_str().filter(|text| is_day(text)).ok_or_else(|| bad("LastUpdateDate is no date."))?
        }
    };
    let computed = flag(&body, "IncludeComputed")?;
    let routable = flag(&body, "IncludeRoutables")?;
    let demographic = flag(&body, "IncludeDemographics")?;
    let asked = |question: &&Question| {
        cultures.contains(&question.culture)
            && (computed || question.kind != Kind::Computed)
            && (routable || !question.routable)
            && (demographic || !question.demographic)
    };
    let all = any_category && since <= CHANGED;
    Ok(told(QUESTIONS.iter().filter(asked).filter(|_| all).map(Question::told)))
}

impl Question {
    fn told(&self) -> Value {
        let answers = self
            .answers
            .iter()
            .map(|(id, words)| json!({ "AnswerID": id, "Translation": words, "AnswerInternalName": words }));
        json!({
            "IsRoutable": self.routable,
            "InternalName": self.internal,
            "TranslatedQuestion": {
                "QuestionID": self.id,
                "CultureID": self.culture,
                "DisplayNameTranslation": self.name,
                "HelpTextTranslation": "",
                "SamplingSequenceNumber": null,
            },
            "ChildQuestions": null,
            "TranslatedAnswers": answers.collect::<Value>(),
            "AnswerType": match self.kind {
                Kind::One => "SingleSelect",
                Kind::Many => "MultiSelect",
                Kind::Open(_) => "OpenEnded",
                Kind::Computed => "ComputedType",
            },
            "AnswerValidationRegularExpression": match self.kind {
                Kind::Open(pattern) => Some(pattern),
                _ => None,
            },
        })
    }
}

fn check_culture(id: i64) -> Result<(), Refusal> {
    let known = CULTURES.iter().any(|(other, ..)| *other == id);
    if known { Ok(()) } else { Err(bad(&format!("There is no culture {id}."))) }
}

fn number(text: &str) -> Result<i64, Refusal> {
    text.parse().map_err(|_| bad(&format!("The value '{text}' is not valid.")))
}

/// Absent, it is an empty list.
fn numbers(body: &Map<String, Value>, key: &str) -> Result<Vec<i64>, Refusal> {
    let Some(list) = body.get(key) else { return Ok(Vec::new()) };
    let numbers = list.as_array().and_then(|list| list.iter().map(Value::as_i64).collect());
    numbers.ok_or_else(|| bad(&format!("{key} must be a list of numbers.")))
}

fn flag(body: &Map<String, Value>, key: &str) -> Result<bool, Refusal> {
    match body.get(key) {
        None => Ok(false),
        Some(value) => match (value.as_bool(), value.as_str()) {
            (Some(flag), _) => Ok(flag),
            (_, Some("true")) => Ok(true),
            (_, Some("false")) => Ok(false),
            _ => Err(bad(&format!("{key} must be true or false."))),
        },
    }
}

/// A day, whatever time of it follows.
fn is_day(text: &str) -> bool {
    let digits = |from, to| {
        text.get(from..to).is_some_and(|part: &str| part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    digits(0, 4)
        && digits(5, 7)
        && digits(8, 10)
        && text.get(4..5) == Some("-")
        && text.get(7..8) == Some("-")
}

fn told(items: impl IntoIterator<Item = Value>) -> Answer {
    json_answer(Did::Read, 200, &items.into_iter().collect())
}

#[cfg(test)]
mod tests;
