mod choices;
mod faults;
mod kinds;
mod tree;
mod world;

use std::time::Duration;

use serde_json::json;

use super::{Event, Step, Walk};
use crate::change::identity::Identity;
use crate::find::missing::Missing;
use crate::transport::Between;
use world::{NOW, Said, World, plain, provider, wanted};

/// The ids that were found, in their order.
fn ids(walk: &Walk) -> Vec<&str> {
    walk.list().items().iter().map(|item| item.id.as_str()).collect()
}

#[test]
fn a_list_without_pages_is_one_answer() {
    let mut world = World::new(plain(json!(null)));
    world.say("/list", Said::Items(&["a", "b"]));
    let walk = world.walk();
    assert_eq!(ids(&walk), ["a", "b"]);
    assert_eq!(walk.missing(), []);
    assert_eq!(world.asked, ["/list?max=2"]);
    assert_eq!(walk.progress(), None);
}

#[test]
fn what_an_event_does_not_fit_is_passed_over() {
    let mut walk =
        Walk::new(provider(plain(json!(null))), "some", Between::Nobody, wanted(0)).expect("a walk");
    assert_eq!(walk.next(Event::GoOn, NOW), None);
    assert!(matches!(walk.next(Event::Start, NOW), Some(Step::Read(_))));
    assert_eq!(walk.next(Event::Start, NOW), None);
    assert_eq!(walk.next(Event::Stop, NOW), Some(Step::Done));
    assert_eq!(walk.next(Event::Stop, NOW), None);
    assert!(walk.is_done());
    assert_eq!(walk.missing(), [Missing::Stopped]);
}

#[test]
fn a_step_whose_names_are_not_known_is_not_walked() {
    let provider = provider(json!([
        { "gives": "room", "label": "Room", "call": { "method": "GET", "path": "/r" }, "items": "", "id": "/id", "name": "/name" },
        { "gives": "id", "label": "Member", "call": { "method": "GET", "path": "/r/{room}" }, "items": "", "id": "/id", "name": "/name" }
    ]));
    let walk = |step, known: &[(&str, &str)]| {
        let known = known.iter().map(|(name, text)| (name.to_string(), text.to_string())).collect();
        let wanted = super::Wanted { known, connection: Identity::none(), ..wanted(step) };
        Walk::new(provider.clone(), "some", Between::Nobody, wanted)
    };
    assert!(walk(0, &[]).is_some());
    assert!(walk(1, &[]).is_none());
    assert!(walk(1, &[("room", "")]).is_none());
    assert!(walk(1, &[("room", "7")]).is_some());
    assert!(walk(2, &[("room", "7")]).is_none());
}

#[test]
fn a_period_ends_now_and_a_search_goes_along_if_it_is_one() {
    let mut step = plain(json!(null));
    step[0]["period"] = json!({ "from": "since", "to": "until", "days": 7 });
    step[0]["search"] = json!({ "parameter": "mail", "format": "email" });
    let asked = |days: Option<u64>, text: &str| {
        let mut world = World::new(step.clone());
        (world.wanted.days, world.wanted.text) = (days, text.to_string());
        world.say("/list", Said::Items(&[]));
        world.walk();
        world.asked.remove(0)
    };
    let week = "/list?max=2&since=2027-01-08T08%3A00%3A00.000Z&until=2027-01-15T08%3A00%3A00.000Z";
    assert_eq!(asked(None, "ada"), week);
    assert_eq!(
        asked(Some(365), " ada+1@example.com"),
        "/list?max=2&mail=ada%2B1%40example.com&since=2026-01-15T08%3A00%3A00.000Z&until=2027-01-15T08%3A00%3A00.000Z"
    );
    // Longer than there is time.
    assert!(asked(Some(u64::MAX), "").contains("since=1970-01-01T00"));
}

#[test]
fn stopping_keeps_what_was_found() {
    let mut world = World::new(plain(json!({ "by": "offset", "parameter": "from" })));
    world.say("/list?max=2&from=0", Said::Items(&["a", "b"]));
    world.say("/list?max=2&from=2", Said::Stop);
    let walk = world.walk();
    assert_eq!((ids(&walk), walk.missing()), (vec!["a", "b"], vec![Missing::Stopped]));
}

#[test]
fn the_provider_says_when_to_come_back() {
    let mut world = World::new(plain(json!({ "by": "offset", "parameter": "from", "size": "max" })));
    world.say("/list?max=2&from=0", Said::Items(&["a", "b"]));
    world.say("/list?max=2&from=2", Said::Busy("7"));
    world.say("/list?max=2&from=2", Said::Items(&["c"]));
    let walk = world.walk();
    assert_eq!((ids(&walk), walk.missing()), (vec!["a", "b", "c"], vec![]));
    let [wait] = world.waits[..] else { panic!("{:?}", world.waits) };
    assert!(wait >= Duration::from_secs(7) && wait < Duration::from_secs(9), "{wait:?}");
}
