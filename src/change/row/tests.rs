use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::{Row, boxes, id_of, split, typed};
use crate::change::problem::Problem;
use crate::provider::fault::Faults;
use crate::provider::field::{Field, Kind};
use crate::provider::items::Items;
use crate::provider::names::Names;
use crate::provider::reader::Place;

/// A list whose rows have this key and these properties; `more` is laid over the field.
fn items(key: Json, properties: Json, more: Json) -> Items {
    let mut all = json!({ "id": key });
    properties.as_object().expect("an object").iter().for_each(|(name, part)| all[name] = part.clone());
    let mut file = json!({ "label": "Rows", "type": "array",
        "items": { "label": "row", "type": "object", "key": "id", "properties": all } });
    more.as_object().expect("an object").iter().for_each(|(name, word)| file[name] = word.clone());
    of(file)
}

fn of(file: Json) -> Items {
    match field(&file).kind {
        Kind::List(items) => *items,
        other => panic!("{other:?}"),
    }
}

fn field(file: &Json) -> Field {
    let faults = Faults::default();
    let field = Field::read("rows", &Place::new(file, &faults)).expect("a field");
    assert_eq!(faults.into_list(), [], "{file}");
    field
}

/// A location with a role that may be one or several, and a note that is one.
fn locations() -> Items {
    let role = json!({ "label": "Role", "type": "string", "shape": "as-read", "maxLength": 6 });
    let note = json!({ "label": "Note", "type": "string" });
    items(
        json!({ "label": "Location", "type": "string", "minLength": 1 }),
        json!({ "role": role, "note": note }),
        json!({}),
    )
}

/// A question with several answers, each of which may have words beside its number.
fn answers() -> Items {
    let answers = json!({ "label": "Answers", "type": "integer", "shape": "list",
        "item": { "id": "/AnswerID", "value": "/AnswerValue" } });
    let changed = json!({ "rows": "changed", "remove": { "no": "They stay." } });
    items(json!({ "label": "Question", "type": "integer" }), json!({ "answers": answers }), changed)
}

fn plain(file: Json) -> Items {
    of(json!({ "label": "Teams", "type": "array", "items": file, "item": { "id": "/i", "label": "/n" } }))
}

fn from_wire(items: &Items, wire: Json) -> Row {
    Row::from_wire(items, &wire).unwrap_or_else(|| panic!("{wire}"))
}

#[test]
fn the_text_form_of_a_row_is_read_and_written() {
    let check = |items: &Items, typed: &str, id: &str, cells: &[&[&str]], text: &str| {
        let row = Row::parse(items, typed).unwrap_or_else(|problem| panic!("{typed}: {problem:?}"));
        assert_eq!((row.id.as_str(), row.cells.as_slice()), (id, cells_of(cells).as_slice()), "{typed}");
        assert_eq!(row.text(), text, "{typed}");
        assert_eq!(Row::parse(items, text).as_ref(), Ok(&row), "{text}");
    };
    let places = locations();
    check(&places, "l1=admin=a note", "l1", &[&["admin"], &["a note"]], "l1=admin=a note");
    check(&places, " l1 = admin + editor = x ", "l1", &[&["admin", "editor"], &["x"]], "l1=admin+editor=x");
    check(&places, "l1=admin,editor=x", "l1", &[&["admin", "editor"], &["x"]], "l1=admin+editor=x");
    check(&places, "l1=admin++=x", "l1", &[&["admin"], &["x"]], "l1=admin=x");
    check(&places, r"a\=b=c\+d=e\,f\;g\\", "a=b", &[&["c+d"], &[r"e,f;g\"]], r"a\=b=c\+d=e\,f\;g\\");
    check(&places, "l1=ad\\\nmin=x", "l1", &[&["ad\nmin"], &["x"]], "l1=ad\\\nmin=x");
    let rows = answers();
    check(&rows, "1=2", "1", &[&["2"]], "1=2");
    check(&rows, "12=3+4: New York", "12", &[&["3", "4: New York"]], "12=3+4: New York");
    check(&rows, r"12=4: A\, B\=C: D", "12", &[&["4: A, B=C: D"]], r"12=4: A\, B\=C: D");
    check(&plain(json!({ "label": "team" })), "a=b+c", "a=b+c", &[], "a=b+c");
    check(&plain(json!({ "label": "team", "type": "integer" })), "70", "70", &[], "70");
}

fn cells_of(cells: &[&[&str]]) -> Vec<Vec<String>> {
    cells.iter().map(|cell| cell.iter().map(|text| text.to_string()).collect()).collect()
}

#[test]
fn what_is_wrong_with_a_row_is_said_of_its_part() {
    let check = |items: &Items, typed: &str, problem: Problem| {
        assert_eq!(Row::parse(items, typed), Err(problem), "{typed}");
    };
    let missing = |part: &str| Problem::PartMissing(part.to_string());
    let places = locations();
    check(&places, "l1", missing("Role"));
    check(&places, "l1=", missing("Role"));
    check(&places, "l1= + =x", missing("Role"));
    check(&places, "l1=admin", missing("Note"));
    check(&places, "l1=admin=x+y", Problem::OneOnly("Note".to_string()));
    check(&places, "l1=admin=x=y", Problem::PatternMismatch(None));
    check(&places, "l1=admin+director=x", Problem::TooLong { most: 6, is: 8 });
    check(&places, "=admin=x", Problem::TooShort { least: 1 });
    check(&places, "l1=ad\u{7}min=x", Problem::Unreadable);
    let rows = answers();
    for wrong in ["", "=2", "a=2", "01=2", "-1=2", "1.0=2", "1=b", "1=2+b", "1=02", "1=b: New York", "1=: x"]
    {
        check(&rows, wrong, Problem::NotANumber);
    }
    check(&rows, "1", missing("Answers"));
    check(&rows, "1=2=3", Problem::PatternMismatch(None));
    check(&plain(json!({ "label": "team", "type": "integer" })), "7a", Problem::NotANumber);
}

#[test]
fn a_row_on_file_is_read_in_every_form_that_it_may_have() {
    let check = |items: &Items, wire: Json, text: &str| {
        assert_eq!(from_wire(items, wire.clone()).text(), text, "{wire}");
    };
    let places = locations();
    check(&places, json!({ "id": "l1", "role": "admin", "note": "x" }), "l1=admin=x");
    check(&places, json!({ "id": "l1", "role": ["admin", "editor"], "note": "x" }), "l1=admin+editor=x");
    check(&places, json!({ "id": "l1", "note": null }), "l1==");
    let rows = answers();
    check(&rows, json!({ "id": 1, "answers": [{ "AnswerID": 2, "AnswerValue": null }] }), "1=2");
    check(&rows, json!({ "id": 1, "answers": [{ "AnswerID": 2, "AnswerValue": "" }] }), "1=2");
    check(&rows, json!({ "id": 1, "answers": [{ "AnswerID": 2 }, { "AnswerID": 3 }] }), "1=2+3");
    check(&rows, json!({ "id": 1, "answers": [{ "AnswerID": 2, "AnswerValue": "a, b" }] }), r"1=2: a\, b");
    check(
        &rows,
        json!({ "id": 12345678901234567890123u128.to_string().parse::<serde_json::Number>().expect("a number"), "answers": [7] }),
        "12345678901234567890123=7",
    );
    let teams = plain(json!({ "label": "team" }));
    check(&teams, json!("t1"), "t1");
    check(&teams, json!({ "i": "t1", "n": "Team" }), "t1");
    let odd = |items: &Items, wire: Json| assert_eq!(Row::from_wire(items, &wire), None, "{wire}");
    odd(&places, json!("l1"));
    odd(&places, json!({ "role": "admin" }));
    odd(&places, json!({ "id": 7 }));
    odd(&places, json!({ "id": "l1", "role": 7 }));
    odd(&places, json!({ "id": "l1", "role": ["admin", { "x": 1 }] }));
    odd(&rows, json!({ "id": "1" }));
    odd(&rows, json!({ "id": 1, "answers": [{ "AnswerID": "2" }] }));
    odd(&teams, json!(7));
    odd(&teams, json!({ "n": "Team" }));
}

#[test]
fn what_may_be_one_or_several_is_written_as_it_was_read() {
    let places = locations();
    let check = |read: Json, new: &str, expected: Json| {
        let row = from_wire(&places, read.clone()).edited(&Row::parse(&places, new).expect(new));
        assert!(row.fits_its_shape(&places, &[]), "{read} {new}");
        assert_eq!(row.to_wire(&places, &[]), expected, "{read} {new}");
    };
    let one = || json!({ "id": "l1", "role": "admin", "note": "x" });
    let list = || json!({ "id": "l1", "role": ["admin"], "note": "x" });
    check(one(), "l1=editor=x", json!({ "id": "l1", "role": "editor", "note": "x" }));
    check(one(), "l1=admin=y", json!({ "id": "l1", "role": "admin", "note": "y" }));
    check(list(), "l1=editor=x", json!({ "id": "l1", "role": ["editor"], "note": "x" }));
    check(list(), "l1=admin+editor=x", json!({ "id": "l1", "role": ["admin", "editor"], "note": "x" }));
    check(list(), "l1=admin=y", json!({ "id": "l1", "role": ["admin"], "note": "y" }));
    // Where nothing was read a list is written.
    check(json!({ "id": "l1" }), "l1=admin=x", json!({ "id": "l1", "role": ["admin"], "note": "x" }));
    let new = Row::parse(&places, "l1=admin=x").expect("a row");
    assert_eq!(new.to_wire(&places, &[]), json!({ "id": "l1", "role": ["admin"], "note": "x" }));
    // A new row is as those that are there already.
    let there = [from_wire(&places, one())];
    assert_eq!(new.to_wire(&places, &there), json!({ "id": "l1", "role": "admin", "note": "x" }));
    // What was read as one cannot become several.
    let two = from_wire(&places, one()).edited(&Row::parse(&places, "l1=admin+editor=x").expect("a row"));
    assert!(!two.fits_its_shape(&places, &[]));
    assert!(Row::parse(&places, "l1=admin+editor=x").expect("a row").fits_its_shape(&places, &[]));
}

#[test]
fn what_a_file_does_not_know_goes_back_digit_by_digit() {
    let raw = r#"{"since":1.10,"id":"l1","big":9007199254740993,"role":["admin"],"note":"x","more":{"a":[-0,1e+400,null]}}"#;
    let wire: Json = serde_json::from_str(raw).expect("JSON");
    let places = locations();
    let row = from_wire(&places, wire);
    assert_eq!(row.to_wire(&places, &[]).to_string(), raw);
    let edited = row.edited(&Row::parse(&places, "l1=editor=y").expect("a row"));
    let expected = raw.replace("admin", "editor").replace("\"x\"", "\"y\"");
    assert_eq!(edited.to_wire(&places, &[]).to_string(), expected);
    // Where only changed rows are sent, only what the file knows is.
    let raw = r#"{"id":1,"answers":[{"AnswerID":2,"AnswerValue":null,"odd":1.10}],"since":1.10}"#;
    let row = from_wire(&answers(), serde_json::from_str(raw).expect("JSON"));
    assert_eq!(row.to_wire(&answers(), &[]), json!({ "id": 1, "answers": [{ "AnswerID": 2 }] }));
    // What nobody changed of a row keeps its digits and its own unknown keys.
    let whole = items(
        json!({ "label": "Question", "type": "integer" }),
        json!({ "answers": { "label": "A", "type": "integer", "shape": "list", "item": { "id": "/AnswerID" } } }),
        json!({}),
    );
    let row = from_wire(&whole, serde_json::from_str(raw).expect("JSON"));
    assert_eq!(row.to_wire(&whole, &[]).to_string(), raw);
}

#[test]
fn words_beside_a_number_are_written_beside_it() {
    let rows = answers();
    let check = |typed: &str, expected: Json| {
        let row = Row::parse(&rows, typed).expect(typed);
        assert_eq!(row.to_wire(&rows, &[]), expected, "{typed}");
        assert_eq!(from_wire(&rows, expected).text(), row.text(), "{typed}");
    };
    check("1=2", json!({ "id": 1, "answers": [{ "AnswerID": 2 }] }));
    check("1=2+3", json!({ "id": 1, "answers": [{ "AnswerID": 2 }, { "AnswerID": 3 }] }));
    let new_york = json!({ "id": 1, "answers": [{ "AnswerID": 2, "AnswerValue": "New York" }] });
    check("1=2: New York", new_york.clone());
    let row = Row::parse(&rows, "1=2:New York").expect("a row");
    assert_eq!(row.to_wire(&rows, &[]), new_york);
    check("1=2: a: b", json!({ "id": 1, "answers": [{ "AnswerID": 2, "AnswerValue": "a: b" }] }));
}

#[test]
fn rows_are_the_same_by_their_id_and_what_their_parts_hold() {
    let places = locations();
    let check = |a: &str, b: &str, same: bool| {
        let [a, b] = [a, b].map(|text| Row::parse(&places, text).expect("a row"));
        assert_eq!(a == b, same, "{a:?} {b:?}");
        assert_eq!(b == a, same, "{b:?} {a:?}");
    };
    check("l1=admin+editor=x", "l1=editor+admin=x", true);
    check("l1=admin=x", "l2=admin=x", false);
    check("l1=admin=x", "l1=admin=y", false);
    check("l1=admin=x", "l1=admin+editor=x", false);
    let read = from_wire(&places, json!({ "id": "l1", "role": "admin", "note": "x", "more": 1 }));
    assert_eq!(read, Row::parse(&places, "l1=admin=x").expect("a row"));
}

/// A field of such rows, with words of its own.
fn named(items: &Items) -> Field {
    let list =
        json!({ "label": "L", "type": "array", "items": { "label": "row" }, "words": { "admin": "Admin" } });
    Field { kind: Kind::List(Box::new(items.clone())), ..field(&list) }
}

#[test]
fn a_row_is_called_as_the_providers_list_has_it() {
    let names = |names: &[(&str, &str)], is_whole: bool| {
        Names::new(names.iter().map(|(id, name)| (id.to_string(), name.to_string())), is_whole)
    };
    let check = |items: &Items, wire: Json, words: &str| {
        assert_eq!(from_wire(items, wire).words(&named(items)), words);
    };
    let mut teams = plain(json!({ "label": "team" }));
    teams.names = names(&[("t1", "Graphics"), ("admin", "The admins")], false);
    check(&teams, json!("t1"), "Graphics");
    // It tells apart what the record calls the same.
    check(&teams, json!({ "i": "t1", "n": "As on file" }), "Graphics");
    check(&teams, json!({ "i": "t2", "n": "As on file" }), "As on file");
    check(&teams, json!("admin"), "The admins");
    check(&teams, json!("t2"), "t2");
    teams.names = names(&[("t1", "Graphics")], true);
    check(&teams, json!("t2"), "Unknown (t2)");
    check(&teams, json!("admin"), "Admin");
    // What was typed is never taken for a name.
    let typed = |items: &Items, words: &str| {
        assert_eq!(Row::parse(items, "Berlin").expect("it is one").words(&named(items)), words);
    };
    typed(&teams, "Unknown (Berlin)");
    teams.names = names(&[], false);
    typed(&teams, "Unknown (Berlin)");
    teams.names = Names::default();
    typed(&teams, "Berlin");
    let mut places = locations();
    places.names = names(&[("l1", "Hall")], true);
    places.parts[0].names = names(&[("editor", "Writes")], true);
    let row = json!({ "id": "l1", "role": ["admin", "editor", "other"], "note": "x" });
    check(&places, row, "Hall (Admin, Writes, Unknown (other), x)");
}

#[test]
fn a_row_is_shown_with_its_label_and_its_parts() {
    let check = |items: &Items, wire: Json, words: &str| {
        assert_eq!(from_wire(items, wire).words(&named(items)), words);
    };
    let teams = plain(json!({ "label": "team" }));
    check(&teams, json!({ "i": "t1", "n": "Team A" }), "Team A");
    check(&teams, json!({ "i": "t1", "n": "" }), "t1");
    check(&teams, json!("admin"), "Admin");
    let row = json!({ "id": "l1", "role": ["admin", "editor"], "note": "x" });
    check(&locations(), row, "l1 (Admin, editor, x)");
    check(&locations(), json!({ "id": "l1" }), "l1");
}

#[test]
fn a_separator_after_a_backslash_is_none() {
    let check = |text: &str, expected: &[&str]| assert_eq!(split(text, &[';', '\n']), expected, "{text}");
    check("", &[""]);
    check("a;b\nc", &["a", "b", "c"]);
    check(r"a\;b;c", &[r"a\;b", "c"]);
    check(r"a\\;b", &[r"a\\", "b"]);
    check(r"a\\\;b", &[r"a\\\;b"]);
    check(";", &["", ""]);
}

#[test]
fn a_row_stands_in_boxes_and_is_read_from_them() {
    let check = |items: &Items, text: &str, expected: &[&str], id: &str| {
        assert_eq!(boxes(items, text), expected, "{text}");
        assert_eq!(id_of(text), id, "{text}");
        let own: Vec<String> = expected.iter().map(|text| text.to_string()).collect();
        assert_eq!(typed(items, &own), text, "{text}");
    };
    check(&locations(), "l1=admin+editor=x", &["l1", "admin+editor", "x"], "l1");
    check(&locations(), r"a\=b=admin=x\;y\=z", &["a=b", "admin", "x;y=z"], "a=b");
    // Beside an id, a comma is a part of the words.
    check(&answers(), "12=4: A, B", &["12", "4: A, B"], "12");
    assert_eq!(boxes(&answers(), r"12=4: A\, B"), ["12", "4: A, B"]);
    check(&plain(json!({ "label": "team" })), "t1", &["t1"], "t1");
    assert_eq!(typed(&locations(), &[" l1 ".to_string()]), "l1==");
}

/// A text that can be typed: anything that can be seen, with nothing around it.
fn text() -> impl Strategy<Value = String> {
    let letters = prop_oneof![
        Just("\\"),
        Just(";"),
        Just(","),
        Just("="),
        Just("+"),
        Just(":"),
        Just("\n"),
        Just(" "),
        Just("a"),
        Just("é"),
        Just("😀"),
        Just("\u{200D}"),
    ];
    let made = vec(letters, 1..9).prop_map(|letters| letters.concat());
    let any = prop_oneof![made, "\\PC{1,12}"].prop_map(|text| text.trim().to_string());
    any.prop_filter("something is left", |text| !text.is_empty() && text.encode_utf16().count() > 0)
}

fn row(items: &Items, id: &str, role: &[String], note: &str) -> Row {
    from_wire(items, json!({ "id": id, "role": role, "note": note }))
}

proptest! {
    #[test]
    fn a_row_is_read_back_from_its_text(id in text(), role in vec(text(), 1..4), note in text()) {
        let places = items(
            json!({ "label": "Location", "type": "string" }),
            json!({
                "role": { "label": "Role", "type": "string", "shape": "as-read" },
                "note": { "label": "Note", "type": "string" }
            }),
            json!({}),
        );
        let row = row(&places, &id, &role, &note);
        let text = row.text();
        prop_assert_eq!(Row::parse(&places, &text), Ok(row.clone()));
        prop_assert_eq!(id_of(&text), id);
        // In a list it stays one row, and in its boxes the same one.
        prop_assert_eq!(split(&text, &[';', '\n']).len(), 1);
        let boxed = typed(&places, &boxes(&places, &text));
        prop_assert_eq!(Row::parse(&places, &boxed), Ok(row));
    }

    #[test]
    fn words_beside_a_number_are_read_back(id in any::<u64>(), number in any::<u64>(), words in text()) {
        let wire = json!({ "id": id, "answers": [{ "AnswerID": number, "AnswerValue": words }] });
        let row = from_wire(&answers(), wire.clone());
        let back = Row::parse(&answers(), &row.text()).expect("a row");
        prop_assert_eq!(&back, &row);
        prop_assert_eq!(back.to_wire(&answers(), &[]), wire);
    }
}
