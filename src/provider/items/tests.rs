use serde_json::{Value, json};

use super::{Items, Key, Rows, Shape};
use crate::provider::fault::Faults;
use crate::provider::field::{Field, Kind};
use crate::provider::reader::Place;

/// A list of rows with parts; `more` is laid over it.
fn file(more: Value) -> Value {
    let mut file = json!({
        "label": "Locations", "type": "array",
        "items": {
            "label": "location", "type": "object", "key": "id",
            "properties": {
                "role": { "label": "Role", "type": "string", "shape": "as-read", "enum": ["admin", "viewer"] },
                "id": { "label": "Location ID", "type": "integer" },
                "answers": {
                    "label": "Answers", "type": "integer", "shape": "list",
                    "item": { "id": "/AnswerID", "value": "/AnswerValue" }
                }
            }
        }
    });
    for (key, value) in more.as_object().expect("an object") {
        file[key] = value.clone();
    }
    file
}

fn read(file: &Value) -> (Items, Vec<String>) {
    let faults = Faults::default();
    let field = Field::read("list", &Place::new(file, &faults)).expect("a field");
    let faults = faults.into_list().into_iter().map(|fault| fault.pointer).collect();
    match field.kind {
        Kind::List(items) => (*items, faults),
        other => panic!("{other:?}: {faults:?}"),
    }
}

fn faults(file: &Value) -> Vec<String> {
    let faults = Faults::default();
    Field::read("list", &Place::new(file, &faults));
    faults.into_list().into_iter().map(|fault| fault.pointer).collect()
}

#[test]
fn a_row_with_parts_has_a_key_and_the_others_in_the_order_of_the_file() {
    let (items, faults) = read(&file(json!({ "minItems": 1, "maxItems": 9 })));
    assert_eq!(faults, Vec::<String>::new());
    assert!(items.is_grouped() && items.whole);
    assert_eq!(items.key, Some(Key { name: "id".into(), label: "Location ID".into() }));
    assert_eq!(items.id.as_ref().map(|id| id.as_str()), Some("/id"));
    assert_eq!((items.least, items.most, items.rows), (1, Some(9), Rows::Whole));
    let parts: Vec<(&str, Shape, bool)> =
        items.parts.iter().map(|part| (part.name.as_str(), part.shape, part.whole)).collect();
    assert_eq!(parts, [("role", Shape::AsRead, false), ("answers", Shape::List, true)]);
    assert_eq!(items.parts[0].limits.choices, ["admin", "viewer"]);
    let places = [&items.parts[1].id, &items.parts[1].value];
    let places = places.map(|place| place.as_ref().map(|place| place.as_str().to_string()));
    assert_eq!(places, [Some("/AnswerID".to_string()), Some("/AnswerValue".to_string())]);
}

#[test]
fn a_key_may_have_any_name_of_an_object() {
    let items = json!({ "label": "row", "type": "object", "key": "a/b~c", "properties": {
        "a/b~c": { "label": "Key", "type": "string" }, "x": { "label": "X", "type": "string" }
    } });
    let (items, faults) = read(&file(json!({ "items": items })));
    assert_eq!(faults, Vec::<String>::new());
    let id = items.id.expect("a place");
    assert_eq!(id.of(&json!({ "a/b~c": "k" })), Some(&json!("k")));
}

#[test]
fn rows_are_whole_unless_the_file_says_that_they_stay() {
    let check = |more: Value, expected: Rows| {
        let (items, faults) = read(&file(more));
        assert_eq!((items.rows, faults), (expected, Vec::new()));
    };
    check(json!({}), Rows::Whole);
    check(json!({ "rows": "whole" }), Rows::Whole);
    let stay = json!({ "rows": "changed", "remove": { "no": "They stay." } });
    check(stay, Rows::Changed { remove: "They stay.".to_string() });
}

#[test]
fn a_plain_row_is_a_text_or_a_number() {
    let check = |kind: Option<&str>, whole: bool| {
        let mut items = json!({ "label": "team" });
        kind.into_iter().for_each(|kind| items["type"] = json!(kind));
        let (items, faults) = read(&file(json!({ "items": items, "item": { "id": "/i", "label": "/n" } })));
        assert_eq!((items.whole, items.is_grouped(), faults), (whole, false, Vec::new()), "{kind:?}");
        assert_eq!((items.id.is_some(), items.name.is_some()), (true, true));
    };
    check(None, false);
    check(Some("string"), false);
    check(Some("integer"), true);
}

#[test]
fn each_fault_of_a_list_is_named_with_its_place() {
    let check = |place: &str, new: Value, expected: &[&str]| {
        let mut file = file(json!({}));
        *file.pointer_mut(place).expect(place) = new;
        assert_eq!(faults(&file), expected, "{place}");
    };
    check("/items/key", json!("nobody"), &["/items/key"]);
    check("/items/key", json!(7), &["/items/key"]);
    check("/items/properties/role/type", json!("boolean"), &["/items/properties/role/type"]);
    check("/items/properties/role/shape", json!("one"), &["/items/properties/role/shape"]);
    check("/items/properties/role/label", json!(""), &["/items/properties/role/label"]);
    check("/items/properties/answers/item/id", json!("AnswerID"), &["/items/properties/answers/item/id"]);
    check("/items/label", json!(""), &["/items/label"]);
    let odd = json!({ "label": "Role", "type": "string", "shap": "list" });
    check("/items/properties/role", odd, &["/items/properties/role/shap"]);
    let check = |more: Value, expected: &[&str]| assert_eq!(faults(&file(more.clone())), expected, "{more}");
    check(json!({ "rows": "some" }), &["/rows"]);
    check(json!({ "rows": "changed" }), &["/rows"]);
    check(json!({ "rows": "whole", "remove": { "no": "They stay." } }), &["/rows"]);
    check(json!({ "rows": "changed", "remove": { "no": "" } }), &["/remove/no"]);
    check(json!({ "rows": "changed", "remove": { "no": "They stay.", "yes": 1 } }), &["/remove/yes"]);
    check(json!({ "items": { "label": "row", "type": "object" } }), &["/items"]);
    check(json!({ "items": { "label": "row", "type": "object", "key": "id" } }), &["/items"]);
    check(json!({ "items": { "label": "row", "type": "number" }, "rows": "whole" }), &["/items/type"]);
    check(json!({ "items": [], "rows": "whole", "minItems": 1 }), &["/items"]);
}
