use serde_json::{Value as Json, json};

use super::{Field, hint_of};
use crate::provider::fault::Faults;
use crate::provider::reader::Place;

fn hint(file: Json) -> Option<String> {
    let faults = Faults::default();
    let field = Field::read("key", &Place::new(&file, &faults)).expect("a field");
    assert_eq!(faults.into_list(), [], "{file}");
    field.hint_with_example()
}

#[test]
fn an_example_stands_behind_the_hint() {
    let text = json!({ "label": "Box", "type": "string", "hint": "Short.", "example": "Ada" });
    assert_eq!(hint(text), Some("Short. As in Ada.".to_string()));
    assert_eq!(hint(json!({ "label": "Box", "type": "string" })), None);
    let secret = json!({ "label": "Box", "type": "string", "writeOnly": true, "example": "Ada" });
    assert_eq!(hint(secret), None);
    assert_eq!(hint_of(None, Some(&"a".repeat(41))), Some(["As in ", &"a".repeat(40), "…."].concat()));
}

#[test]
fn a_date_is_shown_as_it_is_typed() {
    let spelled = json!({ "read": ["YYYY-MM-DD"], "write": "YYYY-MM-DD" });
    let date =
        json!({ "label": "Box", "type": "string", "format": "date", "as": spelled, "example": "1815-12-10" });
    assert_eq!(hint(date), Some("As in 10 12 1815.".to_string()));
}
