//! What pages are made of. Each file has a stylesheet of the same name in `style/components/`.

pub mod button;
pub mod cards;
pub mod changes;
pub mod choice;
pub mod copy;
pub mod course;
pub mod crumbs;
pub mod date;
pub mod details;
pub mod edit;
pub mod error_summary;
pub mod facts;
pub mod field;
pub mod heading;
pub mod history;
pub mod masthead;
pub mod notice;
pub mod picker;
pub mod progress;
pub mod receipt;
pub mod recents;
pub mod risk;
pub mod rows;
pub mod select;
pub mod simulated;
pub mod summary;
