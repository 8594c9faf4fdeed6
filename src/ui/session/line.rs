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
        Identity::connection(&self.provider(), &typed).unwrap_or_else(|_| Identity::none())
    }

    /// Keeps what was given for exactly this connection, this server and this proxy. What it replaces is forgotten.
    pub(super) fn keep(self, given: Given) {
        self.known.set(given.connection);
        self.forget_secrets();
        if let Some(binding) = self.binding() {
            self.desk.keyring.update_value(|keyring| {
                for (key, secret) in given.secrets {
                    keyring.put(binding.clone(), &key, secret);
                }
            });
        }
    }

    /// Keeps a secret that goes with one change.
    pub(super) fn keep_secret(self, key: &str, secret: Secret) {
        if let Some(binding) = self.binding() {
            self.desk.keyring.update_value(|keyring| keyring.put(binding, key, secret));
        }
    }

    /// Forgets every secret of this connection.
    pub fn forget_secrets(self) {
        let provider = self.provider();
        let needs = provider.sign_in.iter().filter_map(|way| way.exchange()).flat_map(|way| &way.needs);
        let fields = provider.secrets().chain(needs).map(|field| field.key.as_str());
        let keys = provider.sign_in.iter().map(|way| way.way.id.as_str()).chain(fields);
        if let Some(binding) = self.binding() {
            self.desk.keyring.update_value(|keyring| keys.for_each(|key| keyring.forget(&binding, key)));
        }
        self.whose.set(None);
    }

    /// Nothing that was typed stays: no secret, and no form with one.
    pub fn sign_out(self) {
        self.forget_secrets();
        self.forget_change_secrets();
        self.form.set(None);
        self.carried.set(None);
        self.linked.forget();
