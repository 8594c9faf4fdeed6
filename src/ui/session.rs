mod line;

use std::sync::Arc;

use leptos::prelude::*;

use crate::browser::bundle::Handover;
use crate::browser::fetch::Stop;
use crate::browser::{clock, document};
use crate::change::answer::Reason;
use crate::change::check::check;
use crate::change::draft::Draft;
use crate::change::driver::{Ask, Driver, Event, Purpose, Step};
use crate::change::identity::Identity;
use crate::change::outgoing::Outgoing;
use crate::change::plan::Plan;
use crate::change::problem::{Problem, Violation};
use crate::change::receipt::{Outcome, Receipt};
use crate::change::undo::undo;
use crate::desk::way::Way;
use crate::provider::{Face, Provider};
use crate::transport::{ProxyFault, Request};

use line::Tested;

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
    /// What a form begins with: the way back from a change, or nothing.
    draft: StoredValue<Draft>,
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
    SignIn {
        reason: Reason,
        purpose: Purpose,
    },
    Result(Box<Receipt>),
}

#[derive(Clone, Debug, PartialEq)]
pub enum Busy {
    Reading(Purpose),
    Sending,
    Waiting { seconds: u64, reason: Option<Reason> },
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
            draft: StoredValue::new(Draft::default()),
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
        // What is out of the ordinary is said before anything is sent.
        let ordinary = self.way().is_ok_and(|way| !way.is_in_clear() && !way.is_foreign());
        if !handover.connect || !ordinary {
            return;
        }
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
                    document::focus(&[".notice[role]"]);
                }
            }
        });
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
        let draft = undo(&provider, receipt).draft;
        if let Ok(change) = check(&provider, &draft) {
            self.start(receipt.identity.clone(), Some(change));
            self.draft.set_value(draft);
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
        self.draft.set_value(Draft::default());
        self.driver.set_value(Some(driver));
        self.tell(Event::Start);
    }

    /// Goes on from the form, if nothing stands against it.
    pub fn check_form(self) {
        if let Some(form) = self.form.get_untracked() {
            match form.attempt() {
                Some(change) => self.tell(Event::Change(change)),
                None => document::focus(&[".error-summary"]),
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
            None => self.form.set(Some(Form::new(self.provider(), record, &self.draft.get_value()))),
        }
        self.stage.set(Stage::Change);
    }

    /// The server that is meant, where a provider has several.
    pub fn server_label(self) -> Option<String> {
        let provider = self.provider();
        let server = provider.server(&self.server()).filter(|_| provider.servers.len() > 1);
        server.map(|server| server.label.clone())
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
                Some(self.event(&outgoing).await)
            }
            Step::Wait { time, reason } => self.wait(time.as_millis().div_ceil(1000) as u64, reason).await,
            Step::Ask(ask) => {
                // Until it is settled, nobody knows what became of it.
                if !matches!(ask, Ask::SignIn { purpose: Purpose::Settle, .. }) {
                    document::set_sending(None);
                }
                untrack(|| self.ask(ask));
                None
            }
            Step::Done(receipt) => {
                document::set_sending(None);
                untrack(|| self.done(receipt));
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
            (Ask::SignIn { reason, purpose }, _) => self.stage.set(Stage::SignIn { reason, purpose }),
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
