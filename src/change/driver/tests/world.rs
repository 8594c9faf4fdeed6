//! The smallest provider that behaves: it holds one record of each kind, and answers as told.

use std::fs;
use std::sync::Arc;

use serde_json::{Value as Json, json};

use crate::change::driver::Moment;
use crate::provider::Provider;
use crate::transport::{NoAnswer, Proxy, Request, Response, Target};

pub const WEBEX_ID: &str = "Y2lzY29zcGFyazovL3VzL01FTUJFUlNISVAvMGQwYzkxYjYtY2U2MC00NzI1LWI2ZDAtMzQ1NWQ1ZDExZWYzOmNkZTFkZDQwLTJmMGQtMTFlNS1iYTljLTdiNjU1NmQyMjA3Yg";
pub const NOW: Moment = Moment { now: 1_800_000_000_000, dice: 7 };

pub fn provider(id: &str) -> Arc<Provider> {
    let path = [env!("CARGO_MANIFEST_DIR"), "/providers/", id, ".json"].concat();
    let text = fs::read_to_string(path).expect("a provider file");
    Arc::new(Provider::parse(&text).expect("a provider"))
}

/// The smallest server that behaves: it holds one record of each provider, and answers as told.
pub struct World {
    pub membership: Json,
    pub room: Json,
    pub member: Json,
    pub sent: Vec<(String, Json)>,
    /// Answers to give instead, in order, to calls of this method.
    pub instead: Vec<(&'static str, Instead)>,
}

pub enum Instead {
    Answer(u16, &'static [(&'static str, &'static str)], Json),
    /// It is applied, and then no answer comes.
    Applied(NoAnswer),
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
            sent: Vec::new(),
            instead: Vec::new(),
        }
    }

    pub fn call(&mut self, request: &Request) -> Result<Response, NoAnswer> {
        let method = request.method.as_str();
        let target = Target {
            server: request.server.clone(),
            address: Some(crate::transport::Address::parse("https://x.example").expect("an address")),
            typed: false,
        };
        let view = request.view(&target, &Proxy::none()).expect("a view");
        let told = self.instead.iter().position(|(on, _)| *on == method || view.url.contains(on));
        let told = told.map(|index| self.instead.remove(index).1);
        let body: Json = view.body.map_or(Json::Null, |body| serde_json::from_str(&body).expect("JSON"));
        let apply = !matches!(told, Some(Instead::Answer(..) | Instead::Silence(_) | Instead::Nothing));
        if method == "PUT" {
            self.sent.push((view.url.clone(), body.clone()));
            if apply {
                self.apply(&view.url, &body);
            }
        }
        match told {
            Some(Instead::Answer(status, headers, body)) => Ok(answer(status, headers, &body)),
            Some(Instead::Applied(silence) | Instead::Silence(silence)) => Err(silence),
            Some(Instead::Nothing) | None => Ok(answer(200, &[], &self.state(&view.url))),
        }
    }

    pub fn state(&self, url: &str) -> Json {
        if url.contains("/memberships/") {
            self.membership.clone()
        } else if url.contains("/rooms/") {
            self.room.clone()
        } else {
            json!({ "success": true, "code": 200, "message": "SUCCESS", "data": { "member": self.member } })
        }
    }

    fn apply(&mut self, url: &str, body: &Json) {
        let record = if url.contains("/memberships/") { &mut self.membership } else { &mut self.member };
        for (key, value) in body.as_object().expect("an object") {
            let rows = value.as_array().map(|rows| rows.iter().map(|id| json!({ "unitId": id })).collect());
            record[key] = rows.map_or(value.clone(), Json::Array);
        }
    }
}

fn answer(status: u16, headers: &[(&str, &str)], body: &Json) -> Response {
    let headers = headers.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    Response { status, headers, body: body.to_string(), url: None }
}
