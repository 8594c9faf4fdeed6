//! The members that were looked at last: on Home and where one is chosen, in the tab or in the browser.

use browser_tests::{in_chromium, page::Page, site::Site, watch};
use fantoccini::key::Key;
use serde_json::json;
use simulated::{aitable, toluna, webex};

use crate::steps::{
    FRANCE, UNITED_KINGDOM, configure, connect_to_toluna, open_at_aitable, open_at_toluna, open_at_webex,
};

pub const TITLE: &str = "Members looked at last";
const KEEP: &str = "Keep this list on this device";
const FORGET: &str = "Clear this list";

/// The links of the list, as they stand.
fn listed(page: &Page) -> Vec<String> {
    let script = "return [...document.querySelectorAll('.recents__entry a')].map((link) => link.textContent)";
    serde_json::from_value(page.script(script, json!([]))).expect("texts")
}

/// What the browser keeps of them.
fn kept(page: &Page) -> Option<String> {
    page.script("return localStorage.getItem('memberdesk.recents')", json!([])).as_str().map(str::to_owned)
}

#[track_caller]
fn home(page: &Page) {
    page.press("Members");
    page.heading("Change a member’s record, and be sure");
}

/// The owner lets a person ask that the list is kept.
#[track_caller]
pub fn allow(page: &Page, site: &Site) {
    configure(page, site, "recents", json!("device"));
}

/// Somebody looked at ليلى حسن, and asked the browser to keep the list.
#[track_caller]
fn keep_one(page: &Page, site: &Site) {
    allow(page, site);
    open_at_webex(page, webex::MODERATED_MEMBER, "ليلى حسن");
    home(page);
    page.tick(KEEP);
    page.wait_for("the list in the browser", || kept(page).is_some());
}

#[test]
fn a_member_that_was_looked_at_is_opened_again_with_one_press() {
    in_chromium(|page, _| {
        page.open("");
        page.sees("Your first step");
        open_at_webex(page, webex::MODERATED_MEMBER, "ليلى حسن");
        open_at_aitable(page, aitable::MEMBER, "John");
        home(page);
        page.sees(TITLE);
        page.lacks("Your first step");
        assert_eq!(listed(page), ["John", "ليلى حسن"]);
        page.sees("This list goes when you close or reload the tab.");
        page.lacks(KEEP);
        page.press("ليلى حسن");
        page.heading("ليلى حسن");
        // Where one chooses a member, those of the provider are at hand; also the one that was there last.
        page.press("Choose another membership");
        page.heading("Which membership?");
        assert_eq!(listed(page), ["ليلى حسن"]);
        page.press("ليلى حسن");
        page.heading("ليلى حسن");
        assert_eq!(kept(page), None);
        page.open("#/");
        page.reload();
        page.sees("Your first step");
        page.lacks(TITLE);
    });
}

#[test]
fn a_member_that_was_looked_at_waits_for_the_sign_in() {
    in_chromium(|page, _| {
        open_at_webex(page, webex::MODERATED_MEMBER, "ليلى حسن");
        page.press("Choose another membership");
        page.press("Sign out");
        page.heading("Connect to Webex");
        home(page);
        page.press("ليلى حسن");
        page.heading("Connect to Webex");
        page.fill("Access token", webex::TOKEN);
        page.press("Connect");
        page.heading("ليلى حسن");
        // And once more after that, although its link is the one that was followed last.
        page.press("Choose another membership");
        page.press("Sign out");
        home(page);
        page.press("ليلى حسن");
        page.fill("Access token", webex::TOKEN);
        page.press("Connect");
        page.heading("ليلى حسن");
    });
}

#[test]
fn what_was_entered_is_not_lost_by_the_list() {
    in_chromium(|page, _| {
        open_at_webex(page, webex::UNMODERATED, "Siobhán O'Brien");
        page.press("Choose another membership");
        page.fill("Membership ID", webex::MODERATED_MEMBER);
        page.press("Show what is on file");
        page.heading("ليلى حسن");
        page.choose("Moderator of the space", "Yes, a moderator");
        home(page);
        page.press("Siobhán O'Brien");
        page.sees("The link was not followed yet");
        page.heading("ليلى حسن");
        assert_eq!(page.chosen("Moderator of the space"), "Yes, a moderator");
    });
}

#[test]
fn a_pin_brings_a_member_to_the_front_by_keyboard_too() {
    in_chromium(|page, _| {
        open_at_aitable(page, aitable::MEMBER, "John");
        open_at_webex(page, webex::MODERATED_MEMBER, "ليلى حسن");
        home(page);
        assert_eq!(listed(page), ["ليلى حسن", "John"]);
        page.script("document.querySelector('[aria-label=\"Pin John\"]').focus()", json!([]));
        page.key(Key::Enter);
        let pressed = "return document.activeElement.ariaLabel + ' ' + document.activeElement.ariaPressed";
        page.wait_for("the pin", || page.script(pressed, json!([])) == json!("Pin John true"));
        assert_eq!(listed(page), ["ليلى حسن", "John"], "nothing moves under the finger");
        page.press("Settings");
        page.heading("Settings");
        home(page);
        assert_eq!(listed(page), ["John", "ليلى حسن"]);
        page.press("Pin John");
        page.press("Settings");
        page.heading("Settings");
        home(page);
        assert_eq!(listed(page), ["ليلى حسن", "John"]);
    });
}

#[test]
fn a_browser_keeps_members_when_it_was_asked_to_and_forgets_them_with_one_press() {
    in_chromium(|page, site| {
        allow(page, site);
        open_at_toluna(page, FRANCE, toluna::MEMBER_REGISTRATION);
        open_at_webex(page, webex::MODERATED_MEMBER, "ليلى حسن");
        home(page);
        page.sees("Whoever uses this browser can read them.");
        assert_eq!(kept(page), None, "nobody asked for it yet");
        page.tick(KEEP);
        page.wait_for("the list in the browser", || kept(page).is_some());
        page.lacks("This list goes when you close or reload the tab.");
        for secret in watch::SECRETS {
            watch::assert_secret_is_nowhere(page, secret);
        }
        page.press("Pin ليلى حسن");
        page.reload();
        page.sees(TITLE);
        assert_eq!(listed(page), ["ليلى حسن", toluna::MEMBER_REGISTRATION]);
        page.sees("France");
        page.press("ليلى حسن");
        page.heading("Connect to Webex");
        page.fill("Access token", webex::TOKEN);
        page.press("Connect");
        page.heading("ليلى حسن");
        home(page);
        page.press(FORGET);
        page.sees("The list is cleared.");
        page.lacks(TITLE);
        assert_eq!(kept(page), None);
        page.reload();
        page.sees("Your first step");
    });
}

#[test]
fn a_list_that_is_kept_no_more_is_removed_at_once() {
    in_chromium(|page, site| {
        keep_one(page, site);
        page.tick(KEEP);
        page.wait_for("no list in the browser", || kept(page).is_none());
        assert_eq!(listed(page), ["ليلى حسن"], "it is still there in this tab");
        page.sees("This list goes when you close or reload the tab.");
    });
}

#[test]
fn every_tab_has_what_the_browser_keeps_and_loses_what_one_of_them_removed() {
    in_chromium(|page, site| {
        keep_one(page, site);
        let first = page.window();
        let second = page.open_window();
        page.open("#/");
        page.sees(TITLE);
        open_at_aitable(page, aitable::MEMBER, "John");
        page.turn_to(&first);
        page.wait_for("both members", || listed(page) == ["John", "ليلى حسن"]);
        page.press(FORGET);
        page.sees("The list is cleared.");
        page.turn_to(&second);
        home(page);
        page.wait_for("no member", || listed(page).is_empty());
        assert_eq!(kept(page), None);
    });
}

#[test]
fn what_the_owner_does_not_allow_is_neither_shown_nor_kept() {
    in_chromium(|page, site| {
        keep_one(page, site);
        let mut config = site.config();
        config["recents"] = json!("off");
        site.write("config.json", &config.to_string());
        page.reload();
        page.heading("Change a member’s record, and be sure");
        page.wait_for("no list in the browser", || kept(page).is_none());
        page.lacks("ليلى حسن");
        open_at_webex(page, webex::MODERATED_MEMBER, "ليلى حسن");
        page.press("Choose another membership");
        page.heading("Which membership?");
        assert_eq!(listed(page), [""; 0]);
        home(page);
        page.lacks("ليلى حسن");
    });
}

#[test]
fn a_list_of_another_version_is_left_alone() {
    in_chromium(|page, site| {
        allow(page, site);
        let foreign = r#"{"version":2,"members":[{"name":"<b>Ada</b>"}]}"#;
        page.script("localStorage.setItem('memberdesk.recents', arguments[0])", json!([foreign]));
        page.reload();
        open_at_webex(page, webex::MODERATED_MEMBER, "ليلى حسن");
        home(page);
        assert_eq!(listed(page), ["ليلى حسن"]);
        assert_eq!(kept(page).as_deref(), Some(foreign));
    });
}

#[test]
fn a_member_whose_data_was_erased_leaves_the_list() {
    in_chromium(|page, site| {
        allow(page, site);
        open_at_webex(page, webex::MODERATED_MEMBER, "ليلى حسن");
        connect_to_toluna(page, UNITED_KINGDOM);
        page.fill("Member code", toluna::MEMBER);
        page.press("Show what is on file");
        page.heading(toluna::MEMBER);
        home(page);
        page.tick(KEEP);
        page.wait_for("the list in the browser", || {
            kept(page).is_some_and(|text| text.contains(toluna::MEMBER))
        });
        page.press(toluna::MEMBER);
        page.heading(toluna::MEMBER);
        page.press("Erase personal data");
        page.fill("To go on, type 1601440000", "1601440000");
        page.press("Erase personal data: 1601440000");
        page.heading("1601440000 is gone from Toluna, as intended");
        let kept = kept(page).expect("the other member is kept");
        assert!(!kept.contains(toluna::MEMBER), "{kept}");
        home(page);
        assert_eq!(listed(page), ["ليلى حسن"]);
    });
}

#[test]
fn the_list_says_where_each_member_is() {
    in_chromium(|page, _| {
        open_at_toluna(page, UNITED_KINGDOM, toluna::MEMBER);
        home(page);
        page.sees("Toluna · Live · United Kingdom");
    });
}
