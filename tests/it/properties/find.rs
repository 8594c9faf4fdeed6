//! What must hold of any list that a provider may give, honest or not.

use std::collections::BTreeSet;
use std::sync::Arc;

use memberdesk::change::driver::Moment;
use memberdesk::change::identity::Identity;
use memberdesk::find::missing::Missing;
use memberdesk::find::walk::{Event, Step, Walk, Wanted};
use memberdesk::provider::Provider;
use memberdesk::transport::{Between, Response};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use crate::sample::NOW;

/// How one page follows another.
#[derive(Clone, Copy, Debug)]
enum By {
    Link,
    Offset,
    Number,
    Cursor,
}

/// A page as it is given: ids, of which some are there twice, and what it says of the others.
#[derive(Clone, Debug)]
struct Given {
    ids: Vec<Option<u8>>,
    /// The page that it leads to; perhaps one that was there before.
    next: Option<usize>,
    total: Option<u64>,
}

/// What comes instead of an answer, once.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Noise {
    Nothing,
    Busy,
    SignIn,
}

fn provider(by: By, is_tree: bool) -> Arc<Provider> {
    let page = match by {
        By::Link => json!({ "by": "link" }),
        By::Offset => json!({ "by": "offset", "parameter": "from", "size": "max", "total": "/total" }),
        By::Number => json!({ "by": "number", "parameter": "page", "size": "max", "total": "/total" }),
        By::Cursor => json!({ "by": "cursor", "parameter": "at", "next": "/next" }),
    };
    let mut step = json!({
        "gives": "id", "label": "Member", "call": { "method": "GET", "path": "/list?max=3" },
        "items": "/items", "id": "/id", "name": "/name", "page": page
    });
    if is_tree {
        step["call"]["path"] = json!("/{node}/members");
        step.as_object_mut().expect("a step").shift_remove("page");
        step["tree"] = json!({
            "gives": "node", "root": "0", "call": { "method": "GET", "path": "/{node}/nodes" },
            "items": "/items", "id": "/id", "name": "/name"
        });
    }
    let file = json!({
        "version": 1, "id": "some", "name": "Some", "member": "member", "about": "Change a name.",
        "servers": { "some": { "label": "Some", "address": "https://some.example" } },
        "sign_in": [{ "id": "token", "type": "http", "scheme": "bearer", "label": "Token" }],
        "identity": { "id": { "label": "ID", "type": "string" } },
        "title": "{name}",
        "read": { "call": { "method": "GET", "path": "/m/{id}" }, "record": "" },
        "update": { "call": { "method": "PUT", "path": "/m/{id}" }, "base": "none" },
        "fields": { "name": { "label": "Name", "type": "string", "at": "/name", "to": "/name" } },
        "answers": { "shape": { "at": "/error", "empty": false } },
        "find": [step]
    });
    Arc::new(Provider::parse(&file.to_string()).unwrap_or_else(|faults| panic!("{faults:?}")))
}

fn answer(status: u16, headers: &[(&str, String)], body: &Json) -> Event {
    let headers = headers.iter().map(|(name, value)| (name.to_string(), value.clone())).collect();
    let body = body.to_string();
    Event::Answered(Ok(Response { status, headers, body, url: None, timing: Default::default() }))
}

fn items(ids: impl Iterator<Item = Option<u8>>) -> Json {
    ids.map(|id| id.map_or_else(|| json!({ "name": "x" }), |id| json!({ "id": id }))).collect()
}

/// Walks to the end; `serve` says the path and the query that are asked for, and gives the answer.
fn walked(
    provider: &Arc<Provider>,
    noise: &[Noise],
    serve: impl FnMut(&str, &str) -> Event,
) -> (Walk, usize) {
    let (connection, known, text) = (Identity::none(), Vec::new(), String::new());
    let wanted = Wanted { step: 0, connection, known, text, days: None };
    let walk = Walk::new(provider.clone(), "some", Between::Nobody, wanted).expect("a walk");
    run(walk, noise, serve)
}

fn run(mut walk: Walk, noise: &[Noise], mut serve: impl FnMut(&str, &str) -> Event) -> (Walk, usize) {
    let moment = Moment { now: NOW, dice: 7 };
    let mut noise = noise.iter().copied().chain(std::iter::repeat(Noise::Nothing));
    let mut step = walk.next(Event::Start, moment).expect("a step");
    let mut reads = 0;
    let mut before = Noise::Nothing;
    while step != Step::Done {
        assert!(reads < 5_000, "it does not end");
        let event = match &step {
            Step::Read(outgoing) => {
                let request = outgoing.request();
                // Three times in a row too many would be the end of it.
                let now = noise.next().filter(|noise| *noise != before).unwrap_or(Noise::Nothing);
                before = now;
                match now {
                    Noise::Busy => answer(429, &[("Retry-After", "1".to_string())], &json!({ "error": "x" })),
                    Noise::SignIn => answer(401, &[], &json!({ "error": "x" })),
                    Noise::Nothing => {
                        reads += 1;
                        serve(&request.path.view(), &request.query.view())
                    }
                }
            }
            _ => Event::GoOn,
        };
        step = walk.next(event, moment).expect("a step");
    }
    (walk, reads)
}

fn found(walk: &Walk) -> Vec<String> {
    walk.list().items().iter().map(|item| item.id.clone()).collect()
}

/// Each once, in the order in which they came.
fn once(ids: impl Iterator<Item = u8>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    ids.filter(|id| seen.insert(*id)).map(|id| id.to_string()).collect()
}

/// The page of a number that a query asks for.
fn asked(query: &str, parameter: &str) -> Option<usize> {
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find(|(name, _)| *name == parameter).and_then(|(_, value)| value.parse().ok())
}

fn given() -> impl Strategy<Value = Given> {
    let id = prop_oneof![12 => (0..40_u8).prop_map(Some), 1 => Just(None)];
    let next = prop_oneof![4 => (0..12_usize).prop_map(Some), 1 => Just(None)];
    let total = prop_oneof![Just(None), (0..60_u64).prop_map(Some)];
    (vec(id, 0..4), next, total).prop_map(|(ids, next, total)| Given { ids, next, total })
}

fn noise() -> impl Strategy<Value = Vec<Noise>> {
    vec(prop_oneof![3 => Just(Noise::Nothing), 1 => Just(Noise::Busy), 1 => Just(Noise::SignIn)], 0..30)
}

fn by() -> impl Strategy<Value = By> {
    prop_oneof![Just(By::Link), Just(By::Offset), Just(By::Number), Just(By::Cursor)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Pages of any size, empty ones, entries that are there twice, counts that lie, a next page that goes round.
    #[test]
    fn a_walk_ends_and_finds_each_entry_of_each_page_once(
        by in by(),
        pages in vec(given(), 1..12),
        noise in noise(),
    ) {
        let provider = provider(by, false);
        let mut served = Vec::new();
        let mut queries = Vec::new();
        let (walk, reads) = walked(&provider, &noise, |_, query| {
            let place = match by {
                By::Link | By::Cursor => asked(query, "at").unwrap_or(0) % pages.len(),
                By::Offset | By::Number => queries.len() % pages.len(),
            };
            queries.push(query.to_string());
            let page = &pages[place];
            served.extend(page.ids.iter().copied());
            let mut body = json!({ "items": items(page.ids.iter().copied()), "total": page.total });
            let mut headers = Vec::new();
            if let Some(next) = page.next {
                body["next"] = json!(next);
                headers.push(("Link", format!("<https://some.example/list?max=3&at={next}>; rel=\"next\"")));
            }
            answer(200, &headers, &body)
        });
        prop_assert!(reads <= 1_000);
        prop_assert_eq!(found(&walk), once(served.iter().copied().flatten()));
        // No page is asked for twice.
        prop_assert_eq!(queries.iter().collect::<BTreeSet<_>>().len(), queries.len(), "{:?}", &queries);
        let nameless = served.iter().filter(|id| id.is_none()).count();
        let said = walk.missing().into_iter().find_map(|missing| match missing {
            Missing::Nameless(count) => Some(count),
            _ => None,
        });
        prop_assert_eq!(said.unwrap_or(0), nameless);
    }

    /// A provider that keeps to its word: nothing is missing, in whatever way its pages follow one another.
    #[test]
    fn an_honest_list_is_found_whole(by in by(), length in 0..40_usize, tells in any::<bool>(), noise in noise()) {
        const SIZE: usize = 3;
        let provider = provider(by, false);
        let (walk, reads) = walked(&provider, &noise, |_, query| {
            let from = match by {
                By::Link | By::Cursor => asked(query, "at").unwrap_or(0),
                By::Offset => asked(query, "from").expect("an offset"),
                By::Number => (asked(query, "page").expect("a number") - 1) * SIZE,
            };
            let until = (from + SIZE).min(length);
            let mut body = json!({ "items": items((from..until).map(|id| Some(id as u8))) });
            let mut headers = Vec::new();
            if tells {
                body["total"] = json!(length);
            }
            if until < length {
                body["next"] = json!(until);
                headers.push(("Link", format!("</list?at={until}&max=null>; rel=\"prev next\"")));
            }
            answer(200, &headers, &body)
        });
        prop_assert_eq!(found(&walk), once((0..length).map(|id| id as u8)));
        prop_assert_eq!(walk.missing(), vec![]);
        prop_assert!(reads <= length / SIZE + 1);
    }

    /// Nodes below one another in any way, which are what is chosen from: each is asked for once and found once.
    #[test]
    fn the_nodes_of_any_tree_are_found_once(nodes in vec(vec(0..10_u8, 0..5), 10), noise in noise()) {
        let provider = provider(By::Link, true);
        let mut lookup = provider.steps()[0].lookup.clone();
        let tree = lookup.tree.as_mut().expect("a tree");
        lookup.list = tree.list.take().expect("a list of nodes");
        let (nobody, known) = (Identity::none(), Vec::new());
        let walk = Walk::choices(provider, "some", Between::Nobody, &lookup, "node", nobody, known);
        let mut asked = Vec::new();
        let (walk, reads) = run(walk.expect("a walk"), &noise, |path, _| {
            let node: u8 = path[1..].split('/').next().and_then(|node| node.parse().ok()).expect("a node");
            asked.push(node);
            answer(200, &[], &json!({ "items": items(nodes[usize::from(node)].iter().copied().map(Some)) }))
        });
        prop_assert_eq!(asked.iter().collect::<BTreeSet<_>>().len(), reads);
        prop_assert_eq!(found(&walk), once(asked.iter().flat_map(|node| &nodes[usize::from(*node)]).copied()));
        prop_assert_eq!(walk.missing(), vec![]);
    }

    /// Nodes below one another in any way: each is met once, and so is each entry.
    #[test]
    fn any_tree_is_walked_once(
        nodes in vec((vec(0..10_u8, 0..5), vec(0..40_u8, 0..5)), 10),
        noise in noise(),
    ) {
        let provider = provider(By::Link, true);
        let mut paths = Vec::new();
        let mut served = Vec::new();
        let (walk, _) = walked(&provider, &noise, |path, _| {
            let (node, what) = path[1..].split_once('/').expect("a node and what of it");
            let (below, members) = &nodes[node.parse::<usize>().expect("a number")];
            paths.push(path.to_string());
            let ids = if what == "nodes" { below } else { members };
            if what == "members" {
                served.extend(ids.iter().copied());
            }
            answer(200, &[], &json!({ "items": items(ids.iter().copied().map(Some)) }))
        });
        prop_assert_eq!(found(&walk), once(served.iter().copied()));
        prop_assert_eq!(walk.missing(), vec![]);
        prop_assert_eq!(paths.iter().collect::<BTreeSet<_>>().len(), paths.len(), "{:?}", &paths);
        // All that can be reached were.
        let mut reached = vec![0_u8];
        let mut at = 0;
        while let Some(node) = reached.get(at).copied() {
            for below in &nodes[usize::from(node)].0 {
                if !reached.contains(below) {
                    reached.push(*below);
                }
            }
            at += 1;
        }
        let visits: Vec<String> = reached.iter().map(|node| format!("/{node}/members")).collect();
        let members: Vec<&String> = paths.iter().filter(|path| path.ends_with("/members")).collect();
        prop_assert_eq!(members, visits.iter().collect::<Vec<_>>());
    }
}
