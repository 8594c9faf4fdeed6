//! The words for what came of a change, beyond “Confirmed”: each with what it rests on.

use browser_tests::{
    browser::Engine,
    in_chromium, on_site,
    site::{PATH, Site},
};
use simulated::{Effect, Hold, On, aitable, webex};

use crate::steps::{
    SEND_A_MODERATOR, SEND_A_NAME, check_a_moderator, check_a_name, on_read, on_write, open_at_aitable,
    open_at_webex, row, status,
};

const FAULT: &str = r#"{"message":"Something went wrong on our side.","trackingId":"ROUTER_2"}"#;

#[test]
fn a_yes_that_changed_nothing_is_called_differs() {
    in_chromium(|page, site| {
        check_a_moderator(page);
        site.webex.fail(on_write(Effect::NoEffect));
        page.press(SEND_A_MODERATOR);
        page.sees("The change does not show yet. It is looked for again.");
        page.heading("ليلى حسن was not changed in Webex");
        page.sees("Webex said yes, but reading the record again shows something else.");
        let line = row([
            "Moderator of the space",
            "No, not a moderator",
            "Yes, a moderator",
            "No, not a moderator As before",
        ]);
        assert_eq!(page.rows(), [line]);
        assert_eq!(site.webex.counters().writes, 1);
    });
}

#[test]
fn a_yes_that_cannot_be_read_back_is_called_accepted() {
    in_chromium(|page, site| {
        check_a_moderator(page);
        let hold = Hold::new();
        site.webex.fail(on_write(Effect::HoldAfter(hold.clone())));
        page.press(SEND_A_MODERATOR);
        hold.arrived();
        site.webex.fail(on_read("/memberships/", status(500, FAULT)));
        hold.release();
        page.heading("Webex accepted the change to ليلى حسن");
        page.sees("Webex said yes, but the record could not be read again to prove it.");
        let line =
            row(["Moderator of the space", "No, not a moderator", "Yes, a moderator", "Not read Not known"]);
        assert_eq!(page.rows(), [line]);
    });
}

#[test]
fn a_lost_answer_that_cannot_be_read_back_is_called_unknown() {
    in_chromium(|page, site| {
        check_a_moderator(page);
        // Both faults are only queued once the page has read the record for the last time before sending.
        let hold = Hold::new();
        site.webex.fail(on_read("/rooms/", Effect::HoldBefore(hold.clone())));
        page.press(SEND_A_MODERATOR);
        hold.arrived();
        site.webex.fail(on_write(Effect::CutAfter));
        site.webex.fail(on_read("/memberships/", status(500, FAULT)));
        hold.release();
        page.heading("It is not known whether ليلى حسن was changed in Webex");
        page.sees("Look at it again before you repeat the change.");
        // The relay had reached it, and it had made the change.
        page.lacks("it cannot reach Webex");
        page.sees("The proxy works, but does not reach Webex");
        page.sees("Its connection to Webex failed or was lost.");
        page.sees("Code: provider-unreachable");
        let counters = site.webex.counters();
        assert_eq!((counters.writes, counters.applied), (1, 1), "nobody repeats a write");

        page.press("Make another change");
        page.heading("ليلى حسن");
        page.sees("On file: Yes, a moderator");
    });
}

#[test]
fn a_refusal_that_is_about_no_field_is_called_refused() {
    in_chromium(|page, site| {
        open_at_webex(page, webex::CLOSED, "王小明");
        page.choose("Moderator of the space", "Yes, a moderator");
        page.press("Check the change");
        page.press("Update 王小明 in Webex");
        page.heading("Webex refused the change to 王小明");
        page.sees("Your Webex account may not change this membership.");
        page.sees("Nothing was changed.");
        page.sees("The request is understood, but it has been refused or access is not allowed.");
        page.sees("Reference: ROUTERGW_");
        assert_eq!(site.webex.counters().applied, 0);
        page.press("Go back to the change");
        page.heading("王小明");
        assert_eq!(page.chosen("Moderator of the space"), "Yes, a moderator");
    });
}

#[test]
fn a_change_that_the_relay_stops_is_called_not_sent() {
    // Its owner forgot the page's own address: reading works, because browsers name no origin there.
    let site = Site::start_with(PATH, |relay| {
        relay.allowed_origins = vec!["https://elsewhere.example".to_owned()];
    });
    on_site(Engine::Chromium, site, |page, site| {
        check_a_moderator(page);
        page.press(SEND_A_MODERATOR);
        page.heading("The change to ليلى حسن was not sent");
        page.sees("The proxy is running, but it does not accept this site.");
        page.sees("Nothing was changed.");
        page.sees("The proxy does not let this site in");
        page.sees("The owner of the proxy can mend this.");
        page.sees("Code: origin-refused");
        assert_eq!(site.webex.counters().writes, 0);
    });
}

#[test]
fn a_change_to_a_member_of_a_connected_directory_is_refused_at_its_field() {
    in_chromium(|page, site| {
        crate::steps::connect_to_aitable(page);
        page.fill("Space ID", aitable::SPACE_INTEGRATED);
        page.fill("Unit ID of the member", aitable::MEMBER_INTEGRATED);
        page.press("Show what is on file");
        page.heading("李娜");
        page.fill("Name in this space", "Li Na");
        page.press("Check the change");
        page.press("Update 李娜 in AITable");
        page.problem(
            "Teams",
            "The teams of this member come from a connected directory. Nothing was changed. Change them there (WeCom, Lark or DingTalk).",
        );
        assert_eq!(site.aitable.counters().applied, 0);
    });
}

#[test]
fn a_provider_that_asks_to_wait_is_waited_for() {
    in_chromium(|page, site| {
        check_a_moderator(page);
        site.webex.fail(on_write(Effect::Status {
            status: 429,
            headers: vec![("Retry-After".to_owned(), "2".to_owned())],
            body: r#"{"message":"Too many requests.","trackingId":"ROUTER_3"}"#.to_owned(),
        }));
        page.press(SEND_A_MODERATOR);
        page.sees("Webex has had too many requests.");
        page.heading("ليلى حسن was updated in Webex");
        let counters = site.webex.counters();
        assert_eq!((counters.writes, counters.applied), (2, 1));
    });
}

#[test]
fn a_change_that_is_over_is_on_its_way_no_more() {
    in_chromium(|page, site| {
        check_a_moderator(page);
        // Neither a yes nor a no: it counts as sent until it is read.
        site.webex.fail(on_write(Effect::Status {
            status: 503,
            headers: vec![("Retry-After".to_owned(), "1".to_owned())],
            body: FAULT.to_owned(),
        }));
        page.press(SEND_A_MODERATOR);
        page.heading("ليلى حسن was updated in Webex");
        page.press("Members");
        page.sees("Done last in this tab");
        page.sees("Connected as");
        page.lacks("On its way");
    });
}

#[test]
fn a_token_that_ends_in_the_middle_is_asked_for_again_and_nothing_is_lost() {
    in_chromium(|page, site| {
        check_a_moderator(page);
        let expired = r#"{"message":"The request requires a valid access token.","trackingId":"ROUTER_4"}"#;
        site.webex.fail(on_write(status(401, expired)));
        page.press(SEND_A_MODERATOR);
        page.heading("Sign in again to go on");
        page.sees("The access token is wrong or has expired.");
        page.fill("Access token", webex::TOKEN);
        page.press("Connect");
        page.heading("ليلى حسن was updated in Webex");
        assert_eq!(site.webex.counters().applied, 1);
    });
}

#[test]
fn a_record_that_cannot_be_read_says_so_and_can_be_tried_again() {
    in_chromium(|page, site| {
        crate::steps::connect_to_webex(page);
        site.webex.fail(on_read("/memberships/", status(502, FAULT)));
        page.fill("Membership ID", webex::MODERATED);
        page.press("Show what is on file");
        page.heading("The record could not be read");
        page.sees("Webex could not reach one of its own servers.");
        page.sees("Nothing was sent.");
        page.press("Try again");
        page.heading("Jean-Luc D’Angelo");
    });
}

#[test]
fn where_an_answer_is_lost_the_page_looks_for_the_cause_by_itself() {
    in_chromium(|page, site| {
        crate::steps::connect_to_webex(page);
        site.webex.fail(on_read("/memberships/", Effect::CutBodyBefore));
        page.fill("Membership ID", webex::MODERATED);
        page.press("Show what is on file");
        page.heading("The record could not be read");
        page.sees("The answer broke off in the middle.");
        // It has passed.
        page.sees("Nothing is wrong on the way");
        page.sees("Code: healthy");
        let asked = site.webex.arrived();
        let last = asked.last().expect("the provider was asked without a credential");
        assert!(!String::from_utf8_lossy(&last.raw).to_lowercase().contains("authorization"));
        page.press("Try again");
        page.heading("Jean-Luc D’Angelo");
    });
}

#[test]
fn a_web_page_instead_of_an_answer_is_told_as_one() {
    in_chromium(|page, site| {
        crate::steps::connect_to_webex(page);
        site.webex.fail(on_read("/memberships/", Effect::Html));
        page.fill("Membership ID", webex::MODERATED);
        page.press("Show what is on file");
        page.heading("The record could not be read");
        page.press("Try again");
        page.heading("Jean-Luc D’Angelo");
        site.webex.fail(simulated::Fault {
            on: On { method: Some("GET".to_owned()), path_contains: None },
            times: 1,
            effect: Effect::WrongTypes,
        });
        page.choose("Moderator of the space", "No, not a moderator");
        page.press("Check the change");
        page.tick("I understand, and want to go on");
        page.press("Update Jean-Luc D’Angelo in Webex");
        page.heading("The record could not be read");
        page.sees("Nothing was changed. What you entered is kept.");
        assert_eq!(site.webex.counters().writes, 0);
        page.press("Go back");
        assert_eq!(page.chosen("Moderator of the space"), "No, not a moderator");
    });
}

#[test]
fn a_form_on_which_nothing_changes_is_not_sent() {
    in_chromium(|page, site| {
        open_at_aitable(page, aitable::MEMBER_TWO_TEAMS, "Amélie D'Arcy");
        page.press("Check the change");
        page.problem("Name in this space", "Nothing would change. Change a field first.");
        page.fill("Name in this space", "Amélie D’Arcy-Dupont de la Fontaine");
        page.press("Check the change");
        page.problem(
            "Name in this space",
            "“Name in this space” can have 32 characters at most. It has 35 now.",
        );
        assert_eq!(site.aitable.counters().writes, 0);
    });
}

#[test]
fn details_for_support_show_the_request_with_a_hole_for_the_secret() {
    in_chromium(|page, site| {
        check_a_name(page);
        page.press("The request that will be sent");
        page.sees("Authorization: Bearer $TOKEN");
        page.press(SEND_A_NAME);
        page.heading("John was updated in AITable");
        page.press("Details for support");
        page.sees("Authorization: Bearer $TOKEN");
        page.sees("\"success\": true");
        page.sees(&crate::steps::name_body());
        assert_eq!(site.aitable.counters().applied, 1);
    });
}

#[test]
fn a_change_that_is_pointed_elsewhere_does_not_go_there() {
    in_chromium(|page, site| {
        check_a_moderator(page);
        // To a place on the page's own host: the browser notes an address that it was pointed to, unvisited too.
        let headers = vec![("Location".to_owned(), "/sub/path/elsewhere".to_owned())];
        site.webex.fail(on_write(Effect::Status { status: 307, headers, body: String::new() }));
        page.press(SEND_A_MODERATOR);
        page.sees("The address has moved: the answer points elsewhere, and this page does not follow.");
        page.heading("ليلى حسن does not show the change so far in Webex");
        assert_eq!(site.webex.counters().writes, 1);
    });
}

#[test]
fn an_answer_that_does_not_come_in_time_is_settled_by_reading() {
    let site = Site::start();
    let mut config = site.config();
    config["time_limit"] = "PT2S".into();
    site.write("config.json", &config.to_string());
    on_site(Engine::Chromium, site, |page, site| {
        check_a_moderator(page);
        let hold = Hold::new();
        site.webex.fail(on_write(Effect::HoldAfter(hold.clone())));
        page.press(SEND_A_MODERATOR);
        hold.arrived();
        page.heading("ليلى حسن was updated in Webex");
        hold.release();
        assert_eq!(site.webex.counters().writes, 1);
    });
}

#[test]
fn an_answer_that_breaks_off_is_settled_by_reading() {
    in_chromium(|page, site| {
        check_a_moderator(page);
        site.webex.fail(on_write(Effect::CutBody));
        page.press(SEND_A_MODERATOR);
        page.heading("ليلى حسن was updated in Webex");
        assert_eq!(site.webex.counters().writes, 1);
    });
}
