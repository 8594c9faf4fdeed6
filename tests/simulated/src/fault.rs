//! What can be made to go wrong, on demand.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use serde_json::Value;

use crate::answer::{Answer, Did};
use crate::request::Request;

/// The next `times` requests that match `on` have this `effect`.
#[derive(Clone, Debug)]
pub struct Fault {
    pub on: On,
    pub times: u32,
    pub effect: Effect,
}

impl Fault {
    /// For the next request, whatever it is.
    pub fn once(effect: Effect) -> Fault {
        Fault { on: On::default(), times: 1, effect }
    }

    /// For the next request with this method.
    pub fn once_on(method: &str, effect: Effect) -> Fault {
        Fault { on: On { method: Some(method.to_string()), path_contains: None }, times: 1, effect }
    }
}

/// Which requests a fault is for; what is None matches all.
///
/// A preflight is matched only by the method OPTIONS, so that a browser's own requests use up no fault.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct On {
    pub method: Option<String>,
    /// Looked for in the raw target, the query included.
    pub path_contains: Option<String>,
}

impl On {
    fn matches(&self, request: &Request) -> bool {
        let method = match &self.method {
            Some(method) => *method == request.method,
            None => request.method != "OPTIONS",
        };
        method && self.path_contains.as_ref().is_none_or(|part| request.target.contains(part))
    }
}

/// A browser sends a request again by itself when a kept connection closes without an answer:
/// a cut that it should notice needs more than one of `times`.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Answered with this in the provider's place; nothing is applied. JSON unless the headers say otherwise.
    Status { status: u16, headers: Vec<(String, String)>, body: String },
    /// Waits, then goes on as usual. Tests take `HoldBefore` instead, which needs no clock.
    Delay { millis: u64 },
    /// The connection is closed, nothing is applied.
    CutBefore,
    /// Applied, then the connection is closed without an answer.
    CutAfter,
    /// Applied, then the connection is closed after the head and half of the body.
    CutBody,
    /// Applied, but the answer breaks off in the middle of its JSON, with a fitting Content-Length.
    WrongJson,
    /// Applied, but every value of the answer has another JSON type than it should.
    WrongTypes,
    /// A web page with 200 in the provider's place, as a proxy or a hotel's network shows it; nothing is applied.
    Html,
    /// Answers yes and changes nothing.
    NoEffect,
    /// Kept back until released, and only then applied.
    HoldBefore(Hold),
    /// Applied at once, but its answer is kept back until released.
    HoldAfter(Hold),
    /// Answered with this in the provider's place; nothing is applied.
    InsteadBefore(Canned),
    /// Applied, then answered with this in place of the provider's own answer.
    InsteadAfter(Canned),
    /// As `CutBody`, but nothing is applied.
    CutBodyBefore,
    /// As `WrongJson`, but nothing is applied.
    WrongJsonBefore,
    /// As `WrongTypes`, but nothing is applied.
    WrongTypesBefore,
    /// The provider gets the body with this value at this JSON pointer, and so applies something else, or only
    /// a part, and answers with that. The log has the body as it came. A body without such a place stays.
    Altered { pointer: String, value: Value },
    /// Applied, but the answer has this header, in place of the one of this name.
    Header { name: String, value: String },
    /// Applied, but the answer has this value at this JSON pointer. An answer without such a place stays.
    Told { pointer: String, value: Value },
}

/// A ready-made answer, byte for byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Canned {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Canned {
    /// JSON, unless a header is added that says otherwise.
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Canned {
        let json = ("Content-Type".to_string(), "application/json;charset=UTF-8".to_string());
        Canned { status, headers: vec![json], body: body.into() }
    }

    /// Adds a header, or takes the place of the one of this name.
    pub fn with(mut self, name: &str, value: &str) -> Canned {
        self.headers.retain(|(other, _)| !other.eq_ignore_ascii_case(name));
        self.headers.push((name.to_string(), value.to_string()));
        self
    }

    /// A web page with 200, as a proxy or a hotel's network shows it.
    pub fn web_page() -> Canned {
        let page = "<!doctype html>\n<html lang=\"en\"><head><title>Sign in to the network</title></head>\
                    <body><h1>Sign in to the network</h1></body></html>\n";
        Canned::new(200, page).with("Content-Type", "text/html; charset=utf-8")
    }

    /// A JSON object of five megabytes.
    pub fn large() -> Canned {
        Canned::new(200, format!("{{\"large\":\"{}\"}}", "0123456789abcdef".repeat(5 * 65_536)))
    }

    /// A JSON object with a hundred thousand lists in one another, deeper than programs read by recursion.
    pub fn deep() -> Canned {
        let levels = 100_000;
        Canned::new(200, format!("{{\"deep\":{}{}}}", "[".repeat(levels), "]".repeat(levels)))
    }

    pub(crate) fn answer(self) -> Answer {
        let did = if self.status < 400 { Did::Read } else { Did::Refused };
        let Canned { status, headers, body } = self;
        Answer { status, headers, body, did }
    }
}

impl Effect {
    /// The provider sees the request, sooner or later.
    pub(crate) fn reaches_provider(&self) -> bool {
        !matches!(self, Effect::Status { .. } | Effect::CutBefore | Effect::Html | Effect::InsteadBefore(_))
    }
}

/// Keeps requests back until a test says so. Clones share one hold.
#[derive(Clone, Debug, Default)]
pub struct Hold(Arc<(Mutex<Held>, Condvar)>);

#[derive(Debug, Default)]
struct Held {
    waiting: bool,
    released: bool,
}

/// Long enough for a slow computer; a test that reaches it has failed.
const PATIENCE: Duration = Duration::from_secs(30);

impl Hold {
    pub fn new() -> Hold {
        Hold::default()
    }

    /// Lets go what is held, and all that still comes.
    pub fn release(&self) {
        self.change(|held| held.released = true);
    }

    /// Waits until a request is held. With `HoldAfter` it has been applied by then.
    ///
    /// Panics after half a minute, because nothing that follows would make sense.
    #[track_caller]
    pub fn arrived(&self) {
        let arrived = self.wait_for(|held| held.waiting, PATIENCE);
        assert!(arrived, "no request reached the hold within {PATIENCE:?}");
    }

    pub(crate) fn wait(&self) {
        self.change(|held| held.waiting = true);
        // A test that forgets to release must not keep a thread for ever.
        self.wait_for(|held| held.released, 10 * PATIENCE);
    }

    fn change(&self, write: impl FnOnce(&mut Held)) {
        let (held, changed) = &*self.0;
        write(&mut held.lock().unwrap_or_else(PoisonError::into_inner));
        changed.notify_all();
    }

    fn wait_for(&self, done: fn(&Held) -> bool, most: Duration) -> bool {
        let (held, changed) = &*self.0;
        let held = held.lock().unwrap_or_else(PoisonError::into_inner);
        let (held, _) = changed
            .wait_timeout_while(held, most, |held| !done(held))
            .unwrap_or_else(PoisonError::into_inner);
        done(&held)
    }
}

/// Takes the first fault that is for this request, and counts it down.
pub(crate) fn take(faults: &mut Vec<Fault>, request: &Request) -> Option<Effect> {
    faults.retain(|fault| fault.times > 0);
    let fault = faults.iter_mut().find(|fault| fault.on.matches(request))?;
    fault.times -= 1;
    Some(fault.effect.clone())
}

pub(crate) fn in_place(status: u16, headers: &[(String, String)], body: String) -> Answer {
    let canned = Canned::new(status, body);
    headers.iter().fold(canned, |canned, (name, value)| canned.with(name, value)).answer()
}

/// The request with another body, and with what follows from that.
pub(crate) fn altered(request: &Request, pointer: &str, value: Value) -> Request {
    let mut request = request.clone();
    if let Ok(mut body) = serde_json::from_slice::<Value>(&request.body)
        && crate::server::set(&mut body, pointer, value)
    {
        request.body = body.to_string().into_bytes();
    }
    request
}

/// The answer with another body, if that is JSON and has such a place.
pub(crate) fn told(answer: Answer, pointer: &str, value: Value) -> Answer {
    if let Ok(mut body) = serde_json::from_slice::<Value>(&answer.body)
        && crate::server::set(&mut body, pointer, value)
    {
        return answer.holding(body.to_string().into_bytes());
    }
    answer
}

pub(crate) fn broken_off(mut answer: Answer) -> Answer {
    answer.body.truncate(answer.body.len() / 2);
    answer
}

pub(crate) fn of_other_types(answer: Answer) -> Answer {
    match serde_json::from_slice(&answer.body) {
        Ok(body) => {
            let body = other_type(body).to_string().into_bytes();
            answer.holding(body)
        }
        Err(_) => answer,
    }
}

fn other_type(value: Value) -> Value {
    match value {
        Value::Null => Value::from(0),
        Value::Bool(_) => Value::from("yes"),
        Value::Number(_) => Value::from("many"),
        Value::String(_) => Value::from(7),
        Value::Array(items) => {
            items.into_iter().enumerate().map(|(at, item)| (at.to_string(), other_type(item))).collect()
        }
        Value::Object(entries) => entries.into_iter().map(|(key, value)| (key, other_type(value))).collect(),
    }
}
