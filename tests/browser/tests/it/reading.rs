//! The order in which a screen reader meets things, what it calls them, and what it says by itself.
//!
//! Only what is named here must come, and in this order; other things may stand between.

use browser_tests::{in_chromium, page::Page};
use serde_json::json;
use simulated::{Effect, Hold, webex};

use crate::steps::{SEND_A_MODERATOR, on_read, on_write, open_at_webex};

#[test]
fn every_step_reads_from_its_heading_to_its_buttons() {
    in_chromium(|page, _| {
        open_at_webex(page, webex::MODERATED_MEMBER, "ليلى حسن");
        reads(
            page,
            &[
                r#"link "Skip to the main part""#,
                "banner",
                r#"navigation "Pages""#,
                "main",
                r#"navigation "Steps""#,
                r#"heading 1 "ليلى حسن" focused"#,
                r#"term "E-mail""#,
                r#"text "layla.hassan@example.com""#,
                "form",
                r#"group "Moderator of the space" described by "Moderators decide who is in the space and what it is called.""#,
                r#"radio "Leave as it is" checked, described by "On file: No, not a moderator""#,
                r#"radio "Yes, a moderator""#,
                r#"radio "No, not a moderator""#,
                r#"button "Check the change""#,
                r#"button "Choose another membership""#,
                "contentinfo",
            ],
        );

        page.press("Check the change");
        page.problem("Moderator of the space", "Nothing would change. Change a field first.");
        reads(
            page,
            &[
                "main",
                r#"heading 1 "ليلى حسن""#,
                r#"region "There is a problem" focused"#,
                r#"heading 2 "There is a problem""#,
                r#"link "Nothing would change. Change a field first.""#,
                "form",
                r#"group "Moderator of the space" described by "Moderators decide who is in the space and what it is called. Error: Nothing would change. Change a field first.""#,
                r#"text "Error: Nothing would change. Change a field first.""#,
                r#"radio "Leave as it is" checked, described by "On file: No, not a moderator""#,
                r#"button "Check the change""#,
            ],
        );

        page.choose("Moderator of the space", "Yes, a moderator");
        page.press("Check the change");
        page.heading("Check the change to ليلى حسن");
        page.focus_comes_to("Check the change to ليلى حسن");
        reads(
            page,
            &[
                "main",
                r#"heading 1 "Check the change to ليلى حسن" focused"#,
                r#"table "One field changes. The others stay as they are.""#,
                r#"columnheader "Field""#,
                r#"columnheader "On file now""#,
                r#"columnheader "After""#,
                r#"rowheader "Moderator of the space""#,
                r#"cell "No, not a moderator""#,
                r#"cell "Yes, a moderator""#,
                r#"button "Update ليلى حسن in Webex""#,
                r#"button "Change something else""#,
                r#"DisclosureTriangle "The request that will be sent" collapsed"#,
            ],
        );

        page.press(SEND_A_MODERATOR);
        page.heading("ليلى حسن was updated in Webex");
        page.focus_comes_to("ليلى حسن was updated in Webex");
        reads(
            page,
            &[
                "main",
                r#"heading 1 "ليلى حسن was updated in Webex" focused"#,
                r#"text "The record was read again afterwards and shows every field as you asked.""#,
                r#"table "What changed, field by field""#,
                r#"columnheader "Now on file""#,
                r#"rowheader "Moderator of the space""#,
                r#"cell "Yes, a moderator As asked""#,
                r#"button "Make another change""#,
                r#"button "Undo this change""#,
                r#"DisclosureTriangle "Details for support" collapsed"#,
            ],
        );
    });
}

const RISK: &str = "This space has no moderators yet. The first moderator makes it a moderated space: only moderators \
    can then add or remove people, and Webex may make you a moderator too.";

#[test]
fn a_risk_is_read_before_the_box_that_takes_it_and_the_button_after_both() {
    in_chromium(|page, _| {
        open_at_webex(page, webex::UNMODERATED, "Siobhán O'Brien");
        page.choose("Moderator of the space", "Yes, a moderator");
        page.press("Check the change");
        page.heading("Check the change to Siobhán O'Brien");
        page.press("Update Siobhán O'Brien in Webex");
        let says = "Tick the box to show that you have read this.";
        page.problem("I understand, and want to go on", says);
        reads(
            page,
            &[
                "main",
                r#"heading 1 "Check the change to Siobhán O'Brien""#,
                r#"region "There is a problem" focused"#,
                r#"link "Tick the box to show that you have read this.""#,
                r#"rowheader "Moderator of the space""#,
                &format!(r#"cell "{RISK} Error: {says} I understand, and want to go on""#),
                &format!(
                    r#"checkbox "I understand, and want to go on" invalid, described by "{RISK} Error: {says}""#
                ),
                r#"button "Update Siobhán O'Brien in Webex""#,
            ],
        );
    });
}

#[test]
fn what_one_waits_for_is_announced_and_the_outcome_has_the_focus() {
    in_chromium(|page, site| {
        open_at_webex(page, webex::MODERATED_MEMBER, "ليلى حسن");
        page.choose("Moderator of the space", "Yes, a moderator");
        page.press("Check the change");
        page.heading("Check the change to ليلى حسن");
        let (read, write) = (Hold::new(), Hold::new());
        site.webex.fail(on_read("/memberships/", Effect::HoldBefore(read.clone())));
        site.webex.fail(on_write(Effect::HoldBefore(write.clone())));
        page.press(SEND_A_MODERATOR);
        read.arrived();
        announces(page, "Reading the record");
        read.release();
        write.arrived();
        announces(page, "Sending the change to Webex …");
        write.release();
        page.heading("ليلى حسن was updated in Webex");
        page.focus_comes_to("ليلى حسن was updated in Webex");
    });
}

#[test]
fn a_test_of_a_token_is_announced() {
    in_chromium(|page, site| {
        page.open("#/webex");
        page.fill("Access token", webex::TOKEN);
        let hold = Hold::new();
        site.webex.fail(on_read("/people/me", Effect::HoldBefore(hold.clone())));
        // What is announced comes into something that was there before.
        let place = "return document.querySelector('form > [role=status]').textContent === ''";
        assert_eq!(page.script(place, json!([])), json!(true));
        page.press("Connect");
        hold.arrived();
        announces(page, "Webex");
        hold.release();
        page.heading("Which membership?");
        page.focus_comes_to("Which membership?");
    });
}

/// These lines come in this order, whatever stands between them.
#[track_caller]
fn reads(page: &Page, lines: &[&str]) {
    let reading = page.reading();
    let mut rest = reading.iter();
    for line in lines {
        assert!(
            rest.any(|read| read == line),
            "{line}\ndoes not come in its place in:\n{}",
            reading.join("\n")
        );
    }
}

#[track_caller]
fn announces(page: &Page, words: &str) {
    page.wait_for(&format!("“{words}” to be announced"), || page.announced().contains(words));
}
