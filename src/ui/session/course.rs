//! The course of a change: what the driver says is carried out, until it asks or is done.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;

use crate::browser::lock::Lock;
use crate::browser::{clock, document};
use crate::change::answer::Reason;
use crate::change::draft::Draft;
use crate::change::driver::{Ask, Driver, Event, Purpose, Step};
use crate::change::outgoing::Outgoing;
use crate::change::problem::{Problem, Violation};
use crate::change::receipt::{Outcome, Receipt};
use crate::desk::link::Link;
use crate::desk::recent::Recents;
use crate::desk::route::Route;

use super::{Busy, Session, Stage};
use crate::ui::live::later;
use crate::words::say;

impl Session {
    /// Tells the driver what happened, and carries out what it says until it asks or is done. What must be noted
    /// is noted first.
    pub fn tell(self, event: Event) {
        later(async move {
            let mut event = Some(event);
            // Whatever leads to a send: a first approval, or going on after a pause.
            let sends = matches!(event, Some(Event::Approve(_)))
                || (matches!(event, Some(Event::GoOn)) && self.driver(Driver::is_approved) == Some(true));
            if sends && !self.lock().await {
                return;
            }
            while let Some(now) = event.take() {
                let moment = clock::moment();
                let turn = self.job.try_update_value(|job| job.as_mut()?.next(0, now, moment)).flatten();
                let Some(turn) = turn else { return };
                let journal = self.journal.get_value();
                event = match turn.noted(&*journal).await {
                    Ok(step) => self.step(step).await,
                    Err(refused) => Some(refused),
                };
            }
        });
    }

    /// Waits until no other tab is changing this member. No, if nobody waits for it any more by then.
    async fn lock(self) -> bool {
        if self.lock.with_value(Option::is_some) {
            return true;
        }
        let name = [self.provider().id.as_str(), &self.server(), &self.member_keys()].join("\n");
        let waited = Rc::new(Cell::new(false));
        let waits = waited.clone();
        let lock = Lock::take(&name, move || {
            waits.set(true);
            self.stage.set(Stage::Busy(Busy::Elsewhere));
        });
        let lock = lock.await;
        let still = !waited.get() || self.stage.get_untracked() == Stage::Busy(Busy::Elsewhere);
        self.lock.set_value(lock.filter(|_| still));
        still
    }

    /// Stops what is under way; what it did by then, the driver finds out by reading.
    pub fn stop(self) {
        match self.stage.get_untracked() {
            Stage::Busy(Busy::Waiting { .. }) => self.tell(Event::Stop),
            Stage::Busy(Busy::Elsewhere) => self.back_to_form(),
            _ => self.flight.stop(),
        }
    }

    async fn step(self, step: Step) -> Option<Event> {
        match step {
            Step::Read(outgoing, purpose) => {
                self.stage.set(Stage::Busy(Busy::Reading(purpose)));
                Some(self.event(&outgoing).await)
            }
            Step::Send(outgoing) => {
                let doubt = say::stopped_sending(self.title(), &self.provider().name);
                document::set_sending(Some(&doubt.text()));
                self.stage.set(Stage::Busy(Busy::Sending));
                Some(self.event(&outgoing).await)
            }
            Step::Wait { time, reason } => self.wait(time.as_millis().div_ceil(1000) as u64, reason).await,
            Step::Ask(ask) => {
                // A credential that can be got again is, without asking anybody.
                if matches!(ask, Ask::SignIn { .. })
                    && self.may_renew()
                    && let Some(exchange) = self.renewable()
                    && self.renew(&exchange).await.is_ok()
                {
                    return Some(Event::GoOn);
                }
                // As long as it is in doubt, nobody knows what became of it.
                if !self.is_in_doubt() && !matches!(ask, Ask::SignIn { purpose: Purpose::Settle, .. }) {
                    document::settled();
                    self.lock.set_value(None);
                }
                untrack(|| self.ask(ask));
                None
            }
            Step::Done(receipt) => {
                document::settled();
                self.lock.set_value(None);
                self.forget_change_secrets();
                untrack(|| self.done(receipt));
                None
            }
        }
    }

    async fn event(self, outgoing: &Outgoing) -> Event {
        match self.carry_out(outgoing, self.flight).await {
            Ok(answer) => Event::Answered(answer),
            Err(fault) => Event::Unsigned(fault),
        }
    }

    /// Counts down where the person sees it. Stopping ends the wait at the next second.
    async fn wait(self, seconds: u64, reason: Option<Reason>) -> Option<Event> {
        // By the clock: in a hidden tab a second may last a minute.
        let end = clock::moment().now + seconds * 1000;
        loop {
            let left = end.saturating_sub(clock::moment().now).div_ceil(1000).min(seconds);
            if left == 0 {
                break;
            }
            let busy = Busy::Waiting { seconds: left, reason: reason.clone() };
            self.stage.set(Stage::Busy(busy.clone()));
            clock::pass(std::time::Duration::from_secs(1)).await;
            if self.stage.get_untracked() != Stage::Busy(busy) {
                return None;
            }
        }
        Some(Event::GoOn)
    }

    fn ask(self, ask: Ask) {
        match ask {
            Ask::Change => {
                self.note_works(true);
                self.note_recent();
            }
            Ask::Approve { .. } => self.note_works(true),
            Ask::SignIn { .. } => self.note_works(false),
            _ => {}
        }
        match (ask, self.record()) {
            (Ask::Change, Some(record)) => {
                self.show_form(record);
                self.act_of_link();
            }
            (Ask::Mend(violations), Some(record)) => {
                self.show_form(record);
                if let (Some(form), Some(first)) = (self.form.get_untracked(), violations.into_iter().next())
                {
                    form.refuse(first);
                }
            }
            (Ask::Change | Ask::Mend(_), None) => {
                self.stage.set(Stage::Find { attempted: true, refused: None });
            }
            (Ask::Approve { plan, moved, missing }, _) => {
                self.stage.set(Stage::Check { plan, moved, missing })
            }
            (Ask::SignIn { reason, purpose }, _) => self.stage.set(Stage::SignIn { reason, purpose }),
            (Ask::Unread { reason, purpose: Purpose::Show }, _) if self.is_about_identity(&reason) => {
                self.stage.set(Stage::Find { attempted: true, refused: Some(reason) });
            }
            (Ask::Unread { reason, purpose }, _) => self.stage.set(Stage::Unread { reason, purpose }),
        }
    }

    /// The record was read: the member is among those that were looked at last.
    fn note_recent(self) {
        let (provider, title) = (self.provider(), self.title());
        let Some(member) = self.driver(|driver| driver.identity().clone()) else { return };
        let server = self.server();
        let of = self.found_in(&member);
        self.desk.recents.change(|recents| recents.note(&provider, &server, &member, title, of));
    }

    /// Done; but a refusal that is about a field lands on that field, with everything that was typed.
    fn done(self, receipt: Box<Receipt>) {
        if let Some(form) = self.form.get_untracked() {
            form.forget_secrets();
        }
        self.carried.set(None);
        let undoes = self.is_undo();
        self.desk.history.update(|history| history.note(&self.provider(), &receipt, undoes));
        if receipt.gone {
            let (provider, config) = (self.provider(), self.desk.config);
            let server_of = |link: &Link| config.with_value(|config| config.server_of(&provider, link));
            let forget = |recents: &mut Recents| {
                recents.forget(&provider, &receipt.server, &receipt.identity, server_of);
            };
            self.desk.recents.change(forget);
        }
        if receipt.forget {
            self.forget_member();
        }
        if let (Outcome::Refused(reason), Some(form)) = (&receipt.outcome, self.form.get_untracked())
            && let Some(key) = reason.field.clone()
            && form
                .fields()
                .iter()
                .any(|(state, unless)| unless.is_none() && state.field.with_value(|field| field.key == key))
        {
            let problem = Problem::Refused { says: reason.says.clone(), cure: reason.cure.clone() };
            form.refuse(Violation::new(key, problem));
            self.resume(form);
            self.refusal.set(Some(*receipt));
            return;
        }
        self.stage.set(Stage::Result(receipt));
    }

    /// Nothing of the member stays: not what named it, not what was on file, not what was typed.
    fn forget_member(self) {
        self.typed.set(Vec::new());
        self.form.set(None);
        self.draft.set_value(Draft::default());
        self.job.set_value(None);
        self.linked.forget();
        self.finding.forget();
        document::replace_hash(&Route::provider(&self.provider().id).hash());
    }

    fn is_about_identity(self, reason: &Reason) -> bool {
        let about = reason.field.as_ref();
        about.is_some_and(|key| self.provider().identity.iter().any(|field| field.key == *key))
    }
}
