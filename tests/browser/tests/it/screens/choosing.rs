//! Values that are chosen by name: the open list, the key of another server, ticks, and what nobody knows.

use browser_tests::{page::Page, site::Site};
use fantoccini::key::Key;
use simulated::{aitable, toluna};

use super::look;
use crate::steps::{FRANCE, open_at_aitable, open_at_toluna};

#[test]
fn values_that_are_chosen_by_name_are_open_to_everybody() {
    look(Site::start(), |screens| {
        teams(screens.page, screens.site, &screens.take());
        screens.begin_anew();
        answers(screens.page, &screens.take());
    });
}

fn teams(page: &Page, site: &Site, take: &dyn Fn(&str)) {
    site.aitable.lift_limit();
    open_at_aitable(page, aitable::MEMBER, "John");
    page.fill("Another team", "s");
    page.option("Another team", "Night shift");
    page.wait_for("the list to be read", || !page.words().contains("Stop, and keep what was read"));
    page.key(Key::Down);
    take("choose-team");
    page.fill("Another team", "Berlin");
    page.sees("Nothing fits “Berlin”.");
    page.press("Add team");
    page.sees("Unknown (Berlin)");
    page.press("Check the change");
    page.heading("Check the change to John");
    page.sees("Unknown (Berlin)");
    take("choose-unknown");
}

fn answers(page: &Page, take: &dyn Fn(&str)) {
    open_at_toluna(page, FRANCE, toluna::MEMBER_REGISTRATION);
    page.sees("Names come from Toluna’s reference data.");
    take("choose-answers-key");
    page.fill("Key of the reference data", toluna::reference::KEY);
    page.press("Show names");
    page.pick("Country and language", "France French", "France French");
    page.fill("Question ID", &toluna::reference::QUESTION_INTERESTS.to_string());
    page.tick("Lecture");
    take("choose-answers-names");
}
