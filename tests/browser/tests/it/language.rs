//! The page in another language: who gets it, what is fetched for it, and what a change of it leaves alone.
//!
//! The words are those of the files in `texts/`, found there by their English.

use std::fs;

use browser_tests::{
    browser::{Browser, Engine},
    in_chromium,
    page::Page,
    site::Site,
};
use serde_json::{Map, Value, json};
use simulated::{aitable, webex};
use xtask::process::root;

use crate::{
    steps::{open_at_aitable, open_at_webex},
    stopped::BREAK,
};

const HOME: &str = "Change a member’s record, and be sure";
const RELAY: &str = "A proxy with a path for each server";

fn file(name: &str) -> Map<String, Value> {
    let text = fs::read_to_string(root().join("texts").join(name)).unwrap_or_else(|_| panic!("texts/{name}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("texts/{name}: {error}"))
}

/// The names of the places of a message, each once, and its text without them.
fn places(message: &str) -> (Vec<&str>, String) {
    let mut names = Vec::new();
    let mut parts = message.split('{');
    let mut bare = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, after) = part.split_once('}').expect("braces pair up");
        if !names.contains(&name) {
            names.push(name);
        }
        bare += "{}";
        bare += after;
    }
    (names, bare)
}

/// What German says for a message, by its key or its English, in which `{}` is each place that is filled.
#[track_caller]
pub fn german(message: &str, with: &[&str]) -> String {
    let catalogue = file("en.json");
    let found = catalogue.iter().find_map(|(key, english)| {
        let (names, bare) = places(english.as_str()?);
        (bare == message || key == message).then_some((key, names))
    });
    let (key, names) = found.unwrap_or_else(|| panic!("texts/en.json does not say “{message}”"));
    let german = file("de.json");
    let message = german[key].as_str().expect("a plain message").to_owned();
    let fill = |text: String, (name, value): (&&str, &&str)| text.replace(&["{", name, "}"].concat(), value);
    names.iter().zip(with).fold(message, fill)
}

/// What the German words of a provider say for something in its file.
#[track_caller]
pub fn said(provider: &str, english: &str) -> String {
    let words = file(&format!("{provider}.de.json"));
    words[english].as_str().expect("a text").to_owned()
}

fn spoken(page: &Page) -> Value {
    page.script("return document.documentElement.lang", json!([]))
}

/// The files with words that the page has asked for.
fn fetched(page: &Page) -> Vec<String> {
    let names = page.script(
        "return performance.getEntriesByType('resource').map(({ name }) => name.split('/texts/')[1])",
        json!([]),
    );
    names.as_array().expect("a list").iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// From any page to the settings, and to German.
#[track_caller]
pub fn choose_german(page: &Page) {
    page.press("Settings");
    page.heading("Settings");
    page.choose("Language", "Deutsch");
    page.heading(&german("masthead.settings", &[]));
    page.focus_comes_to("Deutsch");
    assert_eq!(spoken(page), "de");
}

/// From any page to the form of a provider.
#[track_caller]
pub fn go_to(page: &Page, provider: &str) {
    page.press(&german("masthead.members", &[]));
    page.heading(&german(HOME, &[]));
    page.press(provider);
}

#[test]
fn from_the_choice_of_german_to_a_confirmed_update() {
    in_chromium(|page, site| {
        page.open("");
        page.heading(HOME);
        assert_eq!(spoken(page), "en");
        choose_german(page);
        go_to(page, "Webex");
        page.heading(&german("Connect to {}", &["Webex"]));
        page.fill(&said("webex", "Access token"), webex::TOKEN);
        page.press(&german("connect.submit", &[]));
        page.heading(&german("Which {}?", &[&said("webex", "membership")]));
        page.fill(&said("webex", "Membership ID"), webex::MODERATED_MEMBER);
        page.press(&german("Show what is on file", &[]));
        page.heading("ليلى حسن");
        page.choose(&said("webex", "Moderator of the space"), &said("webex", "Yes, a moderator"));
        page.press(&german("Check the change", &[]));
        page.heading(&german("Check the change to {}", &["ليلى حسن"]));
        page.press(&german("Update {} in {}", &["ليلى حسن", "Webex"]));
        page.heading(&german("{} was updated in {}", &["ليلى حسن", "Webex"]));
        page.sees(&said("webex", "Yes, a moderator"));
        assert_eq!(site.webex.member(webex::MODERATED_MEMBER).expect("it is there")["isModerator"], true);
        assert_eq!(spoken(page), "de");
    });
}

#[test]
fn what_was_typed_outlives_a_change_of_language() {
    in_chromium(|page, site| {
        open_at_aitable(page, aitable::MEMBER, "John");
        page.fill("Name in this space", "John Okafor");
        page.fill("Another team", aitable::TEAM_SALES);
        page.press("Settings");
        page.choose("Proxy", RELAY);
        page.fill("Address of the proxy", "somewhere");
        choose_german(page);
        assert_eq!(page.value(&german("Address of the proxy", &[])), "somewhere");

        go_to(page, "AITable");
        page.heading("John");
        assert_eq!(page.value(&said("aitable", "Name in this space")), "John Okafor");
        let row = german("Another {}", &[&said("aitable", "team")]);
        // By now it may have its name.
        assert!([aitable::TEAM_SALES, "Vertrieb (DACH)"].contains(&&*page.value(&row)));
        page.press(&german("Check the change", &[]));
        page.press(&german("Update {} in {}", &["John", "AITable"]));
        page.heading(&german("{} was updated in {}", &["John", "AITable"]));
        let member = site.aitable.member(aitable::MEMBER).expect("it is there");
        assert_eq!(member["name"], "John Okafor");
        assert_eq!(member["teams"].as_array().expect("teams").len(), 2);
    });
}

#[test]
fn a_language_is_fetched_by_whoever_speaks_it_and_kept() {
    in_chromium(|page, _| {
        // Before any call: the page keeps no list of addresses after one.
        page.open("#/webex");
        page.heading("Connect to Webex");
        assert_eq!(fetched(page), [""; 0]);
        choose_german(page);
        assert!(fetched(page).contains(&"de.json".to_owned()), "{:?}", fetched(page));

        page.open("#/webex");
        page.reload();
        page.heading(&german("Connect to {}", &["Webex"]));
        assert_eq!(page.value(&said("webex", "Access token")), "");
        assert_eq!(spoken(page), "de");
        let mut files = fetched(page);
        files.sort();
        assert_eq!(files, ["de.json", "webex.de.json"], "each once, and of no other provider");
    });
}

#[test]
fn a_browser_that_likes_german_gets_it_until_somebody_chooses() {
    in_chromium(|page, _| {
        let agent = page.script("return navigator.userAgent", json!([]));
        let likes = json!({ "userAgent": agent, "acceptLanguage": "de-AT,de" });
        page.browser.devtools("Emulation.setUserAgentOverride", likes);
        page.open("#/webex");
        page.heading(&german("Connect to {}", &["Webex"]));
        assert_eq!(spoken(page), "de");
        page.press(&german("masthead.settings", &[]));
        assert_eq!(page.chosen(&german("language.title", &[])), "Deutsch");
        page.choose(&german("language.title", &[]), "English");
        page.heading("Settings");
        page.open("#/webex");
        page.reload();
        page.heading("Connect to Webex");
        assert_eq!(spoken(page), "en");
    });
}

#[test]
fn only_what_the_owner_offers_can_be_chosen() {
    in_chromium(|page, site| {
        let mut config = site.config();
        config["languages"] = json!(["en"]);
        site.write("config.json", &config.to_string());
        page.open("");
        let kept = json!([r#"{"version":1,"servers":{},"language":"de"}"#]);
        page.script("localStorage.setItem('memberdesk.settings', arguments[0])", kept);
        page.reload();
        page.heading(HOME);
        page.press("Settings");
        page.heading("Settings");
        page.lacks("Deutsch");
        assert_eq!(fetched(page), [""; 0]);
    });
}

#[test]
fn without_the_file_of_a_language_the_page_speaks_english_and_works() {
    in_chromium(|page, site| {
        site.remove("texts/de.json");
        page.open("#/settings");
        page.heading("Settings");
        page.choose("Language", "Deutsch");
        page.sees("The words for Deutsch could not be loaded. The page speaks English until they can.");
        assert_eq!(spoken(page), "en");
        page.reload();
        page.heading("Settings");
        assert_eq!(page.chosen("Language"), "Deutsch");
        open_at_webex(page, webex::MODERATED, "Jean-Luc D’Angelo");
        assert_eq!(spoken(page), "en");
    });
}

#[test]
fn the_last_page_speaks_it_too() {
    let site = Site::start();
    let page = &Page::new(Browser::start(Engine::Chromium), &site);
    page.open("");
    choose_german(page);
    go_to(page, "Webex");
    page.heading(&german("Connect to {}", &["Webex"]));
    page.script(BREAK, json!([]));
    page.press(&german("masthead.settings", &[]));
    page.heading(&german("Memberdesk has stopped", &[]));
    page.sees(&german("No change was on its way, so nothing was changed by this.", &[]));
    page.press(&german("stopped.reload", &[]));
    page.heading(&german("masthead.settings", &[]));
}
