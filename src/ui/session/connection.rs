//! A connection of this visit, looked at from beside: what happens there is not disturbed.

use std::sync::Arc;

use leptos::prelude::*;

use crate::change::answer::Reason;
use crate::provider::Provider;
use crate::transport::Binding;

use super::line::Tested;
use super::{Session, Stage};
use crate::ui::state::Desk;

impl Session {
    /// A session of its own for a connection, to test it beside a change that may be under way.
    pub fn beside(desk: Desk, provider: Arc<Provider>, binding: &Binding) -> Session {
        let session = Session::new(desk, provider);
        session.turn_to(binding);
        session
    }

    /// Whether the provider has a harmless call that tells whether a credential works.
    pub fn can_test(self) -> bool {
        self.provider().credential().is_some_and(|way| way.test.is_some())
    }

    /// Asks the provider once more whether the credential works.
    pub async fn test_again(self) -> Result<(), Reason> {
        match self.test().await {
            Tested::Good => Ok(()),
            Tested::Refused(reason) | Tested::Untested(reason) => Err(reason),
        }
    }

    /// Whether something is under way that still needs the credential.
    pub fn is_busy(self) -> bool {
        self.stage.with(|stage| match stage {
            Stage::Busy(_) => true,
            Stage::Result(_) => false,
            _ => self.is_in_doubt(),
        })
    }
}
