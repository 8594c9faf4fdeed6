//! What may come in between: links, changes that come along, waits, doubts, and what is out of the ordinary.

use browser_tests::site::{PATH, Site};
use serde_json::json;
use simulated::{Effect, Hold, aitable, flashapply, symbl, toluna, webex};

use super::{FAULT, Screens, look};
use crate::connections::{TRIAL, connect, with_a_trial};
use crate::countdown::set_clock;
use crate::recents;
use crate::steps::{
    SEND_A_MODERATOR, UNITED_KINGDOM, check_a_moderator, connect_to_symbl, connect_to_webex, find_at_symbl,
    on_read, on_write, open_at_aitable, open_at_flashapply, open_at_webex, status,
};

#[test]
fn what_comes_in_between_is_open_to_everybody() {
    look(Site::start(), |screens| {
        links(screens);
        screens.begin_anew();
        along(screens);
        screens.begin_anew();
        doubts(screens);
        screens.begin_anew();
        values(screens);
        screens.begin_anew();
        ends(screens);
        screens.begin_anew();
        recent(screens);
        screens.begin_anew();
        ways(screens);
    });
}

#[test]
fn what_was_not_sent_is_open_to_everybody() {
    // The relay's owner forgot the page's own address: reading works, because browsers name no origin there.
    let site = Site::start_with(PATH, |relay| {
        relay.allowed_origins = vec!["https://elsewhere.example".to_owned()];
    });
    look(site, |screens| {
        check_a_moderator(screens.page);
        screens.page.press(SEND_A_MODERATOR);
        screens.page.heading("The change to ليلى حسن was not sent");
        screens.take()("result-not-sent");
    });
}

#[test]
fn named_connections_are_open_to_everybody() {
    let (site, _trial) = with_a_trial();
    look(site, |screens| {
        let (page, take) = (screens.page, screens.take());
        page.open("#/toluna");
        page.heading("Connect to Toluna");
        page.choose("Which one?", TRIAL);
        take("connect-named");
        connect(page, TRIAL, toluna::PANEL_UK);
        page.press("Deactivate");
        page.sees("is prepared for the member that you choose");
        take("find-prepared");
        page.fill("Member code", toluna::MEMBER);
        page.press("Show what is on file");
        page.sees("Prepared: Deactivate");
        take("change-prepared");
        page.press("Check the change");
        page.heading("Check the change to 1601440000");
        take("check-test");
        page.press("Update 1601440000 in Toluna");
        page.sees("A test: nobody real was changed.");
        take("result-test");
    });
}

fn links(screens: &Screens) {
    let (page, take) = (screens.page, screens.take());
    page.open("#/toluna?act=erase&colour=red");
    page.sees("You came by a link");
    take("link-connect");
    page.fill("Name of the panel", UNITED_KINGDOM.0);
    page.fill("Partner GUID of the panel", UNITED_KINGDOM.1);
    page.press("Connect");
    page.heading("Which panel member?");
    take("link-find");
    open_at_webex(page, webex::MODERATED_MEMBER, "ليلى حسن");
    page.choose("Moderator of the space", "Yes, a moderator");
    page.open(&format!("#/webex?membershipId={}", webex::UNMODERATED));
    page.sees("The link was not followed yet");
    take("link-waits");
}

fn along(screens: &Screens) {
    let (page, take) = (screens.page, screens.take());
    open_at_flashapply(page, flashapply::MEMBER, "Siobhán O’Brien");
    page.choose("Active", "No, not active");
    page.fill("New password", "a new password");
    page.press("Check the change");
    page.press("Update Siobhán O’Brien in FlashApply");
    page.heading("FlashApply accepted the change to Siobhán O’Brien");
    page.press("Make the same change for another organization member");
    page.sees("The same change comes along");
    take("carried-find");
    page.fill("Member ID", flashapply::MEMBER_MANY);
    page.press("Show what is on file");
    page.heading("Zoë 🚀 Müller");
    take("carried-form");
    screens.begin_anew();
    check_a_moderator(page);
    page.press(SEND_A_MODERATOR);
    page.heading("ليلى حسن was updated in Webex");
    page.press("Undo this change");
    page.heading("Check the change to ليلى حسن");
    take("check-undo");
}

fn doubts(screens: &Screens) {
    let (page, site, take) = (screens.page, screens.site, screens.take());
    connect_to_webex(page);
    let hold = Hold::new();
    site.webex.fail(on_read("/memberships/", Effect::HoldBefore(hold.clone())));
    page.fill("Membership ID", webex::MODERATED_MEMBER);
    page.press("Show what is on file");
    hold.arrived();
    page.heading("Reading what is on file at Webex …");
    take("reading");
    hold.release();
    page.heading("ليلى حسن");
    screens.begin_anew();

    check_a_moderator(page);
    let hold = Hold::new();
    site.webex.fail(on_write(Effect::HoldAfter(hold.clone())));
    page.press(SEND_A_MODERATOR);
    hold.arrived();
    site.webex.fail(on_read("/memberships/", status(401, FAULT)));
    hold.release();
    page.heading("Sign in again to go on");
    take("sign-in-after-sending");
    page.press("See the result without");
    page.heading("Webex accepted the change to ليلى حسن");
    screens.begin_anew();

    check_a_moderator(page);
    site.webex.edit(webex::MODERATED_MEMBER, "/isModerator", json!(true));
    page.press(SEND_A_MODERATOR);
    page.heading("ليلى حسن is already as you asked in Webex");
    take("result-already");
    screens.begin_anew();

    check_a_moderator(page);
    site.webex.fail(on_write(Effect::NoEffect));
    page.press(SEND_A_MODERATOR);
    page.heading("ليلى حسن was not changed in Webex");
    take("result-unchanged");
    screens.begin_anew();

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
    page.heading("Changing ليلى حسن");
    page.sees("Another tab is changing this membership.");
    take("elsewhere");
    hold.release();
    page.heading("ليلى حسن is already as you asked in Webex");
    page.turn_to(&first);
}

fn values(screens: &Screens) {
    let (page, take) = (screens.page, screens.take());
    open_at_flashapply(page, flashapply::MEMBER, "Siobhán O’Brien");
    page.fill("New password", "short-lived");
    page.fill("E-mail address", "taken@example.ie");
    page.press("Check the change");
    let body = r#"{"error":"This e-mail address is in use."}"#;
    screens.site.flashapply.fail(simulated::Fault::once_on("PATCH", status(409, body)));
    page.press("Update Siobhán O’Brien in FlashApply");
    page.sees("There is a problem");
    page.sees("What you typed here was used once and is not kept.");
    take("change-refused");
    open_at_aitable(page, aitable::MEMBER_TWO_TEAMS, "Amélie D'Arcy");
    page.press("Remove Apps & Design");
    page.press("Remove Vertrieb (DACH)");
    page.sees("One field will change");
    take("change-lists-emptied");
}

fn ends(screens: &Screens) {
    let (page, take) = (screens.page, screens.take());
    connect_to_symbl(page);
    find_at_symbl(page, symbl::CONVERSATION, symbl::MEMBER, "John");
    for (left, says, name) in [
        (23 * 60 - 5, ", 23 minutes left.", "find-until"),
        (5 * 60 - 5, ", 5 minutes left.", "find-until-soon"),
        (0, "The sign-in has ended.", "find-until-over"),
    ] {
        set_clock(page, left);
        page.press("Members");
        page.press("Symbl.ai");
        page.heading("John");
        page.press("Choose another conversation member");
        page.sees(says);
        take(name);
        find_at_symbl(page, symbl::CONVERSATION, symbl::MEMBER, "John");
    }
}

fn recent(screens: &Screens) {
    let (page, site, take) = (screens.page, screens.site, screens.take());
    open_at_webex(page, webex::MODERATED_MEMBER, "ليلى حسن");
    open_at_aitable(page, aitable::MEMBER_TWO_TEAMS, "Amélie D'Arcy");
    page.press("Members");
    page.sees(recents::TITLE);
    take("home-recents");
    page.press("Webex");
    page.press("Choose another membership");
    page.heading("Which membership?");
    page.sees(recents::TITLE);
    take("find-recents");
    recents::allow(page, site);
    open_at_webex(page, webex::MODERATED_MEMBER, "ليلى حسن");
    page.press("Members");
    page.press("Pin ليلى حسن");
    take("home-recents-device");
    site.write("config.json", &site.config().to_string());
}

fn ways(screens: &Screens) {
    let (page, site, take) = (screens.page, screens.site, screens.take());
    let mut config = site.config();
    config["proxy"] = json!({ "kind": "prefix", "base": "https://proxy.example.com/" });
    site.write("config.json", &config.to_string());
    page.open("#/webex");
    page.reload();
    page.sees("A proxy stands between");
    take("connect-proxy");
    config["proxy"] = json!({ "kind": "none" });
    config["servers"] = json!({});
    site.write("config.json", &config.to_string());
    page.open("#/flashapply");
    page.reload();
    page.sees("This server cannot be reached yet");
    take("connect-unreachable");
    config["providers"] = json!([]);
    site.write("config.json", &config.to_string());
    page.open("#/");
    page.reload();
    page.sees("No provider is offered yet");
    take("home-empty");
    site.write("config.json", &site.config().to_string());
    page.script("localStorage.setItem('memberdesk.settings', '{\"version\":9}')", json!([]));
    page.open("#/settings");
    page.reload();
    page.sees("Earlier settings could not be read");
    take("settings-unknown");
}
