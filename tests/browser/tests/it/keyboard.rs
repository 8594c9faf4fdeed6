//! A whole journey at each provider by keyboard alone.

use browser_tests::{in_chromium, page::Page};
use fantoccini::key::Key;
use serde_json::json;
use simulated::{aitable, flashapply, symbl, toluna, webex};

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
        tab_to(page, "Space");
        page.type_text("unicorn");
        page.option("Space", webex::TITLE_UNMODERATED);
        page.key(Key::Enter);
        page.focus_comes_to("Person");
        page.type_text("siob");
        page.option("Person", "Siobhán O'Brien");
        // The first chooses, the second goes on.
        page.key(Key::Enter);
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
fn rows_with_ticks_take_the_keyboard_alone() {
    in_chromium(|page, site| {
        page.open("#/flashapply");
        page.heading("Connect to FlashApply");
        tab_to(page, "API key");
        page.type_text(flashapply::TOKEN);
        page.key(Key::Enter);
        page.heading("Which organization member?");
        tab_to(page, "Member ID");
        page.type_text(flashapply::MEMBER_MANY);
        page.key(Key::Enter);
        arrive(page, "Zoë 🚀 Müller");
        tab_to(page, "Change loc_berlin (viewer)");
        page.key(' ');
        tab_to(page, "admin");
        page.key(' ');
        tab_to(page, "Add or change location");
        page.key(Key::Enter);
        page.sees("Will be changed");
        tab_to(page, "Check the change");
        page.key(Key::Enter);
        arrive(page, "Check the change to Zoë 🚀 Müller");
        tab_to(page, "Update Zoë 🚀 Müller in FlashApply");
        page.key(Key::Enter);
        arrive(page, "Zoë 🚀 Müller was updated in FlashApply");
        assert_eq!(site.flashapply.counters().applied, 1);
    });
}

#[test]
fn dates_answers_and_a_typed_confirmation_take_the_keyboard_alone() {
    in_chromium(|page, site| {
        page.open("#/toluna");
        page.heading("Connect to Toluna");
        tab_to(page, "Name of the panel");
        page.type_text("United Kingdom");
        tab_to(page, "Partner GUID of the panel");
        page.type_text(toluna::PANEL_UK);
        page.key(Key::Enter);
        page.heading("Which panel member?");
        tab_to(page, "Member code");
        page.type_text(toluna::MEMBER);
        page.key(Key::Enter);
        arrive(page, toluna::MEMBER);
        for (part, text) in [("Day", "1"), ("Month", "13"), ("Year", "1992")] {
            tab_to(page, part);
            page.type_text(text);
        }
        page.key(Key::Enter);
        let says = "“Date of birth” must be a day of the calendar, as in 21 June 1985 (1985-06-21).";
        page.problem("Date of birth", says);
        // The link in the summary leads to the first of the three boxes.
        tab_to(page, says);
        page.key(Key::Enter);
        page.focus_comes_to("Day");
        tab_to(page, "Month");
        page.type_text("12");
        tab_to(page, "Change Education (2002275)");
        page.key(Key::Enter);
        tab_to(page, "Answer ID");
        page.type_text("2796306");
        // In a box of a row, this adds the row.
        page.key(Key::Enter);
        page.sees("Will be changed");
        tab_to(page, "Check the change");
        page.key(Key::Enter);
        arrive(page, "Check the change to 1601440000");
        tab_to(page, "Update 1601440000 in Toluna");
        page.key(' ');
        arrive(page, "1601440000 was updated in Toluna");
        let member = site.toluna.member(toluna::MEMBER).expect("it is there");
        assert_eq!(member["BirthDate"], "1992-12-01");

        tab_to(page, "Make another change");
        page.key(Key::Enter);
        arrive(page, toluna::MEMBER);
        tab_to(page, "Erase personal data");
        page.key(Key::Enter);
        arrive(page, "Check the change to 1601440000");
        tab_to(page, "To go on, type 1601440000");
        page.key(Key::Enter);
        let says = "Type “1601440000” exactly as it stands here.";
        page.problem("To go on, type 1601440000", says);
        tab_to(page, says);
        page.key(Key::Enter);
        page.focus_comes_to("To go on, type 1601440000");
        page.type_text("1601440000");
        page.key(Key::Enter);
        arrive(page, "1601440000 is gone from Toluna, as intended");
        assert_eq!((site.toluna.counters().applied, site.toluna.counters().too_fast), (2, 0));
    });
}

#[test]
fn a_team_is_added_and_taken_out_by_keyboard_alone_and_the_change_is_undone() {
    in_chromium(|page, site| {
        page.open("#/aitable");
        page.heading("Connect to AITable");
        tab_to(page, "API token");
        page.type_text(aitable::TOKEN);
        page.key(Key::Enter);
        page.heading("Which member?");
        tab_to(page, "Enter an ID or a link instead");
        page.key(Key::Enter);
        tab_to(page, "Space ID");
        page.type_text(aitable::SPACE);
        tab_to(page, "Unit ID of the member");
        page.type_text(aitable::MEMBER_TWO_TEAMS);
        page.key(Key::Enter);
        arrive(page, "Amélie D'Arcy");
        tab_to(page, "Remove Apps & Design");
        page.key(' ');
        page.focus_comes_to("Keep Apps & Design");
        tab_to(page, "Another team");
        page.type_text(aitable::TEAM_OPERATIONS);
        page.key(Key::Enter);
        page.sees("Will be added");
        // The summary of what will change leads back to each field.
        tab_to(page, "Teams");
        tab_to(page, "Check the change");
        page.key(Key::Enter);
        arrive(page, "Check the change to Amélie D'Arcy");
        tab_to(page, "Update Amélie D'Arcy in AITable");
        page.key(Key::Enter);
        arrive(page, "Amélie D'Arcy was updated in AITable");
        tab_to(page, "Undo this change");
        page.key(Key::Enter);
        arrive(page, "Check the change to Amélie D'Arcy");
        tab_to(page, "Update Amélie D'Arcy in AITable");
        page.key(' ');
        arrive(page, "Amélie D'Arcy was updated in AITable");
        assert_eq!(site.aitable.counters().applied, 2);
    });
}

#[test]
fn a_speaker_is_joined_to_another_by_keyboard_alone() {
    in_chromium(|page, site| {
        page.open("#/symbl");
        page.heading("Connect to Symbl.ai");
        // First the choice of this way to sign in, then its box.
        tab_to(page, "Access token");
        tab_to(page, "Access token");
        page.type_text(symbl::TOKEN);
        page.key(Key::Enter);
        arrive(page, "Which conversation member?");
        tab_to(page, "Enter an ID or a link instead");
        page.key(' ');
        tab_to(page, "Conversation ID");
        page.type_text(symbl::CONVERSATION_SPEAKERS);
        tab_to(page, "Member ID");
        page.type_text(symbl::MEMBER_SPEAKER_1);
        page.key(Key::Enter);
        arrive(page, "Speaker 1");
        tab_to(page, "E-mail address");
        page.type_text("john@example.com");
        page.key(Key::Enter);
        arrive(page, "Check the change to Speaker 1");
        tab_to(page, "To go on, type Speaker 1");
        page.type_text("Speaker 1");
        tab_to(page, "Update Speaker 1 in Symbl.ai");
        page.key(Key::Enter);
        arrive(page, "Speaker 1 is gone from Symbl.ai, as intended");
        assert_eq!(site.symbl.counters().applied, 1);
    });
}

#[test]
fn the_settings_take_the_keyboard_alone() {
    in_chromium(|page, _| {
        page.open("#/settings");
        page.heading("Settings");
        tab_to(page, "Time limit");
        page.type_text("soon");
        page.key(Key::Enter);
        let says = "Enter a whole number of seconds from 1 to 600, or leave it empty.";
        page.problem("Time limit", says);
        tab_to(page, says);
        page.key(Key::Enter);
        page.focus_comes_to("Time limit");
        for _ in 0.."soon".len() {
            page.key(Key::Backspace);
        }
        page.type_text("20");
        page.key(Key::Enter);
        page.sees("Settings saved");
    });
}

#[test]
fn what_was_entered_is_not_lost_by_a_key() {
    in_chromium(|page, _| {
        crate::steps::open_at_webex(page, webex::MODERATED_MEMBER, "ليلى حسن");
        page.choose("Moderator of the space", "Yes, a moderator");
        tab_to(page, "Choose another membership");
        page.key(Key::Enter);
        page.sees("What you entered was not sent");
        tab_to(page, "Stay here");
        page.key(Key::Enter);
        arrive(page, "ليلى حسن");
        assert_eq!(page.chosen("Moderator of the space"), "Yes, a moderator");
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
fn a_provider_that_tests_no_credential_begins_its_steps_at_their_headings() {
    in_chromium(|page, _| {
        page.open("#/flashapply");
        page.fill("API key", flashapply::TOKEN);
        page.press("Connect");
        arrive(page, "Which organization member?");
    });
}

#[test]
fn a_provider_that_was_not_asked_for_before_begins_at_its_heading() {
    in_chromium(|page, _| {
        page.open("#/webex");
        page.fill("Access token", webex::TOKEN);
        page.press("Connect");
        arrive(page, "Which membership?");
        for (hash, name) in [("flashapply", "FlashApply"), ("toluna", "Toluna"), ("symbl", "Symbl.ai")] {
            page.open(&format!("#/{hash}"));
            arrive(page, &format!("Connect to {name}"));
        }
    });
}

#[test]
fn the_focus_stays_in_a_list_when_a_row_is_taken_out_and_put_back() {
    in_chromium(|page, _| {
        crate::steps::open_at_flashapply(page, flashapply::MEMBER_MANY, "Zoë 🚀 Müller");
        let row = "loc_lagos (viewer, editor)";
        tab_to(page, &format!("Remove {row}"));
        page.key(Key::Enter);
        page.focus_comes_to(&format!("Keep {row}"));
        page.key(Key::Enter);
        page.focus_comes_to(&format!("Remove {row}"));
    });
}

#[test]
fn the_focus_goes_on_where_a_button_goes() {
    in_chromium(|page, _| {
        crate::steps::open_at_aitable(page, aitable::MEMBER_TWO_TEAMS, "Amélie D'Arcy");
        for id in [aitable::TEAM_OPERATIONS, aitable::TEAM_NIGHT] {
            tab_to(page, "Another team");
            page.type_text(id);
            page.key(Key::Enter);
            page.wait_for("the box to be empty", || page.value("Another team").is_empty());
            page.key(Key::Tab);
            page.focus_comes_to("Add team");
            page.script("document.querySelector('.masthead__skip').focus()", json!([]));
        }
        page.sees("Added: 运营 and Night shift.");
        tab_to(page, "Remove 运营");
        page.key(Key::Enter);
        page.focus_comes_to("Another team");
        page.sees(aitable::TEAM_NIGHT);
        tab_to(page, "Leave everything as it is");
        page.key(Key::Enter);
        page.wait_for("the focus on what will change", || {
            page.script("return document.activeElement.id", json!([])) == json!("summary")
        });
        page.sees("Nothing will change yet");
    });
}

#[test]
fn a_row_is_opened_where_it_is_typed() {
    in_chromium(|page, _| {
        crate::steps::open_at_flashapply(page, flashapply::MEMBER_MANY, "Zoë 🚀 Müller");
        tab_to(page, "Change loc_berlin (viewer)");
        page.key(Key::Enter);
        page.focus_comes_to("Location ID");
        assert_eq!(page.value("Location ID"), flashapply::LOCATION_BERLIN);
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
pub fn arrive(page: &Page, heading: &str) {
    page.heading(heading);
    page.until(&format!("the focus on the heading “{heading}”"), async |client| {
        let focused = client.active_element().await?;
        Ok((focused.tag_name().await? == "h1" && focused.text().await? == heading).then_some(()))
    });
}

/// Goes on from stop to stop, each of which can be seen and has a name.
#[track_caller]
pub fn tab_to(page: &Page, name: &str) {
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
