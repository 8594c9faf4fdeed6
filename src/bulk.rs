//! Changing members by the row: a [`job::Job`] drives each row by the same driver, and notes in a
//! [`journal::Journal`] where it stands before anything leaves the page. A single change is a job of one row.
//!
//! Deliberately not here: sending, waiting and asking, which the page does when a turn says so.

pub mod job;
pub mod journal;
