//! The last resort: the program stops, and the page says what is known and gives back what was typed.

use browser_tests::{
    browser::{Browser, Engine},
    page::Page,
    site::Site,
    watch,
};
use serde_json::json;
use simulated::{Effect, Hold, aitable, webex};

use crate::steps::{
    SEND_A_MODERATOR, check_a_moderator, connect_to_webex, on_read, on_write, open_at_aitable,
};

/// The next element that the program makes cannot be made, which it does not survive.
pub const BREAK: &str = "
    const make = Document.prototype.createElement;
    const copy = Node.prototype.cloneNode;
    const mend = () => { Document.prototype.createElement = make; Node.prototype.cloneNode = copy; };
    Document.prototype.createElement = () => { mend(); throw new Error('broken by a test'); };
    Node.prototype.cloneNode = () => { mend(); throw new Error('broken by a test'); };
";

const STOPPED: &str = "Memberdesk has stopped";
const UNCHANGED: &str = "No change was on its way, so nothing was changed by this.";

/// A fault in the program is no quiet visit, so only what a fault must not touch is checked at the end.
#[track_caller]
fn visit(visit: impl FnOnce(&Page, &Site)) {
    let site = Site::start();
    let page = Page::new(Browser::start(Engine::Chromium), &site);
    visit(&page, &site);
    watch::assert_alone(&page, &site);
    watch::assert_secret_is_nowhere(&page, webex::TOKEN);
    watch::assert_secret_is_nowhere(&page, aitable::TOKEN);
}

#[test]
fn what_was_typed_outlives_the_program() {
    visit(|page, _| {
        open_at_aitable(page, aitable::MEMBER, "John");
        page.fill("Name in this space", "John Okafor");
        page.fill("Another team", aitable::TEAM_SALES);
        page.press("Add team");
        page.sees("Will be added");
        page.press("Remove Platform");
        page.sees("Will be removed");
        page.script(BREAK, json!([]));
        page.press("Check the change");
        page.heading(STOPPED);
        page.sees(UNCHANGED);
        page.sees("Name in this space: John Okafor");
        page.sees(&format!("Teams: {}, Will be added", aitable::TEAM_SALES));
        page.sees(&format!("Teams: Platform, {}, Will be removed", aitable::TEAM_PLATFORM));
        page.lacks("broken by a test");
        assert_eq!(page.title(), "Memberdesk has stopped – Memberdesk");
        page.press("Load the page again");
        page.heading("Connect to AITable");
    });
}

#[test]
fn a_choice_outlives_the_program() {
    visit(|page, _| {
        connect_to_webex(page);
        page.fill("Membership ID", webex::MODERATED);
        page.press("Show what is on file");
        page.heading("Jean-Luc D’Angelo");
        page.choose("Moderator of the space", "No, not a moderator");
        page.script(BREAK, json!([]));
        page.press("Check the change");
        page.heading(STOPPED);
        page.sees("Moderator of the space: No, not a moderator");
    });
}

#[test]
fn a_token_does_not_outlive_the_program() {
    visit(|page, _| {
        page.open("#/webex");
        page.fill("Access token", webex::TOKEN);
        page.press("Show Access token");
        page.script(BREAK, json!([]));
        page.press("Connect");
        page.heading(STOPPED);
        page.lacks("Access token");
    });
}

#[test]
fn a_stop_while_a_change_is_on_its_way_says_that_it_may_have_been_made() {
    visit(|page, site| {
        check_a_moderator(page);
        let hold = Hold::new();
        site.webex.fail(on_write(Effect::HoldAfter(hold.clone())));
        page.press(SEND_A_MODERATOR);
        hold.arrived();
        page.script(BREAK, json!([]));
        page.press("Settings");
        page.heading(STOPPED);
        page.sees("The change to ليلى حسن in Webex was on its way. It may or may not have been made");
        page.lacks(UNCHANGED);
        hold.release();
    });
}

#[test]
fn a_stop_after_a_change_was_sent_does_not_say_that_nothing_was_changed() {
    visit(|page, site| {
        check_a_moderator(page);
        let hold = Hold::new();
        site.webex.fail(on_write(Effect::HoldAfter(hold.clone())));
        page.press(SEND_A_MODERATOR);
        hold.arrived();
        page.script(BREAK, json!([]));
        hold.release();
        page.heading(STOPPED);
        assert_eq!(site.webex.counters().applied, 1);
        page.lacks(UNCHANGED);
    });
}

#[test]
fn a_program_that_has_stopped_sends_nothing_more() {
    visit(|page, site| {
        check_a_moderator(page);
        // The last look at the record before sending is under way.
        let hold = Hold::new();
        site.webex.fail(on_read("/rooms/", Effect::HoldBefore(hold.clone())));
        page.press(SEND_A_MODERATOR);
        hold.arrived();
        page.script(BREAK, json!([]));
        page.press("Settings");
        page.heading(STOPPED);
        page.sees(UNCHANGED);
        hold.release();
        page.wait_for("the look at the record to be answered", || {
            site.webex.arrived().last().is_some_and(|last| last.status == Some(200))
        });
        // Whatever would follow that answer follows it at once, and so comes before these.
        let ask = "const [done] = arguments; const ask = new XMLHttpRequest();
            ask.open('GET', 'relay/healthz'); ask.onloadend = () => done(ask.status); ask.send()";
        for _ in 0..5 {
            page.until("the relay to answer", async |client| {
                client.execute_async(ask, Vec::new()).await.map(Some)
            });
        }
        assert_eq!(site.webex.counters().writes, 0, "the page has said that nothing was changed");
        assert_eq!(page.title(), "Memberdesk has stopped – Memberdesk");
    });
}

const CHANGED: &str =
    "A file of the page is missing, was changed, or your browser is too old for it. Nothing was sent.";

#[test]
fn a_first_program_that_was_changed_is_not_started() {
    for end in [".js", "_bg.wasm"] {
        let site = Site::start();
        site.tamper("memberdesk-", end);
        let page = Page::new(Browser::start(Engine::Chromium), &site);
        page.open("#/webex");
        page.heading("Memberdesk could not start");
        page.sees(CHANGED);
    }
}

#[test]
fn a_second_program_that_was_changed_is_not_started() {
    for end in [".js", "_bg.wasm"] {
        let site = Site::start();
        site.tamper("work-", end);
        let page = Page::new(Browser::start(Engine::Chromium), &site);
        page.open("#/webex");
        page.heading("Connect to Webex");
        page.fill("Access token", webex::TOKEN);
        page.press("Connect");
        page.heading("Memberdesk could not start");
        page.sees(CHANGED);
        assert_eq!(site.webex.arrived().len(), 0);
        watch::assert_secret_is_nowhere(&page, webex::TOKEN);
    }
}
