//! A member of a survey panel at Toluna: a secret that is part of an address, answers in rows, and data that is erased.

use browser_tests::{in_chromium, watch};
use serde_json::json;
use simulated::{Canned, Effect, Server, toluna};

use crate::{
    steps::{
        FRANCE, UNITED_KINGDOM, connect_to_toluna, fill_date, on_read, on_write, open_at_toluna, row, status,
    },
    wire::{assert_arrived, toluna_put, toluna_read},
};

const NOT_FOUND: &str = "Toluna finds no member with this code in this panel. Check the code and the panel: each country \
    has its own. A member whose data was erased cannot be found again.";

#[test]
fn two_panels_are_kept_apart_in_one_visit() {
    in_chromium(|page, site| {
        page.open("#/toluna");
        page.heading("Connect to Toluna");
        page.fill("Name of the panel", "United Kingdom");
        page.paste("Partner GUID of the panel", "93A6D55C-D4E7-49FC-8D68-671165ADE46");
        page.press("Connect");
        page.problem(
            "Partner GUID of the panel",
            "A Partner GUID has 32 digits and letters from A to F, in five groups: 8-4-4-4-12. Ask your Toluna \
             contact for yours.",
        );
        page.sees("The secret is part of an address");
        page.sees("A proxy or a firewall may write addresses down, so use one that you trust.");
        assert_eq!(page.attribute("Partner GUID of the panel", "type"), "password");
        page.fill("Partner GUID of the panel", toluna::PANEL_UK);
        page.press("Connect");
        page.heading("Which panel member?");
        page.sees("Toluna · Live · United Kingdom");
        page.fill("Member code", toluna::MEMBER);
        page.press("Show what is on file");
        page.heading(toluna::MEMBER);
        page.sees("21 June 1992, SW1A 1AA");

        page.press("Choose another panel member");
        page.press("Use another panel");
        page.heading("Connect to Toluna");
        page.sees("Go on with United Kingdom");
        page.fill("Name of the panel", "France");
        page.fill("Partner GUID of the panel", toluna::PANEL_FRANCE);
        page.press("Connect");
        page.heading("Which panel member?");
        page.sees("Toluna · Live · France");
        // What named a member of the other panel is not typed here.
        assert_eq!(page.value("Member code"), "");
        page.fill("Member code", toluna::MEMBER_TELLING);
        page.press("Show what is on file");
        page.problem("Member code", NOT_FOUND);
        page.fill("Member code", toluna::MEMBER_REGISTRATION);
        page.press("Show what is on file");
        page.heading(toluna::MEMBER_REGISTRATION);
        page.sees("11 July 2000, 75001");

        page.press("Choose another panel member");
        page.press("Use another panel");
        page.sees("Go on with France");
        page.press("Go on with United Kingdom");
        page.heading("Which panel member?");
        page.sees("Toluna · Live · United Kingdom");
        page.fill("Member code", toluna::MEMBER_YEAR_FIRST);
        page.press("Show what is on file");
        page.heading(toluna::MEMBER_YEAR_FIRST);
        page.sees("Toluna · Live · United Kingdom");
        page.sees("21 June 1992, EC1V 9BD");
        let panels: Vec<bool> =
            site.toluna.arrived().iter().map(|arrived| arrived.target.contains(toluna::PANEL_UK)).collect();
        assert_eq!(panels, [true, false, false, true]);
        assert_eq!(site.toluna.counters().too_fast, 0);
    });
}

#[test]
fn only_what_changes_goes_to_toluna() {
    in_chromium(|page, site| {
        open_at_toluna(page, UNITED_KINGDOM, toluna::MEMBER_ENCODED);
        page.sees("21 June 1992");
        fill_date(page, ["31", "2", "1992"]);
        page.press("Check the change");
        page.problem(
            "Date of birth",
            "“Date of birth” must be a day of the calendar, as in 21 June 1985 (1985-06-21).",
        );
        fill_date(page, ["1", "1", "2990"]);
        page.press("Check the change");
        page.problem("Date of birth", "“Date of birth” must be a day that has come already.");
        fill_date(page, ["7", "11", "1992"]);
        page.fill("Postcode", " ");
        page.press("Check the change");
        page.problem("Postcode", "“Postcode” cannot be emptied. Toluna refuses an empty postcode.");
        page.fill("Postcode", "M1 1AF");
        page.press("Check the change");
        page.heading("Check the change to A&B 7/x");
        let birth = ["Date of birth", "21 June 1992", "7 November 1992"];
        assert_eq!(page.rows(), [birth, ["Postcode", "M1 1AE", "M1 1AF"]]);
        page.press("The request that will be sent");
        page.sees(r#""PartnerGUID":"$PARTNERGUID""#);
        watch::assert_secret_is_nowhere(page, toluna::PANEL_UK);
        page.press("Update A&B 7/x in Toluna");
        page.sees("There is a pause between two calls to Toluna. Going on in 1 second …");
        page.heading("A&B 7/x was updated in Toluna");
        let birth = row(["Date of birth", "21 June 1992", "7 November 1992", "7 November 1992 As asked"]);
        assert_eq!(page.rows(), [birth, row(["Postcode", "M1 1AE", "M1 1AF", "M1 1AF As asked"])]);
        page.press("Details for support");
        page.sees(r#""PartnerGUID":"$PARTNERGUID""#);
        watch::assert_secret_is_nowhere(page, toluna::PANEL_UK);

        // Each asks for the second version, and the code arrives as it was typed.
        let read = || toluna_read(&site.toluna, "A%26B%207%2Fx");
        let rest = r#""BirthDate":"11/07/1992","PostalCode":"M1 1AF""#;
        let put = toluna_put(&site.toluna, toluna::PANEL_UK, "A&B 7/x", rest);
        assert_arrived(&site.toluna, &[read(), read(), put, read()]);
        assert_eq!(site.toluna.counters().too_fast, 0);
    });
}

#[test]
fn one_profile_answer_is_sent_alone() {
    in_chromium(|page, site| {
        open_at_toluna(page, UNITED_KINGDOM, toluna::MEMBER);
        page.sees("This member’s answers are kept in the older form, “Profile answers”.");
        page.lacks("Remove");
        page.press("Change Education (2002275)");
        assert_eq!(page.value("Question ID"), "1001101");
        page.fill("Answer ID", "2796306+2002275");
        page.press("Add or change answer");
        page.sees("“Answer ID” of “Profile answers” can be one only here.");
        page.fill("Answer ID", "2796306");
        page.press("Add or change answer");
        page.sees("Will be changed");
        page.fill("Question ID", "1001032");
        page.fill("Answer ID", "x");
        page.press("Check the change");
        page.problem("Profile answers", "“Profile answers” must be a number, as in 12.");
        page.fill("Question ID", "");
        page.fill("Answer ID", "");
        page.press("Check the change");
        page.heading("Check the change to 1601440000");
        page.press("Update 1601440000 in Toluna");
        page.heading("1601440000 was updated in Toluna");
        let rest = r#""AnsweredQuestions":[{"QuestionID":1001101,"AnswerID":2796306}]"#;
        let put = toluna_put(&site.toluna, toluna::PANEL_UK, toluna::MEMBER, rest);
        assert_eq!(only_write(&site.toluna), put);
        assert_eq!(site.toluna.counters().too_fast, 0);

        // An answer that Toluna does not know: it repeats all that was sent, and the page does not.
        page.press("Make another change");
        page.heading(toluna::MEMBER);
        fill_date(page, ["21", "6", "1993"]);
        page.press("Change Gender (male)");
        page.fill("Answer ID", "2000999");
        page.press("Check the change");
        page.press("Update 1601440000 in Toluna");
        page.heading("Toluna refused the change to 1601440000");
        page.sees("Toluna does not accept one of the answers or details.");
        page.sees("Toluna says: Cannot Register MemberCode:•••. An attribute is invalid: •••");
        page.lacks("1993\"");
        page.lacks("06/21/1993");
        page.press("Details for support");
        page.sees("Status 400");
        watch::assert_secret_is_nowhere(page, toluna::PANEL_UK);
        assert_eq!(site.toluna.counters().applied, 1);
    });
}

#[test]
fn registration_answers_can_be_several_and_can_have_words() {
    in_chromium(|page, site| {
        open_at_toluna(page, FRANCE, toluna::MEMBER_REGISTRATION);
        page.sees("This member’s answers are kept in the newer form, “Registration answers”.");
        page.press("Change 1012227 (3055267, 3055271)");
        assert_eq!(page.value("Answer IDs"), "3055267+3055271");
        page.fill("Answer IDs", "3055267+3055272");
        page.press("Add or change answer");
        page.press("Change City (2224508: Besançon)");
        page.fill("Answer IDs", "2224508: Saint-Étienne");
        page.press("Check the change");
        page.heading("Check the change to FR-1012227");
        page.press("Update FR-1012227 in Toluna");
        page.heading("FR-1012227 was updated in Toluna");
        let rest = r#""RegistrationAnswers":[{"QuestionID":1012227,"Answers":[{"AnswerID":3055267},{"AnswerID":3055272}]},{"QuestionID":1001032,"Answers":[{"AnswerID":2224508,"AnswerValue":"Saint-Étienne"}]}]"#;
        let put = toluna_put(&site.toluna, toluna::PANEL_FRANCE, toluna::MEMBER_REGISTRATION, rest);
        assert_eq!(only_write(&site.toluna), put);
        page.press("Undo this change");
        page.heading("Check the change to FR-1012227");
        page.press("Update FR-1012227 in Toluna");
        page.heading("FR-1012227 was updated in Toluna");
        let member = site.toluna.member(toluna::MEMBER_REGISTRATION).expect("it is there");
        assert_eq!(member["RegistrationAnswers"][3]["Answers"][1]["AnswerID"], 3_055_271);
        assert_eq!(member["RegistrationAnswers"][4]["Answers"][0]["AnswerValue"], "Besançon");
        assert_eq!(site.toluna.counters().too_fast, 0);
    });
}

#[test]
fn what_toluna_does_not_tell_is_accepted_and_not_proved() {
    in_chromium(|page, site| {
        open_at_toluna(page, UNITED_KINGDOM, toluna::MEMBER_YEAR_FIRST);
        page.choose("Test member", "Yes, a test member");
        page.choose("Takes part in surveys", "No, not active");
        page.fill("Postcode", "EC1V 9BE");
        page.press("Check the change");
        page.heading("Check the change to AUniquePartnerCode");
        page.sees("A test member passes by Toluna’s checks for duplicates");
        page.sees("AUniquePartnerCode is not offered surveys any more, until somebody sets this back.");
        page.sees("Toluna may not tell it afterwards, and then nothing proves it.");
        let send = "Update AUniquePartnerCode in Toluna";
        page.press(send);
        page.problem("I understand, and want to go on", "Tick the box to show that you have read this.");
        assert_eq!(site.toluna.counters().writes, 0);
        page.tick("I understand, and want to go on");
        page.press(send);
        page.heading("Toluna accepted the change to AUniquePartnerCode");
        let now: Vec<String> = page.rows().into_iter().filter_map(|mut row| row.pop()).collect();
        let not_told = "Not told by the provider Not told";
        assert_eq!(now, [not_told, "EC1V 9BE As asked", not_told]);
        let member = site.toluna.member(toluna::MEMBER_YEAR_FIRST).expect("it is there");
        assert_eq!((&member["IsTest"], &member["IsActive"]), (&true.into(), &false.into()));

        // Of another member it tells everything.
        page.press("Choose another panel member");
        page.fill("Member code", toluna::MEMBER_TELLING);
        page.press("Show what is on file");
        page.heading(toluna::MEMBER_TELLING);
        page.choose("Takes part in surveys", "No, not active");
        page.press("Check the change");
        page.press("Update IP-Telling-4 in Toluna");
        page.heading("IP-Telling-4 was updated in Toluna");
        let proof = ["Takes part in surveys", "Yes, active", "No, not active", "No, not active As asked"];
        assert_eq!(page.rows(), [row(proof)]);
    });
}

#[test]
fn erasing_takes_its_own_button_and_a_typed_word_and_leaves_nothing() {
    in_chromium(|page, site| {
        open_at_toluna(page, UNITED_KINGDOM, toluna::MEMBER);
        // What stands on the form does not go along.
        page.fill("Postcode", "SW1A 2AA");
        page.sees("When a member asks to be forgotten. It cannot be undone.");
        page.press("Erase personal data");
        page.press("Go on without it");
        page.heading("Check the change to 1601440000");
        assert_eq!(page.rows()[0][0], "Personal data");
        assert_eq!(page.rows().len(), 1);
        page.sees(
            "Afterwards nobody can find or change this member. This cannot be undone, not even by Toluna.",
        );
        let (send, confirm) = ("Erase personal data: 1601440000", "To go on, type 1601440000");
        page.press(send);
        page.problem(confirm, "Type “1601440000” exactly as it stands here.");
        page.fill(confirm, "160144000");
        page.press(send);
        page.problem(confirm, "Type “1601440000” exactly as it stands here.");
        assert_eq!(site.toluna.counters().writes, 0);
        page.fill(confirm, "1601440000");
        page.press(send);
        page.heading("1601440000 is gone from Toluna, as intended");
        page.sees("This page keeps nothing of what it knew. What you see goes when you leave it.");
        for offer in ["Undo this change", "Make another change", "Details for support"] {
            page.lacks(offer);
        }
        let put = toluna_put(&site.toluna, toluna::PANEL_UK, toluna::MEMBER, r#""IsPIIDataRegulated":true"#);
        assert_eq!(only_write(&site.toluna), put);
        assert_eq!(site.toluna.counters().too_fast, 0);

        page.press("Choose another panel member");
        page.heading("Which panel member?");
        assert_eq!(page.value("Member code"), "");
        for known in [toluna::MEMBER, "SW1A", "1992", "2002275"] {
            watch::assert_secret_is_nowhere(page, known);
        }
        page.fill("Member code", toluna::MEMBER);
        page.press("Show what is on file");
        page.problem("Member code", NOT_FOUND);
    });
}

const FIRST_VERSION: &str = r#"{"MemberCode":"1601440000","LanguageID":2000240,"Language":"English","CountryID":2000077,"Country":"United Kingdom","GenderID":2000247,"Gender":"Male","EducationID":2002275,"Education":"Postgraduate/Phd","IncomeID":2002330,"Income":"","EthnicityID":2000270,"Ethnicity":"","RaceID":0,"Race":"","WorkPositionID":2796316,"WorkPosition":"Retired","Active":true,"Email":"1601440000@example.com","BirthDate":"Sunday, June 21, 1992","PostalCode":"SW1A 1AA","PanelistStatusTypeID":1,"CultureID":5,"SubProvinceID":"0"}"#;

#[test]
fn an_answer_of_the_old_version_is_known_and_nothing_is_written_on_it() {
    in_chromium(|page, site| {
        let old = || Effect::InsteadBefore(Canned::new(200, FIRST_VERSION));
        site.toluna.fail(on_read("Respondent", old()));
        connect_to_toluna(page, UNITED_KINGDOM);
        page.fill("Member code", toluna::MEMBER);
        page.press("Show what is on file");
        page.heading("The record could not be read");
        page.sees(
            "The old version of Toluna’s service answered, because the proxy changed the Accept header.",
        );
        page.sees("Ask the owner of the proxy to let that header through unchanged.");
        page.press("Try again");
        page.heading(toluna::MEMBER);
        page.fill("Postcode", "SW1A 2AA");
        page.press("Check the change");
        page.heading("Check the change to 1601440000");
        site.toluna.fail(on_read("Respondent", old()));
        page.press("Update 1601440000 in Toluna");
        page.heading("The record could not be read");
        page.sees("Nothing was changed. What you entered is kept.");
        assert_eq!(site.toluna.counters().writes, 0);

        // After the write it is no yes: what was made of it is read.
        site.toluna.fail(on_write(old()));
        page.press("Try again");
        page.heading("1601440000 does not show the change so far in Toluna");
        page.sees("Toluna answered as its old version does, because the proxy changed the Accept header.");
        let counters = site.toluna.counters();
        assert_eq!((counters.writes, counters.applied, counters.too_fast), (1, 0, 0));
    });
}

#[test]
fn a_member_that_is_not_there_is_told_in_the_same_words_however_toluna_says_it() {
    in_chromium(|page, site| {
        connect_to_toluna(page, UNITED_KINGDOM);
        page.fill("Member code", "nobody-1");
        page.press("Show what is on file");
        page.problem("Member code", NOT_FOUND);
        let guid = toluna::PANEL_UK;
        let words =
            format!(r#"{{"Message":"No member found with member code nobody-2 and partner Guid {guid}"}}"#);
        site.toluna.fail(on_read("Respondent", status(404, &words)));
        page.fill("Member code", "nobody-2");
        page.press("Show what is on file");
        page.problem("Member code", NOT_FOUND);
        watch::assert_secret_is_nowhere(page, guid);

        // Who is blocked is found, and every change is refused.
        page.fill("Member code", toluna::MEMBER_BLOCKED);
        page.press("Show what is on file");
        page.heading(toluna::MEMBER_BLOCKED);
        page.fill("Postcode", "BT1 5GT");
        page.press("Check the change");
        page.press("Update IP-Blocked-7 in Toluna");
        page.heading("Toluna refused the change to IP-Blocked-7");
        page.sees("Toluna has blocked this member for abuse. Ask your Toluna contact. Nothing was changed.");
        assert_eq!(site.toluna.counters().too_fast, 0);
    });
}

#[test]
fn the_secret_of_an_address_is_not_left_in_the_timeline() {
    in_chromium(|page, _| {
        open_at_toluna(page, UNITED_KINGDOM, toluna::MEMBER);
        let timeline = page.script("return JSON.stringify(performance.getEntries())", json!([]));
        assert!(!timeline.as_str().unwrap_or_default().contains(toluna::PANEL_UK));
    });
}

/// The one write that arrived.
#[track_caller]
fn only_write(server: &Server) -> String {
    let writes: Vec<_> = server.arrived().into_iter().filter(|arrived| arrived.method == "PUT").collect();
    assert_eq!(writes.len(), 1, "one write");
    String::from_utf8_lossy(&writes[0].raw).into_owned()
}
