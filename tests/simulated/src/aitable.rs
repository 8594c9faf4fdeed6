//! A simulated AITable: the members of a space with their teams and roles.
//!
//! Its traps are the real one's: most refusals have HTTP status 200, and an update without teams
//! takes the member out of every team.

use std::borrow::Borrow;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};

use crate::answer::{Answer, Did};
use crate::pace::Buckets;
use crate::request::Request;
use crate::server::{Cors, Provider};

mod seed;

/// The API token, of Nadia Okafor.
pub const TOKEN: &str = "uskSimulatedToken000001";

/// The space with everything in it: with as many members as `LARGE` says.
pub const SPACE: &str = "spcufU5iwnIy4";
pub const SPACE_NAME: &str = "Nordlicht Studio";
/// Connected to WeCom: its teams cannot be changed here, so every update is refused with code 1522.
pub const SPACE_INTEGRATED: &str = "spcbn9DWNa3wQ";
/// Not on the Enterprise plan: all but the list of spaces is refused with code 1503.
pub const SPACE_FREE: &str = "spcgTw969QWzu";
/// The owner of the token is not in it: refused with 403.
pub const SPACE_FOREIGN: &str = "spci4If0jb3SB";

/// The tree: Engineering with Platform and Apps & Design below it, Vertrieb (DACH), 运营, Night shift, and the
/// staff, which is the crowd.
pub const TEAM_ENGINEERING: &str = "c8e65212fbc14bffa01f46969c010945";
pub const TEAM_PLATFORM: &str = "hQPDvv9rjNYj8mznL1KeQdeOQ9nXMc1";
pub const TEAM_APPS: &str = "390cd11729bc4b8eb78d1e7e13d13cbc";
pub const TEAM_SALES: &str = "VxJvoLahkZeiHM8gBRILA69VPmcNeJM";
pub const TEAM_OPERATIONS: &str = "6GUYMGokSqUOdCKKZPkgdIyOWwmGAkEP";
pub const TEAM_NIGHT: &str = "kR4vTq8ZbN2xWm6YcJ1sHdLfGp7QeUa";
pub const TEAM_INTEGRATED: &str = "1b73fbf5d526405b8ee7b6e089b77a30";

/// A top team with regions below it and places below those. Itself and some of them are empty.
pub const STAFF: &str = "Staff · 全員";
/// A region, below the staff, and empty.
pub const STAFF_EUROPE: &str = "Europe";
/// A region, below the staff.
pub const STAFF_ASIA: &str = "亞洲";
/// Below Asia, with more members than a page can have.
pub const STAFF_LARGE: &str = "臺北";
/// Two teams, below different regions. The two of the crowd who are `crowd::TWICE` are in one each.
pub const STAFF_TWICE: &str = "Support";
/// Below Europe, and empty.
pub const STAFF_EMPTY: &str = "Not staffed yet";

/// How many members the space has in all.
pub const LARGE: usize = 3000;
/// How many of them are of the crowd.
pub const CROWD: usize = LARGE - 8;
/// The place in the crowd of somebody in two teams: in the large one, and in the first that is `STAFF_TWICE`.
pub const CROWD_TWO_TEAMS: usize = 52;
/// The places in the crowd of those who are in the root team only.
pub const CROWD_NO_TEAM: std::ops::Range<usize> = 12..52;

/// Front-end developer.
pub const ROLE_DEVELOPER: &str = "N1zRf8VAUukBCpssaPslpBlxEu8K0Lke";
/// Reviewer.
pub const ROLE_REVIEWER: &str = "48c25b9f24f64b69879c8ce553006691";
/// 负责人.
pub const ROLE_LEAD: &str = "uTYoPhbcU5ilI0gaTBFfegxSPWKVlWdG";

/// John: one team, one role.
pub const MEMBER: &str = "kD8tPcZ3fYxSjV9qWvL5X2TmQbN1nR6";
/// Amélie D'Arcy: Apps & Design and Vertrieb (DACH), one role.
pub const MEMBER_TWO_TEAMS: &str = "EfNKXBZ5HnjWtOqL8o6aphWg7ldezFj";
/// 張偉: in the root team only, no roles.
pub const MEMBER_NO_TEAM: &str = "3c4299de991e471894ec7629bfa51aa5";
/// فاطمة الزهراء: one team, no roles.
pub const MEMBER_NO_ROLES: &str = "Eejnfr96aZxtND6knq9TaJSFdUVrKSR";
/// Jürgen Groß: one team, two roles.
pub const MEMBER_TWO_ROLES: &str = "3CkQBEZE8ey5aRs8rCkIfvbA8kGFVj0h";
/// Nadia Okafor.
pub const MEMBER_PRIMARY_ADMIN: &str = "8b5fa5874e7f45d4b73bdeb5f7c2dc0a";
/// Siobhán O’Brien.
pub const MEMBER_SUB_ADMIN: &str = "yGBu1QkWRbn58KX5j4Ab16b1cC9hvFVo";
/// Maximiliana-Konstanze 🚀 Raketov: invited only, no e-mail, no mobile, a name as long as can be.
pub const MEMBER_NOT_JOINED: &str = "d6f527257ba2400b98d32aaeab364ca2";
/// 李娜, in the connected space.
pub const MEMBER_INTEGRATED: &str = "HMPxacF6fVSAGCdOuJlAUYe4HG8cNkHg";

/// Counted in units of UTF-16.
const LONGEST_NAME: usize = 32;
const CALLS: u32 = 5;

#[derive(Clone)]
struct AiTable {
    spaces: Vec<Space>,
    buckets: Buckets,
}

#[derive(Clone)]
struct Space {
    id: &'static str,
    name: &'static str,
    kind: Kind,
    teams: Vec<Value>,
    roles: Vec<Value>,
    /// Shared with all other servers of this process, until one is changed.
    members: Vec<Arc<Value>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Enterprise,
    Integrated,
    Free,
    Foreign,
}

/// Why a request is refused: HTTP status, code and words.
struct Refusal(u16, u16, String);

pub(crate) fn seed() -> Box<dyn Provider> {
    Box::new(AiTable { spaces: seed::spaces(), buckets: Buckets::new(CALLS, Duration::from_secs(1)) })
}

/// The id of the member who stands at this place of the crowd.
pub fn crowd_member(place: usize) -> String {
    seed::id("member", place)
}

impl Provider for AiTable {
    fn cors(&self) -> Cors {
        Cors {
            always: &[("Access-Control-Allow-Origin", "*"), ("Access-Control-Allow-Credentials", "true")],
            // No PUT: browsers refuse to send the update here by themselves.
            preflight: &[
                ("Access-Control-Allow-Methods", "GET, POST, OPTIONS, DELETE, PATCH"),
                (
                    "Access-Control-Allow-Headers",
                    "DNT,X-Requested-With,Content-Type,Authorization,Cache-Control,If-Modified-Since",
                ),
            ],
        }
    }

    fn throttle(&mut self, request: &Request, now: Instant) -> Option<Answer> {
        let token = request.bearer().filter(|token| *token == TOKEN)?;
        let segments = request.segments().unwrap_or_default();
        let scope = segments.get(3).map_or("user", String::as_str);
        let fits = self.buckets.take(&format!("{token} {scope}"), now);
        (!fits).then(|| {
            refused(Refusal(
                429,
                429,
                format!(
                    "The API request rate for the current space is {CALLS} queries per second (QPS). \
                 Upgrading the space allows for a higher call frequency. Contact us: sales@aitable.ai."
                ),
            ))
        })
    }

    fn answer(&mut self, request: &Request) -> Answer {
        self.route(request).unwrap_or_else(refused)
    }

    fn record(&mut self, key: &str) -> Option<&mut Value> {
        let mut members = self.spaces.iter_mut().flat_map(|space| &mut space.members);
        members.find(|member| member["unitId"] == key).map(Arc::make_mut)
    }

    fn remove(&mut self, key: &str) -> bool {
        let members = |spaces: &[Space]| spaces.iter().map(|space| space.members.len()).sum::<usize>();
        let before = members(&self.spaces);
        for space in &mut self.spaces {
            space.members.retain(|member| member["unitId"] != key);
        }
        members(&self.spaces) < before
    }

    fn copy(&self) -> Box<dyn Provider> {
        Box::new(self.clone())
    }
}

impl AiTable {
    fn route(&mut self, request: &Request) -> Result<Answer, Refusal> {
        if request.bearer() != Some(TOKEN) {
            return Err(Refusal(401, 401, "Unauthorized".into()));
        }
        let segments = request.segments().ok_or_else(no_such_api)?;
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        let ["fusion", "v1", "spaces", path @ ..] = segments.as_slice() else {
            return Err(no_such_api());
        };
        let query = Query(request.query().ok_or_else(|| bad("The query cannot be read"))?);
        if request.method == "GET" && !request.body.is_empty() {
            return Err(bad("A GET request has no body"));
        }
        match (request.method.as_str(), path) {
            ("GET", []) => {
                query.only(&[])?;
                let own = self.spaces.iter().filter(|space| space.kind != Kind::Foreign);
                let own = own.map(|space| json!({ "id": space.id, "name": space.name, "isAdmin": true }));
                Ok(yes(Did::Read, json!({ "spaces": own.collect::<Value>() })))
            }
            ("GET", [space, "members", id]) if !id.is_empty() => {
                query.only(&["sensitiveData"])?;
                let member = unit(&self.space(space)?.members, id).ok_or_else(no_such_unit)?;
                Ok(yes(Did::Read, json!({ "member": query.shown(member)? })))
            }
            ("PUT", [space, "members", id]) if !id.is_empty() => self.update(space, id, request, &query),
            ("GET", [space, "teams", team, "children"]) => {
                query.only(&["pageSize", "pageNum"])?;
                let space = self.space(space)?;
                space.check_team(team)?;
                let below = space.teams.iter().filter(|other| match *team {
                    "0" => ["0", ""].iter().any(|root| other["parentUnitId"] == *root),
                    team => other["parentUnitId"] == team,
                });
                page("teams", below.collect(), &query, |team| Ok(team.clone()))
            }
            ("GET", [space, "teams", team, "members"]) => {
                query.only(&["pageSize", "pageNum", "sensitiveData"])?;
                let space = self.space(space)?;
                space.check_team(team)?;
                let inside = space.members.iter().map(|member| &**member).filter(|member| match *team {
                    "0" => member["teams"] == json!([]),
                    team => has(&member["teams"], team),
                });
                page("members", inside.collect(), &query, |member| query.shown(member))
            }
            ("GET", [space, "roles"]) => {
                query.only(&["pageSize", "pageNum"])?;
                page("roles", self.space(space)?.roles.iter().collect(), &query, |role| Ok(role.clone()))
            }
            ("GET", [space, "roles", role, "units"]) => {
                query.only(&["sensitiveData"])?;
                let space = self.space(space)?;
                unit(&space.roles, role).ok_or_else(no_such_unit)?;
                let members = space.members.iter().filter(|member| has(&member["roles"], role));
                let members: Result<Value, Refusal> = members.map(|member| query.shown(member)).collect();
                let teams =
                    space.teams.iter().filter(|team| team.get("roles").is_some_and(|roles| has(roles, role)));
                Ok(yes(Did::Read, json!({ "members": members?, "teams": teams.cloned().collect::<Value>() })))
            }
            _ => Err(no_such_api()),
        }
    }

    fn update(&mut self, space: &str, id: &str, request: &Request, query: &Query) -> Result<Answer, Refusal> {
        query.only(&["sensitiveData"])?;
        if !request.is_json() {
            return Err(Refusal(415, 415, "Unsupported Media Type".into()));
        }
        let body =
            request.object().ok_or_else(|| Refusal(400, 400, "The body is not a JSON object".into()))?;
        if let Some(key) = body.keys().find(|key| !["name", "teams", "roles"].contains(&key.as_str())) {
            return Err(bad(&format!("The parameter {key} is not known")));
        }
        let (teams, roles) = (ids(&body, "teams")?, ids(&body, "roles")?);
        let name = match body.get("name") {
            None | Some(Value::Null) => "",
            Some(name) => name.as_str().ok_or_else(|| wrong_type("name", "string"))?,
        };

        let space = self.space(space)?;
        let mut record = unit(&space.members, id).ok_or_else(no_such_unit)?.as_ref().clone();
        if space.kind == Kind::Integrated {
            return Err(Refusal(
                200,
                1522,
                "The current space is a third-party integrated space, \
                 and the member's teams cannot be manually modified"
                    .into(),
            ));
        }
        // No teams at all is not “unchanged”: it takes the member to the root team.
        record["teams"] = units(&space.teams, &teams, 1521, "team")?;
        if !roles.is_empty() {
            record["roles"] = units(&space.roles, &roles, 1523, "role")?;
        }
        if name.encode_utf16().count() > LONGEST_NAME {
            return Err(Refusal(200, 500, "Server Error".into()));
        }
        if !name.trim().is_empty() {
            record["name"] = name.into();
        }
        let answer = yes(Did::Applied, json!({ "member": query.shown(&record)? }));
        if let Some(stored) = self.record(id) {
            *stored = record;
        }
        Ok(answer)
    }

    fn space(&self, id: &str) -> Result<&Space, Refusal> {
        let space = self.spaces.iter().find(|space| space.id == id).ok_or_else(|| {
            Refusal(200, 400, "Space doesn't exist, please adjust the spaceId and try again".into())
        })?;
        match space.kind {
            Kind::Enterprise | Kind::Integrated => Ok(space),
            Kind::Free => {
                Err(Refusal(200, 1503, "This API is only available for the Enterprise plan".into()))
            }
            Kind::Foreign => Err(Refusal(
                403,
                403,
                "The API token user does not belong to the space, \
                 please adjust spaceId or API token and try again"
                    .into(),
            )),
        }
    }
}

impl Space {
    /// Only the addresses of lists know the root team as 0.
    fn check_team(&self, id: &str) -> Result<(), Refusal> {
        if id == "0" || unit(&self.teams, id).is_some() { Ok(()) } else { Err(no_such_unit()) }
    }
}

struct Query(Vec<(String, String)>);

impl Query {
    fn value(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// Refuses names that this call does not know, and names that came twice.
    fn only(&self, known: &[&str]) -> Result<(), Refusal> {
        let count = |name: &str| self.0.iter().filter(|(other, _)| other == name).count();
        let odd = self.0.iter().find(|(name, _)| !known.contains(&name.as_str()) || count(name) > 1);
        odd.map_or(Ok(()), |(name, _)| Err(bad(&format!("The parameter {name} is not known"))))
    }

    fn number(&self, name: &str, usual: usize, most: usize) -> Result<usize, Refusal> {
        match self.value(name).map(str::parse::<usize>) {
            None => Ok(usual),
            Some(Ok(number)) if (1..=most).contains(&number) => Ok(number),
            Some(_) => Err(wrong_type(name, "number")),
        }
    }

    /// A member as this call may see it: with e-mail and mobile only if it asks for them.
    fn shown(&self, member: &Value) -> Result<Value, Refusal> {
        let sensitive = match self.value("sensitiveData") {
            None | Some("false") => false,
            Some("true") => true,
            Some(_) => return Err(wrong_type("sensitiveData", "boolean")),
        };
        let mut member = member.clone();
        if let Some(entries) = member.as_object_mut().filter(|_| !sensitive) {
            entries.shift_remove("email");
            entries.shift_remove("mobile");
        }
        Ok(member)
    }
}

/// One page of a list, counted from 1.
fn page(
    name: &str,
    items: Vec<&Value>,
    query: &Query,
    shown: impl Fn(&Value) -> Result<Value, Refusal>,
) -> Result<Answer, Refusal> {
    let size = query.number("pageSize", 100, 1000)?;
    let number = query.number("pageNum", 1, usize::MAX / 1000)?;
    let page: Result<Value, Refusal> =
        items.iter().skip((number - 1) * size).take(size).map(|item| shown(item)).collect();
    let mut found = json!({ "total": items.len(), "pageSize": size, "pageNum": number });
    found[name] = page?;
    Ok(yes(Did::Read, found))
}

/// The ids of one list in the body; absent and null are an empty list.
fn ids(body: &Map<String, Value>, key: &str) -> Result<Vec<String>, Refusal> {
    match body.get(key) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(items)) if items.iter().all(Value::is_string) => Ok(texts(&body[key])),
        Some(_) => Err(wrong_type(key, "array of strings")),
    }
}

/// The records of these ids, each once; one that does not exist refuses them all.
fn units(known: &[Value], ids: &[String], code: u16, kind: &str) -> Result<Value, Refusal> {
    let mut found: Vec<Value> = Vec::new();
    for id in ids {
        let missing =
            || Refusal(200, code, format!("The {kind} specified with the unitId {id} does not exist"));
        let record = unit(known, id).ok_or_else(missing)?;
        if !found.contains(record) {
            found.push(record.clone());
        }
    }
    Ok(found.into())
}

fn unit<'a, T: Borrow<Value>>(units: &'a [T], id: &str) -> Option<&'a T> {
    units.iter().find(|unit| (*unit).borrow()["unitId"] == id)
}

fn has(units: &Value, id: &str) -> bool {
    units.as_array().is_some_and(|units| unit(units, id).is_some())
}

fn texts(list: &Value) -> Vec<String> {
    let items = list.as_array().map(Vec::as_slice).unwrap_or_default();
    items.iter().filter_map(Value::as_str).map(str::to_string).collect()
}

fn yes(did: Did, found: Value) -> Answer {
    Answer::json(did, 200, &json!({ "code": 200, "message": "SUCCESS", "success": true, "data": found }))
}

fn refused(Refusal(status, code, words): Refusal) -> Answer {
    Answer::json(Did::Refused, status, &json!({ "success": false, "code": code, "message": words }))
}

fn bad(words: &str) -> Refusal {
    Refusal(200, 400, words.into())
}

fn wrong_type(name: &str, kind: &str) -> Refusal {
    bad(&format!("{name} must be the \"{kind}\" type"))
}

fn no_such_unit() -> Refusal {
    bad("The unit specified by the unit ID does not exist")
}

fn no_such_api() -> Refusal {
    Refusal(404, 404, "The API does not exist".into())
}

#[cfg(test)]
mod tests;
