use std::sync::Arc;

use crate::change::driver::{Driver, Event, Moment, Standing, Step};
use crate::provider::Provider;

use super::journal::{Journal, Note, State};

/// Members to be changed, each by a driver of its own. A form's change is a job of one row.
#[derive(Clone, Debug)]
pub struct Job {
    rows: Vec<Driver>,
}

/// What one row does next, and what must be noted before it does.
#[derive(Debug)]
#[must_use]
pub struct Turn {
    note: Option<Note>,
    step: Step,
}

impl Job {
    pub fn new(rows: Vec<Driver>) -> Job {
        Job { rows }
    }

    /// A single change.
    pub fn one(driver: Driver) -> Job {
        Job::new(vec![driver])
    }

    pub fn row(&self, row: usize) -> Option<&Driver> {
        self.rows.get(row)
    }

    /// Goes on in other words.
    pub fn say_in(&mut self, provider: &Arc<Provider>) {
        self.rows.iter_mut().for_each(|row| row.say_in(provider));
    }

    /// Tells a row what happened; nothing if that does not fit the moment.
    pub fn next(&mut self, row: usize, event: Event, moment: Moment) -> Option<Turn> {
        let driver = self.rows.get_mut(row)?;
        let before = driver.standing();
        let step = driver.next(event, moment)?;
        let state = match (driver.standing(), &step) {
            (_, Step::Done(receipt)) => State::Done(receipt.outcome.mark()),
            (Standing::Sent, _) => State::Sending,
            (Standing::Ready | Standing::Done, _) => State::Ready,
        };
        // Each send is noted, also one that follows another.
        let changed = before != driver.standing() || matches!(step, Step::Send(_));
        let note = Note { row, state, attempt: driver.sends(), at: moment.now };
        Some(Turn { note: changed.then_some(note), step })
    }
}

impl Turn {
    /// The step, once its note is kept. What could not be noted must not be done: the row is told so.
    pub async fn noted(self, journal: &impl Journal) -> Result<Step, Event> {
        let kept = match self.note {
            Some(note) => journal.keep(note).await,
            None => Ok(()),
        };
        // What stops only leaves a note too few, which is read as doubt; a send must not.
        if kept.is_err() && matches!(self.step, Step::Send(_)) { Err(Event::Unnoted) } else { Ok(self.step) }
    }
}

#[cfg(test)]
mod tests;
