//! The whole pipeline over real HTTP and without a browser: form, row and undo at every simulated provider,
//! with everything that can go wrong on the way, and a sixth provider that is nothing but a file.

mod line;
mod members;
mod web;

mod edits;
mod hostile;
mod matrix;
mod pace;
mod sixth;
mod ways;
