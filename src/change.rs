//! From what is on file to proof of what became of it.
//!
//! One path for everything: a [`record::Record`] is read, a [`draft::Draft`] is checked into a
//! [`check::Change`], planned into a [`plan::Plan`], approved, planned again on a fresh read, sent, read back,
//! and ends in a [`receipt::Receipt`]. The order is the [`driver::Driver`]'s alone. Deliberately not here:
//! fetching, waiting and asking, which the page does when the driver says so.
//!
//! The types close the doors. Only `check` makes a change:
//!
//! ```compile_fail,E0423
//! let change = memberdesk::change::check::Change(Vec::new());
//! ```
//!
//! only `plan` makes a plan, and only consents make it approved:
//!
//! ```compile_fail,E0451
//! # fn door(plan: memberdesk::change::plan::Plan) {
//! let approved = memberdesk::change::plan::Approved { plan, consents: Vec::new() };
//! # }
//! ```
//!
//! a request that writes leaves only through an approved plan:
//!
//! ```compile_fail,E0624
//! # fn door(approved: &memberdesk::change::plan::Approved) {
//! let outgoing = memberdesk::change::outgoing::Outgoing::write(approved);
//! # }
//! ```
//!
//! and only `sign` fills a hole, because nothing else can read a secret:
//!
//! ```compile_fail,E0624
//! # fn door(keyring: &memberdesk::transport::Keyring, binding: &memberdesk::transport::Binding) {
//! let secret = keyring.secret(binding, "token");
//! # }
//! ```

pub mod row;
pub mod value;

pub mod draft;
pub mod identity;
pub mod problem;
pub mod record;

pub mod limits;

pub mod check;
pub mod compose;
pub mod plan;

pub mod answer;
pub mod outgoing;
pub mod redact;
pub mod renewal;

pub mod driver;
pub mod export;
pub mod fit;
pub mod receipt;
pub mod repeat;
pub mod undo;
