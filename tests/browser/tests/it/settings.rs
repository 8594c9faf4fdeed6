//! The proxy and the servers, as a person chooses them.

use browser_tests::{
    browser::{Browser, Engine},
    in_chromium,
    page::Page,
    site::Site,
    watch,
};
use serde_json::json;
use simulated::{Effect, Fault, Hold, toluna, webex};

use crate::steps::{
    FRANCE, UNITED_KINGDOM, configure, connect_to_toluna, connect_to_webex, open_at_webex, status,
};

pub const RELAY: &str = "A proxy with a path for each server";

#[test]
fn settings_are_checked_saved_and_kept() {
    in_chromium(|page, site| {
        page.open("#/settings");
        page.heading("Settings");
        assert_eq!(page.chosen("Proxy"), "As the owner of this page decided");
        page.choose("Proxy", RELAY);
        page.press("Save the settings");
        page.sees("There is a problem");
        for wrong in
            ["javascript:alert(1)", "http://", "https://user:word@relay.example", "https://relay.example/?a"]
        {
            page.fill("Address of the proxy", wrong);
            page.press("Save the settings");
            page.sees("There is a problem");
        }
        page.fill("Address of the proxy", &site.address("relay"));
        page.press("Save the settings");
        page.sees("Settings saved");
        page.reload();
        page.heading("Settings");
        assert_eq!(page.chosen("Proxy"), RELAY);
        assert_eq!(page.value("Address of the proxy"), site.address("relay"));
        open_at_webex(page, webex::MODERATED, "Jean-Luc D’Angelo");
    });
}

#[test]
fn a_proxy_that_is_not_there_is_told_from_a_provider_that_says_no() {
    in_chromium(|page, site| {
        page.open("#/settings");
        page.choose("Proxy", RELAY);
        page.fill("Address of the proxy", "nowhere");
        page.press("Save the settings");
        page.sees("Settings saved");
        page.open("#/webex");
        page.fill("Access token", webex::TOKEN);
        page.press("Connect");
        page.sees("Not connected");
        page.fill("Access token", "wrong");
        assert_eq!(site.webex.arrived().len(), 0);
    });
}

#[test]
fn another_proxy_is_not_given_the_token_that_was_entered_for_the_first() {
    in_chromium(|page, site| {
        connect_to_webex(page);
        page.press("Settings");
        page.choose("Proxy", RELAY);
        page.fill("Address of the proxy", &site.address("relay"));
        page.press("Save the settings");
        page.sees("Settings saved");
        page.press("Members");
        page.press("Webex");
        page.fill("Membership ID", webex::MODERATED);
        page.press("Show what is on file");
        page.heading("Sign in again to go on");
        assert_eq!(site.webex.counters().reads, 1);
        page.fill("Access token", webex::TOKEN);
        page.press("Connect");
        page.heading("Jean-Luc D’Angelo");
    });
}

#[test]
fn a_typed_server_cannot_be_reached_through_a_relay_that_decides_by_itself() {
    in_chromium(|page, _| {
        page.open("#/settings");
        page.fill("AITable: Your own APITable server", "https://members.example.com");
        page.press("Save the settings");
        page.sees("Settings saved");
        page.open("#/aitable");
        page.choose("Server", "Your own APITable server");
        page.sees("This server cannot be reached yet");
        page.sees("This proxy decides by itself which server is called, so a typed address has no effect.");
    });
}

#[test]
fn settings_of_another_version_are_left_alone_and_named() {
    in_chromium(|page, _| {
        page.open("");
        let kept = r#"{"version":2,"relay":"https://relay.example"}"#;
        page.script("localStorage.setItem('memberdesk.settings', arguments[0])", json!([kept]));
        page.reload();
        page.open("#/settings");
        page.sees("Earlier settings could not be read");
        assert_eq!(page.script("return localStorage.getItem('memberdesk.settings')", json!([])), json!(kept));
    });
}

/// The one visit on which the policy forbids something: it must, and the page must say so.
#[test]
fn an_address_that_the_policy_forbids_is_told_as_forbidden() {
    let site = Site::start();
    let mut config = site.config();
    config["proxy"] = json!({ "kind": "none" });
    site.write("config.json", &config.to_string());
    let page = Page::new(Browser::start(Engine::Chromium), &site);
    page.open("#/webex");
    page.fill("Access token", webex::TOKEN);
    page.press("Connect");
    page.sees("Not connected");
    page.sees("The policy of this page does not let it reach that address.");
    assert_eq!(site.webex.arrived().len(), 0);
    watch::assert_alone(&page, &site);
}

/// What is said of one thing in the list of what is in force.
#[track_caller]
fn fact(page: &Page, term: &str) -> Vec<String> {
    let script = "
        const own = [...document.querySelectorAll('dt')].find((own) => own.textContent === arguments[0]);
        return [...own.parentElement.querySelectorAll('dd p')].map((line) => line.textContent);";
    serde_json::from_value(page.script(script, json!([term]))).expect("some lines")
}

#[test]
fn what_is_in_force_is_told_with_who_decided_it() {
    in_chromium(|page, site| {
        page.open("#/settings");
        page.sees("AITable: Your own APITable server");
        let fact = |term: &str| fact(page, term);
        assert_eq!(
            fact("All providers"),
            [
                "Through the proxy on this site",
                "From the owner of this page (config.json)",
                "The proxy decides the address."
            ]
        );
        assert_eq!(fact("Time limit"), ["30 seconds", "Built in"]);
        assert_eq!(fact("Theme"), ["As the system has it", "Built in"]);
        assert_eq!(fact("Language"), ["English", "From the languages of your browser"]);
        page.choose("Proxy", "No proxy");
        page.fill("AITable: Your own APITable server", "https://members.example.com");
        // Nothing of it holds before it is saved.
        assert_eq!(fact("All providers")[1], "From the owner of this page (config.json)");
        page.press("Save the settings");
        page.sees("Settings saved");
        let mine = "From you, in this browser";
        assert_eq!(
            fact("AITable: Your own APITable server"),
            ["Directly, without a proxy", mine, "https://members.example.com", mine]
        );
        let address = site.config()["servers"]["webex"]["address"].as_str().expect("an address").to_owned();
        assert_eq!(&fact("Webex")[2..], [address.as_str(), "From the owner of this page (config.json)"]);
    });
}

#[test]
fn a_relay_that_answers_is_told_from_something_else() {
    in_chromium(|page, site| {
        page.open("#/settings");
        page.press("Test the proxy");
        page.sees("The proxy answers.");
        page.choose("Proxy", RELAY);
        page.press("Test the proxy");
        page.sees("Enter an address, like https://relay.example.com.");
        page.lacks("There is a problem");
        page.fill("Address of the proxy", "nowhere");
        page.press("Test the proxy");
        page.sees("Something answers there (status 404), but not as Memberdesk’s own proxy does.");
        // What came of a test is told no longer than what was tested stands there.
        page.fill("Address of the proxy", "elsewhere");
        page.lacks("Something answers there");
        page.fill("Address of the proxy", &site.address("relay"));
        page.press("Test the proxy");
        page.sees("The proxy answers.");
        // A test saves nothing and loses nothing.
        assert_eq!(page.value("Address of the proxy"), site.address("relay"));
        assert_eq!(page.script("return localStorage.getItem('memberdesk.settings')", json!([])), json!(null));
        assert_eq!(site.webex.arrived().len(), 0);
    });
}

#[test]
fn a_test_tells_what_the_policy_forbids() {
    const FORBIDDEN: &str = "The policy of this page does not let it reach that address.";
    let site = Site::start();
    let page = Page::new(Browser::start(Engine::Chromium), &site);
    page.open("#/settings");
    page.choose("Proxy", RELAY);
    page.fill("Address of the proxy", "http://127.0.0.1:8999/relay");
    page.press("Test the proxy");
    page.sees(FORBIDDEN);
    page.choose("Proxy", "No proxy");
    page.lacks(FORBIDDEN);
    page.press("Test the proxy");
    page.sees(FORBIDDEN);
    page.press("Test Webex");
    page.lacks("Webex was reached");
    assert_eq!(site.webex.arrived().len(), 0);
    watch::assert_alone(&page, &site);
}

#[test]
fn a_server_is_reached_without_any_secret_by_its_refusal() {
    in_chromium(|page, site| {
        connect_to_webex(page);
        let before = site.webex.arrived().len();
        page.press("Settings");
        // The second press comes while the first is under way.
        page.press_twice("Test Webex");
        page.sees("Webex was reached.");
        let arrived = site.webex.arrived();
        assert_eq!(arrived.len(), before + 1);
        let probe = arrived.last().expect("the probe");
        assert_eq!((probe.method.as_str(), probe.status), ("GET", Some(401)));
        assert!(!format!("{probe:?}").contains(webex::TOKEN));
    });
}

#[test]
fn a_relay_that_does_not_reach_the_server_is_told() {
    in_chromium(|page, site| {
        site.webex.fail(Fault::once_on("GET", Effect::CutBefore));
        page.open("#/settings");
        page.press("Test Webex");
        page.sees("The proxy lost its connection to Webex before an answer came.");
        page.lacks("Webex was reached.");
        page.press("Test Webex");
        page.sees("Webex was reached.");
    });
}

#[test]
fn a_theme_holds_at_once_and_after_the_page_is_loaded_again() {
    in_chromium(|page, _| {
        let theme = || page.script("return document.documentElement.dataset.theme ?? ''", json!([]));
        page.open("#/settings");
        assert_eq!(theme(), json!(""));
        page.fill("Time limit", "5");
        page.choose("Theme", "Dark");
        page.wait_for("the dark theme", || theme() == json!("dark"));
        // Only the theme holds: the rest is still to be saved.
        assert_eq!(fact(page, "Time limit"), ["30 seconds", "Built in"]);
        assert_eq!(page.value("Time limit"), "5");
        assert_eq!(fact(page, "Theme"), ["Dark", "From you, in this browser"]);
        page.reload();
        page.heading("Settings");
        assert_eq!(theme(), json!("dark"));
        assert_eq!(page.chosen("Theme"), "Dark");
        page.choose("Theme", "As the system has it");
        page.wait_for("the theme of the system", || theme() == json!(""));
        page.script("localStorage.setItem('memberdesk.settings', '{')", json!([]));
        page.reload();
        page.sees("Earlier settings could not be read");
        assert_eq!(theme(), json!(""));
    });
}

#[test]
fn a_time_limit_is_checked_and_then_holds() {
    in_chromium(|page, site| {
        let says = "Enter a whole number of seconds from 1 to 600, or leave it empty.";
        page.open("#/settings");
        for wrong in ["soon", "0", "601", "1.5", "-3"] {
            page.fill("Time limit", wrong);
            page.press("Save the settings");
            page.problem("Time limit", says);
        }
        page.fill("Time limit", "1");
        page.press("Save the settings");
        page.sees("Settings saved");
        assert_eq!(fact(page, "Time limit"), ["1 second", "From you, in this browser"]);
        page.reload();
        page.heading("Settings");
        assert_eq!(page.value("Time limit"), "1");
        let hold = Hold::new();
        site.webex.fail(Fault::once_on("GET", Effect::HoldBefore(hold.clone())));
        page.open("#/webex");
        page.fill("Access token", webex::TOKEN);
        page.press("Connect");
        page.sees("Webex did not answer in time.");
        hold.release();
        // The token is still there for another try.
        page.press("Connect");
        page.heading("Which membership?");
    });
}

#[test]
fn a_connection_is_listed_tested_again_and_signed_out() {
    in_chromium(|page, site| {
        page.open("#/settings");
        page.sees("You are not connected to any provider in this tab.");
        connect_to_webex(page);
        page.press("Settings");
        page.sees("The credential belongs to ");
        page.lacks(webex::TOKEN);
        let before = site.webex.arrived().len();
        page.press("Test again");
        page.sees("Webex accepts the credential.");
        assert_eq!(site.webex.arrived().len(), before + 1);
        page.press("Sign out");
        page.sees("You are signed out: Webex.");
        page.focus_comes_to("Connections of this visit");
        page.sees("You are not connected to any provider in this tab.");
        page.press("choose a provider");
        page.press("Webex");
        page.heading("Connect to Webex");
        assert_eq!(page.value("Access token"), "");
    });
}

#[test]
fn each_panel_is_a_connection_of_its_own() {
    in_chromium(|page, _| {
        connect_to_toluna(page, UNITED_KINGDOM);
        page.press("Use another panel");
        connect_to_toluna(page, FRANCE);
        page.press("Settings");
        page.sees("Toluna · Live · United Kingdom");
        page.sees("Toluna · Live · France");
        page.lacks(toluna::PANEL_UK);
        page.press("Sign out: Toluna · Live · United Kingdom");
        page.sees("You are signed out: Toluna · Live · United Kingdom.");
        // The other one goes on as it was.
        page.press("Members");
        page.press("Toluna");
        page.heading("Which panel member?");
    });
}

#[test]
fn a_connection_that_other_settings_left_behind_is_told() {
    in_chromium(|page, site| {
        connect_to_webex(page);
        page.press("Settings");
        page.choose("Proxy", RELAY);
        page.fill("Address of the proxy", &site.address("relay"));
        page.press("Save the settings");
        page.sees("Settings saved");
        page.sees("It was made with other settings, and is used again only with those.");
        page.lacks("Test again");
        page.press("Sign out");
        page.sees("You are signed out: Webex.");
    });
}

#[test]
fn a_token_that_could_not_be_tested_is_no_connection() {
    in_chromium(|page, site| {
        site.webex.fail(Fault::once_on("GET", Effect::CutBefore));
        page.open("#/webex");
        page.fill("Access token", webex::TOKEN);
        page.press("Connect");
        page.sees("Not connected");
        page.press("Settings");
        page.sees("You are not connected to any provider in this tab.");
        // What was typed is still there.
        page.press("Members");
        page.press("Webex");
        assert_eq!(page.value("Access token"), webex::TOKEN);
        page.press("Connect");
        page.heading("Which membership?");
    });
}

#[test]
fn a_refusal_of_another_test_is_told_and_takes_nothing_away() {
    in_chromium(|page, site| {
        connect_to_webex(page);
        page.press("Settings");
        site.webex.fail(Fault::once_on(
            "GET",
            status(401, r#"{"message":"It has ended.","trackingId":"ROUTER_1"}"#),
        ));
        page.press("Test again");
        page.sees("The access token is wrong or has expired.");
        page.sees("The credential belongs to ");
        page.press("Test again");
        page.sees("Webex accepts the credential.");
    });
}

#[test]
fn what_no_call_tests_is_told_as_entered() {
    in_chromium(|page, site| {
        connect_to_toluna(page, UNITED_KINGDOM);
        page.press("Settings");
        page.sees("Entered, not tested: Toluna has no call for that.");
        page.lacks("Test again");
        // The server is reached all the same, with nothing of anybody.
        let before = site.toluna.arrived().len();
        page.press("Test Toluna: Live");
        page.sees("Toluna: Live was reached.");
        let arrived = site.toluna.arrived();
        assert_eq!(arrived.len(), before + 1);
        let probe = format!("{:?}", arrived.last().expect("the probe"));
        assert!(!probe.contains(toluna::PANEL_UK), "{probe}");
        page.press("Members");
        page.sees("Entered, not tested");
        // A record that is read with it is a test too.
        page.press("Toluna");
        page.fill("Member code", toluna::MEMBER);
        page.press("Show what is on file");
        page.heading(toluna::MEMBER);
        page.press("Members");
        page.sees("Connected");
        page.lacks("Entered, not tested");
        page.press("Settings");
        page.sees("Toluna accepts the credential: a record was read with it.");
        page.lacks("Entered, not tested");
    });
}

#[test]
fn theme_and_language_come_first() {
    in_chromium(|page, _| {
        page.open("#/settings");
        page.heading("Settings");
        page.sees("What you choose here applies at once.");
        let headings = "return [...document.querySelectorAll('main h2')].map((own) => own.textContent)";
        let headings: Vec<String> =
            serde_json::from_value(page.script(headings, json!([]))).expect("some headings");
        assert_eq!(headings[..3], ["Display", "In force now", "What you want otherwise"]);
    });
}

#[test]
fn an_address_that_nobody_knows_is_asked_for_and_not_pointed_at() {
    in_chromium(|page, site| {
        let boxes = "
            return [...document.querySelectorAll('form .stack')].map((own) => own.textContent)
                .filter((own) => own.includes('Your own APITable server')).join();";
        let question = || page.script(boxes, json!([])).as_str().expect("a text").to_owned();
        configure(page, site, "proxy", json!({ "kind": "none" }));
        // It stands above the form, where it is below.
        page.sees("Its address is not known yet. Enter it below.");
        assert!(question().contains("As in https://members.example.com."), "{}", question());
        assert!(!question().contains("Its address is not known yet."), "{}", question());
        assert!(!question().contains("Leave it empty"), "nobody decided it: {}", question());
        let mut servers = site.config()["servers"].clone();
        servers["aitable-own"] = json!({ "address": "http://127.0.0.1:8109" });
        configure(page, site, "servers", servers);
        page.sees("Leave it empty to keep what the owner of this page decided.");
        assert!(question().contains("Leave it empty to keep"), "{}", question());
    });
}
