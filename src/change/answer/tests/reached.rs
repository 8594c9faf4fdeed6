use super::provider;
use crate::change::answer::Listener;
use crate::change::identity::Identity;
use crate::provider::explain::Means;
use crate::transport::{Between, NoAnswer, Response};

fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> Result<Response, NoAnswer> {
    Ok(Response {
        status,
        headers: headers.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect(),
        body: body.to_string(),
        url: None,
        timing: Default::default(),
    })
}

const REFUSAL: &str = r#"{"message":"The request requires a valid access token.","trackingId":"ROUTER_1"}"#;
const UPSTREAM: &[(&str, &str)] = &[("X-Relay-Source", "upstream")];
const PROXY: &[(&str, &str)] = &[("X-Relay-Source", "proxy"), ("X-Relay-Sent", "no")];
const PAGE: &[(&str, &str)] = &[("Content-Type", "text/html")];

/// Without a credential a refusal is the best that can come, and it proves the way.
#[test]
fn a_provider_is_reached_if_it_answers_whatever_it_says() {
    let provider = provider("webex");
    let check = |between: Between, answer: Result<Response, NoAnswer>, expected: Option<Means>| {
        let identity = Identity::none();
        let listener = Listener {
            provider: &provider,
            on: "sign_in",
            identity: &identity,
            between: between.clone(),
            now: 0,
        };
        let unreached = listener.unreached(&answer).map(|reason| reason.means);
        assert_eq!(unreached, expected, "{between:?} {answer:?}");
    };
    check(Between::Nobody, answer(401, &[], REFUSAL), None);
    check(Between::Nobody, answer(503, &[], ""), None);
    check(Between::Nobody, answer(200, PAGE, "<html>"), Some(Means::Setup));
    check(Between::Relay, answer(401, UPSTREAM, REFUSAL), None);
    check(Between::Relay, answer(500, UPSTREAM, ""), None);
    check(Between::Relay, answer(502, PROXY, ""), Some(Means::Setup));
    check(Between::Relay, answer(404, &[], "no"), Some(Means::Setup));
    check(Between::Proxy, answer(401, &[], REFUSAL), None);
    check(Between::Proxy, answer(401, &[], "who are you?"), Some(Means::Setup));
    check(Between::Nobody, Err(NoAnswer::Failed), Some(Means::Fault));
    check(Between::Nobody, Err(NoAnswer::NotAllowed), Some(Means::Setup));
    check(Between::Nobody, Err(NoAnswer::Redirected), Some(Means::Setup));
}
