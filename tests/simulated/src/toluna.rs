//! A simulated Toluna IP-Core: the members of survey panels.
//!
//! Its traps are the real one's: an older version answers whoever does not ask for the second,
//! success has no body, a refusal can repeat all that was sent, and calls must be a second apart.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::answer::{Answer, Did};
use crate::pace::Pauses;
use crate::request::Request;
use crate::server::{Cors, Provider};
use crate::strict;

mod change;
mod date;
pub mod reference;
mod seed;

use change::{Change, GENDER, stored};
use date::Date;
use seed::{PANELS, Panel};

/// United Kingdom, English.
pub const PANEL_UK: &str = "93A6D55C-D4E7-49FC-8D68-671165ADE463";
/// France, French.
pub const PANEL_FRANCE: &str = "5B1E0C9F-27D3-4A86-B0F4-E93C7D52A618";

/// Born 1992-06-21, postcode SW1A 1AA, seven answers. In the panel of the United Kingdom, as all but two.
pub const MEMBER: &str = "1601440000";
/// Its birth date comes as 1992/6/21.
pub const MEMBER_YEAR_FIRST: &str = "AUniquePartnerCode";
/// Its code must be encoded in an address. Its birth date comes as 6/21/1992.
pub const MEMBER_ENCODED: &str = "A&B 7/x";
/// The only one whose record tells `IsActive` and `IsTest`.
pub const MEMBER_TELLING: &str = "IP-Telling-4";
pub const MEMBER_INACTIVE: &str = "IP-Inactive-5";
/// For testing; its postcode is empty, and it has no answers.
pub const MEMBER_TEST: &str = "IP-V2-Test";
/// Blocked for abuse: it is read, but every update is refused with 400.
pub const MEMBER_BLOCKED: &str = "IP-Blocked-7";
/// In the panel of France. Its answers come as `RegistrationAnswers`, one question with two answers,
/// and one with words.
pub const MEMBER_REGISTRATION: &str = "FR-1012227";
/// In the panel of France. Its data was erased: there is no such member any more.
pub const MEMBER_ERASED: &str = "FR-Erased-9";

/// From the end of one answer to the next call for the same member.
const PAUSE: Duration = Duration::from_secs(1);

#[derive(Clone)]
struct Toluna {
    members: Vec<Member>,
    pauses: Pauses,
}

/// A member with all that Toluna knows, not only what a lookup tells.
#[derive(Clone)]
struct Member {
    record: Value,
    tells_flags: bool,
    blocked: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Version {
    One,
    Two,
}

/// The two spellings of the one address; a lookup has the slash.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Plain,
    Slash,
}

/// Why a request is refused: the status and its words.
struct Refusal(u16, String);

pub(crate) fn seed() -> Box<dyn Provider> {
    Box::new(Toluna { members: seed::members(), pauses: Pauses::new(PAUSE) })
}

impl Provider for Toluna {
    /// Made for servers: browsers are told nothing, and so read nothing.
    fn cors(&self) -> Cors {
        Cors { always: &[], preflight: &[] }
    }

    fn throttle(&mut self, request: &Request, now: Instant) -> Option<Answer> {
        let code = code(request)?;
        let fits = self.pauses.begin(&code, now);
        (!fits).then(|| {
            refused(bad(&format!(
                "Duplicate request for MemberCode {code}. One call per second is allowed for a member."
            )))
        })
    }

    fn answered(&mut self, request: &Request, now: Instant) {
        if let Some(code) = code(request) {
            self.pauses.end(&code, now);
        }
    }

    fn answer(&mut self, request: &Request) -> Answer {
        self.route(request).unwrap_or_else(refused)
    }

    fn record(&mut self, key: &str) -> Option<&mut Value> {
        let mut records = self.members.iter_mut().map(|member| &mut member.record);
        records.find(|record| record["MemberCode"] == key)
    }

    fn remove(&mut self, key: &str) -> bool {
        let before = self.members.len();
        self.members.retain(|member| member.record["MemberCode"] != key);
        self.members.len() < before
    }

    fn copy(&self) -> Box<dyn Provider> {
        Box::new(self.clone())
    }
}

impl Toluna {
    fn route(&mut self, request: &Request) -> Result<Answer, Refusal> {
        match (request.method.as_str(), place(request)) {
            ("GET", Some(Place::Slash)) => self.look_up(request),
            ("PUT", Some(Place::Plain)) => self.update(request),
            ("GET" | "PUT", _) | (_, None) => {
                let host = request.header("Host").unwrap_or_default();
                let address = format!("http://{host}{}", request.target);
                let words = format!("No HTTP resource was found that matches the request URI '{address}'.");
                Err(Refusal(404, words))
            }
            (method, Some(_)) => {
                let words = format!("The requested resource does not support http method '{method}'.");
                Err(Refusal(405, words))
            }
        }
    }

    fn look_up(&self, request: &Request) -> Result<Answer, Refusal> {
        if !request.body.is_empty() {
            return Err(bad("A GET request has no body."));
        }
        let (panel, code) =
            asked(request).ok_or_else(|| bad("The query is not memberCode and partnerGUID."))?;
        let mut members = self.members.iter();
        let member = members.find(|member| member.is(&panel, &code));
        let member = member.ok_or_else(|| no_member(400, &panel, &code))?;
        Ok(json_answer(
            Did::Read,
            200,
            &match version(request) {
                Version::One => member.in_first_version(),
                Version::Two => member.told(),
            },
        ))
    }

    fn update(&mut self, request: &Request) -> Result<Answer, Refusal> {
        if request.target.contains('?') {
            return Err(bad("An update has no query."));
        }
        if !request.is_json() {
            let kind = request.header("Content-Type").unwrap_or_default();
            let words =
                format!("The request entity's media type '{kind}' is not supported for this resource.");
            return Err(Refusal(415, words));
        }
        let version = version(request);
        let body = strict::object(&request.body).map_err(|problem| bad(&problem))?;
        let change = Change::read(&body, version)?;
        let mut members = self.members.iter_mut();
        let member = members.find(|member| member.is(&change.panel, &change.code));
        let member = member.ok_or_else(|| no_member(404, &change.panel, &change.code))?;
        if member.blocked {
            return Err(bad("The member is blocked for abuse."));
        }
        if !change.has_known_answers() {
            // The real one repeats everything, the secret included.
            let (code, body) = (&change.code, Value::Object(body));
            return Err(bad(&format!("Cannot Register MemberCode:{code}. An attribute is invalid: {body}")));
        }
        let before = member.record.clone();
        change.apply(&mut member.record);
        let did = if member.record == before { Did::Read } else { Did::Applied };
        let answer = match version {
            Version::One => json_answer(did, 200, &member.in_first_version()),
            Version::Two => Answer::empty(did, 200),
        };
        let detail = json!({ "EnvironmentName": "Simulated", "BuildNumber": "1" });
        Ok(answer.with("TOLUNA_WEBAPI_RESPONSE_DETAIL", &detail.to_string()))
    }
}

impl Member {
    /// Whose data was erased is nobody's member.
    fn is(&self, panel: &str, code: &str) -> bool {
        let record = &self.record;
        record["PartnerGUID"] == panel && record["MemberCode"] == code && record["IsPIIDataRegulated"] != true
    }

    fn told(&self) -> Value {
        let mut told = self.record.clone();
        let hidden: &[&str] = if self.tells_flags { &["Email"] } else { &["Email", "IsActive", "IsTest"] };
        if let Some(entries) = told.as_object_mut() {
            entries.retain(|key, _| !hidden.contains(&key.as_str()));
        }
        told
    }

    fn in_first_version(&self) -> Value {
        let record = &self.record;
        let panel = PANELS.iter().find(|panel| record["PartnerGUID"] == panel.guid).unwrap_or(&PANELS[0]);
        let Panel { culture, country, language, labels, .. } = panel;
        let answers = stored(record);
        // The id and the label of an answer; 0 means that there is none.
        let answer = |question: i64| {
            let found = answers.iter().find(|one| one.question == question);
            let id = found.and_then(|one| one.answers.first()).map_or(0, |given| given.id);
            (id, labels.iter().find(|(other, _)| *other == id).map_or("", |(_, label)| label))
        };
        let (gender, education, income) = (answer(GENDER), answer(1_001_101), answer(1_001_107));
        let (ethnicity, race, position) = (answer(1_001_012), answer(1_002_790), answer(1_005_145));
        let birth_date = record["BirthDate"].as_str().and_then(Date::stored).map(Date::long);
        json!({
            "MemberCode": record["MemberCode"],
            "LanguageID": language.0,
            "Language": language.1,
            "CountryID": country.0,
            "Country": country.1,
            "GenderID": gender.0,
            "Gender": gender.1,
            "EducationID": education.0,
            "Education": education.1,
            "IncomeID": income.0,
            "Income": income.1,
            "EthnicityID": ethnicity.0,
            "Ethnicity": ethnicity.1,
            "RaceID": race.0,
            "Race": race.1,
            "WorkPositionID": position.0,
            "WorkPosition": position.1,
            "Active": record["IsActive"],
            "Email": record["Email"],
            "BirthDate": birth_date.unwrap_or_default(),
            "PostalCode": record["PostalCode"],
            "PanelistStatusTypeID": if self.blocked { 4 } else { 1 },
            "CultureID": culture,
            "SubProvinceID": "0",
        })
    }
}

/// What stays of a member whose data is erased.
fn erased(panel: &Value, code: &Value) -> Value {
    json!({ "PartnerGUID": panel, "MemberCode": code, "IsPIIDataRegulated": true })
}

fn place(request: &Request) -> Option<Place> {
    match request.target.split('?').next()? {
        "/IntegratedPanelService/api/Respondent" => Some(Place::Plain),
        "/IntegratedPanelService/api/Respondent/" => Some(Place::Slash),
        _ => None,
    }
}

/// Only the one value asks for the second version.
fn version(request: &Request) -> Version {
    let second =
        request.header("Accept").and_then(|value| value.split_once(';')).is_some_and(|(mime, rest)| {
            mime == "application/json" && rest.trim_start_matches(' ') == "version=2.0"
        });
    if second { Version::Two } else { Version::One }
}

/// The panel and the member code that a lookup asks for, and nothing besides.
fn asked(request: &Request) -> Option<(String, String)> {
    let is_panel = |name: &str| ["partnerGUID", "partnerGuid"].contains(&name);
    match &request.query()?[..] {
        [(code, member), (panel, guid)] | [(panel, guid), (code, member)]
            if code == "memberCode" && is_panel(panel) =>
        {
            Some((guid.clone(), member.clone()))
        }
        _ => None,
    }
}

/// The member that a call is for, whether or not there is one.
fn code(request: &Request) -> Option<String> {
    place(request)?;
    match request.method.as_str() {
        "GET" => request.query()?.into_iter().find(|(name, _)| name == "memberCode").map(|(_, code)| code),
        "PUT" => request.object()?.get("MemberCode")?.as_str().map(str::to_string),
        _ => None,
    }
}

fn json_answer(did: Did, status: u16, body: &Value) -> Answer {
    Answer::json(did, status, body).with("Content-Type", "application/json; charset=utf-8")
}

fn refused(Refusal(status, words): Refusal) -> Answer {
    let answer = json_answer(Did::Refused, status, &json!({ "Message": words }));
    if status == 405 { answer.with("Allow", "GET, PUT") } else { answer }
}

fn bad(words: &str) -> Refusal {
    Refusal(400, words.into())
}

fn no_member(status: u16, panel: &str, code: &str) -> Refusal {
    Refusal(status, format!("No member found with member code {code} and partner Guid {panel}"))
}

#[cfg(test)]
mod tests;
