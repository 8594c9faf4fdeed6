//! The screens: Leptos components over values of the other rooms.
//!
//! A page names components; a component names no page. What can be derived is not stored: a form is a draft
//! with a signal for each field, and the words beside a control come from checking it.

pub mod language;
pub mod live;
pub mod recents;
pub mod state;

pub mod credential;
pub mod form;
pub mod session;
pub mod sessions;

pub mod call;
pub mod component;
pub mod doctor;
pub mod owners;
pub mod page;
pub mod probe;
pub mod recent_rows;

pub mod shell;

pub mod front;

pub mod app;
