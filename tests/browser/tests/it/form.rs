//! The form: what will be different is always in sight, and nothing that was entered is lost by accident.

use browser_tests::in_chromium;
use simulated::{Fault, aitable, flashapply, toluna, webex};

use crate::steps::{
    SEND_A_MODERATOR, UNITED_KINGDOM, check_a_moderator, fill_date, open_at_aitable, open_at_flashapply,
    open_at_toluna, open_at_webex, status,
};

#[test]
fn what_will_change_is_said_while_it_is_entered() {
    in_chromium(|page, _| {
        open_at_aitable(page, aitable::MEMBER_TWO_TEAMS, "Amélie D'Arcy");
        page.sees("Nothing will change yet");
        page.fill("Name in this space", "Amélie Dupont");
        page.sees("One field will change");
        page.press("Remove Apps & Design");
        page.fill("Another team", aitable::TEAM_OPERATIONS);
        page.sees("2 fields will change");
        page.sees("Removed: Apps & Design.");
        // What is typed and not added yet counts: it will be sent too.
        page.sees(&format!("Added: {}.", aitable::TEAM_OPERATIONS));
        // The same text again is no change.
        page.fill("Name in this space", " Amélie D'Arcy ");
        page.sees("One field will change");
    });
}

#[test]
fn one_field_or_all_can_be_left_as_they_are_again() {
    in_chromium(|page, _| {
        open_at_toluna(page, UNITED_KINGDOM, toluna::MEMBER);
        let postcode = page.value("Postcode");
        fill_date(page, ["6", "12", "1992"]);
        page.fill("Postcode", "EC1A 1BB");
        page.sees("2 fields will change");
        page.press("Leave “Date of birth” as it is");
        page.focus_comes_to("Day");
        assert_eq!(page.value("Day"), "21");
        page.sees("One field will change");
        page.press("Leave everything as it is");
        page.sees("Nothing will change yet");
        assert_eq!(page.value("Postcode"), postcode);
        page.lacks("Leave “Postcode” as it is");
    });
}

#[test]
fn errors_come_with_a_try_to_go_on_and_go_as_they_are_mended() {
    in_chromium(|page, _| {
        open_at_flashapply(page, flashapply::MEMBER, "Siobhán O’Brien");
        let nothing = "Nothing would change. Change a field first.";
        page.press("Check the change");
        page.problem("First name", nothing);
        page.fill("E-mail address", "no address");
        page.lacks(nothing);
        page.lacks("There is a problem");
        page.press("Check the change");
        let email = "“E-mail address” must be an e-mail address, as in name@example.com.";
        page.problem("E-mail address", email);
        // What is wrong in another field is said at the next try, not while it is typed.
        let first = "“First name” cannot be emptied. A member must have a first name.";
        page.fill("First name", "");
        page.lacks(first);
        page.fill("E-mail address", "siobhan@example.ie");
        page.lacks(email);
        page.lacks("There is a problem");
        page.press("Check the change");
        page.problem("First name", first);
        // Left as it is, it is no longer wrong.
        page.press("Leave “First name” as it is");
        page.lacks("There is a problem");
    });
}

#[test]
fn a_try_that_led_on_leaves_no_errors_behind() {
    in_chromium(|page, _| {
        open_at_aitable(page, aitable::MEMBER, "John");
        page.fill("Name in this space", "John Okafor");
        page.press("Check the change");
        page.heading("Check the change to John");
        page.press("Change something else");
        page.heading("John");
        page.press("Leave “Name in this space” as it is");
        page.sees("Nothing will change yet");
        page.lacks("There is a problem");
    });
}

#[test]
fn a_row_that_cannot_be_added_says_so_and_nothing_of_other_fields() {
    in_chromium(|page, _| {
        open_at_aitable(page, aitable::MEMBER, "John");
        page.sees("Choose by name, or enter an ID.");
        page.fill("Name in this space", "");
        page.fill("Another team", "x");
        page.sees("Nothing fits “x”.");
        page.press("Add team");
        page.problem(
            "Teams",
            "A team ID has about 32 letters and digits. The root team cannot be given as 0.",
        );
        page.lacks("cannot be emptied");
        page.fill("Another team", aitable::TEAM_NIGHT);
        page.lacks("There is a problem");
    });
}

#[test]
fn a_row_that_was_opened_and_left_the_same_is_no_change() {
    in_chromium(|page, _| {
        open_at_flashapply(page, flashapply::MEMBER_MANY, "Zoë 🚀 Müller");
        page.press("Change loc_berlin (viewer)");
        assert_eq!(page.value("Location ID"), flashapply::LOCATION_BERLIN);
        page.sees("Nothing will change yet");
        page.press("Add or change location");
        page.wait_for("the box to be empty", || page.value("Location ID").is_empty());
        page.sees("Nothing will change yet");
        page.lacks("Will be changed");
        assert!(!page.asks_before_leaving());
    });
}

#[test]
fn a_row_that_is_typed_is_not_lost_when_another_is_opened() {
    in_chromium(|page, _| {
        open_at_flashapply(page, flashapply::MEMBER_MANY, "Zoë 🚀 Müller");
        let lagos = "Change loc_lagos (viewer, editor)";
        page.press("Change loc_berlin (viewer)");
        page.tick("admin");
        page.press(lagos);
        page.sees("Will be changed");
        assert_eq!(page.value("Location ID"), flashapply::LOCATION_LAGOS);
        // One that cannot be added yet stays, and says why.
        page.press("Add or change location");
        page.wait_for("the box to be empty", || page.value("Location ID").is_empty());
        page.fill("Location ID", "loc_oslo");
        page.press(lagos);
        page.problem("Locations", "Enter “Role” for each row of “Locations”.");
        assert_eq!(page.value("Location ID"), "loc_oslo");
    });
}

#[test]
fn a_secret_that_was_typed_can_be_taken_back() {
    in_chromium(|page, _| {
        open_at_flashapply(page, flashapply::MEMBER, "Siobhán O’Brien");
        page.fill("New password", "not shown to anybody");
        page.sees("A new one, which is not shown");
        page.press("Leave “New password” as it is");
        page.sees("Nothing will change yet");
        assert_eq!(page.value("New password"), "");
    });
}

#[test]
fn leaving_asks_as_long_as_something_was_entered_and_not_sent() {
    in_chromium(|page, _| {
        open_at_webex(page, webex::MODERATED_MEMBER, "ليلى حسن");
        assert!(!page.asks_before_leaving());
        page.choose("Moderator of the space", "Yes, a moderator");
        page.wait_for("leaving to ask", || page.asks_before_leaving());
        page.press("Check the change");
        page.heading("Check the change to ليلى حسن");
        assert!(page.asks_before_leaving());
        page.press(SEND_A_MODERATOR);
        page.heading("ليلى حسن was updated in Webex");
        page.wait_for("leaving to be free", || !page.asks_before_leaving());
    });
}

#[test]
fn another_member_is_chosen_only_after_a_word_about_what_was_entered() {
    in_chromium(|page, _| {
        open_at_webex(page, webex::MODERATED_MEMBER, "ليلى حسن");
        page.choose("Moderator of the space", "Yes, a moderator");
        page.press("Choose another membership");
        page.sees("What you entered was not sent");
        page.press("Stay here");
        page.lacks("What you entered was not sent");
        assert_eq!(page.chosen("Moderator of the space"), "Yes, a moderator");
        page.press("Choose another membership");
        page.press("Go on without it");
        page.heading("Which membership?");
    });
}

#[test]
fn what_comes_along_with_a_pasted_text_is_not_in_the_way() {
    in_chromium(|page, site| {
        page.open("#/flashapply");
        page.fill("API key", &format!("Bearer {}", flashapply::TOKEN));
        page.press("Connect");
        page.heading("Which organization member?");
        page.fill("Member ID", &format!("“{}”", flashapply::MEMBER));
        page.press("Show what is on file");
        page.heading("Siobhán O’Brien");
        page.fill("E-mail address", "mailto:siobhan@example.ie?subject=Hello");
        page.press("Check the change");
        page.sees("siobhan@example.ie");
        page.press("Update Siobhán O’Brien in FlashApply");
        page.heading("Siobhán O’Brien was updated in FlashApply");
        assert_eq!(
            site.flashapply.member(flashapply::MEMBER).expect("it is there")["email"],
            "siobhan@example.ie"
        );
    });
}

#[test]
fn home_says_what_is_needed_what_is_connected_and_what_was_done() {
    in_chromium(|page, _| {
        page.open("");
        page.sees("Your first step: choose a provider.");
        page.sees("You need: Access token");
        page.sees("You need: API key and Member ID");
        check_a_moderator(page);
        page.press(SEND_A_MODERATOR);
        page.heading("ليلى حسن was updated in Webex");
        page.press("Members");
        page.heading("Change a member’s record, and be sure");
        page.sees("Done last in this tab");
        page.sees("ليلى حسن in Webex");
        page.sees(
            "Moderator of the space: \u{2068}No, not a moderator\u{2069} → \u{2068}Yes, a moderator\u{2069}",
        );
        page.lacks("Undo of a change");
        page.sees("Connected as");
        page.lacks("Your first step");
        // It is kept nowhere.
        page.reload();
        page.sees("Your first step: choose a provider.");
    });
}

#[test]
fn home_says_what_was_entered_and_not_sent_and_leads_back_to_it() {
    in_chromium(|page, _| {
        open_at_webex(page, webex::MODERATED_MEMBER, "ليلى حسن");
        page.press("Members");
        page.sees("Connected as");
        page.lacks("Not sent yet");
        page.press("Webex");
        page.heading("ليلى حسن");
        page.choose("Moderator of the space", "Yes, a moderator");
        page.press("Members");
        page.sees("Not sent yet: ليلى حسن");
        page.press("Webex");
        page.heading("ليلى حسن");
        assert_eq!(page.chosen("Moderator of the space"), "Yes, a moderator");
    });
}

#[test]
fn a_refusal_at_a_field_keeps_what_the_provider_said() {
    in_chromium(|page, site| {
        open_at_flashapply(page, flashapply::MEMBER, "Siobhán O’Brien");
        page.fill("E-mail address", "taken@example.ie");
        page.press("Check the change");
        let body = r#"{"error":"This e-mail address is in use."}"#;
        site.flashapply.fail(Fault::once_on("PATCH", status(409, body)));
        page.press("Update Siobhán O’Brien in FlashApply");
        let says =
            "Another member has this e-mail address already. Nothing was changed. Enter another address.";
        page.problem("E-mail address", says);
        page.press("Details for support");
        page.sees("PATCH ");
        // It goes with the next try.
        page.press("Check the change");
        page.heading("Check the change to Siobhán O’Brien");
    });
}
