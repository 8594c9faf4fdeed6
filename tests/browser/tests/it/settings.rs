//! The proxy and the servers, as a person chooses them.

use browser_tests::{
    browser::{Browser, Engine},
    in_chromium,
    page::Page,
    site::Site,
    watch,
};
use serde_json::json;
use simulated::webex;

use crate::steps::{connect_to_webex, open_at_webex};

const RELAY: &str = "A relay with a path for each server";

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
        page.sees("This relay decides by itself which server is called, so a typed address has no effect.");
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
