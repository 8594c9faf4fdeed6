use leptos::prelude::*;

use crate::browser::document;
use crate::change::answer::Reason;
use crate::provider::Face;
use crate::provider::sign_in::SignIn;
use crate::transport::Secret;

/// The id of the box for it.
pub const ID: &str = "token";

/// A credential while it is being typed, and what is wrong with it. Once it is accepted, nothing of it stays
/// here.
#[derive(Clone, Copy)]
pub struct Credential {
    pub text: RwSignal<String>,
    attempted: RwSignal<bool>,
    /// What the provider said to the text that stands there.
    refused: RwSignal<Option<Reason>>,
    /// It is being tested.
    pub busy: RwSignal<bool>,
}

impl Credential {
    pub fn new() -> Credential {
        Credential {
            text: RwSignal::new(String::new()),
            attempted: RwSignal::new(false),
            refused: RwSignal::new(None),
            busy: RwSignal::new(false),
        }
    }

    pub fn error(self, provider: &Face) -> Option<String> {
        if let Some(reason) = self.refused.get() {
            return Some([reason.says.as_str(), " ", &reason.cure].concat());
        }
        if !self.attempted.get() {
            return None;
        }
        self.text.with(|text| Secret::parse(text).err()).map(|fault| fault.words(label(provider)))
    }

    pub fn type_text(self, text: String) {
        self.refused.set(None);
        self.text.set(text);
    }

    /// The credential, if it can be one; otherwise its error is shown from now on.
    pub fn attempt(self) -> Option<Secret> {
        self.attempted.set(true);
        self.refused.set(None);
        let secret = self.text.with_untracked(|text| Secret::parse(text).ok());
        if secret.is_none() {
            document::focus(".error-summary");
        }
        secret
    }

    pub fn refuse(self, reason: Reason) {
        self.refused.set(Some(reason));
        document::focus(".error-summary");
    }

    /// It is kept where only a request can use it; the box has done its work.
    pub fn clear(self) {
        self.text.set(String::new());
        self.attempted.set(false);
    }
}

pub fn label(provider: &Face) -> &str {
    sign_in(provider).map_or("credential", |sign_in| &sign_in.label)
}

pub fn sign_in(provider: &Face) -> Option<&SignIn> {
    provider.sign_in.first()
}
