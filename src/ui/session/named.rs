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

    /// The one that is chosen; the first one until somebody chooses.
    pub fn connection_named(self) -> Option<Connection> {
        let all = self.all_named();
        let chosen = self.credential.typed.server.get_untracked();
        all.iter().find(|own| own.name == chosen).or(all.first()).cloned()
    }

    /// What the owner says of the connection, and is not asked.
    pub fn fixed(self) -> Vec<(String, String)> {
        self.connection_named().map(|own| own.known).unwrap_or_default()
    }

    /// How it goes into what names a member: so that what was given for one is never used for another.
    pub(super) fn name_of_connection(self) -> Option<Named> {
        let test = self.is_test();
        self.connection_named().map(|own| {
            let fixed = own.known.into_iter().map(|(key, _)| key).collect();
            Named { name: own.name, test, fixed }
        })
    }

    /// Chooses a server, or the first of the owner's connections that is there.
    pub fn choose_server(self, server: &str) {
        let named = self.all_named().into_iter().find(|own| own.server == server).map(|own| own.name);
        self.credential.typed.server.set(named.unwrap_or_else(|| server.to_string()));
    }

    /// Chooses one of the owner's connections by its name; no, if there is none.
    pub(super) fn choose_named(self, name: &str) -> bool {
        let is_there = self.all_named().iter().any(|own| own.name == name);
        if is_there {
            self.credential.typed.server.set(name.to_string());
        }
        is_there
    }

    /// Goes to where a credential was given for: the server or the owner's connection, and what is known of it.
    pub(super) fn turn_to(self, binding: &Binding) {
        let known = match binding.account.split_once('\n') {
            Some((name, rest)) if self.choose_named(name) => rest,
            _ => {
                self.credential.typed.server.set(binding.server.clone());
                &binding.account
            }
        };
        self.known.set(Identity::of_account(&self.provider(), known));
    }

    /// Other connections of this visit, with what each is called.
    pub fn others(self) -> Vec<(Binding, Words)> {
        let (Some(here), provider) = (self.binding(), self.provider()) else { return Vec::new() };
        let is_named = !self.all_named().is_empty();
        if !is_named && !provider.connection.iter().any(|field| !field.write_only) {
            return Vec::new();
        }
        let Some(secret) = provider.main_secret() else { return Vec::new() };
        let all = self.desk.keyring.with_value(|keyring| keyring.bindings(&provider.id, secret));
        // Each server has its own, where it is the server that is chosen.
        let is_here = |own: &Binding| Binding { account: own.account.clone(), ..here.clone() } == *own;
        let is_in_force = |own: &Binding| {
            let server = own.server.as_str();
            let way = self.desk.way(&provider, server);
            way.is_ok_and(|way| Binding::new(&provider.id, &own.account, &way.target, &way.proxy) == *own)
        };
        let wanted = |own: &Binding| if is_named { is_in_force(own) } else { is_here(own) };
        let words = |own: Binding| {
            let parts = own.account.split('\n').filter(|part| !part.is_empty());
            let fixed = self.all_named().into_iter().flat_map(|own| own.known).map(|(_, text)| text);
            let fixed: Vec<String> = if is_named { fixed.collect() } else { Vec::new() };
            let parts = parts.filter(|part| !fixed.iter().any(|own| own == part));
            let words = say::entrance_go_on(parts.collect::<Vec<_>>().join(" · "));
            (own, words)
        };
        all.into_iter().filter(wanted).map(words).collect()
    }
}
