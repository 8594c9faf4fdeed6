use super::super::{MEMBER_REGISTRATION, PANEL_FRANCE};
use super::*;
use crate::client::{Client, Got};
use crate::{Ports, Simulated};

fn begin() -> Server {
    start(0).expect("loopback has free ports")
}

#[track_caller]
fn ask(server: &Server, method: &str, path: &str, body: Option<&Value>) -> Got {
    let headers = [("PARTNER_AUTH_KEY", KEY), ("Content-Type", "application/json")];
    let body = body.map(Value::to_string);
    Client::connect(&server.address()).ask(method, &format!("{PATH}{path}"), &headers, body.as_deref())
}

#[track_caller]
fn question(server: &Server, id: i64, culture: i64) -> Value {
    let got = ask(server, "GET", &format!("/QuestionAndAnswersData/{id}/{culture}"), None);
    assert_eq!((got.status, got.json().as_array().map(Vec::len)), (200, Some(1)));
    got.json()[0].clone()
}

#[track_caller]
fn assert_refused(got: &Got, status: u16, words: &str) {
    assert_eq!((got.status, got.json()), (status, json!({ "Message": words })));
}

#[test]
fn only_the_key_lets_in() {
    let server = begin();
    for headers in [&[][..], &[("PARTNER_AUTH_KEY", "x")], &[("Authorization", KEY)]] {
        let target = format!("{PATH}/Cultures");
        let got = Client::connect(&server.address()).ask("GET", &target, headers, None);
        assert_refused(&got, 403, "The PARTNER_AUTH_KEY is not valid.");
    }
}

#[test]
fn questions_have_names_and_answers_in_each_culture() {
    let server = begin();
    let cultures = ask(&server, "GET", "/Cultures", None).json();
    assert_eq!(cultures[3], json!({ "CultureID": 70, "Name": "es-ve", "Description": "Venezuela Spanish" }));
    let british = question(&server, QUESTION_EDUCATION, CULTURE_UK);
    assert_eq!(british["TranslatedQuestion"]["DisplayNameTranslation"], "Education level:");
    assert_eq!(british["TranslatedAnswers"].as_array().map(Vec::len), Some(15));
    assert_eq!(british["TranslatedAnswers"][13]["Translation"], "Degree/HND");
    let french = question(&server, QUESTION_EDUCATION, CULTURE_FRANCE);
    assert_eq!(french["TranslatedQuestion"]["DisplayNameTranslation"], "Niveau d’études");
    assert_eq!(question(&server, QUESTION_INTERESTS, CULTURE_FRANCE)["AnswerType"], "MultiSelect");
    let postcode = question(&server, 1_001_042, CULTURE_UK);
    assert!(
        postcode["AnswerValidationRegularExpression"].as_str().is_some_and(|text| text.starts_with("^([Gg]"))
    );
    for (id, culture) in [(QUESTION_AGE, CULTURE_UK), (QUESTION_INTERESTS, CULTURE_UK), (1, 70)] {
        let got = ask(&server, "GET", &format!("/QuestionAndAnswersData/{id}/{culture}"), None);
        assert_eq!((got.status, got.body), (200, Vec::new()), "{id}");
    }
}

#[test]
fn what_a_member_answered_has_a_name() {
    let server = begin();
    let simulated = Simulated::start(Ports::default()).expect("loopback has free ports");
    let member = simulated.toluna.member(MEMBER_REGISTRATION).expect("seeded");
    assert_eq!(member["PartnerGUID"], PANEL_FRANCE);
    for given in member["RegistrationAnswers"].as_array().expect("a list") {
        let known = question(&server, given["QuestionID"].as_i64().expect("a number"), CULTURE_FRANCE);
        let ids: Vec<&Value> = known["TranslatedAnswers"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|one| &one["AnswerID"])
            .collect();
        let answers = given["Answers"].as_array().expect("a list");
        assert!(answers.iter().all(|answer| ids.contains(&&answer["AnswerID"])), "{known}");
    }
}

#[test]
fn all_questions_are_those_that_are_asked_for() {
    let server = begin();
    let list = |body: Value| ask(&server, "POST", "/QuestionsAndAnswersData", Some(&body));
    let count = |body| list(body).json().as_array().map(Vec::len);
    // As it was recorded.
    let recorded = json!({
        "CultureIDs": [5], "CategoryIDs": [], "LastUpdateDate": "2000-11-10", "IncludeComputed": "true",
        "IncludeRoutables": "true", "IncludeDemographics": "true",
    });
    assert_eq!(count(recorded.clone()), Some(9));
    let with = |key: &str, value: Value| {
        let mut body = recorded.clone();
        body[key] = value;
        body
    };
    assert_eq!(count(with("IncludeComputed", json!(false))), Some(8));
    assert_eq!(count(with("IncludeRoutables", json!("false"))), Some(5));
    assert_eq!(count(with("IncludeDemographics", json!("false"))), Some(0));
    assert_eq!(count(with("CultureIDs", json!([1, 5, 6]))), Some(16));
    assert_eq!(count(with("LastUpdateDate", json!("2020-03-20T00:00:00"))), Some(0));
    assert_eq!(count(with("CategoryIDs", json!([7]))), Some(0));
    assert_eq!(count(json!({ "CultureIDs": [6] })), Some(0), "nothing is included by itself");

    let refused = |key: &str, value: Value, words: &str| assert_refused(&list(with(key, value)), 400, words);
    refused("CultureIDs", json!([]), "CultureIDs must be 1 to 5 cultures.");
    refused("CultureIDs", json!([1, 5, 6, 70, 1, 5]), "CultureIDs must be 1 to 5 cultures.");
    refused("CultureIDs", json!([2]), "There is no culture 2.");
    refused("CultureIDs", json!("5"), "CultureIDs must be a list of numbers.");
    refused("IncludeComputed", json!(1), "IncludeComputed must be true or false.");
    refused("LastUpdateDate", json!("10.11.2000"), "LastUpdateDate is no date.");
    refused("Culture", json!(5), "Culture is not a known property.");
}

#[test]
fn other_addresses_and_methods_are_refused() {
    let server = begin();
    for (method, path, status) in [
        ("GET", "/Nothing", 404),
        ("GET", "/QuestionAndAnswersData/1001101", 404),
        ("GET", "/QuestionAndAnswersData/x/5", 400),
        ("GET", "/QuestionAndAnswersData/1001101/2", 400),
        ("PUT", "/Cultures", 405),
        ("GET", "/QuestionsAndAnswersData", 405),
    ] {
        assert_eq!(ask(&server, method, path, None).status, status, "{method} {path}");
    }
    let allowed = |path| ask(&server, "DELETE", path, None).header("Allow").map(str::to_string);
    assert_eq!(
        ["/Cultures", "/QuestionsAndAnswersData"].map(allowed),
        ["GET", "POST"].map(|one| Some(one.into()))
    );
    assert_eq!(ask(&server, "GET", "/Cultures", Some(&json!({}))).status, 400);
}
