//! Links to a provider, a server, a member and an act. They fill in what somebody would have typed, and send nothing.

use browser_tests::{in_chromium, page::Page};
use simulated::{symbl, toluna, webex};

use crate::steps::{UNITED_KINGDOM, connect_to_toluna, open_at_toluna, open_at_webex};

#[track_caller]
fn follow(page: &Page, hash: &str) {
    page.open(hash);
}

#[test]
fn a_link_to_a_member_leads_through_the_sign_in_to_the_record() {
    in_chromium(|page, site| {
        follow(page, &format!("#/webex?membershipId={}", webex::UNMODERATED));
        page.heading("Connect to Webex");
        page.fill("Access token", webex::TOKEN);
        page.press("Connect");
        page.heading("Siobhán O'Brien");
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
        page.press("Members");
        page.heading("Change a member’s record, and be sure");
        follow(page, &format!("#{hash}"));
        page.heading("ليلى حسن");
    });
}

#[test]
fn a_link_to_an_act_prepares_it_and_sends_nothing() {
    in_chromium(|page, site| {
        connect_to_toluna(page, UNITED_KINGDOM);
        follow(page, &format!("#/toluna?memberCode={}&act=erase", toluna::MEMBER));
        page.heading("Check the change to 1601440000");
        page.sees("Erase personal data: 1601440000");
        assert_eq!(site.toluna.counters().applied, 0);
        page.press("Change something else");
        page.heading(toluna::MEMBER);
    });
}

#[test]
fn a_link_to_an_act_alone_is_prepared_for_the_member_that_is_chosen() {
    in_chromium(|page, _| {
        follow(page, "#/toluna?act=erase");
        page.sees("It prepares “Erase personal data” for the member that you choose.");
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
        follow(page, &format!("#/toluna?partnerGuid={}&colour=red&memberCode=7", toluna::PANEL_UK));
        page.heading("Connect to Toluna");
        page.sees(
            "Toluna does not know, or does not take from a link: partnerGuid and colour. It was left out.",
        );
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
        page.press("Stay here");
        page.lacks("The link was not followed yet");
        assert_eq!(page.chosen("Moderator of the space"), "Yes, a moderator");
        page.press("Members");
        page.heading("Change a member’s record, and be sure");
        follow(page, &link);
        page.press("Follow the link without it");
        page.heading("Siobhán O'Brien");
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
