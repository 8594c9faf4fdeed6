//! One file for each page; a page names components, and no other page.

pub mod connect;
pub mod doctor;
pub mod home;
pub mod member;
pub mod settings;
pub mod start;
pub mod trouble;
