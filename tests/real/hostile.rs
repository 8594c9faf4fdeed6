//! Answers of any bytes: nothing panics, nothing is written on what is not a record, and what is shown is text.

use memberdesk::change::driver::{Ask, Purpose, Step};
use memberdesk::provider::Provider;
use memberdesk::provider::call::Source;
use memberdesk::provider::field::{Field, Kind};
use memberdesk::provider::pointer::Pointer;
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use simulated::{Canned, Effect};

use crate::line::Point;
use crate::matrix::columns::{COLUMNS, Column};
use crate::matrix::scene::{Applied, End, Scene};

const READS: [Point; 3] =
    [Point::Read(Purpose::Show), Point::Read(Purpose::Send), Point::Read(Purpose::Settle)];

/// The plain change with this answer in the place of the provider's own; `applied` is about the write.
fn play(column: &Column, point: Point, applied: Applied, canned: Canned) -> End {
    let mut scene = Scene::new(column.plain);
    if point == Point::Send {
        scene.applied = Some(applied);
    }
    scene.fail(
        point,
        match applied {
            Applied::Before => Effect::InsteadBefore(canned),
            Applied::After => Effect::InsteadAfter(canned),
        },
    );
    let end = scene.play();
    is_text(&end);
    end
}

/// What a person sees of an end is words, and not without end.
fn is_text(end: &End) {
    if let Step::Done(receipt) = &end.step {
        assert!(!receipt.title.is_empty());
    }
    for words in said(end) {
        assert!(words.chars().count() <= 502, "{} characters are not a sentence", words.chars().count());
        assert!(!words.contains(char::is_control), "{words:?}");
    }
}

/// What a person is shown of what the provider itself said.
fn said(end: &End) -> Vec<&str> {
    let own = match &end.step {
        Step::Done(receipt) => receipt.outcome.reason(),
        Step::Ask(Ask::Unread { reason, .. }) => Some(reason),
        other => panic!("{other:?}"),
    };
    let reasons = end.scene.line.reasons.iter().chain(own);
    reasons.flat_map(|reason| reason.message.iter().chain(&reason.reference)).map(String::as_str).collect()
}

/// An answer that is not the record, in the place of each read.
fn is_no_record(column: &Column, canned: &Canned, what: &str) {
    for (point, cell) in READS.into_iter().zip(["Not read 0", "Not sent 0", "Accepted 1"]) {
        let end = play(column, point, Applied::Before, canned.clone());
        assert_eq!(end.cell(), cell, "{what} at {}: {point:?}", column.name);
    }
}

/// The answer to the read of a member, as the provider's own would be.
fn answer(provider: &Provider, member: Json) -> Json {
    let mut answer = json!({ "success": true });
    match &provider.read.source {
        Source::At(place) if place.as_str().is_empty() => member,
        Source::At(place) => {
            place.set(&mut answer, member);
            answer
        }
        Source::Among { list, .. } => {
            list.set(&mut answer, json!([member]));
            answer
        }
    }
}

fn stored(scene: &Scene, column: &Column) -> Json {
    scene.site.with(|server| server.member(column.plain.member.key())).expect("a member")
}

fn text(json: &Json) -> Canned {
    Canned::new(200, json.to_string())
}

#[test]
fn what_is_no_record_is_never_written_on() {
    let listed: [(&str, Canned); 14] = [
        ("five megabytes", Canned::large()),
        ("a hundred thousand levels", Canned::deep()),
        ("a web page", Canned::web_page()),
        ("a web page that says that it is JSON", Canned::web_page().with("Content-Type", "application/json")),
        ("a null", Canned::new(200, "null")),
        ("a list", Canned::new(200, "[]")),
        ("a list of lists", Canned::new(200, "[[[]]]")),
        ("a text", Canned::new(200, "\"\"")),
        ("a number", Canned::new(200, "-0")),
        ("a yes", Canned::new(200, "true")),
        (
            "UTF-16",
            Canned::new(200, "{\"id\":1}".encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>()),
        ),
        ("two texts of JSON", Canned::new(200, "{}{}")),
        ("a comment", Canned::new(200, "/* {} */ {}")),
        ("numbers that are none", Canned::new(200, "{\"a\":NaN,\"b\":+1,\"c\":0x10}")),
    ];
    for column in &COLUMNS {
        for (what, canned) in &listed {
            is_no_record(column, canned, what);
        }
    }
}

#[test]
fn the_record_of_somebody_else_is_never_written_on() {
    for column in &COLUMNS {
        let scene = Scene::new(column.plain);
        let provider = scene.line.provider();
        let key = key(provider);
        let mut other = stored(&scene, column);
        Pointer::of_key(key).expect("a key").set(&mut other, json!("somebody-else"));
        is_no_record(column, &text(&answer(provider, other)), "somebody else");
        let mut nobody = stored(&scene, column);
        nobody.as_object_mut().expect("an object").shift_remove(key);
        is_no_record(column, &text(&answer(provider, nobody)), "nobody");
        // Of a key that comes twice the last one counts, as in a browser.
        let own = answer(provider, stored(&scene, column)).to_string();
        let name = format!("\"{key}\":");
        let at = own.find(&name).expect("the key");
        let first = [&own[..at], &name, "\"somebody-else\",", &own[at..]].concat();
        let played = play(column, READS[0], Applied::Before, Canned::new(200, first));
        assert_eq!(played.cell(), "Confirmed 1", "{}", column.name);
        let end = own[at..].find(',').expect("another key") + at;
        let last = [&own[..end], ",", &name, "\"somebody-else\"", &own[end..]].concat();
        is_no_record(column, &Canned::new(200, last), "two names");
    }
}

/// What the provider calls the member's own key in its record.
fn key(provider: &Provider) -> &'static str {
    match provider.id.as_str() {
        "toluna" => "MemberCode",
        "aitable" => "unitId",
        _ => "id",
    }
}

/// Values that a field of this kind cannot have.
fn wrong(field: &Field) -> Vec<Json> {
    let texts = [json!(7), json!(true), json!(["a"]), json!({ "a": 1 })];
    match &field.kind {
        Kind::Text | Kind::Date(_) => texts.to_vec(),
        Kind::Flag => vec![json!("yes"), json!(1), json!([true]), json!({ "a": true })],
        Kind::Number { .. } => vec![json!("many"), json!(true), json!([1]), json!({ "a": 1 })],
        Kind::List(items) => {
            let mut all =
                vec![json!("a"), json!(7), json!(true), json!({ "a": 1 }), json!([true]), json!([[]])];
            all.extend(items.key.as_ref().map(|key| json!([{ key.name.clone(): { "a": 1 } }])));
            all.extend(items.key.as_ref().map(|_| json!([{}])));
            all
        }
    }
}

#[test]
fn a_record_with_a_value_of_another_type_is_never_written_on() {
    for column in &COLUMNS {
        let scene = Scene::new(column.plain);
        let (provider, own) = (scene.line.provider(), stored(&scene, column));
        let places = provider.fields.iter().flat_map(|field| field.at.iter().map(move |at| (field, at)));
        for (field, at) in places.filter(|(_, at)| at.also.is_none()) {
            for value in wrong(field) {
                let mut odd = own.clone();
                at.pointer.set(&mut odd, value.clone());
                let what = format!("{}: {value}", field.key);
                is_no_record(column, &text(&answer(provider, odd)), &what);
            }
        }
    }
}

#[test]
fn a_record_in_which_something_is_missing_is_understood_or_not() {
    for column in &COLUMNS {
        let keys: Vec<String> = stored(&Scene::new(column.plain), column)
            .as_object()
            .expect("an object")
            .keys()
            .cloned()
            .collect();
        for key in keys {
            let mut scene = Scene::new(column.plain);
            let mut part = stored(&scene, column);
            part.as_object_mut().expect("an object").shift_remove(&key);
            let canned = text(&answer(scene.line.provider(), part));
            // To show it and to send it; what came of it the provider tells in full.
            scene.fail(READS[0], Effect::InsteadBefore(canned.clone()));
            scene.fail(READS[1], Effect::InsteadBefore(canned));
            let end = scene.play();
            match &end.step {
                Step::Done(receipt) => assert_ne!(receipt.outcome.mark(), "unknown", "{} {key}", column.name),
                Step::Ask(Ask::Mend(_) | Ask::Unread { .. }) => {}
                other => panic!("{} {key}: {other:?}", column.name),
            }
        }
    }
}

#[test]
fn what_a_provider_says_is_shown_as_a_sentence() {
    let long = "\u{7}Somebody\u{0} talks\u{202E} on and on. ".repeat(30_000);
    let words = [
        json!({ "message": long, "trackingId": long, "errors": [{ "description": long, "errorCode": long }] }),
        json!({ "error": { "message": long, "code": long, "field": long } }),
        json!({ "success": false, "code": 1521, "message": long }),
        json!({ "Message": long, "ResultCode": long }),
    ];
    for column in &COLUMNS {
        for (status, words) in
            [400, 500].into_iter().flat_map(|status| words.iter().map(move |words| (status, words)))
        {
            let canned = Canned::new(status, words.to_string());
            for point in [Point::Send, READS[0]] {
                play(column, point, Applied::Before, canned.clone());
            }
        }
    }
}

/// Any answer: bytes, or nearly JSON, with any status and kind.
fn any_answer() -> impl Strategy<Value = Canned> {
    let piece = prop_oneof![
        Just("{".to_string()),
        Just("}".to_string()),
        Just("[".to_string()),
        Just("]".to_string()),
        Just(":".to_string()),
        Just(",".to_string()),
        Just("\"".to_string()),
        Just("\"message\":".to_string()),
        Just("\"error\":".to_string()),
        Just("\"success\":".to_string()),
        Just("\"id\":".to_string()),
        Just("\"code\":".to_string()),
        Just("null".to_string()),
        Just("false".to_string()),
        Just("<html>".to_string()),
        Just("\\u0000".to_string()),
        Just("\u{7}".to_string()),
        "[0-9]{1,3}",
        "\"[a-z]{0,4}\"",
    ];
    let body = prop_oneof![
        vec(any::<u8>(), 0..200),
        vec(piece, 0..12).prop_map(|pieces| pieces.concat().into_bytes()),
        ".{0,40}".prop_map(String::into_bytes),
        ".{0,20}".prop_map(|text| json!({ "message": text, "error": { "message": text } })
            .to_string()
            .into_bytes()),
    ];
    let status = prop_oneof![Just(200u16), Just(200u16), 200u16..600];
    let kind = prop_oneof![Just("application/json"), Just("text/plain"), Just("text/html; charset=utf-8")];
    (status, kind, body).prop_map(|(status, kind, body)| Canned::new(status, body).with("Content-Type", kind))
}

fn any_column() -> impl Strategy<Value = &'static Column> {
    (0..COLUMNS.len()).prop_map(|at| &COLUMNS[at])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_instead_of_a_read_are_understood_or_not(
        column in any_column(),
        canned in any_answer(),
        point in 0..READS.len(),
    ) {
        // The laws of an end hold inside.
        play(column, READS[point], Applied::Before, canned);
    }

    #[test]
    fn any_bytes_instead_of_an_answer_to_a_write_are_settled_by_reading(
        column in any_column(),
        canned in any_answer(),
        applied in any::<bool>(),
    ) {
        // Who says no after having done it cannot be understood.
        let says = serde_json::from_slice::<Json>(&canned.body).is_ok_and(|json| json.is_object());
        let no = (400..500).contains(&canned.status) || (canned.status < 300 && says);
        let applied = if applied && !no { Applied::After } else { Applied::Before };
        play(column, Point::Send, applied, canned);
    }
}
