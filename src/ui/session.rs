use std::sync::Arc;

use leptos::prelude::*;

use crate::browser::bundle::Handover;
use crate::browser::fetch::{Stop, send};
use crate::browser::{clock, document};
use crate::change::answer::{Listener, Reason, Verdict};
use crate::change::check::check;
use crate::change::driver::{Ask, Driver, Event, Purpose, Step};
use crate::change::identity::Identity;
use crate::change::outgoing::Outgoing;
use crate::change::plan::Plan;
use crate::change::problem::{Problem, Violation};
use crate::change::receipt::{Outcome, Receipt};
use crate::change::undo::undo;
use crate::desk::way::Way;
use crate::provider::explain::{Means, code};
use crate::provider::{Face, Provider};
use crate::transport::pace::{self, Rules};
use crate::transport::{Binding, NoAnswer, ProxyFault, Request, Response, Secret, SignFault};

use super::credential::Credential;
use super::form::Form;
use super::live::later;
use super::state::Desk;

/// Where one stands with one provider: connected or not, which member, and how far the change has come.
///
/// It carries out what the driver says and tells it what happened; every decision is the driver's.
#[derive(Clone, Copy)]
pub struct Session {
    pub desk: Desk,
    provider: StoredValue<Arc<Provider>>,
    pub credential: Credential,
    pub stage: RwSignal<Stage>,
    /// Whose credential it is, if the provider tells.
    pub whose: RwSignal<Option<String>>,
    /// What was typed to name the member.
    pub typed: RwSignal<Vec<(String, String)>>,
    pub form: RwSignal<Option<Form>>,
    driver: StoredValue<Option<Driver>>,
    stop: StoredValue<Option<Stop>, LocalStorage>,
}

/// What is on the screen.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    Connect,
    Find {
        attempted: bool,
        refused: Option<Reason>,
    },
    /// Something is under way.
    Busy(Busy),
    Change,
    Check {
        plan: Plan,
        moved: bool,
        missing: Vec<String>,
    },
    /// The record could not be read. Nothing was sent.
    Unread {
        reason: Reason,
        purpose: Purpose,
    },
    SignIn(Reason),
    Result(Box<Receipt>),
}

#[derive(Clone, Debug, PartialEq)]
pub enum Busy {
    Reading(Purpose),
    Sending,
    Waiting { seconds: u64, reason: Option<Reason> },
}

/// What testing a credential came to.
enum Tested {
    Good,
    Refused(Reason),
    /// It could not be tested.
    Untested(Reason),
}

impl Session {
    pub fn new(desk: Desk, provider: Arc<Provider>) -> Session {
        Session {
            desk,
            provider: StoredValue::new(provider),
            credential: Credential::default(),
            stage: RwSignal::new(Stage::Connect),
            whose: RwSignal::new(None),
            typed: RwSignal::new(Vec::new()),
            form: RwSignal::new(None),
            driver: StoredValue::new(None),
            stop: StoredValue::new_local(None),
        }
    }

    pub fn provider(self) -> Arc<Provider> {
        self.provider.get_value()
    }

    /// What the first form needs to know of it.
    pub fn face(self) -> Face {
        Face::clone(&self.provider.get_value())
    }

    /// The slug of the chosen server; the first one until somebody chooses.
    fn server(self) -> String {
        let chosen = self.credential.typed.server.get_untracked();
        let first = || self.provider().servers.first().map(|server| server.slug.clone());
        Some(chosen).filter(|slug| !slug.is_empty()).or_else(first).unwrap_or_default()
    }

    /// How the chosen server is reached, as things stand.
    fn way(self) -> Result<Way, ProxyFault> {
        self.desk.way(&self.provider(), &self.server())
    }

    /// Goes on from what was typed into the first form.
    pub fn take_over(self, handover: Handover) {
        self.credential.typed.server.set(handover.server);
        self.credential.typed.secret.set(handover.secret);
        self.connect(|session| session.stage.set(Stage::Find { attempted: false, refused: None }));
    }

    /// Keeps the credential that was typed and tests it; `then` goes on if it is good.
    pub fn connect(self, then: fn(Session)) {
        if self.credential.typed.busy.get_untracked() {
            return;
        }
        let Some(secret) = self.credential.attempt() else {
            return;
        };
        self.keep_secret(secret);
        self.credential.typed.busy.set(true);
        later(async move {
            let tested = self.test().await;
            self.credential.typed.busy.set(false);
            match tested {
                Tested::Good => {
                    self.credential.clear();
                    then(self);
                }
                Tested::Refused(reason) => {
                    self.forget_secret();
                    self.credential.refuse(reason);
                }
                Tested::Untested(reason) => {
                    self.credential.untested.set(Some(reason));
                    document::focus(".notice[role]");
                }
            }
        });
    }

    fn binding(self) -> Option<Binding> {
        let way = self.way().ok()?;
        Some(Binding::new(&self.provider().id, &way.target, &way.proxy))
    }

    /// Keeps a credential for exactly this server and this proxy.
    fn keep_secret(self, secret: Secret) {
        let provider = self.provider();
        if let (Some(binding), Some(sign_in)) = (self.binding(), provider.sign_in.first()) {
            self.desk.keyring.update_value(|keyring| keyring.put(binding, &sign_in.id, secret));
        }
    }

    pub fn forget_secret(self) {
        let provider = self.provider();
        if let (Some(binding), Some(sign_in)) = (self.binding(), provider.sign_in.first()) {
            self.desk.keyring.update_value(|keyring| keyring.forget(&binding, &sign_in.id));
        }
        self.whose.set(None);
    }

    /// Asks the provider whether the credential works, and whose it is.
    async fn test(self) -> Tested {
        let provider = self.provider();
        let server = self.server();
        let Some(sign_in) = provider.sign_in.first() else {
            return Tested::Good;
        };
        let Some(outgoing) = Outgoing::test(&provider, &server, sign_in) else {
            return Tested::Good;
        };
        let answer = match self.carry_out(&outgoing).await {
            Ok(answer) => answer,
            Err(fault) => return Tested::Untested(Reason::setup(fault.words(&sign_in.label))),
        };
        let identity = Identity::none();
        let direct = self.way().is_ok_and(|way| way.is_direct());
        let now = clock::moment().now / 1000;
        let listener = Listener { provider: &provider, on: "sign_in", identity: &identity, direct, now };
        match listener.verdict(&answer) {
            Verdict::Yes(json) => {
                let owner = sign_in.test.as_ref().and_then(|test| test.owner.as_ref());
                self.whose.set(owner.and_then(|owner| owner.of(&json)).and_then(code));
                Tested::Good
            }
            Verdict::No(reason) if reason.means == Means::SignIn => Tested::Refused(reason),
            // It may lack the right to say whose it is, and still have the right that counts.
            Verdict::No(reason) if reason.means == Means::Rights => {
                self.whose.set(None);
                drop(reason);
                Tested::Good
            }
            Verdict::No(reason)
            | Verdict::Busy(reason, _)
            | Verdict::NotSent(reason)
            | Verdict::Doubt(reason) => Tested::Untested(reason),
        }
    }

    /// Reads the member that was named, or says what is wrong with the naming.
    pub fn open(self) {
        let provider = self.provider();
        match Identity::check(&provider, &self.typed.get_untracked()) {
            Err(_) => self.stage.set(Stage::Find { attempted: true, refused: None }),
            Ok(identity) => {
                self.typed
                    .set(identity.keys().map(|(key, text)| (key.to_string(), text.to_string())).collect());
                self.start(identity, None);
            }
        }
    }

    /// Reads the same member again, for another change.
    pub fn open_again(self) {
        let identity =
            self.driver.with_value(|driver| driver.as_ref().map(|driver| driver.identity().clone()));
        if let Some(identity) = identity {
            self.start(identity, None);
        }
    }

    /// Goes the way back from a change: the same check, plan and consent as any other.
    pub fn undo(self, receipt: &Receipt) {
        let provider = self.provider();
        if let Ok(change) = check(&provider, &undo(&provider, receipt).draft) {
            self.start(receipt.identity.clone(), Some(change));
        }
    }

    fn start(self, identity: Identity, change: Option<crate::change::check::Change>) {
        let server = self.server();
        let direct = self.way().is_ok_and(|way| way.is_direct());
        let mut driver = Driver::new(self.provider(), &server, identity, direct);
        if let Some(change) = change {
            driver = driver.with_change(change);
        }
        self.form.set(None);
        self.driver.set_value(Some(driver));
        self.tell(Event::Start);
    }

    /// Goes on from the form, if nothing stands against it.
    pub fn check_form(self) {
        if let Some(form) = self.form.get_untracked() {
            match form.attempt() {
                Some(change) => self.tell(Event::Change(change)),
                None => document::focus(".error-summary"),
            }
        }
    }

    /// Back to the form, with everything that was typed.
    pub fn back_to_form(self) {
        let record =
            self.driver.with_value(|driver| driver.as_ref().and_then(|driver| driver.record().cloned()));
        if let Some(record) = record {
            self.show_form(record);
        }
    }

    fn show_form(self, record: crate::change::record::Record) {
        match self.form.get_untracked() {
            Some(form) => form.record().set(record),
            None => self.form.set(Some(Form::new(self.provider(), record))),
        }
        self.stage.set(Stage::Change);
    }

    /// What the member is called in words.
    pub fn title(self) -> String {
        let provider = self.provider();
        let title = self.driver.with_value(|driver| {
            driver.as_ref().and_then(|driver| driver.record()).map(|record| record.title(&provider))
        });
        title.unwrap_or_default()
    }

    /// A request as it will look on its way, with `$TOKEN` where the secret will stand.
    pub fn view(self, request: &Request) -> String {
        let Ok(way) = self.way() else { return String::new() };
        let Ok(view) = request.view(&way.target, &way.proxy) else {
            return String::new();
        };
        let mut text = [view.method.as_str(), " ", &view.url].concat();
        for (name, value) in &view.headers {
            text.push_str(&["\n", name, ": ", value].concat());
        }
        if let Some(body) = &view.body {
            text.push_str("\n\n");
            text.push_str(body);
        }
        text
    }

    /// Back to the form after an end at which nothing was changed.
    pub fn reopen(self) {
        match self.form.get_untracked() {
            Some(form) => self.resume(form),
            None => self.open_again(),
        }
    }

    /// A fresh driver for the record on the form: the old one has come to its end.
    fn resume(self, form: Form) {
        let record = form.record().get_untracked();
        let direct = self.way().is_ok_and(|way| way.is_direct());
        let server = self.server();
        self.driver.set_value(Some(Driver::resumed(self.provider(), &server, record, direct)));
        self.stage.set(Stage::Change);
    }

    /// Tells the driver what happened, and carries out what it says until it asks or is done.
    pub fn tell(self, event: Event) {
        later(async move {
            let mut event = Some(event);
            while let Some(now) = event.take() {
                let moment = clock::moment();
                let step =
                    self.driver.try_update_value(|driver| driver.as_mut()?.next(now, moment)).flatten();
                let Some(step) = step else { return };
                event = self.step(step).await;
            }
        });
    }

    /// Stops what is under way; what it did by then, the driver finds out by reading.
    pub fn stop(self) {
        match self.stage.get_untracked() {
            Stage::Busy(Busy::Waiting { .. }) => self.tell(Event::Stop),
            _ => self.stop.with_value(|stop| {
                if let Some(stop) = stop {
                    stop.stop();
                }
            }),
        }
    }

    async fn step(self, step: Step) -> Option<Event> {
        match step {
            Step::Read(outgoing, purpose) => {
                self.stage.set(Stage::Busy(Busy::Reading(purpose)));
                Some(self.event(&outgoing).await)
            }
            Step::Send(outgoing) => {
                let about = [self.title().as_str(), " in ", &self.provider().name].concat();
                document::set_sending(Some(&about));
                self.stage.set(Stage::Busy(Busy::Sending));
                let event = self.event(&outgoing).await;
                document::set_sending(None);
                Some(event)
            }
            Step::Wait { time, reason } => self.wait(time.as_millis().div_ceil(1000) as u64, reason).await,
            Step::Ask(ask) => {
                self.ask(ask);
                None
            }
            Step::Done(receipt) => {
                self.done(receipt);
                None
            }
        }
    }

    async fn event(self, outgoing: &Outgoing) -> Event {
        match self.carry_out(outgoing).await {
            Ok(answer) => Event::Answered(answer),
            Err(fault) => Event::Unsigned(fault),
        }
    }

    /// Signs a request for the way that is in force, and sends it.
    async fn carry_out(self, outgoing: &Outgoing) -> Result<Result<Response, NoAnswer>, SignFault> {
        let way = self.way().map_err(SignFault::Url)?;
        let signed =
            self.desk.keyring.with_value(|keyring| outgoing.sign(&way.target, &way.proxy, keyring))?;
        let limit = self.desk.config.with_value(|config| config.time_limit);
        let Some(stop) = Stop::new() else {
            return Ok(Err(NoAnswer::Failed));
        };
        self.stop.set_value(Some(stop.clone()));
        let rules = self.pace().await;
        let answer = send(signed, limit, &stop).await;
        self.desk.calls.update_value(|calls| calls.end(&rules, clock::moment().now));
        self.stop.set_value(None);
        Ok(answer)
    }

    /// Waits until the provider's pace allows another call, and counts it.
    async fn pace(self) -> Rules {
        let member = self.driver.with_value(|driver| {
            let keys = driver.as_ref().map(|driver| driver.identity().keys().map(|(_, key)| key.to_string()));
            keys.map(|keys| keys.collect::<Vec<_>>().join(" ")).unwrap_or_default()
        });
        let rules = Rules::of(&self.provider().pace, &self.server(), &member);
        loop {
            let now = clock::moment().now;
            let wait = self.desk.calls.with_value(|calls| pace::wait(&rules, calls, now));
            if wait.is_zero() {
                self.desk.calls.update_value(|calls| calls.begin(&rules, now));
                return rules;
            }
            clock::pass(wait).await;
        }
    }

    /// Counts down where the person sees it. Stopping ends the wait at the next second.
    async fn wait(self, seconds: u64, reason: Option<Reason>) -> Option<Event> {
        for left in (1..=seconds).rev() {
            let busy = Busy::Waiting { seconds: left, reason: reason.clone() };
            self.stage.set(Stage::Busy(busy.clone()));
            clock::pass(std::time::Duration::from_secs(1)).await;
            if self.stage.get_untracked() != Stage::Busy(busy) {
                return None;
            }
        }
        Some(Event::GoOn)
    }

    fn ask(self, ask: Ask) {
        let record =
            self.driver.with_value(|driver| driver.as_ref().and_then(|driver| driver.record().cloned()));
        match (ask, record) {
            (Ask::Change, Some(record)) => self.show_form(record),
            (Ask::Mend(violations), Some(record)) => {
                self.show_form(record);
                if let (Some(form), Some(first)) = (self.form.get_untracked(), violations.into_iter().next())
                {
                    form.refuse(first);
                }
            }
            (Ask::Change | Ask::Mend(_), None) => {
                self.stage.set(Stage::Find { attempted: true, refused: None });
            }
            (Ask::Approve { plan, moved, missing }, _) => {
                self.stage.set(Stage::Check { plan, moved, missing })
            }
            (Ask::SignIn(reason), _) => self.stage.set(Stage::SignIn(reason)),
            (Ask::Unread { reason, purpose: Purpose::Show }, _) if self.is_about_identity(&reason) => {
                self.stage.set(Stage::Find { attempted: true, refused: Some(reason) });
            }
            (Ask::Unread { reason, purpose }, _) => self.stage.set(Stage::Unread { reason, purpose }),
        }
    }

    /// Done; but a refusal that is about a field lands on that field, with everything that was typed.
    fn done(self, receipt: Box<Receipt>) {
        if let (Outcome::Refused(reason), Some(form)) = (&receipt.outcome, self.form.get_untracked())
            && let Some(key) = reason.field.clone()
            && form
                .fields()
                .iter()
                .any(|(state, unless)| unless.is_none() && state.field.with_value(|field| field.key == key))
        {
            let problem = Problem::Refused { says: reason.says.clone(), cure: reason.cure.clone() };
            form.refuse(Violation::new(key, problem));
            self.resume(form);
            return;
        }
        self.stage.set(Stage::Result(receipt));
    }

    fn is_about_identity(self, reason: &Reason) -> bool {
        let about = reason.field.as_ref();
        about.is_some_and(|key| self.provider().identity.iter().any(|field| field.key == *key))
    }
}
