//! Which of the owner's connections one is at, where the owner named some: they are chosen in place of a server.

use leptos::prelude::*;

use super::Session;
use crate::change::identity::{Identity, Named};
use crate::desk::config::Connection;
use crate::transport::Binding;
use crate::words::{Words, say};

impl Session {
    /// The connections that the owner named for this provider.
    pub fn all_named(self) -> Vec<Connection> {
        let id = self.provider().id.clone();
        self.desk.config.with_value(|config| config.connections_of(&id).cloned().collect())
    }

    /// The one that is in force; the first one until somebody connects.
    pub fn connection_named(self) -> Option<Connection> {
        self.named(&self.at.get_value())
    }

    /// The one of this name, or the first one.
    pub(super) fn named(self, name: &str) -> Option<Connection> {
        let all = self.all_named();
        all.iter().find(|own| own.name == name).or(all.first()).cloned()
    }

    /// The slug of the server where a choice leads: that of a connection, or the server itself, or the first one.
    pub(super) fn server_of(self, at: &str) -> String {
        if let Some(own) = self.named(at) {
            return own.server;
        }
        let first = || self.provider().servers.first().map(|server| server.slug.clone());
        Some(at.to_string()).filter(|slug| !slug.is_empty()).or_else(first).unwrap_or_default()
    }

    /// The slug of the server that is chosen in the form.
    pub fn server_chosen(self) -> String {
        self.server_of(&self.credential.typed.server.get())
    }

    /// What the owner says of the connection that is chosen in the form, and is not asked.
    pub fn fixed(self) -> Vec<(String, String)> {
        self.named(&self.credential.typed.server.get()).map(|own| own.known).unwrap_or_default()
    }

    /// How it goes into what names a member: so that what was given for one is never used for another.
    pub(super) fn name_of_connection(self) -> Option<Named> {
        let test = self.is_test();
        self.connection_named().map(|own| {
            let fixed = own.known.into_iter().map(|(key, _)| key).collect();
            Named { name: own.name, test, fixed }
        })
    }

    /// Whether a choice leads to where one is.
    pub(super) fn is_at(self, at: &str) -> bool {
        self.connection_named() == self.named(at) && self.server() == self.server_of(at)
    }

    /// Goes to a server or to one of the owner's connections, and what is known of it. What was found, chosen or
    /// entered elsewhere stays behind.
    pub(super) fn turn(self, at: String, known: Vec<(String, String)>) {
        if !self.is_at(&at) || self.known.with_untracked(|own| *own != known) {
            self.choosing.forget();
            self.finding.forget();
            self.forget_change_secrets();
            self.form.set(None);
        }
        self.at.set_value(at.clone());
        self.credential.typed.server.set(at);
        self.known.set(known);
    }

    /// Chooses a server, or the first of the owner's connections that is there.
    pub fn choose_server(self, server: &str) {
        let named = self.all_named().into_iter().find(|own| own.server == server).map(|own| own.name);
        self.credential.typed.server.set(named.unwrap_or_else(|| server.to_string()));
    }

    /// Goes to where a credential was given for: the server or the owner's connection, and what is known of it.
    pub(super) fn turn_to(self, binding: &Binding) {
        let is_named = |name: &str| self.all_named().iter().any(|own| own.name == name);
        let (at, known) = match binding.account.split_once('\n') {
            Some((name, known)) if is_named(name) => (name, known),
            _ => (binding.server.as_str(), binding.account.as_str()),
        };
        self.turn(at.to_string(), Identity::of_account(&self.provider(), known));
    }

    /// Other connections of this visit, with what each is called.
    pub fn others(self) -> Vec<(Binding, Words)> {
        let provider = self.provider();
        let is_named = !self.all_named().is_empty();
        if !is_named && provider.plain().next().is_none() {
            return Vec::new();
        }
        let Some(secret) = provider.main_secret() else { return Vec::new() };
        let all = self.desk.keyring.with_value(|keyring| keyring.bindings(&provider.id, secret));
        let chosen = self.server_chosen();
        // Each server has its own, where it is the server that is chosen.
        let wanted = |own: &Binding| {
            let server = if is_named { &own.server } else { &chosen };
            let way = self.desk.way(&provider, server);
            way.is_ok_and(|way| Binding::new(&provider.id, &own.account, &way.target, &way.proxy) == *own)
        };
        let words = |own: Binding| {
            let parts = own.account.split('\n').filter(|part| !part.is_empty());
            let fixed = self.all_named().into_iter().flat_map(|own| own.known).map(|(_, text)| text);
            let fixed: Vec<String> = if is_named { fixed.collect() } else { Vec::new() };
            // The first of them is the name, which may be that of what it stands for.
            let parts =
                parts.enumerate().filter(|(at, part)| *at == 0 || !fixed.iter().any(|own| own == part));
            let words = say::entrance_go_on(parts.map(|(_, part)| part).collect::<Vec<_>>().join(" · "));
            (own, words)
        };
        all.into_iter().filter(wanted).map(words).collect()
    }
}
