//! A simulated FlashApply: the members of an organization.
//!
//! Its documents leave open whether an update is partial, so this one is as unkind as can be: what is
//! required must be there, and all that is not sent is gone. Keys that nobody documented are kept as they
//! came, digit by digit. How a refusal looks is documented nowhere, so here it depends on the cause.
//! Nor is a list of the members or of the locations documented: it is there only when a test switches it on.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use serde_json::{Map, Value, json};

use crate::answer::{Answer, Did};
use crate::pace::Window;
use crate::request::Request;
use crate::server::{Cors, Provider, Server};
use crate::{base64url, clock, strict};

mod seed;

/// An API key that may read and change everything.
pub const TOKEN: &str = "fa_simulated_key_of_nadia_okafor";
/// An API key that may only read: an update is refused with 403.
pub const TOKEN_READ_ONLY: &str = "fa_simulated_key_to_read_only";

pub const ORGANIZATION: &str = "org_nordlicht";
/// Another organization that a member can be moved to.
pub const ORGANIZATION_OTHER: &str = "org_suedwind";
pub const LOCATION_BERLIN: &str = "loc_berlin";
pub const LOCATION_LAGOS: &str = "loc_lagos";
pub const LOCATION_TAIPEI: &str = "loc_taipei";

/// Siobhán O’Brien: one location, its role a list.
pub const MEMBER: &str = "mem_abc123";
/// Nadia Okafor, the primary member.
pub const MEMBER_PRIMARY: &str = "mem_10001";
/// Zoë 🚀 Müller: three locations with lists of one, two and three roles.
pub const MEMBER_MANY: &str = "mem_10002";
/// 王小明: two locations, their roles single texts.
pub const MEMBER_SCALAR: &str = "mem_10003";
/// ليلى حسن: no locations.
pub const MEMBER_NOWHERE: &str = "mem_10004";
/// Jean-Luc D’Angelo: keys that nobody documented, with numbers that programs like to change.
pub const MEMBER_EXTRA: &str = "mem_10005";
/// Łukasz Żółć: inactive, and with empty settings.
pub const MEMBER_INACTIVE: &str = "mem_10006";

/// How many members there are besides, of the crowd.
pub const CROWD: usize = 250;

const REQUIRED: [&str; 7] =
    ["firstName", "lastName", "email", "organizationId", "locations", "isPrimary", "settings"];
/// What the server alone writes.
const OWN: [&str; 3] = ["id", "createdAt", "updatedAt"];
const ROLES: [&str; 3] = ["admin", "editor", "viewer"];
const SHORTEST_PASSWORD: usize = 8;
const CALLS: u32 = 100;
const SECONDS: i64 = 60;
/// Of a page of a list: what it usually has, and the most that can be asked for.
const PAGE: usize = 20;
const LARGEST_PAGE: usize = 100;

#[derive(Clone)]
struct FlashApply {
    /// Shared with all other servers of this process, until one is changed.
    members: Vec<Arc<Value>>,
    lists: bool,
    locations: bool,
    /// By the ids of members. No answer has them.
    passwords: HashMap<String, String>,
    /// One for all, because all callers here come from one address.
    window: Window,
}

/// Why a request is refused. Each cause has a shape of its own, so that a client learns to read them all.
enum Refusal {
    /// 400, plain text.
    Unreadable(String),
    /// `{"error": "…"}`
    Rights(u16, &'static str),
    /// `{"message": "…"}`
    Address(u16, &'static str),
    /// 409, `{"errors": [{"message": "…"}]}`
    Taken(String),
    /// 422, `{"error": {"message": "…", "field": "…"}}`
    Field(String, String),
}

pub(crate) fn seed() -> Box<dyn Provider> {
    let window = Window::new(CALLS, SECONDS);
    Box::new(FlashApply {
        members: seed::members(),
        lists: false,
        locations: false,
        passwords: HashMap::new(),
        window,
    })
}

/// Until a reset, `GET /v1/members` lists the members by the convention of this API.
pub fn offer_list(server: &Server) {
    server.with(|flash: &mut FlashApply| flash.lists = true);
}

/// Until a reset, `GET /v1/organizations/{id}` has the locations of `ORGANIZATION`.
pub fn offer_locations(server: &Server) {
    server.with(|flash: &mut FlashApply| flash.locations = true);
}

/// The id of the member who stands at this place of the crowd.
pub fn crowd_member(place: usize) -> String {
    format!("mem_{}", 20_000 + place)
}

/// The password that an update has set, if one has.
pub fn password(server: &Server, id: &str) -> Option<String> {
    server.with(|flash: &mut FlashApply| flash.passwords.get(id).cloned())
}

/// So many calls are left, and in so many seconds there are as many as ever.
pub fn set_calls_left(server: &Server, calls: u32, seconds: u32) {
    server.with(|flash: &mut FlashApply| flash.window.set(calls, clock::now() + i64::from(seconds)));
}

impl Provider for FlashApply {
    /// Nothing is known of browsers being let in.
    fn cors(&self) -> Cors {
        Cors { always: &[], preflight: &[] }
    }

    fn throttle(&mut self, _request: &Request, _now: Instant) -> Option<Answer> {
        // Not the clock of this computer's uptime: when there are calls again is said as a time of day.
        let fits = self.window.take(clock::now());
        (!fits).then(|| self.counted(refused(Refusal::Rights(429, "Too many requests"))))
    }

    fn answer(&mut self, request: &Request) -> Answer {
        let answer = self.route(request).unwrap_or_else(refused);
        self.counted(answer)
    }

    fn record(&mut self, key: &str) -> Option<&mut Value> {
        self.members.iter_mut().find(|member| member["id"] == key).map(Arc::make_mut)
    }

    fn remove(&mut self, key: &str) -> bool {
        let before = self.members.len();
        self.members.retain(|member| member["id"] != key);
        self.members.len() < before
    }

    fn copy(&self) -> Box<dyn Provider> {
        Box::new(self.clone())
    }
}

impl FlashApply {
    fn counted(&mut self, answer: Answer) -> Answer {
        let (left, ends) = self.window.at(clock::now());
        answer
            .with("X-RateLimit-Limit", &CALLS.to_string())
            .with("X-RateLimit-Remaining", &left.to_string())
            .with("X-RateLimit-Reset", &ends.to_string())
    }

    fn route(&mut self, request: &Request) -> Result<Answer, Refusal> {
        let may_change = match request.bearer() {
            Some(TOKEN) => true,
            Some(TOKEN_READ_ONLY) => false,
            _ => return Err(Refusal::Rights(401, "Unauthorized")),
        };
        let segments = request.segments().unwrap_or_default();
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        if request.method == "GET" && segments == ["v1", "members"] && self.lists {
            return self.list(request);
        }
        if request.method == "GET" && segments == ["v1", "organizations", ORGANIZATION] && self.locations {
            return Ok(Answer::json(Did::Read, 200, &seed::organization()));
        }
        let ["v1", "members", id] = segments.as_slice() else {
            return Err(Refusal::Address(404, "Not found"));
        };
        if request.target.contains('?') {
            return Err(Refusal::Unreadable("Bad request: no query is known here.".into()));
        }
        match request.method.as_str() {
            "GET" if !request.body.is_empty() => {
                Err(Refusal::Unreadable("Bad request: a GET request has no body.".into()))
            }
            "GET" => Ok(Answer::json(Did::Read, 200, &self.members[self.place(id)?])),
            "PATCH" if !may_change => Err(Refusal::Rights(403, "This key may not change members")),
            "PATCH" => self.update(id, request),
            _ => Err(Refusal::Address(405, "Method not allowed")),
        }
    }

    /// A page of the members. The cursor means nothing to anybody but this server.
    fn list(&self, request: &Request) -> Result<Answer, Refusal> {
        if !request.body.is_empty() {
            return Err(Refusal::Unreadable("Bad request: a GET request has no body.".into()));
        }
        let (mut limit, mut start) = (None, None);
        for (name, value) in request.query().ok_or_else(|| field("query", "cannot be read"))? {
            let fine = match name.as_str() {
                "limit" => {
                    let number = value.parse().ok().filter(|number| (1..=LARGEST_PAGE).contains(number));
                    number.is_some_and(|number| limit.replace(number).is_none())
                }
                "cursor" => {
                    let place = self.members.iter().position(|member| cursor(member) == value);
                    place.is_some_and(|place| start.replace(place + 1).is_none())
                }
                _ => false,
            };
            check(&name, fine, "is not known, comes twice or is out of range")?;
        }
        let rest = &self.members[start.unwrap_or(0)..];
        let page = &rest[..rest.len().min(limit.unwrap_or(PAGE))];
        let has_more = page.len() < rest.len();
        let next = page.last().filter(|_| has_more).map(|last| cursor(last));
        let data: Value = page.iter().map(|member| (**member).clone()).collect();
        let pagination = json!({ "next_cursor": next, "has_more": has_more });
        Ok(Answer::json(Did::Read, 200, &json!({ "data": data, "pagination": pagination })))
    }

    fn update(&mut self, id: &str, request: &Request) -> Result<Answer, Refusal> {
        if !request.is_json() {
            return Err(Refusal::Address(415, "The Content-Type must be application/json"));
        }
        let mut body = strict::object(&request.body)
            .map_err(|problem| Refusal::Unreadable(format!("Bad request: {problem}.")))?;
        let place = self.place(id)?;
        let stored = &self.members[place];
        check_fields(&body, stored)?;
        let password = take_password(&mut body)?;

        let email = body["email"].as_str().unwrap_or_default().to_lowercase();
        let is_taken = |other: &Value| {
            other["id"] != id && other["email"].as_str().is_some_and(|other| other.to_lowercase() == email)
        };
        if self.members.iter().any(|other| is_taken(other)) {
            return Err(Refusal::Taken(format!("{email} is the e-mail of another member")));
        }

        // Two changes within a second still have different times.
        let before = stored["updatedAt"].as_str().and_then(clock::seconds).unwrap_or_default();
        let mut record = Map::new();
        for key in OWN {
            record.insert(key.into(), stored[key].clone());
        }
        record.insert("updatedAt".into(), clock::text(clock::now().max(before + 1)).into());
        record.append(&mut body);
        self.members[place] = Arc::new(record.into());
        if let Some(password) = password {
            self.passwords.insert(id.into(), password);
        }
        Ok(Answer::json(Did::Applied, 200, &self.members[place]))
    }

    fn place(&self, id: &str) -> Result<usize, Refusal> {
        let place = self.members.iter().position(|member| member["id"] == id);
        place.ok_or(Refusal::Address(404, "Member not found"))
    }
}

/// Where a list goes on after this member. Its padding shows whether a client hands it back unchanged.
fn cursor(member: &Value) -> String {
    let place = json!({ "id": member["id"], "createdAt": member["createdAt"] });
    let text = base64url::encode(place.to_string().as_bytes());
    let padding = "=".repeat((4 - text.len() % 4) % 4);
    text + &padding
}

fn check_fields(body: &Map<String, Value>, stored: &Value) -> Result<(), Refusal> {
    if let Some(key) = REQUIRED.into_iter().find(|key| !body.contains_key(*key)) {
        return Err(field(key, "is required"));
    }
    if let Some(key) = OWN.into_iter().find(|key| body.contains_key(*key)) {
        return Err(field(key, "is set by the server"));
    }
    for key in ["firstName", "lastName"] {
        check(key, body[key].as_str().is_some_and(|text| !text.trim().is_empty()), "must be a text")?;
    }
    check("email", body["email"].as_str().is_some_and(strict::is_email), "must be a valid address")?;
    let known = [ORGANIZATION, ORGANIZATION_OTHER].iter().any(|id| body["organizationId"] == **id);
    check("organizationId", known, "must be an organization’s id")?;
    for key in ["isPrimary", "isActive"] {
        check(key, body.get(key).is_none_or(Value::is_boolean), "must be true or false")?;
    }
    let settings = body["settings"].as_object().ok_or_else(|| field("settings", "must be an object"))?;
    let picture = settings.get("profilePictureUrl").is_none_or(Value::is_string);
    check("settings.profilePictureUrl", picture, "must be a text")?;

    let locations = body["locations"].as_array().ok_or_else(|| field("locations", "must be a list"))?;
    for (at, location) in locations.iter().enumerate() {
        let name = |key: &str| format!("locations[{at}].{key}");
        check(&format!("locations[{at}]"), location.is_object(), "must be an object")?;
        let id = &location["locationId"];
        let known = [LOCATION_BERLIN, LOCATION_LAGOS, LOCATION_TAIPEI].iter().any(|other| *id == **other);
        check(&name("locationId"), known, "must be a location’s id")?;
        let earlier = locations[..at].iter().any(|other| other["locationId"] == *id);
        check(&name("locationId"), !earlier, "comes twice")?;
        check_role(&name("role"), &location["role"], stored_role(stored, id))?;
    }
    Ok(())
}

/// A role keeps the shape that it has at this location; at a new one, it may have either.
fn check_role(name: &str, role: &Value, stored: Option<&Value>) -> Result<(), Refusal> {
    let is_role = |role: &Value| ROLES.iter().any(|other| *role == **other);
    let fine = match role.as_array() {
        Some(roles) => {
            let again = |at: usize| roles[..at].contains(&roles[at]);
            !roles.is_empty() && roles.iter().all(is_role) && !(0..roles.len()).any(again)
        }
        None => is_role(role),
    };
    check(name, fine, "must be admin, editor or viewer, or a list of them")?;
    let list = stored.is_some_and(Value::is_array);
    let words = if list { "must be a list of roles here" } else { "must be a single role here" };
    check(name, stored.is_none_or(|stored| stored.is_array() == role.is_array()), words)
}

fn stored_role<'a>(stored: &'a Value, location: &Value) -> Option<&'a Value> {
    let locations = stored["locations"].as_array()?;
    locations.iter().find(|other| other["locationId"] == *location)?.get("role")
}

/// Takes the password out of the settings, so that nothing ever shows it.
fn take_password(body: &mut Map<String, Value>) -> Result<Option<String>, Refusal> {
    let settings = body.get_mut("settings").and_then(Value::as_object_mut);
    let Some(password) = settings.and_then(|settings| settings.shift_remove("password")) else {
        return Ok(None);
    };
    let password = password.as_str().filter(|text| text.chars().count() >= SHORTEST_PASSWORD);
    let words = format!("must be a text of {SHORTEST_PASSWORD} characters or more");
    password.map(|text| Some(text.to_string())).ok_or_else(|| field("settings.password", &words))
}

fn check(name: &str, fine: bool, words: &str) -> Result<(), Refusal> {
    if fine { Ok(()) } else { Err(field(name, words)) }
}

fn field(name: &str, words: &str) -> Refusal {
    Refusal::Field(name.into(), format!("{name} {words}"))
}

fn refused(refusal: Refusal) -> Answer {
    let (status, body) = match refusal {
        Refusal::Unreadable(words) => {
            let answer = Answer::empty(Did::Refused, 400).with("Content-Type", "text/plain; charset=utf-8");
            return answer.holding(words.into_bytes());
        }
        Refusal::Rights(status, words) => (status, json!({ "error": words })),
        Refusal::Address(status, words) => (status, json!({ "message": words })),
        Refusal::Taken(words) => (409, json!({ "errors": [{ "message": words }] })),
        Refusal::Field(name, words) => (422, json!({ "error": { "message": words, "field": name } })),
    };
    let answer = Answer::json(Did::Refused, status, &body);
    if status == 405 { answer.with("Allow", "GET, PATCH") } else { answer }
}

#[cfg(test)]
mod tests;
