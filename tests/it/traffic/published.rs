//! A published request is the one that the page makes of a draft and a record, but for what is listed here.

use memberdesk::change::check::check;
use memberdesk::change::draft::{Draft, Entry};
use memberdesk::change::plan::{Planned, plan, read_request};
use memberdesk::change::record::Record;
use memberdesk::provider::Provider;
use memberdesk::transport::Request;
use serde_json::{Value as Json, json};

use super::{case, identity};
use crate::sample::{body, provider, target_at, view};

/// Our request is the published one, but for the deviations that are named.
fn same_request(provider: &Provider, request: &Request, published: &Json, id: &str) {
    let url = published["url"].as_str().expect("a URL");
    let address = url.split("/fusion/").next().and_then(|url| url.split("/v1/").next());
    let address = address.expect("an address");
    let server = provider.servers.iter().find(|server| server.address.as_deref() == Some(address));
    let server = server.expect("a server of the file");
    assert_eq!(request.server, server.slug, "{id}");
    let view = view(request, &target_at(&server.slug, address));
    assert_eq!(view.url, url, "{id}");
    assert_eq!(published["method"], view.method.as_str(), "{id}");
    for (name, value) in &view.headers {
        match name.as_str() {
            // Deviation: it is not published, and does no harm: JSON is all that we can read.
            "Accept" => assert_eq!(value, "application/json"),
            _ => assert_eq!(published["headers"][name], value.as_str(), "{id} {name}"),
        }
    }
    let names = published["headers"].as_object().expect("headers").keys();
    for name in names {
        assert!(view.headers.iter().any(|(own, _)| own == name), "{id} {name}");
    }
}

fn server_of<'p>(provider: &'p Provider, case: &Json) -> &'p str {
    let url = case["request"]["url"].as_str().expect("a URL");
    let own = |address: &str| url.starts_with(address);
    let server = provider.servers.iter().find(|server| server.address.as_deref().is_some_and(own));
    &server.expect("a server of the file").slug
}

#[test]
fn a_published_read_is_the_one_that_the_page_makes() {
    for id in ["webex-02", "webex-26", "aitable-03", "aitable-04"] {
        let case = case(id);
        let provider = provider(id.split('-').next().expect("a provider"));
        let identity = identity(provider, &case);
        let request = read_request(provider, server_of(provider, &case), &identity).expect("a request");
        same_request(provider, &request, &case["request"], id);
    }
}

#[test]
fn a_published_body_is_the_one_that_the_page_makes() {
    let check = |id: &str, before: Json, entries: &[(&str, &str)]| {
        let case = case(id);
        let provider = provider(id.split('-').next().expect("a provider"));
        let record = Record::read(provider, &identity(provider, &case), &before, 0).expect("a record");
        let draft: Draft =
            entries.iter().map(|(key, text)| (key.to_string(), Entry::Text(text.to_string()))).collect();
        let change = check(provider, &draft).expect("a change");
        let Ok(Planned::Plan(plan)) = plan(provider, server_of(provider, &case), &record, &change) else {
            panic!("{id}")
        };
        same_request(provider, plan.request(), &case["request"], id);
        let own = body(&view(plan.request(), &target_at(server_of(provider, &case), "https://x.example")));
        assert_eq!(own, case["request"]["body"], "{id}");
    };
    // A one-to-one space that was hidden and shall be shown.
    let mut hidden = case("webex-02")["response"]["body"].clone();
    hidden["isRoomHidden"] = json!(true);
    check("webex-01", hidden, &[("isRoomHidden", "no")]);
    // Deviation: the published answer is of a one-to-one space, in which nobody can be made a moderator here
    // (the provider's own form does not offer it either). In a group space the body is the published one.
    let mut group = case("webex-02")["response"]["body"].clone();
    group["isModerator"] = json!(false);
    group["roomType"] = json!("group");
    check("webex-01", group, &[("isModerator", "yes")]);
    // From team A into the product team; the name and the roles stay, so they are not sent.
    let teams = [("teams", "E3jG1xNzR2iM4tL6XmYyKpFqWuV8vDc")];
    let of = |id: &str| case(id)["response"]["body"].clone();
    check("aitable-01", of("aitable-03"), &teams);
    check("aitable-02", of("aitable-04"), &teams);
    for id in
        ["aitable-19", "aitable-21", "aitable-23", "aitable-25", "aitable-27", "aitable-29", "aitable-31"]
    {
        check(id, of("aitable-03"), &teams);
    }
}

#[test]
fn a_published_body_that_the_provider_refuses_is_never_sent() {
    // Deviation: a name of more than 32 characters. The page says so before anything is sent.
    let case = case("aitable-33");
    let provider = provider("aitable");
    let name = case["request"]["body"]["name"].as_str().expect("a name");
    let draft: Draft = [("name".to_string(), Entry::Text(name.to_string()))].into_iter().collect();
    assert!(check(provider, &draft).is_err());
}
