//! A translation of a provider file says all of what people read there, and nothing else.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use memberdesk::provider::Provider;
use memberdesk::provider::translation::{Translation, each};
use serde_json::Value as Json;

/// The words of a provider file in one language, `texts/NAME.TAG.json`.
struct Translated {
    name: String,
    file: String,
    /// What people read in the provider file, each once.
    texts: Vec<String>,
    translation: Translation,
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn parsed(path: &Path, text: &str) -> Json {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Pointers stand among the words but are none, and what has no letter is the same in every language.
fn is_read(text: &str) -> bool {
    !text.starts_with('/') && text.chars().any(char::is_alphabetic)
}

fn translations() -> Vec<Translated> {
    let entries = fs::read_dir(folder("texts")).expect("the folder of texts");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name in Unicode"))
        .filter(|name| name.strip_suffix(".json").is_some_and(|name| name.contains('.')))
        .collect();
    names.sort();
    let of = |name: String| {
        let (provider, _) = name.split_once('.').expect("a provider and a language");
        let source = folder("providers").join([provider, ".json"].concat());
        let file = text(&source);
        let mut texts = Vec::new();
        each(&mut parsed(&source, &file), &mut |text| {
            if is_read(text) && !texts.contains(text) {
                texts.push(text.clone());
            }
        });
        let own = folder("texts").join(&name);
        let words = parsed(&own, &text(&own));
        let flat = words.as_object().is_some_and(|entries| entries.values().all(Json::is_string));
        assert!(flat, "{name} is one object of texts");
        Translated { translation: Translation::of(&&words), name, file, texts }
    };
    names.into_iter().map(of).collect()
}

/// The `{places}` of a text, each once: a language may order and repeat them as it needs.
fn places(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect()
}

#[test]
fn every_text_of_a_provider_file_is_translated() {
    assert!(!translations().is_empty());
    for Translated { name, texts, translation, .. } in translations() {
        let missing: Vec<_> = texts.iter().filter(|text| translation.find(text).is_none()).collect();
        assert!(missing.is_empty(), "texts/{name} has no words for {missing:#?}");
    }
}

#[test]
fn no_translation_is_left_over() {
    for Translated { name, texts, translation, .. } in translations() {
        let known = translation.known().map(|(english, _)| english);
        let left: Vec<_> = known.filter(|english| !texts.iter().any(|text| text == english)).collect();
        assert!(left.is_empty(), "the provider file of texts/{name} does not say {left:#?}");
    }
}

#[test]
fn a_translation_has_the_places_of_its_text_and_is_not_empty() {
    for Translated { name, translation, .. } in translations() {
        for (english, own) in translation.known() {
            assert!(!own.trim().is_empty(), "texts/{name}: {english:?} is empty");
            assert_eq!(places(own), places(english), "texts/{name}: {english:?}");
        }
    }
}

#[test]
fn a_translated_provider_file_is_without_fault() {
    for Translated { name, file, translation, .. } in translations() {
        if let Err(faults) = Provider::parse(&translation.apply(&file)) {
            panic!("texts/{name}: {faults:#?}");
        }
    }
}

#[test]
fn most_texts_differ_from_the_english() {
    for Translated { name, translation, .. } in translations() {
        let (same, other): (Vec<_>, Vec<_>) = translation.known().partition(|(english, own)| english == own);
        assert!(same.len() * 5 < other.len(), "texts/{name} leaves in English: {same:#?}");
    }
}
