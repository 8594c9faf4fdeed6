//! One provider behind one port: connections, the log, faults and CORS.
//! What the answers say is the provider's own business.

use std::any::Any;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::answer::{Answer, Did};
use crate::fault::{self, Canned, Effect, Fault};
use crate::http::{Silence, Wire};
use crate::listening::{Listening, lock};
use crate::record::{Arrived, Counters, Log, Number};
use crate::request::Request;

/// What a provider's file has to say. `copy` serves `Effect::NoEffect`.
pub(crate) trait Provider: Send + Any {
    fn cors(&self) -> Cors;

    /// The refusal of a caller that is too fast. Asked when the request comes, unless the limit is lifted.
    fn throttle(&mut self, _request: &Request, _now: Instant) -> Option<Answer> {
        None
    }

    /// An answer goes out, be it the provider's or a fault's.
    fn answered(&mut self, _request: &Request, _now: Instant) {}

    fn answer(&mut self, request: &Request) -> Answer;

    /// The stored record of a member, as the provider answers it, with what it keeps to itself.
    fn record(&mut self, key: &str) -> Option<&mut Value>;

    /// Takes a member away; false if there was none.
    fn remove(&mut self, key: &str) -> bool;

    fn copy(&self) -> Box<dyn Provider>;
}

/// What browsers are told. The headers are on every answer, preflight ones only on OPTIONS.
pub(crate) struct Cors {
    pub(crate) always: &'static [(&'static str, &'static str)],
    pub(crate) preflight: &'static [(&'static str, &'static str)],
}

/// A running server. It stops when this is dropped.
pub struct Server {
    inside: Arc<Inside>,
    listening: Listening,
}

struct Inside {
    seed: Box<dyn Fn() -> Box<dyn Provider> + Send + Sync>,
    desk: Mutex<Desk>,
}

/// All that changes, behind one lock, so that requests are handled one after the other.
struct Desk {
    provider: Box<dyn Provider>,
    faults: Vec<Fault>,
    log: Log,
    limited: bool,
}

/// What is put on the wire.
enum Reply {
    Whole(Answer),
    Half(Answer),
    Cut,
}

impl Server {
    pub(crate) fn start(
        port: u16,
        seed: impl Fn() -> Box<dyn Provider> + Send + Sync + 'static,
    ) -> io::Result<Server> {
        let desk = Desk { provider: seed(), faults: Vec::new(), log: Log::default(), limited: true };
        let inside = Arc::new(Inside { seed: Box::new(seed), desk: Mutex::new(desk) });
        let own = inside.clone();
        let listening = Listening::start(port, move |stream| own.converse(Wire::new(stream)))?;
        Ok(Server { inside, listening })
    }

    /// Where it listens, like `http://127.0.0.1:8101`.
    pub fn address(&self) -> String {
        format!("http://{}", self.listening.address())
    }

    /// Every request since the start or the last reset, in order.
    pub fn arrived(&self) -> Vec<Arrived> {
        self.inside.desk().log.entries()
    }

    pub fn counters(&self) -> Counters {
        self.inside.desk().log.counters()
    }

    /// Queues a fault behind those that are still due.
    pub fn fail(&self, fault: Fault) {
        self.inside.desk().faults.push(fault);
    }

    /// The seed records again, no faults, an empty log, and nobody too fast.
    /// Whether the rate is limited stays as it is, and so does what is held.
    pub fn reset(&self) {
        let mut desk = self.inside.desk();
        desk.provider = (self.inside.seed)();
        desk.faults.clear();
        desk.log.clear();
    }

    /// Lets callers be as fast as they like.
    pub fn lift_limit(&self) {
        self.inside.desk().limited = false;
    }

    /// Refuses callers that are too fast, as from the start.
    pub fn impose_limit(&self) {
        self.inside.desk().limited = true;
    }

    /// The stored record of a member, as the server answers it, with what it keeps to itself.
    pub fn member(&self, key: &str) -> Option<Value> {
        self.inside.desk().provider.record(key).cloned()
    }

    /// What a colleague changes behind our back: sets the value at a JSON pointer, and adds a missing last part.
    ///
    /// Panics if there is no such member or place, because then the test is wrong.
    #[track_caller]
    pub fn edit(&self, key: &str, pointer: &str, value: Value) {
        let mut desk = self.inside.desk();
        let done = desk.provider.record(key).is_some_and(|record| set(record, pointer, value));
        drop(desk);
        assert!(done, "no place “{pointer}” in a member “{key}”");
    }

    /// A colleague removes a member. Panics if there is no such member.
    #[track_caller]
    pub fn remove(&self, key: &str) {
        let done = self.inside.desk().provider.remove(key);
        assert!(done, "no member “{key}”");
    }

    /// Reaches what only one provider has, for the functions beside it. Panics if another one runs here.
    #[track_caller]
    pub(crate) fn with<P: Provider, T>(&self, act: impl FnOnce(&mut P) -> T) -> T {
        let mut desk = self.inside.desk();
        let provider: &mut dyn Any = &mut *desk.provider;
        let done = provider.downcast_mut().map(act);
        drop(desk);
        done.expect("this is the server of another provider")
    }
}

impl Inside {
    fn desk(&self) -> MutexGuard<'_, Desk> {
        lock(&self.desk)
    }

    fn converse(&self, mut wire: Wire) {
        loop {
            let request = match wire.hear() {
                Ok(request) => request,
                Err(Silence::Closed) => break,
                Err(Silence::Malformed { status, raw }) => {
                    let mut desk = self.desk();
                    desk.log.add_malformed(raw, status);
                    drop(desk);
                    let _ = wire.say(&Answer::empty(Did::Refused, status), "", false, true);
                    break;
                }
            };
            let (number, reply) = self.reply(&request);
            let (answer, whole) = match reply {
                Reply::Whole(answer) => (answer, true),
                Reply::Half(answer) => (answer, false),
                Reply::Cut => break,
            };
            let keeps = request.keeps && whole;
            // Noted before it is sent, so that whoever has the answer also finds it in the log.
            let mut desk = self.desk();
            if desk.log.settle(number, |entry| entry.status = Some(answer.status)) {
                desk.provider.answered(&request, Instant::now());
            }
            drop(desk);
            if wire.say(&answer, &request.method, keeps, whole).is_err() || !keeps {
                break;
            }
        }
        wire.close();
    }

    fn reply(&self, request: &Request) -> (Number, Reply) {
        let mut desk = self.desk();
        let number = desk.log.add(request);
        let effect = fault::take(&mut desk.faults, request);
        // By when it came, however long it is held back.
        let reaches = effect.as_ref().is_none_or(Effect::reaches_provider);
        let too_fast = if reaches { desk.throttle(number, request) } else { None };
        drop(desk);
        let reply = match effect {
            None => Reply::Whole(self.ask(number, request, too_fast)),
            Some(Effect::Status { status, headers, body }) => {
                Reply::Whole(self.instead(number, fault::in_place(status, &headers, body)))
            }
            Some(Effect::Delay { millis }) => {
                std::thread::sleep(Duration::from_millis(millis));
                Reply::Whole(self.ask(number, request, too_fast))
            }
            Some(Effect::CutBefore) => Reply::Cut,
            Some(Effect::CutAfter) => {
                self.ask(number, request, too_fast);
                Reply::Cut
            }
            Some(Effect::CutBody) => Reply::Half(self.ask(number, request, too_fast)),
            Some(Effect::WrongJson) => Reply::Whole(fault::broken_off(self.ask(number, request, too_fast))),
            Some(Effect::WrongTypes) => {
                Reply::Whole(fault::of_other_types(self.ask(number, request, too_fast)))
            }
            Some(Effect::Html) => Reply::Whole(self.instead(number, Canned::web_page().answer())),
            Some(Effect::NoEffect) => Reply::Whole(self.pretend(number, request, too_fast)),
            Some(Effect::HoldBefore(hold)) => {
                hold.wait();
                Reply::Whole(self.ask(number, request, too_fast))
            }
            Some(Effect::HoldAfter(hold)) => {
                let answer = self.ask(number, request, too_fast);
                hold.wait();
                Reply::Whole(answer)
            }
            Some(Effect::InsteadBefore(canned)) => Reply::Whole(self.instead(number, canned.answer())),
            Some(Effect::InsteadAfter(canned)) => {
                self.ask(number, request, too_fast);
                Reply::Whole(self.instead(number, canned.answer()))
            }
            Some(Effect::CutBodyBefore) => Reply::Half(self.pretend(number, request, too_fast)),
            Some(Effect::WrongJsonBefore) => {
                Reply::Whole(fault::broken_off(self.pretend(number, request, too_fast)))
            }
            Some(Effect::WrongTypesBefore) => {
                Reply::Whole(fault::of_other_types(self.pretend(number, request, too_fast)))
            }
            Some(Effect::Altered { pointer, value }) => {
                let request = fault::altered(request, &pointer, value);
                Reply::Whole(self.ask(number, &request, too_fast))
            }
            Some(Effect::Header { name, value }) => {
                Reply::Whole(self.ask(number, request, too_fast).with(&name, &value))
            }
            Some(Effect::Told { pointer, value }) => {
                Reply::Whole(fault::told(self.ask(number, request, too_fast), &pointer, value))
            }
        };
        (number, reply)
    }

    /// The provider's own answer.
    fn ask(&self, number: Number, request: &Request, too_fast: Option<Answer>) -> Answer {
        let mut desk = self.desk();
        let cors = desk.provider.cors();
        if request.method == "OPTIONS" {
            return cors.on(cors.preflight_answer());
        }
        let answer = too_fast.unwrap_or_else(|| desk.provider.answer(request));
        desk.log.settle(number, |entry| {
            entry.applied = answer.did == Did::Applied;
            entry.refused = answer.did == Did::Refused;
        });
        cors.on(answer)
    }

    /// An answer that the provider never gave.
    fn instead(&self, number: Number, answer: Answer) -> Answer {
        let mut desk = self.desk();
        desk.log.settle(number, |entry| entry.refused = answer.did == Did::Refused);
        desk.provider.cors().on(answer)
    }

    /// The provider's answer, of which nothing stays.
    fn pretend(&self, number: Number, request: &Request, too_fast: Option<Answer>) -> Answer {
        let mut desk = self.desk();
        let answer = too_fast.unwrap_or_else(|| desk.provider.copy().answer(request));
        desk.log.settle(number, |entry| entry.refused = answer.did == Did::Refused);
        desk.provider.cors().on(answer)
    }
}

impl Desk {
    /// The refusal of a request that comes too fast, which is noted. Preflights are free.
    fn throttle(&mut self, number: Number, request: &Request) -> Option<Answer> {
        if !self.limited || request.method == "OPTIONS" {
            return None;
        }
        let refusal = self.provider.throttle(request, Instant::now())?;
        self.log.settle(number, |entry| entry.too_fast = true);
        Some(refusal)
    }
}

impl Cors {
    /// Headers that the answer has already stay: a fault may say something else on purpose.
    fn on(&self, answer: Answer) -> Answer {
        self.always.iter().fold(
            answer,
            |answer, (name, value)| {
                if answer.has(name) { answer } else { answer.with(name, value) }
            },
        )
    }

    fn preflight_answer(&self) -> Answer {
        let answer = Answer::empty(Did::Read, 204);
        self.preflight.iter().fold(answer, |answer, (name, value)| answer.with(name, value))
    }
}

/// A panic elsewhere must not turn into panics here that hide it.
pub(crate) fn set(record: &mut Value, pointer: &str, value: Value) -> bool {
    if let Some(place) = record.pointer_mut(pointer) {
        *place = value;
        return true;
    }
    let Some((parent, last)) = pointer.rsplit_once('/') else {
        return false;
    };
    match record.pointer_mut(parent) {
        Some(Value::Object(entries)) => {
            entries.insert(last.replace("~1", "/").replace("~0", "~"), value);
            true
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests;
