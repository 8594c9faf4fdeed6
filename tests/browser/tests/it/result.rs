//! From the check to what is kept of the result.

use browser_tests::{in_chromium, page::Page, watch};
use serde_json::{Value, json};
use simulated::{Effect, Hold, aitable, flashapply, symbl, toluna, webex};

use crate::steps::{
    SEND_A_MODERATOR, SEND_A_NAME, UNITED_KINGDOM, check_a_moderator, check_a_name, connect_to_symbl,
    find_at_symbl, on_read, on_write, open_at_aitable, open_at_flashapply, open_at_toluna, open_at_webex,
    status,
};

/// Notes what is copied, downloaded and printed, in the browser's place.
const NOTE: &str = "
    window.kept = { copied: [], files: [], printed: 0 };
    window.allowed = true;
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText: async (text) => {
        if (!allowed) throw new DOMException('no', 'NotAllowedError');
        kept.copied.push(text);
    } } });
    window.print = () => { kept.printed += 1; };
    const make = URL.createObjectURL;
    URL.createObjectURL = (blob) => {
        const file = { type: blob.type };
        kept.files.push(file);
        blob.text().then((text) => { file.text = text; });
        return make.call(URL, blob);
    };
    HTMLAnchorElement.prototype.click = function () { kept.files.at(-1).name = this.download; };
";

/// How the visible part of the page is called now: its heading, and what can be pressed below it.
const SHOWN: &str = "
    const buttons = [...document.querySelectorAll('#main button')].map((button) => button.textContent.trim());
    return [document.querySelector('#main h1').textContent, ...buttons];
";

#[track_caller]
fn copied(page: &Page) -> Vec<String> {
    serde_json::from_value(page.script("return kept.copied", json!([]))).expect("texts")
}

#[track_caller]
fn last_file(page: &Page) -> Value {
    page.wait_for("a file", || page.script("return kept.files.at(-1)?.text", json!([])).is_string());
    page.script("return kept.files.at(-1)", json!([]))
}

#[test]
fn a_link_in_each_row_leads_back_to_its_control() {
    in_chromium(|page, _| {
        open_at_aitable(page, aitable::MEMBER_TWO_TEAMS, "Amélie D'Arcy");
        page.fill("Name in this space", "Amélie Dupont");
        page.press("Remove Apps & Design");
        page.press("Check the change");
        page.heading("Check the change to Amélie D'Arcy");
        page.press("Change Name in this space");
        page.focus_comes_to("Name in this space");
        assert_eq!(page.value("Name in this space"), "Amélie Dupont");
        page.press("Check the change");
        page.heading("Check the change to Amélie D'Arcy");
        page.press("Change Teams");
        page.wait_for("the focus in the teams", || {
            let inside =
                "return document.activeElement.closest('fieldset')?.textContent.includes('Teams') ?? false";
            page.script(inside, json!([])) == json!(true)
        });
        page.press("Check the change");
        page.heading("Check the change to Amélie D'Arcy");
    });
}

#[test]
fn the_way_back_of_a_list_is_called_so_after_a_look_at_the_form_too() {
    in_chromium(|page, _| {
        open_at_aitable(page, aitable::MEMBER_TWO_TEAMS, "Amélie D'Arcy");
        page.press("Remove Apps & Design");
        page.press("Check the change");
        page.press("Update Amélie D'Arcy in AITable");
        page.heading("Amélie D'Arcy was updated in AITable");
        page.press("Undo this change");
        page.heading("Check the change to Amélie D'Arcy");
        page.sees("Undo of a change");
        page.press("Change something else");
        page.heading("Amélie D'Arcy");
        page.press("Check the change");
        page.heading("Check the change to Amélie D'Arcy");
        page.sees("Undo of a change");
    });
}

#[test]
fn what_cannot_be_proved_or_put_back_is_said_at_its_field() {
    in_chromium(|page, _| {
        open_at_flashapply(page, flashapply::MEMBER, "Siobhán O’Brien");
        page.fill("First name", "Siobhan");
        page.paste("New password", "a new password");
        page.choose("Main contact", "Yes, the main contact");
        page.press("Check the change");
        page.heading("Check the change to Siobhán O’Brien");
        page.sees("It cannot be read back afterwards, so nothing will prove it. It cannot be put back");
        page.sees("The best result is “Accepted”");
        // What is about a field stands right below it.
        let below = "
            const label = [...document.querySelectorAll('tbody')].filter((group) => group.textContent.includes(arguments[0]));
            return label.map((group) => group.querySelector('th').textContent)";
        let of = |words: &str| page.script(below, json!([words]));
        assert_eq!(of("nothing will prove it"), json!(["New password"]));
        assert_eq!(of("FlashApply does not show passwords"), json!(["New password"]));
        assert_eq!(of("I understand, and want to go on"), json!(["Main contact"]));
        // A password is lost for good, a name is not.
        let kind = "return document.querySelector('[type=submit]').dataset.kind ?? null";
        assert_eq!(page.script(kind, json!([])), json!("danger"));
        page.press("Change New password");
        page.focus_comes_to("New password");
        page.fill("New password", "");
        page.press("Check the change");
        page.heading("Check the change to Siobhán O’Brien");
        page.lacks("nothing will prove it");
        assert_eq!(page.script(kind, json!([])), Value::Null);
    });
}

#[test]
fn what_is_quick_shows_nothing_of_itself_and_what_is_slow_says_how_far_it_is() {
    in_chromium(|page, site| {
        check_a_moderator(page);
        let before = page.script(SHOWN, json!([]));
        // The clock of the page stands still, so that a second does not pass.
        let still = "window.later = setTimeout; window.held = [];
            setTimeout = (work, time) => time === 1000 ? held.push(work) : later(work, time);";
        page.script(still, json!([]));
        let hold = Hold::new();
        site.webex.fail(on_write(Effect::HoldAfter(hold.clone())));
        page.press(SEND_A_MODERATOR);
        hold.arrived();
        assert_eq!(page.script(SHOWN, json!([])), before, "the page from before stays");
        assert_eq!(page.script("return document.querySelectorAll('[inert]').length", json!([])), json!(1));
        // Those who hear the page are told.
        let heard = "return document.querySelector('#main > * > [role=status]').textContent";
        page.wait_for("a word of it", || {
            page.script(heard, json!([])) == json!("Sending the change to Webex …")
        });
        page.script("setTimeout = later; held.forEach((work) => work())", json!([]));
        page.heading("Changing ليلى حسن");
        page.focus_comes_to("Changing ليلى حسن");
        page.sees("What happens now");
        let now = "return document.querySelector('[aria-current=step][data-state]').textContent";
        assert_eq!(page.script(now, json!([])), json!("The change is sent."));
        page.sees("If you stop now, the change may still be made.");
        hold.release();
        page.heading("ليلى حسن was updated in Webex");
        page.focus_comes_to("ليلى حسن was updated in Webex");
        assert_eq!(page.script(heard, json!([])), json!(""));
    });
}

#[test]
fn a_quick_second_try_that_fails_again_is_noticed() {
    in_chromium(|page, site| {
        open_at_webex(page, webex::MODERATED, "Jean-Luc D’Angelo");
        page.press("Choose another membership");
        site.webex.fail(on_read("/memberships/", status(502, "{}")));
        page.press("Show what is on file");
        page.heading("The record could not be read");
        page.focus_comes_to("The record could not be read");
        site.webex.fail(on_read("/memberships/", status(502, "{}")));
        page.script("document.activeElement.blur()", json!([]));
        page.press("Try again");
        page.focus_comes_to("The record could not be read");
    });
}

#[test]
fn the_same_change_goes_to_another_member() {
    in_chromium(|page, site| {
        open_at_aitable(page, aitable::MEMBER_TWO_TEAMS, "Amélie D'Arcy");
        page.fill("Another team", aitable::TEAM_OPERATIONS);
        page.press("Add team");
        page.press("Remove Apps & Design");
        page.press("Check the change");
        page.press("Update Amélie D'Arcy in AITable");
        page.heading("Amélie D'Arcy was updated in AITable");
        page.press("Make the same change for another member");
        page.heading("Which member?");
        page.sees("It is about: Teams.");
        page.fill("Unit ID of the member", aitable::MEMBER);
        page.press("Show what is on file");
        page.heading("John");
        page.sees("It is filled in below. Check it before you go on.");
        page.sees("Will be added");
        page.press("Check the change");
        page.heading("Check the change to John");
        assert_eq!(page.rows(), [["Teams", "Platform", "Platform, 运营"]]);
        page.press(SEND_A_NAME);
        page.heading("John was updated in AITable");
        assert_eq!(site.aitable.counters().applied, 2);
        // It went with that one, and not with whoever comes next.
        page.press("Choose another member");
        page.lacks("The same change comes along");
        page.press("Show what is on file");
        page.heading("John");
        page.lacks("Will be added");
    });
}

#[test]
fn a_change_need_not_be_taken_along_and_a_secret_never_is() {
    in_chromium(|page, _| {
        open_at_flashapply(page, flashapply::MEMBER, "Siobhán O’Brien");
        page.choose("Active", "No, not active");
        page.paste("New password", "a new password");
        page.press("Check the change");
        page.press("Update Siobhán O’Brien in FlashApply");
        page.heading("FlashApply accepted the change to Siobhán O’Brien");
        page.press("Make the same change for another organization member");
        page.sees("It is about: Active.");
        page.fill("Member ID", flashapply::MEMBER_MANY);
        page.press("Show what is on file");
        page.heading("Zoë 🚀 Müller");
        assert_eq!(page.chosen("Active"), "No, not active");
        assert_eq!(page.value("New password"), "");
        page.press("Choose another organization member");
        page.press("Do not take it along");
        page.lacks("The same change comes along");
        page.press("Show what is on file");
        page.heading("Zoë 🚀 Müller");
        assert_eq!(page.chosen("Active"), "Leave as it is");
    });
}

#[test]
fn nothing_is_offered_again_for_a_member_that_is_gone() {
    in_chromium(|page, _| {
        connect_to_symbl(page);
        find_at_symbl(page, symbl::CONVERSATION_SPEAKERS, symbl::MEMBER_SPEAKER_1, "Speaker 1");
        page.fill("E-mail address", "john@example.com");
        page.press("Check the change");
        page.fill("To go on, type Speaker 1", "Speaker 1");
        page.press("Update Speaker 1 in Symbl.ai");
        page.heading("Speaker 1 is gone from Symbl.ai, as intended");
        page.lacks("Make the same change");
    });
}

#[test]
fn a_request_is_copied_in_three_languages_and_has_no_secret() {
    in_chromium(|page, _| {
        check_a_name(page);
        page.script(NOTE, json!([]));
        page.press(SEND_A_NAME);
        page.heading("John was updated in AITable");
        page.press("Details for support");
        for name in ["Copy as cURL", "Copy as Node", "Copy as Python"] {
            page.press(name);
            page.sees("Copied");
        }
        page.wait_for("three snippets", || copied(page).len() == 3);
        let copied = copied(page);
        let variables = ["'Authorization: Bearer '\"$TOKEN\"", "process.env.TOKEN", "os.environ[\"TOKEN\"]"];
        for (snippet, variable) in copied.iter().zip(variables) {
            assert!(snippet.contains(variable), "{snippet}");
            // Straight to the provider, and it says so.
            assert!(snippet.contains(&site_address(snippet)), "{snippet}");
            assert!(snippet.contains("Straight to AITable"), "{snippet}");
            assert!(!snippet.contains("relay") && !snippet.contains(aitable::TOKEN), "{snippet}");
            assert!(snippet.contains("John Okafor"), "{snippet}");
        }
        watch::assert_secret_is_nowhere(page, aitable::TOKEN);
    });
}

/// Where a snippet goes: the simulated provider, on this machine.
fn site_address(snippet: &str) -> String {
    let start = snippet.find("http://127.0.0.1:").expect("an address");
    snippet[start..].split("/fusion").next().unwrap_or_default().to_owned()
}

#[test]
fn where_nothing_can_be_copied_the_text_is_there_to_be_selected() {
    in_chromium(|page, _| {
        check_a_name(page);
        page.script(NOTE, json!([]));
        page.script("allowed = false", json!([]));
        page.press(SEND_A_NAME);
        page.heading("John was updated in AITable");
        page.press("Details for support");
        page.press("Copy as cURL");
        page.sees("This browser does not let the page copy. The text is selected: copy it from here.");
        let selected = "const box = document.activeElement; return box.value.slice(box.selectionStart, box.selectionEnd)";
        page.wait_for("the text to be selected", || {
            page.script(selected, json!([])).as_str().is_some_and(|text| text.contains("curl --request PUT"))
        });
    });
}

#[test]
fn details_tell_the_answer_its_headers_and_its_time() {
    in_chromium(|page, site| {
        check_a_name(page);
        let headers = vec![("Content-Type".to_owned(), "application/json".to_owned())];
        let big = format!(
            "{{\"success\":false,\"code\":1505,\"note\":[{}1.50]}}",
            "90071992547409931234,".repeat(2000)
        );
        site.aitable.fail(on_write(Effect::Status { status: 200, headers, body: big.clone() }));
        page.script(NOTE, json!([]));
        page.press(SEND_A_NAME);
        page.heading("AITable refused the change to John");
        page.press("Details for support");
        page.sees("Status 200. Sent at ");
        page.sees(&format!(" ms: {} bytes.", big.len()));
        page.sees("content-type: application/json");
        page.sees("  \"code\": 1505,");
        page.sees("    90071992547409931234,");
        let colours = "return ['key', 'number', 'word'].map((kind) =>
            getComputedStyle(document.querySelector(`[data-token=${kind}]`)).color)";
        let colours: Vec<String> = serde_json::from_value(page.script(colours, json!([]))).expect("colours");
        assert!(colours[0] != colours[1] && colours[1] == colours[2], "{colours:?}");
        // What is too long to look at can be had whole.
        page.sees("This is only the beginning of it.");
        page.press("Download the whole answer");
        assert_eq!(last_file(page)["text"], json!(big));
    });
}

#[test]
fn a_receipt_is_kept_as_a_file_and_on_paper() {
    in_chromium(|page, _| {
        check_a_moderator(page);
        page.script(NOTE, json!([]));
        page.press(SEND_A_MODERATOR);
        page.heading("ليلى حسن was updated in Webex");
        page.press("Download the receipt");
        let file = last_file(page);
        let name = file["name"].as_str().expect("a name");
        assert!(name.starts_with("receipt-webex-20") && name.ends_with(".json"), "{name}");
        assert_eq!(file["type"], "application/json");
        let text = file["text"].as_str().expect("a text");
        for secret in watch::SECRETS {
            assert!(!text.contains(secret), "{text}");
        }
        let receipt: Value = serde_json::from_str(text).expect("JSON");
        assert_eq!((&receipt["memberdesk"], &receipt["version"]), (&json!("receipt"), &json!(1)));
        assert_eq!(receipt["outcome"], "confirmed");
        assert_eq!(receipt["says"], "ليلى حسن was updated in Webex");
        assert_eq!(receipt["lines"][0]["settled"], "as-asked");
        assert_eq!(receipt["lines"][0]["now"], json!({ "words": "Yes, a moderator", "raw": true }));
        let authorization = json!(["Authorization", "Bearer $TOKEN"]);
        let sent = receipt["request"]["headers"].as_array().expect("headers");
        assert!(sent.contains(&authorization), "{sent:?}");
        assert_eq!(receipt["answer"]["status"], 200);
        page.press("Print");
        assert_eq!(page.script("return kept.printed", json!([])), json!(1));
        watch::assert_secret_is_nowhere(page, webex::TOKEN);
    });
}

#[test]
fn on_paper_stands_the_result_alone() {
    in_chromium(|page, _| {
        check_a_name(page);
        page.press(SEND_A_NAME);
        page.heading("John was updated in AITable");
        let media =
            json!({ "media": "print", "features": [{ "name": "prefers-color-scheme", "value": "dark" }] });
        page.browser.devtools("Emulation.setEmulatedMedia", media);
        let words = page.words();
        for kept in ["Confirmed", "John was updated in AITable", "As asked", "At "] {
            assert!(words.contains(kept), "{words}");
        }
        for gone in ["Settings", "Make another change", "Print", "Details for support", "Authorization"] {
            assert!(!words.contains(gone), "{gone} in {words}");
        }
        let dark = "return getComputedStyle(document.querySelector('h1')).color";
        assert_eq!(page.script(dark, json!([])), json!("rgb(24, 32, 45)"), "dark ink on white");
        page.browser.devtools("Emulation.setEmulatedMedia", json!({ "media": "", "features": [] }));
    });
}

#[test]
fn the_reference_is_shown_and_copied() {
    in_chromium(|page, site| {
        check_a_moderator(page);
        page.script(NOTE, json!([]));
        let body = r#"{"message":"No.","errors":[],"trackingId":"ROUTER_42"}"#;
        site.webex.fail(on_write(status(403, body)));
        page.press(SEND_A_MODERATOR);
        page.heading("Webex refused the change to ليلى حسن");
        page.sees("Reference: ROUTER_42");
        page.press("Copy the reference");
        page.wait_for("the reference", || copied(page) == ["ROUTER_42"]);
        page.sees("Copied");
    });
}

#[test]
fn a_receipt_of_a_member_that_is_forgotten_names_no_keys() {
    in_chromium(|page, _| {
        open_at_toluna(page, UNITED_KINGDOM, toluna::MEMBER);
        page.press("Erase personal data");
        page.fill("To go on, type 1601440000", "1601440000");
        page.script(NOTE, json!([]));
        page.press("Erase personal data: 1601440000");
        page.heading("1601440000 is gone from Toluna, as intended");
        page.lacks("Make the same change");
        page.press("Download the receipt");
        let file = last_file(page);
        let receipt: Value = serde_json::from_str(file["text"].as_str().expect("a text")).expect("JSON");
        assert_eq!(receipt["member"], json!({ "title": "1601440000" }));
        assert_eq!((&receipt["request"], &receipt["answer"]), (&Value::Null, &Value::Null));
        page.script("kept = null", json!([]));
    });
}
