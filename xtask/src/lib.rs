//! The project's automation as a library, so that the browser tests can start the same relay as an owner does.

pub mod arguments;
pub mod build;
pub mod compress;
pub mod gallery;
pub mod lighthouse;
pub mod nginx;
pub mod page_headers;
pub mod process;
pub mod provider_files;
pub mod quiet;
pub mod relay;
pub mod run;
pub mod screens;
pub mod seal;
pub mod steps;
pub mod style;
pub mod system_packages;
pub mod test;
pub mod tools;
