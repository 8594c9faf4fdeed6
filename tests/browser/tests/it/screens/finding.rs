//! The way to a member by name: lists as they open, are read, end and fail.

use browser_tests::{page::Page, site::Site};
use fantoccini::key::Key;
use simulated::{aitable, webex};

use super::{at_one_moment, look};
use crate::steps::{connect_to_aitable, connect_to_symbl, connect_to_webex, on_read, status, too_many};

#[test]
fn lists_of_members_are_open_to_everybody() {
    look(Site::start(), |screens| {
        lists(screens.page, &screens.take());
        screens.begin_anew();
        faults(screens.page, screens.site, &screens.take());
    });
}

fn lists(page: &Page, take: &dyn Fn(&str)) {
    connect_to_webex(page);
    page.focus_on("Space");
    page.sees("137 fit.");
    page.key(Key::Down);
    take("find-list");
    page.key(Key::Escape);
    page.press("Show what is on file");
    page.problem("Space", "Choose one from the list “Space”.");
    page.pick("Space", "all hands", webex::TITLE_LARGE);
    page.fill("Person", "o'n");
    page.option("Person", "Mary O'Neil");
    page.sees("fit.");
    take("find-members");
    page.fill("Person", "nobody at all");
    page.sees("Nothing fits “nobody at all”.");
    take("find-nobody");
    page.paste("Person", "Y2lzY29zcGFyazovL3VzL1RFQU0vMTIzNDU2Nzg5");
    page.sees("This is the ID of a team.");
    take("find-wrong-kind");
    page.pick("Person", "siob", "Siobhán O'Brien");
    take("find-chosen");

    connect_to_symbl(page);
    page.select("How far back", "The last 90 days");
    page.focus_on("Conversation");
    page.sees("34 fit.");
    take("find-period");
    page.pick("Conversation", "support", "Support call");
    page.focus_on("Member");
    page.option("Member", "Speaker 1");
    page.sees("fit.");
    take("find-speaker");
}

fn faults(page: &Page, site: &Site, take: &dyn Fn(&str)) {
    connect_to_aitable(page);
    page.pick("Space", "nordlicht", aitable::SPACE_NAME);
    page.sees("parts.");
    // It is taken while it changes; what it is made of stays.
    page.press("Stop, and keep what was read");
    page.sees("You stopped before all of the list was read.");
    take("find-stopped");

    connect_to_webex(page);
    page.focus_on("Space");
    page.sees("137 fit.");
    site.webex.fail(on_read("&after=", too_many(40)));
    page.pick("Space", "all hands", webex::TITLE_LARGE);
    page.sees("It goes on in");
    at_one_moment(page, || take("find-busy"));
    page.press("Stop, and keep what was read");

    site.webex.fail(on_read("/v1/memberships?", status(403, r#"{"message":"No."}"#)));
    page.pick("Space", "unicorn", webex::TITLE_UNMODERATED);
    page.sees("Your Webex account may not see this list.");
    take("find-failed");

    site.webex.fail(on_read("/v1/memberships?", status(401, r#"{"message":"No."}"#)));
    page.focus_on("Space");
    page.fill("Space", "release");
    page.option("Space", webex::TITLE_MODERATED);
    page.key(Key::Enter);
    page.heading("Sign in again to go on");
    take("find-sign-in");
}
