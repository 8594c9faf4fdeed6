//! While a change is on its way.

use browser_tests::in_chromium;
use serde_json::json;
use simulated::{Effect, Hold, webex};

use crate::steps::{
    SEND_A_MODERATOR, SEND_A_NAME, check_a_moderator, check_a_name, on_read, on_write, open_at_webex, row,
};

#[test]
fn two_presses_send_one_change() {
    in_chromium(|page, site| {
        check_a_moderator(page);
        page.press_twice(SEND_A_MODERATOR);
        page.heading("ليلى حسن was updated in Webex");
        assert_eq!(site.webex.counters().writes, 1);
        // One test of the token, and two reads each for the form, before sending and after it.
        assert_eq!(site.webex.counters().reads, 7);
    });
}

#[test]
fn two_presses_test_a_token_once_and_read_a_record_once() {
    in_chromium(|page, site| {
        page.open("#/webex");
        page.fill("Access token", webex::TOKEN);
        page.press_twice("Connect");
        page.heading("Which membership?");
        assert_eq!(site.webex.counters().reads, 1);
        page.fill("Membership ID", webex::MODERATED);
        page.press_twice("Show what is on file");
        page.heading("Jean-Luc D’Angelo");
        assert_eq!(site.webex.counters().reads, 3);
    });
}

#[test]
fn stopping_a_change_that_was_made_finds_out_that_it_was() {
    in_chromium(|page, site| {
        check_a_moderator(page);
        let hold = Hold::new();
        site.webex.fail(on_write(Effect::HoldAfter(hold.clone())));
        page.press(SEND_A_MODERATOR);
        page.sees("Sending the change to Webex …");
        page.sees("If you stop now, the change may still be made. The record is then read to find out.");
        hold.arrived();
        page.press("Stop waiting");
        page.heading("ليلى حسن was updated in Webex");
        page.sees("The record was read again afterwards and shows every field as you asked.");
        hold.release();
        assert_eq!(site.webex.counters().writes, 1);
    });
}

#[test]
fn stopping_a_change_that_is_still_under_way_does_not_say_that_it_was_not_made() {
    in_chromium(|page, site| {
        check_a_name(page);
        let hold = Hold::new();
        site.aitable.fail(on_write(Effect::HoldBefore(hold.clone())));
        page.press(SEND_A_NAME);
        hold.arrived();
        page.press("Stop waiting");
        page.sees("You stopped waiting before an answer came.");
        let line = row(["Name in this space", "John", "John Okafor", "John As before"]);
        assert_eq!(page.rows(), [line]);
        // It is still on its way, and it will be made.
        page.lacks("John was not changed in AITable");
        hold.release();
        page.press("Make another change");
        page.wait_for("the change to be made", || site.aitable.counters().applied == 1);
        assert_eq!(site.aitable.counters().writes, 1);
    });
}

#[test]
fn leaving_asks_first_while_a_change_is_on_its_way() {
    in_chromium(|page, site| {
        check_a_moderator(page);
        let hold = Hold::new();
        site.webex.fail(on_write(Effect::HoldAfter(hold.clone())));
        page.press(SEND_A_MODERATOR);
        hold.arrived();
        assert!(page.asks_before_leaving());
        hold.release();
        page.heading("ليلى حسن was updated in Webex");
        page.wait_for("leaving to be free", || !page.asks_before_leaving());
    });
}

#[test]
fn another_page_in_between_loses_nothing() {
    in_chromium(|page, site| {
        check_a_moderator(page);
        let hold = Hold::new();
        site.webex.fail(on_write(Effect::HoldAfter(hold.clone())));
        page.press(SEND_A_MODERATOR);
        hold.arrived();
        page.press("Settings");
        page.heading("Settings");
        hold.release();
        page.press("Members");
        page.press("Webex");
        page.heading("ليلى حسن was updated in Webex");
        assert_eq!(site.webex.counters().writes, 1);
    });
}

#[test]
fn while_it_is_read_back_the_page_says_that_it_was_sent() {
    in_chromium(|page, site| {
        check_a_moderator(page);
        let (write, read) = (Hold::new(), Hold::new());
        site.webex.fail(on_write(Effect::HoldAfter(write.clone())));
        page.press(SEND_A_MODERATOR);
        write.arrived();
        site.webex.fail(on_read("/memberships/", Effect::HoldBefore(read.clone())));
        write.release();
        read.arrived();
        page.sees("The change was sent. If you stop now, you do not see what came of it until you look at the record again.");
        page.lacks("the change may still be made");
        read.release();
        page.heading("ليلى حسن was updated in Webex");
    });
}

#[test]
fn a_visit_to_the_settings_takes_no_consent_back_and_another_change_has_none() {
    in_chromium(|page, site| {
        let ticked = || page.script("return document.querySelector('[type=checkbox]').checked", json!([]));
        let check = || {
            page.choose("Moderator of the space", "Yes, a moderator");
            page.press("Check the change");
            page.heading("Check the change to Siobhán O'Brien");
        };
        open_at_webex(page, webex::UNMODERATED, "Siobhán O'Brien");
        check();
        page.tick("I understand, and want to go on");
        page.press("Settings");
        page.heading("Settings");
        page.press("Members");
        page.press("Webex");
        page.heading("Check the change to Siobhán O'Brien");
        assert_eq!(ticked(), json!(true));
        page.press("Update Siobhán O'Brien in Webex");
        page.heading("Siobhán O'Brien was updated in Webex");
        assert_eq!(site.webex.counters().writes, 1);
        // The same change of the same member, another time: nobody has agreed to it.
        site.webex.reset();
        page.press("Members");
        page.press("Webex");
        open_again(page);
        check();
        assert_eq!(ticked(), json!(false));
    });
}

/// From a result to the same member.
#[track_caller]
fn open_again(page: &browser_tests::page::Page) {
    page.press("Make another change");
    page.heading("Siobhán O'Brien");
}
