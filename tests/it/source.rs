//! The sources, for tests that hold what the compiler cannot.

use std::fs;
use std::path::{Path, PathBuf};

#[derive(Clone)]
pub struct Source {
    /// From the root of the repository, with slashes.
    pub path: String,
    pub text: String,
}

impl Source {
    pub fn is_test(&self) -> bool {
        self.path.ends_with("tests.rs") || self.path.contains("/tests/")
    }

    /// What is not a test and not a comment.
    pub fn code(&self) -> String {
        if self.is_test() {
            return String::new();
        }
        let own = match self.text.find("#[cfg(test)]\nmod tests {") {
            Some(at) => &self.text[..at],
            None => &self.text,
        };
        let lines = own.lines().filter(|line| !line.trim_start().starts_with("//"));
        lines.collect::<Vec<_>>().join("\n")
    }
}

pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The files of a folder, and of those in it, whose names end so.
pub fn sources(folder: &str, ending: &str) -> Vec<Source> {
    let mut found = Vec::new();
    collect(&root().join(folder), ending, &mut found);
    assert!(!found.is_empty(), "{folder}");
    found
}

fn collect(folder: &Path, ending: &str, found: &mut Vec<Source>) {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, ending, found);
        } else if path.extension().is_some_and(|own| own == ending) {
            let own = path.strip_prefix(root()).expect("a path below the root");
            found.push(Source {
                path: own.to_string_lossy().replace('\\', "/"),
                text: fs::read_to_string(&path).expect("a text"),
            });
        }
    }
}
