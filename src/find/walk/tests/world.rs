//! A provider that answers as it was told, by what it is asked.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value as Json, json};

use crate::change::driver::Moment;
use crate::change::identity::Identity;
use crate::find::walk::{Event, Step, Walk, Wanted};
use crate::provider::Provider;
use crate::provider::fault::Faults;
use crate::provider::list::Lookup;
use crate::provider::reader::Place;
use crate::transport::{Between, NoAnswer, Response};

/// 2027-01-15, at eight.
pub const NOW: Moment = Moment { now: 1_800_000_000_000, dice: 7 };

pub fn provider(find: Json) -> Arc<Provider> {
    let file = json!({
        "version": 1, "id": "some", "name": "Some", "member": "member", "about": "Change a name.",
        "servers": { "some": { "label": "Some", "address": "https://some.example" } },
        "sign_in": [{ "id": "token", "type": "http", "scheme": "bearer", "label": "Token" }],
        "identity": { "id": { "label": "ID", "type": "string" } },
        "title": "{name}",
        "read": { "call": { "method": "GET", "path": "/m/{id}" }, "record": "" },
        "update": { "call": { "method": "PUT", "path": "/m/{id}" }, "base": "none" },
        "fields": { "name": { "label": "Name", "type": "string", "at": "/name", "to": "/name" } },
        "answers": { "shape": { "at": "/error", "empty": false } },
        "find": find
    });
    Arc::new(Provider::parse(&file.to_string()).unwrap_or_else(|faults| panic!("{faults:?}")))
}

/// One list, paged in this way.
pub fn plain(page: Json) -> Json {
    let mut step = json!({
        "gives": "id", "label": "Member", "call": { "method": "GET", "path": "/list?max=2" },
        "items": "/items", "id": "/id", "name": ["/name", "/mail"], "second": ["/mail"]
    });
    if !page.is_null() {
        step["page"] = page;
    }
    json!([step])
}

pub fn wanted(step: usize) -> Wanted {
    Wanted { step, connection: Identity::none(), known: Vec::new(), text: String::new(), days: None }
}

/// What is said to one request.
#[derive(Clone, Debug)]
pub enum Said {
    /// Items of these ids.
    Items(&'static [&'static str]),
    /// The same, and the `Link` header.
    Linked(&'static [&'static str], &'static str),
    Body(Json),
    /// Too many requests, with this `Retry-After`.
    Busy(&'static str),
    Status(u16),
    Silence,
    /// Somebody stops it.
    Stop,
}

pub struct World {
    pub provider: Arc<Provider>,
    pub wanted: Wanted,
    /// Goes through this list in place of the step.
    pub lookup: Option<Lookup>,
    said: BTreeMap<String, VecDeque<Said>>,
    /// What was asked, and how long it was waited.
    pub asked: Vec<String>,
    pub waits: Vec<Duration>,
    pub sign_ins: usize,
    pub yields: usize,
    /// Somebody stops it there.
    pub stop_at_yield: bool,
}

impl World {
    pub fn new(find: Json) -> World {
        let (said, asked, waits) = (BTreeMap::new(), Vec::new(), Vec::new());
        World {
            provider: provider(find),
            wanted: wanted(0),
            lookup: None,
            said,
            asked,
            waits,
            sign_ins: 0,
            yields: 0,
            stop_at_yield: false,
        }
    }

    /// What a value is chosen from.
    pub fn of_choices(choices: Json) -> World {
        let faults = Faults::default();
        let lookup = Lookup::choices(&Place::new(&choices, &faults));
        assert_eq!(faults.into_list(), []);
        World { lookup, ..World::new(plain(json!(null))) }
    }

    /// To this request the next answer, and the last one again and again. Without a query, it is any.
    pub fn say(&mut self, to: &str, said: Said) {
        self.said.entry(to.to_string()).or_default().push_back(said);
    }

    fn answer(&mut self, url: &str) -> Said {
        let path = url.split('?').next().unwrap_or_default();
        let place = if self.said.contains_key(url) { url } else { path };
        let said = self.said.get_mut(place).unwrap_or_else(|| panic!("{url} is asked"));
        if said.len() > 1 { said.pop_front() } else { said.front().cloned() }.expect("something is said")
    }

    /// Walks to the end, as the page would: it waits as told, and somebody signs in again.
    pub fn walk(&mut self) -> Walk {
        let (provider, nobody) = (self.provider.clone(), Between::Nobody);
        let walk = match &self.lookup {
            Some(lookup) => {
                let (known, more) = (Identity::none(), Vec::new());
                Walk::choices(provider, "some", nobody, lookup, "one", known, more)
            }
            None => Walk::new(provider, "some", nobody, self.wanted.clone()),
        };
        let mut walk = walk.expect("a walk");
        let mut step = walk.next(Event::Start, NOW);
        for _ in 0..20_000 {
            let event = match step.expect("a step") {
                Step::Done => return walk,
                Step::Wait { time, .. } => {
                    self.waits.push(time);
                    Event::GoOn
                }
                Step::SignIn(_) => {
                    self.sign_ins += 1;
                    Event::GoOn
                }
                Step::Yield => {
                    self.yields += 1;
                    if self.stop_at_yield { Event::Stop } else { Event::GoOn }
                }
                Step::Read(outgoing) => {
                    let request = outgoing.request();
                    let url = [request.path.view(), request.query.view()].join("?");
                    let url = url.trim_end_matches('?').to_string();
                    self.asked.push(url.clone());
                    match self.answer(&url) {
                        Said::Stop => Event::Stop,
                        said => Event::Answered(response(said)),
                    }
                }
            };
            step = walk.next(event, NOW);
        }
        panic!("it does not end");
    }
}

fn response(said: Said) -> Result<Response, NoAnswer> {
    let items = |ids: &[&str]| {
        let items = ids.iter().map(|id| json!({ "id": id, "name": format!("Name of {id}") }));
        json!({ "items": items.collect::<Vec<_>>() })
    };
    let error = json!({ "error": "No." });
    let (status, header, body) = match said {
        Said::Items(ids) => (200, None, items(ids)),
        Said::Linked(ids, link) => (200, Some(("Link", link)), items(ids)),
        Said::Body(body) => (200, None, body),
        Said::Busy(seconds) => (429, Some(("Retry-After", seconds)), error),
        Said::Status(status) => (status, None, error),
        Said::Silence | Said::Stop => return Err(NoAnswer::Failed),
    };
    let headers = header.map(|(name, value)| (name.to_string(), value.to_string())).into_iter().collect();
    Ok(Response { status, headers, body: body.to_string(), url: None, timing: Default::default() })
}
