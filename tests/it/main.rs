//! Native tests over the whole: every provider file, its schema, recorded traffic, and how the house is kept.

mod files;
mod sample;
mod source;

mod config_schema;
mod contract;
mod gallery;
mod papers;
mod properties;
mod schema;
mod texts;
mod tidy;
mod traffic;
mod translations;
