//! One journey in the other engines.

use browser_tests::{browser::Engine, on_site, page::Page, site::Site};
use simulated::webex;

use crate::{
    steps::open_at_webex,
    wire::{assert_arrived, webex_get, webex_put, webex_read},
};

#[test]
fn the_first_moderator_is_made_in_firefox() {
    on_site(Engine::Firefox, Site::start(), make_a_moderator);
}

#[test]
fn the_first_moderator_is_made_in_webkit() {
    on_site(Engine::WebKit, Site::start(), make_a_moderator);
}

fn make_a_moderator(page: &Page, site: &Site) {
    open_at_webex(page, webex::UNMODERATED, "Siobhán O'Brien");
    page.choose("Moderator of the space", "Yes, a moderator");
    page.press("Check the change");
    page.heading("Check the change to Siobhán O'Brien");
    page.press("Update Siobhán O'Brien in Webex");
    page.problem("I understand, and want to go on", "Tick the box to show that you have read this.");
    page.tick("I understand, and want to go on");
    page.press("Update Siobhán O'Brien in Webex");
    page.heading("Siobhán O'Brien was updated in Webex");

    let id = webex::UNMODERATED;
    let read = || webex_read(&site.webex, id, webex::ROOM_UNMODERATED);
    let put = webex_put(&site.webex, id, r#"{"isModerator":true,"isRoomHidden":false}"#);
    let test = webex_get(&site.webex, "/v1/people/me");
    assert_arrived(&site.webex, &[&[test][..], &read(), &read(), &[put], &read()].concat());
}
