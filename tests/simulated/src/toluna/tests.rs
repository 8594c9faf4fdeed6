use super::*;
use crate::client::{Client, Got};
use crate::{Effect, Fault, Ports, Server, Simulated};

mod pauses;

const PATH: &str = "/IntegratedPanelService/api/Respondent";
const SECOND: (&str, &str) = ("Accept", "application/json;version=2.0");
const JSON: (&str, &str) = ("Content-Type", "application/json");

/// Without the pause between calls, which has tests of its own.
fn start() -> Simulated {
    let simulated = Simulated::start(Ports::default()).expect("loopback has free ports");
    simulated.toluna.lift_limit();
    simulated
}

fn lookup(panel: &str, code: &str) -> String {
    let code = code.replace('%', "%25").replace('&', "%26").replace(' ', "%20").replace('/', "%2F");
    format!("{PATH}/?memberCode={code}&partnerGUID={panel}")
}

#[track_caller]
fn get(server: &Server, panel: &str, code: &str) -> Got {
    Client::connect(&server.address()).ask("GET", &lookup(panel, code), &[SECOND], None)
}

/// Sends an update with these fields for a member of the panel of the United Kingdom.
#[track_caller]
fn put(server: &Server, code: &str, fields: Value) -> Got {
    put_text(server, &body(PANEL_UK, code, fields))
}

#[track_caller]
fn put_text(server: &Server, body: &str) -> Got {
    Client::connect(&server.address()).ask("PUT", PATH, &[SECOND, JSON], Some(body))
}

fn body(panel: &str, code: &str, fields: Value) -> String {
    let mut body = json!({ "PartnerGUID": panel, "MemberCode": code });
    for (key, value) in fields.as_object().expect("an object") {
        body[key] = value.clone();
    }
    body.to_string()
}

#[track_caller]
fn state(server: &Server, code: &str) -> Value {
    server.member(code).expect("seeded")
}

#[track_caller]
fn assert_refused(got: &Got, status: u16, words: &str) {
    assert_eq!((got.status, got.json()), (status, json!({ "Message": words })));
}

/// An update is refused with 400 and changes nothing.
#[track_caller]
fn check_bad(fields: Value, words: &str) {
    let simulated = start();
    assert_refused(&put(&simulated.toluna, MEMBER, fields), 400, words);
    assert_eq!(simulated.toluna.counters().applied, 0);
}

#[test]
fn a_lookup_tells_what_the_real_one_tells() {
    let simulated = start();
    let got = get(&simulated.toluna, PANEL_UK, MEMBER);
    assert_eq!((got.status, got.header("Content-Type")), (200, Some("application/json; charset=utf-8")));
    let told = got.json();
    let keys: Vec<&str> = told.as_object().expect("an object").keys().map(String::as_str).collect();
    let expected =
        ["PartnerGUID", "MemberCode", "BirthDate", "PostalCode", "IsPIIDataRegulated", "AnsweredQuestions"];
    assert_eq!(keys, expected);
    assert_eq!((&told["BirthDate"], &told["PostalCode"]), (&json!("1992-06-21"), &json!("SW1A 1AA")));
    assert_eq!(told["AnsweredQuestions"][6], json!({ "QuestionID": 1012395, "AnswerID": 3056609 }));
    let all = state(&simulated.toluna, MEMBER);
    assert_eq!((&all["IsActive"], &all["IsTest"]), (&json!(true), &json!(false)));
    assert_eq!(all["Email"], "1601440000@example.com");
}

#[test]
fn members_differ_in_what_they_tell() {
    let simulated = start();
    let told = |panel, code| get(&simulated.toluna, panel, code).json();
    assert_eq!(told(PANEL_UK, MEMBER_YEAR_FIRST)["BirthDate"], "1992/6/21");
    assert_eq!(told(PANEL_UK, MEMBER_ENCODED)["BirthDate"], "6/21/1992");
    let telling = told(PANEL_UK, MEMBER_TELLING);
    assert_eq!((&telling["IsActive"], &telling["IsTest"]), (&json!(true), &json!(false)));
    assert_eq!(telling.get("Email"), None);
    let test = told(PANEL_UK, MEMBER_TEST);
    assert_eq!((&test["PostalCode"], test.get("AnsweredQuestions")), (&json!(""), None));
    assert_eq!(state(&simulated.toluna, MEMBER_TEST)["IsTest"], true);
    assert_eq!(state(&simulated.toluna, MEMBER_INACTIVE)["IsActive"], false);
    let french = told(PANEL_FRANCE, MEMBER_REGISTRATION);
    assert_eq!(french.get("AnsweredQuestions"), None);
    assert_eq!(french["RegistrationAnswers"][3]["Answers"].as_array().map(Vec::len), Some(2));
    assert_eq!(french["RegistrationAnswers"][4]["Answers"][0]["AnswerValue"], "Besançon");
}

#[test]
fn a_lookup_is_for_one_code_and_one_panel() {
    let simulated = start();
    let ask = |query: &str| {
        Client::connect(&simulated.toluna.address()).ask("GET", &format!("{PATH}/{query}"), &[SECOND], None)
    };
    for query in [
        format!("?memberCode={MEMBER}&partnerGuid={PANEL_UK}"),
        format!("?partnerGUID={PANEL_UK}&memberCode={MEMBER}"),
        format!("?memberCode=A%26B+7%2Fx&partnerGUID={PANEL_UK}"),
    ] {
        assert_eq!(ask(&query).status, 200, "{query}");
    }
    for query in [
        "".into(),
        format!("?memberCode={MEMBER}"),
        format!("?memberCode={MEMBER}&partnerGUID={PANEL_UK}&x=1"),
        format!("?memberCode={MEMBER}&memberCode={MEMBER}"),
        format!("?MemberCode={MEMBER}&partnerGUID={PANEL_UK}"),
        format!("?memberCode=A&B 7/x&partnerGUID={PANEL_UK}").replace(' ', "+"),
        format!("?memberCode=%FF&partnerGUID={PANEL_UK}"),
    ] {
        assert_refused(&ask(&query), 400, "The query is not memberCode and partnerGUID.");
    }
    let mut client = Client::connect(&simulated.toluna.address());
    let got = client.ask("GET", &lookup(PANEL_UK, MEMBER), &[SECOND], Some("{}"));
    assert_refused(&got, 400, "A GET request has no body.");
}

#[test]
fn who_is_not_found_is_400_to_a_lookup_and_404_to_an_update() {
    let simulated = start();
    for (panel, code) in [
        (PANEL_UK, "Nobody"),
        (PANEL_FRANCE, MEMBER),
        (PANEL_FRANCE, MEMBER_ERASED),
        (&PANEL_UK.to_lowercase(), MEMBER),
        ("XXXXXXXX-XXXX-XXXX-XXXX-XXXXXXXXXXXX", MEMBER),
    ] {
        let words = format!("No member found with member code {code} and partner Guid {panel}");
        assert_refused(&get(&simulated.toluna, panel, code), 400, &words);
        let sent = body(panel, code, json!({ "IsActive": false }));
        assert_refused(&put_text(&simulated.toluna, &sent), 404, &words);
    }
    assert_eq!(simulated.toluna.counters().applied, 0);
}

#[test]
fn other_addresses_and_methods_are_refused() {
    let simulated = start();
    let ask = |method: &str, target: &str| {
        let mut client = Client::connect(&simulated.toluna.address());
        client.ask(method, target, &[SECOND, JSON], None)
    };
    let query = format!("?memberCode={MEMBER}&partnerGUID={PANEL_UK}");
    for (method, target) in [
        ("GET", format!("{PATH}{query}")),
        ("PUT", format!("{PATH}/")),
        ("GET", format!("{}/{query}", PATH.to_lowercase())),
        ("GET", format!("/IntegratedPanelService/api/Respondents/{query}")),
        ("POST", "/".into()),
    ] {
        let words =
            format!("No HTTP resource was found that matches the request URI 'http://127.0.0.1{target}'.");
        assert_refused(&ask(method, &target), 404, &words);
    }
    for method in ["POST", "PATCH", "DELETE"] {
        let got = ask(method, PATH);
        let words = format!("The requested resource does not support http method '{method}'.");
        assert_refused(&got, 405, &words);
        assert_eq!(got.header("Allow"), Some("GET, PUT"));
    }
    assert_refused(&ask("PUT", &format!("{PATH}{query}")), 400, "An update has no query.");
}

#[test]
fn a_success_has_no_body_but_a_detail() {
    let simulated = start();
    let got = put(&simulated.toluna, MEMBER, json!({ "IsActive": false, "Email": "new@example.com" }));
    assert_eq!((got.status, got.body.len(), got.header("Content-Type")), (200, 0, None));
    assert_eq!(
        got.header("TOLUNA_WEBAPI_RESPONSE_DETAIL"),
        Some(r#"{"EnvironmentName":"Simulated","BuildNumber":"1"}"#)
    );
    let all = state(&simulated.toluna, MEMBER);
    assert_eq!((&all["IsActive"], &all["Email"]), (&json!(false), &json!("new@example.com")));
    assert!(simulated.toluna.arrived()[0].applied);
}

#[test]
fn what_is_not_named_stays() {
    let simulated = start();
    let before = state(&simulated.toluna, MEMBER_INACTIVE);
    assert_eq!(put(&simulated.toluna, MEMBER_INACTIVE, json!({ "PostalCode": "CF24 0AA" })).status, 200);
    let mut expected = before;
    expected["PostalCode"] = "CF24 0AA".into();
    assert_eq!(state(&simulated.toluna, MEMBER_INACTIVE), expected, "also the inactive stays so");
    assert_eq!(put(&simulated.toluna, MEMBER_INACTIVE, json!({})).status, 200);
    assert_eq!(state(&simulated.toluna, MEMBER_INACTIVE), expected);
    assert_eq!(simulated.toluna.counters().applied, 1, "nothing was changed by the second");
}

#[test]
fn booleans_come_in_two_spellings() {
    let simulated = start();
    for (sent, is) in [(json!("false"), false), (json!("true"), true), (json!(false), false)] {
        assert_eq!(put(&simulated.toluna, MEMBER, json!({ "IsTest": sent, "IsActive": sent })).status, 200);
        let all = state(&simulated.toluna, MEMBER);
        assert_eq!((&all["IsTest"], &all["IsActive"]), (&json!(is), &json!(is)));
    }
    for odd in [json!(1), json!("yes"), json!(""), json!("True"), json!([true])] {
        check_bad(json!({ "IsActive": odd }), "IsActive is not a boolean.");
    }
}

#[test]
fn a_birth_date_is_sent_in_one_spelling_and_told_in_the_members_own() {
    let simulated = start();
    for (code, told) in
        [(MEMBER, "1985-07-04"), (MEMBER_YEAR_FIRST, "1985/7/4"), (MEMBER_ENCODED, "7/4/1985")]
    {
        assert_eq!(put(&simulated.toluna, code, json!({ "BirthDate": "07/04/1985" })).status, 200);
        assert_eq!(get(&simulated.toluna, PANEL_UK, code).json()["BirthDate"], told);
    }
    for wrong in ["", "7/4/1985", "1985-07-04", "1985/7/4", "02/30/1985", "13/01/1985", "01/01/9999"] {
        check_bad(json!({ "BirthDate": wrong }), "An invalid property: BirthDate.");
    }
}

#[test]
fn an_update_is_json_of_the_right_types_and_nothing_else() {
    check_bad(json!({ "GenderID": 0 }), "GenderID is not known.");
    check_bad(json!({ "Active": true }), "Active is not known.");
    check_bad(json!({ "PostalCode": "" }), "An invalid property: PostalCode.");
    check_bad(json!({ "PostalCode": "  " }), "An invalid property: PostalCode.");
    check_bad(json!({ "PostalCode": 15235 }), "PostalCode is not a string.");
    check_bad(json!({ "Email": "" }), "An invalid property: Email.");
    check_bad(json!({ "Email": "test@test" }), "An invalid property: Email.");
    check_bad(json!({ "PartnerGUID": " " }), "PartnerGUID is required.");
    check_bad(json!({ "MemberCode": 111 }), "MemberCode is not a string.");
    for key in ["IsActive", "PostalCode", "MemberCode", "AnsweredQuestions", "IsPIIDataRegulated"] {
        check_bad(json!({ key: null }), &format!("{key} has no value."));
    }
    let simulated = start();
    for text in ["", "[]", "{", r#"{"MemberCode":"a","MemberCode":"b"}"#, r#"{"MemberCode":"a"}"#] {
        assert_eq!(put_text(&simulated.toluna, text).status, 400, "{text}");
    }
    let sent = body(PANEL_UK, MEMBER, json!({ "IsActive": false }));
    for kind in ["text/plain", "application/x-www-form-urlencoded", ""] {
        let headers = [SECOND, ("Content-Type", kind)];
        let got = Client::connect(&simulated.toluna.address()).ask("PUT", PATH, &headers, Some(&sent));
        assert_eq!(got.status, 415);
    }
    assert_eq!(simulated.toluna.counters().applied, 0);
}

#[test]
fn an_answer_takes_the_place_of_its_question_alone() {
    let simulated = start();
    let answers =
        json!([{ "QuestionID": 1001101, "AnswerID": 2796531 }, { "QuestionID": 1002790, "AnswerID": 7 }]);
    assert_eq!(put(&simulated.toluna, MEMBER_ENCODED, json!({ "AnsweredQuestions": answers })).status, 200);
    let told = get(&simulated.toluna, PANEL_UK, MEMBER_ENCODED).json();
    assert_eq!(
        told["AnsweredQuestions"],
        json!([
            { "QuestionID": 1001007, "AnswerID": 2000246 },
            { "QuestionID": 1001101, "AnswerID": 2796531 },
            { "QuestionID": 1002790, "AnswerID": 7 },
        ])
    );
    assert_eq!(told.get("RegistrationAnswers"), None);

    let sent = body(PANEL_FRANCE, MEMBER_REGISTRATION, json!({ "AnsweredQuestions": answers }));
    assert_eq!(put_text(&simulated.toluna, &sent).status, 200);
    let told = get(&simulated.toluna, PANEL_FRANCE, MEMBER_REGISTRATION).json();
    assert_eq!(
        told["RegistrationAnswers"][2]["Answers"],
        json!([{ "AnswerID": 2796531, "AnswerValue": null }])
    );
    assert_eq!(told["RegistrationAnswers"].as_array().map(Vec::len), Some(6));
    assert_eq!(told.get("AnsweredQuestions"), None);
}

#[test]
fn registration_answers_replace_all_answers_of_a_question() {
    let simulated = start();
    let fields = json!({
        "RegistrationAnswers": [
            { "QuestionID": 1012227, "Answers": [{ "AnswerID": 3055271 }] },
            { "QuestionID": 1001032, "Answers": [{ "AnswerID": 2224508, "AnswerValue": "New York" }] },
        ],
        "AnsweredQuestions": [{ "QuestionID": 1001007, "AnswerID": 2000246 }],
    });
    let sent = body(PANEL_FRANCE, MEMBER_REGISTRATION, fields);
    assert_eq!(put_text(&simulated.toluna, &sent).status, 200);
    let told = get(&simulated.toluna, PANEL_FRANCE, MEMBER_REGISTRATION).json();
    let answers = |at: usize| told["RegistrationAnswers"][at]["Answers"].clone();
    assert_eq!(answers(3), json!([{ "AnswerID": 3055271, "AnswerValue": null }]));
    assert_eq!(answers(4), json!([{ "AnswerID": 2224508, "AnswerValue": "New York" }]));
    assert_eq!(answers(1)[0]["AnswerID"], 2000247, "the other list is ignored");

    let two = json!([{ "QuestionID": 1012227, "Answers": [{ "AnswerID": 1 }, { "AnswerID": 2 }] }]);
    assert_eq!(put(&simulated.toluna, MEMBER_ENCODED, json!({ "RegistrationAnswers": two })).status, 200);
    let told = get(&simulated.toluna, PANEL_UK, MEMBER_ENCODED).json();
    assert_eq!(told["AnsweredQuestions"].as_array().map(Vec::len), Some(2), "it holds one answer each");
    assert_eq!(told["RegistrationAnswers"].as_array().map(Vec::len), Some(3));
}

#[test]
fn answers_are_numbers_each_once() {
    let selected = |answers: Value, words: &str| check_bad(json!({ "AnsweredQuestions": answers }), words);
    selected(json!({}), "AnsweredQuestions is not a list of objects.");
    selected(json!([1]), "AnsweredQuestions is not a list of objects.");
    selected(json!([{ "QuestionID": "1001101", "AnswerID": 1 }]), "QuestionID is not a positive integer.");
    selected(json!([{ "QuestionID": 1001101, "AnswerID": 0 }]), "AnswerID is not a positive integer.");
    selected(json!([{ "QuestionID": 1001101, "AnswerID": 1.5 }]), "AnswerID is not a positive integer.");
    selected(json!([{ "QuestionID": 1001101 }]), "AnswerID is not a positive integer.");
    selected(json!([{ "QuestionID": 1001101, "AnswerID": 1, "Answer": 1 }]), "Answer is not known.");
    let one = json!({ "QuestionID": 1001101, "AnswerID": 1 });
    selected(json!([one, one]), "Question 1001101 is answered twice.");
    for computed in [1001538, 1002001] {
        let words = format!("Question {computed} is computed and cannot be sent.");
        selected(json!([{ "QuestionID": computed, "AnswerID": 1 }]), &words);
    }
    let registered = |answers: Value, words: &str| {
        let list = json!([{ "QuestionID": 1012227, "Answers": answers }]);
        check_bad(json!({ "RegistrationAnswers": list }), words);
    };
    registered(json!([]), "Answers is empty.");
    registered(json!(7), "Answers is not a list of objects.");
    registered(json!([{ "AnswerID": 1 }, { "AnswerID": 1 }]), "Question 1012227 is answered twice.");
    registered(json!([{ "AnswerID": 1, "AnswerValue": "" }]), "AnswerValue is empty.");
    registered(json!([{ "AnswerID": 1, "AnswerValue": null }]), "RegistrationAnswers has no value.");
}

#[test]
fn an_unknown_answer_is_refused_with_all_that_was_sent() {
    let gender = |answers: Value| json!([{ "QuestionID": 1001007, "Answers": answers }]);
    for fields in [
        json!({ "BirthDate": "06/21/1992", "AnsweredQuestions": [{ "QuestionID": 1001007, "AnswerID": 1 }] }),
        json!({ "AnsweredQuestions": [{ "QuestionID": 1001032, "AnswerID": 2224508 }] }),
        json!({ "RegistrationAnswers": gender(json!([{ "AnswerID": 2000246 }, { "AnswerID": 2000247 }])) }),
        json!({ "RegistrationAnswers": gender(json!([{ "AnswerID": 2000246, "AnswerValue": "F" }])) }),
    ] {
        let sent = body(PANEL_UK, MEMBER, fields.clone());
        check_bad(fields, &format!("Cannot Register MemberCode:{MEMBER}. An attribute is invalid: {sent}"));
    }
}

#[test]
fn erased_data_never_comes_back() {
    let simulated = start();
    assert_eq!(put(&simulated.toluna, MEMBER, json!({ "IsPIIDataRegulated": false })).status, 200);
    assert_eq!(simulated.toluna.counters().applied, 0);
    assert_eq!(put(&simulated.toluna, MEMBER, json!({ "IsPIIDataRegulated": true })).status, 200);
    assert_eq!(get(&simulated.toluna, PANEL_UK, MEMBER).status, 400);
    assert_eq!(put(&simulated.toluna, MEMBER, json!({ "IsPIIDataRegulated": false })).status, 404);
    let left = json!({ "PartnerGUID": PANEL_UK, "MemberCode": MEMBER, "IsPIIDataRegulated": true });
    assert_eq!(state(&simulated.toluna, MEMBER), left);
}

#[test]
fn a_blocked_member_is_read_but_not_written() {
    let simulated = start();
    assert_eq!(get(&simulated.toluna, PANEL_UK, MEMBER_BLOCKED).status, 200);
    let got = put(&simulated.toluna, MEMBER_BLOCKED, json!({ "IsActive": true }));
    assert_refused(&got, 400, "The member is blocked for abuse.");
}

#[test]
fn who_does_not_ask_for_the_second_version_gets_the_first() {
    let simulated = start();
    let ask = |accept: &[(&str, &str)]| {
        let mut client = Client::connect(&simulated.toluna.address());
        client.ask("GET", &lookup(PANEL_FRANCE, MEMBER_REGISTRATION), accept, None).json()
    };
    for accept in [
        &[][..],
        &[("Accept", "*/*")],
        &[("Accept", "application/json")],
        &[("Accept", "application/json;version=2")],
        &[("Accept", "application/json;version=2.0, */*")],
        &[SECOND, SECOND],
    ] {
        let told = ask(accept);
        assert_eq!((told["Active"].clone(), told.get("PartnerGUID")), (json!(true), None), "{accept:?}");
    }
    assert_eq!(ask(&[("Accept", "application/json;  version=2.0")])["PartnerGUID"], PANEL_FRANCE);

    let told = ask(&[]);
    assert_eq!((&told["GenderID"], &told["Gender"]), (&json!(2000247), &json!("Homme")));
    assert_eq!((&told["EducationID"], &told["Education"]), (&json!(2002274), &json!("Bac+4")));
    assert_eq!((&told["RaceID"], &told["Race"]), (&json!(0), &json!("")));
    assert_eq!((&told["Country"], &told["CultureID"]), (&json!("France"), &json!(6)));
    assert_eq!(told["BirthDate"], "Tuesday, July 11, 2000");
    assert_eq!(told["PanelistStatusTypeID"], 1);
}

#[test]
fn the_first_version_leaves_out_what_it_does_not_know() {
    let simulated = start();
    let put = |fields| {
        let mut client = Client::connect(&simulated.toluna.address());
        client.ask("PUT", PATH, &[("Accept", "*/*"), JSON], Some(&body(PANEL_UK, MEMBER, fields)))
    };
    let got = put(json!({ "IsActive": false, "IsPIIDataRegulated": true, "Odd": null }));
    assert_eq!((got.status, &got.json()["Active"]), (200, &json!(true)));
    assert_eq!(simulated.toluna.counters().applied, 0);

    let got = put(json!({ "BirthDate": "06/22/1992", "PostalCode": "SW1A 2AA", "Active": "false" }));
    let told = got.json();
    assert_eq!((&told["BirthDate"], &told["Active"]), (&json!("Monday, June 22, 1992"), &json!(false)));
    let all = state(&simulated.toluna, MEMBER);
    assert_eq!((&all["BirthDate"], &all["PostalCode"]), (&json!("1992-06-22"), &json!("SW1A 2AA")));
    assert_eq!(put(json!({ "BirthDate": "1992-06-22" })).status, 400);
}

#[test]
fn an_empty_yes_changes_nothing() {
    let simulated = start();
    simulated.toluna.fail(Fault::once(Effect::NoEffect));
    let got = put(&simulated.toluna, MEMBER, json!({ "IsPIIDataRegulated": true }));
    assert_eq!((got.status, got.body.len()), (200, 0));
    assert_eq!(get(&simulated.toluna, PANEL_UK, MEMBER).status, 200);
}

#[test]
fn browsers_are_not_let_in() {
    let simulated = start();
    let mut client = Client::connect(&simulated.toluna.address());
    let asks = [("Origin", "http://localhost:8080"), ("Access-Control-Request-Method", "PUT")];
    for got in [client.ask("OPTIONS", PATH, &asks, None), get(&simulated.toluna, PANEL_UK, MEMBER)] {
        assert!(got.headers.iter().all(|(name, _)| !name.starts_with("Access-Control")), "{got:?}");
    }
}
