//! What a value is chosen from: the nodes of a tree, and what an entry has in its turn.

use serde_json::{Value as Json, json};

use super::ids;
use super::world::{Said, World};
use crate::find::missing::Missing;

fn teams() -> World {
    World::of_choices(json!({
        "call": { "method": "GET", "path": "/{team}/teams" }, "items": "/items", "id": "/id", "name": "/name",
        "tree": { "gives": "team", "root": "0" }
    }))
}

#[test]
fn the_nodes_of_a_tree_are_what_is_chosen_from() {
    let mut world = teams();
    world.say("/0/teams", Said::Items(&["t1", "t2"]));
    world.say("/t1/teams", Said::Items(&["t3"]));
    world.say("/t2/teams", Said::Items(&[]));
    world.say("/t3/teams", Said::Items(&[]));
    let walk = world.walk();
    assert_eq!((ids(&walk), walk.missing()), (vec!["t1", "t2", "t3"], vec![]));
    assert_eq!(world.asked, ["/0/teams", "/t1/teams", "/t2/teams", "/t3/teams"], "one call for each");
    assert_eq!(walk.progress(), Some((4, 4)));
    let below = walk.list().get("t3").expect("a team");
    assert_eq!(
        (below.path().as_str(), below.beside().as_deref()),
        ("Name of t1 › Name of t3", Some("Name of t1"))
    );
    assert_eq!(walk.list().get("t1").expect("a team").beside(), None);
    // Who looks for a team finds what is below it too.
    let found: Vec<&str> = walk.list().matching("of t1").map(|item| item.id.as_str()).collect();
    assert_eq!(found, ["t1", "t3"]);
    let names = walk.list().names(true);
    assert_eq!((names.get("t3"), names.lacks("t4")), (Some("Name of t3"), true));
}

#[test]
fn a_tree_of_choices_that_goes_round_ends() {
    let mut world = teams();
    world.say("/0/teams", Said::Items(&["t1", "t1", "0"]));
    world.say("/t1/teams", Said::Items(&["t1", "t2", "0"]));
    world.say("/t2/teams", Said::Items(&["t1"]));
    let walk = world.walk();
    assert_eq!((ids(&walk), world.asked.len()), (vec!["t1", "0", "t2"], 3));
}

#[test]
fn a_node_whose_list_fails_can_be_chosen_all_the_same() {
    let mut world = teams();
    world.say("/0/teams", Said::Items(&["t1", "t2"]));
    world.say("/t1/teams", Said::Status(403));
    world.say("/t2/teams", Said::Busy("1"));
    world.say("/t2/teams", Said::Items(&["t3"]));
    world.say("/t3/teams", Said::Stop);
    let walk = world.walk();
    assert_eq!((ids(&walk), world.waits.len()), (vec!["t1", "t2", "t3"], 1));
    let missing = walk.missing();
    assert!(
        matches!(&missing[..], [Missing::Part { name: Some(name), .. }, Missing::Stopped] if name == "Name of t1"),
        "{missing:?}"
    );
    assert!(!walk.list().names(missing.is_empty()).lacks("t9"), "it may be below what could not be read");
}

#[test]
fn a_tree_of_more_choices_than_anybody_waits_for_ends() {
    let mut world = teams();
    let teams: Vec<Json> = (0..5000).map(|number| json!({ "id": format!("n{number}") })).collect();
    world.say("/0/teams", Said::Body(json!({ "items": teams })));
    (0..2000).for_each(|number| world.say(&format!("/n{number}/teams"), Said::Items(&[])));
    let walk = world.walk();
    assert_eq!(walk.missing(), [Missing::TooMany]);
    assert_eq!((walk.list().items().len(), world.asked.len()), (5000, 2000));
}

#[test]
fn an_entry_has_what_is_chosen_with_it() {
    let mut world = World::of_choices(json!({
        "call": { "method": "GET", "path": "/questions" }, "items": "", "id": "/id", "name": "/name",
        "of": { "answer": { "items": "/answers", "id": "/id", "name": "/name" } }
    }));
    world.say("/questions", Said::Body(json!([
        { "id": 1, "name": "Q1", "answers": [{ "id": 11, "name": "Yes" }, { "id": 11, "name": "Yes!" }, { "id": 12 }, { "name": "?" }, 7] },
        { "id": 2, "name": "Q2", "answers": null },
        { "id": 3, "answers": "none" },
        { "id": 1, "name": "Q1 again", "answers": [{ "id": 13 }] }
    ])));
    let walk = world.walk();
    let inner = |id: &str| {
        let own = walk.list().get(id).expect("a question").inner[0].iter();
        own.map(|item| [item.id.as_str(), item.name.as_str()]).collect::<Vec<_>>()
    };
    assert_eq!(inner("1"), [["11", "Yes"], ["12", "12"]]);
    assert_eq!((inner("2"), inner("3")), (vec![], vec![]));
    assert_eq!(walk.list().inner_names(0, true).get("11"), Some("Yes"));
    assert!(walk.list().inner_names(0, true).lacks("13"));
}
