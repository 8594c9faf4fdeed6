//! The line to a provider: which credential is used on it, how fast, and how a request leaves.

use leptos::prelude::*;

use crate::browser::clock;
use crate::browser::fetch::Stop;
use crate::change::answer::{Listener, Reason, Verdict};
use crate::change::identity::Identity;
use crate::change::outgoing::Outgoing;
use crate::change::renewal;
use crate::provider::explain::{Means, code};
use crate::provider::sign_in::Exchange;
use crate::transport::pace::Rules;
use crate::transport::proxy::ACCESS_TOKEN;
use crate::transport::{Between, Binding, Keyring, NoAnswer, Response, Secret, SignFault};

use super::{Session, Stage};
use crate::ui::call::call;
use crate::ui::credential::Given;
use crate::words::{Words, say};

/// What testing a credential came to.
pub(super) enum Tested {
    Good,
    Refused(Reason),
    /// It could not be tested.
    Untested(Reason),
}

/// One call on its way at a time.
#[derive(Clone, Copy)]
pub struct Flight {
    stop: StoredValue<Option<Stop>, LocalStorage>,
    /// How many seconds the provider's pace still asks to wait.
    pub paced: RwSignal<Option<u64>>,
}

impl Default for Flight {
    fn default() -> Flight {
        Flight { stop: StoredValue::new_local(None), paced: RwSignal::new(None) }
    }
}

impl Flight {
    /// Stops what is on its way. What it did by then, nobody knows.
    pub fn stop(self) {
        self.stop.with_value(|stop| {
            if let Some(stop) = stop {
                stop.stop();
            }
        });
    }
}

/// A credential that was exchanged a moment ago and is refused is not exchanged again at once: in milliseconds.
const AGAIN: u64 = 60_000;

impl Session {
    pub fn binding(self) -> Option<Binding> {
        let way = self.way().ok()?;
        let account = self.connection().account(&self.provider());
        Some(Binding::new(&self.provider().id, &account, &way.target, &way.proxy))
    }

    /// What is known of the connection: nothing for most providers.
    pub(super) fn connection(self) -> Identity {
        let typed = self.known.get_untracked();
        let connection = Identity::connection(&self.provider(), &typed).unwrap_or_else(|_| Identity::none());
        connection.at(self.name_of_connection())
    }

    /// Keeps what was given for exactly this connection, this server and this proxy. What it replaces is forgotten.
    pub(super) fn keep(self, given: Given) {
        self.turn(self.credential.typed.server.get_untracked(), given.connection);
        let (Some(binding), Ok(way)) = (self.binding(), self.way()) else { return };
        self.forget_secrets(&binding);
        let provider = self.provider();
        let with_relay = provider.credential().filter(|_| way.proxy.has_token());
        self.desk.keyring.update_value(|keyring| {
            for (key, secret) in given.secrets {
                keyring.put(binding.clone(), &key, secret);
            }
            if let Some(own) = with_relay {
                keyring.leave_with_relay(binding, &own.way.id);
            }
            // Nothing is given where a stranger would see it without this having been said.
            keyring.allow(&way.proxy);
        });
        self.credential.understood.set(None);
    }

    /// Keeps a secret that goes with one change.
    pub(super) fn keep_secret(self, key: &str, secret: Secret) {
        if let Some(binding) = self.binding() {
            self.desk.keyring.update_value(|keyring| keyring.put(binding, key, secret));
        }
    }

    /// Forgets every secret of a connection, and whose it was.
    pub(super) fn forget_secrets(self, binding: &Binding) {
        let provider = self.provider();
        let needs = provider.sign_in.iter().filter_map(|way| way.exchange()).flat_map(|way| &way.needs);
        let fields = provider.secrets().chain(needs).map(|field| field.key.as_str());
        let keys = provider.sign_in.iter().map(|way| way.way.id.as_str()).chain(fields).chain([ACCESS_TOKEN]);
        self.desk.keyring.update_value(|keyring| keys.for_each(|key| keyring.forget(binding, key)));
        self.desk.owners.note(binding, None);
    }

    /// Nothing that was typed stays: no secret, and no form with one.
    pub fn sign_out(self) {
        self.binding().iter().for_each(|binding| self.forget_secrets(binding));
        self.forget_change_secrets();
        self.form.set(None);
        self.carried.set(None);
        self.choosing.forget();
        self.forget_names_key();
        self.go_elsewhere();
    }

    /// Signs out of a connection of this provider, wherever one is.
    pub fn sign_out_of(self, binding: &Binding) {
        if self.binding().as_ref() == Some(binding) {
            self.sign_out();
        } else {
            self.carried.set(None);
            self.forget_names_key();
        }
        self.desk.keyring.update_value(|keyring| keyring.forget_all(binding));
        self.desk.owners.note(binding, None);
    }

    /// Back to the choice of a connection. Elsewhere the same keys may name somebody else, so none of them comes along.
    pub fn go_elsewhere(self) {
        self.typed.set(Vec::new());
        self.linked.act.set(None);
        self.linked.forget();
        self.finding.forget();
        self.stage.set(Stage::Connect);
    }

    /// Whose credential it is, if the provider has told.
    pub fn whose(self) -> Option<String> {
        self.desk.owners.of(&self.binding()?)
    }

    /// Forgets the secrets that go with one change, and the consents to it: each is used once.
    pub(super) fn forget_change_secrets(self) {
        self.consents.forget();
        let provider = self.provider();
        let keys = provider.fields.iter().filter(|field| field.write_only).map(|field| field.key.as_str());
        if let Some(binding) = self.binding() {
            self.desk.keyring.update_value(|keyring| keys.for_each(|key| keyring.forget(&binding, key)));
        }
    }

    /// Whether there is a credential for where one is.
    pub fn is_connected(self) -> bool {
        self.credential_is(Keyring::has)
    }

    fn credential_is(self, so: fn(&Keyring, &Binding, &str) -> bool) -> bool {
        let provider = self.provider();
        let fields = provider.secrets().map(|field| &field.key);
        let mut ids = provider.sign_in.iter().map(|way| &way.way.id).chain(fields);
        let binding = self.binding();
        binding.is_some_and(|binding| {
            self.desk.keyring.with_value(|keyring| ids.any(|id| so(keyring, &binding, id)))
        })
    }

    /// A record was read, so what it was asked with is good; or the provider wants another credential.
    pub(super) fn note_works(self, works: bool) {
        if let Some(binding) = self.binding() {
            self.desk.keyring.update_value(|keyring| keyring.note_works(&binding, works));
        }
    }

    /// Whether the credential is known to be good: by a test, or by a record that was read with it.
    pub fn is_tested(self) -> bool {
        self.can_test() || self.credential_is(Keyring::works)
    }

    /// When the credential ends, if that is known: milliseconds since 1970.
    pub fn ends(self) -> Option<u64> {
        let (binding, provider) = (self.binding()?, self.provider());
        let way = provider.credential()?;
        let until = self.desk.keyring.with_value(|keyring| keyring.until(&binding, &way.way.id))?;
        Some(until.saturating_mul(1000))
    }

    /// Asks the provider whether the credential works, and whose it is.
    pub(super) async fn test(self) -> Tested {
        let provider = self.provider();
        if let Some(exchange) = self.renewable()
            && let Err(tested) = self.renew(&exchange).await
        {
            return tested;
        }
        let (way, binding) = (provider.credential(), self.binding());
        let tested = way.and_then(|way| Outgoing::test(&provider, &self.server(), way, &self.connection()));
        let (Some(way), Some(outgoing)) = (way, tested) else {
            return Tested::Good;
        };
        let answer = match self.carry_out(&outgoing, self.flight).await {
            Ok(answer) => answer,
            Err(fault) => return Tested::Untested(Reason::setup(fault.words(&way.way.label))),
        };
        match self.verdict("sign_in", &answer) {
            Verdict::Yes(json) => {
                let owner = way.test.as_ref().and_then(|test| test.owner.as_ref());
                let owner = owner.and_then(|owner| owner.of(&json)).and_then(code);
                binding.iter().for_each(|binding| self.desk.owners.note(binding, owner.clone()));
                Tested::Good
            }
            Verdict::No(reason) if reason.means == Means::SignIn && self.is_with_relay() => {
                let (says, cure) = (say::reason_relay_token(&provider.name), say::reason_tell_owner());
                Tested::Refused(Reason { says, cure, ..reason })
            }
            Verdict::No(reason) if reason.means == Means::SignIn => Tested::Refused(reason),
            // It may lack the right to say whose it is, and still have the right that counts.
            Verdict::No(reason) if reason.means == Means::Rights => Tested::Good,
            other => Tested::of(other),
        }
    }

    fn verdict(self, on: &str, answer: &Result<Response, NoAnswer>) -> Verdict {
        let (provider, identity) = (self.provider(), self.connection());
        let between = self.between();
        let now = clock::moment().now / 1000;
        Listener { provider: &provider, on, identity: &identity, between, now }.verdict(answer)
    }

    pub(super) fn between(self) -> Between {
        self.way().map_or(Between::Proxy, |way| Between::of(&way.proxy))
    }

    /// The exchange by which the credential can be got again.
    pub fn renewable(self) -> Option<Exchange> {
        let (binding, provider) = (self.binding()?, self.provider());
        self.desk.keyring.with_value(|keyring| renewal::exchange(&provider, keyring, &binding).cloned())
    }

    /// Whether a refused credential is to be exchanged anew without asking anybody.
    pub(super) fn may_renew(self) -> bool {
        let last = self.renewed.get_value();
        self.renewable().is_some() && clock::moment().now.saturating_sub(last) > AGAIN
    }

    /// Exchanges what was typed for a credential.
    pub(super) async fn renew(self, exchange: &Exchange) -> Result<(), Tested> {
        let setup = |says: Words| Tested::Untested(Reason::setup(says));
        let (provider, server) = (self.provider(), self.server());
        self.renewed.set_value(clock::moment().now);
        // For where it was asked, wherever somebody has gone by the time it comes.
        let binding = self.binding();
        let outgoing = Outgoing::exchange(&provider, &server, exchange, &self.connection())
            .map_err(|fault| setup(fault.fault.words(&fault.name)))?;
        let answer = self.send(&outgoing, self.flight).await;
        let answer = answer.map_err(|fault| setup(fault.words(provider.secret_label(fault.secret()))))?;
        let json = match self.verdict("exchange", &answer) {
            Verdict::Yes(json) => json,
            Verdict::No(reason) if reason.means == Means::SignIn => return Err(Tested::Refused(reason)),
            other => return Err(Tested::of(other)),
        };
        let grant = renewal::granted(exchange, &json, clock::moment().now / 1000);
        let (Some(grant), Some(binding)) = (grant, binding) else {
            return Err(setup(say::reason_no_credential(&provider.name)));
        };
        // Whoever has signed out meanwhile is not signed in again.
        let still = |keyring: &Keyring| renewal::exchange(&provider, keyring, &binding).is_some();
        if !self.desk.keyring.with_value(still) {
            return Err(setup(say::reason_no_credential(&provider.name)));
        }
        let id = &exchange.gives.0;
        self.desk.keyring.update_value(|keyring| keyring.put_until(binding, id, grant.secret, grant.until));
        Ok(())
    }

    /// Signs a request for the way that is in force, and sends it; with a new credential if the old one has ended
    /// and another can be got.
    pub(super) async fn carry_out(
        self,
        outgoing: &Outgoing,
        flight: Flight,
    ) -> Result<Result<Response, NoAnswer>, SignFault> {
        let (provider, now) = (self.provider(), clock::moment().now / 1000);
        let is_due = self.binding().is_some_and(|binding| {
            self.desk.keyring.with_value(|keyring| renewal::is_due(&provider, keyring, &binding, now))
        });
        if is_due && let Some(exchange) = self.renewable() {
            // If it cannot be got, the old one is asked with, and what is said to it is what counts.
            drop(self.renew(&exchange).await);
        }
        self.send(outgoing, flight).await
    }

    async fn send(
        self,
        outgoing: &Outgoing,
        flight: Flight,
    ) -> Result<Result<Response, NoAnswer>, SignFault> {
        let provider = self.provider();
        // Which of the two it is for, the request says; to another server than the chosen one nothing goes.
        let names = provider.names.as_ref().filter(|place| place.slug == outgoing.request().server);
        let server = names.map_or_else(|| self.server(), |place| place.slug.clone());
        let way = self.desk.way(&provider, &server).map_err(SignFault::Url)?;
        let signed =
            self.desk.keyring.with_value(|keyring| outgoing.sign(&way.target, &way.proxy, keyring))?;
        let Some(stop) = Stop::new() else {
            return Ok(Err(NoAnswer::Failed));
        };
        flight.stop.set_value(Some(stop.clone()));
        // Where names are asked for, no member is meant.
        let member = if names.is_some() { String::new() } else { self.member_keys() };
        let rules = Rules::of(&provider.pace, &server, &member);
        let paced = |seconds| flight.paced.set(seconds);
        let answer = call(self.desk, &provider, &rules, signed, &stop, &paced).await;
        flight.stop.set_value(None);
        Ok(answer)
    }
}

impl Tested {
    /// What is neither a yes nor a word about the credential.
    fn of(verdict: Verdict) -> Tested {
        verdict.reason().map_or(Tested::Good, Tested::Untested)
    }
}
