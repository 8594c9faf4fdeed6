use std::collections::HashSet;

use super::*;

#[test]
fn everybody_but_one_pair_has_a_name_of_their_own() {
    let names: Vec<Option<String>> = (0..3000).map(name).collect();
    assert!(names.len() <= MOST);
    assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len() - 1);
    assert_eq!(names.iter().filter(|name| name.as_deref() == Some(TWICE)).count(), 2);
    assert_eq!(names[NAMELESS], None);
    assert_eq!(names.iter().flatten().filter(|name| name.trim().is_empty()).count(), 1);
}

#[test]
fn names_are_of_every_kind() {
    let has = |part: &str| (KNOWN.len()..3000).filter_map(name).any(|name| name.contains(part));
    for part in ["'", "’", "🚀", "الخطيب", "כהן", "諸葛", "제갈", "ศรีสุข", "Đ", "ß", "-"]
    {
        assert!(has(part), "{part}");
    }
    assert_eq!(LONG.chars().count(), 228);
}

#[test]
fn who_has_a_name_has_two() {
    let both = |place| given_and_family(place);
    assert_eq!(both(0), ("Alex".into(), "Morgan".into()));
    assert_eq!(both(4), ("美玲".into(), "歐陽".into()));
    assert_eq!(both(NAMELESS), (String::new(), String::new()));
    for place in NAMELESS + 1..400 {
        let ((given, family), name) = (both(place), name(place).expect("only one has none"));
        assert!(name.contains(&given) && name.contains(&family) && !given.is_empty() && !family.is_empty());
    }
}

#[test]
fn ids_are_the_same_in_each_run_and_different_in_it() {
    assert_eq!(uuid("person", 0), uuid("person", 0));
    let ids: HashSet<String> = (0..3000).flat_map(|at| [uuid("person", at), uuid("team", at)]).collect();
    assert_eq!(ids.len(), 6000);
    let shape = |id: &String| id.split('-').map(str::len).collect::<Vec<_>>() == [8, 4, 4, 4, 12];
    assert!(ids.iter().all(shape));
}
