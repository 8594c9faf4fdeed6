//! Secrets, each under the pair it was given for.

use super::Secret;
use crate::transport::proxy::{Proxy, Target};

/// The pair for which a secret may be used: one account at one server of one provider, through one proxy.
///
/// It prevents a token given for the live server from reaching the test server, and one given for the
/// company's relay from reaching a stranger's proxy after a change of settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    pub provider: String,
    pub server: String,
    /// One connection of several, as a panel; empty where there is one.
    pub account: String,
    /// The server's address in its one spelling; empty where only the relay knows it.
    pub address: String,
    /// The proxy's key.
    pub proxy: String,
}

/// The secrets of this session. `Debug` shows the pairs and hides the secrets.
#[derive(Debug, Default)]
pub struct Keyring {
    entries: Vec<Entry>,
    /// The keys of strangers' proxies that a person lets see secrets, as long as the page is open.
    allowed: Vec<String>,
}

#[derive(Debug)]
struct Entry {
    binding: Binding,
    id: String,
    secret: Secret,
    /// Seconds since 1970 at which it stops to be good, as far as anybody said.
    until: Option<u64>,
    /// A record was read with it.
    works: bool,
}

impl Binding {
    pub fn new(provider: &str, account: &str, target: &Target, proxy: &Proxy) -> Binding {
        Binding {
            provider: provider.to_owned(),
            server: target.server.clone(),
            account: account.to_owned(),
            address: target.address.as_ref().map_or("", |address| address.as_str()).to_owned(),
            proxy: proxy.key(),
        }
    }
}

impl Keyring {
    /// Takes a secret for one pair. One that was there before is overwritten. A token that says itself how long
    /// it is good is believed.
    pub fn put(&mut self, binding: Binding, id: &str, secret: Secret) {
        let until = secret.expires();
        self.put_until(binding, id, secret, until);
    }

    /// The same, for a secret that came with the moment at which it ends.
    pub fn put_until(&mut self, binding: Binding, id: &str, secret: Secret, until: Option<u64>) {
        self.forget(&binding, id);
        self.entries.push(Entry { binding, id: id.to_owned(), secret, until, works: false });
    }

    /// A record was read with what was given for this pair, or it was refused.
    pub fn note_works(&mut self, binding: &Binding, works: bool) {
        self.entries
            .iter_mut()
            .filter(|entry| entry.binding == *binding)
            .for_each(|entry| entry.works = works);
    }

    /// Whether a record was read with this secret, and it was not refused since.
    pub fn works(&self, binding: &Binding, id: &str) -> bool {
        self.entries.iter().any(|entry| entry.works && entry.id == id && entry.binding == *binding)
    }

    /// Seconds since 1970 at which a secret stops to be good, if that is known.
    pub fn until(&self, binding: &Binding, id: &str) -> Option<u64> {
        self.entries.iter().find(|entry| entry.id == id && entry.binding == *binding)?.until
    }

    /// The accounts at this server, through this proxy, for which a secret was given.
    pub fn accounts(&self, binding: &Binding, id: &str) -> Vec<&str> {
        let same = |entry: &&Entry| {
            let account = entry.binding.account.clone();
            entry.id == id && entry.binding == Binding { account, ..binding.clone() }
        };
        self.entries.iter().filter(same).map(|entry| entry.binding.account.as_str()).collect()
    }

    /// The pairs of this provider for which this secret was given.
    pub fn bindings(&self, provider: &str, id: &str) -> Vec<Binding> {
        let of = |entry: &&Entry| entry.id == id && entry.binding.provider == provider;
        self.entries.iter().filter(of).map(|entry| entry.binding.clone()).collect()
    }

    /// Forgets everything that was given for one pair.
    pub fn forget_all(&mut self, binding: &Binding) {
        self.entries.retain(|entry| entry.binding != *binding);
    }

    pub fn forget(&mut self, binding: &Binding, id: &str) {
        self.entries.retain(|entry| !(entry.id == id && entry.binding == *binding));
    }

    /// Forgets all: for "Lock" and for leaving the page.
    pub fn clear(&mut self) {
        self.entries.clear();
        self.allowed.clear();
    }

    /// The relay has this secret, and adds it by itself: the page can do as if it had it.
    pub fn leave_with_relay(&mut self, binding: Binding, id: &str) {
        self.put_until(binding, id, Secret::with_relay(), None);
    }

    pub(in crate::transport) fn is_with_relay(&self, binding: &Binding, id: &str) -> bool {
        self.secret(binding, id).is_some_and(Secret::is_with_relay)
    }

    /// A person has understood that whoever runs this proxy can read what passes.
    pub fn allow(&mut self, proxy: &Proxy) {
        if !self.allows(proxy) {
            self.allowed.push(proxy.key());
        }
    }

    /// Whether a secret may pass this proxy.
    pub fn allows(&self, proxy: &Proxy) -> bool {
        !proxy.template().public || self.allowed.contains(&proxy.key())
    }

    pub fn has(&self, binding: &Binding, id: &str) -> bool {
        self.secret(binding, id).is_some()
    }

    pub fn last_four(&self, binding: &Binding, id: &str) -> Option<String> {
        self.secret(binding, id).and_then(Secret::last_four)
    }

    pub(in crate::transport) fn secret(&self, binding: &Binding, id: &str) -> Option<&Secret> {
        let mut entries = self.entries.iter();
        entries.find(|entry| entry.id == id && entry.binding == *binding).map(|entry| &entry.secret)
    }

    /// A pair of the same provider that has this secret: where the pair itself has none, it was given for
    /// another.
    pub(in crate::transport) fn elsewhere(&self, binding: &Binding, id: &str) -> Option<&Binding> {
        let mut bindings = self.entries.iter().filter(|entry| entry.id == id).map(|entry| &entry.binding);
        bindings.find(|other| other.provider == binding.provider)
    }
}
