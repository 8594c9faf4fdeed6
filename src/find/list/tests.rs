use std::time::Instant;

use super::{Doubt, Extent, Item, List, is_one, meant};

fn item(id: &str, name: &str, second: &str) -> Item {
    Item::new(id.to_string(), Some(name.to_string()), Some(second.to_string()))
}

#[test]
fn one_id_is_one_item_and_keeps_its_place() {
    let mut list = List::default();
    list.add(item("b", "Ben", "ben@example.com"), Some("Sales"));
    list.add(item("a", "Ada", "ada@example.com"), Some("Sales"));
    list.add(item("b", "Benjamin", ""), Some("Design"));
    list.add(item("b", "Ben", ""), Some("Sales"));
    list.add(Item::new("c".to_string(), None, None), None);
    let seen: Vec<(&str, &str, usize)> =
        list.items().iter().map(|item| (item.id.as_str(), item.name.as_str(), item.within.len())).collect();
    assert_eq!(seen, [("b", "Ben", 2), ("a", "Ada", 1), ("c", "c", 0)]);
    assert_eq!(list.get("a").map(|item| item.name.as_str()), Some("Ada"));
    assert_eq!(list.get("d"), None);
}

#[test]
fn a_text_is_looked_for_by_its_words() {
    let mut list = List::default();
    list.add(item("1", "Siobhán O’Brien", "siobhan@example.ie"), None);
    list.add(item("2", "Zoë Müller", "zoe@example.de"), None);
    list.add(item("3", "王小明", "wang@example.cn"), None);
    let check = |text: &str, expected: &[&str]| {
        let found: Vec<&str> = list.matching(text).map(|item| item.id.as_str()).collect();
        assert_eq!(found, expected, "{text}");
    };
    check("", &["1", "2", "3"]);
    check("  ", &["1", "2", "3"]);
    check("o'brien siob", &["1"]);
    check("MULLER", &["2"]);
    check("example .de", &["2"]);
    check("小明", &["3"]);
    check("brien muller", &[]);
}

#[test]
fn a_name_means_one_only_where_the_list_is_whole_and_no_other_has_it() {
    let mut list = List::default();
    list.add(item("t1", "Support", "Europe"), None);
    list.add(item("t2", "Support", "Asia"), None);
    list.add(item("t3", "Night shift", ""), None);
    let check = |text: &str, extent: Extent, expected: Result<Option<&str>, Doubt>| {
        let found = meant(list.items(), text, extent, text == "t9");
        assert_eq!(found.map(|item| item.map(|item| item.id.as_str())), expected, "{text} {extent:?}");
    };
    for extent in [Extent::Unread, Extent::UnderWay, Extent::Left, Extent::Short, Extent::Whole] {
        check("t2", extent, Ok(Some("t2")));
        check("t9", extent, Ok(None));
        check("", extent, Ok(None));
    }
    check("night SHIFT ", Extent::Whole, Ok(Some("t3")));
    check("Night shift", Extent::UnderWay, Err(Doubt::UnderWay));
    check("Night shift", Extent::Left, Err(Doubt::UnderWay));
    check("Night shift", Extent::Short, Err(Doubt::Several));
    check("Support", Extent::Whole, Err(Doubt::Several));
    check("Support", Extent::UnderWay, Err(Doubt::UnderWay));
    check("Berlin", Extent::UnderWay, Err(Doubt::UnderWay));
    check("Berlin", Extent::Short, Ok(None));
    assert!(is_one(list.items(), "night shift") && is_one(list.items(), "t1"));
    assert!(!is_one(list.items(), "support") && !is_one(list.items(), "night"));
}

#[test]
fn what_has_the_name_of_another_is_called_so_that_one_can_tell() {
    let mut list = List::default();
    let node = |id: &str, name: &str, path: &[&str]| {
        let path: Vec<String> = path.iter().map(|name| (*name).to_string()).collect();
        Item::new(id.to_string(), Some(name.to_string()), None).below(&path)
    };
    list.add(node("1", "Support", &["Europe"]), None);
    list.add(node("2", "Support", &["Asia", "Night"]), None);
    list.add(node("3", "Design", &["Asia"]), None);
    list.add(item("4", "Ada", "ada@example.com"), None);
    list.add(Item::new("5".to_string(), Some("Ada".to_string()), None), Some("Sales"));
    list.add(item("6", "Zoë", "zoe@example.com"), None);
    list.add(item("7", "Zoë", "zoe@example.com"), None);
    let names = list.names(true);
    let check = |id: &str, expected: &str| assert_eq!(names.get(id), Some(expected), "{id}");
    check("1", "Europe › Support");
    check("2", "Asia › Night › Support");
    check("3", "Design");
    check("4", "Ada · ada@example.com");
    check("5", "Ada · Sales");
    check("6", "Zoë · zoe@example.com · 6");
    let mut nodes: Vec<_> = list.items()[..3].to_vec();
    nodes.push(node("8", "Asia", &[]).into());
    nodes.sort_by(|one, other| one.way().cmp(other.way()));
    assert_eq!(nodes.iter().map(|item| item.id.as_str()).collect::<Vec<_>>(), ["8", "3", "2", "1"]);
}

/// The page looks at each key that is typed: a machine four times as slow must do it within a frame or two.
#[test]
fn ten_thousand_are_looked_through_at_once() {
    let mut list = List::default();
    for number in 0..10_000 {
        let name = ["Member Número ", &number.to_string()].concat();
        list.add(item(&number.to_string(), &name, "somebody@example.com"), None);
    }
    let began = Instant::now();
    assert_eq!(list.matching("numero 9999 example").count(), 1);
    assert!(is_one(list.items(), "Member Numero 9999"));
    assert!(matches!(meant(list.items(), "numero", Extent::Whole, false), Ok(None)));
    assert!(began.elapsed().as_millis() < 200, "{:?}", began.elapsed());
}
