//! What can come in the middle of a list.

use serde_json::json;

use super::ids;
use super::world::{Said, World, plain};
use crate::find::missing::Missing;
use crate::provider::explain::Means;
use crate::transport::SignFault;

use super::world::{NOW, provider, wanted};
use super::{Event, Step, Walk};
use crate::transport::Between;

fn pages() -> World {
    let mut world = World::new(plain(json!({ "by": "offset", "parameter": "from", "size": "max" })));
    world.say("/list?max=2&from=0", Said::Items(&["a", "b"]));
    world
}

/// Why the rest is missing.
fn rest(missing: &[Missing]) -> Means {
    match missing {
        [Missing::Part { name: None, reason }] => reason.means,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_provider_that_is_always_busy_is_given_up() {
    let mut world = pages();
    world.say("/list?max=2&from=2", Said::Busy("1"));
    let walk = world.walk();
    assert_eq!((ids(&walk), rest(&walk.missing())), (vec!["a", "b"], Means::Busy));
    assert_eq!(world.waits.len(), 3);
    // A wait of hours is one for a person.
    let mut world = pages();
    world.say("/list?max=2&from=2", Said::Busy("7200"));
    assert_eq!(rest(&world.walk().missing()), Means::Busy);
    assert_eq!(world.waits.len(), 0);
}

#[test]
fn the_sign_in_that_ends_in_the_middle_is_asked_for_and_nothing_is_lost() {
    let mut world = pages();
    world.say("/list?max=2&from=2", Said::Status(401));
    world.say("/list?max=2&from=2", Said::Status(401));
    world.say("/list?max=2&from=2", Said::Items(&["c"]));
    let walk = world.walk();
    assert_eq!((ids(&walk), walk.missing()), (vec!["a", "b", "c"], vec![]));
    assert_eq!(world.sign_ins, 2);
}

#[test]
fn what_comes_before_a_fault_is_kept() {
    let check = |said: Said, means: Means| {
        let mut world = pages();
        world.say("/list?max=2&from=2", said.clone());
        let walk = world.walk();
        assert_eq!((ids(&walk), rest(&walk.missing())), (vec!["a", "b"], means), "{said:?}");
    };
    check(Said::Silence, Means::Fault);
    check(Said::Status(500), Means::Fault);
    check(Said::Status(403), Means::Rights);
    check(Said::Status(404), Means::NotFound);
    // An answer, but not with a list.
    check(Said::Body(json!({ "other": [] })), Means::Fault);
    check(Said::Body(json!({ "items": 7 })), Means::Fault);
    check(Said::Body(json!({ "items": { "id": "c" } })), Means::Fault);
    check(Said::Body(json!([])), Means::Fault);
}

#[test]
fn every_way_of_having_nothing_is_an_empty_list() {
    for nothing in [json!(null), json!([]), json!(""), json!({})] {
        let mut world = pages();
        world.say("/list?max=2&from=2", Said::Body(json!({ "items": nothing })));
        let walk = world.walk();
        assert_eq!((ids(&walk), walk.missing()), (vec!["a", "b"], vec![]));
    }
}

#[test]
fn an_entry_without_a_name_has_its_id_and_one_without_an_id_is_counted() {
    let mut world = World::new(plain(json!(null)));
    world.say(
        "/list",
        Said::Body(json!({ "items": [
            { "id": 5167895462739968_u64, "name": " ", "mail": "a@example.com" },
            { "id": "b" }, { "name": "Nobody" }, { "id": "", "name": "Nobody" }, { "id": null }, 7, null,
            { "id": "c", "name": "Cleo", "mail": { "work": "c@example.com" } },
            { "id": "d", "name": "Dan", "mail": "d@example.com" }
        ] })),
    );
    let walk = world.walk();
    let seen: Vec<(&str, &str, Option<&str>)> = walk
        .list()
        .items()
        .iter()
        .map(|item| (item.id.as_str(), item.name.as_str(), item.second.as_deref()))
        .collect();
    assert_eq!(
        seen,
        [
            ("5167895462739968", "a@example.com", None),
            ("b", "b", None),
            ("c", "Cleo", None),
            ("d", "Dan", Some("d@example.com"))
        ]
    );
    assert_eq!(walk.missing(), [Missing::Nameless(5)]);
    assert_eq!(walk.missing()[0].words("Some").text(), "5 entries have no ID, so they cannot be chosen.");
}

#[test]
fn a_list_of_fifty_thousand_is_read_and_a_longer_one_is_not() {
    let page = |from: usize| {
        let items = (from..from + 10_000).map(|number| json!({ "id": number.to_string() }));
        Said::Body(json!({ "items": items.collect::<Vec<_>>() }))
    };
    let mut world = World::new(plain(json!({ "by": "offset", "parameter": "from" })));
    (0..9).for_each(|number| {
        world.say(&format!("/list?max=2&from={}", number * 10_000), page(number * 10_000))
    });
    let walk = world.walk();
    assert_eq!(walk.list().items().len(), 50_000);
    assert_eq!(walk.list().matching("49999").count(), 1);
    assert_eq!((walk.missing(), world.asked.len()), (vec![Missing::TooMany], 6));
    // A page of ten thousand is taken in forty parts; of the sixth, the first entry is one too many.
    assert_eq!(world.yields, 5 * 39);
}

#[test]
fn a_long_page_can_be_stopped_half_way() {
    let mut world = World::new(plain(json!(null)));
    let items: Vec<_> = (0..1000).map(|number| json!({ "id": number.to_string() })).collect();
    world.say("/list?max=2", Said::Body(json!({ "items": items })));
    assert_eq!(world.walk().list().items().len(), 1000);
    assert_eq!(world.yields, 3);
    world.stop_at_yield = true;
    let walk = world.walk();
    let found = walk.list().items().len();
    assert!((1..1000).contains(&found), "{found}");
    assert_eq!(walk.missing(), [Missing::Stopped]);
}

#[test]
fn a_list_without_end_ends() {
    let mut world = World::new(plain(json!({ "by": "number", "parameter": "page" })));
    for number in 1..=1001 {
        world.say(
            &format!("/list?max=2&page={number}"),
            Said::Body(json!({ "items": [{ "id": number.to_string() }] })),
        );
    }
    let walk = world.walk();
    assert_eq!((walk.list().items().len(), world.asked.len()), (1000, 1000));
    assert_eq!(walk.missing(), [Missing::TooMany]);
}

#[test]
fn a_credential_that_is_not_there_is_asked_for_before_anything_is_sent() {
    let mut walk =
        Walk::new(provider(plain(json!(null))), "some", Between::Nobody, wanted(0)).expect("a walk");
    walk.next(Event::Start, NOW);
    let missing = Event::Unsigned(SignFault::Missing { secret: "token".to_string() });
    let Some(Step::SignIn(reason)) = walk.next(missing, NOW) else { panic!("a sign-in") };
    assert_eq!(reason.means, Means::SignIn);
    assert!(matches!(walk.next(Event::GoOn, NOW), Some(Step::Read(_))));
}
