//! The powers of the browser, one file each, and no logic.
//!
//! This is the only room that touches the world: fetching, the files beside the page, kept settings, the
//! clock, the document, languages, the clipboard, downloads, the network, and the end after a panic. What goes in and out are
//! values of the pure rooms.

pub mod bundle;
pub mod fetch;
pub mod json;
pub mod lock;
pub mod network;
pub mod own;

pub mod clipboard;
pub mod clock;
pub mod document;
pub mod download;
pub mod engine;
pub mod language;
pub mod storage;

pub mod panic;
