//! Every component in each of its states, with the longest names and in every script, where no journey may come: open to
//! everybody as the screens are.

use browser_tests::{
    browser::{Browser, Engine},
    gallery::Gallery,
    page::Page,
    watch,
};
use fantoccini::key::Key;
use serde_json::{Value, json};

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

#[test]
fn one_of_ten_thousand_is_found_by_keys_and_few_are_drawn() {
    let gallery = Gallery::start();
    let page = Page::at(Browser::start(Engine::Chromium), gallery.address());
    page.open("#/picker");
    page.wait_for("the picker", || picker(&page, "!!box") == json!(true));
    picker(&page, "box.focus()");
    assert_eq!(picker(&page, "list.hidden"), json!(true));
    let comes_to = |name: &str| {
        let in_hand =
            "document.getElementById(box.getAttribute('aria-activedescendant'))?.firstChild.textContent";
        page.wait_for(name, || picker(&page, in_hand) == json!(name));
        // It is drawn, and in view.
        assert_eq!(picker(&page, "list.querySelectorAll('[aria-selected=true]').length"), json!(1));
        let drawn = picker(&page, "list.children.length").as_u64().expect("a number");
        assert!(drawn <= 200, "{drawn} options are drawn");
    };
    page.key(Key::Down);
    comes_to("Member 1");
    page.key(Key::End);
    comes_to("Member 10000");
    page.key(Key::Up);
    comes_to("Member 9999");
    page.key(Key::Home);
    comes_to("Member 1");
    assert_eq!(picker(&page, "list.firstChild.getAttribute('aria-setsize')"), json!("10000"));

    page.key(Key::Escape);
    page.wait_for("the list to close", || picker(&page, "list.hidden") == json!(true));
    page.type_text("member 998");
    page.wait_for("those that fit", || picker(&page, "list.children.length") == json!(11));
    page.wait_for("their number", || picker(&page, "heard.textContent") == json!("11 fit."));
    page.key(Key::Down);
    comes_to("Member 998");
    page.key(Key::Down);
    comes_to("Member 9980");
    page.key(Key::Enter);
    page.wait_for("what was chosen", || picker(&page, "box.value") == json!("Member 9980"));
    assert_eq!(picker(&page, "list.hidden"), json!(true));
    watch::assert_quiet(&page);
}

/// Something of the picker with ten thousand entries.
fn picker(page: &Page, ask: &str) -> Value {
    let of = "const [box, list] = ['', '-list'].map((part) => document.getElementById('picker-many' + part)); \
        const heard = box?.parentElement.querySelector('[role=status]');";
    page.script(&format!("{of} return {ask}"), json!([]))
}
