//! From what is on file to proof of what became of it.
//!
//! One path for everything: a [`record::Record`] is read, a [`draft::Draft`] is checked into a
//! [`check::Change`], planned into a [`plan::Plan`], approved, planned again on a fresh read, sent, read back,
//! and ends in a [`receipt::Receipt`]. The order is the [`driver::Driver`]'s alone. Deliberately not here:
//! fetching, waiting and asking, which the page does when the driver says so.

pub mod value;

pub mod draft;
pub mod identity;
pub mod problem;
pub mod record;

pub mod check;
pub mod compose;
pub mod plan;

pub mod answer;
pub mod outgoing;

pub mod driver;
pub mod receipt;
pub mod undo;
