//! The line to a provider: which credential is used on it, how fast, and how a request leaves.

use leptos::prelude::*;

use crate::browser::clock;
use crate::browser::fetch::{Stop, send};
use crate::change::answer::{Listener, Reason, Verdict};
use crate::change::identity::Identity;
use crate::change::outgoing::Outgoing;
use crate::provider::explain::{Means, code};
use crate::transport::pace::{self, Rules};
use crate::transport::{Binding, NoAnswer, Response, Secret, SignFault};

use super::Session;

/// What testing a credential came to.
pub(super) enum Tested {
    Good,
    Refused(Reason),
    /// It could not be tested.
    Untested(Reason),
}

impl Session {
    fn binding(self) -> Option<Binding> {
        let way = self.way().ok()?;
        Some(Binding::new(&self.provider().id, &way.target, &way.proxy))
    }

    /// Keeps a credential for exactly this server and this proxy.
    pub(super) fn keep_secret(self, secret: Secret) {
        let provider = self.provider();
        if let (Some(binding), Some(sign_in)) = (self.binding(), provider.sign_in.first()) {
            self.desk.keyring.update_value(|keyring| keyring.put(binding, &sign_in.id, secret));
        }
    }

    pub fn forget_secret(self) {
        let provider = self.provider();
        if let (Some(binding), Some(sign_in)) = (self.binding(), provider.sign_in.first()) {
            self.desk.keyring.update_value(|keyring| keyring.forget(&binding, &sign_in.id));
        }
        self.whose.set(None);
    }

    /// Asks the provider whether the credential works, and whose it is.
    pub(super) async fn test(self) -> Tested {
        let provider = self.provider();
        let server = self.server();
        let Some(sign_in) = provider.sign_in.first() else {
            return Tested::Good;
        };
        let Some(outgoing) = Outgoing::test(&provider, &server, sign_in) else {
            return Tested::Good;
        };
        let answer = match self.carry_out(&outgoing).await {
            Ok(answer) => answer,
            Err(fault) => return Tested::Untested(Reason::setup(fault.words(&sign_in.label))),
        };
        let identity = Identity::none();
        let direct = self.way().is_ok_and(|way| way.is_direct());
        let now = clock::moment().now / 1000;
        let listener = Listener { provider: &provider, on: "sign_in", identity: &identity, direct, now };
        match listener.verdict(&answer) {
            Verdict::Yes(json) => {
                let owner = sign_in.test.as_ref().and_then(|test| test.owner.as_ref());
                self.whose.set(owner.and_then(|owner| owner.of(&json)).and_then(code));
                Tested::Good
            }
            Verdict::No(reason) if reason.means == Means::SignIn => Tested::Refused(reason),
            // It may lack the right to say whose it is, and still have the right that counts.
            Verdict::No(reason) if reason.means == Means::Rights => {
                self.whose.set(None);
                drop(reason);
                Tested::Good
            }
            Verdict::No(reason)
            | Verdict::Busy(reason, _)
            | Verdict::NotSent(reason)
            | Verdict::Doubt(reason) => Tested::Untested(reason),
        }
    }

    /// Signs a request for the way that is in force, and sends it.
    pub(super) async fn carry_out(
        self,
        outgoing: &Outgoing,
    ) -> Result<Result<Response, NoAnswer>, SignFault> {
        let way = self.way().map_err(SignFault::Url)?;
        let signed =
            self.desk.keyring.with_value(|keyring| outgoing.sign(&way.target, &way.proxy, keyring))?;
        let limit = self.desk.config.with_value(|config| config.time_limit);
        let Some(stop) = Stop::new() else {
            return Ok(Err(NoAnswer::Failed));
        };
        self.stop.set_value(Some(stop.clone()));
        let rules = self.pace().await;
        let answer = send(signed, limit, &stop).await;
        self.desk.calls.update_value(|calls| calls.end(&rules, clock::moment().now));
        self.stop.set_value(None);
        Ok(answer)
    }

    /// Waits until the provider's pace allows another call, and counts it.
    async fn pace(self) -> Rules {
        let member = self.driver.with_value(|driver| {
            let keys = driver.as_ref().map(|driver| driver.identity().keys().map(|(_, key)| key.to_string()));
            keys.map(|keys| keys.collect::<Vec<_>>().join(" ")).unwrap_or_default()
        });
        let rules = Rules::of(&self.provider().pace, &self.server(), &member);
        loop {
            let now = clock::moment().now;
            let wait = self.desk.calls.with_value(|calls| pace::wait(&rules, calls, now));
            if wait.is_zero() {
                self.desk.calls.update_value(|calls| calls.begin(&rules, now));
                return rules;
            }
            clock::pass(wait).await;
        }
    }
}
