//! Values that are chosen by name: what a person sees is what they are called, and what is sent is their ids.

use browser_tests::{browser::Engine, in_chromium, on_site, page::Page, site::Site};
use fantoccini::key::Key;
use serde_json::{Value, json};
use simulated::{Fault, On, aitable, flashapply, toluna};

use crate::judge::Findings;
use crate::steps::{FRANCE, UNITED_KINGDOM, open_at_aitable, open_at_flashapply, open_at_toluna, status};

const TEAM: &str = "Another team";
const ROLE: &str = "Another role";
const KEY: &str = "Key of the reference data";
const CULTURE: &str = "Country and language";

fn ids(member: &Value, list: &str) -> Vec<String> {
    let rows = member[list].as_array().expect("a list").iter();
    rows.map(|row| row["unitId"].as_str().expect("an id").to_owned()).collect()
}

#[test]
fn at_aitable_a_team_of_a_tree_and_a_role_are_chosen_by_name() {
    in_chromium(|page, site| {
        site.aitable.lift_limit();
        open_at_aitable(page, aitable::MEMBER, "John");
        let before = site.aitable.arrived().len();
        page.pick(TEAM, "engineering apps", "Apps & Design");
        page.press("Add team");
        page.sees("Added: Apps & Design.");
        page.pick(ROLE, "负", "负责人");
        page.press("Add role");
        page.press("Check the change");
        page.heading("Check the change to John");
        page.sees("Apps & Design");
        page.sees("负责人");
        page.lacks(aitable::TEAM_APPS);
        page.press("Update John in AITable");
        page.heading("John was updated in AITable");
        page.sees("Apps & Design");
        let john = site.aitable.member(aitable::MEMBER).expect("it is there");
        assert!(ids(&john, "teams").contains(&aitable::TEAM_APPS.to_owned()), "{john}");
        assert!(ids(&john, "roles").contains(&aitable::ROLE_LEAD.to_owned()), "{john}");
        // One call for each node of the tree, the root included, and one for the roles.
        let lists = site.aitable.arrived().into_iter().skip(before).map(|arrived| arrived.target);
        let lists: Vec<String> = lists.filter(|target| target.contains("pageSize")).collect();
        assert_eq!(lists.len(), 1 + 6 + 16 + 1, "{lists:?}");
    });
}

/// Who has the id, or nothing to change there, costs nobody a call.
#[test]
fn nothing_is_asked_for_before_somebody_wants_to_choose() {
    in_chromium(|page, site| {
        open_at_aitable(page, aitable::MEMBER, "John");
        page.fill("Name in this space", "John Okafor");
        page.sees("One field will change");
        let lists = site.aitable.arrived().into_iter().filter(|arrived| arrived.target.contains("children"));
        assert_eq!(lists.count(), 0);
    });
}

#[test]
fn a_list_that_fails_never_blocks_the_id_of_a_team() {
    in_chromium(|page, site| {
        site.aitable.lift_limit();
        site.aitable.fail(Fault {
            on: On { method: None, path_contains: Some("/children".to_owned()) },
            times: 1,
            effect: status(403, r#"{"success":false,"code":403,"message":"No."}"#),
        });
        open_at_aitable(page, aitable::MEMBER, "John");
        page.fill(TEAM, "x");
        page.sees("AITable");
        page.press("Add team");
        page.sees("A team ID has about 32 letters and digits.");
        page.fill(TEAM, aitable::TEAM_NIGHT);
        page.press("Add team");
        page.sees(&format!("Added: {}.", aitable::TEAM_NIGHT));
        // Read again, it has the name of what was typed.
        page.press("Read the list again");
        page.sees("Added: Night shift.");
    });
}

#[test]
fn a_name_that_is_typed_whole_is_as_good_as_chosen() {
    in_chromium(|page, site| {
        site.aitable.lift_limit();
        open_at_aitable(page, aitable::MEMBER, "John");
        page.fill(TEAM, "night");
        page.option(TEAM, "Night shift");
        page.fill(TEAM, "Night shift");
        page.press("Add team");
        page.sees("Added: Night shift.");
        // Two of one name are told apart by where they are.
        page.fill(TEAM, "support europe");
        page.sees("One fits.");
        page.key(Key::Enter);
        page.press("Add team");
        page.sees("Support");
    });
}

/// The owner knows that an organization tells its locations.
fn declare_locations(site: &Site) {
    let mut file: Value = serde_json::from_str(&site.read("providers/flashapply.json")).expect("JSON");
    file["fields"]["locations"]["items"]["properties"]["locationId"]["choices"] = json!({
        "call": { "method": "GET", "path": format!("/v1/organizations/{}", flashapply::ORGANIZATION) },
        "items": "/locations", "id": "/id", "name": "/name", "second": "/city"
    });
    site.write("providers/flashapply.json", &file.to_string());
    flashapply::offer_locations(&site.flashapply);
}

/// A call that no shipped file has passes no relay that was made before.
fn site_with_locations() -> Site {
    let site = Site::start_with(browser_tests::site::PATH, |relay| {
        for upstream in relay.upstreams.iter_mut().filter(|upstream| upstream.slug == "flashapply") {
            let mut route = upstream.routes[0].clone();
            (route.method, route.pattern) = ("GET".to_owned(), "/v1/organizations/[^/?]+".to_owned());
            upstream.routes.push(route);
        }
    });
    declare_locations(&site);
    site
}

#[test]
fn at_flashapply_a_location_is_chosen_by_name_where_the_owner_knows_a_list() {
    on_site(Engine::Chromium, site_with_locations(), |page, site| {
        open_at_flashapply(page, flashapply::MEMBER_EXTRA, "Jean-Luc D’Angelo");
        page.fill("Location ID", "lagos");
        page.sees("One fits.");
        page.key(Key::Enter);
        assert_eq!(page.value("Location ID"), "Warehouse");
        page.tick("viewer");
        page.press("Add or change location");
        page.sees("Added: Warehouse (viewer).");
        // Rows on file have their names too, and what the list does not have is said.
        page.sees("Head office (");
        page.sees(&format!("Unknown ({})", flashapply::LOCATION_TAIPEI));
        page.press("Check the change");
        page.heading("Check the change to Jean-Luc D’Angelo");
        page.sees("Warehouse (viewer)");
        page.press("Update Jean-Luc D’Angelo in FlashApply");
        page.heading("Jean-Luc D’Angelo was updated in FlashApply");
        let member = site.flashapply.member(flashapply::MEMBER_EXTRA).expect("it is there");
        let locations = member["locations"].as_array().expect("a list");
        assert!(locations.iter().any(|row| row["locationId"] == flashapply::LOCATION_LAGOS), "{member}");
        assert_eq!(locations.len(), 3, "nothing on file is lost");
    });
}

/// From the form to the names of questions and answers.
#[track_caller]
fn show_names(page: &Page, culture: &str) {
    page.sees("Names come from Toluna’s reference data.");
    page.fill(KEY, toluna::reference::KEY);
    page.press("Show names");
    page.focus_comes_to(CULTURE);
    page.pick(CULTURE, culture, culture);
}

#[test]
fn at_toluna_questions_and_answers_are_words_instead_of_numbers() {
    in_chromium(|page, site| {
        open_at_toluna(page, UNITED_KINGDOM, toluna::MEMBER);
        assert_eq!(site.toluna_reference.arrived().len(), 0, "nobody has asked for names");
        page.lacks("Education level:");
        show_names(page, "United Kingdom English");
        page.sees("Education level: (");
        page.sees("Gender (");
        page.pick("Question ID", "education", "Education level:");
        page.pick("Answer ID", "degree/", "Degree/HND");
        page.press("Add or change answer");
        page.sees("Changed: Education level: (Degree/HND).");
        page.press("Check the change");
        page.heading(&format!("Check the change to {}", toluna::MEMBER));
        page.sees("Education level: (Degree/HND)");
        page.press(&format!("Update {} in Toluna", toluna::MEMBER));
        page.heading(&format!("{} was updated in Toluna", toluna::MEMBER));
        page.sees("Education level: (Degree/HND)");
        // Two calls, each with the key; it went nowhere else, and nothing else went there.
        let asked = site.toluna_reference.arrived();
        assert_eq!(asked.len(), 2, "{asked:?}");
        let key = format!("{:?}", site.toluna.arrived());
        assert!(!key.contains(toluna::reference::KEY));
        let names = format!("{asked:?}");
        assert!(!names.contains(toluna::PANEL_UK) && !names.contains(toluna::MEMBER));
    });
}

#[test]
fn a_key_that_is_wrong_is_said_at_its_box() {
    in_chromium(|page, _| {
        open_at_toluna(page, UNITED_KINGDOM, toluna::MEMBER);
        page.press("Show names");
        page.sees("Enter");
        page.fill(KEY, "not-the-key");
        page.press("Show names");
        page.sees("Toluna’s reference data does not accept this key. Ask your Toluna contact for it.");
        show_names(page, "United Kingdom English");
        page.sees("Education level: (");
    });
}

#[test]
fn several_answers_are_ticked() {
    in_chromium(|page, _| {
        open_at_toluna(page, FRANCE, toluna::MEMBER_REGISTRATION);
        show_names(page, "France French");
        page.fill("Question ID", &toluna::reference::QUESTION_INTERESTS.to_string());
        page.sees("Answer IDs");
        page.wait_for("something to tick", || {
            page.script("return document.querySelectorAll('.rows__ticks input').length", json!([]))
                != json!(0)
        });
    });
}

/// Without an address nobody is asked, and ids are typed as ever.
#[test]
fn without_reference_data_nothing_is_different() {
    let site = Site::start();
    let mut config = site.config();
    config["servers"].as_object_mut().expect("servers").remove("toluna-reference");
    site.write("config.json", &config.to_string());
    on_site(Engine::Chromium, site, |page, _| {
        open_at_toluna(page, UNITED_KINGDOM, toluna::MEMBER);
        page.sees("Question ID");
        page.lacks("Names come from");
        page.lacks(KEY);
    });
}

#[test]
fn a_value_is_chosen_by_keyboard_alone_and_the_open_list_is_open_to_everybody() {
    in_chromium(|page, site| {
        site.aitable.lift_limit();
        open_at_aitable(page, aitable::MEMBER, "John");
        page.focus_on(TEAM);
        page.type_text("night");
        page.option(TEAM, "Night shift");
        page.key(Key::Down);
        let found = Findings::default();
        found.judge(page, "a team is being chosen");
        found.assert_none();
        page.focus_on(TEAM);
        page.key(Key::Down);
        page.key(Key::Enter);
        assert_eq!(page.value(TEAM), "Night shift");
        // The list is closed, so the same key adds it.
        page.key(Key::Enter);
        page.sees("Added: Night shift.");
        page.wait_for("the box to be empty", || page.value(TEAM).is_empty());
    });
}
