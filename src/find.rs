//! Members, and what stands on the way to them, found by name.
//!
//! A provider file says which lists lead to a member; a [`walk::Walk`] goes through one of them, page after page and
//! part after part, and at any moment its [`list::List`] has what was found so far, and [`missing::Missing`] says
//! what was not. Deliberately not here: fetching, waiting and asking, which the page does when the walk says so.

pub mod fold;
pub mod list;
pub mod missing;
pub mod step;

mod pages;

pub mod walk;
pub mod window;
