//! A member of a conversation at Symbl.ai: two ways to sign in, one that is renewed, and two members who become one.

use browser_tests::{in_chromium, page::Page, watch};
use serde_json::json;
use simulated::{Server, symbl};

use crate::{
    steps::{connect_an_app_to_symbl, connect_to_symbl, find_at_symbl, on_write, row, status},
    wire::{assert_arrived, symbl_exchange, symbl_put, symbl_read, symbl_test},
};

const EXPIRED: &str = r#"{"message":"Token validation failed for provided token."}"#;
const EXCHANGE: &str = "/oauth2/token:generate";

#[test]
fn a_member_gets_another_name_at_symbl() {
    in_chromium(|page, site| {
        connect_to_symbl(page);
        find_at_symbl(page, symbl::CONVERSATION, symbl::MEMBER, "John");
        page.sees("john@example.com");
        page.fill("Name", "Jón Ólafsson");
        page.press("Check the change");
        page.heading("Check the change to John");
        assert_eq!(page.rows(), [["Name", "John", "Jón Ólafsson"]]);
        page.sees("Some action items may keep the old name.");
        page.press("The request that will be sent");
        page.sees("Authorization: Bearer $TOKEN");
        page.press("Update John in Symbl.ai");
        page.heading("John was updated in Symbl.ai");
        assert_eq!(page.rows(), [row(["Name", "John", "Jón Ólafsson", "Jón Ólafsson As asked"])]);
        let read = || symbl_read(&site.symbl, symbl::CONVERSATION);
        // The address that is on file goes along.
        let body =
            format!(r#"{{"id":"{}","name":"Jón Ólafsson","email":"john@example.com"}}"#, symbl::MEMBER);
        let put = symbl_put(&site.symbl, symbl::CONVERSATION, symbl::MEMBER, &body);
        assert_arrived(&site.symbl, &[symbl_test(&site.symbl), read(), read(), put, read()]);

        // Who never gave an address is sent without one.
        page.press("Choose another conversation member");
        site.symbl.reset();
        find_at_symbl(page, symbl::CONVERSATION_SPEAKERS, symbl::MEMBER_SPEAKER_1, "Speaker 1");
        page.sees("On file: No address");
        page.fill("Name", "Amélie");
        page.press("Check the change");
        page.press("Update Speaker 1 in Symbl.ai");
        page.heading("Speaker 1 was updated in Symbl.ai");
        let body = format!(r#"{{"id":"{}","name":"Amélie"}}"#, symbl::MEMBER_SPEAKER_1);
        assert_eq!(bodies(&site.symbl, "PUT"), [body]);

        // And the way back is a change like any other.
        page.press("Undo this change");
        page.heading("Check the change to Amélie");
        assert_eq!(page.rows(), [["Name", "Amélie", "Speaker 1"]]);
        page.press("Update Amélie in Symbl.ai");
        page.heading("Amélie was updated in Symbl.ai");
        assert_eq!(site.symbl.counters().applied, 2);
    });
}

#[test]
fn an_app_id_and_its_secret_are_exchanged_for_a_token() {
    in_chromium(|page, site| {
        page.open("#/symbl");
        assert_eq!(page.chosen("Sign in with"), "Access token");
        page.choose("Sign in with", "App ID and App Secret");
        page.fill("App ID", symbl::APP_ID);
        assert_eq!(page.attribute("App Secret", "type"), "password");
        page.press("Connect");
        page.problem("App Secret", "Enter “App Secret”.");
        let wrong = symbl::APP_SECRET_READ_ONLY;
        page.fill("App Secret", wrong);
        page.press("Connect");
        page.problem(
            "App Secret",
            "Symbl.ai does not know this App ID with this App Secret. Copy both again from the home page of the \
             Symbl.ai platform.",
        );
        watch::assert_secret_is_nowhere(page, wrong);
        site.symbl.reset();

        page.fill("App ID", symbl::APP_ID);
        page.fill("App Secret", symbl::APP_SECRET);
        page.press("Connect");
        page.heading("Which conversation member?");
        page.sees("The sign-in is good until ");
        watch::assert_secret_is_nowhere(page, symbl::APP_SECRET);
        // The relay leaves the colon as it is, and no token goes with what asks for one.
        assert_eq!(site.symbl.arrived()[0].target, EXCHANGE);
        assert_eq!(raw(&site.symbl)[0], symbl_exchange(&site.symbl));
        let token = token(&site.symbl);
        assert_eq!(raw(&site.symbl)[1], symbl_test(&site.symbl).replace(symbl::TOKEN, &token));
        watch::assert_secret_is_nowhere(page, &token);

        find_at_symbl(page, symbl::CONVERSATION_LARGE, symbl::MEMBER_WANG, "王小明");
        page.fill("Name", "王大明");
        page.press("Check the change");
        page.press("The request that will be sent");
        page.sees("Authorization: Bearer $TOKEN");
        page.press("Update 王小明 in Symbl.ai");
        page.heading("王小明 was updated in Symbl.ai");
        watch::assert_secret_is_nowhere(page, &token);
        assert_eq!(exchanges(&site.symbl), 1);

        // Whoever signs out signs in anew.
        page.press("Choose another conversation member");
        page.press("Sign out");
        page.heading("Connect to Symbl.ai");
        page.press("Connect");
        page.problem("App ID", "Enter “App ID”.");
        assert_eq!(exchanges(&site.symbl), 1);
    });
}

#[test]
fn a_sign_in_that_ends_is_renewed_without_asking() {
    in_chromium(|page, site| {
        connect_an_app_to_symbl(page);
        find_at_symbl(page, symbl::CONVERSATION, symbl::MEMBER, "John");
        page.fill("Name", "Jon");
        page.press("Check the change");
        page.heading("Check the change to John");
        assert_eq!(exchanges(&site.symbl), 1);

        // Its time is over: nobody asks with it any more.
        symbl::expire_tokens(&site.symbl);
        later(page, 25 * 3600);
        page.press("Update John in Symbl.ai");
        page.heading("John was updated in Symbl.ai");
        assert_eq!(exchanges(&site.symbl), 2);
        let refused =
            |server: &Server| server.arrived().iter().filter(|arrived| arrived.status == Some(401)).count();
        assert_eq!(refused(&site.symbl), 0);
        assert_eq!(site.symbl.counters().applied, 1);

        // It ends before its time: the refusal of the write is not the end of the change.
        page.press("Make another change");
        page.heading("Jon");
        page.fill("Name", "Johnny");
        page.press("Check the change");
        page.heading("Check the change to Jon");
        later(page, 120);
        site.symbl.fail(on_write(status(401, EXPIRED)));
        page.press("Update Jon in Symbl.ai");
        page.heading("Jon was updated in Symbl.ai");
        assert_eq!((exchanges(&site.symbl), refused(&site.symbl)), (3, 1));
        assert_eq!(site.symbl.counters().applied, 2);

        // The provider has forgotten it: the read before sending says so.
        page.press("Make another change");
        page.heading("Johnny");
        page.fill("Name", "Jo");
        page.press("Check the change");
        page.heading("Check the change to Johnny");
        later(page, 120);
        symbl::expire_tokens(&site.symbl);
        page.press("Update Johnny in Symbl.ai");
        page.heading("Johnny was updated in Symbl.ai");
        assert_eq!((exchanges(&site.symbl), refused(&site.symbl)), (4, 2));
        assert_eq!(site.symbl.counters().applied, 3);
    });
}

#[test]
fn a_pasted_token_that_ends_is_asked_for_again_and_what_was_typed_is_kept() {
    in_chromium(|page, site| {
        // Somebody generates a token elsewhere, and it is good for two hours.
        symbl::set_token_life(&site.symbl, 7200);
        page.open("#/symbl");
        page.heading("Connect to Symbl.ai");
        page.paste("Access token", &generate(page));
        page.press("Connect");
        page.heading("Which conversation member?");
        page.sees("The sign-in is good until ");
        find_at_symbl(page, symbl::CONVERSATION, symbl::MEMBER_ROISIN, "Róisín O’Brien");
        page.fill("Name", "Róisín Ní Bhriain");
        page.fill("E-mail address", "roisin@example.ie");
        page.press("Check the change");
        page.heading("Check the change to Róisín O’Brien");
        site.symbl.reset();

        symbl::expire_tokens(&site.symbl);
        page.press("Update Róisín O’Brien in Symbl.ai");
        page.heading("Sign in again to go on");
        page.sees(
            "The access token is wrong or has expired. Generate a new one. Tokens last 24 hours at most.",
        );
        page.sees("Nothing was changed, and what you entered is kept.");
        assert_eq!((exchanges(&site.symbl), site.symbl.counters().writes), (0, 0));
        page.press("Go back");
        page.heading("Róisín O’Brien");
        assert_eq!(page.value("Name"), "Róisín Ní Bhriain");
        assert_eq!(page.value("E-mail address"), "roisin@example.ie");
        page.press("Check the change");
        page.press("Update Róisín O’Brien in Symbl.ai");
        page.heading("Sign in again to go on");
        page.fill("Access token", symbl::TOKEN);
        page.press("Connect");
        page.heading("Róisín O’Brien was updated in Symbl.ai");
        assert_eq!(site.symbl.counters().applied, 1);
        let member = site.symbl.member(symbl::MEMBER_ROISIN).expect("she is there");
        assert_eq!(member["name"], "Róisín Ní Bhriain");
        assert_eq!(member["email"], "roisin@example.ie");
    });
}

#[test]
fn what_symbl_cannot_do_is_refused_before_anything_is_sent() {
    in_chromium(|page, site| {
        connect_to_symbl(page);
        find_at_symbl(page, symbl::CONVERSATION, symbl::MEMBER, "John");
        page.fill("E-mail address", "");
        page.press("Check the change");
        let kept = "“E-mail address” cannot be emptied. Symbl.ai has no way to take an address away again.";
        page.problem("E-mail address", kept);
        page.fill("E-mail address", "john@");
        page.press("Check the change");
        let form = "“E-mail address” must be an e-mail address, as in name@example.com.";
        page.problem("E-mail address", form);
        page.fill("E-mail address", "john@example.com");
        for blank in ["", "   "] {
            page.fill("Name", blank);
            page.press("Check the change");
            page.problem("Name", "“Name” cannot be emptied. A member of a conversation must have a name.");
        }
        assert_eq!(site.symbl.counters().writes, 0);
    });
}

#[test]
fn two_members_become_one_only_when_that_is_typed() {
    in_chromium(|page, site| {
        connect_to_symbl(page);
        find_at_symbl(page, symbl::CONVERSATION_SPEAKERS, symbl::MEMBER_SPEAKER_1, "Speaker 1");
        page.fill("E-mail address", "John@example.com");
        page.press("Check the change");
        page.heading("Check the change to Speaker 1");
        page.sees(
            "This address belongs to John Doe. Symbl.ai joins Speaker 1 into John Doe: everything that Speaker 1 said \
             will be shown as said by John Doe, and Speaker 1 is gone from the conversation. This cannot be undone.",
        );
        let (confirm, says) = ("To go on, type Speaker 1", "Type “Speaker 1” exactly as it stands here.");
        page.press("Update Speaker 1 in Symbl.ai");
        page.problem(confirm, says);
        page.fill(confirm, "speaker 1");
        page.press("Update Speaker 1 in Symbl.ai");
        page.problem(confirm, says);
        assert_eq!(site.symbl.counters().writes, 0);
        page.fill(confirm, "Speaker 1");
        page.press("Update Speaker 1 in Symbl.ai");
        page.heading("Speaker 1 is gone from Symbl.ai, as intended");
        page.sees("Symbl.ai was asked again afterwards, and has no such record any more.");
        assert_eq!(
            page.rows(),
            [row(["E-mail address", "No address", "John@example.com", "Gone As intended"])]
        );
        let messages = |id| symbl::messages(&site.symbl, symbl::CONVERSATION_SPEAKERS, id);
        assert_eq!((messages(symbl::MEMBER_SPEAKER_1), messages(symbl::MEMBER_JOHN_DOE)), (0, 4));
        assert_eq!(site.symbl.counters().applied, 1);
        page.lacks("Undo this change");
        page.lacks("Make another change");

        page.press("Choose another conversation member");
        page.press("Show what is on file");
        page.problem("Member ID", NOT_THERE);
    });
}

const NOT_THERE: &str = "Symbl.ai has no conversation member with this “Member ID”. It may have been removed or joined \
    into another. Check what you entered.";

#[test]
fn long_ids_arrive_digit_by_digit_and_a_member_of_another_conversation_is_not_taken_for_this_one() {
    in_chromium(|page, site| {
        connect_to_symbl(page);
        find_at_symbl(page, symbl::CONVERSATION_LONG_ID, symbl::MEMBER_LONG_ID, "Nadia Okafor");
        page.fill("Name", "Nadia");
        page.press("Check the change");
        page.press("Update Nadia Okafor in Symbl.ai");
        page.heading("Nadia Okafor was updated in Symbl.ai");
        let body = format!(
            r#"{{"id":"{}","name":"Nadia","email":"nadia.okafor@example.com"}}"#,
            symbl::MEMBER_LONG_ID
        );
        let put = symbl_put(&site.symbl, symbl::CONVERSATION_LONG_ID, symbl::MEMBER_LONG_ID, &body);
        assert!(raw(&site.symbl).contains(&put));

        page.press("Choose another conversation member");
        page.fill("Conversation ID", symbl::CONVERSATION_LONG_ID_TOO);
        page.press("Show what is on file");
        page.problem("Member ID", NOT_THERE);
        // One digit further on is somebody else.
        find_at_symbl(page, symbl::CONVERSATION, symbl::MEMBER_MARY, "Mary");
        page.press("Choose another conversation member");
        page.fill("Conversation ID", "4549300882243585");
        page.press("Show what is on file");
        page.problem(
            "Conversation ID",
            "Symbl.ai has no conversation with this ID. Copy the conversation ID again. It may belong to another \
             account.",
        );
        page.fill("Conversation ID", "Sprint review");
        page.press("Show what is on file");
        page.problem("Conversation ID", "A conversation ID has digits only. Copy it again, all of it.");
        page.paste(
            "Conversation ID",
            "https://api.symbl.ai/v1/conversations/6549352073920512/members/50123212234535646",
        );
        page.press("Show what is on file");
        page.heading("Róisín O’Brien");
    });
}

/// From now on it is so many seconds later for the page, as after a long pause.
#[track_caller]
fn later(page: &Page, seconds: u32) {
    let script = "const now = Date.now; Date.now = () => now() + 1000 * arguments[0]";
    page.script(&script.replace("arguments[0]", &seconds.to_string()), json!([]));
}

/// Somebody exchanges the app's secret elsewhere, and has the token in hand.
#[track_caller]
fn generate(page: &Page) -> String {
    let script = "
        const [appId, appSecret, done] = arguments;
        const body = JSON.stringify({ type: 'application', appId, appSecret });
        const headers = { 'Content-Type': 'application/json', Accept: 'application/json' };
        fetch('relay/symbl/oauth2/token:generate', { method: 'POST', body, headers })
            .then((answer) => answer.json()).then((json) => done(json.accessToken), () => done(null));
    ";
    let token = page.until("a token", async |client| {
        let given = vec![json!(symbl::APP_ID), json!(symbl::APP_SECRET)];
        client.execute_async(script, given).await.map(Some)
    });
    token.as_str().expect("an access token").to_owned()
}

fn raw(server: &Server) -> Vec<String> {
    server.arrived().iter().map(|arrived| String::from_utf8_lossy(&arrived.raw).into_owned()).collect()
}

fn bodies(server: &Server, method: &str) -> Vec<String> {
    let arrived = server.arrived().into_iter().filter(|arrived| arrived.method == method);
    arrived.map(|arrived| String::from_utf8_lossy(&arrived.body).into_owned()).collect()
}

fn exchanges(server: &Server) -> usize {
    server.arrived().iter().filter(|arrived| arrived.target == EXCHANGE).count()
}

/// The token that came with the last request.
#[track_caller]
fn token(server: &Server) -> String {
    let arrived = server.arrived();
    let last = arrived.last().and_then(|last| last.header("authorization"));
    last.and_then(|value| value.strip_prefix("Bearer ")).expect("a token").to_owned()
}
