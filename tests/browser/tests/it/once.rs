//! However impatient somebody is, with the mouse, the browser's own buttons or a second window: one change, one write.

use browser_tests::{in_chromium, watch};
use serde_json::json;
use simulated::{Effect, Hold, flashapply, symbl, toluna, webex};

use crate::steps::{
    SEND_A_MODERATOR, UNITED_KINGDOM, check_a_moderator, find_at_symbl, on_patch, on_write,
    open_at_flashapply, open_at_toluna, open_at_webex,
};

#[test]
fn two_presses_send_one_change_whatever_it_is() {
    in_chromium(|page, site| {
        page.open("#/symbl");
        page.choose("Sign in with", "App ID and App Secret");
        page.fill("App ID", symbl::APP_ID);
        page.fill("App Secret", symbl::APP_SECRET);
        page.press_twice("Connect");
        page.heading("Which conversation member?");
        assert_eq!(site.symbl.counters().writes, 1, "one exchange");
        find_at_symbl(page, symbl::CONVERSATION_SPEAKERS, symbl::MEMBER_SPEAKER_2, "Speaker 2");
        page.fill("E-mail address", "john@example.com");
        page.press("Check the change");
        page.fill("To go on, type Speaker 2", "Speaker 2");
        page.press_twice("Update Speaker 2 in Symbl.ai");
        page.heading("Speaker 2 is gone from Symbl.ai, as intended");
        let puts = site.symbl.arrived().iter().filter(|arrived| arrived.method == "PUT").count();
        assert_eq!((puts, site.symbl.counters().applied), (1, 1));

        open_at_flashapply(page, flashapply::MEMBER, "Siobhán O’Brien");
        page.fill("New password", "not shown to anybody");
        page.press("Check the change");
        page.heading("Check the change to Siobhán O’Brien");
        page.press_twice("Update Siobhán O’Brien in FlashApply");
        page.heading("FlashApply accepted the change to Siobhán O’Brien");
        assert_eq!(site.flashapply.counters().writes, 1);

        open_at_toluna(page, UNITED_KINGDOM, toluna::MEMBER);
        page.press_twice("Erase personal data");
        page.heading("Check the change to 1601440000");
        page.fill("To go on, type 1601440000", "1601440000");
        page.press_twice("Erase personal data: 1601440000");
        page.heading("1601440000 is gone from Toluna, as intended");
        assert_eq!(site.toluna.counters().writes, 1);
    });
}

#[test]
fn the_same_change_in_two_windows_is_made_once() {
    in_chromium(|page, site| {
        check_a_moderator(page);
        let first = page.window();
        let second = page.open_window();
        check_a_moderator(page);

        page.turn_to(&first);
        let hold = Hold::new();
        site.webex.fail(on_write(Effect::HoldAfter(hold.clone())));
        page.press(SEND_A_MODERATOR);
        hold.arrived();
        page.turn_to(&second);
        page.press(SEND_A_MODERATOR);
        page.sees("Another tab is changing this membership. This one goes on when that is over.");
        // Waiting can be left, and taken up again.
        page.press("Stop");
        page.heading("ليلى حسن");
        assert_eq!(page.chosen("Moderator of the space"), "Yes, a moderator");
        page.press("Check the change");
        page.press(SEND_A_MODERATOR);
        page.sees("Another tab is changing this membership.");
        assert_eq!(site.webex.counters().writes, 1);
        hold.release();
        page.heading("ليلى حسن is already as you asked in Webex");
        page.sees("Reading the record just before sending showed it. Nothing was sent.");
        watch::assert_quiet(page);
        watch::assert_secret_is_nowhere(page, webex::TOKEN);

        page.turn_to(&first);
        page.heading("ليلى حسن was updated in Webex");
        assert_eq!(site.webex.counters().writes, 1);
    });
}

#[test]
fn two_windows_that_change_different_members_do_not_wait_for_each_other() {
    in_chromium(|page, site| {
        check_a_moderator(page);
        let first = page.window();
        let second = page.open_window();
        open_at_webex(page, webex::MODERATED, "Jean-Luc D’Angelo");
        page.choose("Moderator of the space", "No, not a moderator");
        page.press("Check the change");
        page.heading("Check the change to Jean-Luc D’Angelo");

        page.turn_to(&first);
        let hold = Hold::new();
        site.webex.fail(on_write(Effect::HoldAfter(hold.clone())));
        page.press(SEND_A_MODERATOR);
        hold.arrived();
        page.turn_to(&second);
        page.tick("I understand, and want to go on");
        page.press("Update Jean-Luc D’Angelo in Webex");
        page.heading("Jean-Luc D’Angelo was updated in Webex");
        page.turn_to(&first);
        hold.release();
        page.heading("ليلى حسن was updated in Webex");
        assert_eq!(site.webex.counters().applied, 2);
    });
}

#[test]
fn the_browsers_own_buttons_send_nothing_twice() {
    in_chromium(|page, site| {
        page.open("");
        page.press("Webex");
        page.heading("Connect to Webex");
        page.fill("Access token", webex::TOKEN);
        page.press("Connect");
        page.heading("Which membership?");
        page.fill("Membership ID", webex::MODERATED_MEMBER);
        page.press("Show what is on file");
        page.heading("ليلى حسن");
        page.choose("Moderator of the space", "Yes, a moderator");
        page.press("Check the change");
        page.heading("Check the change to ليلى حسن");
        let hold = Hold::new();
        site.webex.fail(on_write(Effect::HoldAfter(hold.clone())));
        page.press(SEND_A_MODERATOR);
        hold.arrived();
        page.back();
        page.heading("Change a member’s record, and be sure");
        page.forward();
        page.sees("Sending the change to Webex …");
        page.back();
        page.heading("Change a member’s record, and be sure");
        hold.release();
        page.wait_for("the change to be settled", || site.webex.counters().reads >= 7);
        page.forward();
        page.heading("ليلى حسن was updated in Webex");
        page.back();
        page.forward();
        page.heading("ليلى حسن was updated in Webex");
        assert_eq!((site.webex.counters().writes, site.webex.counters().applied), (1, 1));
    });
}

#[test]
fn loading_the_page_again_while_sending_warns_and_sends_nothing_twice() {
    in_chromium(|page, site| {
        open_at_flashapply(page, flashapply::MEMBER, "Siobhán O’Brien");
        page.fill("First name", "Siobhan");
        page.press("Check the change");
        page.heading("Check the change to Siobhán O’Brien");
        let hold = Hold::new();
        site.flashapply.fail(on_patch(Effect::HoldAfter(hold.clone())));
        page.press("Update Siobhán O’Brien in FlashApply");
        hold.arrived();
        // A browser asks only on behalf of pages that were used, and the driver says yes to it.
        let asks = "const event = new Event('beforeunload', { cancelable: true });
            dispatchEvent(event); return event.defaultPrevented;";
        assert_eq!(page.script(asks, json!([])), json!(true));
        page.reload();
        page.heading("Connect to FlashApply");
        hold.release();
        assert_eq!(page.value("API key"), "");
        open_at_flashapply(page, flashapply::MEMBER, "Siobhan O’Brien");
        assert_eq!((site.flashapply.counters().writes, site.flashapply.counters().applied), (1, 1));
    });
}
