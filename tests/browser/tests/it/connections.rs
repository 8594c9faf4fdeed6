//! Connections that the owner named: panels and servers of one provider, live and for trying, that never mix.

use browser_tests::{
    browser::Engine,
    in_chromium, on_site,
    page::Page,
    site::{PATH, Site},
};
use memberdesk::relay::Address;
use serde_json::{Value, json};
use simulated::{Effect, Hold, Ports, Server, Simulated, toluna};

use crate::steps::{configure, on_read, status};

pub const LIVE: &str = "France";
pub const TRIAL: &str = "France, trying out";

/// A site whose owner named two panels, and the server for trying.
pub fn with_a_trial() -> (Site, Simulated) {
    let trial = Simulated::start(Ports::default()).expect("ports are free");
    let address = trial.toluna.address();
    let site = Site::start_with(PATH, |relay| {
        let own = relay.upstreams.iter().find(|own| own.slug == "toluna").expect("it is there").clone();
        let address = Address::parse(&address).expect("an address");
        relay.upstreams.push(memberdesk::relay::Upstream { slug: "toluna-trial".to_owned(), address, ..own });
    });
    let mut config = site.config();
    config["connections"] = connections(&address);
    site.write("config.json", &config.to_string());
    (site, trial)
}

fn connections(trial: &str) -> Value {
    let panel = json!({ "panel": "France" });
    json!([
        { "provider": "toluna", "name": LIVE, "server": "toluna", "connection": panel },
        {
            "provider": "toluna", "name": TRIAL, "server": "toluna-trial", "address": trial,
            "connection": panel, "test": true
        }
    ])
}

/// From anywhere to the question which member of a panel it is.
#[track_caller]
pub fn connect(page: &Page, name: &str, secret: &str) {
    page.heading("Connect to Toluna");
    page.choose("Which one?", name);
    page.fill("Partner GUID of the panel", secret);
    page.press("Connect");
    page.heading("Which panel member?");
}

/// The tags beside where one is, as in “Test”.
fn is_marked(page: &Page) -> bool {
    let tags = "return [...document.querySelectorAll('.caption .tag')].map((tag) => tag.innerText)";
    page.script(tags, json!([])) == json!(["Test"])
}

fn secrets(server: &Server) -> [bool; 2] {
    let all: Vec<String> =
        server.arrived().iter().map(|own| String::from_utf8_lossy(&own.raw).to_uppercase()).collect();
    [toluna::PANEL_UK, toluna::PANEL_FRANCE]
        .map(|own| all.iter().any(|text| text.contains(&own.to_uppercase())))
}

#[test]
fn what_was_given_for_one_connection_never_reaches_the_other() {
    let (site, trial) = with_a_trial();
    on_site(Engine::Chromium, site, |page, site| {
        page.open("#/toluna");
        page.heading("Connect to Toluna");
        // What the owner said is not asked.
        page.lacks("Name of the panel");
        page.sees("Toluna · France");
        page.choose("Which one?", TRIAL);
        page.sees("Toluna · France, trying out");
        connect(page, TRIAL, toluna::PANEL_UK);
        page.fill("Member code", toluna::MEMBER);
        page.press("Show what is on file");
        page.heading(toluna::MEMBER);
        assert_eq!((secrets(&trial.toluna), secrets(&site.toluna)), ([true, false], [false, false]));

        page.press("Choose another panel member");
        page.press("Use another panel");
        page.sees("Go on with France, trying out");
        connect(page, LIVE, toluna::PANEL_FRANCE);
        assert!(!is_marked(page));
        page.fill("Member code", toluna::MEMBER_REGISTRATION);
        page.press("Show what is on file");
        page.heading(toluna::MEMBER_REGISTRATION);
        assert_eq!((secrets(&trial.toluna), secrets(&site.toluna)), ([true, false], [false, true]));

        // Back to the first one without its secret.
        page.press("Choose another panel member");
        page.press("Use another panel");
        page.press("Go on with France, trying out");
        page.heading("Which panel member?");
        assert!(is_marked(page));
        page.fill("Member code", toluna::MEMBER);
        page.press("Show what is on file");
        page.heading(toluna::MEMBER);
        assert_eq!((secrets(&trial.toluna), secrets(&site.toluna)), ([true, false], [false, true]));

        page.open("#/settings");
        page.press("Sign out: Toluna · France");
        page.sees("You are signed out: Toluna · France.");
        page.sees("Toluna · France, trying out Test");
        page.open("#/toluna?connection=France");
        page.heading("Connect to Toluna");
    });
}

#[test]
fn a_test_is_marked_on_each_page_in_the_receipt_and_in_what_was_done() {
    let (site, _trial) = with_a_trial();
    on_site(Engine::Chromium, site, |page, site| {
        page.open("#/toluna");
        page.heading("Connect to Toluna");
        page.choose("Which one?", TRIAL);
        page.wait_for("the mark on the first page", || is_marked(page));
        connect(page, TRIAL, toluna::PANEL_UK);
        assert!(is_marked(page));
        page.fill("Member code", toluna::MEMBER);
        page.press("Show what is on file");
        page.heading(toluna::MEMBER);
        assert!(is_marked(page));
        page.fill("Postcode", "EC1V 9BD");
        page.press("Check the change");
        page.heading("Check the change to 1601440000");
        assert!(is_marked(page));
        page.press("Update 1601440000 in Toluna");
        page.heading("1601440000 was updated in Toluna");
        assert!(is_marked(page));
        page.sees("In Toluna · France, trying out.");
        page.sees("A test: nobody real was changed.");
        page.press("Details for support");
        page.press("Copy as cURL");
        page.sees("Copied");
        let copied = page.clipboard();
        assert!(copied.contains("Straight to Toluna · France, trying out · Test,"), "{copied}");
        assert_eq!(site.toluna.counters().writes, 0);
        page.press("Members");
        page.sees("1601440000 in Toluna · France, trying out Test");
        // It leads back to where it was done.
        page.press("1601440000 in Toluna · France, trying out");
        page.heading(toluna::MEMBER);
        assert!(is_marked(page));
    });
}

#[test]
fn a_test_is_marked_while_a_record_is_read_and_where_it_cannot_be() {
    let (site, trial) = with_a_trial();
    on_site(Engine::Chromium, site, |page, _| {
        page.open("#/toluna");
        connect(page, TRIAL, toluna::PANEL_UK);
        let hold = Hold::new();
        trial.toluna.fail(on_read("Respondent", Effect::HoldBefore(hold.clone())));
        trial.toluna.fail(on_read("Respondent", status(500, "")));
        page.fill("Member code", toluna::MEMBER);
        page.press("Show what is on file");
        hold.arrived();
        page.heading("Reading what is on file at Toluna …");
        assert!(is_marked(page));
        page.press("Stop");
        page.press("Try again");
        page.heading("The record could not be read");
        assert!(is_marked(page));
        hold.release();
    });
}

#[test]
fn a_test_server_of_the_providers_file_is_marked_before_one_connects() {
    in_chromium(|page, _| {
        page.open("#/toluna");
        page.heading("Connect to Toluna");
        let hints = "return [...document.querySelectorAll('.choice__hint')].map((hint) => hint.innerText)";
        assert_eq!(page.script(hints, json!([])), json!(["Test"]));
    });
}

#[test]
fn a_link_names_a_connection_of_the_owner() {
    let (site, trial) = with_a_trial();
    on_site(Engine::Chromium, site, |page, _| {
        page.open(&format!("#/toluna?connection=France%2C%20trying%20out&memberCode={}", toluna::MEMBER));
        page.heading("Connect to Toluna");
        assert_eq!(page.chosen("Which one?"), TRIAL);
        page.fill("Partner GUID of the panel", toluna::PANEL_UK);
        page.press("Connect");
        page.heading(toluna::MEMBER);
        page.press("Copy a link to this page");
        page.sees("Copied");
        let link = page.clipboard();
        assert!(
            link.ends_with("#/toluna?connection=France%2C%20trying%20out&memberCode=1601440000"),
            "{link}"
        );
        assert!(trial.toluna.counters().writes == 0);
        page.open("#/toluna?connection=Spain");
        page.sees(
            "The link holds something that this page does not understand: connection. It was left out.",
        );
    });
}

#[test]
fn a_link_to_a_place_that_is_not_known_opens_nobody() {
    let (site, trial) = with_a_trial();
    on_site(Engine::Chromium, site, |page, site| {
        page.open("#/toluna");
        connect(page, LIVE, toluna::PANEL_FRANCE);
        let before = site.toluna.arrived().len();
        let code = toluna::MEMBER_REGISTRATION;
        for place in ["connection=Spain&", "server=toluna-test&", "connection=France&panel=UK&", ""] {
            page.open("#/toluna");
            page.open(&format!("#/toluna?{place}memberCode={code}"));
            if place.is_empty() {
                // A link without a server is of the time when there was one, and there the owner has one connection.
                page.heading(code);
            } else {
                page.sees("Its member was not opened, since it may not be here.");
                page.heading("Which panel member?");
                assert_eq!(page.value("Member code"), "", "{place}");
                assert_eq!(site.toluna.arrived().len(), before, "{place}");
            }
        }
        assert_eq!(trial.toluna.arrived().len(), 0);
        // It waits for its own place, and goes with nobody to another one.
        page.open(&format!("#/toluna?connection=France%2C%20trying%20out&memberCode={code}"));
        page.heading("Connect to Toluna");
        page.press("Go on with France");
        page.sees("Its member was not opened, since it may not be here.");
        assert_eq!(page.value("Member code"), "");
    });
}

#[test]
fn what_the_form_chooses_is_in_force_only_once_one_connects() {
    let (site, _trial) = with_a_trial();
    on_site(Engine::Chromium, site, |page, _| {
        page.open("#/toluna");
        connect(page, LIVE, toluna::PANEL_FRANCE);
        page.fill("Member code", toluna::MEMBER);
        page.press("Use another panel");
        page.choose("Which one?", TRIAL);
        page.wait_for("the mark of the choice", || is_marked(page));
        page.press("Settings");
        page.sees("Toluna · France");
        page.press("Sign out: Toluna · France");
        page.sees("You are not connected to any provider in this tab.");
        page.open("#/toluna");
        connect(page, TRIAL, toluna::PANEL_UK);
        assert_eq!(page.value("Member code"), "");
        page.press("Members");
        page.sees("Entered, not tested · Test");
    });
}

#[test]
fn a_connection_that_does_not_fit_is_named_with_its_place() {
    let (site, _trial) = with_a_trial();
    on_site(Engine::Chromium, site, |page, site| {
        let wrong = json!([{ "provider": "toluna", "name": "One", "server": "nowhere", "connection": { "partnerGuid": "x" } }]);
        configure(page, site, "connections", wrong);
        page.open("#/toluna");
        page.sees("/connections/0/server");
        page.sees("The provider’s file does not know this server.");
        page.sees("/connections/0/connection/partnerGuid");
        page.sees("A secret may not stand here: everybody can read this file.");
    });
}
