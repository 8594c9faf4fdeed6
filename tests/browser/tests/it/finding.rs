//! From a name to the proof, at each provider, without an id; and what a list can meet on the way.

use browser_tests::{
    browser::Engine,
    in_chromium, on_site,
    page::Page,
    site::{PATH, Site},
};
use fantoccini::key::Key;
use memberdesk::relay::Route;
use serde_json::{Value, json};
use simulated::{Fault, On, aitable, flashapply, symbl, toluna, webex};

use crate::steps::{
    UNITED_KINGDOM, connect_to_aitable, connect_to_symbl, connect_to_toluna, connect_to_webex, fill_date,
    on_read, status, too_many,
};

const BY_KEY: &str = "Enter an ID or a link instead";

/// From Home to the question which member it is.
#[track_caller]
fn begin(page: &Page, provider: &str, boxes: &[(&str, &str)], question: &str) {
    page.open("");
    page.heading("Change a member’s record, and be sure");
    page.press(provider);
    page.heading(&format!("Connect to {provider}"));
    for (label, text) in boxes {
        page.fill(label, text);
    }
    page.press("Connect");
    page.heading(question);
}

#[track_caller]
fn send(page: &Page, member: &str, provider: &str) {
    page.press("Check the change");
    page.heading(&format!("Check the change to {member}"));
    page.press(&format!("Update {member} in {provider}"));
    page.heading(&format!("{member} was updated in {provider}"));
}

fn a_moderator(page: &Page, site: &Site) {
    begin(page, "Webex", &[("Access token", webex::TOKEN)], "Which membership?");
    page.sees("Connected as Nadia Okafor.");
    page.pick("Space", "unicorn", webex::TITLE_UNMODERATED);
    page.pick("Person", "siob", "Siobhán O'Brien");
    page.press("Show what is on file");
    page.heading("Siobhán O'Brien");
    page.choose("Moderator of the space", "Yes, a moderator");
    page.press("Check the change");
    page.tick("I understand, and want to go on");
    page.press("Update Siobhán O'Brien in Webex");
    page.heading("Siobhán O'Brien was updated in Webex");
    assert_eq!(site.webex.member(webex::UNMODERATED).expect("it is there")["isModerator"], true);
    // One person may be in many spaces.
    page.press("Members");
    page.sees("Members looked at last");
    page.sees(webex::TITLE_UNMODERATED);
}

fn a_name_in_a_space(page: &Page, site: &Site) {
    begin(page, "AITable", &[("API token", aitable::TOKEN)], "Which member?");
    page.pick("Space", "nordlicht", aitable::SPACE_NAME);
    page.pick("Member", "arcy", "Amélie D'Arcy");
    page.press("Show what is on file");
    page.heading("Amélie D'Arcy");
    page.fill("Name in this space", "Amélie D'Arcy-Müller");
    send(page, "Amélie D'Arcy", "AITable");
    assert_eq!(
        site.aitable.member(aitable::MEMBER_TWO_TEAMS).expect("it is there")["name"],
        "Amélie D'Arcy-Müller"
    );
}

fn a_speaker_of_last_month(page: &Page, site: &Site) {
    begin(page, "Symbl.ai", &[("Access token", symbl::TOKEN)], "Which conversation member?");
    assert_eq!(page.value("How far back"), "7");
    page.fill("Conversation", "kick-off");
    page.sees("Nothing fits “kick-off”");
    page.select("How far back", "The last 90 days");
    page.pick("Conversation", "kick-off", "Kick-off");
    page.pick("Member", "nadia", "Nadia Okafor");
    page.press("Show what is on file");
    page.heading("Nadia Okafor");
    page.fill("Name", "Nadia Okafor-Lindqvist");
    send(page, "Nadia Okafor", "Symbl.ai");
    assert_eq!(
        site.symbl.member("63475698234689238").expect("it is there")["name"],
        "Nadia Okafor-Lindqvist"
    );
}

/// The owner knows a list that the documentation does not.
fn declare_members(site: &Site) {
    let mut file: Value = serde_json::from_str(&site.read("providers/flashapply.json")).expect("JSON");
    file["find"] = json!([{
        "gives": "memberId",
        "label": "Member",
        "call": { "method": "GET", "path": "/v1/members?limit=100" },
        "items": "/data",
        "id": "/id",
        "name": ["{/firstName} {/lastName}", "/email"],
        "second": "/email",
        "page": { "by": "cursor", "parameter": "cursor", "next": "/pagination/next_cursor" }
    }]);
    site.write("providers/flashapply.json", &file.to_string());
    site.write("providers/flashapply.de.json", "{}");
    flashapply::offer_list(&site.flashapply);
}

fn somebody_who_left(page: &Page, site: &Site) {
    let key = ("API key", flashapply::TOKEN);
    begin(page, "FlashApply", &[key], "Which organization member?");
    page.sees("FlashApply has no list of members");
    page.fill("Member ID", flashapply::MEMBER);
    page.press("Show what is on file");
    page.heading("Siobhán O’Brien");
    page.choose("Active", "No, not active");
    send(page, "Siobhán O’Brien", "FlashApply");
    assert_eq!(site.flashapply.member(flashapply::MEMBER).expect("it is there")["isActive"], false);
}

fn a_date_of_birth(page: &Page, site: &Site) {
    let boxes = [("Name of the panel", UNITED_KINGDOM.0), ("Partner GUID of the panel", UNITED_KINGDOM.1)];
    begin(page, "Toluna", &boxes, "Which panel member?");
    page.sees("Toluna has no list of members: your own code for a member is what names them.");
    page.fill("Member code", toluna::MEMBER);
    page.press("Show what is on file");
    page.heading(toluna::MEMBER);
    fill_date(page, ["6", "12", "1992"]);
    send(page, toluna::MEMBER, "Toluna");
    assert_eq!(site.toluna.member(toluna::MEMBER).expect("it is there")["BirthDate"], "1992-12-06");
}

#[test]
fn at_webex_a_space_by_its_title_and_a_person_by_name() {
    in_chromium(a_moderator);
}

#[test]
fn at_aitable_a_space_by_its_name_and_a_member_by_name() {
    in_chromium(a_name_in_a_space);
}

#[test]
fn at_symbl_a_conversation_of_last_month_and_who_spoke() {
    in_chromium(a_speaker_of_last_month);
}

#[test]
fn at_flashapply_by_the_id_because_there_is_no_list() {
    in_chromium(somebody_who_left);
}

#[test]
fn at_toluna_by_the_members_code_because_there_is_no_list() {
    in_chromium(a_date_of_birth);
}

#[test]
fn in_firefox_somebody_is_found_by_name_at_each_provider() {
    for journey in
        [a_moderator, a_name_in_a_space, a_speaker_of_last_month, somebody_who_left, a_date_of_birth]
    {
        on_site(Engine::Firefox, Site::start(), journey);
    }
}

#[test]
fn a_list_that_the_owner_declares_is_used() {
    somebody_of_a_declared_list(Engine::Chromium);
}

#[test]
fn in_firefox_a_list_that_the_owner_declares_is_used() {
    somebody_of_a_declared_list(Engine::Firefox);
}

fn somebody_of_a_declared_list(engine: Engine) {
    let site = Site::start_with(PATH, |relay| {
        let own = relay.upstreams.iter_mut().find(|upstream| upstream.slug == "flashapply");
        let route = Route { method: "GET".to_owned(), pattern: "/v1/members".to_owned() };
        own.expect("it is passed on").routes.push(route);
    });
    declare_members(&site);
    on_site(engine, site, |page, site| {
        begin(page, "FlashApply", &[("API key", flashapply::TOKEN)], "Which organization member?");
        page.lacks("FlashApply has no list of members");
        page.pick("Member", "siobhan", "Siobhán O’Brien");
        page.press("Show what is on file");
        page.heading("Siobhán O’Brien");
        page.choose("Active", "No, not active");
        send(page, "Siobhán O’Brien", "FlashApply");
        assert_eq!(site.flashapply.member(flashapply::MEMBER).expect("it is there")["isActive"], false);
    });
}

/// Nothing is asked before somebody wants it, so that who has the id or a link costs nobody a call.
#[test]
fn a_link_in_the_box_for_a_name_skips_the_lists() {
    in_chromium(|page, site| {
        connect_to_webex(page);
        site.webex.reset();
        page.paste("Space", &format!("https://webexapis.com/v1/memberships/{}", webex::UNMODERATED));
        page.sees("Membership ID");
        assert_eq!(page.value("Membership ID"), webex::UNMODERATED);
        page.press("Show what is on file");
        page.heading("Siobhán O'Brien");
    });
}

#[test]
fn an_id_of_another_kind_in_the_box_for_a_name_is_named() {
    in_chromium(|page, _| {
        connect_to_webex(page);
        page.pick("Space", "release", webex::TITLE_MODERATED);
        let team = "Y2lzY29zcGFyazovL3VzL1RFQU0vMTIzNDU2Nzg5";
        page.paste("Person", team);
        page.sees("This is the ID of a team. A membership ID names one person in one space.");
        // That of a listed space is as good as its title.
        page.paste("Space", webex::ROOM_UNMODERATED);
        page.option("Space", webex::TITLE_UNMODERATED);
    });
}

#[test]
fn nothing_chosen_is_said_at_the_list_that_is_next() {
    in_chromium(|page, _| {
        connect_to_webex(page);
        page.press("Show what is on file");
        page.problem("Space", "Choose one from the list “Space”.");
        page.pick("Space", "release", webex::TITLE_MODERATED);
        page.press("Show what is on file");
        page.problem("Person", "Choose one from the list “Person”.");
        page.pick("Person", "nadia", "Nadia Okafor");
        page.lacks("Choose one from the list");
    });
}

#[test]
fn another_space_has_other_people() {
    in_chromium(|page, _| {
        connect_to_webex(page);
        page.pick("Space", "release", webex::TITLE_MODERATED);
        page.pick("Person", "nadia", "Nadia Okafor");
        page.pick("Space", "unicorn", webex::TITLE_UNMODERATED);
        assert_eq!(page.value("Person"), "");
        page.fill("Person", "siob");
        page.option("Person", "Siobhán O'Brien");
    });
}

/// Three thousand are read page by page; whoever knows the address need not wait for the last.
#[test]
fn one_of_three_thousand_by_the_address() {
    in_chromium(|page, _| {
        connect_to_webex(page);
        page.pick("Space", "all hands", webex::TITLE_LARGE);
        page.pick("Person", webex::SIOBHAN_EMAIL, "Siobhán O'Brien");
        page.press("Show what is on file");
        page.heading("Siobhán O'Brien");
        page.sees(webex::TITLE_LARGE);
    });
}

#[test]
fn a_walk_through_teams_shows_what_it_finds_and_can_be_stopped() {
    in_chromium(|page, _| {
        connect_to_aitable(page);
        page.pick("Space", "nordlicht", aitable::SPACE_NAME);
        page.sees("parts.");
        page.press("Stop, and keep what was read");
        page.sees("You stopped before all of the list was read.");
        page.focus_comes_to("Member");
        page.press("Read the list again");
        page.sees("Reading the list.");
        page.lacks("You stopped before all of the list was read.");
        page.pick("Member", "john", "John");
        page.press("Show what is on file");
        page.heading("John");
        // Whoever comes back finds the list, read on by itself.
        page.press("Choose another member");
        page.heading("Which member?");
        page.pick("Member", "arcy", "Amélie D'Arcy");
        page.lacks("You stopped");
    });
}

/// While it is read, nothing takes the focus away; and when it is over, the button goes and the focus stays near.
#[test]
fn a_focus_on_the_button_that_stops_a_list_goes_on_to_the_box() {
    in_chromium(|page, _| {
        connect_to_aitable(page);
        page.pick("Space", "nordlicht", aitable::SPACE_NAME);
        page.sees("parts.");
        page.focus_comes_to("Member");
        page.key(Key::Tab);
        page.focus_comes_to("Stop, and keep what was read");
        page.focus_comes_to("Member");
        page.lacks("Stop, and keep what was read");
        page.lacks("You stopped");
    });
}

#[test]
fn somebody_in_two_teams_is_there_once() {
    in_chromium(|page, site| {
        site.aitable.lift_limit();
        connect_to_aitable(page);
        page.pick("Space", "nordlicht", aitable::SPACE_NAME);
        page.fill("Member", "arcy");
        page.sees("One fits.");
    });
}

#[test]
fn too_many_requests_in_the_middle_of_a_list_are_waited_for() {
    in_chromium(|page, site| {
        connect_to_webex(page);
        page.focus_on("Space");
        page.sees("137 fit.");
        site.webex.fail(on_read("&after=", too_many(2)));
        page.pick("Space", "all hands", webex::TITLE_LARGE);
        page.sees("Webex has had too many requests. It goes on in");
        page.fill("Person", "siobhán");
        page.option("Person", "Siobhán O'Brien");
    });
}

/// The sign-in ends while a list is read: what was found stays, and it goes on where it was.
#[test]
fn the_sign_in_ends_in_the_middle_of_a_list() {
    in_chromium(|page, site| {
        connect_to_webex(page);
        page.focus_on("Space");
        page.sees("137 fit.");
        let ended = status(401, r#"{"message":"The request requires a valid access token."}"#);
        site.webex.fail(on_read("&after=", ended));
        page.pick_and_leave("Space", "all hands", webex::TITLE_LARGE);
        page.heading("Sign in again to go on");
        page.sees("What was read of the list is kept, and so is what you entered.");
        page.fill("Access token", webex::TOKEN);
        page.press("Connect");
        page.heading("Which membership?");
        assert_eq!(page.value("Space"), webex::TITLE_LARGE);
        page.fill("Person", "siobhán");
        page.option("Person", "Siobhán O'Brien");
    });
}

#[test]
fn a_list_that_fails_never_blocks_the_id() {
    in_chromium(|page, site| {
        site.webex.fail(Fault {
            on: On { method: None, path_contains: Some("/v1/rooms".to_owned()) },
            times: 1,
            effect: status(403, r#"{"message":"No."}"#),
        });
        connect_to_webex(page);
        page.focus_on("Space");
        page.sees("Your Webex account may not see this list.");
        page.press(BY_KEY);
        page.fill("Membership ID", webex::MODERATED);
        page.press("Show what is on file");
        page.heading("Jean-Luc D’Angelo");
        page.press("Choose another membership");
        page.press("Read the list again");
        page.pick("Space", "unicorn", webex::TITLE_UNMODERATED);
    });
}

#[test]
fn a_list_that_leads_in_a_circle_ends_and_says_so() {
    in_chromium(|page, site| {
        webex::set_next(&site.webex, webex::Next::Repeated);
        connect_to_webex(page);
        page.focus_on("Space");
        page.sees("Webex does not say how the list goes on.");
        page.pick("Space", "unicorn", webex::TITLE_UNMODERATED);
    });
}

#[test]
fn another_connection_sees_nothing_of_what_was_found() {
    in_chromium(|page, _| {
        connect_to_webex(page);
        page.pick("Space", "release", webex::TITLE_MODERATED);
        page.press("Sign out");
        page.heading("Connect to Webex");
        page.fill("Access token", webex::TOKEN);
        page.press("Connect");
        page.heading("Which membership?");
        assert_eq!(page.value("Space"), "");
        page.lacks("Person");
    });
}

#[test]
fn somebody_is_found_by_keyboard_alone() {
    in_chromium(|page, _| {
        connect_to_symbl(page);
        page.focus_on("Conversation");
        page.type_text("support");
        page.option("Conversation", "Support call");
        page.key(Key::Enter);
        page.focus_comes_to("Member");
        page.key(Key::Down);
        page.option("Member", "Speaker 1");
        page.key(Key::Escape);
        page.type_text("speaker 2");
        page.option("Member", "Speaker 2");
        page.key(Key::Enter);
        // The list is closed, so the same key goes on.
        page.key(Key::Enter);
        page.heading("Speaker 2");
    });
}

#[test]
fn a_panel_says_why_there_is_no_list() {
    in_chromium(|page, _| {
        connect_to_toluna(page, UNITED_KINGDOM);
        page.sees("Toluna has no list of members: your own code for a member is what names them.");
        page.lacks(BY_KEY);
    });
}
