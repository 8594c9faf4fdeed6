//! Values that are chosen by name: what a person sees is what they are called, and what is sent is their ids.

use browser_tests::{browser::Engine, in_chromium, on_site, page::Page, site::Site};
use fantoccini::key::Key;
use serde_json::{Value, json};
use simulated::{Effect, Fault, Hold, On, aitable, flashapply, toluna};

use crate::judge::Findings;
use crate::steps::{
    FRANCE, UNITED_KINGDOM, on_read, open_at_aitable, open_at_flashapply, open_at_toluna, status,
};

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
        page.sees(&format!("Added: Unknown ({}).", aitable::TEAM_NIGHT));
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
        wait_for_all(page);
        page.press("Add team");
        page.sees("Added: Night shift.");
        // Two of one name are told apart by where they are, and the name alone means neither.
        page.fill(TEAM, aitable::STAFF_TWICE);
        page.sees("2 fit.");
        page.press("Add team");
        page.sees(
            "“Teams” has a name that more than one may have. Choose the one that you mean from the list.",
        );
        page.press("Check the change");
        page.sees("There is a problem");
        page.fill(TEAM, "support europe");
        page.sees("One fits.");
        page.key(Key::Enter);
        page.press("Add team");
        let support = format!("{} › {} › {}", aitable::STAFF, aitable::STAFF_EUROPE, aitable::STAFF_TWICE);
        page.sees(&format!("Added: Night shift and {support}."));
        page.press("Check the change");
        page.heading("Check the change to John");
        page.sees(&support);
        page.press("Update John in AITable");
        page.heading("John was updated in AITable");
        page.sees(&support);
        let john = site.aitable.member(aitable::MEMBER).expect("it is there");
        assert!(ids(&john, "teams").contains(&aitable::TEAM_NIGHT.to_owned()), "{john}");
        assert_eq!(ids(&john, "teams").len(), 3, "{john}");
    });
}

/// Nothing can be stopped any more.
#[track_caller]
fn wait_for_all(page: &Page) {
    page.wait_for("the list to be read", || !page.words().contains("Stop, and keep what was read"));
}

/// A name is never sent as an id, however quick somebody is.
#[test]
fn a_name_that_is_typed_before_the_list_is_there_waits_for_it() {
    in_chromium(|page, site| {
        site.aitable.lift_limit();
        open_at_aitable(page, aitable::MEMBER, "John");
        let hold = Hold::new();
        site.aitable.fail(on_read("/children", Effect::HoldBefore(hold.clone())));
        page.fill(TEAM, "Berlin");
        hold.arrived();
        page.lacks("Nothing fits");
        page.key(Key::Enter);
        page.sees("The list for “Teams” is still being read. Choose from it, or wait.");
        page.fill(TEAM, "Night shift");
        page.press("Check the change");
        page.sees("The list for “Teams” is still being read. Choose from it, or wait.");
        hold.release();
        // It was left to go on; it is read again, and then the name is known.
        wait_for_all(page);
        page.wait_for("no problem any more", || !page.words().contains("is still being read"));
        page.press("Add team");
        page.sees("Added: Night shift.");
        page.fill(TEAM, "Berlin");
        page.sees("Nothing fits “Berlin”.");
        page.press("Add team");
        page.sees("Unknown (Berlin)");
    });
}

/// A mouse that was pressed on the wrong one can still go elsewhere.
#[test]
fn an_option_is_chosen_where_the_mouse_is_let_go() {
    in_chromium(|page, site| {
        site.aitable.lift_limit();
        open_at_aitable(page, aitable::MEMBER, "John");
        page.fill(TEAM, "night");
        page.option(TEAM, "Night shift");
        wait_for_all(page);
        let at = page.script(
            "const box = document.querySelector('[role=option]').getBoundingClientRect(); \
             return [box.x + 8, box.y + 8]",
            json!([]),
        );
        let mouse = |kind: &str, button: &str, x: f64| {
            let y = at[1].as_f64().expect("a number");
            let what = json!({ "type": kind, "x": x, "y": y, "button": button, "clickCount": 1 });
            page.browser.devtools("Input.dispatchMouseEvent", what);
        };
        let x = at[0].as_f64().expect("a number");
        mouse("mousePressed", "left", x);
        assert_eq!(page.value(TEAM), "night");
        mouse("mouseReleased", "left", 2.0);
        assert_eq!(page.value(TEAM), "night");
        page.option(TEAM, "Night shift");
        mouse("mousePressed", "left", x);
        mouse("mouseReleased", "left", x);
        page.wait_for("it to be chosen", || page.value(TEAM) == "Night shift");
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
        // Two locations have this name.
        page.sees("Added: Warehouse · Lagos (viewer).");
        // Rows on file have their names too, and what the list does not have is said.
        page.sees("Head office (");
        page.sees(&format!("Unknown ({})", flashapply::LOCATION_TAIPEI));
        page.press("Check the change");
        page.heading("Check the change to Jean-Luc D’Angelo");
        page.sees("Warehouse · Lagos (viewer)");
        page.press("Update Jean-Luc D’Angelo in FlashApply");
        page.heading("Jean-Luc D’Angelo was updated in FlashApply");
        let member = site.flashapply.member(flashapply::MEMBER_EXTRA).expect("it is there");
        let locations = member["locations"].as_array().expect("a list");
        assert!(locations.iter().any(|row| row["locationId"] == flashapply::LOCATION_LAGOS), "{member}");
        assert_eq!(locations.len(), 3, "nothing on file is lost");
    });
}

/// The owner knows what the roles are called, and where one can ask for them.
fn site_with_roles(shape: Option<&str>) -> Site {
    let site = site_with_locations();
    let mut file: Value = serde_json::from_str(&site.read("providers/flashapply.json")).expect("JSON");
    let properties = &mut file["fields"]["locations"]["items"]["properties"];
    properties["locationId"].as_object_mut().expect("an object").remove("choices");
    properties["role"] = json!({
        "label": "Role",
        "type": "string",
        "choices": {
            "call": { "method": "GET", "path": "/v1/organizations/roles" },
            "items": "/roles", "id": "/id", "name": "/name"
        }
    });
    if let Some(shape) = shape {
        properties["role"]["shape"] = json!(shape);
    }
    site.write("providers/flashapply.json", &file.to_string());
    site.write("providers/flashapply.de.json", "{}");
    let roles = r#"{"roles":[{"id":"viewer","name":"May look"},{"id":"editor","name":"May write"}]}"#;
    site.flashapply.fail(on_read("/v1/organizations/roles", status(200, roles)));
    site
}

#[test]
fn what_a_row_has_besides_its_id_is_chosen_by_name_too() {
    on_site(Engine::Chromium, site_with_roles(None), |page, site| {
        open_at_flashapply(page, flashapply::MEMBER_EXTRA, "Jean-Luc D’Angelo");
        page.fill("Location ID", flashapply::LOCATION_LAGOS);
        page.pick("Role", "look", "May look");
        page.press("Add or change location");
        page.sees(&format!("Added: {} (May look).", flashapply::LOCATION_LAGOS));
        page.press("Check the change");
        page.heading("Check the change to Jean-Luc D’Angelo");
        page.press("Update Jean-Luc D’Angelo in FlashApply");
        page.heading("Jean-Luc D’Angelo was updated in FlashApply");
        let member = site.flashapply.member(flashapply::MEMBER_EXTRA).expect("it is there");
        let own = json!({ "locationId": flashapply::LOCATION_LAGOS, "role": "viewer" });
        assert!(member["locations"].as_array().expect("a list").contains(&own), "{member}");
    });
}

#[test]
fn several_of_what_a_row_has_are_ticked_by_name() {
    on_site(Engine::Chromium, site_with_roles(Some("list")), |page, _| {
        open_at_flashapply(page, flashapply::MEMBER_EXTRA, "Jean-Luc D’Angelo");
        page.fill("Location ID", flashapply::LOCATION_LAGOS);
        page.focus_on("Role");
        page.tick("May look");
        page.tick("May write");
        page.press("Add or change location");
        page.sees(&format!("Added: {} (May look, May write).", flashapply::LOCATION_LAGOS));
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
    in_chromium(|page, site| {
        open_at_toluna(page, FRANCE, toluna::MEMBER_REGISTRATION);
        show_names(page, "France French");
        page.fill("Question ID", &toluna::reference::QUESTION_INTERESTS.to_string());
        page.tick("Lecture");
        page.tick("Cuisine");
        assert_eq!(page.value("Answer IDs"), "3055267+3055270");
        page.press("Add or change answer");
        page.sees("Changed: Vos centres d’intérêt (Cuisine, Lecture).");
        page.press("Check the change");
        page.heading(&format!("Check the change to {}", toluna::MEMBER_REGISTRATION));
        page.sees("Vos centres d’intérêt (Cuisine, Lecture)");
        page.press(&format!("Update {} in Toluna", toluna::MEMBER_REGISTRATION));
        page.heading(&format!("{} was updated in Toluna", toluna::MEMBER_REGISTRATION));
        let member = site.toluna.member(toluna::MEMBER_REGISTRATION).expect("it is there");
        let answers = member["RegistrationAnswers"].as_array().expect("a list");
        let own = answers.iter().find(|row| row["QuestionID"] == toluna::reference::QUESTION_INTERESTS);
        let own = own.expect("it is there")["Answers"].as_array().expect("a list").iter();
        assert_eq!(own.map(|answer| &answer["AnswerID"]).collect::<Vec<_>>(), [3_055_267, 3_055_270]);
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
