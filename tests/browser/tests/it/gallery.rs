//! Every component in each of its states, with the longest names and in every script, where no journey may come: open to
//! everybody as the screens are.

use browser_tests::{
    browser::{Browser, Engine},
    gallery::Gallery,
    page::Page,
    watch,
};
use serde_json::json;

use crate::judge::Findings;

#[test]
fn every_component_is_open_to_everybody_in_each_of_its_states() {
    let gallery = Gallery::start();
    let page = Page::at(Browser::start(Engine::Chromium), gallery.address());
    page.open("#/");
    page.heading("Gallery");
    let places = places(&page);
    assert!(!places.is_empty(), "the gallery shows something");
    let found = Findings::default();
    for [place, name] in &places {
        page.open(place);
        let title = [name, " – Gallery – Memberdesk"].concat();
        page.wait_for(&format!("the title “{title}”"), || page.title() == title);
        found.judge(&page, name);
    }
    found.assert_none();
    watch::assert_quiet(&page);
}

/// The addresses that the gallery begins with, and their names.
fn places(page: &Page) -> Vec<[String; 2]> {
    let links = "return [...document.querySelectorAll('main li a')].map((a) => [a.hash, a.textContent])";
    serde_json::from_value(page.script(links, json!([]))).expect("a list of links")
}
