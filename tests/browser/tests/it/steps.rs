//! The steps that most journeys begin with.

use browser_tests::{page::Page, site::Site};
use serde_json::Value;
use simulated::{Effect, Fault, On, aitable, flashapply, symbl, toluna, webex};

/// From anywhere to the question which membership it is.
#[track_caller]
pub fn connect_to_webex(page: &Page) {
    page.open("#/webex");
    page.heading("Connect to Webex");
    page.fill("Access token", webex::TOKEN);
    page.press("Connect");
    page.heading("Which membership?");
}

/// From anywhere to a membership's form.
#[track_caller]
pub fn open_at_webex(page: &Page, id: &str, title: &str) {
    connect_to_webex(page);
    page.fill("Membership ID", id);
    page.press("Show what is on file");
    page.heading(title);
}

/// From anywhere to the question which member it is.
#[track_caller]
pub fn connect_to_aitable(page: &Page) {
    page.open("#/aitable");
    page.heading("Connect to AITable");
    page.fill("API token", aitable::TOKEN);
    page.press("Connect");
    page.heading("Which member?");
}

/// From anywhere to a member's form.
#[track_caller]
pub fn open_at_aitable(page: &Page, id: &str, title: &str) {
    connect_to_aitable(page);
    page.fill("Space ID", aitable::SPACE);
    page.fill("Unit ID of the member", id);
    page.press("Show what is on file");
    page.heading(title);
}

/// From anywhere to the question which member of a conversation it is, with a token.
#[track_caller]
pub fn connect_to_symbl(page: &Page) {
    page.open("#/symbl");
    page.heading("Connect to Symbl.ai");
    page.fill("Access token", symbl::TOKEN);
    page.press("Connect");
    page.heading("Which conversation member?");
}

/// The same with what a token can be got for again.
#[track_caller]
pub fn connect_an_app_to_symbl(page: &Page) {
    page.open("#/symbl");
    page.heading("Connect to Symbl.ai");
    page.choose("Sign in with", "App ID and App Secret");
    page.fill("App ID", symbl::APP_ID);
    page.fill("App Secret", symbl::APP_SECRET);
    page.press("Connect");
    page.heading("Which conversation member?");
}

/// From that question to the form.
#[track_caller]
pub fn find_at_symbl(page: &Page, conversation: &str, id: &str, title: &str) {
    page.fill("Conversation ID", conversation);
    page.fill("Member ID", id);
    page.press("Show what is on file");
    page.heading(title);
}

/// From anywhere to the form of a member of an organization.
#[track_caller]
pub fn open_at_flashapply(page: &Page, id: &str, title: &str) {
    page.open("#/flashapply");
    page.heading("Connect to FlashApply");
    page.fill("API key", flashapply::TOKEN);
    page.press("Connect");
    page.heading("Which organization member?");
    page.fill("Member ID", id);
    page.press("Show what is on file");
    page.heading(title);
}

pub const UNITED_KINGDOM: (&str, &str) = ("United Kingdom", toluna::PANEL_UK);
pub const FRANCE: (&str, &str) = ("France", toluna::PANEL_FRANCE);

/// From anywhere to the question which member of a panel it is.
#[track_caller]
pub fn connect_to_toluna(page: &Page, panel: (&str, &str)) {
    page.open("#/toluna");
    page.heading("Connect to Toluna");
    page.fill("Name of the panel", panel.0);
    page.fill("Partner GUID of the panel", panel.1);
    page.press("Connect");
    page.heading("Which panel member?");
}

/// From anywhere to the form of a member of a panel.
#[track_caller]
pub fn open_at_toluna(page: &Page, panel: (&str, &str), code: &str) {
    connect_to_toluna(page, panel);
    page.fill("Member code", code);
    page.press("Show what is on file");
    page.heading(code);
}

/// Types a date into its three boxes.
#[track_caller]
pub fn fill_date(page: &Page, [day, month, year]: [&str; 3]) {
    page.fill("Day", day);
    page.fill("Month", month);
    page.fill("Year", year);
}

/// ليلى حسن becomes a moderator of a space that has some: no risk goes with it. Up to the last button.
#[track_caller]
pub fn check_a_moderator(page: &Page) {
    open_at_webex(page, webex::MODERATED_MEMBER, "ليلى حسن");
    page.choose("Moderator of the space", "Yes, a moderator");
    page.press("Check the change");
    page.heading("Check the change to ليلى حسن");
}

pub const SEND_A_MODERATOR: &str = "Update ليلى حسن in Webex";

/// John gets another name. Up to the last button.
#[track_caller]
pub fn check_a_name(page: &Page) {
    open_at_aitable(page, aitable::MEMBER, "John");
    page.fill("Name in this space", "John Okafor");
    page.press("Check the change");
    page.heading("Check the change to John");
}

pub const SEND_A_NAME: &str = "Update John in AITable";

/// What John's change sends: the team goes along, because without it he would lose it.
pub fn name_body() -> String {
    format!(r#"{{"name":"John Okafor","teams":["{}"]}}"#, aitable::TEAM_PLATFORM)
}

/// The next writing request, however often a browser or a relay repeats it.
pub fn on_write(effect: Effect) -> Fault {
    Fault::once_on("PUT", effect)
}

/// The same where the provider calls it by another name.
pub fn on_patch(effect: Effect) -> Fault {
    Fault::once_on("PATCH", effect)
}

/// The next read of a record, not of what goes with it.
pub fn on_read(part: &str, effect: Effect) -> Fault {
    Fault {
        on: On { method: Some("GET".to_owned()), path_contains: Some(part.to_owned()) },
        times: 1,
        effect,
    }
}

/// An answer in the provider's place.
pub fn status(status: u16, body: &str) -> Effect {
    Effect::Status { status, headers: Vec::new(), body: body.to_owned() }
}

/// More requests than the provider allows: it asks to wait for so many seconds.
pub fn too_many(seconds: u32) -> Effect {
    Effect::Status {
        status: 429,
        headers: vec![("Retry-After".to_owned(), seconds.to_string())],
        body: r#"{"message":"Too many requests"}"#.to_owned(),
    }
}

/// One line of the proof.
pub fn row(cells: [&str; 4]) -> Vec<String> {
    cells.map(str::to_owned).to_vec()
}

/// The owner writes one key of `config.json` otherwise, and somebody looks into the settings.
#[track_caller]
pub fn configure(page: &Page, site: &Site, key: &str, value: Value) {
    let mut config = site.config();
    config[key] = value;
    site.write("config.json", &config.to_string());
    page.open("#/settings");
    page.reload();
    page.heading("Settings");
}
