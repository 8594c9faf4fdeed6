//! A simulated Symbl.ai: conversations with their members, and the sign-in that hands out access tokens.
//!
//! Its traps are the real one's: an e-mail of another member merges the two, nothing can take an
//! e-mail away, and a second sign-in hands out the same token with less time left.
//!
//! Stricter than the real one where that shows mistakes of a client: a member goes by one id in path and
//! body, the colon of `token:generate` comes as it is, and lists do not know `filter`.

use serde_json::{Map, Value, json};

use crate::answer::{Answer, Did};
use crate::request::Request;
use crate::server::{Cors, Provider, Server};
use crate::{base64url, clock, crowd, strict};

mod seed;

/// An app whose tokens may read and change everything.
pub const APP_ID: &str = "dGlMoiyrlfxX1rTnyFf3vA7NUtFOY6aF0kDQHBwtnOAmp48ddS880t0DnDzAtAIK";
pub const APP_SECRET: &str = "zCYuheDByziCzzvOJ1NQAx9G4LJqcb0chjL4JMqJUiKBUUjB3Gy1ylMsP1ZoQNObr0S2jBdzzC7mFxqyTMWMvXGnT6blnpNtI2Ry5DLWdNw9LHxiY5JhKJBp5e9kiJUA";
/// An app whose tokens may only read: an update is refused with 403.
pub const APP_ID_READ_ONLY: &str = "k35cYxP2FlcMqGTfQ93we2pVLrD8kay8evoQ6ARN93sQI9TxdsAXTzVikKUHIUPv";
pub const APP_SECRET_READ_ONLY: &str = "97OqYzBexVtLB5VHWoZtWN4oonMibg2mJNZjgHrVGnijIzyLfBbs0UZnGKgHTIqWfhpMMHfMlyrQMxrBttiSNzLX9XACrNxsUIi5kgkQAdnxbXgxQJdZnteHk1CAbSdf";
/// An access token of each app that is always accepted. They end in the year 2100.
pub const TOKEN: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJzaW11bGF0ZWQtc3ltYmwiLCJ0ZWFtIjoiWm_DqyDvvJ_wn5qAIiwibWF5IjoiY2hhbmdlIiwiZXhwIjo0MTAyNDQ0ODAwfQ.c2ltdWxhdGVkIHNpZ25hdHVyZSBvZiB0aGUgc2VlZCB0b2tlbiB0byBjaGFuZ2U";
pub const TOKEN_READ_ONLY: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJzaW11bGF0ZWQtc3ltYmwiLCJ0ZWFtIjoiWm_DqyDvvJ_wn5qAIiwibWF5IjoicmVhZCIsImV4cCI6NDEwMjQ0NDgwMH0.c2ltdWxhdGVkIHNpZ25hdHVyZSBvZiB0aGUgc2VlZCB0b2tlbiB0byByZWFk";

/// “Sprint review”: John, Mary and Róisín O’Brien, with ids of digits.
pub const CONVERSATION: &str = "6549352073920512";
/// John there, john@example.com.
pub const MEMBER: &str = "5118221462011904";
/// Mary there, Mary@example.com. Her id and the next differ only beyond 2^53.
pub const MEMBER_MARY: &str = "50123212234535645";
/// Róisín O’Brien there.
pub const MEMBER_ROISIN: &str = "50123212234535646";

/// “Support call”, whose speakers were told apart by a machine.
pub const CONVERSATION_SPEAKERS: &str = "4549300882243584";
/// Speaker 1 there, without an e-mail.
pub const MEMBER_SPEAKER_1: &str = "9d6d34d9-5019-4694-9c9a-8ba7bfc8cfab";
/// Speaker 2 there, without an e-mail.
pub const MEMBER_SPEAKER_2: &str = "74001a1d-4e9e-456a-84ed-81bbd363333a";
/// John Doe there, john@example.com: who gets this e-mail becomes one with him.
pub const MEMBER_JOHN_DOE: &str = "2f69f1c8-bf0a-48ef-b47f-95ae5a4de325";

/// “Budget 2027”. Its id and the next differ only in a digit that a number does not keep.
pub const CONVERSATION_LONG_ID: &str = "98765432109876543210";
/// Nadia Okafor there.
pub const MEMBER_LONG_ID: &str = "98765432109876540001";
/// “Budget 2026”, without metadata.
pub const CONVERSATION_LONG_ID_TOO: &str = "98765432109876543211";

/// “全員会議 · All hands”: fourteen members.
pub const CONVERSATION_LARGE: &str = "5102778889273344";
/// 王小明 there.
pub const MEMBER_WANG: &str = "fc9b35cd-361f-41c6-9029-0944d21c7150";

/// “Kick-off”, a month ago: lists show it only when they are asked for times so early.
pub const CONVERSATION_OLD: &str = "4931769134481408";
/// So many more, from eight days ago to `OLDEST_DAYS`, with three of the crowd each. Two of them have one title,
/// others have a very long one and one of nothing but blanks.
pub const MORE_CONVERSATIONS: usize = 128;
pub const TITLE_TWICE: &str = "Weekly sync";
/// The title of the oldest.
pub const TITLE_OLDEST: &str = "Founders’ call";
pub const OLDEST_DAYS: i64 = 400;

/// “Nobody came”: no members.
pub const CONVERSATION_EMPTY: &str = "4866329603473408";

const LIFE: i64 = 86_400;
const LIST_DAYS: i64 = 7;
const SIGN_IN: &str = "/oauth2/token:generate";

#[derive(Clone)]
struct Symbl {
    conversations: Vec<Conversation>,
    tokens: Vec<Token>,
    life: i64,
    /// Numbers the tokens, so that each is another one.
    issued: u64,
}

#[derive(Clone)]
struct Conversation {
    id: String,
    name: String,
    start: i64,
    end: i64,
    metadata: Option<Value>,
    members: Vec<Value>,
    /// Who said each message: the ids of members.
    messages: Vec<String>,
}

#[derive(Clone)]
struct Token {
    text: String,
    app: &'static str,
    ends: i64,
    /// The next sign-in of this app gets it again.
    cached: bool,
}

/// Why a request is refused: the status and its words.
type Refusal = (u16, String);

pub(crate) fn seed() -> Box<dyn Provider> {
    let conversations = seed::conversations(clock::now());
    Box::new(Symbl { conversations, tokens: Vec::new(), life: LIFE, issued: 0 })
}

/// The id of the member who stands at this place of the crowd.
pub fn crowd_member(place: usize) -> String {
    crowd::uuid("speaker", place)
}

/// From the next sign-in until a reset, access tokens live this long. Those handed out stay as they are.
pub fn set_token_life(server: &Server, seconds: u32) {
    server.with(|symbl: &mut Symbl| {
        symbl.life = i64::from(seconds);
        symbl.tokens.iter_mut().for_each(|token| token.cached = false);
    });
}

/// Refuses all access tokens handed out so far, whatever they say of themselves. The constant ones stay.
pub fn expire_tokens(server: &Server) {
    server.with(|symbl: &mut Symbl| symbl.tokens.clear());
}

/// How many messages of a conversation are this member's. A merge moves them.
pub fn messages(server: &Server, conversation: &str, member: &str) -> usize {
    server.with(|symbl: &mut Symbl| {
        let mut conversations = symbl.conversations.iter();
        let conversation = conversations.find(|other| other.id == conversation);
        conversation.map_or(0, |found| found.messages.iter().filter(|author| *author == member).count())
    })
}

impl Provider for Symbl {
    fn cors(&self) -> Cors {
        Cors {
            always: &[("Access-Control-Allow-Origin", "*")],
            // Browsers are known to sign in and to read. Nobody has shown one that updates.
            preflight: &[
                ("Access-Control-Allow-Methods", "GET, POST, OPTIONS"),
                ("Access-Control-Allow-Headers", "Authorization, Content-Type, x-api-key"),
            ],
        }
    }

    fn answer(&mut self, request: &Request) -> Answer {
        self.route(request).unwrap_or_else(|(status, words)| {
            let answer = Answer::json(Did::Refused, status, &json!({ "message": words }));
            if status == 405 { answer.with("Allow", allowed(request)) } else { answer }
        })
    }

    fn record(&mut self, key: &str) -> Option<&mut Value> {
        let mut members = self.conversations.iter_mut().flat_map(|conversation| &mut conversation.members);
        members.find(|member| member["id"] == key)
    }

    fn remove(&mut self, key: &str) -> bool {
        let found = self.record(key).is_some();
        for conversation in &mut self.conversations {
            conversation.members.retain(|member| member["id"] != key);
        }
        found
    }

    fn copy(&self) -> Box<dyn Provider> {
        Box::new(self.clone())
    }
}

impl Symbl {
    fn route(&mut self, request: &Request) -> Result<Answer, Refusal> {
        let segments = request.segments().ok_or_else(no_such_path)?;
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        if segments.first() == Some(&"oauth2") {
            // The raw path counts: a coded colon is another address.
            return match (path(request), request.method.as_str()) {
                (SIGN_IN, "POST") => self.generate(request),
                (SIGN_IN, _) => Err(wrong_method()),
                _ => Err(no_such_path()),
            };
        }
        let may_change = self.may_change(request)?;
        let ["v1", "conversations", path @ ..] = segments.as_slice() else {
            return Err(no_such_path());
        };
        if !matches!(path, [] | [_] | [_, "members"] | [_, "members", _]) {
            return Err(no_such_path());
        }
        let query = request.query().ok_or_else(|| bad("The query cannot be read."))?;
        if request.method == "GET" && !request.body.is_empty() {
            return Err(bad("A GET request has no body."));
        }
        if request.method == "GET" && path.is_empty() {
            return self.list(&query);
        }
        only(&query, &[])?;
        match (request.method.as_str(), path) {
            ("GET", [id]) => Ok(found(&self.conversation(id)?.shown())),
            ("GET", [id, "members"]) => Ok(found(&json!({ "members": self.conversation(id)?.members }))),
            ("PUT", [_, "members", _]) if !may_change => Err((403, "Forbidden".into())),
            ("PUT", [conversation, "members", id]) => self.update(conversation, id, request),
            _ => Err(wrong_method()),
        }
    }

    fn generate(&mut self, request: &Request) -> Result<Answer, Refusal> {
        only(&request.query().ok_or_else(|| bad("The query cannot be read."))?, &[])?;
        if request.header("Authorization").is_some() {
            return Err(bad("The sign-in takes no Authorization header."));
        }
        let body = object(request, &["type", "appId", "appSecret"])?;
        if text(&body, "type")? != "application" {
            return Err(bad("type must be \"application\"."));
        }
        let app = match (text(&body, "appId")?, text(&body, "appSecret")?) {
            (APP_ID, APP_SECRET) => APP_ID,
            (APP_ID_READ_ONLY, APP_SECRET_READ_ONLY) => APP_ID_READ_ONLY,
            _ => return Err((401, "The appId or the appSecret is wrong.".into())),
        };
        let now = clock::now();
        let cached = self.tokens.iter().find(|token| token.cached && token.app == app && token.ends > now);
        let token = match cached {
            Some(token) => token.clone(),
            None => self.issue(app, now),
        };
        let answer = json!({ "accessToken": token.text, "expiresIn": token.ends - now });
        Ok(Answer::json(Did::Read, 200, &answer))
    }

    fn issue(&mut self, app: &'static str, now: i64) -> Token {
        self.issued += 1;
        let (number, ends) = (self.issued, now + self.life);
        let head = json!({ "alg": "HS256", "typ": "JWT" });
        // The team's name brings in both letters that base64url has of its own.
        let claims = json!({ "iss": "simulated-symbl", "team": "Zoë ？🚀", "jti": number, "exp": ends });
        let parts = [head.to_string(), claims.to_string(), format!("simulated signature {number}")];
        let text = parts.map(|part| base64url::encode(part.as_bytes())).join(".");
        let token = Token { text, app, ends, cached: true };
        self.tokens.push(token.clone());
        token
    }

    /// Whether the token of a request lets it change something. A token that is not valid is refused.
    fn may_change(&self, request: &Request) -> Result<bool, Refusal> {
        let given = request.bearer().unwrap_or_default();
        let mut tokens = self.tokens.iter();
        let app = match given {
            TOKEN => Some(APP_ID),
            TOKEN_READ_ONLY => Some(APP_ID_READ_ONLY),
            _ => tokens.find(|token| token.text == given && token.ends > clock::now()).map(|token| token.app),
        };
        let app = app.ok_or_else(|| (401, "Token validation failed for provided token.".to_string()))?;
        Ok(app == APP_ID)
    }

    fn update(&mut self, conversation: &str, id: &str, request: &Request) -> Result<Answer, Refusal> {
        let body = object(request, &["id", "name", "email"])?;
        if text(&body, "id")? != id {
            return Err(bad("The id in the body is not the id in the path."));
        }
        let name = text(&body, "name")?;
        if name.trim().is_empty() {
            return Err(bad("name must not be blank."));
        }
        let email = body.contains_key("email").then(|| text(&body, "email")).transpose()?;
        if email.is_some_and(|email| !strict::is_email(email)) {
            return Err(bad("email must be a valid address, or be left out."));
        }

        let mut conversations = self.conversations.iter_mut();
        let conversation =
            conversations.find(|other| other.id == conversation).ok_or_else(no_such_conversation)?;
        let members = &mut conversation.members;
        let place = members.iter().position(|member| member["id"] == id);
        let place =
            place.ok_or_else(|| (404, "The member does not exist in this conversation.".to_string()))?;
        let owner = members.iter().find(|other| {
            other["id"] != id && email.is_some_and(|email| is_same_email(&other["email"], email))
        });
        if let Some(owner) = owner {
            let owner = owner["id"].as_str().unwrap_or_default().to_string();
            members.remove(place);
            for author in conversation.messages.iter_mut().filter(|author| *author == id) {
                author.clone_from(&owner);
            }
        } else {
            members[place]["name"] = name.into();
            if let Some(email) = email {
                members[place]["email"] = email.into();
            }
        }
        let words = format!(
            "Member with id: {id} for conversationId: {} updated successfully! The update should be \
             reflected in all messages and insights along with this conversation",
            conversation.id
        );
        Ok(Answer::json(Did::Applied, 200, &json!({ "message": words })))
    }

    /// Conversations within the times asked for; without a start, within the last week of them.
    fn list(&self, query: &[(String, String)]) -> Result<Answer, Refusal> {
        only(query, &["limit", "offset", "order", "sort", "startTime", "endTime"])?;
        let number = |name: &str, usual: usize, most: usize| match value(query, name).map(str::parse) {
            None => Ok(usual),
            Some(Ok(number)) if number <= most => Ok(number),
            Some(_) => Err(bad(&format!("{name} must be a number from 0 to {most}."))),
        };
        let time = |name: &str, usual: i64| match value(query, name).map(clock::seconds) {
            None => Ok(usual),
            Some(Some(seconds)) => Ok(seconds),
            Some(None) => Err(bad(&format!("{name} must be a time like 2021-08-09T18:30:00.000Z."))),
        };
        let (limit, offset) = (number("limit", 20, 65_536)?, number("offset", 0, usize::MAX)?);
        let now = clock::now();
        let end = time("endTime", now)?;
        let start = time("startTime", end - LIST_DAYS * 86_400)?;
        if end > now {
            return Err(bad("endTime must not be in the future."));
        }
        if start >= end {
            return Err(bad("startTime must be before endTime."));
        }
        let descending = match value(query, "order") {
            None | Some("asc") => false,
            Some("desc") => true,
            Some(_) => return Err(bad("order must be asc or desc.")),
        };
        let within = |item: &&Conversation| item.start >= start && item.end <= end;
        let mut items: Vec<&Conversation> = self.conversations.iter().filter(within).collect();
        match value(query, "sort") {
            None | Some("conversation.startTime") => items.sort_by_key(|item| item.start),
            Some("conversation.endTime") => items.sort_by_key(|item| item.end),
            Some("conversation.name") => items.sort_by(|one, other| one.name.cmp(&other.name)),
            Some(_) => return Err(bad("sort must be a field like conversation.startTime.")),
        }
        if descending {
            items.reverse();
        }
        let items: Value = items.into_iter().skip(offset).take(limit).map(Conversation::listed).collect();
        Ok(found(&json!({ "conversations": items })))
    }

    fn conversation(&self, id: &str) -> Result<&Conversation, Refusal> {
        let mut conversations = self.conversations.iter();
        conversations.find(|conversation| conversation.id == id).ok_or_else(no_such_conversation)
    }
}

impl Conversation {
    fn shown(&self) -> Value {
        let time = |seconds| clock::text(seconds).replace('Z', ".798Z");
        let mut shown = json!({
            "id": self.id,
            "type": "meeting",
            "name": self.name,
            "startTime": time(self.start),
            "endTime": time(self.end),
            "members": self.members,
        });
        if let Some(metadata) = &self.metadata {
            shown["metadata"] = metadata.clone();
        }
        shown
    }

    /// In lists, members come without their ids.
    fn listed(&self) -> Value {
        let mut shown = self.shown();
        let members = shown["members"].as_array_mut().into_iter().flatten();
        for member in members.filter_map(Value::as_object_mut) {
            member.shift_remove("id");
        }
        shown
    }
}

/// The body as a JSON object with no other keys than these.
fn object(request: &Request, known: &[&str]) -> Result<Map<String, Value>, Refusal> {
    if !request.is_json() {
        return Err((415, "The Content-Type must be application/json.".into()));
    }
    let body = strict::object(&request.body).map_err(|problem| bad(&format!("Bad body: {problem}.")))?;
    match body.keys().find(|key| !known.contains(&key.as_str())) {
        None => Ok(body),
        Some(key) => Err(bad(&format!("{key} is not a known key."))),
    }
}

fn text<'a>(body: &'a Map<String, Value>, key: &str) -> Result<&'a str, Refusal> {
    match body.get(key) {
        None => Err(bad(&format!("{key} is missing."))),
        Some(value) => value.as_str().ok_or_else(|| bad(&format!("{key} must be a text."))),
    }
}

fn value<'a>(query: &'a [(String, String)], name: &str) -> Option<&'a str> {
    query.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
}

/// Refuses names that this call does not know, and names that came twice.
fn only(query: &[(String, String)], known: &[&str]) -> Result<(), Refusal> {
    let count = |name: &str| query.iter().filter(|(other, _)| other == name).count();
    let odd = query.iter().find(|(name, _)| !known.contains(&name.as_str()) || count(name) > 1);
    odd.map_or(Ok(()), |(name, _)| Err(bad(&format!("The query parameter {name} is not known."))))
}

fn path(request: &Request) -> &str {
    request.target.split('?').next().unwrap_or_default()
}

fn allowed(request: &Request) -> &'static str {
    match path(request) {
        SIGN_IN => "POST",
        path if path.contains("/members/") => "PUT",
        _ => "GET",
    }
}

fn is_same_email(stored: &Value, asked: &str) -> bool {
    stored.as_str().is_some_and(|stored| stored.to_lowercase() == asked.to_lowercase())
}

fn found(record: &Value) -> Answer {
    Answer::json(Did::Read, 200, record)
}

fn bad(words: &str) -> Refusal {
    (400, words.into())
}

fn no_such_path() -> Refusal {
    (404, "There is nothing at this path.".into())
}

fn no_such_conversation() -> Refusal {
    (404, "The conversationId is either invalid or does not exist.".into())
}

fn wrong_method() -> Refusal {
    (405, "Method Not Allowed".into())
}

#[cfg(test)]
mod tests;
