use std::time::Instant;

use super::{Item, List};

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
    assert!(began.elapsed().as_millis() < 200, "{:?}", began.elapsed());
}
