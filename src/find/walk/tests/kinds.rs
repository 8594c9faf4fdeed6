//! Each way in which pages follow one another, and how each can go wrong.

use serde_json::{Value as Json, json};

use super::ids;
use super::world::{Said, World, plain};
use crate::find::missing::Missing;

fn check(page: Json, said: &[(&str, Said)], expected: &[&str], asked: usize, missing: &[Missing]) {
    let mut world = World::new(plain(page));
    said.iter().for_each(|(to, said)| world.say(to, said.clone()));
    let walk = world.walk();
    assert_eq!(ids(&walk), expected, "{:?}", world.asked);
    assert_eq!(world.asked.len(), asked, "{:?}", world.asked);
    assert_eq!(walk.missing(), missing);
}

fn fewer(said: u64, gave: u64) -> Missing {
    Missing::Fewer { part: None, said, gave }
}

/// A page of these ids, with more beside them.
fn page(ids: &[&str], more: Json) -> Said {
    let mut body = json!({ "items": ids.iter().map(|id| json!({ "id": id })).collect::<Vec<_>>() });
    body.as_object_mut().expect("an object").extend(more.as_object().cloned().unwrap_or_default());
    Said::Body(body)
}

#[test]
fn links_are_followed_until_there_is_none() {
    let link = || json!({ "by": "link" });
    let next = r#"<https://some.example/list?max=2&after=b>; rel="next""#;
    let two =
        [("/list?max=2", Said::Linked(&["a", "b"], next)), ("/list?max=2&after=b", Said::Items(&["c"]))];
    check(link(), &two, &["a", "b", "c"], 2, &[]);
    // Whatever host a link names, what is asked is asked of the same server.
    let elsewhere = r#"<https://inside.example:99/base/list?after=b>; rel="next""#;
    let two = [("/list?max=2", Said::Linked(&["a", "b"], elsewhere)), ("/list?after=b", Said::Items(&["c"]))];
    check(link(), &two, &["a", "b", "c"], 2, &[]);
    // Another path is another list.
    let other = r#"<https://some.example/people?after=b>; rel="next""#;
    check(link(), &[("/list", Said::Linked(&["a"], other))], &["a"], 1, &[Missing::Astray]);
    let defect = r#"<https://some.example/list?max=null&after=b>; rel="next""#;
    let two = [("/list?max=2", Said::Linked(&["a"], defect)), ("/list?after=b", Said::Items(&["b"]))];
    check(link(), &two, &["a", "b"], 2, &[]);
}

#[test]
fn a_link_is_followed_once() {
    let link = || json!({ "by": "link" });
    let itself = r#"<?max=2>; rel="next""#;
    check(link(), &[("/list", Said::Linked(&["a"], itself))], &["a"], 1, &[Missing::Astray]);
    // Round in a circle of two.
    let (there, back) = (r#"<?after=b>; rel="next""#, r#"<?max=2>; rel="next""#);
    let two = [("/list?max=2", Said::Linked(&["a"], there)), ("/list?after=b", Said::Linked(&["b"], back))];
    check(link(), &two, &["a", "b"], 2, &[Missing::Astray]);
    // A page may be empty and another follow.
    let two = [("/list?max=2", Said::Linked(&[], there)), ("/list?after=b", Said::Items(&["b"]))];
    check(link(), &two, &["b"], 2, &[]);
}

#[test]
fn offsets_go_on_until_a_page_is_not_full() {
    let offset = || json!({ "by": "offset", "parameter": "from", "size": "max" });
    let three = [
        ("/list?max=2&from=0", Said::Items(&["a", "b"])),
        ("/list?max=2&from=2", Said::Items(&["c", "d"])),
        ("/list?max=2&from=4", Said::Items(&["e"])),
    ];
    check(offset(), &three, &["a", "b", "c", "d", "e"], 3, &[]);
    let even = [("/list?max=2&from=0", Said::Items(&["a", "b"])), ("/list?max=2&from=2", Said::Items(&[]))];
    check(offset(), &even, &["a", "b"], 2, &[]);
    // A provider that does not heed the offset.
    check(offset(), &[("/list", Said::Items(&["a", "b"]))], &["a", "b"], 2, &[Missing::Astray]);
    // Something came in at the front meanwhile.
    let moved = [
        ("/list?max=2&from=0", Said::Items(&["a", "b"])),
        ("/list?max=2&from=2", Said::Items(&["b", "c"])),
        ("/list?max=2&from=4", Said::Items(&["d"])),
    ];
    check(offset(), &moved, &["a", "b", "c", "d"], 3, &[]);
}

#[test]
fn numbers_go_on_until_all_are_there() {
    let number = || json!({ "by": "number", "parameter": "page", "size": "max", "total": "/total" });
    let of = |ids: &[&str], total: u64| page(ids, json!({ "total": total }));
    let two = [("/list?max=2&page=1", of(&["a", "b"], 3)), ("/list?max=2&page=2", of(&["c"], 3))];
    check(number(), &two, &["a", "b", "c"], 2, &[]);
    check(number(), &[("/list?max=2&page=1", of(&["a", "b"], 2))], &["a", "b"], 1, &[]);
    // The provider cuts pages smaller than they were asked for: its count says that more follow.
    let cut = [("/list?max=2&page=1", of(&["a"], 2)), ("/list?max=2&page=2", of(&["b"], 2))];
    check(number(), &cut, &["a", "b"], 2, &[]);
    // A count that lies: too many, and too few.
    let lie = [("/list?max=2&page=1", of(&["a", "b"], 9)), ("/list?max=2&page=2", of(&[], 9))];
    check(number(), &lie, &["a", "b"], 2, &[fewer(9, 2)]);
    let lie = [("/list?max=2&page=1", of(&["a", "b"], 9)), ("/list?max=2&page=2", of(&[], 0))];
    check(number(), &lie, &["a", "b"], 2, &[fewer(9, 2)]);
    let lie = [("/list?max=2&page=1", of(&["a", "b"], 1)), ("/list?max=2&page=2", of(&["c"], 1))];
    check(number(), &lie, &["a", "b", "c"], 2, &[]);
    // What is there twice is one, and another one is missing.
    check(number(), &[("/list?max=2&page=1", of(&["a", "a"], 2))], &["a"], 1, &[fewer(2, 1)]);
    let zero = json!({ "by": "number", "parameter": "page", "first": 0 });
    let two = [("/list?max=2&page=0", Said::Items(&["a"])), ("/list?max=2&page=1", Said::Items(&[]))];
    check(zero, &two, &["a"], 2, &[]);
}

#[test]
fn cursors_are_followed_until_there_is_none() {
    let cursor = || json!({ "by": "cursor", "parameter": "at", "next": "/next" });
    let of = |ids: &[&str], next: Json| page(ids, json!({ "next": next }));
    for end in [json!(null), json!(""), json!({})] {
        let two = [("/list?max=2", of(&["a"], json!("x/=1"))), ("/list?max=2&at=x%2F%3D1", of(&["b"], end))];
        check(cursor(), &two, &["a", "b"], 2, &[]);
    }
    let two = [("/list?max=2", of(&["a"], json!(7))), ("/list?max=2&at=7", of(&["b"], json!(7)))];
    check(cursor(), &two, &["a", "b"], 2, &[Missing::Astray]);
}

/// A cursor that is always another one, and pages that bring nothing new.
#[test]
fn pages_that_bring_nothing_new_end_soon() {
    let mut world = World::new(plain(json!({ "by": "cursor", "parameter": "at", "next": "/next" })));
    for next in 0..9 {
        world.say("/list", page(&["a"], json!({ "next": next })));
    }
    let walk = world.walk();
    assert_eq!((ids(&walk), walk.missing()), (vec!["a"], vec![Missing::Astray]));
    assert_eq!(world.asked.len(), 5);
}
