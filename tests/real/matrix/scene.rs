//! One change at one provider of its own, and what must hold however it ends.

use std::cell::RefCell;
use std::rc::Rc;

use memberdesk::change::answer::Reason;
use memberdesk::change::driver::{Ask, Step};
use memberdesk::change::receipt::{Outcome, Receipt};
use memberdesk::change::value::{Held, Value};
use memberdesk::provider::Provider;
use memberdesk::transport::{Between, NoAnswer};
use serde_json::Value as Json;
use simulated::{Effect, Fault, Hold, On, Server};

use super::columns::Case;
use crate::line::{Impatience, Line, Point, provider};
use crate::members::{Member, draft, server};

/// A simulated provider that can be closed while something is under way.
#[derive(Clone)]
pub struct Site(Rc<RefCell<Option<Server>>>);

/// A change that is about to be made, or was.
pub struct Scene {
    pub site: Site,
    pub line: Line,
    case: Case,
    holds: Vec<Hold>,
    /// Whether the fault comes before or after what was sent is applied; none says nothing of it.
    pub applied: Option<Applied>,
    /// What comes of a call that is held.
    pub silence: NoAnswer,
    /// Somebody else does it, not what was sent.
    pub late: bool,
    /// What the provider held before the change, and what others made of it since.
    before: Rc<RefCell<Option<Json>>>,
    /// How often earlier changes were sent.
    sent: u32,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Applied {
    Before,
    After,
}

/// How a change has ended.
pub struct End {
    pub step: Step,
    pub scene: Scene,
}

impl Site {
    pub fn open(member: &Member) -> Site {
        Site(Rc::new(RefCell::new(Some(server(member.provider)))))
    }

    pub fn with<T>(&self, act: impl FnOnce(&Server) -> T) -> T {
        act(self.0.borrow().as_ref().expect("the server is there"))
    }

    pub fn is_open(&self) -> bool {
        self.0.borrow().is_some()
    }

    pub fn close(&self) {
        self.0.borrow_mut().take();
    }

    fn stored(&self, member: &Member) -> Option<Json> {
        self.with(|server| server.member(member.key()))
    }
}

impl Scene {
    pub fn new(case: Case) -> Scene {
        let site = Site::open(&case.member);
        let address = site.with(Server::address);
        let line = Line::new(provider(case.member.provider), &address, &case.member);
        let before = Rc::new(RefCell::new(site.stored(&case.member)));
        Scene {
            site,
            line,
            case,
            holds: Vec::new(),
            applied: None,
            silence: NoAnswer::TimedOut,
            late: false,
            before,
            sent: 0,
        }
    }

    /// Makes the next request at this point go wrong.
    pub fn fail(&mut self, point: Point, effect: Effect) {
        self.fail_often(point, 1, effect);
    }

    /// The same for so many requests of its kind.
    pub fn fail_often(&mut self, point: Point, times: u32, effect: Effect) {
        self.arm(point, times, None, effect);
    }

    /// The same for the next request with this in its address.
    pub fn fail_at(&mut self, point: Point, part: &str, effect: Effect) {
        self.arm(point, 1, Some(part.to_string()), effect);
    }

    fn arm(&mut self, point: Point, times: u32, path_contains: Option<String>, effect: Effect) {
        if let Effect::HoldBefore(hold) | Effect::HoldAfter(hold) = &effect {
            let (silence, hold) = (self.silence.clone(), hold.clone());
            self.line.impatient = Some(Impatience { point, silence, hold: hold.clone() });
            self.holds.push(hold);
        }
        let method = match point {
            Point::Send => self.line.provider().update.call.method.as_str(),
            Point::Read(_) | Point::Wait => "GET",
        };
        let on = On { method: Some(method.to_string()), path_contains };
        let site = self.site.clone();
        self.line.just_before(point, move || site.with(|server| server.fail(Fault { on, times, effect })));
    }

    /// A colleague does something at this point.
    pub fn meanwhile(&mut self, point: Point, act: impl FnOnce(&Server) + 'static) {
        let (site, member, before) = (self.site.clone(), self.case.member, self.before.clone());
        self.line.just_before(point, move || {
            site.with(act);
            before.replace(site.stored(&member));
        });
    }

    pub fn edit(&mut self, point: Point, (pointer, json): (&'static str, &'static str)) {
        let key = self.case.member.key();
        let value = serde_json::from_str(json).expect("JSON");
        self.meanwhile(point, move |server| server.edit(key, pointer, value));
    }

    pub fn remove(&mut self, point: Point) {
        let key = self.case.member.key();
        self.meanwhile(point, move |server| server.remove(key));
    }

    /// Makes the change by a form.
    pub fn play(mut self) -> End {
        let step = self.line.form(&draft(self.case.typed));
        self.end(step)
    }

    /// The same where the provider's server also plays a proxy, so that not all that arrives there was passed on.
    pub fn play_through(mut self, between: Between) -> End {
        self.line.through(between);
        let step = self.line.form(&draft(self.case.typed));
        self.holds.iter().for_each(Hold::release);
        End { step, scene: self }
    }

    /// Holds the end of a change against what must hold.
    pub fn end(mut self, step: Step) -> End {
        if self.site.is_open() {
            self.hold(&step);
        }
        in_words(&step, &self.line.reasons);
        self.holds.iter().for_each(Hold::release);
        self.sent = self.line.driver().sends();
        End { step, scene: self }
    }

    /// What the receipt says agrees with what the provider holds, and nothing was applied twice.
    fn hold(&self, step: &Step) {
        let (before, stored) = (self.before.borrow().clone(), self.site.stored(&self.case.member));
        let counters = self.site.with(Server::counters);
        assert!(counters.applied <= 1, "it was applied {} times", counters.applied);
        let Step::Done(receipt) = step else {
            assert_eq!((counters.writes, stored), (0, before), "nothing is written without an end: {step:?}");
            return;
        };
        let writes = self.sent + receipt.sends + self.line.exchanges;
        assert_eq!(counters.writes, writes as usize, "what was sent arrived, and nothing else");
        match &receipt.outcome {
            Outcome::Refused(_) | Outcome::NotSent(_) => {
                assert_eq!((counters.applied, &stored), (0, &before), "{receipt:?}");
                assert_ne!(self.applied, Some(Applied::After), "{receipt:?}");
                let refused = matches!(receipt.outcome, Outcome::Refused(_));
                assert!(refused || receipt.sends == 0, "what was sent is not called “Not sent”: {receipt:?}");
            }
            Outcome::Confirmed if receipt.gone => {
                let erased = stored.is_none_or(|stored| stored["IsPIIDataRegulated"] == true);
                assert!(erased, "the member is there");
                return;
            }
            Outcome::Confirmed => {
                let (pointer, json) = self.case.holds;
                let expected: Json = serde_json::from_str(json).expect("JSON");
                assert_eq!(stored.as_ref().and_then(|stored| stored.pointer(pointer)), Some(&expected));
                let others = self.late || receipt.sends == 0;
                assert!(others || counters.applied == 1, "what nobody applied is not confirmed: {receipt:?}");
            }
            Outcome::Accepted(_) | Outcome::Differs(_) | Outcome::Unknown(_) => {}
        }
        if let Some(stored) = stored {
            agrees(self.line.provider(), receipt, &stored);
        }
    }
}

/// What the receipt shows as on file is on file.
fn agrees(provider: &Provider, receipt: &Receipt, stored: &Json) {
    for line in &receipt.lines {
        let field = provider.field(&line.field).expect("a field");
        let wire = field.at.first().and_then(|at| at.pointer.of(stored));
        let held = wire.and_then(|wire| Value::from_wire(field, wire).expect("a value"));
        match &line.now {
            None | Some(Held::NotTold) => {}
            Some(now) => assert_eq!(now, &held.map_or(Held::None, Held::Known), "{}", line.field),
        }
    }
}

/// Every reason says what happened and what to do.
fn in_words(step: &Step, others: &[Reason]) {
    let own = match step {
        Step::Done(receipt) => receipt.outcome.reason(),
        Step::Ask(Ask::Unread { reason, .. } | Ask::SignIn { reason, .. }) => Some(reason),
        _ => None,
    };
    for reason in own.into_iter().chain(others) {
        for words in [reason.says.text(), reason.cure.text()] {
            // Where something was not given, what happened is what to do.
            let both = words.is_empty() && reason.says.text().starts_with("Enter the ");
            let sentence = words.starts_with(char::is_uppercase) && words.ends_with('.');
            assert!((sentence || both) && !words.contains(['{', '}']), "{reason:?}");
        }
    }
}

impl End {
    /// As it stands in the table: the outcome, and how often it was sent.
    pub fn cell(&self) -> String {
        match &self.step {
            Step::Done(receipt) => {
                let gone = if receipt.gone { ", gone" } else { "" };
                format!("{} {}{gone}", receipt.outcome.word(), receipt.sends)
            }
            Step::Ask(Ask::Unread { .. }) => "Not read 0".to_string(),
            Step::Ask(Ask::Mend(_)) => "asked".to_string(),
            other => panic!("it is not over: {other:?}"),
        }
    }

    /// What the provider holds at a place now.
    pub fn stored(&self, pointer: &str) -> Option<Json> {
        self.scene.site.stored(&self.scene.case.member)?.pointer(pointer).cloned()
    }

    pub fn reason(&self) -> &Reason {
        self.receipt().outcome.reason().expect("a reason")
    }

    pub fn receipt(&self) -> &Receipt {
        match &self.step {
            Step::Done(receipt) => receipt,
            other => panic!("it is not over: {other:?}"),
        }
    }
}
