//! Servers of a few lines, each written from a contract and not from a provider file.

use memberdesk::change::draft::Entry;
use memberdesk::provider::Provider;
use serde_json::{Map, Value as Json, json};

use crate::sample::{self, provider};

/// A server that holds one record, as its contract says that it behaves.
pub trait Server {
    fn provider(&self) -> &'static Provider;
    fn told(&self) -> Json;
    /// The fields that can be written, as they really are.
    fn truth(&self) -> Vec<(&'static str, Json)>;
    fn put(&mut self, body: &Json);
    /// Nobody is there any more.
    fn is_gone(&self) -> bool {
        false
    }
}

/// A membership: both flags are required, and both are written.
#[derive(Clone, Debug)]
pub struct Membership {
    pub moderator: bool,
    pub hidden: bool,
    pub tells_hidden: bool,
    pub direct: bool,
}

impl Server for Membership {
    fn provider(&self) -> &'static Provider {
        provider("webex")
    }

    fn told(&self) -> Json {
        let mut told = json!({
            "id": sample::identity(self.provider()).get("membershipId"), "roomId": "r", "personId": "p", "isModerator": self.moderator,
            "roomType": if self.direct { "direct" } else { "group" }
        });
        if self.tells_hidden || self.hidden {
            told["isRoomHidden"] = json!(self.hidden);
        }
        told
    }

    fn truth(&self) -> Vec<(&'static str, Json)> {
        vec![("isModerator", json!(self.moderator)), ("isRoomHidden", json!(self.hidden))]
    }

    fn put(&mut self, body: &Json) {
        let flag = |key: &str| body[key].as_bool().expect("both flags are required");
        self.moderator = flag("isModerator");
        self.hidden = flag("isRoomHidden");
        assert_eq!(body.as_object().map(Map::len), Some(2), "and nothing else: {body}");
    }
}

/// A member of a space: no teams means the root team, no roles means the same roles.
#[derive(Clone, Debug)]
pub struct Member {
    pub name: String,
    pub teams: Vec<String>,
    pub roles: Vec<String>,
    /// How the server writes "no rows".
    pub nothing: Json,
}

impl Member {
    fn rows(&self, ids: &[String]) -> Json {
        let row = |id: &String| json!({ "unitId": id, "name": "Some name", "sequence": 1 });
        if ids.is_empty() { self.nothing.clone() } else { ids.iter().map(row).collect() }
    }
}

impl Server for Member {
    fn provider(&self) -> &'static Provider {
        provider("aitable")
    }

    fn told(&self) -> Json {
        let identity = sample::identity(self.provider());
        json!({ "success": true, "code": 200, "data": { "member": {
            "unitId": identity.get("unitId"), "name": self.name, "status": 1, "type": "Member",
            "teams": self.rows(&self.teams), "roles": self.rows(&self.roles)
        } } })
    }

    fn truth(&self) -> Vec<(&'static str, Json)> {
        vec![("name", json!(self.name)), ("teams", json!(self.teams)), ("roles", json!(self.roles))]
    }

    fn put(&mut self, body: &Json) {
        let ids = |key: &str| -> Vec<String> {
            let rows = body[key].as_array().map(Vec::as_slice).unwrap_or_default();
            rows.iter().map(|id| id.as_str().expect("an id").to_string()).collect()
        };
        if let Some(name) = body["name"].as_str().filter(|name| !name.trim().is_empty()) {
            assert!(name.encode_utf16().count() <= 32, "the server refuses it");
            self.name = name.to_string();
        }
        self.teams = ids("teams");
        let roles = ids("roles");
        if !roles.is_empty() {
            self.roles = roles;
        }
    }
}

/// One of those who speak in a conversation: with the address of another it becomes that other.
#[derive(Clone, Debug)]
pub struct Speaker {
    pub name: String,
    pub email: Option<String>,
    /// The addresses of the others.
    pub siblings: Vec<String>,
    pub gone: bool,
}

impl Server for Speaker {
    fn provider(&self) -> &'static Provider {
        provider("symbl")
    }

    fn told(&self) -> Json {
        let identity = sample::identity(self.provider());
        let mut own = json!({ "id": identity.get("memberId"), "name": self.name });
        if let Some(email) = &self.email {
            own["email"] = json!(email);
        }
        let other = |(index, email): (usize, &String)| json!({ "id": format!("other-{index}"), "name": "X", "email": email });
        let others = self.siblings.iter().enumerate().map(other);
        json!({ "members": others.chain((!self.gone).then_some(own)).collect::<Vec<_>>() })
    }

    fn truth(&self) -> Vec<(&'static str, Json)> {
        vec![("name", json!(self.name)), ("email", json!(self.email))]
    }

    fn put(&mut self, body: &Json) {
        let identity = sample::identity(self.provider());
        assert_eq!(body["id"].as_str(), identity.get("memberId"), "the body names the member");
        self.name = body["name"].as_str().filter(|name| !name.is_empty()).expect("a name").to_string();
        self.email = body["email"].as_str().map(str::to_string);
        let lower = self.email.as_ref().map(|email| email.to_lowercase());
        self.gone = lower.is_some_and(|own| self.siblings.iter().any(|other| other.to_lowercase() == own));
    }

    fn is_gone(&self) -> bool {
        self.gone
    }
}

/// A member whose whole record is sent: what is not in it is lost.
#[derive(Clone, Debug)]
pub struct Person(Json);

/// What no file knows of, with digits that no float has.
const UNKNOWN: &str = r#"{"digits":9007199254740993.10,"list":[1.0,-0,null]}"#;

/// The roles that stand for the numbers of rows.
pub fn roles(entry: Entry) -> Entry {
    let named = |text: &String| match text.split_once('=') {
        Some((id, cell)) => [id, "=", &cell.replace('7', "admin").replace('8', "viewer")].concat(),
        None => text.clone(),
    };
    match entry {
        Entry::Text(text) => {
            Entry::Text(text.split("; ").map(|row| named(&row.to_string())).collect::<Vec<_>>().join("; "))
        }
        Entry::Adjust { add, remove } => Entry::Adjust { add: add.iter().map(named).collect(), remove },
        other => other,
    }
}

impl Person {
    pub fn new(flags: (bool, bool), rows: &[(u32, Vec<u32>)], picture: Option<String>) -> Person {
        let identity = sample::identity(provider("flashapply"));
        let unknown: Json = serde_json::from_str(UNKNOWN).expect("JSON");
        let role = |number: &u32| if *number == 7 { "admin" } else { "viewer" };
        // One role is found as one text or as a list of one.
        let row = |(id, cell): &(u32, Vec<u32>)| match &cell[..] {
            [one] if id % 2 == 0 => json!({ "locationId": id.to_string(), "role": role(one) }),
            many => {
                json!({ "locationId": id.to_string(), "role": many.iter().map(role).collect::<Vec<_>>() })
            }
        };
        let mut person = json!({
            "id": identity.get("memberId"), "createdAt": "2025-07-26T12:00:00Z", "firstName": "Ada",
            "lastName": "Obi", "email": "ada@x.org", "organizationId": "o1", "isActive": flags.0,
            "isPrimary": flags.1, "locations": rows.iter().map(row).collect::<Vec<_>>(),
            "settings": { "theme": unknown.clone() }, "unknown": unknown
        });
        if let Some(picture) = picture {
            person["settings"]["profilePictureUrl"] = json!(picture);
        }
        Person(person)
    }
}

impl Server for Person {
    fn provider(&self) -> &'static Provider {
        provider("flashapply")
    }

    fn told(&self) -> Json {
        self.0.clone()
    }

    fn truth(&self) -> Vec<(&'static str, Json)> {
        let keys = [
            "firstName",
            "lastName",
            "email",
            "organizationId",
            "isActive",
            "isPrimary",
            "locations",
            "unknown",
        ];
        let mut truth: Vec<(&str, Json)> = keys.map(|key| (key, self.0[key].clone())).to_vec();
        truth.push(("picture", self.0["settings"]["profilePictureUrl"].clone()));
        truth.push(("theme", self.0["settings"]["theme"].clone()));
        truth
    }

    fn put(&mut self, body: &Json) {
        let mut new = body.clone();
        for key in ["id", "createdAt", "updatedAt"] {
            assert!(body.get(key).is_none(), "{key} cannot be changed: {body}");
        }
        ["id", "createdAt"].into_iter().for_each(|key| new[key] = self.0[key].clone());
        let settings = new["settings"].as_object_mut().expect("an object");
        assert!(settings.remove("password").is_none_or(|password| password == "$PASSWORD"), "{body}");
        for row in body["locations"].as_array().expect("rows") {
            assert!(
                row["role"].is_string() || row["role"].as_array().is_some_and(|all| !all.is_empty()),
                "{row}"
            );
        }
        self.0 = new;
    }
}

/// A member of a panel: what is not sent stays, rows of answers too; of some details nobody is told.
#[derive(Clone, Debug)]
pub struct Panelist {
    active: bool,
    test: bool,
    born: u32,
    /// How the day is spelled when it is read.
    spelling: usize,
    postcode: String,
    rows: Vec<(u32, Vec<u32>)>,
    /// Answers are kept in the newer form, where there can be several to a question.
    several: bool,
}

impl Panelist {
    pub fn new(
        (active, test): (bool, bool),
        (born, spelling): (u32, usize),
        mut rows: Vec<(u32, Vec<u32>)>,
        several: bool,
    ) -> Panelist {
        if several && rows.is_empty() {
            rows.push((9, vec![7]));
        }
        if !several {
            rows.iter_mut().for_each(|(_, cell)| cell.truncate(1));
        }
        Panelist { active, test, born, spelling, postcode: "15235".to_string(), rows, several }
    }

    fn list(&self) -> &'static str {
        if self.several { "RegistrationAnswers" } else { "AnsweredQuestions" }
    }
}

impl Server for Panelist {
    fn provider(&self) -> &'static Provider {
        provider("toluna")
    }

    fn told(&self) -> Json {
        let day = self.born;
        let born = match self.spelling {
            0 => format!("1985-06-{day:02}"),
            1 => format!("1985/6/{day}"),
            2 => format!("6/{day}/1985"),
            _ => format!("1985-06-{day:02}T00:00:00"),
        };
        let row = |(id, cell): &(u32, Vec<u32>)| match self.several {
            true => {
                let answers = cell.iter().map(|answer| json!({ "AnswerID": answer, "AnswerValue": null }));
                json!({ "QuestionID": id, "Answers": answers.collect::<Vec<_>>() })
            }
            false => json!({ "QuestionID": id, "AnswerID": cell[0] }),
        };
        let code = sample::identity(self.provider());
        let mut told = json!({
            "MemberCode": code.get("memberCode"), "BirthDate": born, "PostalCode": self.postcode,
            "IsPIIDataRegulated": false
        });
        told[self.list()] = self.rows.iter().map(row).collect();
        told
    }

    fn truth(&self) -> Vec<(&'static str, Json)> {
        let list = if self.several { "registration" } else { "answers" };
        vec![
            ("active", json!(self.active)),
            ("test", json!(self.test)),
            ("birthDate", json!(self.born)),
            ("postcode", json!(self.postcode)),
            (list, json!(self.rows)),
        ]
    }

    fn put(&mut self, body: &Json) {
        assert_eq!(body["PartnerGUID"], json!("$PARTNERGUID"), "{body}");
        if let Some(born) = body["BirthDate"].as_str() {
            let day = born.strip_prefix("06/").and_then(|rest| rest.strip_suffix("/1985"));
            self.born =
                day.filter(|day| day.len() == 2).and_then(|day| day.parse().ok()).expect("MM/DD/YYYY");
        }
        if let Some(postcode) = body["PostalCode"].as_str() {
            assert!(!postcode.is_empty(), "the server refuses it");
            self.postcode = postcode.to_string();
        }
        for (key, flag) in [("IsActive", &mut self.active), ("IsTest", &mut self.test)] {
            *flag = body.get(key).map_or(*flag, |value| value.as_bool().expect("a yes or no"));
        }
        let number =
            |value: &Json| value.as_u64().and_then(|number| u32::try_from(number).ok()).expect("a number");
        for row in body[self.list()].as_array().into_iter().flatten() {
            let cell = match row["Answers"].as_array() {
                Some(answers) => answers.iter().map(|answer| number(&answer["AnswerID"])).collect(),
                None => vec![number(&row["AnswerID"])],
            };
            let id = number(&row["QuestionID"]);
            match self.rows.iter_mut().find(|(own, _)| *own == id) {
                Some(own) => own.1 = cell,
                None => self.rows.push((id, cell)),
            }
        }
    }
}
