//! A canary token and a canary person go through a whole run, and are found nowhere but where they are meant to be.

mod form;

use browser_tests::{
    browser::{Browser, Engine},
    page::Page,
    site::{PATH, Site},
    watch,
};
use serde_json::{Value, json};
use simulated::{Arrived, Effect, Hold, Server, webex};

use form::forms;

use crate::{
    steps::{SEND_A_MODERATOR, connect_to_webex, on_read, on_write, status},
    stopped::BREAK,
};

const TOKEN: &str = "the token";
const NAME: &str = "the person’s name";
const EMAIL: &str = "the person’s e-mail address";
const ID: &str = "the person’s ID";
const PERSON: &[&str] = &[NAME, EMAIL, ID];
const NOTHING: &[&str] = &[];

/// What is looked for everywhere.
const CANARIES: [(&str, &str); 4] = [
    (TOKEN, webex::TOKEN),
    (NAME, "ليلى حسن"),
    (EMAIL, "layla.hassan@example.com"),
    (ID, webex::MODERATED_MEMBER),
];

/// A text that was looked through, and which of the canaries may be in it.
struct Text {
    place: String,
    text: String,
    allowed: &'static [&'static str],
}

fn text(place: impl Into<String>, text: impl Into<String>, allowed: &'static [&'static str]) -> Text {
    Text { place: place.into(), text: text.into(), allowed }
}

/// Whom the page is about now.
#[derive(Clone, Copy, PartialEq)]
enum Screen {
    Nobody,
    Person,
}

/// One run through the page.
struct Run<'a> {
    page: &'a Page,
    site: &'a Site,
    /// What the browser's logs had so far: each entry is given once.
    heard: Vec<Text>,
    looked_through: usize,
    /// Where each canary was found and may be.
    meant: Vec<(&'static str, String)>,
    leaks: Vec<String>,
}

impl<'a> Run<'a> {
    fn new(page: &'a Page, site: &'a Site) -> Run<'a> {
        Run { page, site, heard: Vec::new(), looked_through: 0, meant: Vec::new(), leaks: Vec::new() }
    }

    /// Looks through everything there is now.
    #[track_caller]
    fn look(&mut self, stage: &str, screen: Screen) {
        self.listen();
        let shown = if screen == Screen::Person { PERSON } else { NOTHING };
        let member = self.site.address("#/webex?membershipId=");
        let mut texts: Vec<Text> = Vec::new();
        for (place, found) in watch::texts(self.page) {
            let allowed = match place.as_str() {
                "the document" | "the text" | "the title" => shown,
                // The browser's own note of where on the page somebody went by a link.
                "the timeline" if found.starts_with(&member) => &[ID],
                _ => NOTHING,
            };
            texts.push(text(place, found, allowed));
        }
        let logs = self.site.logs();
        assert!(logs.contains(" GET webex 200 "), "the log of the relay is read: {logs}");
        texts.push(text("the logs of the host", logs, NOTHING));
        texts.extend(self.site.webex.arrived().iter().flat_map(at_webex));
        for (name, server) in others(self.site) {
            let all = server.arrived().into_iter();
            texts.extend(all.map(|sent| {
                text(format!("a request to {name}"), String::from_utf8_lossy(&sent.raw), NOTHING)
            }));
        }
        texts.append(&mut self.heard);
        let files = self.page.browser.files();
        assert!(!files.is_empty(), "the files of the browser are read");
        for (path, bytes) in files {
            // A browser notes where one was, by address and title; a page has no part in that.
            let of_page = path.contains("Cache") || path.contains("Storage") || path.contains("IndexedDB");
            let allowed: &[&str] = if of_page { NOTHING } else { &[NAME, ID] };
            // Two bytes for each letter look like one here.
            let narrow: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
            for bytes in [bytes, narrow] {
                let found = String::from_utf8_lossy(&bytes);
                texts.push(text(format!("the browser’s file {path}"), found, allowed));
            }
        }
        self.judge(stage, &texts);
    }

    /// Something that the person asked for: a copy, or a file.
    #[track_caller]
    fn judge_one(&mut self, place: &str, found: &str, allowed: &'static [&'static str]) {
        assert!(!found.is_empty(), "{place} is there");
        self.judge("what was asked for", &[text(place, found, allowed)]);
    }

    fn judge(&mut self, stage: &str, texts: &[Text]) {
        let canaries = CANARIES.map(|(canary, own)| (canary, forms(own)));
        for Text { place, text, allowed } in texts {
            self.looked_through += 1;
            for (canary, forms) in &canaries {
                for (form, needle) in forms {
                    let Some(at) = text.find(needle) else { continue };
                    // Nothing of what is meant is written in code, but for letters in an address.
                    let is_plain = form == "as it is" || form.starts_with("percent-encoded");
                    if allowed.contains(canary) && is_plain {
                        self.meant.push((*canary, place.clone()));
                    } else {
                        let before = String::from_utf8_lossy(&text.as_bytes()[at.saturating_sub(80)..at]);
                        self.leaks.push(format!("{canary}, {form}, in {place} ({stage}): {before}…"));
                    }
                }
            }
        }
    }

    /// The browser's console, and each request that it sent, with all its headers.
    fn listen(&mut self) {
        let site = format!("{}{PATH}", self.site.origin());
        let calls = format!("{site}relay/webex/");
        for entry in self.page.browser.log("browser") {
            let message = entry["message"].as_str().unwrap_or_default();
            // A status of an answer is noted by the browser itself, with the address.
            let of_call = entry["source"] == "network" && message.starts_with(&calls);
            let allowed = if of_call { &[ID][..] } else { NOTHING };
            self.heard.push(text("the console", message, allowed));
        }
        for entry in self.page.browser.log("performance") {
            let message: Value =
                serde_json::from_str(entry["message"].as_str().expect("a text")).expect("JSON");
            let message = &message["message"];
            if message["method"] != "Network.requestWillBeSent" {
                continue;
            }
            let request = &message["params"]["request"];
            let address = request["url"].as_str().expect("an address");
            if !address.starts_with("http") {
                continue;
            }
            if !address.starts_with(&site) {
                self.leaks.push(format!("a request went to {address}"));
            }
            let (of_credential, of_call): (&[&str], &[&str]) = match address.starts_with(&calls) {
                true => (&[TOKEN], PERSON),
                false => (NOTHING, NOTHING),
            };
            let mut rest = request.clone();
            let fields = rest["headers"].as_object_mut().expect("headers");
            let key = fields.keys().find(|key| key.eq_ignore_ascii_case("authorization")).cloned();
            if let Some(Value::String(value)) = key.and_then(|key| fields.remove(&key)) {
                self.heard.push(text("an Authorization that the browser sent", value, of_credential));
            }
            self.heard.push(text("a request that the browser sent", rest.to_string(), of_call));
        }
    }

    /// What has come to Webex with a credential.
    fn with_token(&self) -> Vec<String> {
        let all = self.site.webex.arrived();
        all.iter().filter(|sent| sent.header("authorization").is_some()).map(line).collect()
    }

    #[track_caller]
    fn assert_found(&self, canary: &str, place: &str) {
        let is_there = self.meant.iter().any(|(own, at)| *own == canary && at.starts_with(place));
        assert!(is_there, "the search finds {canary} in {place}: {:#?}", self.meant);
    }
}

/// A request in one line, without the ids.
fn line(sent: &Arrived) -> String {
    let path = sent.target.split('?').next().unwrap_or_default();
    let kind = path.replace(webex::MODERATED_MEMBER, "{member}").replace(webex::ROOM_MODERATED, "{room}");
    format!("{} {kind}", sent.method)
}

/// The header in which the credential belongs, and all the rest of a request.
fn at_webex(sent: &Arrived) -> Vec<Text> {
    let line = line(sent);
    let is_meant = CALLS.contains(&line.as_str());
    let mut texts = vec![
        text(format!("the target of {line}"), &sent.target, &[ID]),
        text(format!("the body of {line}"), String::from_utf8_lossy(&sent.body), PERSON),
    ];
    for (name, value) in &sent.headers {
        let may = is_meant && name.eq_ignore_ascii_case("authorization");
        let allowed = if may { &[TOKEN][..] } else { NOTHING };
        texts.push(text(format!("{} of {line}", name.to_ascii_lowercase()), value, allowed));
    }
    texts
}

/// What the page is meant to ask Webex.
const CALLS: [&str; 4] = [WHO, READ, ROOM, WRITE];
const WHO: &str = "GET /v1/people/me";
const READ: &str = "GET /v1/memberships/{member}";
const ROOM: &str = "GET /v1/rooms/{room}";
const WRITE: &str = "PUT /v1/memberships/{member}";

fn others(site: &Site) -> [(&'static str, &Server); 5] {
    [
        ("AITable", &site.aitable),
        ("Symbl.ai", &site.symbl),
        ("FlashApply", &site.flashapply),
        ("Toluna", &site.toluna),
        ("Toluna’s reference data", &site.toluna_reference),
    ]
}

#[test]
fn a_canary_token_and_a_canary_person_are_found_only_where_they_are_meant() {
    let site = Site::start();
    let page = Page::new(Browser::start(Engine::Chromium), &site);
    let mut run = Run::new(&page, &site);
    succeed(&mut run);
    be_refused(&mut run);
    lose_the_answer(&mut run);
    check_the_ways(&mut run);
    stop(&mut run);

    let places = [
        (TOKEN, "an Authorization that the browser sent"),
        (TOKEN, "authorization of PUT"),
        (NAME, "the document"),
        (NAME, "the title"),
        (EMAIL, "the document"),
        (ID, "the target of PUT"),
        (ID, "the console"),
    ];
    for (canary, place) in places {
        run.assert_found(canary, place);
    }
    println!("{} texts were looked through", run.looked_through);
    run.leaks.sort();
    run.leaks.dedup();
    assert_eq!(run.leaks.len(), 0, "canaries are where they are not meant to be: {:#?}", run.leaks);
}

fn succeed(run: &mut Run) {
    let page = run.page;
    connect_to_webex(page);
    run.look("connected", Screen::Nobody);
    page.fill("Membership ID", webex::MODERATED_MEMBER);
    page.press("Show what is on file");
    page.heading("ليلى حسن");
    run.look("read", Screen::Person);
    page.press("Copy a link to this page");
    page.sees("Copied");
    run.judge_one("the copied link", &page.clipboard(), &[ID]);
    page.choose("Moderator of the space", "Yes, a moderator");
    page.press("Check the change");
    page.heading("Check the change to ليلى حسن");
    page.press("The request that will be sent");
    run.look("checked", Screen::Person);
    page.press(SEND_A_MODERATOR);
    page.heading("ليلى حسن was updated in Webex");
    keep_the_result(run, "succeeded");
    run.assert_found(ID, "the copied link");
    assert_eq!(run.with_token(), [WHO, READ, ROOM, READ, ROOM, WRITE, READ, ROOM]);
}

fn be_refused(run: &mut Run) {
    let (page, before) = (run.page, run.with_token().len());
    page.press("Make another change");
    page.heading("ليلى حسن");
    page.choose("Moderator of the space", "No, not a moderator");
    page.press("Check the change");
    page.heading("Check the change to ليلى حسن");
    page.tick("I understand, and want to go on");
    let refusal = r#"{"message":"No.","errors":[],"trackingId":"ROUTER_42"}"#;
    run.site.webex.fail(on_write(status(403, refusal)));
    page.press(SEND_A_MODERATOR);
    page.heading("Webex refused the change to ليلى حسن");
    assert_eq!(run.with_token().split_off(before), [READ, ROOM, READ, ROOM, WRITE]);
    keep_the_result(run, "refused");
}

/// What can be taken away from a result.
fn keep_the_result(run: &mut Run, stage: &str) {
    let page = run.page;
    page.press("Details for support");
    run.look(stage, Screen::Person);
    for name in ["Copy as cURL", "Copy as Node", "Copy as Python"] {
        page.press(name);
        page.sees("Copied");
        run.judge_one(&format!("what “{name}” copied"), &page.clipboard(), &[ID]);
    }
    page.press("Download the receipt");
    let (name, receipt) = page.downloaded();
    run.judge_one("the name of the receipt", &name, NOTHING);
    run.judge_one("the receipt", &receipt, PERSON);
    run.look(stage, Screen::Person);
    run.assert_found(ID, "what “Copy as cURL” copied");
    run.assert_found(NAME, "the receipt");
}

fn lose_the_answer(run: &mut Run) {
    let (page, webex, before) = (run.page, &run.site.webex, run.with_token().len());
    page.press("Go back to the change");
    page.heading("ليلى حسن");
    page.press("Check the change");
    page.heading("Check the change to ليلى حسن");
    page.tick("I understand, and want to go on");
    // Both faults are only queued once the page has read the record for the last time before sending.
    let hold = Hold::new();
    webex.fail(on_read("/rooms/", Effect::HoldBefore(hold.clone())));
    page.press(SEND_A_MODERATOR);
    hold.arrived();
    webex.fail(on_write(Effect::CutAfter));
    webex.fail(on_read("/memberships/", status(500, "{}")));
    hold.release();
    page.heading("It is not known whether ليلى حسن was changed in Webex");
    page.sees("Code: provider-unreachable");
    run.look("lost", Screen::Person);
    page.press("Copy details for IT");
    page.sees("Copied");
    let details = page.clipboard();
    assert!(details.contains("code: provider-unreachable"), "{details}");
    run.judge_one("the details for IT", &details, NOTHING);
    run.look("details copied", Screen::Person);
    let asked = run.with_token().split_off(before);
    assert_eq!(asked, [READ, ROOM, WRITE, READ], "the doctor asks without the token");
}

fn check_the_ways(run: &mut Run) {
    let (page, webex) = (run.page, &run.site.webex);
    let before = run.with_token().len();
    page.open("#/doctor");
    page.sees("All was looked at.");
    page.sees("Webex answers");
    run.look("the ways were checked", Screen::Nobody);
    let asked = run.with_token().split_off(before);
    assert_eq!(asked, [WHO], "the last harmless read alone has the token");
    webex.fail(on_read("/people/me", status(503, "{}")));
    page.press("Check again");
    page.sees("Code: provider-down");
    page.sees("All was looked at.");
    page.press("Copy details for IT");
    page.sees("Copied");
    run.judge_one("the details of a self-check", &page.clipboard(), NOTHING);
    page.press("Copy for nginx");
    page.sees("Copied");
    run.judge_one("the relay’s configuration", &page.clipboard(), NOTHING);
    run.look("a fault was found", Screen::Nobody);
    assert_eq!(run.with_token().split_off(before), [WHO], "no credential goes behind a fault");
}

fn stop(run: &mut Run) {
    let page = run.page;
    page.open(&format!("#/webex?membershipId={}", webex::MODERATED_MEMBER));
    page.heading("ليلى حسن");
    page.choose("Moderator of the space", "Yes, a moderator");
    page.press("Check the change");
    page.heading("Check the change to ليلى حسن");
    let hold = Hold::new();
    run.site.webex.fail(on_write(Effect::HoldBefore(hold.clone())));
    page.press(SEND_A_MODERATOR);
    hold.arrived();
    page.script(BREAK, json!([]));
    page.press("Settings");
    page.heading("Memberdesk has stopped");
    page.sees("The change to ليلى حسن in Webex was on its way.");
    run.look("stopped", Screen::Person);
    hold.release();
    page.press("Load the page again");
    page.heading("Settings");
    run.look("loaded again", Screen::Nobody);
}

/// Where a canary is put by hand, it is found.
#[test]
fn a_canary_that_flew_away_is_found_wherever_it_is() {
    let site = Site::start();
    let page = Page::new(Browser::start(Engine::Chromium), &site);
    connect_to_webex(&page);
    let script = "
        const [token, name, done] = arguments;
        document.body.dataset.away = encodeURIComponent(name);
        document.title = name;
        history.replaceState({ deep: [btoa(token)] }, '');
        window.away = { deep: [btoa('x' + token)] };
        window.name = btoa('xy' + token);
        document.cookie = `away=${token}`;
        localStorage.away = name;
        sessionStorage.away = token;
        console.debug(name);
        performance.mark(token);
        const headers = { Authorization: `Bearer ${token}` };
        Promise.all([
            fetch('relay/aitable/fusion/v1/spaces', { headers }),
            fetch(`relay/healthz?away=${token}`),
        ].map((answer) => answer.then((answer) => answer.text()))).then(() => done());
    ";
    page.until("to let it fly", async |client| {
        client.execute_async(script, vec![json!(webex::TOKEN), json!("ليلى حسن")]).await.map(Some)
    });
    let mut run = Run::new(&page, &site);
    run.look("away", Screen::Nobody);
    let places = [
        "the person’s name, percent-encoded, in the document",
        "the person’s name, as it is, in the title",
        "the token, base64, 0 bytes into a group, in the history",
        "the token, base64, 1 bytes into a group, in window.away",
        "the token, base64, 2 bytes into a group, in the name of the window",
        "the token, as it is, in the cookies",
        "the person’s name, as it is, in localStorage",
        "the token, as it is, in sessionStorage",
        "the person’s name, as it is, in the console",
        "the token, as it is, in a request to AITable",
        "the token, as it is, in an Authorization that the browser sent",
        "the token, as it is, in a request that the browser sent",
        "the token, as it is, in the timeline",
    ];
    for place in places {
        assert!(run.leaks.iter().any(|leak| leak.starts_with(place)), "{place}: {:#?}", run.leaks);
    }
}
