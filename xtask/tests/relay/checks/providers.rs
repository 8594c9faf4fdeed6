//! What passes for each provider file: its own calls, byte for byte, and what an answer shows of itself.

use memberdesk::relay::calls;
use simulated::{Canned, Effect, Fault, Server, flashapply, symbl, toluna};
use xtask::{process::root, provider_files};

use super::JSON;
use crate::{
    answer::Answer,
    desk::{Desk, ORIGIN},
};

const SECOND: &str = "Accept: application/json;version=2.0";
const RESPONDENT: &str = "/IntegratedPanelService/api/Respondent";

fn server<'d>(desk: &'d Desk, provider: &str) -> &'d Server {
    match provider {
        "webex" => &desk.simulated.webex,
        "aitable" => &desk.simulated.aitable,
        "symbl" => &desk.simulated.symbl,
        "flashapply" => &desk.simulated.flashapply,
        "toluna" => &desk.simulated.toluna,
        "toluna-reference" => &desk.simulated.toluna_reference,
        other => panic!("{other} is not simulated"),
    }
}

fn ask(desk: &Desk, method: &str, path: &str, headers: &[&str], body: &str) -> Answer {
    let own = format!("Origin: {ORIGIN}");
    desk.ask(method, &format!("/relay{path}"), &[headers, &[&own]].concat(), body)
}

/// Each name in braces becomes this text.
fn filled(template: &str, text: &str) -> String {
    let mut parts = template.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |path, part| path + text + part.split_once('}').map_or("", |(_, rest)| rest))
}

#[track_caller]
fn exposed(answer: &Answer, name: &str) {
    let list = answer.header("Access-Control-Expose-Headers").unwrap_or_default();
    assert!(list.split(", ").any(|other| other == name), "{name} in {list}");
    assert!(answer.header(name).is_some(), "{name} in {answer:?}");
}

pub fn every_call_of_every_provider_file_arrives_as_it_was_sent(desk: &Desk) {
    let providers =
        provider_files::read_all(&root().join("providers")).expect("the provider files are there");
    assert!(providers.len() >= 5);
    let places = providers.iter().flat_map(|provider| {
        let own = |is_reference: bool| match is_reference {
            true => [&provider.id, "-reference"].concat(),
            false => provider.id.clone(),
        };
        [false, true].map(|is_reference| (provider, own(is_reference), is_reference))
    });
    for (provider, id, is_reference) in places {
        if calls(provider, is_reference).is_empty() {
            continue;
        }
        let (id, server) = (&id, server(desk, &id));
        let calls: Vec<(String, String)> = calls(provider, is_reference)
            .into_iter()
            .map(|call| (call.method, filled(&call.path, "a%2Fb%20c%3Fd%25e.f%26%E7%8E%8B")))
            .collect();
        for (method, path) in &calls {
            let before = server.arrived().len();
            let body = if method == "GET" { "" } else { "{}" };
            let answer = ask(desk, method, &format!("/{id}{path}"), &[JSON], body);
            assert_eq!(answer.header("X-Relay-Source"), Some("upstream"), "{method} {path}: {answer:?}");
            let arrived = &server.arrived()[before..];
            assert_eq!(arrived.len(), 1, "{method} {path}");
            assert_eq!((&arrived[0].method, &arrived[0].target), (method, path));
            assert_eq!(arrived[0].body, body.as_bytes(), "{method} {path}");

            let place = |path: &str| path.split('?').next().unwrap_or_default().to_owned();
            let is_known =
                |other: &str| calls.iter().any(|(own, at)| own == other && place(at) == place(path));
            for other in ["GET", "POST", "PUT", "PATCH", "DELETE"].iter().filter(|other| !is_known(other)) {
                let answer = ask(desk, other, &format!("/{id}{path}"), &[JSON], "");
                assert_eq!(
                    (answer.status, answer.header("X-Relay-Sent")),
                    (405, Some("no")),
                    "{other} {path}"
                );
            }
            assert_eq!(server.arrived().len(), before + 1, "{path}");
        }
    }
}

pub fn a_browser_is_told_of_every_method_and_header_beforehand(desk: &Desk) {
    let asks = ["Access-Control-Request-Method: PATCH", "Access-Control-Request-Headers: authorization"];
    let path = format!("/flashapply/v1/members/{}", flashapply::MEMBER);
    let answer = ask(desk, "OPTIONS", &path, &asks, "");
    assert_eq!(answer.status, 204, "{answer:?}");
    assert_eq!(answer.header("Access-Control-Allow-Methods"), Some("GET, PATCH, POST, PUT"));
    let headers = "Accept, Authorization, Content-Type, PARTNER_AUTH_KEY";
    assert_eq!(answer.header("Access-Control-Allow-Headers"), Some(headers));
}

/// A coded colon would be another address.
pub fn the_colon_of_a_sign_in_arrives_as_it_is(desk: &Desk) {
    let (id, secret) = (symbl::APP_ID, symbl::APP_SECRET);
    let body = format!(r#"{{"type":"application","appId":"{id}","appSecret":"{secret}"}}"#);
    let answer = ask(desk, "POST", "/symbl/oauth2/token:generate", &[JSON], &body);
    assert!(answer.status == 200 && answer.body.contains("accessToken"), "{answer:?}");
    let answer = ask(desk, "POST", "/symbl/oauth2/token%3Agenerate", &[JSON], &body);
    assert_eq!((answer.status, answer.header("X-Relay-Sent")), (404, Some("no")), "{answer:?}");
    let targets: Vec<String> =
        desk.simulated.symbl.arrived().into_iter().map(|arrived| arrived.target).collect();
    assert_eq!(targets, ["/oauth2/token:generate"]);
}

pub fn an_accept_header_arrives_unchanged_and_a_header_with_underscores_comes_back(desk: &Desk) {
    let (panel, code) = (toluna::PANEL_UK, toluna::MEMBER);
    let read = format!("/toluna{RESPONDENT}/?memberCode={code}&partnerGUID={panel}");
    let answer = ask(desk, "GET", &read, &[SECOND], "");
    assert!(answer.status == 200 && answer.body.contains("AnsweredQuestions"), "{answer:?}");
    let body = format!(r#"{{"PartnerGUID":"{panel}","MemberCode":"{code}","PostalCode":"EC1V 9BD"}}"#);
    let answer = ask(desk, "PUT", &format!("/toluna{RESPONDENT}"), &[SECOND, JSON], &body);
    assert_eq!((answer.status, answer.body.as_str()), (200, ""), "{answer:?}");
    exposed(&answer, "TOLUNA_WEBAPI_RESPONSE_DETAIL");
    for arrived in desk.simulated.toluna.arrived() {
        assert_eq!(arrived.header("Accept"), Some("application/json;version=2.0"));
    }
}

pub fn the_count_of_calls_that_are_left_can_be_read(desk: &Desk) {
    let token = format!("Authorization: Bearer {}", flashapply::TOKEN);
    let path = format!("/flashapply/v1/members/{}", flashapply::MEMBER);
    let answer = ask(desk, "GET", &path, &[&token], "");
    assert_eq!(answer.status, 200, "{answer:?}");
    for name in ["X-RateLimit-Reset", "X-RateLimit-Remaining"] {
        exposed(&answer, name);
    }
}

pub fn a_large_answer_a_long_head_and_a_long_address_pass_whole(desk: &Desk) {
    let whole = Canned::large().body.len();
    assert!(whole >= 5 * 1024 * 1024);
    let long = "x".repeat(10_000);
    let canned = Canned::large().with("TOLUNA_WEBAPI_RESPONSE_DETAIL", &long);
    desk.simulated.toluna.fail(Fault::once(Effect::InsteadBefore(canned)));
    let read = format!("{RESPONDENT}/?memberCode={}&partnerGUID={}", "%C3%A9".repeat(300), toluna::PANEL_UK);
    let read = format!("{read}{}", "a".repeat(2_000 - read.len()));
    let answer = ask(desk, "GET", &format!("/toluna{read}"), &[SECOND], "");
    assert_eq!((answer.status, answer.body.len()), (200, whole));
    assert_eq!(answer.header("TOLUNA_WEBAPI_RESPONSE_DETAIL"), Some(long.as_str()));
    assert_eq!(desk.simulated.toluna.arrived()[0].target, read);
}
