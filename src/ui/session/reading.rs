//! A list of the provider while it is read, and what was found so far.

use std::mem::{Discriminant, discriminant};
use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use crate::browser::clock;
use crate::change::answer::Reason;
use crate::find::list::Item;
use crate::find::walk::{Event, Step, Walk};
use crate::words::{Words, say};

use super::line::Flight;
use super::{Session, Stage};
use crate::ui::live::later;

/// One list. It outlives the page that asked for it: what was found is there when one comes back.
#[derive(Clone, Copy)]
pub struct Reading {
    walk: StoredValue<Option<Walk>>,
    pub state: RwSignal<State>,
    /// It counts what happened: whoever shows what was found follows it.
    turn: RwSignal<u32>,
    /// The number of the walk. What an earlier one still hears is not told to a later one.
    number: StoredValue<u32>,
    flight: Flight,
    /// Somebody went on before its end.
    left: StoredValue<bool>,
    /// The page that it was asked for on.
    page: StoredValue<Option<Discriminant<Stage>>>,
}

/// How far a list is.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// Nobody has asked for it.
    Idle,
    Reading,
    /// The provider asked to wait.
    Waiting {
        seconds: u64,
        reason: Reason,
    },
    /// The sign-in has ended. What was found stays, and it goes on after another one.
    SignIn,
    Done,
}

impl Default for Reading {
    fn default() -> Reading {
        Reading {
            walk: StoredValue::new(None),
            state: RwSignal::new(State::Idle),
            turn: RwSignal::new(0),
            number: StoredValue::new(0),
            flight: Flight::default(),
            left: StoredValue::new(false),
            page: StoredValue::new(None),
        }
    }
}

impl Reading {
    /// What was found so far, asked as things stand.
    pub fn with<T>(self, of: impl FnOnce(&Walk) -> T) -> Option<T> {
        self.turn.track();
        self.walk.with_value(|walk| walk.as_ref().map(of))
    }

    /// Those that have every word of a text.
    pub fn matching(self, text: &str) -> Vec<Arc<Item>> {
        self.with(|walk| walk.list().matching(text).cloned().collect()).unwrap_or_default()
    }

    pub fn is_under_way(self) -> bool {
        self.state.with(|state| matches!(state, State::Reading | State::Waiting { .. }))
    }

    /// How far it is, or what is missing, in words.
    pub fn words(self, provider: &str) -> Vec<Words> {
        let state = self.state.get();
        let words = self.with(|walk| {
            let found = walk.list().items().len();
            let progress = || match walk.progress() {
                Some((read, known)) => say::find_progress_parts(found, read, known),
                None => say::find_progress(found),
            };
            let paced = self.flight.paced.get().filter(|seconds| *seconds > 1);
            match state {
                State::Reading => {
                    let pause = paced.map(|seconds| say::busy_pause(provider, seconds as usize));
                    std::iter::once(progress()).chain(pause).collect()
                }
                State::Waiting { seconds, reason } => {
                    vec![progress(), reason.says, say::find_goes_on(seconds as usize)]
                }
                State::Idle | State::SignIn => Vec::new(),
                // It goes on as soon as somebody wants to choose again.
                State::Done if self.was_left() => Vec::new(),
                State::Done if found == 0 && walk.missing().is_empty() => vec![say::find_empty()],
                State::Done => walk.missing().iter().map(|missing| missing.words(provider)).collect(),
            }
        });
        words.unwrap_or_default()
    }

    /// Whether it came to its end with less than all.
    pub fn is_short(self) -> bool {
        self.state.with(|state| *state == State::Done)
            && !self.was_left()
            && self.with(|walk| !walk.missing().is_empty()) == Some(true)
    }

    /// What was found is enough.
    pub fn stop(self) {
        self.walk.update_value(|walk| {
            if let Some(walk) = walk {
                walk.next(Event::Stop, clock::moment());
            }
        });
        self.abandon();
        self.state.set(State::Done);
        self.turn.update(|turn| *turn += 1);
    }

    /// Somebody has gone on. It is read when somebody comes back.
    pub fn leave(self) {
        self.stop();
        self.left.set_value(true);
    }

    /// Whether it was left before its end.
    pub fn was_left(self) -> bool {
        self.left.get_value()
    }

    /// Nothing of it stays.
    pub fn forget(self) {
        self.abandon();
        self.walk.set_value(None);
        self.state.set(State::Idle);
        self.turn.update(|turn| *turn += 1);
    }

    /// Nobody listens any more to what is on its way.
    fn abandon(self) {
        self.left.set_value(false);
        self.number.update_value(|number| *number += 1);
        self.flight.stop();
    }
}

impl Session {
    /// Reads a list, from its beginning.
    pub fn read(self, reading: Reading, walk: Walk) {
        reading.forget();
        reading.walk.set_value(Some(walk));
        reading.page.set_value(Some(self.stage.with_untracked(discriminant)));
        self.walk(reading, Event::Start);
    }

    /// Goes on with the list that waits for a sign-in, on the page where it was asked for.
    pub fn read_on(self) {
        let Some((reading, page)) = self.held.try_update_value(Option::take).flatten() else { return };
        self.stage.set(page);
        self.walk(reading, Event::GoOn);
    }

    /// Leaves the list that waits for a sign-in as it is.
    pub fn leave_list(self) {
        if let Some((reading, page)) = self.held.try_update_value(Option::take).flatten() {
            reading.stop();
            self.stage.set(page);
        }
    }

    /// Somebody goes elsewhere: no list waits for a sign-in any more.
    pub(super) fn drop_held(self) {
        if let Some((reading, _)) = self.held.try_update_value(Option::take).flatten() {
            reading.leave();
        }
    }

    /// Tells the walk what happened, and carries out what it says until it is done or somebody must sign in.
    fn walk(self, reading: Reading, event: Event) {
        let number = reading.number.get_value();
        let is_current = move || reading.number.get_value() == number;
        later(async move {
            let mut event = Some(event);
            while let Some(now) = event.take() {
                let next = |walk: &mut Option<Walk>| walk.as_mut()?.next(now, clock::moment());
                let step = reading.walk.try_update_value(next).flatten();
                // Whoever types meanwhile waits neither for a long page nor for what shows it.
                clock::pass(Duration::ZERO).await;
                if !is_current() {
                    return;
                }
                event = match step {
                    None => return,
                    Some(Step::Yield) => Some(Event::GoOn),
                    Some(Step::Read(outgoing)) => {
                        reading.show(State::Reading);
                        let answer = self.carry_out(&outgoing, reading.flight).await;
                        clock::pass(Duration::ZERO).await;
                        Some(answer.map_or_else(Event::Unsigned, Event::Answered))
                    }
                    Some(Step::Wait { time, reason }) => {
                        let seconds = time.as_millis().div_ceil(1000) as u64;
                        reading.wait(seconds, reason, is_current).await.then_some(Event::GoOn)
                    }
                    Some(Step::SignIn(reason)) => self.sign_in_to_read(reading, reason, is_current).await,
                    Some(Step::Done) => {
                        reading.show(State::Done);
                        self.learn();
                        None
                    }
                };
                if !is_current() {
                    return;
                }
            }
        });
    }

    /// Gets the credential again without asking anybody, or asks; the page is kept for when it goes on.
    async fn sign_in_to_read(
        self,
        reading: Reading,
        reason: Reason,
        is_current: impl Fn() -> bool,
    ) -> Option<Event> {
        if reading.with(Walk::is_of_reference) == Some(true) {
            if is_current() {
                reading.forget();
                self.refuse_names_key(reason);
            }
            return None;
        }
        if self.may_renew()
            && let Some(exchange) = self.renewable()
            && self.renew(&exchange).await.is_ok()
        {
            return Some(Event::GoOn);
        }
        if is_current() {
            reading.show(State::SignIn);
            let page = self.stage.get_untracked();
            // Whoever has gone on needs the list no more, or is asked for another one already.
            if reading.page.get_value() == Some(discriminant(&page)) {
                self.note_works(false);
                self.held.set_value(Some((reading, page)));
                self.stage.set(Stage::SignInToRead(reason));
            } else {
                reading.leave();
            }
        }
        None
    }
}

impl Reading {
    /// Counts down where the person sees it; no if nobody waits for it any more.
    async fn wait(self, seconds: u64, reason: Reason, is_current: impl Fn() -> bool) -> bool {
        // By the clock: in a hidden tab a second may last a minute.
        let end = clock::moment().now + seconds * 1000;
        loop {
            let left = end.saturating_sub(clock::moment().now).div_ceil(1000).min(seconds);
            if left == 0 || !is_current() {
                return is_current();
            }
            self.show(State::Waiting { seconds: left, reason: reason.clone() });
            clock::pass(Duration::from_secs(1)).await;
        }
    }

    fn show(self, state: State) {
        self.state.set(state);
        self.turn.update(|turn| *turn += 1);
    }
}
