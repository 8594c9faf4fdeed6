//! How the house is kept: what the compiler cannot hold.

use std::collections::BTreeSet;
use std::fs;

use crate::sample::all;
use crate::source::{Source, root, sources};

/// Each room and the rooms that it may name, itself left out.
const ROOMS: [(&str, &[&str]); 12] = [
    ("words", &[]),
    ("provider", &["words"]),
    ("transport", &["words", "provider"]),
    ("change", &["words", "provider", "transport"]),
    ("bulk", &["words", "provider", "transport", "change"]),
    ("find", &["words", "provider", "transport", "change"]),
    ("desk", &["words", "provider", "transport", "change"]),
    ("hosting", &["words", "provider", "transport", "desk"]),
    ("relay", &["words", "provider", "transport", "desk", "hosting"]),
    ("doctor", &["words", "provider", "transport"]),
    // Only the values that it carries: requests, answers, probes, and the moment that they come at.
    ("browser", &["words", "provider", "transport", "change", "doctor"]),
    (
        "ui",
        &[
            "words",
            "provider",
            "transport",
            "change",
            "bulk",
            "find",
            "desk",
            "doctor",
            "hosting",
            "relay",
            "browser",
        ],
    ),
];

/// The programs of the page: they start it and belong to no room.
const PROGRAMS: [&str; 2] = ["src/main.rs", "src/bin/"];

/// Stylesheets whose component is plain HTML: nothing in `ui` is called so.
const STYLE_ONLY: [&str; 5] = ["boot", "button", "foot", "stopped", "tag"];

/// Components that need no stylesheet of their own: the page's basic ones are enough.
const UNSTYLED: [&str; 2] = ["copy", "heading"];

const MOST_LINES: usize = 500;

/// The files that have a word, in code that is not a test.
fn having(sources: &[Source], word: &str) -> Vec<String> {
    let having = sources.iter().filter(|source| source.code().contains(word));
    having.map(|source| source.path.clone()).collect()
}

/// The rooms that a text names: what follows `crate::`.
fn named(code: &str) -> BTreeSet<String> {
    let mut rooms = BTreeSet::new();
    for after in code.split("crate::").skip(1) {
        let heads = match after.strip_prefix('{') {
            Some(list) => first_names(list),
            None => vec![first_name(after)],
        };
        rooms.extend(heads.into_iter().filter(|head| !head.is_empty()));
    }
    rooms
}

fn first_name(text: &str) -> String {
    text.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
}

/// The first names in `{a::b, c::{d, e}}`, after its opening brace.
fn first_names(list: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    let mut depth = 0;
    for c in list.chars() {
        match c {
            '}' if depth == 0 => break,
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(String::new()),
            _ if depth == 0 && !c.is_whitespace() => {
                if let Some(name) = names.last_mut() {
                    name.push(c);
                }
            }
            _ => {}
        }
    }
    names.iter().map(|name| first_name(name)).collect()
}

#[test]
fn the_search_for_rooms_finds_every_way_to_name_one() {
    let check = |code: &str, expected: &[&str]| {
        let rooms = named(code);
        assert_eq!(rooms.iter().map(String::as_str).collect::<Vec<_>>(), expected, "{code}");
    };
    check("use crate::ui::app;", &["ui"]);
    check("let x = crate::browser::fetch::send();", &["browser"]);
    check("use crate::{change::plan::Plan, ui::{a, b}, desk};", &["change", "desk", "ui"]);
    check("pub(crate) fn x()", &[]);
    check("use super::plan;", &[]);
}

#[test]
fn every_room_is_in_the_table() {
    for source in sources("src", "rs") {
        let path = source.path.trim_start_matches("src/");
        let room = path.split('/').next().unwrap_or_default().trim_end_matches(".rs");
        let is_room = ROOMS.iter().any(|(name, _)| *name == room);
        let is_program = PROGRAMS.iter().any(|program| source.path.starts_with(program));
        assert!(is_room || is_program || room == "lib", "{}", source.path);
    }
}

#[test]
fn a_room_names_only_the_rooms_that_it_may_name() {
    for (room, may) in ROOMS {
        let own = ["src/", room].concat();
        for source in sources("src", "rs") {
            if source.path != [&own, ".rs"].concat() && !source.path.starts_with(&[&own, "/"].concat()) {
                continue;
            }
            for other in named(&source.code()) {
                let known = ROOMS.iter().any(|(room, _)| *room == other);
                let allowed = other == room || may.contains(&other.as_str()) || !known;
                assert!(allowed, "{} names {other}", source.path);
            }
        }
    }
}

#[test]
fn only_the_browser_room_and_the_screens_know_the_web() {
    let sources = sources("src", "rs");
    for word in ["web_sys", "js_sys", "gloo_", "wasm_bindgen", "leptos"] {
        for path in having(&sources, word) {
            let knows = ["src/browser", "src/ui", "src/main.rs", "src/bin/"];
            assert!(knows.iter().any(|room| path.starts_with(room)), "{path} names {word}");
        }
    }
    {
        let word = "leptos::";
        let browser = having(&sources, word);
        assert!(!browser.iter().any(|path| path.starts_with("src/browser")), "{browser:?}");
    }
    for word in ["gloo_net", "SystemTime", "Instant::now", "std::time::UNIX_EPOCH"] {
        for path in having(&sources, word) {
            assert!(path.starts_with("src/browser"), "{path} names {word}");
        }
    }
}

#[test]
fn pages_name_components_and_components_name_no_page() {
    for source in sources("src/ui/component", "rs") {
        let code = source.code();
        for word in ["ui::page", "ui::app", "super::super::page"] {
            assert!(!code.contains(word), "{} names {word}", source.path);
        }
    }
    for path in having(&sources("src", "rs"), "ui::app") {
        assert!(PROGRAMS.iter().any(|program| path.starts_with(program)), "{path}");
    }
}

#[test]
fn no_provider_is_known_by_its_name() {
    let mut texts = sources("src", "rs");
    texts.retain(|source| !source.is_test());
    texts.extend(sources("style", "css"));
    texts.extend(["boot.js", "index.html"].map(|path| Source {
        path: path.to_string(),
        text: fs::read_to_string(root().join(path)).expect("a text"),
    }));
    for provider in all() {
        let mut names = vec![provider.id.clone(), provider.name.clone()];
        names.extend(provider.servers.iter().map(|server| server.slug.clone()));
        for name in names.iter().map(|name| name.to_lowercase()) {
            for source in &texts {
                let text = without_tests(source).to_lowercase();
                assert!(!text.contains(&name), "{} names {name}", source.path);
            }
        }
    }
}

/// The text without tests that stand in the file itself.
fn without_tests(source: &Source) -> &str {
    source.text.find("#[cfg(test)]\nmod tests {").map_or(&source.text, |at| &source.text[..at])
}

#[test]
fn one_function_fills_holes_and_one_sends() {
    let sources = sources("src", "rs");
    let check = |word: &str, expected: &[&str]| assert_eq!(having(&sources, word), expected, "{word}");
    check("into_parts", &["src/browser/fetch.rs", "src/transport/sign.rs"]);
    check("transport::sign(", &[]);
    check("sign::sign(", &[]);
    check("struct Signed(", &["src/transport/sign.rs"]);
    check("Outgoing {", &["src/change/outgoing.rs"]);
    check("Outgoing::write(", &["src/change/driver.rs"]);
    // The free function, not the method of an outgoing request.
    let calls = |source: &Source| {
        let code = source.code();
        let calls = code.match_indices("sign(");
        calls
            .filter(|(at, _)| {
                let before = code[..*at].chars().next_back().unwrap_or(' ');
                let is_named = before.is_alphanumeric() || before == '_' || before == '.';
                !is_named && !code[..*at].ends_with("fn ")
            })
            .count()
    };
    for source in &sources {
        let expected = usize::from(source.path == "src/change/outgoing.rs");
        assert_eq!(calls(source), expected, "{}", source.path);
    }
}

#[test]
fn components_and_stylesheets_pair_up() {
    let names = |folder: &str, ending: &str| -> BTreeSet<String> {
        let stem = |source: Source| {
            let name = source.path.rsplit('/').next().unwrap_or_default().to_string();
            name.trim_end_matches(&[".", ending].concat()).to_string()
        };
        sources(folder, ending).into_iter().map(stem).collect()
    };
    let styled = names("style/components", "css");
    let mut components = names("src/ui/component", "rs");
    components.extend(STYLE_ONLY.map(str::to_string));
    components.retain(|name| !UNSTYLED.contains(&name.as_str()));
    assert_eq!(styled, components);
}

#[test]
fn no_file_is_too_long() {
    for folder in ["src", "tests", "xtask"] {
        for source in sources(folder, "rs") {
            let lines = source.text.lines().count();
            assert!(lines <= MOST_LINES, "{} has {lines} lines", source.path);
        }
    }
}

#[test]
fn nothing_is_unwrapped_without_a_reason() {
    for folder in ["src", "xtask/src", "tests/simulated/src"] {
        let sources = sources(folder, "rs");
        for word in [".unwrap()", "todo!(", "unimplemented!(", "dbg!(", "unsafe "] {
            assert_eq!(having(&sources, word), Vec::<String>::new(), "{word}");
        }
    }
}

#[test]
fn the_page_has_no_inline_style_script_or_markup() {
    let sources = sources("src/ui", "rs");
    // The last one: Leptos writes an element in which nothing can change as markup, and the policy forbids that.
    let words =
        ["innerHTML", "inner_html", "set_inner_html", "style=", "style:", "<script", "javascript:", "\"></"];
    for word in words {
        assert_eq!(having(&sources, word), Vec::<String>::new(), "{word}");
    }
    let page = fs::read_to_string(root().join("index.html")).expect("the page");
    for word in [" style=", "<style", " onclick=", " onload=", "javascript:"] {
        assert!(!page.contains(word), "{word}");
    }
    for script in page.split("<script").skip(1) {
        let (tag, after) = script.split_once('>').expect("a tag");
        assert!(tag.contains("src=") && after.trim_start().starts_with("</script>"), "{tag}");
    }
}

#[test]
fn nothing_in_the_sources_writes_to_a_console() {
    let sources = sources("src", "rs");
    for word in ["console::", "println!(", "eprintln!(", "print!("] {
        assert_eq!(having(&sources, word), Vec::<String>::new(), "{word}");
    }
}
