use leptos::prelude::*;

use crate::browser::document;
use crate::change::answer::Reason;
use crate::change::identity::Identity;
use crate::change::limits::limited;
use crate::change::problem::Violation;
use crate::provider::field::Field;
use crate::provider::{Ask, Provider};
use crate::transport::Secret;
use crate::words::say;

use super::page::connect::Typed;
use super::session::terms::{Terms, UNDERSTOOD};

/// A credential while it is typed and tested, and what is wrong with it.
#[derive(Clone, Copy)]
pub struct Credential {
    pub typed: Typed,
    /// What was wrong at the last try. What is mended goes away, and nothing new comes before the next.
    wrong: RwSignal<Vec<String>>,
    /// What the provider said, while the boxes are as they were left then: empty.
    refused: RwSignal<Option<Reason>>,
    /// Why it could not be tested.
    pub untested: RwSignal<Option<Reason>>,
    /// The key of a stranger's proxy that somebody lets see what is typed.
    pub understood: RwSignal<Option<String>>,
}

/// What was typed, checked: what is known of the connection, and the secrets by their keys.
pub struct Given {
    pub connection: Vec<(String, String)>,
    pub secrets: Vec<(String, Secret)>,
}

impl Default for Credential {
    fn default() -> Credential {
        Credential {
            typed: Typed::default(),
            wrong: RwSignal::new(Vec::new()),
            refused: RwSignal::new(None),
            untested: RwSignal::new(None),
            understood: RwSignal::new(None),
        }
    }
}

impl Credential {
    /// What is to be said of each question now, by its key.
    pub fn errors(self, provider: &Provider, terms: &Terms) -> Vec<(String, String)> {
        let asks = self.typed.asks(&terms.face);
        let is_empty = |ask: &Ask| self.typed.value(&ask.key).is_empty();
        if let Some(reason) = self.refused.get() {
            let about = asks.iter().filter(|ask| ask.secret || !is_plain(provider, ask));
            let about =
                about.clone().find(|ask| Some(&ask.key) == reason.field.as_ref()).or(about.clone().next());
            if let Some(ask) = about.filter(|ask| is_empty(ask)) {
                return vec![(ask.key.clone(), reason.words().text())];
            }
        }
        let wrong = self.wrong.get();
        let errors = self.check(provider, terms).err().unwrap_or_default();
        errors.into_iter().filter(|(key, _)| wrong.contains(key)).collect()
    }

    /// What was typed, if it can be a credential; otherwise its errors are shown.
    pub fn attempt(self, provider: &Provider, terms: &Terms) -> Option<Given> {
        self.refused.set(None);
        self.untested.set(None);
        match untrack(|| self.check(provider, terms)) {
            Ok(given) => {
                self.wrong.set(Vec::new());
                Some(given)
            }
            Err(errors) => {
                self.wrong.set(errors.into_iter().map(|(key, _)| key).collect());
                document::focus(&[".error-summary"]);
                None
            }
        }
    }

    /// What is known already counts before what was typed.
    fn check(self, provider: &Provider, terms: &Terms) -> Result<Given, Vec<(String, String)>> {
        let mut errors = Vec::new();
        let mut secrets = Vec::new();
        if terms.stranger.is_some() && self.understood.get() != terms.stranger {
            errors.push((UNDERSTOOD.to_string(), say::connect_understand().text()));
        }
        let typed: Vec<(String, String)> =
            terms.fixed.iter().cloned().chain(self.typed.values.get()).collect();
        let connection = match Identity::connection(provider, &typed) {
            Ok(connection) => {
                connection.keys().map(|(key, text)| (key.to_string(), text.to_string())).collect()
            }
            Err(violations) => {
                errors.extend(
                    violations
                        .iter()
                        .map(|violation| (violation.key.clone(), violation.words(provider).text())),
                );
                Vec::new()
            }
        };
        for ask in self.typed.asks(&terms.face).into_iter().filter(|ask| !is_plain(provider, ask)) {
            let text = self.typed.value(&ask.key);
            let fits = |field: &Field| {
                limited(&field.limits, text.trim())
                    .map_err(|problem| Violation::new(&ask.key, problem).words(provider).text())
            };
            let secret = Secret::parse(&text).map_err(|fault| fault.words(&ask.label).text());
            match secret.and_then(|secret| field(provider, &ask.key).map_or(Ok(()), fits).map(|()| secret)) {
                Ok(secret) => secrets.push((ask.key, secret)),
                Err(words) => errors.push((ask.key, words)),
            }
        }
        if errors.is_empty() { Ok(Given { connection, secrets }) } else { Err(errors) }
    }

    /// The provider does not accept it. A secret does not survive that.
    pub fn refuse(self, provider: &Provider, reason: Reason) {
        self.clear(provider);
        self.refused.set(Some(reason));
        document::focus(&[".error-summary"]);
    }

    /// It is kept where only a request can use it; the boxes have done their work.
    pub fn clear(self, provider: &Provider) {
        let plain: Vec<&str> = provider.plain().map(|field| field.key.as_str()).collect();
        self.typed.values.update(|all| all.retain(|(key, _)| plain.contains(&key.as_str())));
        self.wrong.set(Vec::new());
    }
}

/// A question whose answer is no secret.
fn is_plain(provider: &Provider, ask: &Ask) -> bool {
    provider.plain().any(|field| field.key == ask.key)
}

/// The field of the file behind a question, where it has one.
fn field<'p>(provider: &'p Provider, key: &str) -> Option<&'p Field> {
    let needs = provider.sign_in.iter().filter_map(|way| way.exchange()).flat_map(|way| &way.needs);
    provider.connection.iter().chain(needs).find(|field| field.key == key)
}
