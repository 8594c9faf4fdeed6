//! From the first page to the proof, at each provider.

use browser_tests::in_chromium;
use serde_json::json;
use simulated::{Effect, aitable, webex};

use crate::{
    steps::{
        SEND_A_MODERATOR, SEND_A_NAME, check_a_moderator, check_a_name, name_body, on_write, open_at_aitable,
        open_at_webex, row, status,
    },
    wire::{aitable_put, aitable_read, aitable_test, assert_arrived, webex_get, webex_put, webex_read},
};

#[test]
fn a_moderator_is_made_at_webex() {
    in_chromium(|page, site| {
        page.open("");
        page.heading("Change a member’s record, and be sure");
        page.press("Webex");
        page.heading("Connect to Webex");
        page.fill("Access token", webex::TOKEN);
        page.press("Connect");
        page.heading("Which membership?");
        page.sees("Connected as Nadia Okafor.");
        page.fill("Membership ID", webex::MODERATED_MEMBER);
        page.press("Show what is on file");
        page.heading("ليلى حسن");
        page.sees("Release council");
        assert_eq!(page.chosen("Moderator of the space"), "Leave as it is");
        page.choose("Moderator of the space", "Yes, a moderator");
        page.press("Check the change");
        page.heading("Check the change to ليلى حسن");
        page.sees("One field changes. The others stay as they are.");
        assert_eq!(page.rows(), [["Moderator of the space", "No, not a moderator", "Yes, a moderator"]]);
        assert_eq!(site.webex.counters().writes, 0);
        page.press(SEND_A_MODERATOR);
        page.heading("ليلى حسن was updated in Webex");
        page.sees("The record was read again afterwards and shows every field as you asked.");
        let proof = row([
            "Moderator of the space",
            "No, not a moderator",
            "Yes, a moderator",
            "Yes, a moderator As asked",
        ]);
        assert_eq!(page.rows(), [proof]);

        let id = webex::MODERATED_MEMBER;
        let read = || webex_read(&site.webex, id, webex::ROOM_MODERATED);
        let put = webex_put(&site.webex, id, r#"{"isModerator":true,"isRoomHidden":false}"#);
        let before = [&read()[..], &read()[..]].concat();
        let test = webex_get(&site.webex, "/v1/people/me");
        assert_arrived(&site.webex, &[&[test][..], &before, &[put], &read()].concat());
        assert_arrived(&site.aitable, &[]);
    });
}

#[test]
fn the_first_moderator_of_a_space_at_webex_takes_a_tick() {
    in_chromium(|page, site| {
        open_at_webex(page, webex::UNMODERATED, "Siobhán O'Brien");
        page.choose("Moderator of the space", "Yes, a moderator");
        page.press("Check the change");
        page.sees("The first moderator makes it a moderated space");
        page.press("Update Siobhán O'Brien in Webex");
        page.problem("I understand, and want to go on", "Tick the box to show that you have read this.");
        assert_eq!(site.webex.counters().writes, 0);
        page.tick("I understand, and want to go on");
        page.press("Update Siobhán O'Brien in Webex");
        page.heading("Siobhán O'Brien was updated in Webex");
        let put = webex_put(&site.webex, webex::UNMODERATED, r#"{"isModerator":true,"isRoomHidden":false}"#);
        assert_eq!(String::from_utf8_lossy(&only_write(&site.webex)), put);
    });
}

#[test]
fn a_rule_of_a_space_at_webex_refuses_at_its_field() {
    in_chromium(|page, site| {
        check_a_moderator(page);
        site.webex.fail(on_write(status(
            409,
            r#"{"message":"A rule forbids it.","errors":[{"description":"A rule forbids it."}],"trackingId":"ROUTER_1"}"#,
        )));
        page.press(SEND_A_MODERATOR);
        page.heading("ليلى حسن");
        page.problem(
            "Moderator of the space",
            "A rule of this space does not allow the change. Nothing was changed. Look at what is on file now, and try again.",
        );
        assert_eq!(page.title(), "Error: Change ليلى حسن – Webex – Memberdesk");
        assert_eq!(page.chosen("Moderator of the space"), "Yes, a moderator");
        assert_eq!(site.webex.counters().applied, 0);

        // The refusal is not in the way of trying again.
        page.press("Check the change");
        page.press(SEND_A_MODERATOR);
        page.heading("ليلى حسن was updated in Webex");
        assert_eq!(site.webex.counters().applied, 1);
    });
}

#[test]
fn a_lost_answer_of_webex_is_settled_by_reading() {
    in_chromium(|page, site| {
        check_a_moderator(page);
        site.webex.fail(on_write(Effect::CutAfter));
        page.press(SEND_A_MODERATOR);
        page.heading("ليلى حسن was updated in Webex");
        page.sees("The record was read again afterwards and shows every field as you asked.");
        let counters = site.webex.counters();
        assert_eq!((counters.writes, counters.applied), (1, 1), "nobody repeats a write");
        let read = webex_read(&site.webex, webex::MODERATED_MEMBER, webex::ROOM_MODERATED);
        let arrived = site.webex.arrived();
        let after: Vec<_> = arrived[arrived.len() - 2..]
            .iter()
            .map(|arrived| String::from_utf8_lossy(&arrived.raw).into_owned())
            .collect();
        assert_eq!(after, read);
    });
}

#[test]
fn a_risk_at_webex_that_went_away_is_asked_about_again() {
    in_chromium(|page, site| {
        open_at_webex(page, webex::UNMODERATED, "Siobhán O'Brien");
        page.choose("Moderator of the space", "Yes, a moderator");
        page.press("Check the change");
        page.tick("I understand, and want to go on");
        // A colleague makes somebody else the first moderator.
        site.webex.edit(webex::UNMODERATED_OWNER, "/isModerator", json!(true));
        page.press("Update Siobhán O'Brien in Webex");
        page.sees("Something has changed since you looked");
        page.sees("Nothing was sent.");
        page.lacks("The first moderator makes it a moderated space");
        assert_eq!(site.webex.counters().writes, 0);
        page.press("Update Siobhán O'Brien in Webex");
        page.heading("Siobhán O'Brien was updated in Webex");
        assert_eq!(site.webex.counters().writes, 1);
    });
}

#[test]
fn a_change_that_a_colleague_made_first_is_not_sent() {
    in_chromium(|page, site| {
        check_a_moderator(page);
        site.webex.edit(webex::MODERATED_MEMBER, "/isModerator", json!(true));
        page.press(SEND_A_MODERATOR);
        page.heading("ليلى حسن is already as you asked in Webex");
        page.sees("Nothing was sent.");
        assert_eq!(site.webex.counters().writes, 0);
    });
}

#[test]
fn a_space_is_hidden_and_shown_again_by_undo() {
    in_chromium(|page, site| {
        open_at_webex(page, webex::DIRECT, "ليلى حسن");
        page.sees("Only group spaces have moderators. This is a one-to-one space.");
        page.choose("Hidden in the person’s list of spaces", "Yes, hidden");
        page.press("Check the change");
        page.sees("Any new message shows the space again.");
        page.press(SEND_A_MODERATOR);
        page.heading("ليلى حسن was updated in Webex");
        assert_eq!(member(&site.webex, webex::DIRECT, "/isRoomHidden"), json!(true));
        page.lacks("Undo of a change");
        page.press("Undo this change");
        page.heading("Check the change to ليلى حسن");
        page.sees("Undo of a change");
        assert_eq!(page.rows(), [["Hidden in the person’s list of spaces", "Yes, hidden", "No, shown"]]);
        page.press(SEND_A_MODERATOR);
        page.heading("ليلى حسن was updated in Webex");
        page.sees("Undo of a change");
        assert_eq!(member(&site.webex, webex::DIRECT, "/isRoomHidden"), json!(false));
        // Home tells the two apart, and the moment with its zone.
        page.press("Members");
        page.sees(
            "Hidden in the person’s list of spaces: \u{2068}No, shown\u{2069} → \u{2068}Yes, hidden\u{2069}",
        );
        page.sees("Undo of a change");
        page.sees(
            "Hidden in the person’s list of spaces: \u{2068}Yes, hidden\u{2069} → \u{2068}No, shown\u{2069}",
        );
        let whens = "return [...document.querySelectorAll('.history__entry > .quiet')].every(
            (when) => /^\\d{1,2} [A-Z][a-z]+ \\d{4}, \\d\\d:\\d\\d:\\d\\d \\S+$/.test(when.textContent))";
        assert_eq!(page.script(whens, json!([])), json!(true));
        // What comes next is no undo.
        page.press("Webex");
        page.press("Make another change");
        page.choose("Hidden in the person’s list of spaces", "Yes, hidden");
        page.press("Check the change");
        page.heading("Check the change to ليلى حسن");
        page.lacks("Undo of a change");
    });
}

#[test]
fn a_member_gets_another_name_at_aitable() {
    in_chromium(|page, site| {
        check_a_name(page);
        assert_eq!(page.rows(), [["Name in this space", "John", "John Okafor"]]);
        page.press(SEND_A_NAME);
        page.heading("John was updated in AITable");
        let proof = row(["Name in this space", "John", "John Okafor", "John Okafor As asked"]);
        assert_eq!(page.rows(), [proof]);
        let read = || aitable_read(&site.aitable, aitable::MEMBER);
        let put = aitable_put(&site.aitable, aitable::MEMBER, &name_body());
        assert_arrived(&site.aitable, &[aitable_test(&site.aitable), read(), read(), put, read()]);
        assert_arrived(&site.webex, &[]);
    });
}

#[test]
fn leaving_the_last_team_at_aitable_takes_a_tick() {
    in_chromium(|page, site| {
        open_at_aitable(page, aitable::MEMBER, "John");
        page.press("Remove Platform");
        page.sees("Will be removed");
        page.press("Check the change");
        page.sees("John leaves every team and is put in the root team of the space.");
        assert_eq!(page.rows(), [["Teams", "Platform", "No team (the root team)"]]);
        page.press(SEND_A_NAME);
        page.problem("I understand, and want to go on", "Tick the box to show that you have read this.");
        assert_eq!(site.aitable.counters().writes, 0);
        page.tick("I understand, and want to go on");
        page.press(SEND_A_NAME);
        page.heading("John was updated in AITable");
        let put = aitable_put(&site.aitable, aitable::MEMBER, r#"{"teams":[]}"#);
        assert_eq!(String::from_utf8_lossy(&only_write(&site.aitable)), put);
    });
}

#[test]
fn a_team_that_aitable_does_not_know_is_refused_at_its_field() {
    in_chromium(|page, site| {
        open_at_aitable(page, aitable::MEMBER, "John");
        page.fill("Name in this space", "John Okafor");
        page.fill("Another team", "nosuchteam01");
        page.press("Add team");
        page.sees("Will be added");
        page.press("Check the change");
        assert_eq!(
            page.rows(),
            [
                ["Name in this space", "John", "John Okafor"],
                ["Teams", "Platform", "Platform, Unknown (nosuchteam01)"],
            ]
        );
        page.press(SEND_A_NAME);
        page.heading("John");
        page.problem(
            "Teams",
            "One of these teams does not exist in this space. Nothing was changed. Check each team ID.",
        );
        assert_eq!(page.value("Name in this space"), "John Okafor");
        page.sees("nosuchteam01");
        assert_eq!(site.aitable.counters().applied, 0);
        let body =
            format!(r#"{{"name":"John Okafor","teams":["{}","nosuchteam01"]}}"#, aitable::TEAM_PLATFORM);
        let put = aitable_put(&site.aitable, aitable::MEMBER, &body);
        assert_eq!(String::from_utf8_lossy(&only_write(&site.aitable)), put);
    });
}

#[test]
fn a_change_that_never_reached_aitable_is_found_out_by_reading() {
    in_chromium(|page, site| {
        check_a_name(page);
        site.aitable.fail(on_write(Effect::CutBefore));
        page.press(SEND_A_NAME);
        page.heading("John does not show the change so far in AITable");
        let line = row(["Name in this space", "John", "John Okafor", "John As before"]);
        assert_eq!(page.rows(), [line]);
        let counters = site.aitable.counters();
        assert_eq!((counters.writes, counters.applied), (1, 0), "nobody repeats a write");
        let read = || aitable_read(&site.aitable, aitable::MEMBER);
        let put = aitable_put(&site.aitable, aitable::MEMBER, &name_body());
        assert_arrived(
            &site.aitable,
            &[aitable_test(&site.aitable), read(), read(), put, read(), read(), read()],
        );
    });
}

#[test]
fn a_name_that_moved_at_aitable_is_asked_about_again() {
    in_chromium(|page, site| {
        check_a_name(page);
        site.aitable.edit(aitable::MEMBER, "/name", json!("Johnny"));
        page.press(SEND_A_NAME);
        page.sees("Something has changed since you looked");
        assert_eq!(page.rows(), [["Name in this space", "Johnny", "John Okafor"]]);
        assert_eq!(site.aitable.counters().writes, 0);
        page.press("Update Johnny in AITable");
        page.heading("Johnny was updated in AITable");
        let put = aitable_put(&site.aitable, aitable::MEMBER, &name_body());
        assert_eq!(String::from_utf8_lossy(&only_write(&site.aitable)), put);
    });
}

#[test]
fn teams_that_moved_at_aitable_are_kept_as_they_are_now() {
    in_chromium(|page, site| {
        check_a_name(page);
        // Nobody touched the teams on the form, and without them the change would take them away.
        let sales = json!({ "unitId": aitable::TEAM_SALES, "name": "Vertrieb (DACH)" });
        site.aitable.edit(aitable::MEMBER, "/teams", json!([sales]));
        page.press(SEND_A_NAME);
        page.heading("John was updated in AITable");
        let body = format!(r#"{{"name":"John Okafor","teams":["{}"]}}"#, aitable::TEAM_SALES);
        let put = aitable_put(&site.aitable, aitable::MEMBER, &body);
        assert_eq!(String::from_utf8_lossy(&only_write(&site.aitable)), put);
        assert_eq!(member(&site.aitable, aitable::MEMBER, "/teams/0/unitId"), json!(aitable::TEAM_SALES));
    });
}

#[test]
fn a_sample_fills_in_the_token_and_the_member() {
    in_chromium(|page, site| {
        let mut config = site.config();
        config["simulated"] = json!(true);
        config["samples"] = browser_tests::site::Site::samples();
        site.write("config.json", &config.to_string());
        page.open("#/aitable");
        page.press("John, one team and one role");
        let pressed =
            "return [...document.querySelectorAll('[aria-pressed=true]')].map((own) => own.textContent)";
        page.sees("Filled in: John, one team and one role. Now press “Connect”.");
        assert_eq!(page.script(pressed, json!([])), json!(["John, one team and one role"]));
        page.fill("API token", "another");
        page.lacks("Filled in: ");
        page.press("John, one team and one role");
        page.press("Connect");
        page.heading("Which member?");
        assert_eq!(page.value("Unit ID of the member"), aitable::MEMBER);
        page.press("Show what is on file");
        page.heading("John");
    });
}

/// The bytes of the one write that arrived.
#[track_caller]
fn only_write(server: &simulated::Server) -> Vec<u8> {
    let writes: Vec<_> = server.arrived().into_iter().filter(|arrived| arrived.method == "PUT").collect();
    assert_eq!(writes.len(), 1, "one write");
    writes[0].raw.clone()
}

#[track_caller]
fn member(server: &simulated::Server, id: &str, pointer: &str) -> serde_json::Value {
    let member = server.member(id).expect("the member is there");
    member.pointer(pointer).cloned().unwrap_or_default()
}
