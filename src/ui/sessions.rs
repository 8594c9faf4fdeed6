use std::sync::Arc;

use leptos::prelude::*;

use crate::browser::bundle::Handover;
use crate::browser::document;
use crate::provider::Provider;
use crate::transport::Binding;

use super::language;
use super::session::Session;
use super::state::Desk;

/// Where one stands with each provider. It outlives a visit to another page.
#[derive(Clone, Copy)]
pub struct Sessions {
    all: RwSignal<Vec<(String, Session)>>,
    /// Each connection of this visit, to be tested by itself.
    beside: StoredValue<Vec<(Binding, Session)>>,
    /// What was typed into the first form, until its session begins.
    handover: StoredValue<Option<Handover>>,
    /// How many times a language was chosen.
    choices: StoredValue<u32>,
    /// What is made under it lives as long as the page does.
    owner: StoredValue<Owner>,
}

/// A connection of this visit.
#[derive(Clone)]
pub struct Connection {
    /// The session of the provider's page, which may be about another connection now.
    main: Session,
    pub beside: Session,
    binding: Binding,
}

impl Sessions {
    pub fn new(handover: Option<Handover>) -> Sessions {
        let all = RwSignal::new(Vec::<(String, Session)>::new());
        // What was entered anywhere would be lost with the page.
        let unsaved = Memo::new(move |_| all.with(|all| all.iter().any(|(_, session)| session.is_unsaved())));
        Effect::new(move |_| document::set_unsaved(unsaved.get()));
        Sessions {
            all,
            beside: StoredValue::new(Vec::new()),
            handover: StoredValue::new(handover),
            choices: StoredValue::new(0),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
        }
    }

    pub fn of(self, desk: Desk, provider: &Arc<Provider>) -> Session {
        self.find(&provider.id).unwrap_or_else(|| {
            let session = self.owner.get_value().with(|| Session::new(desk, provider.clone()));
            self.all.update(|all| all.push((provider.id.clone(), session)));
            let handover = self.handover.try_update_value(Option::take).flatten();
            if let Some(handover) = handover.filter(|handover| handover.provider == provider.id) {
                session.take_over(handover);
            }
            session
        })
    }

    /// Speaks this language from now on, also where one stands with a provider. Without its file, English.
    /// No, if another one was chosen before the words of this one had come: that one counts.
    pub async fn speak(self, desk: Desk, tag: &str) -> bool {
        let choice = self.choices.get_value() + 1;
        self.choices.set_value(choice);
        let is_last = || self.choices.get_value() == choice;
        let words = language::catalogue(tag).await;
        if !is_last() {
            return false;
        }
        language::speak(words);
        for (id, session) in self.all.get_untracked() {
            let provider = desk.provider(&id).await;
            if !is_last() {
                return false;
            }
            if let Ok(provider) = provider {
                session.say_in(&provider);
            }
        }
        desk.spoken();
        true
    }

    /// Where one stands with a provider, if one was there in this tab.
    pub fn find(self, id: &str) -> Option<Session> {
        self.all.with_untracked(|all| all.iter().find(|(own, _)| own == id).map(|(_, session)| *session))
    }

    /// The connections of this visit: each pair that a credential was given for.
    pub fn connections(self, desk: Desk) -> Vec<Connection> {
        let mut found = Vec::new();
        for (id, main) in self.all.get_untracked() {
            let provider = main.provider();
            let secret = provider.main_secret().unwrap_or_default();
            let bindings = desk.keyring.with_value(|keyring| keyring.bindings(&id, secret));
            found.extend(bindings.into_iter().map(|binding| Connection {
                main,
                beside: self.beside(desk, &provider, &binding),
                binding,
            }));
        }
        found
    }

    fn beside(self, desk: Desk, provider: &Arc<Provider>, binding: &Binding) -> Session {
        let known = self
            .beside
            .with_value(|all| all.iter().find(|(own, _)| own == binding).map(|(_, session)| *session));
        if let Some(session) = known {
            session.say_in(provider);
        }
        known.unwrap_or_else(|| {
            let new = || Session::beside(desk, provider.clone(), binding);
            let session = self.owner.get_value().with(new);
            self.beside.update_value(|all| all.push((binding.clone(), session)));
            session
        })
    }
}

impl Connection {
    /// Whether it is the one that the provider's page has now.
    fn is_main(&self) -> bool {
        self.main.binding().as_ref() == Some(&self.binding)
    }

    /// Whether it is used as things stand: after a change of settings it may not be.
    pub fn is_in_force(&self) -> bool {
        self.beside.binding().as_ref() == Some(&self.binding)
    }

    /// Whether a change is under way there.
    pub fn is_busy(&self) -> bool {
        self.is_main() && self.main.is_busy()
    }

    /// Whose credential it is, if the provider has told.
    pub fn whose(&self) -> Option<String> {
        self.beside.desk.owners.of(&self.binding)
    }

    /// Nothing that was given for it stays.
    pub fn sign_out(&self) {
        self.main.sign_out_of(&self.binding);
    }
}
