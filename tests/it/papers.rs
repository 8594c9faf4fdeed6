//! What the README and the docs say is so.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use memberdesk::desk::config::Config;
use memberdesk::desk::proxy;
use memberdesk::doctor::Verdict;
use memberdesk::provider::Provider;
use memberdesk::transport::proxy::preset::Preset;
use serde_json::Value as Json;

fn text(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The blocks of a paper that open with this line, without their fences.
fn blocks<'p>(paper: &'p str, opening: &str) -> Vec<&'p str> {
    let fence = ["```", opening, "\n"].concat();
    let blocks = paper.split(fence.as_str()).skip(1);
    blocks.map(|block| block.split("```").next().unwrap_or_default()).collect()
}

/// What stands between single backticks.
fn quoted(paper: &str) -> BTreeSet<String> {
    let lines = paper.lines().filter(|line| !line.starts_with("```"));
    lines.flat_map(|line| line.split('`').skip(1).step_by(2)).map(str::to_string).collect()
}

#[test]
fn every_test_that_the_readme_names_is_there() {
    let mut sources = String::new();
    for folder in ["src", "tests", "xtask"] {
        collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut sources);
    }
    let readme = text("README.md");
    let (_, table) = readme.split_once("### Invariants").expect("the invariants");
    let (table, _) = table.split_once("Held by the compiler").expect("the end of the table");
    let mut rows = 0;
    for row in table.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| what always")) {
        rows += 1;
        let tests = row.trim_end_matches(" |").rsplit('|').next().unwrap_or_default();
        let tests = quoted(tests);
        assert!(!tests.is_empty(), "{row}");
        for test in tests {
            assert!(sources.contains(&["fn ", &test, "("].concat()), "there is no test {test}");
        }
    }
    assert!(rows > 10, "{rows}");
}

#[test]
fn every_diagnosis_has_its_cure() {
    let paper = text("docs/diagnoses.md");
    for verdict in Verdict::ALL {
        let row = ["| `", verdict.code(), "` | "].concat();
        assert_eq!(paper.matches(&row).count(), 1, "{row}");
    }
    assert_eq!(paper.matches("\n| `").count(), Verdict::ALL.len());
}

#[test]
fn every_picture_that_the_readme_shows_is_there() {
    let readme = text("README.md");
    let pictures = readme.split("docs/screens/").skip(1).filter_map(|after| after.split_once(".webp"));
    let mut shown = 0;
    for (name, _) in pictures {
        let path = ["docs/screens/", name, ".webp"].concat();
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(&path).exists(), "{path}");
        shown += 1;
    }
    assert!(shown > 50, "{shown}");
}

fn collect(folder: &Path, sources: &mut String) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, sources);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            sources.push_str(&fs::read_to_string(path).expect("a source"));
        }
    }
}

#[test]
fn the_readmes_examples_are_accepted() {
    let readme = text("README.md");
    let [config] = blocks(&readme, "json")[..] else { panic!("one configuration") };
    let config = Config::parse(config).unwrap_or_else(|faults| panic!("{faults:#?}"));
    assert_eq!(config.providers, ["webex", "aitable", "symbl", "flashapply", "toluna"]);
    let [provider] = blocks(&readme, "json provider")[..] else { panic!("one provider") };
    Provider::parse(provider).unwrap_or_else(|faults| panic!("{faults:#?}"));
}

#[test]
fn the_readmes_proxy_is_the_one_of_the_table() {
    let readme = text("README.md");
    let [own] = blocks(&readme, "json proxy")[..] else { panic!("one proxy") };
    let own = proxy::parse(&serde_json::from_str(own).expect("JSON"));
    let own = own.unwrap_or_else(|faults| panic!("{faults:#?}"));
    assert_eq!(Preset::of(&own).map(|preset| preset.id), Some("cors-anywhere"));
}

#[test]
fn the_readme_names_every_key_of_the_configuration() {
    let readme = text("README.md");
    let words = quoted(&readme);
    // The reader lists the words that it knows.
    for odd in [
        r#"{"version":1,"providers":[],"zzz":1}"#,
        r#"{"version":1,"providers":[],"proxy":{"kind":"none","zzz":1}}"#,
    ] {
        let faults = Config::parse(odd).expect_err("a fault");
        let (_, known) = faults[0].cure.split_once("write one of: ").expect("a list");
        for word in known.trim_end_matches('.').split(", ") {
            assert!(words.contains(word), "{word}");
        }
    }
}

#[test]
fn the_map_of_the_readme_is_the_folder() {
    let readme = text("README.md");
    let (_, map) = readme.split_once("### The map").expect("the map");
    let map = map.split("```").nth(1).expect("a drawing");
    let mut folder = String::new();
    for line in map.lines().filter(|line| !line.trim().is_empty()) {
        let name = line.split_whitespace().next().expect("a name");
        let path = if line.starts_with(' ') { [&folder, name].concat() } else { name.to_string() };
        if !line.starts_with(' ') && name.ends_with('/') {
            folder = name.to_string();
        }
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(&path).exists(), "{path}");
    }
}

#[test]
fn the_vocabulary_names_and_counts_every_word() {
    let paper = text("docs/provider-file.md");
    let words = quoted(&paper);
    let schema: Json = serde_json::from_str(&text("providers/provider.schema.json")).expect("JSON");
    let mut all = BTreeSet::new();
    known(&schema, &mut all);
    for word in &all {
        assert!(words.contains(word), "{word}");
    }
    let counted = format!("closed: {} words", all.len());
    assert!(paper.contains(&counted) && text("README.md").contains(&counted), "{counted}");
}

/// The words of every closed object of the schema.
fn known(schema: &Json, all: &mut BTreeSet<String>) {
    if schema["additionalProperties"] == Json::Bool(false) {
        all.extend(schema["properties"].as_object().into_iter().flatten().map(|(word, _)| word.clone()));
    }
    match schema {
        Json::Object(map) => map.values().for_each(|value| known(value, all)),
        Json::Array(list) => list.iter().for_each(|value| known(value, all)),
        _ => {}
    }
}

#[test]
fn the_vocabularys_examples_are_json() {
    let paper = text("docs/provider-file.md");
    let blocks = blocks(&paper, "json");
    assert!(blocks.len() > 8);
    for block in blocks {
        let json: Result<Json, _> = serde_json::from_str(block);
        assert!(json.is_ok(), "{json:?}: {block}");
    }
}

#[test]
fn the_vocabularys_links_lead_somewhere() {
    let paper = text("docs/provider-file.md");
    let headings: BTreeSet<String> = paper
        .lines()
        .filter_map(|line| line.strip_prefix("## "))
        .map(|heading| heading.to_lowercase().replace(' ', "-"))
        .collect();
    for link in paper.split("](#").skip(1) {
        let link = link.split(')').next().unwrap_or_default();
        assert!(headings.contains(link), "{link}");
    }
}
