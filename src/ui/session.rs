mod carried;
pub mod choosing;
pub mod connection;
pub mod consents;
mod course;
pub mod finding;
mod line;
mod linked;
mod named;
pub mod reading;
pub mod terms;

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;

use crate::browser::bundle::Handover;
use crate::browser::document;
use crate::browser::lock::Lock;
use crate::bulk::job::Job;
use crate::bulk::journal::Memory;
use crate::change::answer::Reason;
use crate::change::check::{Change, check};
use crate::change::draft::Draft;
use crate::change::driver::{Driver, Event, Purpose};
use crate::change::fit::Fit;
use crate::change::identity::Identity;
use crate::change::plan::Plan;
use crate::change::receipt::Receipt;
use crate::change::record::Record;
use crate::change::undo::undo;
use crate::desk::link::Link;
use crate::desk::way::Way;
use crate::provider::act::Act;
use crate::provider::{Face, Provider};
use crate::transport::{Binding, ProxyFault, Request};

use crate::words::say;

use choosing::Choosing;
use consents::Consents;
use finding::Finding;
use line::{Flight, Tested};
use linked::Linked;
use reading::Reading;

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
    /// As its file says.
    file: StoredValue<Arc<Provider>>,
    /// The same, with what ids are called as far as that was asked for.
    provider: StoredValue<Arc<Provider>>,
    /// Values that are chosen by name.
    pub choosing: Choosing,
    pub credential: Credential,
    pub stage: RwSignal<Stage>,
    /// The server, or the owner's connection, that is in force. What the form chooses is, once one connects.
    at: StoredValue<String>,
    /// What is known of the connection, as which panel it is.
    known: RwSignal<Vec<(String, String)>>,
    /// The call that is on its way.
    pub flight: Flight,
    /// What was typed or chosen to name the member.
    pub typed: RwSignal<Vec<(String, String)>>,
    /// The way to a member by name.
    pub finding: Finding,
    /// The list that waits for a sign-in, and the page that it was asked for on.
    held: StoredValue<Option<(Reading, Stage)>>,
    pub form: RwSignal<Option<Form>>,
    /// What was given for the risks of the plan that is shown.
    pub consents: Consents,
    /// What a form begins with: the way back from a change, or nothing.
    draft: StoredValue<Draft>,
    /// A change that goes to the next member too.
    pub carried: RwSignal<Option<Draft>>,
    /// What was refused at a field of the form that is on the screen.
    pub refusal: RwSignal<Option<Receipt>>,
    /// The act that the form was opened with, by its id.
    pub prepared: RwSignal<Option<String>>,
    /// What a link asked for.
    pub linked: Linked,
    /// The field that the next page begins at.
    goal: StoredValue<Option<String>>,
    /// A single change is a job of one row.
    job: StoredValue<Option<Job>>,
    journal: StoredValue<Rc<Memory>, LocalStorage>,
    /// Held while a change is under way, so that no other tab makes one of the same member.
    lock: StoredValue<Option<Lock>, LocalStorage>,
    /// When the credential was exchanged last.
    renewed: StoredValue<u64>,
    /// A form is made under it: it outlives the page whose button was pressed for it.
    owner: StoredValue<Owner>,
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
    /// The sign-in has ended while a list was read.
    SignInToRead(Reason),
    Result(Box<Receipt>),
}

#[derive(Clone, Debug, PartialEq)]
pub enum Busy {
    Reading(Purpose),
    Sending,
    Waiting {
        seconds: u64,
        reason: Option<Reason>,
    },
    /// Another tab is changing the same member.
    Elsewhere,
}

impl Session {
    pub fn new(desk: Desk, provider: Arc<Provider>) -> Session {
        Session {
            desk,
            finding: Finding::new(&provider),
            held: StoredValue::new(None),
            file: StoredValue::new(provider.clone()),
            provider: StoredValue::new(provider),
            choosing: Choosing::default(),
            credential: Credential::default(),
            stage: RwSignal::new(Stage::Connect),
            at: StoredValue::new(String::new()),
            known: RwSignal::new(Vec::new()),
            flight: Flight::default(),
            typed: RwSignal::new(Vec::new()),
            form: RwSignal::new(None),
            consents: Consents::default(),
            draft: StoredValue::new(Draft::default()),
            carried: RwSignal::new(None),
            refusal: RwSignal::new(None),
            prepared: RwSignal::new(None),
            linked: Linked::default(),
            goal: StoredValue::new(None),
            job: StoredValue::new(None),
            journal: StoredValue::new_local(Rc::default()),
            lock: StoredValue::new_local(None),
            renewed: StoredValue::new(0),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
        }
    }

    pub fn provider(self) -> Arc<Provider> {
        self.provider.get_value()
    }

    /// Goes on in other words, those of another language: where one stands, and what was typed, stays.
    pub fn say_in(self, provider: &Arc<Provider>) {
        if Arc::ptr_eq(&self.file.get_value(), provider) {
            return;
        }
        self.file.set_value(provider.clone());
        self.put(provider);
        self.learn();
    }

    /// What the first form needs to know of it.
    pub fn face(self) -> Face {
        Face::clone(&self.provider.get_value())
    }

    /// The slug of the server that is in force; the first one until somebody connects.
    pub fn server(self) -> String {
        self.server_of(&self.at.get_value())
    }

    /// How the server is reached, as things stand.
    fn way(self) -> Result<Way, ProxyFault> {
        self.desk.way(&self.provider(), &self.server())
    }

    /// Goes on from what was typed into the first form.
    pub fn take_over(self, handover: Handover) {
        self.credential.typed.server.set(handover.server);
        self.credential.typed.way.set(handover.way);
        self.credential.typed.values.set(handover.values);
        // What is out of the ordinary is said before anything is sent.
        let way = self.desk.way(&self.provider(), &untrack(|| self.server_chosen()));
        if !handover.connect || !way.is_ok_and(|way| way.is_ordinary()) {
            return;
        }
        self.connect(Session::arrive);
    }

    /// Keeps the credential that was typed and tests it; `then` goes on if it is good.
    pub fn connect(self, then: fn(Session)) {
        let provider = self.provider();
        if self.credential.typed.busy.get_untracked() {
            return;
        }
        let Some(given) = self.credential.attempt(&provider, &untrack(|| self.terms())) else {
            return;
        };
        self.keep(given);
        // Wherever somebody has gone by the time the answer comes, it is about this one.
        let asked = self.binding();
        self.credential.typed.busy.set(true);
        later(async move {
            let tested = self.test().await;
            self.credential.typed.busy.set(false);
            match tested {
                Tested::Good => {
                    self.credential.clear(&provider);
                    if self.binding() == asked {
                        then(self);
                    }
                }
                Tested::Refused(reason) if !self.is_with_relay() => {
                    asked.iter().for_each(|binding| self.forget_secrets(binding));
                    self.credential.refuse(&provider, reason);
                }
                Tested::Refused(reason) | Tested::Untested(reason) => {
                    // Nobody knows whether it is one: nothing is connected, and the boxes still hold it.
                    asked.iter().for_each(|binding| self.forget_secrets(binding));
                    self.credential.untested.set(Some(reason));
                    document::focus(&[".notice[role]"]);
                }
            }
        });
    }

    /// Goes on with a connection of this visit.
    pub fn reconnect(self, binding: &Binding) {
        self.turn_to(binding);
        self.credential.typed.values.set(self.known.get_untracked());
        self.arrive();
    }

    /// Reads the member that was named, or says what is wrong with the naming.
    pub fn open(self) {
        let provider = self.provider();
        match Identity::check(&provider, &self.keys(&self.typed.get_untracked())) {
            Err(_) => self.stage.set(Stage::Find { attempted: true, refused: None }),
            Ok(identity) => {
                let own = provider.identity.iter();
                let own =
                    own.filter_map(|field| Some((field.key.clone(), identity.get(&field.key)?.to_string())));
                self.typed.set(own.collect());
                self.start(identity.at(self.name_of_connection()), None);
            }
        }
    }

    /// Everything that names a member: what is known of the connection, and what was typed.
    pub fn keys(self, typed: &[(String, String)]) -> Vec<(String, String)> {
        self.known.get().iter().chain(typed).cloned().collect()
    }

    /// Asks the driver of the change that is under way.
    fn driver<T>(self, ask: impl Fn(&Driver) -> T) -> Option<T> {
        self.job.with_value(|job| job.as_ref().and_then(|job| job.row(0)).map(ask))
    }

    /// The keys of the member as one text, whatever the connection is called: two names may mean one panel.
    fn member_keys(self) -> String {
        let provider = self.provider();
        let keys = self.driver(|driver| {
            let own = provider.identity.iter().filter_map(|field| driver.identity().get(&field.key));
            own.collect::<Vec<_>>().join("\n")
        });
        keys.unwrap_or_default()
    }

    fn record(self) -> Option<Record> {
        self.driver(|driver| driver.record().cloned()).flatten()
    }

    /// Reads the same member again, for another change.
    pub fn open_again(self) {
        if let Some(identity) = self.driver(|driver| driver.identity().clone()) {
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

    /// Whether the change that is under way, or has come to its end, is the way back from another one.
    pub fn is_undo(self) -> bool {
        let Some(change) = self.driver(|driver| driver.change().cloned()).flatten() else { return false };
        let back = self.draft.with_value(|draft| check(&self.provider(), draft));
        // A form says the same of a list in other terms.
        let untouched = || self.form.get_untracked().filter(|form| untrack(|| !form.is_touched()));
        let is_same = |back: &Change| {
            *back == change
                || untouched().and_then(|form| untrack(|| form.change()).ok()) == Some(change.clone())
        };
        back.is_ok_and(|back| back.edits().next().is_some() && is_same(&back))
    }

    fn start(self, identity: Identity, change: Option<Change>) {
        self.choosing.stop();
        let mut driver = Driver::new(self.provider(), &self.server(), identity, self.between());
        if let Some(change) = change {
            driver = driver.with_change(change);
        }
        self.stop_looking();
        self.form.set(None);
        self.prepared.set(None);
        self.refusal.set(None);
        self.draft.set_value(Draft::default());
        self.forget_change_secrets();
        self.job.set_value(Some(Job::one(driver)));
        // Another member may be where ids mean something else.
        self.learn();
        self.tell(Event::Start);
    }

    /// Goes on from the form, if nothing stands against it.
    pub fn check_form(self) {
        if let Some(form) = self.form.get_untracked() {
            self.refusal.set(None);
            self.leave_choices();
            match form.attempt() {
                Some(change) => {
                    for (key, secret) in form.secrets() {
                        self.keep_secret(&key, secret);
                    }
                    self.tell(Event::Change(change));
                }
                None => document::focus(&[".error-summary"]),
            }
        }
    }

    /// Goes on with a prepared change. What goes alone is checked at once, with nothing of the form; any other is
    /// entered into the form, where everything else stays as it is.
    pub fn act(self, act: &Act) {
        let provider = self.provider();
        let draft = Draft::of_act(&provider, act);
        if act.alone {
            if let Ok(change) = check(&provider, &draft) {
                self.tell(Event::Change(change));
            }
        } else if let Some(form) = self.form.get_untracked() {
            self.prepared.set(Some(act.id.clone()));
            if form.record().with_untracked(|record| Fit::of(&provider, record, act)) == Fit::Fits {
                form.put(&draft);
                self.goal.set_value(act.keys().next().map(str::to_string));
            }
        }
    }

    /// The act that the form was opened with, and whether it is one for this member.
    pub fn prepared(self) -> Option<(Act, Fit)> {
        let (provider, form) = (self.provider(), self.form.get()?);
        let act = provider.act(&self.prepared.get()?)?.clone();
        let fit = form.record().with(|record| Fit::of(&provider, record, &act));
        Some((act, fit))
    }

    /// Whether the change was sent, and nobody knows yet what came of it.
    pub fn is_in_doubt(self) -> bool {
        self.driver(Driver::is_in_doubt) == Some(true)
    }

    /// Leaves a change that is held: back to where it was typed, or to what is known of it if it was sent.
    pub fn leave_change(self) {
        match self.record() {
            _ if self.is_in_doubt() => self.tell(Event::Stop),
            Some(record) => self.show_form(record),
            None => self.stage.set(Stage::Find { attempted: false, refused: None }),
        }
    }

    /// Back to the form, with everything that was typed.
    pub fn back_to_form(self) {
        if let Some(record) = self.record() {
            self.show_form(record);
        }
    }

    fn show_form(self, record: Record) {
        match self.form.get_untracked() {
            Some(form) => form.record().set(record),
            None => self.form.set(Some(self.new_form(record))),
        }
        self.stage.set(Stage::Change);
    }

    /// Where one is: the provider, its server where there are several, and what is known of the connection.
    pub fn place(self) -> String {
        let mut keys = self.known.get_untracked();
        // What its name stands for need not be said again.
        let fixed = self.connection_named().map(|own| own.known).unwrap_or_default();
        keys.retain(|entry| !fixed.contains(entry));
        self.place_of(&self.at.get_value(), keys)
    }

    fn place_of(self, at: &str, keys: Vec<(String, String)>) -> String {
        let (server, connection) = (Some(self.server_of(at)), self.named(at).map(|own| own.name));
        Link { server, connection, keys, ..Link::default() }.place(&self.provider())
    }

    /// The place that is chosen in the form, and whether it is a test; nothing where there is none to choose.
    pub fn place_chosen(self) -> Option<(String, bool)> {
        let at = self.credential.typed.server.get();
        let test = self.is_test_at(&at);
        (test || self.named(&at).is_some()).then(|| (self.place_of(&at, Vec::new()), test))
    }

    /// The same with the word for a test, where no tag can stand beside it.
    pub fn place_with_tag(self) -> String {
        let test = self.is_test().then(|| say::place_test().text());
        std::iter::once(self.place()).chain(test).collect::<Vec<_>>().join(" · ")
    }

    /// Whether nobody real is changed.
    pub fn is_test(self) -> bool {
        self.is_test_at(&self.at.get_value())
    }

    fn is_test_at(self, at: &str) -> bool {
        let named = self.named(at).is_some_and(|own| own.test);
        named || self.provider().server(&self.server_of(at)).is_some_and(|server| server.test)
    }

    /// What the member is called in words.
    pub fn title(self) -> String {
        self.record().map(|record| record.title(&self.provider())).unwrap_or_default()
    }

    /// A request as it will look on its way, with `$TOKEN` where the secret will stand.
    pub fn view(self, request: &Request) -> String {
        let Some(view) = self.request_view(request) else { return String::new() };
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
        self.prepared.set(None);
        let record = form.record().get_untracked();
        let driver = Driver::resumed(self.provider(), &self.server(), record, self.between());
        self.job.set_value(Some(Job::one(driver)));
        self.stage.set(Stage::Change);
    }
}
