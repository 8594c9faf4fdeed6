//! Prepared changes: the form opens with them, everything else is left as it is, and nothing is sent by that.

use browser_tests::{in_chromium, page::Page};
use fantoccini::key::Key;
use serde_json::json;
use simulated::{aitable, flashapply, symbl, toluna, webex};

use crate::keyboard::{arrive, tab_to};
use crate::steps::{
    SEND_A_MODERATOR, UNITED_KINGDOM, connect_to_toluna, connect_to_webex, open_at_aitable,
    open_at_flashapply, open_at_toluna, open_at_webex,
};
use crate::wire::last_body;

const LAYLA: &str = "ليلى حسن";

/// The names of the buttons for what is often done.
fn offered(page: &Page) -> Vec<String> {
    let names =
        "return [...document.querySelectorAll('.button[data-kind=compact]')].map((own) => own.innerText)";
    serde_json::from_value(page.script(names, json!([]))).expect("names")
}

#[test]
fn a_prepared_change_is_entered_into_the_form_and_sends_what_a_hand_would() {
    in_chromium(|page, site| {
        open_at_webex(page, webex::MODERATED_MEMBER, LAYLA);
        page.choose("Moderator of the space", "Yes, a moderator");
        page.press("Check the change");
        page.press(SEND_A_MODERATOR);
        page.heading(&format!("{LAYLA} was updated in Webex"));
        let by_hand = last_body(&site.webex);
        site.webex.reset();

        page.press("Make another change");
        page.heading(LAYLA);
        assert_eq!(offered(page), ["Make moderator"]);
        page.press("Make moderator");
        page.focus_comes_to("Yes, a moderator");
        assert_eq!(page.chosen("Moderator of the space"), "Yes, a moderator");
        page.sees("Prepared: Make moderator");
        page.sees("Nothing is sent yet.");
        page.sees("One field will change");
        assert_eq!(site.webex.counters().applied, 0);
        page.press("Check the change");
        page.heading(&format!("Check the change to {LAYLA}"));
        assert_eq!(page.rows(), [["Moderator of the space", "No, not a moderator", "Yes, a moderator"]]);
        page.press(SEND_A_MODERATOR);
        page.heading(&format!("{LAYLA} was updated in Webex"));
        assert_eq!(last_body(&site.webex), by_hand);
    });
}

#[test]
fn what_was_prepared_can_be_dropped_and_what_was_typed_beside_it_stays() {
    in_chromium(|page, _| {
        open_at_flashapply(page, flashapply::MEMBER, "Siobhán O’Brien");
        page.fill("First name", "Siobhan");
        page.press("Deactivate");
        page.sees("Prepared: Deactivate");
        page.sees("2 fields will change");
        page.press("Do not prepare it");
        page.lacks("Prepared: Deactivate");
        page.sees("One field will change");
        assert_eq!(page.value("First name"), "Siobhan");
        // Entered otherwise, it is not what was prepared.
        page.press("Deactivate");
        page.sees("Prepared: Deactivate");
        page.choose("Active", "Leave as it is");
        page.lacks("Prepared: Deactivate");
    });
}

#[test]
fn an_act_without_a_value_begins_at_its_field() {
    in_chromium(|page, site| {
        open_at_aitable(page, aitable::MEMBER, "John");
        page.press("Move to another team");
        page.focus_comes_to("Another team");
        page.press("Correct the name");
        page.focus_comes_to("Name in this space");
        page.lacks("Prepared");
        page.sees("Nothing will change yet");
        page.open(&format!(
            "#/symbl?conversationId={}&memberId={}&act=readdress",
            symbl::CONVERSATION,
            symbl::MEMBER
        ));
        page.fill("Access token", symbl::TOKEN);
        page.press("Connect");
        page.focus_comes_to("E-mail address");
        assert_eq!((site.aitable.counters().writes, site.symbl.counters().writes), (0, 0));
    });
}

#[test]
fn an_act_is_offered_where_it_changes_something_and_its_field_is_offered() {
    in_chromium(|page, _| {
        open_at_webex(page, webex::MODERATED, "Jean-Luc D’Angelo");
        assert_eq!(offered(page), ["Take moderator’s rights away"]);
        page.open(&format!("#/webex?membershipId={}&act=moderator", webex::MODERATED));
        page.sees("“Make moderator” was not prepared");
        page.sees("It is on file like that already.");
        page.open(&format!("#/webex?membershipId={}&act=hide", webex::MODERATED));
        page.sees("“Hide the space” was not prepared");
        page.sees("Only one-to-one spaces can be hidden. This is a group space.");
        page.open(&format!("#/webex?membershipId={}", webex::DIRECT));
        page.heading(LAYLA);
        assert_eq!(offered(page), ["Hide the space"]);
        page.open(&format!("#/webex?membershipId={}", webex::DIRECT_HIDDEN));
        page.wait_for("the other act", || offered(page) == ["Show the space"]);
    });
}

#[test]
fn a_link_opens_the_form_with_the_change_prepared() {
    in_chromium(|page, site| {
        open_at_webex(page, webex::MODERATED_MEMBER, LAYLA);
        page.press("Links to what is often done");
        page.press("Copy a link to “Make moderator”");
        page.sees("Copied");
        let link = page.clipboard();
        let (_, hash) = link.split_once('#').expect("a place on the page");
        assert!(hash.ends_with("&act=moderator"), "{link}");
        page.open(&format!("#{hash}"));
        page.heading(LAYLA);
        page.sees("Prepared: Make moderator");
        page.focus_comes_to("Yes, a moderator");
        assert_eq!(site.webex.counters().writes, 0);
    });
}

#[test]
fn what_for_is_chosen_before_the_member_is() {
    in_chromium(|page, site| {
        connect_to_webex(page);
        page.press("Make moderator");
        page.sees("“Make moderator” is prepared for the member that you choose.");
        // Pressed again, it is not.
        page.press("Make moderator");
        page.lacks("is prepared for the member that you choose");
        page.press("Take moderator’s rights away");
        page.press("Make moderator");
        page.lacks("“Take moderator’s rights away” is prepared");
        page.fill("Membership ID", webex::MODERATED_MEMBER);
        page.press("Show what is on file");
        page.heading(LAYLA);
        page.sees("Prepared: Make moderator");
        assert_eq!(page.chosen("Moderator of the space"), "Yes, a moderator");
        // It was for this one.
        page.press("Choose another membership");
        page.press("Go on without it");
        page.heading("Which membership?");
        page.lacks("is prepared for the member that you choose");
        assert_eq!(site.webex.counters().writes, 0);
    });
}

#[test]
fn what_goes_alone_is_checked_at_once_and_stands_by_itself() {
    in_chromium(|page, site| {
        open_at_toluna(page, UNITED_KINGDOM, toluna::MEMBER);
        // Whether this member takes part was not told: both may change something.
        assert_eq!(offered(page), ["Deactivate", "Take part again"]);
        page.press("Deactivate");
        page.sees("No more surveys are offered to this member.");
        page.press("Do not prepare it");
        page.press("Erase personal data");
        page.heading("Check the change to 1601440000");
        assert_eq!(site.toluna.counters().writes, 0);
        connect_to_toluna_again(page);
        page.sees("What for? (optional)");
        // It has its place and its words on the form, and is no shortcut.
        page.lacks("Erase personal data");
    });
}

/// After the page was loaded anew, nothing is known any more.
#[track_caller]
fn connect_to_toluna_again(page: &Page) {
    page.reload();
    connect_to_toluna(page, UNITED_KINGDOM);
}

#[test]
fn an_act_is_prepared_and_dropped_by_keyboard_alone() {
    in_chromium(|page, site| {
        connect_to_webex(page);
        tab_to(page, "Make moderator");
        page.key(' ');
        page.sees("“Make moderator” is prepared for the member that you choose.");
        tab_to(page, "Do not prepare it");
        page.key(Key::Enter);
        arrive(page, "Which membership?");
        page.lacks("is prepared for the member that you choose");
        tab_to(page, "Make moderator");
        page.key(Key::Enter);
        // Its list is read when one comes by.
        tab_to(page, "Space");
        page.key(Key::Down);
        page.sees("137 fit.");
        page.key(Key::Escape);
        // Its button to stop goes when it is read.
        page.wait_for("the whole list", || !page.words().contains("Stop, and keep what was read"));
        tab_to(page, "Enter an ID or a link instead");
        page.key(Key::Enter);
        tab_to(page, "Membership ID");
        page.type_text(webex::MODERATED_MEMBER);
        page.key(Key::Enter);
        // The form begins at what the act changes.
        page.focus_comes_to("Yes, a moderator");
        tab_to(page, "Check the change");
        page.key(Key::Enter);
        arrive(page, &format!("Check the change to {LAYLA}"));
        assert_eq!(site.webex.counters().writes, 0);
    });
}
