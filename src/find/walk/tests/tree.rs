//! A list in parts, one for each node of a tree.

use serde_json::{Value as Json, json};

use super::ids;
use super::world::{Said, World};
use crate::find::missing::Missing;

fn teams() -> Json {
    json!([{
        "gives": "id", "label": "Member", "call": { "method": "GET", "path": "/{team}/members" },
        "items": "/items", "id": "/id", "name": "/name",
        "tree": { "gives": "team", "root": "0", "call": { "method": "GET", "path": "/{team}/teams" },
                  "items": "/items", "id": "/id", "name": "/name" }
    }])
}

/// Two teams, of which one has one more below it.
fn world() -> World {
    let mut world = World::new(teams());
    world.say("/0/teams", Said::Items(&["t1", "t2"]));
    world.say("/0/members", Said::Items(&["root"]));
    world.say("/t1/teams", Said::Items(&["t3"]));
    world.say("/t1/members", Said::Items(&["a", "b"]));
    world
}

#[test]
fn a_tree_is_walked_in_its_breadth_and_somebody_in_two_teams_is_there_once() {
    let mut world = world();
    world.say("/t2/teams", Said::Items(&[]));
    world.say("/t2/members", Said::Items(&["b", "c"]));
    world.say("/t3/teams", Said::Items(&[]));
    world.say("/t3/members", Said::Items(&["d", "a"]));
    let walk = world.walk();
    assert_eq!(ids(&walk), ["root", "a", "b", "c", "d"]);
    assert_eq!(walk.missing(), []);
    assert_eq!(
        world.asked,
        [
            "/0/teams",
            "/0/members",
            "/t1/teams",
            "/t1/members",
            "/t2/teams",
            "/t2/members",
            "/t3/teams",
            "/t3/members"
        ]
    );
    let within = |id: &str| walk.list().get(id).expect("an item").within.clone();
    assert_eq!(within("root"), Vec::<String>::new());
    assert_eq!(within("a"), ["Name of t1", "Name of t3"]);
    assert_eq!(within("b"), ["Name of t1", "Name of t2"]);
    assert_eq!(walk.progress(), Some((4, 4)));
}

#[test]
fn a_tree_that_goes_round_ends() {
    let mut world = world();
    world.say("/t2/teams", Said::Items(&["0", "t1", "t2"]));
    world.say("/t2/members", Said::Items(&[]));
    world.say("/t3/teams", Said::Items(&["t1", "t3"]));
    world.say("/t3/members", Said::Items(&[]));
    let walk = world.walk();
    assert_eq!((ids(&walk), walk.missing()), (vec!["root", "a", "b"], vec![]));
    assert_eq!(world.asked.len(), 8);
}

#[test]
fn a_node_that_cannot_be_read_is_missing_and_the_others_are_there() {
    let mut world = world();
    world.say("/t2/teams", Said::Status(403));
    world.say("/t2/members", Said::Items(&["c"]));
    world.say("/t3/teams", Said::Items(&[]));
    world.say("/t3/members", Said::Silence);
    let walk = world.walk();
    assert_eq!(ids(&walk), ["root", "a", "b", "c"]);
    let missing = walk.missing();
    let names: Vec<Option<&str>> = missing
        .iter()
        .map(|missing| match missing {
            Missing::Part { name, .. } => name.as_deref(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(names, [Some("Name of t2"), Some("Name of t3")]);
    assert_eq!(
        missing[0].words("Some").text(),
        "“Name of t2” could not be read. Some does not allow this. Ask somebody who may."
    );
}

#[test]
fn what_always_fails_is_given_up() {
    let mut world = World::new(teams());
    world.say("/0/teams", Said::Items(&["1", "2", "3", "4", "5", "6", "7", "8", "9"]));
    world.say("/0/members", Said::Items(&["a"]));
    for number in 1..9 {
        world.say(&format!("/{number}/teams"), Said::Silence);
        world.say(&format!("/{number}/members"), Said::Silence);
    }
    let walk = world.walk();
    assert_eq!(ids(&walk), ["a"]);
    assert_eq!(world.asked.len(), 7, "{:?}", world.asked);
    assert!(matches!(walk.missing().last(), Some(Missing::Part { name: None, .. })));
}

/// A node's name is a part of an address, or the node is missing.
#[test]
fn a_node_that_cannot_stand_in_an_address_is_missing() {
    let mut world = World::new(teams());
    world.say("/0/teams", Said::Items(&[".."]));
    world.say("/0/members", Said::Items(&["a"]));
    let walk = world.walk();
    assert_eq!(ids(&walk), ["a"]);
    assert!(matches!(&walk.missing()[..], [Missing::Part { name: Some(_), .. }]), "{:?}", walk.missing());
}

#[test]
fn a_tree_of_more_nodes_than_anybody_waits_for_ends() {
    let mut world = World::new(teams());
    let teams: Vec<Json> = (0..5000).map(|number| json!({ "id": format!("n{number}") })).collect();
    world.say("/0/teams", Said::Body(json!({ "items": teams })));
    world.say("/0/members", Said::Items(&[]));
    for number in 0..2000 {
        world.say(&format!("/n{number}/teams"), Said::Items(&[]));
        world.say(&format!("/n{number}/members"), Said::Items(&[]));
    }
    let walk = world.walk();
    assert_eq!(walk.missing(), [Missing::TooMany]);
    assert_eq!(world.asked.len(), 4000);
}
