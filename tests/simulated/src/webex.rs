//! A simulated Webex: the memberships, and what one needs to find them.
//!
//! Stricter than the real one where that shows mistakes of a client:
//! an update has exactly the two flags, and only the one that its kind of space knows may change.

use std::collections::HashSet;
use std::sync::{Arc, LazyLock};

use serde_json::{Value, json};

use crate::answer::{Answer, Did};
use crate::base64url;
use crate::request::Request;
use crate::server::{Cors, Provider, Server};

mod seed;

/// The access token, of Nadia Okafor.
pub const TOKEN: &str = "simulated-webex-token-of-nadia-okafor";
pub const OWNER_EMAIL: &str = "nadia.okafor@example.com";
pub const SIOBHAN_EMAIL: &str = "siobhan.obrien@example.com";

/// A group space without moderators. Siobhán O'Brien is in it, and so is the owner of the token.
pub const ROOM_UNMODERATED: &str =
    "Y2lzY29zcGFyazovL3VzL1JPT00vN2Y1MzY0ZWItOThkMC00YmE2LWI1MWQtOGI2MWVhODE2MDZk";
/// Siobhán O'Brien there.
pub const UNMODERATED: &str = "Y2lzY29zcGFyazovL3VzL01FTUJFUlNISVAvM2ZlNmU3YmUtOWJhMC00NzE3LTllZDQtMGMyMjdkYWI3YWQyOjdmNTM2NGViLTk4ZDAtNGJhNi1iNTFkLThiNjFlYTgxNjA2ZA";
/// The owner of the token there.
pub const UNMODERATED_OWNER: &str = "Y2lzY29zcGFyazovL3VzL01FTUJFUlNISVAvODY4N2IxOGQtOGNlMS00YzhiLWFlZGQtM2EyNDkwMTg3NzVhOjdmNTM2NGViLTk4ZDAtNGJhNi1iNTFkLThiNjFlYTgxNjA2ZA";

/// Its title.
pub const TITLE_UNMODERATED: &str = "Project Unicorn – Sprint 0";

/// A moderated group space with two moderators, one of them the owner of the token.
pub const ROOM_MODERATED: &str =
    "Y2lzY29zcGFyazovL3VzL1JPT00vODhiMDY1ZTctNGRkNS00OWVjLThiMDAtODRmN2RlNTc0ZjZk";
pub const TITLE_MODERATED: &str = "Release council";
/// Jean-Luc D’Angelo, a moderator there.
pub const MODERATED: &str = "Y2lzY29zcGFyazovL3VzL01FTUJFUlNISVAvNzBkYjcxYzQtYTZkNS00NjllLWEyYzUtMzJjZjk3NTZhMDM2Ojg4YjA2NWU3LTRkZDUtNDllYy04YjAwLTg0ZjdkZTU3NGY2ZA";
/// The owner of the token, a moderator there.
pub const MODERATED_OWNER: &str = "Y2lzY29zcGFyazovL3VzL01FTUJFUlNISVAvODY4N2IxOGQtOGNlMS00YzhiLWFlZGQtM2EyNDkwMTg3NzVhOjg4YjA2NWU3LTRkZDUtNDllYy04YjAwLTg0ZjdkZTU3NGY2ZA";
/// ليلى حسن, no moderator there.
pub const MODERATED_MEMBER: &str = "Y2lzY29zcGFyazovL3VzL01FTUJFUlNISVAvMmQzOGRlN2MtM2JlYy00NTE5LThiNjctNGQ5OTkyNTNmNmI3Ojg4YjA2NWU3LTRkZDUtNDllYy04YjAwLTg0ZjdkZTU3NGY2ZA";

/// A moderated group space in which the owner of the token is no moderator.
pub const ROOM_CLOSED: &str = "Y2lzY29zcGFyazovL3VzL1JPT00vMTg3ZTgxYWMtMmMxMS00ZTc5LWI3MzAtMjA1MzhkY2NlYWIw";
pub const TITLE_CLOSED: &str = "Annonces de la direction";
/// 王小明 there: an update is refused with 403.
pub const CLOSED: &str = "Y2lzY29zcGFyazovL3VzL01FTUJFUlNISVAvYmFmY2FiYTktMjBmMC00YzVjLTk3YjMtOWU0ZGJkYTUxM2JkOjE4N2U4MWFjLTJjMTEtNGU3OS1iNzMwLTIwNTM4ZGNjZWFiMA";

/// ليلى حسن in a direct space. Its record lacks `isRoomHidden`.
pub const DIRECT: &str = "Y2lzY29zcGFyazovL3VzL01FTUJFUlNISVAvMmQzOGRlN2MtM2JlYy00NTE5LThiNjctNGQ5OTkyNTNmNmI3OjZhY2M1ZmEyLTA5YWUtNGFkNC1hZDRjLWMwNmIzYTEyOTBmYw";
/// Zoë 🚀 Müller in a direct space that is hidden.
pub const DIRECT_HIDDEN: &str = "Y2lzY29zcGFyazovL3VzL01FTUJFUlNISVAvYTkzZjk5ZjItZThhNC00ODdlLTg2MDgtMmMwODQ4MjZmNjUyOjM3NGNjNDdlLWUwZDMtNGQwMi04Mjg1LWEzZTgyNjcxMzNlZQ";
/// Siobhán O'Brien in an unmoderated group space of another region. Its record lacks `isRoomHidden`.
pub const REGIONAL: &str = "Y2lzY29zcGFyazovL3VybjpURUFNOnVzLXdlc3QtMl9yL01FTUJFUlNISVAvM2ZlNmU3YmUtOWJhMC00NzE3LTllZDQtMGMyMjdkYWI3YWQyOjQwZWI2MGVkLTgwMWMtNDM1Ny04ZTlhLWM2MmFhMWIwMThhNw";
/// 王小明 in a space that the owner of the token is not in: for that token there is no such membership.
pub const OUTSIDE: &str = "Y2lzY29zcGFyazovL3VzL01FTUJFUlNISVAvYmFmY2FiYTktMjBmMC00YzVjLTk3YjMtOWU0ZGJkYTUxM2JkOmI0ZDM0M2E4LTRiNjgtNDFjNy05ZGJhLTU4NTg3ZGM3YWJiZQ";

/// A group space without moderators, with as many members as `LARGE` says: the owner of the token first,
/// then the crowd, then the other five who are known by name.
pub const ROOM_LARGE: &str = "Y2lzY29zcGFyazovL3VzL1JPT00vYzBkZTI2NTctM2Y3MS00YjBjLTlkNWItMmI5ZTY0YTFkMzAw";
pub const TITLE_LARGE: &str = "All hands · 全社 · الجميع";
pub const LARGE: usize = 3000;
/// How many of them are of the crowd.
pub const CROWD: usize = LARGE - 6;
/// Siobhán O'Brien there, the fifth from the end.
pub const LARGE_SIOBHAN: &str = "Y2lzY29zcGFyazovL3VzL01FTUJFUlNISVAvM2ZlNmU3YmUtOWJhMC00NzE3LTllZDQtMGMyMjdkYWI3YWQyOmMwZGUyNjU3LTNmNzEtNGIwYy05ZDViLTJiOWU2NGExZDMwMA";

/// So many more group spaces, of the owner of the token and one of the crowd: more than a page usually has.
/// The first two have one title, the next have a very long one, one of nothing but blanks, and none.
pub const MORE_ROOMS: usize = 130;
pub const TITLE_TWICE: &str = "Weekly sync";

const MALFORMED: &str = "The request could not be understood by the server due to malformed syntax.";
const UNAUTHORIZED: &str =
    "The request requires a valid access token set in the Authorization request header.";
/// The text of the status table on Webex's pages; the one of a refused update is nowhere to be found.
const FORBIDDEN: &str = "The request is understood, but it has been refused or access is not allowed.";
const NOT_FOUND: &str = "The requested resource could not be found.";

/// Larger pages are cut to this, not refused.
const MOST_ITEMS: usize = 1000;

/// How the next page's address is made, in every list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Next {
    #[default]
    Right,
    /// The second page leads to itself, for ever.
    Repeated,
    /// With `max=null` in it, an old defect: asked for as it is, it is refused.
    MaxNull,
}

#[derive(Clone)]
struct Webex {
    rooms: Vec<Arc<Value>>,
    /// Shared with all other servers of this process, until one is changed.
    memberships: Vec<Arc<Value>>,
    next: Next,
    /// Numbers the tracking ids, so that each is another one and a run can be repeated.
    answered: u64,
}

pub(crate) fn seed() -> Box<dyn Provider> {
    Box::new(Webex {
        rooms: seed::rooms(),
        memberships: seed::memberships(),
        next: Next::default(),
        answered: 0,
    })
}

/// The id of the membership in `ROOM_LARGE` of who stands at this place of the crowd.
pub fn large_member(place: usize) -> String {
    seed::large_member(place)
}

/// Until a reset.
pub fn set_next(server: &Server, next: Next) {
    server.with(|webex: &mut Webex| webex.next = next);
}

/// Why a request is refused: the status and its words.
type Refusal = (u16, &'static str);

const BAD_REQUEST: Refusal = (400, MALFORMED);

impl Provider for Webex {
    fn cors(&self) -> Cors {
        Cors {
            always: &[("Access-Control-Allow-Origin", "*")],
            preflight: &[
                ("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE, OPTIONS"),
                ("Access-Control-Allow-Headers", "Authorization, Content-Type, Accept, TrackingID"),
                ("Access-Control-Max-Age", "86400"),
            ],
        }
    }

    fn answer(&mut self, request: &Request) -> Answer {
        self.answered += 1;
        let tracking = format!("ROUTERGW_5c5523e7-e936-4f9c-81c1-{:012x}", self.answered);
        let answer = self.route(request).unwrap_or_else(|(status, words)| {
            let body =
                json!({ "message": words, "errors": [{ "description": words }], "trackingId": tracking });
            let answer = Answer::json(Did::Refused, status, &body);
            if status == 405 { answer.with("Allow", allowed(request)) } else { answer }
        });
        answer.with("trackingid", &tracking)
    }

    fn record(&mut self, key: &str) -> Option<&mut Value> {
        let mut memberships = self.memberships.iter_mut();
        memberships.find(|membership| membership["id"] == key).map(Arc::make_mut)
    }

    fn remove(&mut self, key: &str) -> bool {
        let before = self.memberships.len();
        self.memberships.retain(|membership| membership["id"] != key);
        self.memberships.len() < before
    }

    fn copy(&self) -> Box<dyn Provider> {
        Box::new(self.clone())
    }
}

impl Webex {
    fn route(&mut self, request: &Request) -> Result<Answer, Refusal> {
        if request.bearer() != Some(TOKEN) {
            return Err((401, UNAUTHORIZED));
        }
        let segments = request.segments().ok_or((404, NOT_FOUND))?;
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        let ["v1", path @ ..] = segments.as_slice() else {
            return Err((404, NOT_FOUND));
        };
        let query = request.query().ok_or(BAD_REQUEST)?;
        let query = Query(query);
        let known =
            matches!(path, ["memberships" | "rooms" | "people"] | ["memberships" | "rooms" | "people", _]);
        if !known {
            return Err((404, NOT_FOUND));
        }
        match (request.method.as_str(), path) {
            ("PUT", ["memberships", id]) => self.update(id, request, &query),
            ("GET", _) if !request.body.is_empty() => Err(BAD_REQUEST),
            ("GET", ["memberships"]) => self.list_memberships(&query),
            ("GET", ["memberships", id]) => {
                query.only(&[])?;
                Ok(found(self.visible(id)?))
            }
            ("GET", ["rooms"]) => self.list_rooms(&query),
            ("GET", ["rooms", id]) => {
                query.only(&[])?;
                let room = self.rooms.iter().find(|room| room["id"] == **id && self.owner_is_in(&room["id"]));
                let room = room.ok_or((404, NOT_FOUND))?;
                Ok(found(&with_lock(room, self.is_locked(&room["id"]))))
            }
            ("GET", ["people"]) => self.list_people(&query),
            ("GET", ["people", id]) => {
                query.only(&[])?;
                let wanted = if *id == "me" { &**OWNER_ID } else { id };
                let person = seed::people().find(|person| person["id"] == wanted);
                Ok(found(person.ok_or((404, NOT_FOUND))?))
            }
            _ => Err((405, "Method Not Allowed")),
        }
    }

    fn update(&mut self, id: &str, request: &Request, query: &Query) -> Result<Answer, Refusal> {
        query.only(&[])?;
        if !request.is_json() {
            return Err((415, "Unsupported Media Type"));
        }
        let body = request.object().filter(|body| body.len() == 2).ok_or(BAD_REQUEST)?;
        let flag = |name: &str| body.get(name).and_then(Value::as_bool).ok_or(BAD_REQUEST);
        let (moderator, hidden) = (flag("isModerator")?, flag("isRoomHidden")?);

        let record = self.visible(id)?.clone();
        let room = record["roomId"].clone();
        let group = record["roomType"] == "group";
        let locked = self.is_locked(&room);
        if group && locked && !self.moderates(&room) {
            return Err((403, FORBIDDEN));
        }
        let was_hidden = record.get("isRoomHidden").and_then(Value::as_bool).unwrap_or(false);
        let foreign_change = if group { hidden != was_hidden } else { record["isModerator"] != moderator };
        if foreign_change {
            return Err(BAD_REQUEST);
        }

        if group && moderator && !locked {
            for other in self.memberships.iter_mut().filter(|other| is_owners(other, &room)) {
                Arc::make_mut(other)["isModerator"] = true.into();
            }
        }
        let record = self.record(id).ok_or((404, NOT_FOUND))?;
        record["isModerator"] = moderator.into();
        record["isRoomHidden"] = hidden.into();
        Ok(Answer::json(Did::Applied, 200, record))
    }

    fn list_memberships(&self, query: &Query) -> Result<Answer, Refusal> {
        query.only(&["roomId", "personId", "personEmail", "max", "before", "after"])?;
        let room = query.value("roomId");
        let (person, email) = (query.value("personId"), query.value("personEmail"));
        if room.is_none() && (person.is_some() || email.is_some()) {
            return Err(BAD_REQUEST);
        }
        if room.is_some_and(|room| !self.owner_is_in(&Value::from(room))) {
            return Err((404, NOT_FOUND));
        }
        let rooms = self.rooms_of_owner();
        let items = self.memberships.iter().map(|membership| &**membership).filter(|membership| {
            membership["roomId"].as_str().is_some_and(|id| rooms.contains(id))
                && room.is_none_or(|room| membership["roomId"] == room)
                && person.is_none_or(|person| membership["personId"] == person)
                && email.is_none_or(|email| is_same_email(&membership["personEmail"], email))
        });
        self.page("memberships", items.collect(), query, |membership| {
            let mut shown = membership.clone();
            // Lists are known to lack it in group spaces.
            if let Some(entries) = shown.as_object_mut().filter(|entries| entries["roomType"] == "group") {
                entries.shift_remove("isRoomHidden");
            }
            shown
        })
    }

    fn list_rooms(&self, query: &Query) -> Result<Answer, Refusal> {
        query.only(&["type", "sortBy", "max", "before", "after"])?;
        let kind = query.value("type");
        if kind.is_some_and(|kind| !["direct", "group"].contains(&kind)) {
            return Err(BAD_REQUEST);
        }
        let order = match query.value("sortBy") {
            None | Some("id") => "id",
            Some("lastactivity") => "lastActivity",
            Some("created") => "created",
            Some(_) => return Err(BAD_REQUEST),
        };
        let (own, locked) = (self.rooms_of_owner(), self.locked_rooms());
        let is_among =
            |rooms: &HashSet<&str>, room: &Value| room["id"].as_str().is_some_and(|id| rooms.contains(id));
        let rooms = self.rooms.iter().map(|room| &**room);
        let mut items: Vec<&Value> = rooms
            .filter(|room| kind.is_none_or(|kind| room["type"] == kind) && is_among(&own, room))
            .collect();
        items.sort_by(|one, other| one[order].as_str().cmp(&other[order].as_str()));
        self.page("rooms", items, query, |room| with_lock(room, is_among(&locked, room)))
    }

    fn list_people(&self, query: &Query) -> Result<Answer, Refusal> {
        query.only(&["email", "displayName", "id", "max", "excludeStatus", "before", "after"])?;
        let (email, start, ids) = (query.value("email"), query.value("displayName"), query.value("id"));
        if email.is_none() && start.is_none() && ids.is_none() {
            return Err(BAD_REQUEST);
        }
        let wanted = |person: &&Value| {
            let name = person["displayName"].as_str().unwrap_or_default().to_lowercase();
            email.is_none_or(|email| is_same_email(&person["emails"][0], email))
                && start.is_none_or(|start| name.starts_with(&start.to_lowercase()))
                && ids.is_none_or(|ids| ids.split(',').any(|id| person["id"] == id))
        };
        self.page("people", seed::people().filter(wanted).collect(), query, Value::clone)
    }

    /// A membership, if the owner of the token is in its space.
    fn visible(&self, id: &str) -> Result<&Value, Refusal> {
        let mut memberships = self.memberships.iter().map(|membership| &**membership);
        memberships
            .find(|membership| membership["id"] == id && self.owner_is_in(&membership["roomId"]))
            .ok_or((404, NOT_FOUND))
    }

    fn owner_is_in(&self, room: &Value) -> bool {
        self.memberships.iter().any(|membership| is_owners(membership, room))
    }

    fn moderates(&self, room: &Value) -> bool {
        let mut memberships = self.memberships.iter();
        memberships.any(|membership| is_owners(membership, room) && membership["isModerator"] == true)
    }

    /// A group space is locked as long as it has a moderator.
    fn is_locked(&self, room: &Value) -> bool {
        let mut memberships = self.memberships.iter();
        memberships.any(|membership| {
            membership["roomId"] == *room
                && membership["roomType"] == "group"
                && membership["isModerator"] == true
        })
    }

    fn rooms_of_owner(&self) -> HashSet<&str> {
        let own = self.memberships.iter().filter(|membership| membership["personId"] == **OWNER_ID);
        own.filter_map(|membership| membership["roomId"].as_str()).collect()
    }

    fn locked_rooms(&self) -> HashSet<&str> {
        let moderators = self
            .memberships
            .iter()
            .filter(|membership| membership["roomType"] == "group" && membership["isModerator"] == true);
        moderators.filter_map(|membership| membership["roomId"].as_str()).collect()
    }

    /// One page of a list. The next page's address is absolute and at Webex, as the real one is.
    fn page(
        &self,
        path: &str,
        items: Vec<&Value>,
        query: &Query,
        shown: impl Fn(&Value) -> Value,
    ) -> Result<Answer, Refusal> {
        let most = match query.value("max").map(str::parse::<usize>) {
            None => 100,
            Some(Ok(most)) if most > 0 => most.min(MOST_ITEMS),
            Some(_) => return Err(BAD_REQUEST),
        };
        let after = query.value("after");
        let start = match after {
            None => 0,
            Some(last) => items.iter().position(|item| item["id"] == last).ok_or(BAD_REQUEST)? + 1,
        };
        let page = &items[start..items.len().min(start + most)];
        let page_of_items: Value = page.iter().map(|item| shown(item)).collect();
        let answer = Answer::json(Did::Read, 200, &json!({ "items": page_of_items }));
        let last = page.last().filter(|_| start + page.len() < items.len());
        let last = match self.next {
            Next::Repeated if after.is_some() => after,
            _ => last.and_then(|last| last["id"].as_str()),
        };
        let Some(last) = last else { return Ok(answer) };
        let most = if self.next == Next::MaxNull { "null".to_string() } else { most.to_string() };
        let filters = query.0.iter().filter(|(name, _)| !["max", "before", "after"].contains(&name.as_str()));
        let filters: String = filters.map(|(name, value)| format!("{name}={}&", escape(value))).collect();
        let next = format!(
            "<https://webexapis.com/v1/{path}?{filters}max={most}&before&after={last}>; rel=\"next\""
        );
        Ok(answer.with("Link", &next))
    }
}

fn with_lock(room: &Value, locked: bool) -> Value {
    let mut room = room.clone();
    room["isLocked"] = locked.into();
    room
}

struct Query(Vec<(String, String)>);

impl Query {
    fn value(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// Refuses names that this call does not know, and names that came twice.
    fn only(&self, known: &[&str]) -> Result<(), Refusal> {
        let count = |name: &str| self.0.iter().filter(|(other, _)| other == name).count();
        let fine = self.0.iter().all(|(name, _)| known.contains(&name.as_str()) && count(name) == 1);
        if fine { Ok(()) } else { Err(BAD_REQUEST) }
    }
}

/// Percent-encoding of all but the unreserved characters.
fn escape(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

fn found(record: &Value) -> Answer {
    Answer::json(Did::Read, 200, record)
}

fn allowed(request: &Request) -> &'static str {
    if request.target.starts_with("/v1/memberships/") { "GET, PUT" } else { "GET" }
}

fn is_owners(membership: &Value, room: &Value) -> bool {
    membership["roomId"] == *room && membership["personId"] == **OWNER_ID
}

fn is_same_email(stored: &Value, asked: &str) -> bool {
    stored.as_str().is_some_and(|stored| stored.eq_ignore_ascii_case(asked))
}

static OWNER_ID: LazyLock<String> = LazyLock::new(|| encode("us", "PEOPLE", seed::OWNER.uuid));

/// A Webex id: an address that nobody should have to know, encoded.
fn encode(cluster: &str, kind: &str, rest: &str) -> String {
    base64url::encode(format!("ciscospark://{cluster}/{kind}/{rest}").as_bytes())
}

#[cfg(test)]
mod tests;
