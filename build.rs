//! Makes a function of each message of the English catalogue, so that a key that does not exist, or a place that
//! nobody fills, does not compile. A program carries only the messages that it says.

use std::{env, fs, path::Path};

use serde_json::{Map, Value};

const CATALOGUE: &str = "texts/en.json";

fn main() {
    println!("cargo::rerun-if-changed={CATALOGUE}");
    let text = fs::read_to_string(CATALOGUE).expect("the English catalogue is there");
    let catalogue: Map<String, Value> = serde_json::from_str(&text).expect("the English catalogue is JSON");
    let functions = catalogue.iter().enumerate().map(|(number, (key, value))| function(number, key, value));
    let functions: String = functions.collect();
    let keys: Vec<&String> = catalogue.keys().collect();
    let keys = format!("pub static KEYS: [&str; {}] = {keys:?};\n", keys.len());
    let place = Path::new(&env::var_os("OUT_DIR").expect("Cargo names a folder")).join("say.rs");
    fs::write(place, functions + &keys).expect("the functions can be written");
}

fn function(number: usize, key: &str, value: &Value) -> String {
    let (form, whole) = match value {
        Value::String(text) => (format!("Form::Plain({text:?})"), text.clone()),
        Value::Object(forms) => {
            let of = |name: &str| forms[name].as_str().expect("a form is text");
            let (one, other) = (of("one"), of("other"));
            (format!("Form::Counted {{ one: {one:?}, other: {other:?} }}"), other.to_string())
        }
        _ => panic!("{key}: a message is a text, or its forms for one and for other counts"),
    };
    let holes = holes(&whole);
    let name = key.replace(['.', '-'], "_");
    let takes: String = holes.iter().map(|hole| format!("{hole}: impl Into<Words>, ")).collect();
    let gives: String = holes.iter().map(|hole| format!("{hole}.into(), ")).collect();
    format!(
        "/// {whole}\npub fn {name}({takes}) -> Words {{\n    \
         static MESSAGE: Message = Message {{ number: {number}, english: {form}, holes: &{holes:?} }};\n    \
         Words::Own(&MESSAGE, vec![{gives}])\n}}\n"
    )
}

/// The places of a message, in the order in which they are met.
fn holes(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for part in text.split('{').skip(1) {
        let hole = part.split('}').next().unwrap_or_default();
        if !found.contains(&hole) {
            found.push(hole);
        }
    }
    found
}
