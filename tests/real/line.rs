//! The line to one member: carries out what the driver says, as the page does, over real connections.

mod clock;
mod notes;

use std::fs;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use memberdesk::bulk::job::Job;
use memberdesk::bulk::journal::State;
use memberdesk::change::answer::{Listener, Reason, Verdict};
use memberdesk::change::check::{Change, check};
use memberdesk::change::draft::Draft;
use memberdesk::change::driver::{Ask, Driver, Event, Moment, Purpose, Step};
use memberdesk::change::identity::Identity;
use memberdesk::change::outgoing::Outgoing;
use memberdesk::change::plan::Plan;
use memberdesk::change::receipt::{Outcome, Receipt};
use memberdesk::change::renewal;
use memberdesk::change::undo::undo;
use memberdesk::provider::Provider;
use memberdesk::provider::sign_in::Exchange;
use memberdesk::transport::pace::{self, Calls, Rules};
use memberdesk::transport::{
    Address, Between, Binding, Keyring, NoAnswer, Proxy, Response, Secret, SignFault, Target,
};

use simulated::Hold;

use crate::members::Member;
use crate::web::Web;

use clock::Clock;
use notes::{Notes, ready};

/// How long an answer may take where it is sure to come: a slow computer is not a slow provider.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long it may take where it is sure not to come.
pub const IMPATIENCE: Duration = Duration::from_millis(400);

/// A credential that was exchanged a moment ago and is refused is not exchanged again at once: in milliseconds.
const AGAIN: u64 = 60_000;

/// A place in the order of calls.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Point {
    Read(Purpose),
    Send,
    Wait,
}

/// A call that is held by the provider and given up here.
#[derive(Clone)]
pub struct Impatience {
    pub point: Point,
    /// What is told of it: nobody answered in time, or somebody stopped it.
    pub silence: NoAnswer,
    pub hold: Hold,
}

type Act = Box<dyn FnOnce()>;

/// One member at one provider, and somebody in front of the page who says yes to everything.
pub struct Line {
    provider: Arc<Provider>,
    target: Target,
    identity: Identity,
    binding: Binding,
    proxy: Proxy,
    /// Who stands between, as far as answers tell; the provider's own pass through it.
    between: Between,
    keyring: Keyring,
    secrets: Vec<(String, Secrets)>,
    web: Web,
    pub calls: Calls,
    pub clock: Clock,
    job: Job,
    journal: Notes,
    /// Whether a note can be kept.
    pub keeps_notes: bool,
    /// What happens just before a point is reached for the first time.
    acts: Vec<(Point, u32, Act)>,
    reached: Option<Point>,
    /// The call that is given up early.
    pub impatient: Option<Impatience>,
    /// Whether somebody says yes to what is shown.
    pub approves: bool,
    /// Whether somebody enters the credential when asked for it.
    pub signs_in: bool,
    /// Whether somebody waits as long as the provider asks for.
    pub waits_for_it: bool,
    /// How often somebody tries again when the record could not be read.
    pub tries_again: u32,
    /// The plan that was last shown.
    pub plan: Option<Plan>,
    /// Each time that somebody was asked for consent: whether the record had moved.
    pub consents: Vec<bool>,
    /// How often somebody had to enter the credential.
    pub sign_ins: u32,
    pub exchanges: u32,
    pub waits: Vec<Duration>,
    /// Why somebody was asked something on the way.
    pub reasons: Vec<Reason>,
    /// When a credential was exchanged last.
    renewed: u64,
    /// A credential that is refused is exchanged anew however young it is.
    pub renews_at_once: bool,
}

/// How a text becomes a secret again, since a secret cannot be copied.
type Secrets = (String, fn(&str) -> Secret);

static PROVIDERS: LazyLock<Vec<Arc<Provider>>> = LazyLock::new(|| {
    let read = |id: &str| {
        let path = [env!("CARGO_MANIFEST_DIR"), "/providers/", id, ".json"].concat();
        parse(&fs::read_to_string(path).expect("a provider file"))
    };
    ["symbl", "flashapply", "toluna", "aitable", "webex"].map(read).to_vec()
});

pub fn parse(text: &str) -> Arc<Provider> {
    Arc::new(Provider::parse(text).unwrap_or_else(|faults| panic!("{faults:#?}")))
}

pub fn provider(id: &str) -> Arc<Provider> {
    PROVIDERS.iter().find(|provider| provider.id == id).expect("a provider file").clone()
}

impl Line {
    pub fn new(provider: Arc<Provider>, address: &str, member: &Member) -> Line {
        let owned = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
            pairs.iter().map(|(key, text)| (key.to_string(), text.to_string())).collect()
        };
        let target = Target {
            server: provider.servers[0].slug.clone(),
            address: Some(Address::parse(address).expect("an address")),
            typed: false,
        };
        let identity = Identity::check(&provider, &owned(member.keys)).expect("keys that name a member");
        let proxy = Proxy::none();
        let binding = Binding::new(&provider.id, &identity.account(&provider), &target, &proxy);
        let between = Between::Nobody;
        let driver = Driver::new(provider.clone(), &target.server, identity.clone(), between.clone());
        let mut line = Line {
            provider,
            target,
            identity,
            binding,
            proxy,
            between,
            keyring: Keyring::default(),
            secrets: Vec::new(),
            web: Web::new(),
            calls: Calls::default(),
            clock: Clock::default(),
            job: Job::one(driver),
            journal: Notes::default(),
            keeps_notes: true,
            acts: Vec::new(),
            reached: None,
            impatient: None,
            approves: true,
            signs_in: true,
            waits_for_it: true,
            tries_again: 0,
            plan: None,
            consents: Vec::new(),
            sign_ins: 0,
            exchanges: 0,
            waits: Vec::new(),
            reasons: Vec::new(),
            renewed: 0,
            renews_at_once: false,
        };
        let token = |text: &str| Secret::parse(text).expect("a token");
        for (key, text) in owned(member.secrets) {
            line.secrets.push((key, (text, token)));
        }
        line.enter_secrets();
        line
    }

    /// From now on somebody stands between.
    pub fn through(&mut self, between: Between) {
        self.between = between;
    }

    /// From now on waiting is waiting.
    pub fn in_real_time(mut self) -> Self {
        self.clock.waits = true;
        self
    }

    /// A secret that goes with a change, as typed.
    pub fn enter_password(&mut self, key: &str, text: &str) {
        let secret = Secret::password(text).expect("a password");
        self.keyring.put(self.binding.clone(), key, secret);
    }

    pub fn forget_secrets(&mut self) {
        self.keyring.clear();
    }

    fn enter_secrets(&mut self) {
        for (key, (text, make)) in &self.secrets {
            self.keyring.put(self.binding.clone(), key, make(text));
        }
    }

    /// Does this just before the point is reached, once.
    pub fn just_before(&mut self, point: Point, act: impl FnOnce() + 'static) {
        self.just_before_nth(point, 1, act);
    }

    /// The same before the point is reached for the so-manieth time from now on.
    pub fn just_before_nth(&mut self, point: Point, times: u32, act: impl FnOnce() + 'static) {
        self.acts.push((point, times, Box::new(act)));
    }

    /// Opens the record and changes it, as a form does.
    pub fn form(&mut self, draft: &Draft) -> Step {
        self.start(None);
        let step = self.run(Event::Start);
        if step != Step::Ask(Ask::Change) {
            return step;
        }
        let change =
            check(&self.provider, draft).unwrap_or_else(|problems| panic!("{draft:?}: {problems:?}"));
        self.run(Event::Change(change))
    }

    /// Makes a change that is known from the start, as a row of a table does.
    pub fn row(&mut self, draft: &Draft) -> Step {
        self.start(Some(draft));
        self.run(Event::Start)
    }

    /// The way back from a change.
    pub fn undo(&mut self, receipt: &Receipt) -> Step {
        let draft = undo(&self.provider, receipt).draft;
        self.row(&draft)
    }

    /// Reads the record and stops at the form.
    pub fn open(&mut self) -> Step {
        self.start(None);
        self.run(Event::Start)
    }

    /// Goes on from the record that was read, after a refusal that is about a field.
    pub fn resume(&mut self, draft: &Draft) -> Step {
        let record = self.driver().record().expect("it was read").clone();
        let driver =
            Driver::resumed(self.provider.clone(), &self.target.server, record, self.between.clone());
        self.begin(driver);
        self.run(Event::Change(self.checked(draft)))
    }

    pub fn checked(&self, draft: &Draft) -> Change {
        check(&self.provider, draft).unwrap_or_else(|problems| panic!("{draft:?}: {problems:?}"))
    }

    fn start(&mut self, draft: Option<&Draft>) {
        let provider = self.provider.clone();
        let (identity, between) = (self.identity.clone(), self.between.clone());
        let mut driver = Driver::new(provider, &self.target.server, identity, between);
        if let Some(draft) = draft {
            driver = driver.with_change(self.checked(draft));
        }
        self.begin(driver);
    }

    fn begin(&mut self, driver: Driver) {
        self.job = Job::one(driver);
        self.journal = Notes { full: !self.keeps_notes, ..Notes::default() };
        self.plan = None;
        (self.consents, self.reasons, self.waits) = Default::default();
    }

    pub fn provider(&self) -> &Arc<Provider> {
        &self.provider
    }

    pub fn driver(&self) -> &Driver {
        self.job.row(0).expect("a row")
    }

    /// Goes on from an event until somebody must be asked what nobody here can say, or all is done.
    pub fn run(&mut self, event: Event) -> Step {
        let mut event = event;
        for _ in 0..100 {
            let moment = self.moment();
            let turn = self.job.next(0, event, moment).expect("an event that fits the moment");
            let step = match ready(turn.noted(&self.journal)) {
                Ok(step) => step,
                Err(refused) => {
                    event = refused;
                    continue;
                }
            };
            event = match step {
                Step::Read(outgoing, purpose) => self.carry_out(&outgoing, Point::Read(purpose)),
                Step::Send(outgoing) => {
                    self.is_noted();
                    self.carry_out(&outgoing, Point::Send)
                }
                Step::Wait { time, reason } => {
                    self.reasons.extend(reason);
                    self.waits.push(time);
                    self.reach(Point::Wait);
                    self.clock.pass(time);
                    if self.waits_for_it { Event::GoOn } else { Event::Stop }
                }
                Step::Ask(ask) => match self.answer(&ask) {
                    Some(event) => event,
                    None => return Step::Ask(ask),
                },
                Step::Done(receipt) => {
                    self.is_over(&receipt);
                    return Step::Done(receipt);
                }
            };
        }
        panic!("it goes on and on: {:?}", self.waits);
    }

    /// What somebody says who wants the change; nothing where only a form could.
    fn answer(&mut self, ask: &Ask) -> Option<Event> {
        match ask {
            Ask::Change | Ask::Mend(_) => None,
            Ask::Approve { plan, moved, .. } => {
                self.consents.push(*moved);
                let risks = plan.risks().iter().map(|risk| risk.id.clone()).collect();
                self.plan = Some(plan.clone());
                self.approves.then_some(Event::Approve(risks))
            }
            Ask::SignIn { reason, .. } => {
                self.reasons.push(reason.clone());
                let old = self.clock.now().saturating_sub(self.renewed) > AGAIN;
                if let Some(exchange) = self.renewable().filter(|_| old || self.renews_at_once)
                    && self.renew(&exchange)
                {
                    return Some(Event::GoOn);
                }
                self.sign_ins += 1;
                if !self.signs_in {
                    return Some(Event::Stop);
                }
                self.enter_secrets();
                Some(Event::GoOn)
            }
            Ask::Unread { reason, purpose } => {
                self.reasons.push(reason.clone());
                match self.tries_again.checked_sub(1) {
                    Some(left) => {
                        self.tries_again = left;
                        Some(Event::GoOn)
                    }
                    None => (*purpose == Purpose::Send).then_some(Event::Stop),
                }
            }
        }
    }

    fn moment(&self) -> Moment {
        Moment { now: self.clock.now(), dice: 7 }
    }

    fn reach(&mut self, point: Point) {
        // An extra read belongs to the read before it.
        if self.reached.replace(point) == Some(point) {
            return;
        }
        for (_, left, _) in self.acts.iter_mut().filter(|(other, ..)| *other == point) {
            *left -= 1;
        }
        while let Some(at) = self.acts.iter().position(|(_, left, _)| *left == 0) {
            (self.acts.remove(at).2)();
        }
    }

    /// Signs a request and sends it; with a new credential if the old one has ended and another can be got.
    fn carry_out(&mut self, outgoing: &Outgoing, point: Point) -> Event {
        self.reach(point);
        let now = self.clock.now() / 1000;
        if renewal::is_due(&self.provider, &self.keyring, &self.binding, now)
            && let Some(exchange) = self.renewable()
        {
            self.renew(&exchange);
        }
        let impatient = self.impatient.clone().filter(|impatience| impatience.point == point);
        let limit = if impatient.is_some() { IMPATIENCE } else { PATIENCE };
        match (self.send(outgoing, limit), impatient) {
            (Ok(Err(NoAnswer::TimedOut)), Some(impatience)) => {
                // However slow this computer is: by now it is held.
                impatience.hold.arrived();
                Event::Answered(Err(impatience.silence))
            }
            (Ok(answer), _) => Event::Answered(answer),
            (Err(fault), _) => Event::Unsigned(fault),
        }
    }

    fn send(
        &mut self,
        outgoing: &Outgoing,
        limit: Duration,
    ) -> Result<Result<Response, NoAnswer>, SignFault> {
        let signed = outgoing.sign(&self.target, &self.proxy, &self.keyring)?;
        let member = self.identity.keys().map(|(_, text)| text).collect::<Vec<_>>().join(" ");
        let rules = Rules::of(&self.provider.pace, &self.target.server, &member);
        loop {
            let now = self.clock.now();
            let wait = pace::wait(&rules, &self.calls, now);
            if wait.is_zero() {
                self.calls.begin(&rules, now);
                break;
            }
            self.clock.pass(wait);
        }
        let mut answer = self.web.send(signed, limit);
        if let Ok(response) = &mut answer
            && self.between.marks()
        {
            mark(response);
        }
        let now = self.clock.now();
        // A clock of whole milliseconds is up to one behind, and on loopback nothing makes up for it.
        self.calls.end(&rules, now + 1);
        let told =
            answer.as_ref().ok().and_then(|answer| pace::told(&self.provider.pace, answer, now / 1000));
        if let Some(wait) = told {
            self.calls.hold(now + u64::try_from(wait.as_millis()).expect("a short time"));
        }
        Ok(answer)
    }

    fn renewable(&self) -> Option<Exchange> {
        renewal::exchange(&self.provider, &self.keyring, &self.binding).cloned()
    }

    /// Exchanges what was typed for a credential; whether that worked.
    fn renew(&mut self, exchange: &Exchange) -> bool {
        self.renewed = self.clock.now();
        self.exchanges += 1;
        let outgoing = Outgoing::exchange(&self.provider, &self.target.server, exchange, &self.identity);
        let answer = self.send(&outgoing.expect("a request"), PATIENCE).expect("a signed request");
        let now = self.clock.now() / 1000;
        let (provider, identity, between) = (&*self.provider, &self.identity, self.between.clone());
        let listener = Listener { provider, on: "exchange", identity, between, now };
        let Verdict::Yes(json) = listener.verdict(&answer) else { return false };
        let Some(grant) = renewal::granted(exchange, &json, now) else { return false };
        self.keyring.put_until(self.binding.clone(), &exchange.gives.0, grant.secret, grant.until);
        true
    }

    /// Nothing is sent before it is noted that it may have been.
    fn is_noted(&self) {
        let last = self.journal.kept.notes().pop().expect("a note");
        assert_eq!((last.state, last.attempt), (State::Sending, self.driver().sends()));
    }

    /// The notes tell what happened, in order.
    fn is_over(&self, receipt: &Receipt) {
        let notes = self.journal.kept.notes();
        assert!(notes.is_sorted_by_key(|note| note.at), "{notes:?}");
        let sending = notes.iter().filter(|note| note.state == State::Sending);
        let mut attempts: Vec<u32> = sending.map(|note| note.attempt).collect();
        // What is in doubt again is noted again.
        attempts.dedup();
        // What could not be signed was noted, and never left.
        let unsigned = attempts == [1] && matches!(receipt.outcome, Outcome::NotSent(_));
        assert!(unsigned || attempts == (1..=receipt.sends).collect::<Vec<_>>(), "{notes:?}");
        let last = notes.last().map(|note| (note.state, note.attempt));
        let done = (State::Done(receipt.outcome.mark()), receipt.sends);
        assert_eq!(last, self.keeps_notes.then_some(done));
    }
}

/// What comes from the provider has the relay's mark. What has one already, or says that it has none, is not the provider's.
fn mark(response: &mut Response) {
    let is_other = |(name, _): &(String, String)| ["x-relay-source", UNMARKED].contains(&name.as_str());
    if !response.headers.iter().any(is_other) {
        for (name, value) in [("x-relay-source", "upstream"), ("x-relay-sent", "yes")] {
            response.headers.push((name.to_string(), value.to_string()));
        }
    }
}

/// A header of answers that somebody before the relay gave.
pub const UNMARKED: &str = "x-before-the-relay";
