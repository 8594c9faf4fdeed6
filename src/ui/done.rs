use leptos::prelude::*;

use crate::change::identity::Identity;
use crate::change::receipt::Receipt;
use crate::words::Words;

/// So many are remembered.
const MOST: usize = 10;

/// What was done last in this tab. It is in memory, and goes with the page.
#[derive(Clone, Copy)]
pub struct Dones(RwSignal<Vec<Done>>);

/// One change that came to its end.
#[derive(Clone, Debug, PartialEq)]
pub struct Done {
    pub provider: String,
    /// What the provider is called.
    pub name: String,
    /// The member in words; nothing of one that is forgotten.
    pub title: Option<String>,
    pub word: Words,
    /// How the outcome is marked in stylesheets.
    pub mark: &'static str,
    /// Milliseconds since 1970.
    pub at: u64,
    identity: Identity,
}

impl Default for Dones {
    fn default() -> Dones {
        Dones(RwSignal::new(Vec::new()))
    }
}

impl Dones {
    pub fn all(self) -> Vec<Done> {
        self.0.get()
    }

    /// Remembers a change, the newest first. A member that is to be forgotten is, here too.
    pub fn note(self, name: &str, receipt: &Receipt) {
        let is_same = |done: &Done| done.provider == receipt.provider && done.identity == receipt.identity;
        let done = Done {
            provider: receipt.provider.clone(),
            name: name.to_string(),
            title: Some(receipt.title.clone()).filter(|_| !receipt.forget),
            word: receipt.outcome.word(),
            mark: receipt.outcome.mark(),
            at: receipt.at,
            identity: if receipt.forget { Identity::none() } else { receipt.identity.clone() },
        };
        self.0.update(|all| {
            if receipt.forget {
                all.retain(|done| !is_same(done));
            }
            all.insert(0, done);
            all.truncate(MOST);
        });
    }
}
