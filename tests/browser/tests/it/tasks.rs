//! Nine tasks, in the words of those who ask for them. Each is done with nothing but what can be read on the page,
//! and is over when the page says that it is proved.

use browser_tests::{in_chromium, page::Page};
use serde_json::json;
use simulated::{aitable, flashapply, symbl, toluna, webex};

use crate::steps::{UNITED_KINGDOM, fill_date, find_at_symbl};

/// Opens the page, and the provider by its name.
fn begin(page: &Page, provider: &str) {
    page.open("");
    page.heading("Change a member’s record, and be sure");
    page.press(provider);
    page.heading(&format!("Connect to {provider}"));
}

/// From the form to the proof; `tick`: what the change brings with it is taken on.
fn send(page: &Page, member: &str, provider: &str, tick: bool) {
    page.press("Check the change");
    page.heading(&format!("Check the change to {member}"));
    if tick {
        page.tick("I understand, and want to go on");
    }
    page.press(&format!("Update {member} in {provider}"));
}

fn open_in_webex(page: &Page, membership: &str, member: &str) {
    begin(page, "Webex");
    page.fill("Access token", webex::TOKEN);
    page.press("Connect");
    page.heading("Which membership?");
    page.fill("Membership ID", membership);
    page.press("Show what is on file");
    page.heading(member);
}

fn open_in_aitable(page: &Page, unit: &str, member: &str) {
    begin(page, "AITable");
    page.fill("API token", aitable::TOKEN);
    page.press("Connect");
    page.heading("Which member?");
    page.fill("Space ID", aitable::SPACE);
    page.fill("Unit ID of the member", unit);
    page.press("Show what is on file");
    page.heading(member);
}

fn open_in_flashapply(page: &Page, id: &str, member: &str) {
    begin(page, "FlashApply");
    page.fill("API key", flashapply::TOKEN);
    page.press("Connect");
    page.heading("Which organization member?");
    page.fill("Member ID", id);
    page.press("Show what is on file");
    page.heading(member);
}

fn open_in_toluna(page: &Page) {
    begin(page, "Toluna");
    page.fill("Name of the panel", UNITED_KINGDOM.0);
    page.fill("Partner GUID of the panel", UNITED_KINGDOM.1);
    page.press("Connect");
    page.heading("Which panel member?");
    page.fill("Member code", toluna::MEMBER);
    page.press("Show what is on file");
    page.heading(toluna::MEMBER);
}

#[test]
fn make_this_member_a_moderator_of_that_space() {
    in_chromium(|page, site| {
        open_in_webex(page, webex::UNMODERATED, "Siobhán O'Brien");
        page.sees("Project Unicorn – Sprint 0");
        page.choose("Moderator of the space", "Yes, a moderator");
        send(page, "Siobhán O'Brien", "Webex", true);
        page.heading("Siobhán O'Brien was updated in Webex");
        assert_eq!(site.webex.member(webex::UNMODERATED).expect("it is there")["isModerator"], true);
    });
}

#[test]
fn hide_this_conversation_from_the_list_and_leave_the_person_alone() {
    in_chromium(|page, site| {
        open_in_webex(page, webex::DIRECT, "ليلى حسن");
        page.sees("Only group spaces have moderators.");
        page.choose("Hidden in the person’s list of spaces", "Yes, hidden");
        page.press("Check the change");
        page.sees("Any new message shows the space again.");
        page.press("Update ليلى حسن in Webex");
        page.heading("ليلى حسن was updated in Webex");
        let member = site.webex.member(webex::DIRECT).expect("it is there");
        assert_eq!((&member["isRoomHidden"], &member["isModerator"]), (&json!(true), &json!(false)));
    });
}

#[test]
fn add_this_member_to_the_night_shift_and_keep_the_design_team() {
    in_chromium(|page, site| {
        open_in_aitable(page, aitable::MEMBER_NOT_JOINED, "Maximiliana-Konstanze 🚀 Raketov");
        page.sees("Apps & Design");
        page.fill("Another team", aitable::TEAM_NIGHT);
        page.press("Add team");
        page.sees("Will be added");
        send(page, "Maximiliana-Konstanze 🚀 Raketov", "AITable", false);
        page.heading("Maximiliana-Konstanze 🚀 Raketov was updated in AITable");
        page.sees("Night shift");
        let member = site.aitable.member(aitable::MEMBER_NOT_JOINED).expect("it is there");
        let teams = member["teams"].as_array().expect("teams").iter().map(|team| team["name"].as_str());
        assert_eq!(teams.collect::<Vec<_>>(), [Some("Apps & Design"), Some("Night shift")]);
    });
}

#[test]
fn she_married_so_her_name_in_our_space_is_another_one() {
    in_chromium(|page, site| {
        open_in_aitable(page, aitable::MEMBER_TWO_TEAMS, "Amélie D'Arcy");
        page.fill("Name in this space", "Amélie D'Arcy-Müller");
        send(page, "Amélie D'Arcy", "AITable", false);
        page.heading("Amélie D'Arcy was updated in AITable");
        let member = site.aitable.member(aitable::MEMBER_TWO_TEAMS).expect("it is there");
        assert_eq!(member["name"], "Amélie D'Arcy-Müller");
        assert_eq!(member["teams"].as_array().expect("teams").len(), 2);
    });
}

#[test]
fn speaker_1_of_the_support_call_was_john_so_join_the_two() {
    in_chromium(|page, site| {
        begin(page, "Symbl.ai");
        page.fill("Access token", symbl::TOKEN);
        page.press("Connect");
        page.heading("Which conversation member?");
        find_at_symbl(page, symbl::CONVERSATION_SPEAKERS, symbl::MEMBER_SPEAKER_1, "Speaker 1");
        page.fill("E-mail address", "john@example.com");
        page.press("Check the change");
        page.heading("Check the change to Speaker 1");
        page.fill("To go on, type Speaker 1", "Speaker 1");
        page.press("Update Speaker 1 in Symbl.ai");
        page.heading("Speaker 1 is gone from Symbl.ai, as intended");
        assert_eq!(site.symbl.member(symbl::MEMBER_SPEAKER_1), None);
    });
}

#[test]
fn in_berlin_she_decides_from_now_on_and_lagos_she_has_left() {
    in_chromium(|page, site| {
        open_in_flashapply(page, flashapply::MEMBER_MANY, "Zoë 🚀 Müller");
        page.press("Change loc_berlin (viewer)");
        page.tick("admin");
        page.press("Add or change location");
        page.sees("Will be changed");
        page.press("Remove loc_lagos (viewer, editor)");
        page.sees("Will be removed");
        send(page, "Zoë 🚀 Müller", "FlashApply", false);
        page.heading("Zoë 🚀 Müller was updated in FlashApply");
        let member = site.flashapply.member(flashapply::MEMBER_MANY).expect("it is there");
        let places = member["locations"].as_array().expect("locations").iter();
        let places: Vec<_> =
            places.map(|place| (place["locationId"].clone(), place["role"].clone())).collect();
        let expected = [
            (json!(flashapply::LOCATION_BERLIN), json!(["admin", "viewer"])),
            (json!(flashapply::LOCATION_TAIPEI), json!(["admin", "editor", "viewer"])),
        ];
        assert_eq!(places.len(), 2, "{places:?}");
        for ((place, roles), (other, wanted)) in places.iter().zip(&expected) {
            let same = |role: &serde_json::Value| roles.as_array().is_some_and(|all| all.contains(role));
            assert_eq!(place, other);
            assert!(wanted.as_array().expect("roles").iter().all(same), "{roles} at {place}");
        }
    });
}

#[test]
fn he_has_left_us_so_he_may_not_work_there_any_more() {
    in_chromium(|page, site| {
        open_in_flashapply(page, flashapply::MEMBER, "Siobhán O’Brien");
        page.choose("Active", "No, not active");
        send(page, "Siobhán O’Brien", "FlashApply", false);
        page.heading("Siobhán O’Brien was updated in FlashApply");
        assert_eq!(site.flashapply.member(flashapply::MEMBER).expect("it is there")["isActive"], false);
    });
}

#[test]
fn the_date_of_birth_has_day_and_month_the_wrong_way_round() {
    in_chromium(|page, site| {
        open_in_toluna(page);
        fill_date(page, ["6", "12", "1992"]);
        page.press("Check the change");
        page.sees("6 December 1992");
        page.press("Update 1601440000 in Toluna");
        page.heading("1601440000 was updated in Toluna");
        assert_eq!(site.toluna.member(toluna::MEMBER).expect("it is there")["BirthDate"], "1992-12-06");
    });
}

#[test]
fn this_panel_member_wants_to_be_forgotten() {
    in_chromium(|page, site| {
        open_in_toluna(page);
        page.press("Erase personal data");
        page.heading("Check the change to 1601440000");
        page.fill("To go on, type 1601440000", "1601440000");
        page.press("Erase personal data: 1601440000");
        page.heading("1601440000 is gone from Toluna, as intended");
        let member = site.toluna.member(toluna::MEMBER);
        assert_ne!(
            member.as_ref().map(|member| &member["BirthDate"]),
            Some(&json!("1992-06-21")),
            "{member:?}"
        );
    });
}
