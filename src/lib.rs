//! Memberdesk changes a member's record at any SaaS provider, in a browser, so that whoever does it is sure.
//!
//! The rooms in reading order; each may name those before it:
//!
//! - [`words`]: what is said to a person, in the language of the moment
//! - [`provider`]: what a provider file says
//! - [`transport`]: requests and answers as values
//! - [`change`]: from what is on file to proof of what became of it
//! - [`bulk`]: changing members by the row
//! - [`find`]: members found by name
//! - [`desk`]: what the owner and the person chose, and where one is
//! - [`hosting`]: what a host sends with the page
//! - [`relay`]: the proxy that we recommend, as a text
//! - [`doctor`]: why a provider is not reached
//! - `browser`: one file for each power of the browser, no logic
//! - `ui`: the screens
//!
//! Without the feature `browser` the last two do not exist, so the compiler proves the others pure.

pub mod words;

pub mod provider;

pub mod transport;

pub mod change;

pub mod bulk;

pub mod find;

pub mod desk;

pub mod hosting;

pub mod relay;

pub mod doctor;

#[cfg(feature = "browser")]
pub mod browser;
#[cfg(feature = "browser")]
pub mod ui;
