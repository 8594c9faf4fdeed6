use std::sync::Arc;

use leptos::prelude::*;

use crate::browser::bundle::Handover;
use crate::provider::Provider;

use super::session::Session;
use super::state::Desk;

/// Where one stands with each provider. It outlives a visit to another page.
#[derive(Clone, Copy)]
pub struct Sessions {
    all: StoredValue<Vec<(String, Session)>>,
    /// What was typed into the first form, until its session begins.
    handover: StoredValue<Option<Handover>>,
    /// What is made under it lives as long as the page does.
    owner: StoredValue<Owner>,
}

impl Sessions {
    pub fn new(handover: Option<Handover>) -> Sessions {
        Sessions {
            all: StoredValue::new(Vec::new()),
            handover: StoredValue::new(handover),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
        }
    }

    pub fn of(self, desk: Desk, provider: &Arc<Provider>) -> Session {
        let known = self
            .all
            .with_value(|all| all.iter().find(|(id, _)| *id == provider.id).map(|(_, session)| *session));
        if let Some(session) = known {
            session.say_in(provider);
        }
        known.unwrap_or_else(|| {
            let session = self.owner.get_value().with(|| Session::new(desk, provider.clone()));
            self.all.update_value(|all| all.push((provider.id.clone(), session)));
            let handover = self.handover.try_update_value(Option::take).flatten();
            if let Some(handover) = handover.filter(|handover| handover.provider == provider.id) {
                session.take_over(handover);
            }
            session
        })
    }
}
