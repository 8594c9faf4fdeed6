//! What the owner of a page and the person in front of it have chosen, and where on the page one is.
//!
//! `config.json` stands beside the page and is the owner's; settings are the person's, kept in the browser.
//! Together they say through which proxy a provider's server is reached: its [`way::Way`]. What is in force is
//! derived each time, and so is who decided it: its [`origin::Origin`]. Deliberately not
//! here: reading files and keeping settings, which are powers of the browser.

pub mod config;
pub mod countdown;
pub mod history;
pub mod language;
pub mod link;
pub mod origin;
pub mod proxy;
pub mod recent;
pub mod settings;
pub mod simulation;
pub mod way;

pub mod route;
