//! The smallest server that behaves: it holds one record of each provider, and answers as told.

use std::fs;
use std::sync::Arc;

use serde_json::{Value as Json, json};

use crate::change::driver::Moment;
use crate::provider::Provider;
use crate::transport::{Address, NoAnswer, Proxy, Request, Response, Target};

pub const WEBEX_ID: &str = "Y2lzY29zcGFyazovL3VzL01FTUJFUlNISVAvMGQwYzkxYjYtY2U2MC00NzI1LWI2ZDAtMzQ1NWQ1ZDExZWYzOmNkZTFkZDQwLTJmMGQtMTFlNS1iYTljLTdiNjU1NmQyMjA3Yg";
pub const NOW: Moment = Moment { now: 1_800_000_000_000, dice: 7 };

pub fn provider(id: &str) -> Arc<Provider> {
    let path = [env!("CARGO_MANIFEST_DIR"), "/providers/", id, ".json"].concat();
    let text = fs::read_to_string(path).expect("a provider file");
    Arc::new(Provider::parse(&text).expect("a provider"))
}

/// The keys of the member that the world holds of each provider.
pub fn keys(id: &str) -> Vec<(String, String)> {
    let keys: &[(&str, &str)] = match id {
        "webex" => &[("membershipId", WEBEX_ID)],
        "aitable" => &[("spaceId", "spcjXzqVrjaP3"), ("unitId", "m1")],
        "symbl" => &[("conversationId", "42"), ("memberId", "a-1")],
        "flashapply" => &[("memberId", "m1")],
        _ => &[("panel", "UK"), ("memberCode", "c1")],
    };
    keys.iter().map(|(key, text)| (key.to_string(), text.to_string())).collect()
}

pub struct World {
    pub membership: Json,
    pub room: Json,
    pub member: Json,
    pub conversation: Vec<Json>,
    pub person: Json,
    /// Nobody, once the data were erased.
    pub panelist: Option<Json>,
    pub sent: Vec<(String, Json)>,
    /// Answers to give instead, in order, to calls of this method or with this in their address.
    pub instead: Vec<(&'static str, Instead)>,
    /// What is applied after so many more reads.
    late: Option<(u32, String, Json)>,
}

pub enum Instead {
    Answer(u16, &'static [(&'static str, &'static str)], Json),
    /// An answer of this status and nothing else.
    Status(u16),
    /// It is applied, and then no answer comes.
    Applied(NoAnswer),
    /// It is applied, and the answer is this one.
    AppliedAnswer(u16, Json),
    /// The answer has this status, and it is applied after so many reads.
    Later(u16, u32),
    Silence(NoAnswer),
    /// It says yes and does nothing.
    Nothing,
}

impl World {
    pub fn new() -> World {
        World {
            membership: json!({
                "id": WEBEX_ID, "roomId": "R", "personId": "P", "personEmail": "aoife@example.com",
                "personDisplayName": "Aoife O'Sullivan", "isModerator": false, "isRoomHidden": false,
                "roomType": "group"
            }),
            room: json!({ "id": "R", "title": "Launch", "isLocked": true }),
            member: json!({
                "unitId": "m1", "name": "John", "status": 1, "type": "Member",
                "teams": [{ "unitId": "teamAAAA", "name": "Team A" }],
                "roles": [{ "unitId": "roleAAAA", "name": "Role A" }]
            }),
            conversation: vec![
                json!({ "id": "a-1", "name": "Ada", "email": "ada@example.com" }),
                json!({ "id": "b-2", "name": "Ben", "email": "Ben@example.com" }),
            ],
            person: json!({
                "id": "m1", "createdAt": "2025-07-26T12:00:00Z", "firstName": "Ada", "lastName": "Obi",
                "email": "ada@example.com", "organizationId": "o1", "isPrimary": false, "isActive": true,
                "locations": [{ "locationId": "l1", "role": "admin", "since": 1.5 }],
                "settings": { "theme": "dark" }
            }),
            panelist: Some(json!({
                "MemberCode": "c1", "BirthDate": "6/21/1992", "PostalCode": "15235", "IsPIIDataRegulated": false,
                "AnsweredQuestions": [{ "QuestionID": 1, "AnswerID": 2 }]
            })),
            sent: Vec::new(),
            instead: Vec::new(),
            late: None,
        }
    }

    pub fn call(&mut self, request: &Request) -> Result<Response, NoAnswer> {
        let method = request.method.as_str();
        let target = Target {
            server: request.server.clone(),
            address: Some(Address::parse("https://x.example").expect("an address")),
            typed: false,
        };
        let view = request.view(&target, &Proxy::none()).expect("a view");
        let told = self.instead.iter().position(|(on, _)| *on == method || view.url.contains(on));
        let told = told.map(|index| self.instead.remove(index).1);
        let body: Json = view.body.map_or(Json::Null, |body| serde_json::from_str(&body).expect("JSON"));
        let url = view.url;
        let writes = method != "GET";
        if writes {
            self.sent.push((url.clone(), body.clone()));
            match &told {
                Some(Instead::Later(_, reads)) => self.late = Some((*reads, url.clone(), body)),
                Some(Instead::Applied(_) | Instead::AppliedAnswer(..)) | None => self.apply(&url, &body),
                Some(_) => {}
            }
        } else if !url.contains("/rooms/") {
            self.pass();
        }
        match told {
            Some(Instead::Answer(status, headers, body)) => Ok(answer(status, headers, &body.to_string())),
            Some(Instead::AppliedAnswer(status, body)) => Ok(answer(status, &[], &body.to_string())),
            Some(Instead::Status(status)) => Ok(answer(status, &[], "")),
            Some(Instead::Applied(silence) | Instead::Silence(silence)) => Err(silence),
            Some(Instead::Later(status, _)) => Ok(Response { status, ..self.answer(&url, writes) }),
            Some(Instead::Nothing) | None => Ok(self.answer(&url, writes)),
        }
    }

    /// One more read: what is late comes nearer.
    fn pass(&mut self) {
        match self.late.take() {
            Some((0, url, body)) => self.apply(&url, &body),
            Some((left, url, body)) => self.late = Some((left - 1, url, body)),
            None => {}
        }
    }

    fn answer(&self, url: &str, writes: bool) -> Response {
        match &self.panelist {
            _ if url.contains("/conversations/") && writes => {
                answer(200, &[], &json!({ "message": "Member updated successfully!" }).to_string())
            }
            _ if url.contains("/Respondent") && writes => answer(200, &[], ""),
            None if url.contains("/Respondent") => {
                let message = "No member found with member code c1 and partner Guid 93A6D55C";
                answer(400, &[], &json!({ "Message": message }).to_string())
            }
            _ => answer(200, &[], &self.state(url).to_string()),
        }
    }

    pub fn state(&self, url: &str) -> Json {
        if url.contains("/memberships/") {
            self.membership.clone()
        } else if url.contains("/rooms/") {
            self.room.clone()
        } else if url.contains("/conversations/") {
            json!({ "members": self.conversation })
        } else if url.contains("/v1/members/") {
            self.person.clone()
        } else if url.contains("/Respondent") {
            self.panelist.clone().unwrap_or_default()
        } else {
            json!({ "success": true, "code": 200, "message": "SUCCESS", "data": { "member": self.member } })
        }
    }

    /// All that is kept, to be compared.
    pub fn kept(&self) -> Json {
        json!({
            "membership": self.membership, "member": self.member, "conversation": self.conversation,
            "person": self.person, "panelist": self.panelist
        })
    }

    fn apply(&mut self, url: &str, body: &Json) {
        if url.contains("/conversations/") {
            return self.join(body);
        }
        if url.contains("/Respondent") {
            return self.answer_questions(body);
        }
        if url.contains("/v1/members/") {
            let mut person = body.clone();
            ["id", "createdAt"].into_iter().for_each(|key| person[key] = self.person[key].clone());
            person["settings"].as_object_mut().expect("an object").remove("password");
            self.person = person;
            return;
        }
        let record = if url.contains("/memberships/") { &mut self.membership } else { &mut self.member };
        for (key, value) in body.as_object().expect("an object") {
            let rows = value.as_array().map(|rows| rows.iter().map(|id| json!({ "unitId": id })).collect());
            record[key] = rows.map_or(value.clone(), Json::Array);
        }
    }

    /// Who gets the address of another member becomes that member.
    fn join(&mut self, body: &Json) {
        let lower = |one: &Json| one["email"].as_str().map(str::to_lowercase);
        let taken = |one: &Json| one["id"] != body["id"] && lower(one).is_some() && lower(one) == lower(body);
        if self.conversation.iter().any(taken) {
            return self.conversation.retain(|one| one["id"] != body["id"]);
        }
        for one in self.conversation.iter_mut().filter(|one| one["id"] == body["id"]) {
            *one = body.clone();
        }
    }

    fn answer_questions(&mut self, body: &Json) {
        let Some(panelist) = self.panelist.as_mut().filter(|_| body["IsPIIDataRegulated"] != json!(true))
        else {
            self.panelist = None;
            return;
        };
        for key in ["BirthDate", "PostalCode"].into_iter().filter(|key| !body[*key].is_null()) {
            panelist[key] = body[key].clone();
        }
        let rows = panelist["AnsweredQuestions"].as_array_mut().expect("rows");
        for row in body["AnsweredQuestions"].as_array().into_iter().flatten() {
            rows.retain(|own| own["QuestionID"] != row["QuestionID"]);
            rows.push(row.clone());
        }
    }
}

fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> Response {
    let headers = headers.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    Response { status, headers, body: body.to_string(), url: None, timing: Default::default() }
}
