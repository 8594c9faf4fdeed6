//! Real texts: the files of the repository, recorded traffic, and the seeds of the fuzz targets.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use crate::properties::providers;

pub fn folder(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The real texts of a target: those that a fuzzer starts from, and more.
pub fn seeds(target: &str) -> Vec<String> {
    let mut seeds = files(&folder("fuzz/corpus").join(target), |name| name.contains('.'));
    match target {
        "provider_file" => seeds.extend(files(&folder("providers"), |name| name != "provider.schema.json")),
        "config" => seeds.extend(fs::read_to_string(folder("config.json"))),
        "answer" => seeds.extend(traffic().map(|case| answer(&case["response"]))),
        "pasted" => {
            seeds.extend(traffic().filter_map(|case| case["request"]["url"].as_str().map(str::to_string)));
            seeds.extend(
                providers().iter().flat_map(|(_, identity)| {
                    identity.keys().map(|(_, id)| id.to_string()).collect::<Vec<_>>()
                }),
            );
        }
        "redact" => seeds.extend(traffic().flat_map(|case| sentences(&case["response"]["body"]))),
        _ => {}
    }
    seeds
}

/// The texts of a folder, in one order. What a fuzzer found there has a hash for a name, and is no seed.
fn files(folder: &Path, is_seed: impl Fn(&str) -> bool) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.file_name().and_then(|name| name.to_str()).is_some_and(&is_seed));
    paths.sort();
    paths.iter().map(|path| fs::read_to_string(path).expect("a text")).collect()
}

fn traffic() -> impl Iterator<Item = Json> {
    let cases = files(&folder("tests/traffic"), |_| true).into_iter();
    cases.flat_map(|text| serde_json::from_str::<Vec<Json>>(&text).expect("a list of cases"))
}

/// An answer as the fuzz target takes it.
fn answer(response: &Json) -> String {
    let headers = response["headers"].as_object().into_iter().flatten();
    let headers =
        headers.map(|(name, value)| [name, ": ", value.as_str().unwrap_or_default(), "\n"].concat());
    let body = response.get("body").map(Json::to_string).unwrap_or_default();
    [response["status"].to_string(), "\n".to_string(), headers.collect(), "\n".to_string(), body].concat()
}

/// Every text in an answer.
fn sentences(json: &Json) -> Vec<String> {
    match json {
        Json::String(text) => vec![text.clone()],
        Json::Array(list) => list.iter().flat_map(sentences).collect(),
        Json::Object(map) => map.values().flat_map(sentences).collect(),
        _ => Vec::new(),
    }
}
