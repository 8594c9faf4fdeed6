//! The schema that editors use and the reader that the page uses say the same.
//!
//! Two files that have every word between them are broken in every way, one place at a time; both are asked each
//! time.

mod files;
mod pairs;

use std::collections::BTreeSet;
use std::fs;

use boon::{Compiler, Draft, SchemaIndex, Schemas};
use memberdesk::provider::Provider;
use memberdesk::provider::fault::Fault;
use serde_json::{Map, Value as Json, json};

use files::{parts, whole};

/// A schema, compiled: what an editor does with it.
pub struct Judge {
    schemas: Schemas,
    index: SchemaIndex,
}

impl Judge {
    pub fn of(schema: Json) -> Judge {
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.set_default_draft(Draft::V2020_12);
        compiler.add_resource("schema.json", schema).expect("a resource");
        let index = compiler.compile("schema.json", &mut schemas).unwrap_or_else(|error| panic!("{error:#}"));
        Judge { schemas, index }
    }

    pub fn accepts(&self, file: &Json) -> bool {
        self.schemas.validate(file, self.index).is_ok()
    }

    fn says(&self, file: &Json) -> String {
        match self.schemas.validate(file, self.index) {
            Ok(()) => String::new(),
            Err(error) => format!("{error:#}"),
        }
    }
}

pub fn text(path: &str) -> String {
    let path = [env!("CARGO_MANIFEST_DIR"), "/", path].concat();
    fs::read_to_string(path).expect("a text")
}

fn schema() -> Json {
    serde_json::from_str(&text("providers/provider.schema.json")).expect("JSON")
}

fn faults(file: &Json) -> Vec<Fault> {
    Provider::parse(&file.to_string()).err().unwrap_or_default()
}

/// The texts of faults that a schema can find too; the others are about what stands elsewhere in the file.
fn is_of_shape(fault: &Fault) -> bool {
    let shape = [
        "This is not what belongs here.",
        "is missing.",
        "is not a word that is known here.",
        "This text is empty.",
        "This condition asks nothing.",
        "This explains every answer.",
        "This version of the vocabulary",
        "This address cannot be used.",
        "This name cannot be a path.",
    ];
    shape.iter().any(|says| fault.says.contains(says))
}

/// Every place of a file, as a pointer.
fn places(file: &Json) -> Vec<String> {
    fn walk(value: &Json, pointer: String, found: &mut Vec<String>) {
        match value {
            Json::Object(map) => map.iter().for_each(|(key, value)| {
                let key = key.replace('~', "~0").replace('/', "~1");
                walk(value, [&pointer, "/", &key].concat(), found);
            }),
            Json::Array(list) => list.iter().enumerate().for_each(|(index, value)| {
                walk(value, [&pointer, "/", &index.to_string()].concat(), found);
            }),
            _ => {}
        }
        found.push(pointer);
    }
    let mut found = Vec::new();
    walk(file, String::new(), &mut found);
    found
}

fn object<'f>(file: &'f mut Json, pointer: &str) -> Option<&'f mut Map<String, Json>> {
    file.pointer_mut(pointer)?.as_object_mut()
}

/// The words that the reader knows at the objects of a file, by the pointer of each.
fn known_words(file: &Json) -> Vec<(String, BTreeSet<String>)> {
    const ODD: &str = "zzz";
    let mut found = Vec::new();
    for pointer in places(file) {
        let mut odd = file.clone();
        let Some(map) = object(&mut odd, &pointer) else {
            continue;
        };
        map.insert(ODD.to_string(), json!(1));
        let place = [&pointer, "/", ODD].concat();
        for fault in faults(&odd).into_iter().filter(|fault| fault.pointer == place) {
            if let Some((_, words)) = fault.cure.split_once("write one of: ") {
                let words = words.trim_end_matches('.').split(", ").map(str::to_string);
                found.push((pointer.clone(), words.collect()));
            }
        }
    }
    found
}

/// Whether what stands at this place of the schema is a word: a property of a closed object.
fn is_word(schema: &Json, place: &str) -> bool {
    let object = place.rsplit_once('/').and_then(|(parent, _)| parent.strip_suffix("/properties"));
    let object = object.and_then(|object| schema.pointer(object));
    object.is_some_and(|object| object["additionalProperties"] == json!(false))
}

/// The words of an object of the schema.
fn words(schema: &Json, pointer: &str) -> BTreeSet<String> {
    let words = schema.pointer(pointer).and_then(|object| object["properties"].as_object());
    words.expect(pointer).keys().cloned().collect()
}

/// Which object of the schema describes the object at this pointer of a file, if it has words.
fn describes(pointer: &str) -> Option<&'static str> {
    let parts: Vec<&str> = pointer.split('/').skip(1).collect();
    Some(match parts.as_slice() {
        [] => "",
        ["servers", _] => "/$defs/server",
        ["sign_in", _] => "/$defs/sign_in",
        ["sign_in", _, "test"] => "/$defs/sign_in/properties/test",
        ["read"] => "/properties/read",
        ["read", "also", _] => "/$defs/also",
        ["update"] => "/properties/update",
        ["update", "base"] => "/properties/update/properties/base/oneOf/1",
        ["update", "base", "record"] => "/properties/update/properties/base/oneOf/1/properties/record",
        ["answers"] => "/properties/answers",
        ["pace"] => "/properties/pace",
        ["pace", _] => "/$defs/rate",
        ["paste", _] => "/$defs/paste",
        ["find"] => "/properties/find/oneOf/1",
        ["find", _] => "/$defs/step",
        ["find", _, "search"] => "/$defs/step/properties/search",
        ["find", _, "period"] => "/$defs/step/properties/period",
        ["find", _, "tree"] => "/$defs/tree",
        ["find", .., "page"] | [.., "choices", "page"] | [.., "choices", "tree", "page"] => "/$defs/page",
        ["reference"] => "/properties/reference",
        [.., "choices"] => "/$defs/choices",
        [.., "choices", "tree"] => "/$defs/tree",
        [.., "choices", "of", _] => "/$defs/inner",
        ["risks", _] => "/$defs/risk",
        ["acts", _] => "/$defs/act",
        ["explain", _] => "/$defs/explain",
        ["connection" | "identity" | "fields", _] | ["sign_in", _, "needs", _] | ["reference", "asks", _] => {
            "/$defs/field"
        }
        ["fields", _, "as"] => "/$defs/field/properties/as",
        ["fields", _, "items"] => "/$defs/items",
        ["fields", _, "items", "properties", _] => "/$defs/part",
        ["fields", _, "items", "properties", _, "item"] => "/$defs/part/properties/item",
        ["fields", _, "remove"] => "/$defs/field/properties/remove",
        ["fields", _, "item"] => "/$defs/field/properties/item",
        ["fields", _, "absent"] => "/$defs/field/properties/absent/oneOf/1",
        ["fields", _, "clear"] => "/$defs/field/properties/clear/oneOf/1",
        [.., "call"] => "/$defs/call",
        ["read", "must", "1"] => "/$defs/condition/oneOf/2",
        ["read", "must" | "where", ..]
        | ["update", "ok"]
        | ["answers", "ok" | "shape", ..]
        | ["fields", _, "when"]
        | ["risks" | "explain", _, "if"] => "/$defs/test",
        _ => return None,
    })
}

#[test]
fn the_schema_is_one() {
    Judge::of(schema());
    let schema = schema();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
}

#[test]
fn every_provider_file_fits_the_schema() {
    let judge = Judge::of(schema());
    for provider in crate::sample::all() {
        let path = ["providers/", &provider.id, ".json"].concat();
        let file: Json = serde_json::from_str(&text(&path)).expect("JSON");
        assert_eq!(judge.says(&file), "", "{path}");
        assert_eq!(file["$schema"], "./provider.schema.json", "an editor finds the schema");
    }
}

#[test]
fn the_smallest_and_the_fullest_file_fit_both() {
    let judge = Judge::of(schema());
    for file in parts().into_iter().map(|(file, _)| file).chain(whole()) {
        assert_eq!(judge.says(&file), "");
        assert_eq!(faults(&file), []);
    }
}

#[test]
fn the_schema_has_the_words_of_the_reader_and_no_others() {
    let schema = schema();
    let mut read: Vec<(&str, BTreeSet<String>)> = Vec::new();
    for (pointer, words) in whole().iter().flat_map(known_words) {
        let place = describes(&pointer).unwrap_or_else(|| panic!("{pointer} has words"));
        match read.iter_mut().find(|(other, _)| *other == place) {
            Some((_, known)) => known.extend(words),
            None => read.push((place, words)),
        }
    }
    for (place, known) in &read {
        let mut known = known.clone();
        if *place == "/$defs/test" {
            // The reader asks for “any” first; beside it nothing else is known, so it is an object of its own.
            known.remove("any");
        }
        assert_eq!(words(&schema, place), known, "{place}");
    }
    // Each object of the schema that has words was met.
    let met: BTreeSet<&str> = read.iter().map(|(place, _)| *place).collect();
    for pointer in places(&schema) {
        let closed = schema.pointer(&pointer).is_some_and(|object| {
            object["properties"].is_object() && object["additionalProperties"] == json!(false)
        });
        assert!(!closed || met.contains(pointer.as_str()), "{pointer}");
    }
}

#[test]
fn the_closed_sets_of_the_schema_are_those_of_the_reader() {
    let schema = schema();
    let mut met = BTreeSet::new();
    for file in whole() {
        closed_sets(&schema, &file, &mut met);
    }
    let sets = places(&schema).into_iter().filter(|place| {
        is_word(&schema, place) && schema.pointer(place).is_some_and(|word| word["enum"].is_array())
    });
    let missing: Vec<String> = sets.filter(|place| !met.contains(place)).collect();
    assert_eq!(missing, Vec::<String>::new());
}

/// Holds each closed set that a file uses against what the reader says that it takes.
fn closed_sets(schema: &Json, file: &Json, met: &mut BTreeSet<String>) {
    for pointer in places(file) {
        let Some((parent, word)) = pointer.rsplit_once('/') else {
            continue;
        };
        let Some(place) = describes(parent) else {
            continue;
        };
        let place = [place, "/properties/", word].concat();
        let Some(choices) = schema.pointer(&place).and_then(|word| word["enum"].as_array()) else {
            continue;
        };
        let choices: BTreeSet<&str> = choices.iter().filter_map(Json::as_str).collect();
        let mut odd = file.clone();
        *odd.pointer_mut(&pointer).expect("a place") = json!("zzz");
        // The reader says what it takes: “Write note, tick or type.”
        let faults = faults(&odd);
        let fault = faults.iter().find(|fault| fault.cure.starts_with("Write ") && is_of_shape(fault));
        let cure = &fault.unwrap_or_else(|| panic!("{pointer}: {faults:?}")).cure;
        let takes = cure.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-'));
        let joins = ["", "Write", "one", "of", "or", "an", "in", "together", "with"];
        let mut takes: BTreeSet<&str> = takes.filter(|word| !joins.contains(word)).collect();
        // What the word goes with is named too.
        match word {
            "in" => takes.remove("apiKey"),
            "rows" => takes.remove("remove"),
            _ => false,
        };
        assert_eq!(choices, takes, "{pointer}: {cure}");
        met.insert(place);
    }
}

#[test]
fn the_fullest_files_have_every_word() {
    let schema = schema();
    let mut used: Vec<(&str, String)> = Vec::new();
    let mut known: BTreeSet<&str> = BTreeSet::new();
    for file in whole() {
        for pointer in places(&file) {
            let map = file.pointer(&pointer).and_then(Json::as_object);
            if let (Some(map), Some(place)) = (map, describes(&pointer)) {
                used.extend(map.keys().map(|key| (place, key.clone())));
            }
        }
        known.extend(known_words(&file).iter().filter_map(|(pointer, _)| describes(pointer)));
    }
    for place in known {
        for word in words(&schema, place) {
            assert!(used.contains(&(place, word.clone())), "{place}: {word}");
        }
    }
}

#[test]
fn every_word_of_the_schema_is_described() {
    let schema = schema();
    for pointer in places(&schema).into_iter().filter(|pointer| is_word(&schema, pointer)) {
        let word = &schema.pointer(&pointer).expect("a word");
        let referred = word["$ref"].as_str().map(|place| place.trim_start_matches('#'));
        let referred = referred.and_then(|place| schema.pointer(place));
        let own = [Some(*word), referred].into_iter().flatten();
        let described = own.filter_map(|word| word["description"].as_str()).next();
        assert!(described.is_some_and(|words| words.len() > 20 && words.ends_with('.')), "{pointer}");
    }
}

/// A number or a flag is as wrong with one text as with any other, and a text with one number.
fn is_worth_trying(now: &Json, value: &Json) -> bool {
    match now {
        Json::Number(_) | Json::Bool(_) => value.as_str().is_none_or(|text| text.trim().is_empty()),
        Json::String(_) => !(value.is_f64() || value.is_boolean() || *value == json!([null])),
        _ => true,
    }
}

/// A file broken at one place, this one or within it, and how.
fn broken(file: &Json, within: &str) -> Vec<(String, Json)> {
    let odd = [
        json!(null),
        json!(true),
        json!(7),
        json!(-1),
        json!(1.5),
        json!(""),
        json!(" "),
        json!("odd"),
        json!("/x~2"),
        json!("{a}{b}"),
        json!("a#b"),
        json!("/a#b"),
        json!("PT"),
        json!("https://x.example/"),
        json!("none"),
        json!("record"),
        json!("header:"),
        json!([]),
        json!([null]),
        json!(["/a", 7]),
        json!({}),
        json!({ "odd": 1 }),
        json!({ "$note": 1 }),
    ];
    let mut all = Vec::new();
    for pointer in places(file).into_iter().filter(|pointer| pointer.starts_with(within)) {
        let now = file.pointer(&pointer).expect("a place");
        for value in odd.iter().filter(|value| is_worth_trying(now, value)) {
            let mut other = file.clone();
            *other.pointer_mut(&pointer).expect("a place") = value.clone();
            all.push((format!("{pointer} is {value}"), other));
        }
        let Some((parent, key)) = pointer.rsplit_once('/') else {
            continue;
        };
        let mut other = file.clone();
        if let Some(map) = object(&mut other, parent) {
            let key = key.replace("~1", "/").replace("~0", "~");
            map.shift_remove(&key);
            all.push((format!("{pointer} is gone"), other.clone()));
        }
    }
    all
}

#[test]
fn what_the_reader_refuses_the_schema_refuses_and_the_other_way_round() {
    let judge = Judge::of(schema());
    let mut differ = Vec::new();
    let mut count = 0;
    for (file, place) in parts() {
        for (what, file) in broken(&file, &place) {
            count += 1;
            let faults = faults(&file);
            let accepted = judge.accepts(&file);
            // Patterns are checked by the reader alone: the schema has no word for our part of them. Nor has it one
            // for the name of something that stands elsewhere.
            let own = |fault: &Fault| {
                let text = file.pointer(&fault.pointer).is_some_and(Json::is_string);
                let pattern = fault.pointer.ends_with("/pattern") || fault.pointer.ends_with("/usual");
                let name = fault.cure.contains("the name of one of");
                is_of_shape(fault) && !(text && (pattern || name))
            };
            if accepted && faults.iter().any(own) {
                differ.push(format!("only the reader refuses: {what}: {faults:?}"));
            }
            if !accepted && faults.is_empty() {
                differ.push(format!("only the schema refuses: {what}: {}", judge.says(&file)));
            }
        }
    }
    assert!(count > 10_000, "{count}");
    assert!(differ.is_empty(), "{} of {count}:\n{}", differ.len(), differ.join("\n"));
}

/// A whole provider in the papers is one.
#[test]
fn the_providers_of_the_papers_fit_both() {
    let judge = Judge::of(schema());
    for path in ["README.md", "docs/provider-file.md"] {
        let paper = text(path);
        let mut found = 0;
        for block in paper.split("```json provider\n").skip(1) {
            let block = block.split("```").next().expect("a block");
            let file: Json = serde_json::from_str(block).unwrap_or_else(|error| panic!("{path}: {error}"));
            assert_eq!(judge.says(&file), "", "{path}");
            assert_eq!(faults(&file), [], "{path}");
            found += 1;
        }
        assert!(found > 0, "{path} has a whole provider");
    }
}
