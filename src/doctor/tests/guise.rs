use crate::transport::proxy::Token;
use crate::transport::{Kind, Method, Template};

use super::*;

#[test]
fn a_probe_has_the_names_of_a_real_request_and_nothing_else_of_it() {
    let base = ProxyBase::parse("https://gate.example.com/way").expect("an address");
    let pair = |name: &str, value: &str| (name.to_string(), value.to_string());
    let plain = Template::of(Kind::PathMap { base });
    let described = Template {
        headers: vec![pair("X-Gate", "secret"), pair("x-trace", "secret")],
        rename: vec![pair("authorization", "X-Forward-Authorization")],
        drop: vec!["x-odd".to_string()],
        cookies: true,
        ..plain.clone()
    };
    let of = |template: Template, credential: Option<&str>, headers: &[&str]| {
        let proxy = Proxy::of(template).expect("a proxy");
        Guise::of(&proxy, Method::Patch, credential, headers.iter().map(|name| name.to_string()))
    };
    let usual = ["Accept", "Content-Type", "X-Odd", "X-Trace"];
    let found = of(described.clone(), Some("Authorization"), &usual);
    assert_eq!(found.headers, ["X-Forward-Authorization", "Content-Type", "X-Trace", "X-Gate"]);
    assert_eq!(found.credential.as_deref(), Some("X-Forward-Authorization"));
    assert!(found.cookies);
    assert_eq!(found.method, Method::Patch);
    let values: Vec<String> = found.headers.iter().map(|name| found.value(name)).collect();
    assert_eq!(values, ["Bearer probe", "application/json", "probe", "probe"]);
    // A key in the place of `Authorization`; and a relay that has the credential itself.
    let key = of(plain.clone(), Some("X-API-Key"), &["Content-Type"]);
    assert_eq!(
        (key.cookies, key.headers),
        (false, vec!["X-API-Key".to_string(), "Content-Type".to_string()])
    );
    let held = of(Template { token: Token::Relay, ..plain }, Some("X-API-Key"), &["Content-Type"]);
    assert_eq!((held.credential, held.headers), (None, vec!["Content-Type".to_string()]));
}

#[test]
fn where_the_page_sends_no_credential_none_is_asked_about() {
    let held = Situation { guise: Guise { credential: None, ..guise(&["Content-Type"]) }, ..relay() };
    let (verdict, steps) = climb(&held, &[(Probe::Authorization, failed())]);
    assert_eq!(verdict, Verdict::Healthy);
    assert!(steps.iter().all(|step| step.probe != Probe::Authorization), "{steps:?}");
    check(&held, &[(Probe::Write, failed())], Verdict::PreflightRefused);
    check(&held, &[(Probe::Write, relays(405, "method_not_allowed"))], Verdict::MethodRefused);
    check(&held, &[(Probe::Json, failed())], Verdict::ContentTypeRefused);
}

#[test]
fn what_is_copied_for_the_owner_is_all_that_this_provider_needs() {
    let own = guise(&["X-Key", "Content-Type", "X-Gate"]);
    let situation = Situation { guise: Guise { cookies: true, ..own }, ..relay() };
    let copied = |verdict| {
        let diagnosis = Diagnosis { situation: situation.clone(), steps: Vec::new(), verdict };
        let lines = diagnosis.remedies().into_iter().filter_map(|remedy| match remedy {
            Remedy::Copy(_, text) => Some(text),
            _ => None,
        });
        (lines.collect::<Vec<_>>().join("\n"), diagnosis.means().text())
    };
    let headers = "Access-Control-Allow-Headers: X-Key, Content-Type, X-Gate";
    let (lines, means) = copied(Verdict::ContentTypeRefused);
    assert_eq!(lines, headers);
    assert!(means.contains("X-Key, Content-Type, X-Gate"), "{means}");
    let (lines, means) = copied(Verdict::AuthorizationRefused);
    assert_eq!(lines, headers);
    assert!(means.contains("the header X-Key,"), "{means}");
    let (lines, _) = copied(Verdict::PreflightRefused);
    assert!(lines.contains(headers) && lines.contains("Access-Control-Allow-Credentials: true"), "{lines}");
    let expected = "Access-Control-Expose-Headers: X-Relay, X-Relay-Source, X-Relay-Sent, X-Relay-Id, \
                    Retry-After, Link, X-Quota";
    assert_eq!(copied(Verdict::HeadersNotExposed).0, expected);
    // What is to be added to a directive does not take its place.
    assert_eq!(copied(Verdict::Csp).0, "https://relay.example.com");
}
