//! Journeys through the built page, each in a browser of its own.
//!
//! A test is a sentence about what a person meets. The words are those on the screen; what went over the wire is
//! compared byte by byte, at the provider.

mod acts;
mod canary;
mod choosing;
mod columns;
mod connections;
mod countdown;
mod doctor;
mod engines;
mod files;
mod finding;
mod flashapply;
mod form;
mod gallery;
mod ids;
mod instruments;
mod journeys;
mod judge;
mod keyboard;
mod language;
mod links;
mod once;
mod outcomes;
mod picking;
mod proxies;
mod reading;
mod recents;
mod result;
mod screens;
mod secrets;
mod sending;
mod settings;
mod simulation;
mod size;
mod steps;
mod stopped;
mod symbl;
mod tasks;
mod toluna;
mod tour;
mod typing;
mod wire;
