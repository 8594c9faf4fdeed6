//! How long a sign-in is still good, as far as the token says it itself.

use browser_tests::{in_chromium, page::Page};
use serde_json::json;
use simulated::symbl;

use crate::steps::{connect_an_app_to_symbl, connect_to_symbl, find_at_symbl};

/// When the simulated token ends, in milliseconds since 1970.
pub const ENDS: u64 = 4_102_444_800_000;

/// The computer's clock stands so many seconds before that, and goes on.
pub fn set_clock(page: &Page, seconds_left: u64) {
    let script = "window.clock ??= Date.now;
        const [to, from] = [arguments[0], clock()];
        Date.now = () => to + clock() - from";
    page.script(script, json!([ENDS - seconds_left * 1000]));
}

/// What a screen reader is told unasked, on the page of a member.
fn told(page: &Page) -> String {
    let script =
        "return [...document.querySelectorAll('h1 ~ [role=status]')].map((own) => own.textContent).join()";
    page.script(script, json!([])).as_str().expect("a text").to_owned()
}

#[test]
fn a_sign_in_is_counted_down_in_its_last_hour() {
    in_chromium(|page, site| {
        connect_to_symbl(page);
        page.sees("The sign-in is good until 1 January 2100");
        find_at_symbl(page, symbl::CONVERSATION, symbl::MEMBER, "John");
        page.lacks("The sign-in is good until");
        page.lacks("Signed in until");

        set_clock(page, 23 * 60 - 5);
        page.press("Choose another conversation member");
        page.heading("Which conversation member?");
        page.sees(", 23 minutes left.");
        page.lacks("The sign-in is good until");
        assert_eq!(told(page), "", "a minute is not told unasked");
        find_at_symbl(page, symbl::CONVERSATION, symbl::MEMBER, "John");
        page.sees(", 23 minutes left.");
        page.fill("Name", "Jón");

        // It goes on by itself, and is told once.
        set_clock(page, 5 * 60 - 5);
        page.sees(", 5 minutes left.");
        page.sees("When it ends, you are asked to sign in again, and what you typed is kept.");
        assert!(told(page).starts_with("The sign-in ends at "), "{}", told(page));
        page.press("Check the change");
        page.heading("Check the change to John");
        page.sees(", 5 minutes left.");

        set_clock(page, 0);
        page.sees("The sign-in has ended.");
        page.sees("What you typed is kept. You are asked to sign in again when you go on.");
        let read = simulated::Fault::once(crate::steps::status(
            401,
            r#"{"message":"Token validation failed for provided token."}"#,
        ));
        site.symbl.fail(read);
        page.press("Update John in Symbl.ai");
        page.heading("Sign in again to go on");
        page.fill("Access token", symbl::TOKEN);
        page.press("Connect");
        page.heading("John was updated in Symbl.ai");
    });
}

#[test]
fn what_is_renewed_by_itself_is_not_counted_down() {
    in_chromium(|page, _| {
        connect_an_app_to_symbl(page);
        page.sees("The sign-in is good until ");
        page.script("const now = Date.now; Date.now = () => now() + 2 * 86400000", json!([]));
        find_at_symbl(page, symbl::CONVERSATION, symbl::MEMBER, "John");
        page.press("Choose another conversation member");
        page.heading("Which conversation member?");
        page.lacks("Signed in until");
        page.lacks("The sign-in has ended.");
    });
}
