//! What was given for the risks of a plan: it outlives a visit to another page, and no other plan has it.

use leptos::prelude::*;

use crate::change::plan::Plan;

/// "yes" for a tick, or what was typed, each by the id of its risk.
#[derive(Clone, Copy)]
pub struct Consents {
    given: RwSignal<Vec<(String, String)>>,
    /// What it was given for.
    plan: StoredValue<Option<Plan>>,
}

impl Default for Consents {
    fn default() -> Consents {
        Consents { given: RwSignal::new(Vec::new()), plan: StoredValue::new(None) }
    }
}

impl Consents {
    /// This plan is shown now. What was given for one that promises anything else holds no longer.
    pub fn begin(self, plan: &Plan) {
        if !self.plan.with_value(|own| own.as_ref().is_some_and(|own| own.asks_the_same(plan))) {
            self.forget();
            self.plan.set_value(Some(plan.clone()));
        }
    }

    pub fn forget(self) {
        self.plan.set_value(None);
        self.given.set(Vec::new());
    }

    pub fn give(self, id: &str, text: String) {
        self.given.update(|given| {
            given.retain(|(other, _)| other != id);
            given.push((id.to_string(), text));
        });
    }

    pub fn find(self, id: &str) -> String {
        self.given.with(|given| {
            given.iter().find(|(own, _)| own == id).map(|(_, text)| text.clone()).unwrap_or_default()
        })
    }
}
