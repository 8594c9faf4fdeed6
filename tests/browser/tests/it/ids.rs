//! Odd ids: each arrives as one segment of the path, or is refused with the reason.

use browser_tests::in_chromium;
use simulated::{aitable, webex};

use crate::steps::{connect_to_aitable, connect_to_webex};

const NOT_FOUND: &str = "Webex shows you no membership with this ID. The person may have left the space, or you may \
    not be in it. Copy the ID again.";

#[test]
fn an_odd_id_arrives_at_webex_as_one_segment() {
    in_chromium(|page, site| {
        connect_to_webex(page);
        let cases = [
            ("a/b", "a%2Fb"),
            ("what?", "what%3F"),
            ("no#1", "no%231"),
            ("100%", "100%25"),
            ("%2e%2e", "%252e%252e"),
            ("a b", "a%20b"),
            ("a+b&c=d", "a%2Bb%26c%3Dd"),
            ("a;b:c@d", "a%3Bb%3Ac%40d"),
            ("a..b", "a..b"),
            ("ñ王", "%C3%B1%E7%8E%8B"),
            ("<script>", "%3Cscript%3E"),
            ("  trimmed  ", "trimmed"),
        ];
        for (typed, segment) in cases {
            site.webex.reset();
            page.fill("Membership ID", typed);
            page.press("Show what is on file");
            page.problem("Membership ID", NOT_FOUND);
            // The provider has said no: nobody can go on all the same.
            page.lacks("you can go on all the same");
            page.sees("“Membership ID” usually looks like Y2lzY29z…");
            let targets: Vec<String> =
                site.webex.arrived().into_iter().map(|arrived| arrived.target).collect();
            assert_eq!(targets, [format!("/v1/memberships/{segment}")], "{typed}");
        }
    });
}

#[test]
fn an_id_that_cannot_be_a_segment_is_refused_with_the_reason() {
    in_chromium(|page, site| {
        connect_to_webex(page);
        site.webex.reset();
        let dots = "The Membership ID cannot be only one or two dots. Copy it again from where it is shown.";
        let long = "“Membership ID” can have 512 characters at most. It has 513 now.";
        let broken =
            "The Membership ID has a line break or an invisible character in it. Copy it again, in one line.";
        let cases = [
            ("".to_owned(), "Enter “Membership ID”."),
            (".".to_owned(), dots),
            ("..".to_owned(), dots),
            ("x".repeat(513), long),
            ("a\u{7f}b".to_owned(), broken),
        ];
        for (typed, says) in cases {
            page.paste("Membership ID", &typed);
            page.press("Show what is on file");
            page.problem("Membership ID", says);
        }
        let room = "This is the ID of a space. A membership ID names one person in that space.";
        page.paste("Membership ID", webex::ROOM_MODERATED);
        page.press("Show what is on file");
        page.problem("Membership ID", room);
        assert_eq!(site.webex.arrived().len(), 0);
    });
}

/// A server in the middle could take such an id for a way up, so it never gets through; and whoever typed it is told.
#[test]
fn an_id_with_a_way_up_in_it_is_refused_with_the_reason() {
    in_chromium(|page, site| {
        for typed in ["../people/me", "a/../../people/me", "a/..", "a\\..\\b"] {
            connect_to_webex(page);
            site.webex.reset();
            page.fill("Membership ID", typed);
            page.press("Show what is on file");
            page.wait_for("a refusal", || {
                let words = page.words();
                words.contains("There is a problem") || words.contains("The record could not be read")
            });
            page.lacks("The proxy could not do this. Tell its owner.");
            page.lacks("The proxy could not do this.\nTell its owner.");
            assert_eq!(site.webex.arrived().len(), 0, "{typed}");
            page.reload();
        }
    });
}

#[test]
fn two_odd_ids_arrive_at_aitable_as_two_segments() {
    in_chromium(|page, site| {
        connect_to_aitable(page);
        site.aitable.reset();
        page.fill("Space ID", "s/p?c");
        page.fill("Unit ID of the member", "#u%n..");
        page.press("Show what is on file");
        page.problem(
            "Unit ID of the member",
            "AITable finds no such member in this space. Check both IDs. The member may have been removed, or belong \
             to another space.",
        );
        let targets: Vec<String> = site.aitable.arrived().into_iter().map(|arrived| arrived.target).collect();
        assert_eq!(targets, ["/fusion/v1/spaces/s%2Fp%3Fc/members/%23u%25n..?sensitiveData=true"]);
    });
}

#[test]
fn a_pasted_address_fills_in_both_ids() {
    in_chromium(|page, _| {
        connect_to_aitable(page);
        let address =
            format!("https://aitable.ai/fusion/v1/spaces/{}/members/{}", aitable::SPACE, aitable::MEMBER);
        page.paste("Space ID", &address);
        page.press("Show what is on file");
        page.heading("John");
    });
}
