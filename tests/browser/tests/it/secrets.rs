//! What becomes of a token, and what cannot be one.

use browser_tests::{in_chromium, watch};
use simulated::{aitable, webex};

use crate::steps::{SEND_A_NAME, check_a_name, connect_to_webex};

#[test]
fn a_token_that_cannot_be_sent_is_refused_at_once() {
    in_chromium(|page, site| {
        page.open("#/webex");
        page.heading("Connect to Webex");
        let letter = "“Access token” has a character that cannot be sent, such as a curly quote, a long dash or an \
            invisible space. Copy it again from where it was given out, not through a document.";
        let broken = "“Access token” has a space or a line break in it. Copy it again, in one piece.";
        let long = "“Access token” is longer than servers accept (8,192 characters). Check that nothing else was \
            copied with it.";
        let cases = [
            ("".to_owned(), "Enter “Access token”."),
            ("   ".to_owned(), "Enter “Access token”."),
            ("to’ken".to_owned(), letter),
            ("to\u{200b}ken".to_owned(), letter),
            ("to\u{2028}ken".to_owned(), broken),
            ("x".repeat(8193), long),
        ];
        for (text, says) in cases {
            page.paste("Access token", &text);
            page.press("Connect");
            page.problem("Access token", says);
        }
        assert_eq!(site.webex.arrived().len(), 0);
    });
}

/// Browsers make a space of a line break that is pasted into one line.
#[test]
fn a_token_over_two_lines_is_refused_at_once() {
    in_chromium(|page, site| {
        page.open("#/webex");
        page.heading("Connect to Webex");
        page.paste("Access token", "simulated-webex-\ntoken");
        page.press("Connect");
        page.sees("There is a problem");
        let arrived = site.webex.arrived();
        let sent: Vec<_> = arrived.iter().map(|arrived| arrived.header("authorization")).collect();
        assert_eq!(sent, [], "it cannot be a token");
    });
}

#[test]
fn a_token_that_the_provider_refuses_is_said_at_its_box() {
    in_chromium(|page, site| {
        page.open("#/webex");
        page.fill("Access token", "  wrong  ");
        page.press("Connect");
        page.problem(
            "Access token",
            "The access token is wrong or has expired. Get a new one from developer.webex.com. Personal tokens last \
             12 hours.",
        );
        let arrived = site.webex.arrived();
        assert_eq!(arrived.len(), 1);
        assert_eq!(arrived[0].header("authorization"), Some("Bearer wrong"));
        page.fill("Access token", webex::TOKEN);
        page.press("Connect");
        page.heading("Which membership?");
    });
}

#[test]
fn a_token_is_hidden_until_it_is_asked_to_show() {
    in_chromium(|page, _| {
        page.open("#/webex");
        page.fill("Access token", "wrong");
        assert_eq!(page.attribute("Access token", "type"), "password");
        page.press("Show Access token");
        assert_eq!(page.attribute("Access token", "type"), "text");
        page.press("Hide Access token");
        assert_eq!(page.attribute("Access token", "type"), "password");
        assert_eq!(page.attribute("Access token", "autocomplete"), "off");
    });
}

#[test]
fn a_token_is_nowhere_on_the_page_from_the_moment_it_is_accepted() {
    in_chromium(|page, _| {
        connect_to_webex(page);
        watch::assert_secret_is_nowhere(page, webex::TOKEN);
        page.fill("Membership ID", webex::MODERATED);
        page.press("Show what is on file");
        page.heading("Jean-Luc D’Angelo");
        watch::assert_secret_is_nowhere(page, webex::TOKEN);
        check_a_name(page);
        page.press("The request that will be sent");
        watch::assert_secret_is_nowhere(page, aitable::TOKEN);
        page.press(SEND_A_NAME);
        page.heading("John was updated in AITable");
        page.press("Details for support");
        watch::assert_secret_is_nowhere(page, aitable::TOKEN);
    });
}

#[test]
fn a_token_is_gone_when_the_page_is_loaded_again() {
    in_chromium(|page, site| {
        connect_to_webex(page);
        page.reload();
        page.heading("Connect to Webex");
        assert_eq!(page.value("Access token"), "");
        page.press("Connect");
        page.problem("Access token", "Enter “Access token”.");
        assert_eq!(site.webex.counters().reads, 1);
    });
}

#[test]
fn a_token_for_one_provider_never_goes_to_the_other() {
    in_chromium(|page, site| {
        connect_to_webex(page);
        check_a_name(page);
        page.press(SEND_A_NAME);
        page.heading("John was updated in AITable");
        let of = |server: &simulated::Server| -> Vec<String> {
            let all = server.arrived();
            let tokens = all.iter().filter_map(|arrived| arrived.header("authorization"));
            let mut tokens: Vec<String> = tokens.map(str::to_owned).collect();
            tokens.dedup();
            tokens
        };
        assert_eq!(of(&site.webex), [format!("Bearer {}", webex::TOKEN)]);
        assert_eq!(of(&site.aitable), [format!("Bearer {}", aitable::TOKEN)]);
    });
}

#[test]
fn another_token_can_be_used() {
    in_chromium(|page, _| {
        connect_to_webex(page);
        page.press("Sign out");
        page.heading("Connect to Webex");
        assert_eq!(page.value("Access token"), "");
    });
}
