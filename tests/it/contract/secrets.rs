//! Every secret is a hole exactly where the file says, and is filled there alone.

use memberdesk::change::identity::Identity;
use memberdesk::change::outgoing::Outgoing;
use memberdesk::change::plan::read_request;
use memberdesk::provider::Provider;
use memberdesk::provider::call::{Call, Method};
use memberdesk::provider::sign_in::Scheme;
use memberdesk::provider::template::Template;
use memberdesk::transport::{Binding, Keyring, Proxy, Request, Secret, Target, query_value, sign};
use serde_json::{Value as Json, json};

use super::each_change;
use crate::sample::{all, identity, shown, target, view};

/// Where the holes of one request stand: headers by their names, the query, the body by pointers.
#[derive(Debug, Default, PartialEq)]
struct Holes {
    headers: Vec<(String, String)>,
    query: Vec<String>,
    body: Vec<(String, String)>,
}

impl Holes {
    /// What the file says of any call.
    fn of_call(provider: &Provider, call: &Call) -> Holes {
        let own = |template: &Template| {
            let names = template.names().filter(|name| provider.secrets().any(|field| field.key == *name));
            names.map(str::to_string).collect::<Vec<_>>()
        };
        assert_eq!(own(&call.path), Vec::<String>::new(), "no secret is part of a path: {}", provider.id);
        let mut holes = Holes { query: call.query.iter().flat_map(own).collect(), ..Holes::default() };
        if let Some(way) = provider.credential() {
            let header = match &way.scheme {
                Scheme::Bearer => "Authorization",
                Scheme::ApiKey { header } => header,
                Scheme::Exchange(_) => panic!("an exchange is no credential: {}", provider.id),
            };
            holes.headers.push((header.to_string(), way.way.id.clone()));
        }
        for (name, value) in provider.headers.iter().chain(&call.headers) {
            holes.headers.extend(own(value).into_iter().map(|id| (name.clone(), id)));
        }
        holes
    }

    /// What stands in a request.
    fn of(request: &Request) -> Holes {
        assert_eq!(request.path.holes().count(), 0);
        let text = |ids: &mut dyn Iterator<Item = &str>| ids.map(str::to_string).collect::<Vec<_>>();
        let mut holes = Holes { query: text(&mut request.query.holes()), ..Holes::default() };
        for (name, value) in &request.headers {
            holes.headers.extend(value.holes().map(|id| (name.clone(), id.to_string())));
        }
        if let Some(body) = &request.body {
            let json: Json = serde_json::from_str(&body.view()).expect("JSON");
            let ids = text(&mut body.holes());
            find(&json, "", &ids, &mut holes.body);
            assert_eq!(holes.body.len(), ids.len(), "each stands for a whole text: {json}");
        }
        holes.body.sort();
        holes
    }
}

/// The places of a body where a hole stands.
fn find(json: &Json, at: &str, ids: &[String], found: &mut Vec<(String, String)>) {
    let own = ids.iter().find(|id| json.as_str() == Some(&shown(id)));
    found.extend(own.map(|id| (at.to_string(), id.clone())));
    let below = |key: String, json: &Json, found: &mut _| find(json, &[at, "/", &key].concat(), ids, found);
    match json {
        Json::Object(map) => map.iter().for_each(|(key, json)| below(key.clone(), json, found)),
        Json::Array(list) => list.iter().enumerate().for_each(|(i, json)| below(i.to_string(), json, found)),
        _ => {}
    }
}

/// A secret that could end any place that it is put into.
fn secret(id: &str) -> String {
    ["core-of-", id, "/\"\\é&x=%"].concat()
}

fn keyring(provider: &Provider, request: &Request) -> Keyring {
    let binding = Binding::new(&provider.id, &request.account, &target(provider), &Proxy::none());
    let mut keyring = Keyring::default();
    let way = provider.credential().map(|way| &way.way.id);
    let exchanges = provider.sign_in.iter().filter_map(|way| way.exchange());
    let fields = provider.connection.iter().chain(&provider.fields).filter(|field| field.write_only);
    let fields = fields.chain(exchanges.flat_map(|way| &way.needs)).map(|field| &field.key);
    for id in fields.chain(way) {
        keyring.put(binding.clone(), id, Secret::parse(&secret(id)).expect("a secret"));
    }
    keyring
}

/// Holds a request against what the file says, with its holes and with its holes filled.
fn holds(provider: &Provider, request: &Request, mut expected: Holes) {
    expected.body.sort();
    assert_eq!(Holes::of(request), expected, "{}", provider.id);

    let (target, proxy, keyring) = (target(provider), Proxy::none(), keyring(provider, request));
    let seen = view(request, &target);
    let signed = sign(request, &target, &proxy, &keyring).expect("a signed request");
    let shows = format!("{request:?} {seen:?} {signed:?} {keyring:?}");
    assert!(!shows.contains("core-of-"), "{shows}");

    let parts = signed.into_parts();
    let mut url = seen.url;
    for id in &expected.query {
        url = url.replacen(&shown(id), &query_value(&secret(id)), 1);
    }
    assert_eq!(parts.url, url);
    for ((name, value), (_, seen)) in parts.headers.iter().zip(&seen.headers) {
        let own = expected.headers.iter().find(|(header, _)| header == name);
        let filled = own.map_or(seen.clone(), |(_, id)| seen.replacen(&shown(id), &secret(id), 1));
        assert_eq!(*value, filled, "{name}");
    }
    assert_eq!(parts.headers.len(), seen.headers.len());
    let json = |text: Option<String>| text.map(|text| serde_json::from_str::<Json>(&text).expect("JSON"));
    let mut body = json(seen.body);
    for (at, id) in &expected.body {
        *body.as_mut().and_then(|body| body.pointer_mut(at)).expect("a place") = json!(secret(id));
    }
    assert_eq!(json(parts.body), body, "{}", provider.id);
}

#[test]
fn every_secret_is_a_hole_where_the_file_says_and_is_filled_there_alone() {
    each_change(|provider, field, _, _, plan| {
        let mut expected = Holes::of_call(provider, &provider.update.call);
        for (at, template) in &provider.update.set {
            let secrets = template.names().filter(|name| provider.secrets().any(|one| one.key == *name));
            expected.body.extend(secrets.map(|id| (at.as_str().to_string(), id.to_string())));
        }
        if let (true, Some(to)) = (field.write_only, &field.to) {
            expected.body.push((to.as_str().to_string(), field.key.clone()));
        }
        holds(provider, plan.request(), expected);
    });
    for provider in all() {
        let server = &provider.servers[0].slug;
        let read = read_request(provider, server, &identity(provider)).expect("a request");
        holds(provider, &read, Holes::of_call(provider, &provider.read.call));
        for way in &provider.sign_in {
            let Some(test) = Outgoing::test(provider, server, way, &identity(provider)) else { continue };
            let call = &way.test.as_ref().expect("a test").call;
            holds(provider, test.request(), Holes::of_call(provider, call));
        }
    }
}

/// The server that is asked for names hears of nobody, and has a secret of its own.
#[test]
fn what_is_asked_for_names_has_its_own_secret_and_no_other() {
    let mut asked = 0;
    for provider in all() {
        let Some(reference) = &provider.reference else { continue };
        let own: Vec<&str> = reference.secrets().map(|field| field.key.as_str()).collect();
        let given =
            |text: &str| reference.asks.iter().map(|field| (field.key.clone(), text.into())).collect();
        let known: Vec<(String, String)> = given("5");
        let slug = provider.names.as_ref().expect("a server").slug.clone();
        // Whether it is there is learned without a secret.
        let probe = Outgoing::probe(provider, &slug).expect("a list to ask for");
        assert!(probe.request().headers.iter().all(|(_, value)| value.holes().next().is_none()));
        assert_eq!(probe.request().server, slug);
        for (pointer, lookup) in provider.lookups().into_iter().filter(|(_, lookup)| lookup.is_reference) {
            let outgoing = Outgoing::reference(provider, lookup, &lookup.list.call, &known, |own| own);
            let request = outgoing.as_ref().expect(&pointer).request();
            assert_eq!((&request.server, request.account.as_str()), (&slug, ""), "{pointer}");
            let mut holes: Vec<&str> = request.headers.iter().flat_map(|(_, value)| value.holes()).collect();
            holes.extend(request.path.holes().chain(request.query.holes()));
            assert_eq!(holes, own, "{pointer}");
            assert!(request.body.iter().all(|body| body.holes().next().is_none()), "{pointer}");
            // What was given for the members' server is not sent there, nor the other way round.
            let members = target(provider);
            let names = Target { server: slug.clone(), ..members.clone() };
            let proxy = Proxy::none();
            let mut keyring = Keyring::default();
            for id in &own {
                let secret = Secret::password("a-key-of-names").expect("a secret");
                keyring.put(Binding::new(&provider.id, "", &members, &proxy), id, secret);
            }
            assert!(sign(request, &names, &proxy, &keyring).is_err(), "{pointer}");
            assert!(sign(request, &members, &proxy, &keyring).is_err(), "{pointer}");
            asked += 1;
        }
    }
    assert!(asked > 1);
}

#[test]
fn an_exchange_has_holes_in_its_body_alone_and_no_credential() {
    let mut exchanges = 0;
    for provider in all() {
        let ways = provider.sign_in.iter().filter_map(|way| way.exchange());
        for way in ways {
            exchanges += 1;
            let server = &provider.servers[0].slug;
            let outgoing = Outgoing::exchange(provider, server, way, &Identity::none()).expect("a request");
            let request = outgoing.request();
            assert_eq!(request.method, Method::Post, "{}", provider.id);
            let body = way.holes().into_iter().map(|(at, id)| (at, id.to_string()));
            let body: Vec<_> = body.collect();
            let needs = way.needs.iter().map(|need| need.key.as_str());
            assert!(needs.into_iter().all(|need| body.iter().any(|(_, id)| id == need)), "{}", provider.id);
            holds(provider, request, Holes { body, ..Holes::default() });
            let own = ["Accept", "Content-Type"];
            let given = provider.headers.iter().chain(&way.call.headers).map(|(name, _)| name.as_str());
            let known: Vec<&str> = own.into_iter().chain(given).collect();
            for (name, _) in &request.headers {
                assert!(known.contains(&name.as_str()), "{}: {name}", provider.id);
            }
        }
    }
    assert!(exchanges > 0);
}
