//! The gallery of components: it has them all, and the page knows nothing of it.

use std::collections::BTreeSet;
use std::fs;

use crate::source::{Source, root, sources};

fn names(folder: &str) -> BTreeSet<String> {
    let name = |source: Source| {
        let file = source.path.rsplit('/').next().unwrap_or_default();
        file.trim_end_matches(".rs").to_string()
    };
    sources(folder, "rs").into_iter().map(name).collect()
}

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What can stand in a view: each function below `#[component]`.
fn components(code: &str) -> Vec<&str> {
    let after = code.split("#[component]\npub fn ").skip(1);
    after.map(|after| after.split('(').next().unwrap_or_default()).collect()
}

#[test]
fn every_component_has_a_page_in_the_gallery() {
    let components_by_file = names("src/ui/component");
    assert_eq!(names("tests/gallery/src/states"), components_by_file);
    let pages = text("tests/gallery/src/states.rs");
    for file in &components_by_file {
        let states = [file, "::STATES }"].concat();
        assert!(pages.contains(&states) && pages.contains(&["name: \"", file, "\""].concat()), "{file}");
        let code = text(&["src/ui/component/", file, ".rs"].concat());
        let shown = text(&["tests/gallery/src/states/", file, ".rs"].concat());
        let components = components(&code);
        assert!(!components.is_empty(), "{file}");
        for component in components {
            assert!(shown.contains(&["<", component, " "].concat()), "{component} is in no state of {file}");
        }
    }
}

#[test]
fn the_page_knows_nothing_of_the_gallery() {
    let mut texts = [sources("src", "rs"), sources("style", "css")].concat();
    let files = ["index.html", "Trunk.toml", "boot.js", "config.json", "texts/en.json", "xtask/src/build.rs"];
    texts.extend(files.map(|path| Source { path: path.to_string(), text: text(path) }));
    for source in texts {
        assert!(!source.text.to_lowercase().contains("gallery"), "{} names it", source.path);
    }
    // And Trunk puts it elsewhere than the page.
    let trunk = text("tests/gallery/Trunk.toml");
    assert!(trunk.contains("dist = \"../../target/gallery\""), "{trunk}");
}
