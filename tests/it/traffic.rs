//! Recorded traffic, replayed: an answer becomes a verdict and a record; a published body is the one that the
//! page makes of a draft and a record; a published list is found whole. `tests/traffic/` says for each case where it
//! is from, and if only a part of it is used, which and why.

mod answers;
mod deviations;
mod lists;
mod published;
mod records;

use std::fs;

use memberdesk::change::answer::{Listener, Verdict};
use memberdesk::change::identity::Identity;
use memberdesk::provider::Provider;
use memberdesk::provider::call::Call;
use memberdesk::provider::template::Template;
use memberdesk::transport::{Between, Response};
use serde_json::Value as Json;

use crate::sample::{NOW, all, identity_of, provider};

fn cases(provider: &str) -> Vec<Json> {
    let path = [env!("CARGO_MANIFEST_DIR"), "/tests/traffic/", provider, ".json"].concat();
    let text = fs::read_to_string(path).expect("recorded traffic");
    let cases: Json = serde_json::from_str(&text).expect("JSON");
    cases.as_array().expect("a list").clone()
}

/// Every case of every provider.
fn every_case() -> Vec<(&'static Provider, Json)> {
    let of = |provider: &'static Provider| cases(&provider.id).into_iter().map(move |case| (provider, case));
    all().iter().flat_map(of).collect()
}

fn case(id: &str) -> Json {
    let (provider, _) = id.split_once('-').expect("a provider and a number");
    let found = cases(provider).into_iter().find(|case| case["id"] == id);
    found.expect(id)
}

fn provider_of(id: &str) -> &'static Provider {
    provider(id.split('-').next().expect("a provider"))
}

fn response(case: &Json) -> Response {
    let told = &case["response"];
    let headers = told["headers"].as_object().into_iter().flatten();
    let text = |value: &Json| value.as_str().expect("a text").to_string();
    Response {
        status: told["status"].as_u64().and_then(|status| u16::try_from(status).ok()).expect("a status"),
        headers: headers.map(|(name, value)| (name.clone(), text(value))).collect(),
        // What is not there is an empty text.
        body: told.get("body").map(Json::to_string).unwrap_or_default(),
        url: None,
        timing: Default::default(),
    }
}

fn url(case: &Json) -> &str {
    case["request"]["url"].as_str().expect("a URL")
}

/// A call of ours by its name, with the names in its path and what they stand for.
type OwnCall<'p> = (&'p str, &'p Call, Vec<(String, String)>);

/// The call of ours that a case is about.
fn own_call<'p>(provider: &'p Provider, case: &Json) -> Option<OwnCall<'p>> {
    let path = url(case).split('?').next()?;
    provider.calls().into_iter().find_map(|(on, call)| {
        let own = call.path.fill(|name| Some(["{", name, "}"].concat()))?;
        let shape = Template::parse(&["https://{host}", &own].concat())?;
        let names = shape.read(path).filter(|_| case["request"]["method"] == call.method.as_str())?;
        Some((on, call, names.into_iter().map(|(name, text)| (name.to_string(), text.to_string())).collect()))
    })
}

/// The member that a case is about: by the path, the query or the body; `more` says what none of them says.
fn identity(provider: &Provider, case: &Json, more: &[(&str, &str)]) -> Identity {
    let (_, _, mut keys) = own_call(provider, case).expect("a call of ours");
    let query = url(case).split_once('?').map_or("", |(_, query)| query);
    for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
        keys.push((name.to_string(), value.to_string()));
    }
    for (at, template) in &provider.update.set {
        let told = at.of(&case["request"]["body"]).and_then(Json::as_str);
        keys.extend(template.names().zip(told).map(|(name, text)| (name.to_string(), text.to_string())));
    }
    let keys: Vec<(&str, &str)> = keys.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    identity_of(provider, &[more, &keys].concat())
}

fn verdict(id: &str, on: &str) -> Verdict {
    let (provider, identity) = (provider_of(id), &Identity::none());
    let listener = Listener { provider, on, identity, between: Between::Nobody, now: NOW / 1000 };
    listener.verdict(&Ok(response(&case(id))))
}

#[test]
fn a_case_is_whole_and_says_where_it_is_from() {
    for (provider, case) in every_case() {
        let text = case.to_string();
        assert!(case["source"].as_str().is_some_and(|source| !source.is_empty()), "{text}");
        assert!(case["verification"].is_string() && case["response"]["status"].is_u64(), "{text}");
        let keys: Vec<&String> = case.as_object().expect("an object").keys().collect();
        let known = ["id", "source", "verification", "note", "only", "request", "response"];
        assert!(keys.iter().all(|key| known.contains(&key.as_str())), "{keys:?}");
        let unfilled = |word: &str| word.starts_with('{') && word.ends_with('}');
        assert!(!text.split(['"', '/', ' ']).any(unfilled), "{text}");
        assert_eq!(text.matches("$TOKEN").count(), text.matches('$').count(), "{text}");
        // A case of our own calls is used whole.
        assert_eq!(own_call(provider, &case).is_some(), case.get("only").is_none(), "{text}");
    }
}

/// Cases about another endpoint, in which there is nothing that the page would read.
const ELSEWHERE: [&str; 5] = ["webex-07", "webex-10", "webex-11", "aitable-07", "toluna-26"];

#[test]
fn every_answer_is_replayed_once() {
    let replayed: Vec<&str> = answers::replayed().chain(ELSEWHERE).collect();
    let all = every_case();
    for (_, case) in &all {
        let id = case["id"].as_str().expect("an id");
        assert_eq!(replayed.iter().filter(|other| **other == id).count(), 1, "{id}");
    }
    assert_eq!(all.len(), replayed.len());
    for id in ELSEWHERE {
        assert!(case(id).get("only").is_some(), "{id}");
    }
}

#[test]
fn every_request_of_our_own_calls_is_replayed_once() {
    let replayed: Vec<&str> = published::replayed().collect();
    let updates = every_case()
        .into_iter()
        .filter(|(provider, case)| own_call(provider, case).is_some_and(|(on, ..)| on == "update"));
    let updates: Vec<Json> = updates.map(|(_, case)| case).collect();
    for case in &updates {
        let id = case["id"].as_str().expect("an id");
        assert_eq!(replayed.iter().filter(|other| **other == id).count(), 1, "{id}");
    }
    assert_eq!(updates.len(), replayed.len());
}
