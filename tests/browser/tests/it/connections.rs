//! Connections that the owner named: panels and servers of one provider, live and for trying, that never mix.

use browser_tests::{
    browser::Engine,
    on_site,
    page::Page,
    site::{PATH, Site},
};
use serde_json::{Value, json};
use simulated::{Ports, Server, Simulated, toluna};
use xtask::relay::Address;

use crate::steps::configure;

pub const LIVE: &str = "France";
pub const TRIAL: &str = "France, trying out";

/// A site whose owner named two panels, and the server for trying.
pub fn with_a_trial() -> (Site, Simulated) {
    let trial = Simulated::start(Ports::default()).expect("ports are free");
    let address = trial.toluna.address();
    let site = Site::start_with(PATH, |relay| {
        let own = relay.upstreams.iter().find(|own| own.slug == "toluna").expect("it is there").clone();
        let address = Address::parse(&address).expect("an address");
        relay.upstreams.push(xtask::relay::Upstream { slug: "toluna-trial".to_owned(), address, ..own });
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
