//! Every screen and state, open to everybody: nothing that axe finds in any colours, nothing lost at 400 %, nothing
//! that a screen reader cannot tell. Where `MEMBERDESK_SCREENS` names a folder, each leaves its pictures there instead,
//! for people to look at.

mod between;
mod choosing;
mod finding;
mod proxies;

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use browser_tests::{
    axe::Scheme,
    browser::{Browser, Engine},
    page::Page,
    site::Site,
};
use serde_json::json;
use simulated::{Effect, Hold, aitable, flashapply, symbl, toluna, webex};

use crate::judge::Findings;
use crate::language::{choose_german, german, go_to, said};
use crate::steps::{
    FRANCE, SEND_A_MODERATOR, SEND_A_NAME, UNITED_KINGDOM, check_a_moderator, check_a_name,
    connect_an_app_to_symbl, connect_to_aitable, connect_to_toluna, connect_to_webex, fill_date,
    find_at_symbl, on_read, on_write, open_at_aitable, open_at_flashapply, open_at_toluna, open_at_webex,
    status,
};

const FAULT: &str = r#"{"message":"Something went wrong on our side.","trackingId":"ROUTER_2"}"#;

#[test]
fn the_way_to_a_form_is_open_to_everybody() {
    look(Site::start(), |screens| {
        beginnings(screens.page, screens.site, &screens.take());
        screens.begin_anew();
        changes(screens.page, &screens.take());
    });
}

#[test]
fn every_ending_is_open_to_everybody() {
    look(Site::start(), |screens| {
        endings(screens.page, screens.site, &|| screens.begin_anew(), &screens.take());
    });
}

#[test]
fn what_only_some_providers_have_is_open_to_everybody() {
    look(Site::start(), |screens| {
        of_symbl(screens.page, &screens.take());
        of_flashapply(screens.page, &screens.take());
        of_toluna(screens.page, &screens.take());
    });
}

#[test]
fn settings_german_and_faults_of_the_page_are_open_to_everybody() {
    look(Site::start(), |screens| {
        in_german(screens.page, &screens.take());
        screens.begin_anew();
        owners(screens.page, screens.site, &screens.take());
    });
}

/// A page whose screens are looked at, each under a name.
pub struct Screens<'a> {
    pub page: &'a Page,
    pub site: &'a Site,
    found: &'a Findings,
    folder: Option<PathBuf>,
}

impl Screens<'_> {
    /// Looks at what is on the screen now, or leaves its pictures.
    pub fn take(&self) -> impl Fn(&str) {
        |name: &str| match &self.folder {
            Some(folder) => save(self.page, folder, name),
            None => self.found.judge(self.page, name),
        }
    }

    /// Everything as it was at the beginning.
    pub fn begin_anew(&self) {
        let site = self.site;
        for server in [&site.webex, &site.aitable, &site.symbl, &site.flashapply, &site.toluna] {
            server.reset();
        }
        self.page.open("#/");
        self.page.reload();
    }
}

fn look(site: Site, visit: impl FnOnce(&Screens)) {
    let page = Page::new(Browser::start(Engine::Chromium), &site);
    let found = Findings::default();
    let folder = env::var_os("MEMBERDESK_SCREENS").map(PathBuf::from);
    let screens = Screens { page: &page, site: &site, found: &found, folder };
    screens.begin_anew();
    visit(&screens);
    found.assert_none();
}

fn save(page: &Page, folder: &Path, name: &str) {
    fs::create_dir_all(folder).expect("the folder can be made");
    for width in [1280, 360] {
        for scheme in [Scheme::Light, Scheme::Dark] {
            let path = folder.join(format!("{name}-{width}-{}.webp", scheme.name()));
            fs::write(path, page.picture(width, scheme)).expect("the picture can be written");
        }
    }
}

/// A countdown stands still as long as its picture takes.
fn at_one_moment(page: &Page, look: impl FnOnce()) {
    page.script("window.clock = Date.now; const now = clock(); Date.now = () => now", json!([]));
    look();
    page.script("Date.now = window.clock", json!([]));
}

fn beginnings(page: &Page, site: &Site, take: &dyn Fn(&str)) {
    page.open("");
    page.sees("AITable");
    take("home");
    page.open("#/webex");
    page.heading("Connect to Webex");
    take("connect-webex");
    page.press("Connect");
    page.problem("Access token", "Enter “Access token”.");
    take("connect-error");
    page.open("#/aitable");
    page.heading("Connect to AITable");
    take("connect-aitable");
    site.aitable.fail(simulated::Fault::once(status(500, FAULT)));
    page.fill("API token", aitable::TOKEN);
    page.press("Connect");
    page.sees("Not connected");
    take("connect-untested");
    let mut config = site.config();
    config["simulated"] = json!(true);
    config["samples"] = Site::samples();
    site.write("config.json", &config.to_string());
    page.open("#/webex");
    page.reload();
    page.sees("Try it with a simulated member");
    page.press("Jean-Luc D’Angelo, a moderator");
    page.sees("Filled in: Jean-Luc D’Angelo, a moderator.");
    take("connect-sample");
    site.write("config.json", &site.config().to_string());
    page.reload();
    connect_to_webex(page);
    take("find-webex");
    page.press("Show what is on file");
    page.sees("There is a problem");
    take("find-error");
    page.fill("Membership ID", "Y2lzY29nope");
    page.press("Show what is on file");
    page.sees("Webex shows you no membership with this ID.");
    take("find-refused");
    connect_to_aitable(page);
    page.press("Enter an ID or a link instead");
    page.sees("Unit ID of the member");
    take("find-aitable");
}

fn changes(page: &Page, take: &dyn Fn(&str)) {
    open_at_webex(page, webex::UNMODERATED, "Siobhán O'Brien");
    take("change-webex");
    page.press("Check the change");
    page.sees("There is a problem");
    take("change-webex-error");
    page.choose("Moderator of the space", "Yes, a moderator");
    page.press("Check the change");
    page.heading("Check the change to Siobhán O'Brien");
    take("check-risk");
    page.press("The request that will be sent");
    page.press("Update Siobhán O'Brien in Webex");
    page.sees("There is a problem");
    take("check-risk-error");
    open_at_aitable(page, aitable::MEMBER_TWO_TEAMS, "Amélie D'Arcy");
    take("change-aitable");
    page.fill("Name in this space", "Amélie D’Arcy-Dupont de la Fontaine");
    page.press("Remove Apps & Design");
    page.fill("Another team", aitable::TEAM_OPERATIONS);
    page.press("Add team");
    page.sees("Will be added");
    page.press("Check the change");
    page.sees("There is a problem");
    take("change-aitable-error");
    page.fill("Name in this space", "Amélie Dupont");
    page.press("Check the change");
    page.heading("Check the change to Amélie D'Arcy");
    take("check-aitable");
}

fn endings(page: &Page, site: &Site, new: &dyn Fn(), take: &dyn Fn(&str)) {
    check_a_moderator(page);
    let hold = Hold::new();
    site.webex.fail(on_write(Effect::HoldAfter(hold.clone())));
    page.press(SEND_A_MODERATOR);
    hold.arrived();
    page.heading("Changing ليلى حسن");
    take("sending");
    hold.release();
    page.heading("ليلى حسن was updated in Webex");
    take("result-confirmed");
    page.press("Details for support");
    take("result-details");
    page.press("Members");
    page.sees("Done last in this tab");
    take("home-done");
    new();

    check_a_name(page);
    site.aitable.edit(aitable::MEMBER, "/name", json!("Johnny"));
    page.press(SEND_A_NAME);
    page.sees("Something has changed since you looked");
    take("check-moved");
    new();

    check_a_name(page);
    site.aitable.fail(on_write(Effect::CutBefore));
    page.press(SEND_A_NAME);
    page.heading("John does not show the change so far in AITable");
    take("result-differs");
    new();

    open_at_webex(page, webex::CLOSED, "王小明");
    page.choose("Moderator of the space", "Yes, a moderator");
    page.press("Check the change");
    page.press("Update 王小明 in Webex");
    page.heading("Webex refused the change to 王小明");
    take("result-refused");
    new();

    check_a_moderator(page);
    let hold = Hold::new();
    site.webex.fail(on_read("/rooms/", Effect::HoldBefore(hold.clone())));
    page.press(SEND_A_MODERATOR);
    hold.arrived();
    site.webex.fail(on_write(Effect::CutAfter));
    site.webex.fail(on_read("/memberships/", status(500, FAULT)));
    hold.release();
    page.heading("It is not known whether ليلى حسن was changed in Webex");
    take("result-unknown");
    new();

    check_a_moderator(page);
    let hold = Hold::new();
    site.webex.fail(on_write(Effect::HoldAfter(hold.clone())));
    page.press(SEND_A_MODERATOR);
    hold.arrived();
    site.webex.fail(on_read("/memberships/", status(500, FAULT)));
    hold.release();
    page.heading("Webex accepted the change to ليلى حسن");
    take("result-accepted");
    new();

    check_a_moderator(page);
    site.webex.fail(on_write(status(429, FAULT)));
    at_one_moment(page, || {
        page.press(SEND_A_MODERATOR);
        page.sees("Webex has had too many requests.");
        take("waiting");
    });
    new();

    check_a_moderator(page);
    site.webex.fail(on_write(status(401, FAULT)));
    page.press(SEND_A_MODERATOR);
    page.heading("Sign in again to go on");
    take("sign-in-again");
    new();

    connect_to_webex(page);
    site.webex.fail(on_read("/memberships/", status(502, FAULT)));
    page.fill("Membership ID", webex::MODERATED);
    page.press("Show what is on file");
    page.heading("The record could not be read");
    take("unread");
}

fn of_symbl(page: &Page, take: &dyn Fn(&str)) {
    page.open("#/symbl");
    page.heading("Connect to Symbl.ai");
    take("connect-symbl");
    page.choose("Sign in with", "App ID and App Secret");
    page.sees("Beside the App ID.");
    take("connect-symbl-app");
    page.press("Connect");
    page.problem("App Secret", "Enter “App Secret”.");
    take("connect-symbl-app-error");
    connect_an_app_to_symbl(page);
    page.sees("The sign-in is good until ");
    take("find-symbl-expiry");
    find_at_symbl(page, symbl::CONVERSATION_SPEAKERS, symbl::MEMBER_SPEAKER_1, "Speaker 1");
    page.fill("E-mail address", "john@example.com");
    take("change-symbl");
    page.press("Check the change");
    page.heading("Check the change to Speaker 1");
    take("check-merge");
    page.press("Update Speaker 1 in Symbl.ai");
    page.problem("To go on, type Speaker 1", "Type “Speaker 1” exactly as it stands here.");
    take("check-merge-error");
    page.fill("To go on, type Speaker 1", "Speaker 1");
    page.press("Update Speaker 1 in Symbl.ai");
    page.heading("Speaker 1 is gone from Symbl.ai, as intended");
    take("result-gone");
}

fn of_flashapply(page: &Page, take: &dyn Fn(&str)) {
    open_at_flashapply(page, flashapply::MEMBER_MANY, "Zoë 🚀 Müller");
    take("change-flashapply");
    page.press("Remove loc_lagos (viewer, editor)");
    page.press("Change loc_berlin (viewer)");
    page.tick("admin");
    page.press("Add or change location");
    page.fill("Location ID", flashapply::LOCATION_LAGOS);
    page.fill("New password", "not shown to anybody");
    page.fill("E-mail address", "zoe");
    page.press("Check the change");
    page.sees("There is a problem");
    take("change-flashapply-error");
    page.fill("E-mail address", "zoe@example.de");
    page.fill("Location ID", "");
    page.choose("Main contact", "Yes, the main contact");
    page.press("Check the change");
    page.heading("Check the change to Zoë 🚀 Müller");
    page.press("The request that will be sent");
    take("check-flashapply");
    page.tick("I understand, and want to go on");
    page.press("Update Zoë 🚀 Müller in FlashApply");
    page.heading("FlashApply accepted the change to Zoë 🚀 Müller");
    take("result-accepted-not-told");
}

fn of_toluna(page: &Page, take: &dyn Fn(&str)) {
    page.open("#/toluna");
    page.heading("Connect to Toluna");
    take("connect-toluna");
    page.press("Connect");
    page.sees("There is a problem");
    page.sees("The secret is part of an address");
    take("connect-toluna-error");
    connect_to_toluna(page, FRANCE);
    page.press("Use another panel");
    page.sees("Go on with France");
    take("connect-toluna-others");
    open_at_toluna(page, UNITED_KINGDOM, toluna::MEMBER);
    take("change-toluna");
    fill_date(page, ["31", "2", "1992"]);
    page.press("Change Education (2002275)");
    page.fill("Answer ID", "2796306");
    page.press("Add or change answer");
    page.press("Check the change");
    page.sees("There is a problem");
    take("change-toluna-error");
    page.press("Erase personal data");
    page.sees("What you entered was not sent");
    take("change-toluna-leave");
    page.press("Go on without it");
    page.heading("Check the change to 1601440000");
    take("check-erasure");
    page.fill("To go on, type 1601440000", "1601440000");
    at_one_moment(page, || {
        page.press("Erase personal data: 1601440000");
        page.sees("There is a pause between two calls to Toluna.");
        take("pause");
    });
    page.heading("1601440000 is gone from Toluna, as intended");
    take("result-erased");
    page.press("Choose another panel member");
    page.fill("Member code", toluna::MEMBER);
    page.press("Show what is on file");
    page.sees("There is a problem");
    take("find-toluna-erased");
}

/// The longest words of any language that the page speaks.
fn in_german(page: &Page, take: &dyn Fn(&str)) {
    choose_german(page);
    take("german-settings");
    go_to(page, "FlashApply");
    page.fill(&said("flashapply", "API key"), flashapply::TOKEN);
    take("german-connect");
    page.press(&german("connect.submit", &[]));
    page.heading(&german("find.title", &[&said("flashapply", "organization member")]));
    page.fill(&said("flashapply", "Member ID"), flashapply::MEMBER_MANY);
    page.press(&german("find.submit", &[]));
    page.heading("Zoë 🚀 Müller");
    page.fill(&said("flashapply", "E-mail address"), "zoe@example.de");
    take("german-change");
    page.press(&german("form.check", &[]));
    page.heading(&german("check.title", &["Zoë 🚀 Müller"]));
    take("german-check");
    page.press(&german("check.update", &["Zoë 🚀 Müller", "FlashApply"]));
    page.heading(&german("result.confirmed", &["Zoë 🚀 Müller", "FlashApply"]));
    take("german-result");
    page.press(&german("masthead.settings", &[]));
    page.choose(&german("language.title", &[]), "English");
    page.heading("Settings");
}

fn owners(page: &Page, site: &Site, take: &dyn Fn(&str)) {
    page.open("#/settings");
    page.heading("Settings");
    page.sees("AITable: Your own APITable server");
    take("settings");
    page.press("Check the ways to the providers");
    page.heading("Check the ways to the providers");
    page.sees("All was looked at.");
    page.sees("Webex answers");
    take("doctor");
    page.back();
    page.heading("Settings");
    page.sees("AITable: Your own APITable server");
    page.press("Test the proxy");
    page.sees("The proxy answers.");
    page.press("Test Webex");
    page.sees("Webex was reached.");
    take("settings-tested");
    page.choose("Proxy", "Another proxy");
    page.choose("Which one?", "A proxy that takes the address in its query");
    page.fill("Address of the proxy", "ftp://nowhere");
    page.press("Save the settings");
    page.sees("There is a problem");
    take("settings-error");
    page.choose("Proxy", "As the owner of this page decided");
    page.press("Save the settings");
    page.sees("Settings saved");
    take("settings-saved");
    connect_to_toluna(page, FRANCE);
    page.press("Settings");
    page.sees("Entered, not tested: Toluna has no call for that.");
    take("settings-connected");
    page.press("Sign out: Toluna · Live · France");
    page.sees("You are signed out: Toluna · Live · France.");
    take("settings-signed-out");
    page.open("#/nowhere");
    page.heading("There is nothing here");
    take("nowhere");

    page.reload();
    open_at_aitable(page, aitable::MEMBER, "John");
    page.fill("Name in this space", "John Okafor");
    page.press("Remove Platform");
    page.sees("Will be removed");
    page.script(crate::stopped::BREAK, json!([]));
    page.press("Check the change");
    page.heading("Memberdesk has stopped");
    take("stopped");

    let wrong = site.read("providers/aitable.json").replace("\"maxLength\": 32", "\"maxLength\": \"many\"");
    site.write("providers/aitable.json", &wrong);
    page.open("#/");
    page.reload();
    page.sees("The file providers/aitable.json cannot be used");
    take("home-trouble");
    page.open("#/aitable");
    page.reload();
    page.heading("This page is not set up right");
    take("trouble-provider");
    site.remove("config.json");
    page.reload();
    page.sees("config.json");
    take("trouble-config");
}
