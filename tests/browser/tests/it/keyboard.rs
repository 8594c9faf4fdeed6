//! One whole journey by keyboard alone.

use browser_tests::{in_chromium, page::Page};
use fantoccini::key::Key;
use serde_json::json;
use simulated::webex;

#[test]
fn a_moderator_is_made_by_keyboard_alone() {
    in_chromium(|page, site| {
        page.open("");
        page.heading("Change a member’s record, and be sure");
        tab_to(page, "Webex");
        page.key(Key::Enter);

        arrive(page, "Connect to Webex");
        tab_to(page, "Access token");
        page.type_text(webex::TOKEN);
        tab_to(page, "Connect");
        page.key(Key::Enter);

        arrive(page, "Which membership?");
        tab_to(page, "Membership ID");
        page.type_text(webex::UNMODERATED);
        page.key(Key::Enter);

        arrive(page, "Siobhán O'Brien");
        tab_to(page, "Leave as it is");
        page.key(Key::Down);
        assert_eq!(page.chosen("Moderator of the space"), "Yes, a moderator");
        tab_to(page, "Check the change");
        page.key(Key::Enter);

        arrive(page, "Check the change to Siobhán O'Brien");
        tab_to(page, "Update Siobhán O'Brien in Webex");
        page.key(Key::Enter);
        page.problem("I understand, and want to go on", "Tick the box to show that you have read this.");
        // The link in the summary leads to the box.
        tab_to(page, "Tick the box to show that you have read this.");
        page.key(Key::Enter);
        page.focus_comes_to("I understand, and want to go on");
        page.key(' ');
        tab_to(page, "Update Siobhán O'Brien in Webex");
        page.key(' ');

        arrive(page, "Siobhán O'Brien was updated in Webex");
        tab_to(page, "Details for support");
        page.key(Key::Enter);
        page.sees("Authorization: Bearer $TOKEN");
        assert_eq!(site.webex.counters().applied, 1);
    });
}

#[test]
fn every_page_begins_at_its_heading() {
    in_chromium(|page, _| {
        page.open("");
        page.press("Settings");
        arrive(page, "Settings");
        page.press("Members");
        arrive(page, "Change a member’s record, and be sure");
        page.press("Webex");
        arrive(page, "Connect to Webex");
    });
}

#[test]
fn every_step_begins_at_its_heading() {
    in_chromium(|page, _| {
        page.open("#/webex");
        page.fill("Access token", webex::TOKEN);
        page.press("Connect");
        arrive(page, "Which membership?");
        page.fill("Membership ID", webex::MODERATED_MEMBER);
        page.press("Show what is on file");
        arrive(page, "ليلى حسن");
        page.choose("Moderator of the space", "Yes, a moderator");
        page.press("Check the change");
        arrive(page, "Check the change to ليلى حسن");
        page.press("Change something else");
        arrive(page, "ليلى حسن");
        page.press("Check the change");
        page.press("Update ليلى حسن in Webex");
        arrive(page, "ليلى حسن was updated in Webex");
    });
}

#[test]
fn the_first_stop_leads_past_the_top_of_the_page() {
    in_chromium(|page, _| {
        page.open("#/webex");
        page.heading("Connect to Webex");
        page.key(Key::Tab);
        assert_eq!(page.focused(), "Skip to the main part");
        page.key(Key::Enter);
        page.wait_for("the focus on the main part", || {
            page.script("return document.activeElement.id", json!([])) == json!("main")
        });
        // The next stop is the first of the main part.
        page.key(Key::Tab);
        assert_eq!(page.focused(), "Access token");
    });
}

/// A new step begins at its heading, as a new page would.
#[track_caller]
fn arrive(page: &Page, heading: &str) {
    page.heading(heading);
    page.until(&format!("the focus on the heading “{heading}”"), async |client| {
        let focused = client.active_element().await?;
        Ok((focused.tag_name().await? == "h1" && focused.text().await? == heading).then_some(()))
    });
}

/// Goes on from stop to stop, each of which can be seen and has a name.
#[track_caller]
fn tab_to(page: &Page, name: &str) {
    let mut passed = Vec::new();
    while passed.len() < 30 {
        page.key(Key::Tab);
        let focused = page.focused();
        assert!(!focused.is_empty(), "a stop without a name after {passed:?}");
        let ring =
            "for (let shown = document.activeElement; shown !== document.body; shown = shown.parentElement)
                if (getComputedStyle(shown).outlineStyle !== 'none') return true;
            return false";
        assert_eq!(page.script(ring, json!([])), json!(true), "“{focused}” shows that it has the focus");
        if focused == name {
            return;
        }
        passed.push(focused);
    }
    panic!("“{name}” is not among the stops: {passed:?}");
}
