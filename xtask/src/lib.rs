//! The project's automation as a library, so that the browser tests can start the same relay as an owner does.

pub mod arguments;
pub mod build;
pub mod caddy;
pub mod compress;
pub mod cors_anywhere;
pub mod daemon;
pub mod file_list;
pub mod gallery;
pub mod host;
pub mod lighthouse;
pub mod miniflare;
pub mod nginx;
pub mod owner;
pub mod process;
pub mod provider_files;
pub mod proxies;
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
