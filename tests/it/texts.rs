//! What a person reads: the catalogues of messages, and that nothing is said past them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use serde_json::{Map, Value as Json};

use crate::source::{Source, root, sources};

const ENGLISH: &str = "en.json";

/// The plural forms of all languages, as CLDR calls them.
const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// Rooms whose sentences are all in the catalogue.
const SAID: [&str; 8] = [
    "src/change",
    "src/transport",
    "src/bulk",
    "src/find",
    "src/desk",
    "src/doctor",
    "src/browser",
    "src/ui",
];

/// Sentences that nobody reads on the page, or not as its words: the file, how they begin, and why they may stand.
const ALLOWED: [(&str, &str, &str); 6] = [
    ("src/doctor/advice.rs", "Access-Control-", "a line of a server’s configuration"),
    ("src/desk/config/connection.rs", "", "for whoever writes config.json, as well"),
    ("src/desk/config.rs", "", "for whoever writes config.json: faults of files are in English"),
    ("src/transport/snippet.rs", "curl --request ", "a command"),
    ("src/desk/proxy.rs", "", "for whoever describes a proxy, as well"),
    ("src/transport/proxy/preset.rs", "", "how known proxies word errors of their own"),
];

/// Words of a provider file that stand in a sentence without quotes, so that many languages would bend them.
const BENT: [&str; 3] = ["member", "row", "connection"];

type Catalogue = BTreeMap<String, Json>;

fn texts() -> Vec<(String, String)> {
    let folder = fs::read_dir(root().join("texts")).expect("the catalogues");
    let mut paths: Vec<PathBuf> = folder.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let name = |path: &PathBuf| path.file_name().expect("a name").to_string_lossy().to_string();
    // `webex.de.json` has the words of a provider file: another test's.
    paths.retain(|path| name(path).matches('.').count() == 1);
    paths.iter().map(|path| (name(path), fs::read_to_string(path).expect("a text"))).collect()
}

fn parsed(text: &str) -> Catalogue {
    let messages: Map<String, Json> = serde_json::from_str(text).expect("a catalogue");
    messages.into_iter().collect()
}

fn english() -> Catalogue {
    let (_, text) = texts().into_iter().find(|(name, _)| name == ENGLISH).expect("the English catalogue");
    parsed(&text)
}

/// The texts of a message by their forms; a message without forms has one, without a name.
fn forms(message: &Json) -> Vec<(&str, &str)> {
    match message {
        Json::String(text) => vec![("", text)],
        Json::Object(forms) => {
            forms.iter().map(|(form, text)| (form.as_str(), text.as_str().unwrap_or_default())).collect()
        }
        _ => Vec::new(),
    }
}

/// What stands in braces; nothing where they do not pair up.
fn places(text: &str) -> Option<BTreeSet<&str>> {
    let mut found = BTreeSet::new();
    let mut parts = text.split('{');
    if parts.next()?.contains('}') {
        return None;
    }
    for part in parts {
        let (place, after) = part.split_once('}')?;
        let plain = !place.is_empty() && place.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        if !plain || after.contains('}') {
            return None;
        }
        found.insert(place);
    }
    Some(found)
}

/// All that is wrong with a catalogue by itself.
fn blemishes(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let messages = parsed(text);
    // A JSON reader takes the last of two in silence.
    let lines = text.lines().filter(|line| line.starts_with("  \"")).count();
    if lines != messages.len() {
        found.push("a key stands there twice, or two in one line".to_string());
    }
    for (key, message) in &messages {
        let plain = |part: &str| {
            !part.is_empty()
                && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        };
        if !key.split_once('.').is_some_and(|(section, name)| plain(section) && plain(name)) {
            found.push(format!("{key}: a key is section.name"));
        }
        let forms = forms(message);
        let named = |wanted: &str| forms.iter().any(|(form, _)| *form == wanted);
        let is_counted = message.is_object();
        if forms.is_empty() || (is_counted && !(named("one") && named("other"))) {
            found.push(format!("{key}: a message is a text, or its forms for one and for other counts"));
        }
        for (form, text) in &forms {
            if is_counted && !FORMS.contains(form) {
                found.push(format!("{key}: {form} is no form"));
            }
            let faults = [
                (text.trim().is_empty(), "it says nothing"),
                (text.trim() != *text, "a space at an end: it is a part of a sentence"),
                (text.contains("  "), "two spaces"),
                (text.contains(['\'', '"']), "a straight quote"),
                (places(text).is_none(), "braces that do not pair up"),
            ];
            let faults = faults.iter().filter(|(wrong, _)| *wrong);
            found.extend(faults.map(|(_, says)| format!("{key}: {says}: {text}")));
        }
        let counts = |(form, text): &(&str, &str)| *form == "other" && text.contains("{count}");
        if is_counted && !forms.iter().any(counts) {
            found.push(format!("{key}: it has forms, and does not say {{count}}"));
        }
    }
    found
}

/// All in which a catalogue does not say what the English one says.
fn deviations(english: &Catalogue, theirs: &Catalogue) -> Vec<String> {
    let mut found = Vec::new();
    found
        .extend(theirs.keys().filter(|key| !english.contains_key(*key)).map(|key| format!("{key}: unknown")));
    for (key, message) in english {
        let Some(own) = theirs.get(key) else {
            found.push(format!("{key}: missing"));
            continue;
        };
        if message.is_object() && !own.is_object() {
            found.push(format!("{key}: it has forms in English"));
        }
        let all: BTreeSet<&str> =
            forms(message).iter().filter_map(|(_, text)| places(text)).flatten().collect();
        if own.is_object() && !all.contains("count") {
            found.push(format!("{key}: nothing is counted in it"));
        }
        for (form, text) in forms(own) {
            // “One field changes.” needs no number; and where a word would have to be bent, it may be left out.
            let may_lack = |place: &&str| {
                let counts = *place == "count" && form != "other" && !form.is_empty();
                counts || BENT.contains(place)
            };
            let places = places(text).unwrap_or_default();
            let lacks = all.iter().any(|place| !places.contains(place) && !may_lack(place));
            if lacks || !places.is_subset(&all) {
                found.push(format!("{key}: other places: {text}"));
            }
        }
    }
    found
}

#[test]
fn every_catalogue_is_well_written_and_says_what_the_english_one_says() {
    let english = english();
    for (name, text) in texts() {
        assert_eq!(blemishes(&text), Vec::<String>::new(), "{name}");
        assert_eq!(deviations(&english, &parsed(&text)), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn what_is_wrong_with_a_catalogue_is_found() {
    let check = |line: &str, says: &str| {
        let text = ["{\n  ", line, "\n}"].concat();
        let found = blemishes(&text);
        assert!(found.iter().any(|found| found.contains(says)), "{line}: {found:?}");
    };
    check(r#""a.b": " x""#, "a space at an end");
    check(r#""a.b": """#, "says nothing");
    check(r#""a.b": "x  y""#, "two spaces");
    check(r#""a.b": "don't""#, "straight quote");
    check(r#""a.b": "{x""#, "braces");
    check(r#""a.b": "x}""#, "braces");
    check(r#""a.b": "{}""#, "braces");
    check(r#""a.b": { "other": "{count}" }"#, "its forms");
    check(r#""a.b": { "one": "x", "other": "{count}", "more": "x" }"#, "no form");
    check(r#""a.b": { "one": "x", "other": "y" }"#, "does not say");
    check(r#""a.b": 1"#, "its forms");
    check(r#""a": "x""#, "section.name");
    check("\"a.b\": \"x\",\n  \"a.b\": \"y\"", "twice");
}

#[test]
fn a_language_that_says_something_else_is_found() {
    let english = parsed(
        r#"{ "a.x": "{name} is {state}", "a.n": { "one": "One.", "other": "{count} of {name}." }, "a.c": "{count}" }"#,
    );
    let check = |theirs: &str, expected: &[&str]| {
        assert_eq!(deviations(&english, &parsed(theirs)), expected, "{theirs}");
    };
    let n = r#""a.n": { "one": "{name}.", "few": "{count} {name}.", "other": "{name}, {count}." }"#;
    let with = |rest: &str| ["{", n, ", ", rest, "}"].concat();
    check(&with(r#""a.x": "{state} {name}", "a.c": { "one": "1", "other": "{count}" }"#), &[]);
    check(&with(r#""a.x": "{state} {name}""#), &["a.c: missing"]);
    check(&with(r#""a.x": "{state}", "a.c": "{count}""#), &["a.x: other places: {state}"]);
    check(
        &with(r#""a.x": "{state} {name} {who}", "a.c": "{count}""#),
        &["a.x: other places: {state} {name} {who}"],
    );
    check(&with(r#""a.x": "{state} {name}", "a.c": "{count}", "a.y": "z""#), &["a.y: unknown"]);
    check(&with(r#""a.x": "{state} {name}", "a.c": "all""#), &["a.c: other places: all"]);
    let plain = r#"{ "a.x": "{state} {name}", "a.c": "{count}", "a.n": "{count} {name}" }"#;
    check(plain, &["a.n: it has forms in English"]);
}

/// What boot.js says on the last page, by its key, with its own English: no catalogue may have come by then.
fn last_words() -> Vec<(String, String)> {
    let boot = fs::read_to_string(root().join("boot.js")).expect("the boot file");
    let said = |call: &str| {
        let (key, rest) = call.split_once('"')?;
        let english = rest.strip_prefix(", \"")?.split_once('"')?.0;
        Some((key.to_string(), english.to_string()))
    };
    boot.split("say(\"").skip(1).map(|call| said(call).unwrap_or_else(|| panic!("{call}"))).collect()
}

#[test]
fn the_last_page_says_in_english_what_the_catalogue_does() {
    let english = english();
    let said = last_words();
    assert!(said.len() > 6, "{said:?}");
    for (key, words) in said {
        assert_eq!(english.get(&key), Some(&Json::String(words)), "{key}");
    }
}

#[test]
fn every_message_is_said() {
    let code: Vec<String> = sources("src", "rs").iter().map(Source::code).collect();
    let last = last_words();
    let is_said = |key: &str| {
        let call = ["say::", &key.replace(['.', '-'], "_")].concat();
        let ends = |after: &str| !after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
        last.iter().any(|(own, _)| own == key)
            || code.iter().any(|code| code.match_indices(&call).any(|(at, _)| ends(&code[at + call.len()..])))
    };
    let silent: Vec<String> = english().into_keys().filter(|key| !is_said(key)).collect();
    assert_eq!(silent, Vec::<String>::new());
}

/// The string literals of code without comments, as they are written.
fn literals(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut letters = code.chars().peekable();
    let mut before = ' ';
    while let Some(letter) = letters.next() {
        match letter {
            '/' if letters.peek() == Some(&'/') => {
                while letters.next().is_some_and(|letter| letter != '\n') {}
            }
            // A letter in quotes, and no lifetime.
            '\'' => {
                let mut ahead = letters.clone();
                let escaped = ahead.next() == Some('\\');
                if escaped || ahead.next() == Some('\'') {
                    letters.nth(usize::from(escaped));
                    while letters.next().is_some_and(|letter| letter != '\'') {}
                }
            }
            '"' => {
                let raw = before == 'r' || before == '#';
                let mut text = String::new();
                while let Some(letter) = letters.next().filter(|letter| *letter != '"') {
                    text.push(letter);
                    if letter == '\\' && !raw {
                        text.extend(letters.next());
                    }
                }
                found.push(text);
            }
            _ => {}
        }
        before = letter;
    }
    found
}

/// Whether a text looks like a sentence, or a part of one: two words or more, with a beginning or an end.
fn is_prose(text: &str) -> bool {
    let is_word = |word: &&str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        word.chars().count() > 1 && word.chars().all(|c| c.is_alphabetic() || "-'’".contains(c))
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    let side_by_side = words.windows(2).any(|pair| pair.iter().all(is_word));
    let begins = text.chars().find(|c| !"“‘(".contains(*c)).is_some_and(char::is_uppercase);
    // What goes on after a value, or before one, is a part of a sentence.
    let part = text.starts_with([' ', '”', '’', ',']) || text.ends_with([' ', '“', '‘']);
    side_by_side && (begins || part || text.contains(". ") || text.ends_with('.'))
}

#[test]
fn no_sentence_is_said_past_the_catalogue() {
    let mut offenders = Vec::new();
    let mut used = BTreeSet::new();
    for source in SAID.iter().flat_map(|room| sources(room, "rs")) {
        for text in literals(&source.code()).into_iter().filter(|text| is_prose(text)) {
            let may =
                |(path, start, _): &&(&str, &str, &str)| source.path == *path && text.starts_with(start);
            match ALLOWED.iter().find(may) {
                Some(allowed) => _ = used.insert(allowed),
                None => offenders.push(format!("{}: {text}", source.path)),
            }
        }
    }
    assert_eq!(offenders, Vec::<String>::new(), "say it by a message of texts/{ENGLISH}");
    let unused: Vec<_> = ALLOWED.iter().filter(|allowed| !used.contains(allowed)).collect();
    assert!(unused.is_empty(), "these need no leave any more: {unused:?}");
}

#[test]
fn the_search_for_sentences_finds_them() {
    let check = |code: &str, expected: &[&str]| {
        let found: Vec<String> = literals(code).into_iter().filter(|text| is_prose(text)).collect();
        assert_eq!(found, expected, "{code}");
    };
    check(r#"let a = "Not sent";"#, &["Not sent"]);
    check(r#"["“", label, "” must be yes or no."].concat()"#, &["” must be yes or no."]);
    check(r#"[name, " did not answer"]"#, &[" did not answer"]);
    check(
        r##"["“Enter your name” now", 'x', "#main h1", "content-type", "a b"]"##,
        &["“Enter your name” now"],
    );
    check("// \"Not sent\"\nlet quote = '\"'; let other = '\\''; \"It is. So\"", &["It is. So"]);
    check(r#"fn x<'a>(a: &'a str) { "Say \"hello\" to them" }"#, &[r#"Say \"hello\" to them"#]);
    check(r#""Authorization: Bearer""#, &["Authorization: Bearer"]);
    check(r#""YYYY-MM-DD", "GET /v1", "path-map ""#, &[]);
}
