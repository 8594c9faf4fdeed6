//! A published list is asked for as the page asks for it, but for the parameters that are named here, and the page
//! finds in it what it has.

use std::collections::BTreeSet;
use std::sync::Arc;

use memberdesk::change::driver::Moment;
use memberdesk::change::identity::Identity;
use memberdesk::find::missing::Missing;
use memberdesk::find::walk::{Event, Step, Walk, Wanted};
use memberdesk::provider::list::Lookup;
use memberdesk::transport::{Between, Response, link};
use serde_json::json;

use super::{case, every_case, own_call, provider_of, response, url};
use crate::sample::NOW;

/// A list, and how it is found: the case, the step, what is known by then and what was typed; the parameters that the
/// page leaves out and adds, and each entry's name and second text.
struct List {
    id: &'static str,
    step: usize,
    known: &'static [(&'static str, &'static str)],
    typed: &'static str,
    without: &'static [&'static str],
    with: &'static [&'static str],
    found: &'static [(&'static str, &'static str)],
}

const UNICORN: (&str, &str) =
    ("roomId", "Y2lzY29zcGFyazovL3VzL1JPT00vYmJjZWIxYWQtNDNmMS0zYjU4LTkxNDctZjE0YmIwYzRkMTU0");
const DEVNET: (&str, &str) = (
    "roomId",
    "Y2lzY29zcGFyazovL3VybjpURUFNOnVzLXdlc3QtMl9yL1JPT00vMzk5ZWE4ZTAtM2YwZC0xMWYxLWE4NjQtNTM5NjdjZTYyMjkw",
);

const LISTS: [List; 10] = [
    List {
        id: "webex-03",
        step: 1,
        known: &[UNICORN],
        typed: "John.Andersen@example.com",
        without: &[],
        with: &[],
        found: &[("John Andersen", "john.andersen@example.com")],
    },
    // Spaces of both kinds, those first in which something was said last.
    List {
        id: "webex-05",
        step: 0,
        known: &[],
        typed: "",
        without: &["type"],
        with: &["sortBy"],
        found: &[("Project Unicorn - Sprint 0", "Group space")],
    },
    List {
        id: "webex-12",
        step: 1,
        known: &[DEVNET],
        typed: "Member",
        without: &[],
        with: &["max"],
        found: &[("Member One", "member.one@example.com")],
    },
    List {
        id: "webex-14",
        step: 0,
        known: &[],
        typed: "",
        without: &[],
        with: &["max", "sortBy"],
        found: &[("Cisco-Devnet", "Group space")],
    },
    // Sorted by the provider's own order: the values of “sort” are not published.
    List {
        id: "symbl-12",
        step: 0,
        known: &[],
        typed: "",
        without: &["sort"],
        with: &[],
        found: &[
            ("John / Mary Brainstorming", "27 February 2021, 15:53 UTC"),
            ("John / Mary Catch up", "24 February 2021, 15:53 UTC"),
            ("John / Acme Corp Meeting", "27 February 2021, 15:53 UTC"),
        ],
    },
    conversation(
        "symbl-04",
        &[("conversationId", "4866329603473408")],
        &[("Speaker 1", ""), ("Speaker 2", "")],
    ),
    conversation(
        "symbl-05",
        &[("conversationId", "4866329603473408")],
        &[("Speaker 1", ""), ("John Doe", "john@example.com")],
    ),
    conversation(
        "symbl-07",
        &[("conversationId", "4549300882243584")],
        &[("John", "John@example.com"), ("Mary", "Mary@example.com"), ("Roger", "Roger@example.com")],
    ),
    conversation("symbl-09", &[("conversationId", "6549352073920512")], &[("Steve", "steve@abccorp.com")]),
    List {
        id: "aitable-08",
        step: 1,
        known: &[("spaceId", "spcjXzqVrjaP3")],
        typed: "",
        without: &[],
        with: &[],
        found: &[("John", "john@aitable.ai")],
    },
];

const fn conversation(
    id: &'static str,
    known: &'static [(&'static str, &'static str)],
    found: &'static [(&'static str, &'static str)],
) -> List {
    List { id, step: 1, known, typed: "", without: &[], with: &[], found }
}

/// The nodes of a tree, which are on the way to a list.
const NODES: [&str; 1] = ["aitable-05"];

/// Lists that are answered with a refusal: they are among the refusals.
const REFUSED: [&str; 2] = ["webex-17", "webex-18"];

type Case = (&'static str, &'static str, &'static [(&'static str, &'static str)], &'static [&'static str]);

/// What values are chosen from: the case, where the file says so, what is known by then, and what is found first.
const CHOICES: [Case; 4] = [
    (
        "aitable-05",
        "/fields/teams/items/choices",
        &[("spaceId", "spcjXzqVrjaP3"), ("unitId", "x")],
        &["team A", "team B"],
    ),
    (
        "aitable-06",
        "/fields/roles/items/choices",
        &[("spaceId", "spcjXzqVrjaP3"), ("unitId", "x")],
        &["role A"],
    ),
    ("toluna-25", "/reference/asks/cultureId/choices", &[], &["Venezuela Spanish"]),
    (
        "toluna-27",
        "/fields/answers/items/properties/QuestionID/choices",
        &[("cultureId", "5")],
        &["Gender", "Education level:", "Household Yearly Income (Gross):"],
    ),
];

#[test]
fn a_published_list_of_values_is_asked_for_and_what_is_in_it_is_found() {
    for (id, pointer, known, names) in CHOICES {
        let provider = Arc::new(provider_of(id).clone());
        let known: Vec<(String, String)> =
            known.iter().map(|(name, text)| (name.to_string(), text.to_string())).collect();
        let identity = Identity::check(&provider, &known).unwrap_or_else(|_| Identity::none());
        let lookup = provider.lookups().into_iter().find(|(own, _)| own == pointer).expect(id).1.clone();
        let (own, server) = (provider.clone(), provider.servers[0].slug.clone());
        let mut walk =
            Walk::choices(own, &server, Between::Nobody, &lookup, "value", identity, known).expect(id);
        let moment = Moment { now: NOW, dice: 7 };
        let Some(Step::Read(outgoing)) = walk.next(Event::Start, moment) else { panic!("{id}") };
        let (request, published) = (outgoing.request(), case(id));
        let (path, mut query) = parts(id);
        query.extend(names_added(&lookup));
        assert_eq!((request.path.view(), self::names(&request.query.view())), (path, query), "{id}");
        assert_eq!(request.method.as_str(), published["request"]["method"], "{id}");
        if let Some(body) = &request.body {
            let mut expected = published["request"]["body"].clone();
            // What nobody can send is not asked for.
            expected["IncludeComputed"] = json!("false");
            let body: serde_json::Value = serde_json::from_str(&body.view()).expect("JSON");
            assert_eq!(body, expected, "{id}");
        }
        let has = |name: &str| request.headers.iter().any(|(own, _)| own == name);
        assert_eq!(has("PARTNER_AUTH_KEY"), lookup.is_reference, "{id}");
        assert_eq!(has("Authorization"), !lookup.is_reference, "{id}");
        walk.next(Event::Answered(Ok(response(&published))), moment);
        let found: Vec<&str> = walk.list().items().iter().map(|item| item.name.as_str()).collect();
        assert_eq!(found.iter().take(names.len()).copied().collect::<Vec<_>>(), names, "{id}");
        if id == "toluna-27" {
            let education = walk.list().get("1001101").expect("a question");
            assert_eq!((education.second.as_deref(), education.inner[0].len()), (Some("Education"), 15));
            assert_eq!(walk.list().inner_names(0, true).get("2796306"), Some("Degree/HND"));
        }
    }
}

/// The parameters of pages that a published request may do without.
fn names_added(lookup: &Lookup) -> Vec<String> {
    lookup.list.page.iter().filter_map(|page| page.parameter()).map(str::to_string).collect()
}

/// Lists of other endpoints that no step uses: people and teams of one provider; who has a role, of another; and what
/// another lists that are no members.
const UNUSED: [&str; 5] = ["webex-07", "webex-10", "webex-11", "aitable-07", "flashapply-05"];

/// The names of the parameters of a query.
fn names(query: &str) -> BTreeSet<String> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| pair.split('=').next().unwrap_or_default().to_string()).collect()
}

/// A case's path and the names of its query.
fn parts(id: &str) -> (String, BTreeSet<String>) {
    let case = case(id);
    let url = url(&case);
    let (place, query) = url.split_once('?').unwrap_or((url, ""));
    let path =
        place.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
    (["/", path].concat(), names(query))
}

/// Walks a list. The cases are the answers to their first pages; what is asked besides has nothing in it.
fn walked(list: &List, cases: &[&str]) -> (Walk, Vec<(String, BTreeSet<String>)>) {
    let provider = Arc::new(provider_of(list.id).clone());
    let known = list.known.iter().map(|(name, text)| (name.to_string(), text.to_string())).collect();
    let (connection, text) = (Identity::none(), list.typed.to_string());
    let wanted = Wanted { step: list.step, connection, known, text, days: None };
    let server = provider.servers[0].slug.clone();
    let mut walk = Walk::new(provider, &server, Between::Nobody, wanted).expect(list.id);
    let moment = Moment { now: NOW, dice: 7 };
    let mut asked: Vec<(String, BTreeSet<String>)> = Vec::new();
    let mut step = walk.next(Event::Start, moment);
    while let Some(Step::Read(outgoing)) = step {
        let (path, query) = (outgoing.request().path.view(), outgoing.request().query.view());
        let known =
            cases.iter().find(|id| parts(id).0 == path && asked.iter().all(|(other, _)| *other != path));
        let nothing = || Response {
            status: 200,
            headers: Vec::new(),
            body: json!({ "success": true, "data": { "total": 0, "teams": [], "members": [] } }).to_string(),
            url: None,
            timing: Default::default(),
        };
        asked.push((path, names(&query)));
        let answer = known.map_or_else(nothing, |id| response(&case(id)));
        step = walk.next(Event::Answered(Ok(answer)), moment);
    }
    assert_eq!(step, Some(Step::Done), "{}", list.id);
    (walk, asked)
}

#[test]
fn a_published_list_is_asked_for_and_what_is_in_it_is_found() {
    for list in LISTS.iter() {
        let (walk, asked) = walked(list, &[&[list.id], &NODES[..]].concat());
        let (path, published) = parts(list.id);
        let (_, own) = asked.iter().find(|(other, _)| *other == path).unwrap_or_else(|| panic!("{asked:?}"));
        let mut expected = published;
        list.without.iter().for_each(|name| assert!(expected.remove(*name), "{} {name}", list.id));
        list.with.iter().for_each(|name| assert!(expected.insert(name.to_string()), "{} {name}", list.id));
        assert_eq!(*own, expected, "{}", list.id);
        let found: Vec<(&str, &str)> = walk
            .list()
            .items()
            .iter()
            .map(|item| (item.name.as_str(), item.second.as_deref().unwrap_or_default()))
            .collect();
        assert_eq!(found, list.found, "{}", list.id);
    }
}

#[test]
fn a_published_tree_is_walked_to_the_members_of_its_teams() {
    let list = LISTS.iter().find(|list| list.id == "aitable-08").expect("a list");
    let (walk, asked) = walked(list, &["aitable-05", "aitable-08"]);
    let (path, names) = parts("aitable-05");
    assert_eq!(asked[0], (path, names));
    let john = &walk.list().items()[0];
    assert_eq!(
        (john.id.as_str(), &john.within[..]),
        ("P8eYsXuL6pZ3mT9cN7gVjKwA2hBq4Ft", &["team A".to_string()][..])
    );
    assert_eq!(walk.progress(), Some((3, 3)));
    // Every public copy of the page cuts off the second of two members.
    let expected = Missing::Fewer { part: Some("team A".to_string()), said: 2, gave: 1 };
    assert_eq!(walk.missing(), [expected]);
}

#[test]
fn a_published_link_leads_to_the_next_page_of_the_same_list() {
    let answer = response(&case("webex-11"));
    let target = answer.header("Link").and_then(link::next).expect("a next page");
    let after = "Y2lzY29zcGFyazovL3VzL1BFT1BMRS83MTZlOWQxYy1jYTQ0LTRmZWQtOGZjYS05ZGY0YjRmNDE3ZjU";
    let query = ["displayName=Harold&max=10&before&after=", after].concat();
    assert_eq!(link::query(target, "/v1/people"), Some(query));
    assert_eq!(link::query(target, "/v1/rooms"), None);
}

#[test]
fn every_published_list_is_replayed_or_named_as_not_used() {
    let replayed: Vec<&str> = LISTS.iter().map(|list| list.id).chain(NODES).chain(REFUSED).collect();
    for (provider, case) in every_case() {
        let id = case["id"].as_str().expect("an id");
        let path = parts(id).0;
        let is_list = provider
            .steps()
            .iter()
            .flat_map(|step| step.lookup.calls())
            .any(|call| case["request"]["method"] == "GET" && call.path.read(&path).is_some());
        let refused = case["response"]["status"] != 200;
        assert_eq!(is_list && !refused, replayed.contains(&id) && !REFUSED.contains(&id), "{id}");
    }
    for id in UNUSED {
        assert!(case(id).get("only").is_some() && own_call(provider_of(id), &case(id)).is_none(), "{id}");
    }
}
