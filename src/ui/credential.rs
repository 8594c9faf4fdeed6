use leptos::prelude::*;

use crate::browser::document;
use crate::change::answer::Reason;
use crate::provider::Face;
use crate::transport::Secret;

use super::page::connect::Typed;

/// A credential while it is typed and tested, and what is wrong with it.
#[derive(Clone, Copy)]
pub struct Credential {
    pub typed: Typed,
    attempted: RwSignal<bool>,
    /// What the provider said, while the box is as it was left then: empty.
    refused: RwSignal<Option<Reason>>,
    /// Why it could not be tested.
    pub untested: RwSignal<Option<Reason>>,
}

impl Default for Credential {
    fn default() -> Credential {
        Credential {
            typed: Typed::default(),
            attempted: RwSignal::new(false),
            refused: RwSignal::new(None),
            untested: RwSignal::new(None),
        }
    }
}

impl Credential {
    pub fn error(self, face: &Face) -> Option<String> {
        let is_empty = self.typed.secret.with(String::is_empty);
        if let Some(reason) = self.refused.get().filter(|_| is_empty) {
            return Some([reason.says.as_str(), " ", &reason.cure].concat());
        }
        if !self.attempted.get() {
            return None;
        }
        let label = face.sign_in.first().map_or("credential", |sign_in| &sign_in.label);
        self.typed.secret.with(|text| Secret::parse(text).err()).map(|fault| fault.words(label))
    }

    /// The credential, if it can be one; otherwise its error is shown from now on.
    pub fn attempt(self) -> Option<Secret> {
        self.attempted.set(true);
        self.refused.set(None);
        self.untested.set(None);
        let secret = self.typed.secret.with_untracked(|text| Secret::parse(text).ok());
        if secret.is_none() {
            document::focus(&[".error-summary"]);
        }
        secret
    }

    /// The provider does not accept it. A secret does not survive that.
    pub fn refuse(self, reason: Reason) {
        self.clear();
        self.refused.set(Some(reason));
        document::focus(&[".error-summary"]);
    }

    /// It is kept where only a request can use it; the box has done its work.
    pub fn clear(self) {
        self.typed.secret.set(String::new());
        self.attempted.set(false);
    }
}
