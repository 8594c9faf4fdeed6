//! Links to a provider, a server, a member and an act. They fill in what somebody would have typed, and send nothing.

use browser_tests::{in_chromium, page::Page};
use serde_json::json;
use simulated::{Effect, Hold, symbl, toluna, webex};

use crate::steps::{
    SEND_A_MODERATOR, UNITED_KINGDOM, check_a_moderator, connect_to_toluna, on_write, open_at_toluna,
    open_at_webex,
};

/// Whether the question about a link that waits has the focus.
const FOCUSED: &str = "return document.activeElement.matches('.notice[data-tone=warning]')";

/// The last letters of a key, by which it is told.
fn end(key: &str) -> &str {
    &key[key.len() - 8..]
}

#[track_caller]
fn follow(page: &Page, hash: &str) {
    page.open(hash);
}

#[test]
fn a_link_to_a_member_leads_through_the_sign_in_to_the_record() {
    in_chromium(|page, site| {
        follow(page, &format!("#/webex?membershipId={}", webex::UNMODERATED));
        page.heading("Connect to Webex");
        page.sees(&format!("It leads to Membership ID Y2lzY29z…{}.", end(webex::UNMODERATED)));
        page.fill("Access token", webex::TOKEN);
        page.press("Connect");
        page.heading("Siobhán O'Brien");
        page.lacks("You came by a link");
        assert_eq!(site.webex.counters().applied, 0);
        // Another link in the same tab needs no sign-in.
        follow(page, &format!("#/webex?membershipId={}", webex::MODERATED_MEMBER));
        page.heading("ليلى حسن");
    });
}

#[test]
fn the_page_of_a_member_gives_a_link_that_leads_back_to_it() {
    in_chromium(|page, _| {
        open_at_webex(page, webex::MODERATED_MEMBER, "ليلى حسن");
        page.press("Copy a link to this page");
        page.sees("Copied");
        let link = page.clipboard();
        let (_, hash) = link.split_once('#').expect("a place on the page");
        assert!(hash.starts_with("/webex?membershipId=Y2lz"), "{link}");
        open_at_webex_again(page, webex::UNMODERATED, "Siobhán O'Brien");
        follow(page, &format!("#{hash}"));
        page.heading("ليلى حسن");
    });
}

/// From the page of one member to that of another.
#[track_caller]
fn open_at_webex_again(page: &Page, id: &str, title: &str) {
    page.press("Choose another membership");
    page.fill("Membership ID", id);
    page.press("Show what is on file");
    page.heading(title);
}

#[test]
fn a_link_to_an_act_prepares_it_and_sends_nothing() {
    in_chromium(|page, site| {
        connect_to_toluna(page, UNITED_KINGDOM);
        follow(page, &format!("#/toluna?memberCode={}&act=erase", toluna::MEMBER));
        page.heading("Check the change to 1601440000");
        page.sees("Erase personal data: 1601440000");
        assert_eq!(site.toluna.counters().applied, 0);
        page.press("Go back and keep the record");
        page.heading(toluna::MEMBER);
    });
}

#[test]
fn a_link_to_an_act_alone_is_prepared_for_the_member_that_is_chosen() {
    in_chromium(|page, _| {
        follow(page, "#/toluna?act=erase");
        page.sees("“Erase personal data” is prepared for the member that you choose.");
        page.fill("Name of the panel", UNITED_KINGDOM.0);
        page.fill("Partner GUID of the panel", UNITED_KINGDOM.1);
        page.press("Connect");
        page.heading("Which panel member?");
        page.press("Do not prepare it");
        page.fill("Member code", toluna::MEMBER);
        page.press("Show what is on file");
        page.heading(toluna::MEMBER);
    });
}

#[test]
fn a_link_carries_no_secret_and_what_is_unknown_is_named() {
    in_chromium(|page, _| {
        follow(page, "#/toluna?partnerGuid=not-a-real-one&colour=red&memberCode=7");
        page.heading("Connect to Toluna");
        page.sees("It leads to Member code 7.");
        page.sees("The link holds something that this page does not understand: colour. It was left out.");
        page.sees("A secret is never taken from a link: partnerGuid. Whoever saw the link knows it.");
        assert_eq!(page.value("Partner GUID of the panel"), "");
        open_at_toluna(page, UNITED_KINGDOM, toluna::MEMBER);
        page.press("Copy a link to this page");
        page.sees("Copied");
        let link = page.clipboard();
        assert!(!link.to_uppercase().contains(&toluna::PANEL_UK.to_uppercase()), "{link}");
        assert!(link.contains("memberCode=1601440000"), "{link}");
    });
}

#[test]
fn a_link_never_takes_away_what_was_entered() {
    in_chromium(|page, _| {
        open_at_webex(page, webex::MODERATED_MEMBER, "ليلى حسن");
        page.choose("Moderator of the space", "Yes, a moderator");
        let link = format!("#/webex?membershipId={}", webex::UNMODERATED);
        follow(page, &link);
        page.sees("The link was not followed yet");
        // It is asked where leaving is: below the heading, before the form, with the focus on it.
        page.wait_for("the focus on the question", || page.script(FOCUSED, json!([])) == json!(true));
        let place = "const [heading, notice, form] = ['h1', '.notice[data-tone=warning]', 'form'].map(
                (place) => document.querySelector('#main ' + place).getBoundingClientRect().top);
            return heading < notice && notice < form";
        assert_eq!(page.script(place, json!([])), json!(true));
        page.press("Stay here");
        page.lacks("The link was not followed yet");
        assert_eq!(page.chosen("Moderator of the space"), "Yes, a moderator");
        page.press("Members");
        page.heading("Change a member’s record, and be sure");
        page.sees("Not sent yet: ليلى حسن");
        follow(page, &link);
        page.wait_for("the focus on the question", || page.script(FOCUSED, json!([])) == json!(true));
        page.press("Follow the link");
        page.heading("Siobhán O'Brien");
    });
}

#[test]
fn a_link_waits_for_a_change_that_is_on_its_way() {
    in_chromium(|page, site| {
        check_a_moderator(page);
        let hold = Hold::new();
        site.webex.fail(on_write(Effect::HoldAfter(hold.clone())));
        page.press(SEND_A_MODERATOR);
        hold.arrived();
        follow(page, &format!("#/webex?membershipId={}", webex::UNMODERATED));
        page.sees("A change is on its way, or it is not known yet what came of it.");
        page.lacks("Follow the link");
        hold.release();
        page.heading("ليلى حسن was updated in Webex");
        assert_eq!(site.webex.counters().applied, 1);
        page.press("Follow the link");
        page.heading("Siobhán O'Brien");
        // What was done leads back to its member.
        page.press("Members");
        page.press("ليلى حسن in Webex");
        page.heading("ليلى حسن");
    });
}

#[test]
fn a_link_that_was_followed_can_be_followed_again() {
    in_chromium(|page, _| {
        open_at_webex(page, webex::MODERATED_MEMBER, "ليلى حسن");
        let link = format!("#/webex?membershipId={}", webex::UNMODERATED);
        follow(page, &link);
        page.heading("Siobhán O'Brien");
        open_at_webex_again(page, webex::MODERATED_MEMBER, "ليلى حسن");
        page.press("Members");
        page.heading("Change a member’s record, and be sure");
        follow(page, &link);
        page.heading("Siobhán O'Brien");
    });
}

#[test]
fn what_a_link_may_not_hold_is_gone_from_the_address() {
    in_chromium(|page, _| {
        follow(page, "#/toluna?partnerGuid=not-a-real-one%zz&memberCode=7");
        page.sees("A secret is never taken from a link: partnerGuid. Whoever saw the link knows it.");
        page.lacks("does not understand");
        page.lacks("not-a-real-one");
        assert_eq!(page.script("return location.hash", json!([])), json!("#/toluna?memberCode=7"));
    });
}

#[test]
fn each_part_of_a_link_that_is_not_understood_is_counted() {
    in_chromium(|page, _| {
        follow(page, "#/webex?membrshipId=Y2lz&token=not-a-real-one&color=red");
        page.sees("The link holds 2 things that this page does not understand: membrshipId and color.");
        page.sees("They were left out.");
        page.sees("A secret is never taken from a link: token.");
        page.lacks("It leads to");
    });
}

#[test]
fn whoever_is_connected_already_is_told_of_a_secret_in_a_link_too() {
    in_chromium(|page, _| {
        open_at_webex(page, webex::MODERATED_MEMBER, "ليلى حسن");
        follow(page, &format!("#/webex?membershipId={}&token=not-a-real-one", webex::UNMODERATED));
        page.heading("Siobhán O'Brien");
        page.sees("A secret is never taken from a link: token. Whoever saw the link knows it.");
        // With the member, the link is over.
        page.press("Choose another membership");
        page.heading("Which membership?");
        page.lacks("You came by a link");
    });
}

#[test]
fn what_for_was_chosen_is_for_a_member_that_is_chosen_by_a_link_too() {
    in_chromium(|page, site| {
        open_at_toluna(page, UNITED_KINGDOM, toluna::MEMBER);
        page.press("Choose another panel member");
        page.press("Deactivate");
        // One of those that were looked at last.
        page.press(toluna::MEMBER);
        page.heading(toluna::MEMBER);
        page.sees("Prepared");
        assert_eq!(site.toluna.counters().applied, 0);
    });
}

#[test]
fn a_link_with_a_key_that_cannot_be_read_says_so_at_its_box() {
    in_chromium(|page, _| {
        follow(page, "#/symbl?conversationId=1&memberId=..");
        page.fill("Access token", symbl::TOKEN);
        page.press("Connect");
        page.heading("Which conversation member?");
        page.sees("There is a problem");
        assert_eq!(page.value("Conversation ID"), "1");
    });
}
