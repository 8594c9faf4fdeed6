//! The files beside the page, as owners get them wrong: the page names the file, the place and the cure.

use browser_tests::{browser::Engine, in_chromium, on_site, site::Site};
use serde_json::json;
use simulated::webex;

use crate::steps::{connect_to_webex, open_at_webex};

const TITLE: &str = "This page is not set up right";

#[test]
fn the_page_works_at_the_top_of_a_host() {
    on_site(Engine::Chromium, Site::start_with("/", |_| {}), |page, _| {
        open_at_webex(page, webex::MODERATED, "Jean-Luc D’Angelo");
    });
}

#[test]
fn a_missing_configuration_is_named() {
    in_chromium(|page, site| {
        site.remove("config.json");
        for hash in ["", "#/webex", "#/settings"] {
            page.open(hash);
            page.reload();
            page.heading(TITLE);
            page.sees("config.json");
            page.sees("The whole file");
            page.sees("The file was answered with status 404. Put the file beside the page, and load the page again.");
        }
    });
}

#[test]
fn a_configuration_that_is_not_json_is_named_with_its_place() {
    in_chromium(|page, site| {
        site.write("config.json", "{\n  \"version\": 1,\n  \"providers\": [\"webex\",]\n}");
        page.open("");
        page.heading(TITLE);
        page.sees("config.json");
        page.sees("This is not JSON: see line 3, column 25.");
        page.sees("Mend the JSON there. An editor that checks JSON shows the place.");
        page.lacks("Webex");

        // Mending it is enough.
        site.write("config.json", &site.config().to_string());
        page.reload();
        page.heading("Change a member’s record, and be sure");
    });
}

#[test]
fn every_mistake_of_a_configuration_is_named_at_once() {
    in_chromium(|page, site| {
        let mut config = site.config();
        config["version"] = json!(7);
        config["proxy"]["base"] = json!("ftp://relay");
        config["colour"] = json!("red");
        site.write("config.json", &config.to_string());
        page.open("");
        page.heading(TITLE);
        page.sees("/version");
        page.sees("This version is not known to this page. Write 1, or put up a newer page.");
        page.sees("/proxy");
        page.sees("/colour");
    });
}

#[test]
fn a_wrong_provider_file_is_named_and_the_other_provider_works() {
    in_chromium(|page, site| {
        let wrong =
            site.read("providers/aitable.json").replace(r#""maxLength": 32"#, r#""maxLength": "many""#);
        site.write("providers/aitable.json", &wrong);
        page.open("");
        page.sees("The file providers/aitable.json cannot be used");
        page.sees("The other providers are not affected. Show this to whoever put up the page:");
        page.sees("/fields/name/maxLength");
        page.press("Webex");
        open_at_webex(page, webex::MODERATED, "Jean-Luc D’Angelo");

        page.open("#/aitable");
        page.heading(TITLE);
        page.sees("The file of this provider has a mistake, so it cannot be used. The other providers are not affected.");
        page.sees("providers/aitable.json");
        page.sees("/fields/name/maxLength");
    });
}

#[test]
fn a_missing_provider_file_is_named_and_the_other_provider_works() {
    in_chromium(|page, site| {
        site.remove("providers/aitable.json");
        page.open("#/aitable");
        page.heading(TITLE);
        page.sees("providers/aitable.json");
        page.sees(
            "The file was answered with status 404. Put the file beside the page, and load the page again.",
        );
        connect_to_webex(page);
    });
}

#[test]
fn a_provider_file_of_another_provider_is_not_taken_for_it() {
    in_chromium(|page, site| {
        site.write("providers/aitable.json", &site.read("providers/webex.json"));
        page.open("#/aitable");
        page.heading(TITLE);
        page.sees("/id");
        page.sees("The file says that it is about “webex”. Give the file and its “id” the same name.");
    });
}

#[test]
fn an_address_that_leads_nowhere_says_so() {
    in_chromium(|page, _| {
        for hash in ["#/nowhere", "#/a/b", "#/%3Cscript%3E"] {
            page.open(hash);
            page.heading("There is nothing here");
        }
        page.press("See the providers that are");
        page.heading("Change a member’s record, and be sure");
    });
}

#[test]
fn a_page_without_providers_says_so() {
    in_chromium(|page, site| {
        let mut config = site.config();
        config["providers"] = json!([]);
        site.write("config.json", &config.to_string());
        page.open("");
        page.sees("No provider is offered yet");
    });
}
