//! A member of an organization at FlashApply: everything that is on file goes back as it came, and a password is never
//! seen again.

use browser_tests::{in_chromium, page::Page, watch};
use simulated::flashapply;

use crate::{
    steps::{open_at_flashapply, row},
    wire::{assert_arrived, flashapply_patch, flashapply_read, last_body},
};

const SEND: &str = "Update Siobhán O’Brien in FlashApply";
const SENT: &str = "Siobhán O’Brien was updated in FlashApply";
const PASSWORD: &str = "Zwölf „Boxkämpfer\" & 1 \\ 🚀";

#[test]
fn everything_on_file_goes_back_to_flashapply_digit_by_digit() {
    in_chromium(|page, site| {
        open_at_flashapply(page, flashapply::MEMBER_EXTRA, "Jean-Luc D’Angelo");
        page.fill("First name", "Jean");
        page.press("Check the change");
        page.heading("Check the change to Jean-Luc D’Angelo");
        assert_eq!(page.rows(), [["First name", "Jean-Luc", "Jean"]]);
        page.press("Update Jean-Luc D’Angelo in FlashApply");
        page.heading("Jean-Luc D’Angelo was updated in FlashApply");
        let body = r#"{"externalRef":90071992547409931234,"firstName":"Jean","lastName":"D’Angelo","middleName":null,"email":"jean-luc.dangelo@example.fr","organizationId":"org_nordlicht","locations":[{"locationId":"loc_berlin","role":["admin"],"since":"2021-11-02"},{"role":["viewer"],"locationId":"loc_taipei","desk":{"floor":-0.0,"seats":[]}}],"isPrimary":false,"isActive":true,"settings":{"theme":"dark","profilePictureUrl":"https://cdn.example.com/jean-luc.png?size=2&v=1.0","zoom":1.50},"scores":[1.10,2.0],"":"an empty key","a/b~c":{"deep":[[{"deeper":true}]]}}"#;
        let read = || flashapply_read(&site.flashapply, flashapply::MEMBER_EXTRA);
        let patch = flashapply_patch(&site.flashapply, flashapply::MEMBER_EXTRA, body);
        assert_arrived(&site.flashapply, &[read(), read(), patch, read()]);
    });
}

#[test]
fn a_password_is_sent_once_and_never_seen_again() {
    in_chromium(|page, site| {
        open_at_flashapply(page, flashapply::MEMBER, "Siobhán O’Brien");
        page.fill("First name", "Siobhan");
        page.press("Check the change");
        page.press(SEND);
        page.heading(SENT);
        assert!(!last_body(&site.flashapply).contains("password"), "none was typed");

        page.press("Make another change");
        page.heading("Siobhan O’Brien");
        assert_eq!(page.attribute("New password", "type"), "password");
        // Shorter than FlashApply takes: it says so at the box, and the box is empty again.
        page.fill("New password", "short");
        page.press("Check the change");
        page.press("Update Siobhan O’Brien in FlashApply");
        page.problem(
            "New password",
            "FlashApply does not accept something in this change. Nothing was changed. Check what you changed.",
        );
        assert_eq!(page.value("New password"), "");

        page.fill("Last name", "O’Brien-Walsh");
        page.paste("New password", PASSWORD);
        page.press("Check the change");
        page.heading("Check the change to Siobhan O’Brien");
        page.sees("FlashApply does not show passwords, so nothing can prove the new one.");
        page.press("The request that will be sent");
        page.sees("Everything else that FlashApply lets be changed is sent along as it was just read.");
        page.sees(r#""password":"$PASSWORD""#);
        watch::assert_secret_is_nowhere(page, PASSWORD);
        page.press("Update Siobhan O’Brien in FlashApply");
        page.heading("FlashApply accepted the change to Siobhan O’Brien");
        let rows = page.rows();
        assert_eq!(rows[0], row(["Last name", "O’Brien", "O’Brien-Walsh", "O’Brien-Walsh As asked"]));
        assert_eq!(rows[1].last().map(String::as_str), Some("Not told by the provider Not told"), "{rows:?}");
        page.press("Details for support");
        page.sees(r#""password":"$PASSWORD""#);
        watch::assert_secret_is_nowhere(page, PASSWORD);
        assert_eq!(flashapply::password(&site.flashapply, flashapply::MEMBER).as_deref(), Some(PASSWORD));

        page.press("Make another change");
        page.heading("Siobhan O’Brien-Walsh");
        assert_eq!(page.value("New password"), "");
        page.choose("Active", "No, not active");
        page.press("Check the change");
        page.press("Update Siobhan O’Brien-Walsh in FlashApply");
        page.heading("Siobhan O’Brien-Walsh was updated in FlashApply");
        assert!(!last_body(&site.flashapply).contains("password"), "it went with its own change only");
        assert_eq!(flashapply::password(&site.flashapply, flashapply::MEMBER).as_deref(), Some(PASSWORD));
    });
}

#[test]
fn a_location_gets_another_role_one_comes_and_one_goes() {
    in_chromium(|page, site| {
        open_at_flashapply(page, flashapply::MEMBER_MANY, "Zoë 🚀 Müller");
        page.press("Remove loc_lagos (viewer, editor)");
        page.sees("Will be removed");
        page.press("Change loc_berlin (viewer)");
        assert_eq!(page.value("Location ID"), flashapply::LOCATION_BERLIN);
        page.tick("admin");
        page.press("Add or change location");
        page.sees("Will be changed");
        page.press("Check the change");
        page.heading("Check the change to Zoë 🚀 Müller");
        let (from, to) = (
            "loc_berlin (viewer), loc_lagos (viewer, editor), loc_taipei (admin, editor, viewer)",
            "loc_berlin (admin, viewer), loc_taipei (admin, editor, viewer)",
        );
        assert_eq!(page.rows(), [["Locations", from, to]]);
        page.press("Update Zoë 🚀 Müller in FlashApply");
        page.heading("Zoë 🚀 Müller was updated in FlashApply");
        let locations = r#""locations":[{"locationId":"loc_berlin","role":["admin","viewer"]},{"locationId":"loc_taipei","role":["admin","editor","viewer"]}],"#;
        assert!(last_body(&site.flashapply).contains(locations), "{}", last_body(&site.flashapply));

        // One comes: a row that was typed and not added counts too.
        page.press("Make another change");
        page.heading("Zoë 🚀 Müller");
        page.fill("Location ID", flashapply::LOCATION_LAGOS);
        page.press("Check the change");
        page.problem("Locations", "Enter “Role” for each row of “Locations”.");
        page.tick("editor");
        page.press("Check the change");
        page.press("Update Zoë 🚀 Müller in FlashApply");
        page.heading("Zoë 🚀 Müller was updated in FlashApply");
        let added = r#"{"locationId":"loc_lagos","role":["editor"]}],"#;
        assert!(last_body(&site.flashapply).contains(added), "{}", last_body(&site.flashapply));

        // The way back is the way that it was.
        page.press("Undo this change");
        page.heading("Check the change to Zoë 🚀 Müller");
        page.press("Update Zoë 🚀 Müller in FlashApply");
        page.heading("Zoë 🚀 Müller was updated in FlashApply");
        assert!(last_body(&site.flashapply).contains(locations), "{}", last_body(&site.flashapply));
    });
}

#[test]
fn a_single_role_stays_a_single_role() {
    in_chromium(|page, site| {
        open_at_flashapply(page, flashapply::MEMBER_SCALAR, "小明 王");
        page.press("Change loc_taipei (editor)");
        page.tick("admin");
        page.press("Add or change location");
        page.press("Check the change");
        page.problem("Locations", "“Role” of “Locations” can be one only here.");
        page.press("Change loc_taipei (admin, editor)");
        page.tick("editor");
        page.press("Add or change location");
        page.press("Check the change");
        page.press("Update 小明 王 in FlashApply");
        page.heading("小明 王 was updated in FlashApply");
        let locations = r#""locations":[{"locationId":"loc_taipei","role":"admin"},{"locationId":"loc_berlin","role":"viewer"}],"#;
        assert!(last_body(&site.flashapply).contains(locations), "{}", last_body(&site.flashapply));
    });
}

#[test]
fn leaving_every_location_and_the_place_of_the_main_contact_take_a_tick() {
    in_chromium(|page, site| {
        open_at_flashapply(page, flashapply::MEMBER, "Siobhán O’Brien");
        page.press("Remove loc_berlin (editor, viewer)");
        page.press("Check the change");
        page.heading("Check the change to Siobhán O’Brien");
        assert_eq!(page.rows(), [["Locations", "loc_berlin (editor, viewer)", "No locations"]]);
        page.sees("Siobhán O’Brien is taken out of every location.");
        consent(page, site);
        assert!(last_body(&site.flashapply).contains(r#""locations":[],"#));

        page.press("Make another change");
        page.heading("Siobhán O’Brien");
        page.choose("Main contact", "Yes, the main contact");
        page.press("Check the change");
        page.sees("This changes who the main contact of the organization is.");
        consent(page, site);
        assert!(last_body(&site.flashapply).contains(r#""isPrimary":true,"#));

        page.press("Make another change");
        page.heading("Siobhán O’Brien");
        page.fill("Organization ID", flashapply::ORGANIZATION_OTHER);
        page.press("Check the change");
        page.sees("Siobhán O’Brien moves to another organization. You may not be able to see them there.");
        consent(page, site);
        assert_eq!(site.flashapply.counters().applied, 3);
    });
}

#[test]
fn a_refusal_of_flashapply_lands_on_the_field_that_it_names() {
    in_chromium(|page, site| {
        open_at_flashapply(page, flashapply::MEMBER, "Siobhán O’Brien");
        page.fill("E-mail address", "Nadia.Okafor@example.com");
        page.fill("First name", "Siobhan");
        page.press("Check the change");
        page.press(SEND);
        page.problem(
            "E-mail address",
            "Another member has this e-mail address already. Nothing was changed. Enter another address.",
        );
        assert_eq!(page.value("First name"), "Siobhan");
        page.fill("E-mail address", "siobhan@example.com");
        page.fill("Organization ID", "org_elsewhere");
        page.press("Check the change");
        page.tick("I understand, and want to go on");
        page.press(SEND);
        page.problem(
            "Organization ID",
            "FlashApply does not accept something in this change. Nothing was changed. Check what you changed.",
        );
        assert_eq!(page.value("E-mail address"), "siobhan@example.com");
        assert_eq!(site.flashapply.counters().applied, 0);
        page.fill("Organization ID", flashapply::ORGANIZATION);
        page.press("Check the change");
        page.press(SEND);
        page.heading(SENT);
        assert_eq!(site.flashapply.counters().applied, 1);
    });
}

#[test]
fn flashapply_is_waited_for_as_long_as_it_says() {
    in_chromium(|page, site| {
        open_at_flashapply(page, flashapply::MEMBER, "Siobhán O’Brien");
        page.fill("First name", "Siobhan");
        page.press("Check the change");
        page.heading("Check the change to Siobhán O’Brien");
        // None are left, and no Retry-After says for how long.
        flashapply::set_calls_left(&site.flashapply, 0, 4);
        page.press(SEND);
        page.sees(
            "FlashApply allows 100 calls a minute for everybody behind one address, and there were more.",
        );
        page.counts_down("Going on in ");
        page.heading(SENT);
        assert_eq!(site.flashapply.counters().applied, 1);
        let refused = site.flashapply.counters().refused;
        assert_eq!(refused, 1);

        // The last one is used up: nobody has to be refused to know that.
        page.press("Make another change");
        page.heading("Siobhan O’Brien");
        page.fill("First name", "Siobhán");
        page.press("Check the change");
        page.heading("Check the change to Siobhan O’Brien");
        flashapply::set_calls_left(&site.flashapply, 1, 4);
        page.press("Update Siobhan O’Brien in FlashApply");
        page.counts_down("There is a pause between two calls to FlashApply. Going on in ");
        page.heading("Siobhan O’Brien was updated in FlashApply");
        let counters = site.flashapply.counters();
        assert_eq!((counters.applied, counters.refused), (2, refused));
    });
}

/// The risk must be taken on before anything is sent.
#[track_caller]
fn consent(page: &Page, site: &browser_tests::site::Site) {
    let before = site.flashapply.counters().writes;
    page.press(SEND);
    page.problem("I understand, and want to go on", "Tick the box to show that you have read this.");
    assert_eq!(site.flashapply.counters().writes, before);
    page.tick("I understand, and want to go on");
    page.press(SEND);
    page.heading(SENT);
}
