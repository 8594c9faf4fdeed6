//! What a snippet sends is what the page would send: each is run by the program that it is written for.

use std::io::Write;
use std::process::{Command, Stdio};

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use super::super::{Address, Binding, Keyring, Method, Proxy, Secret, body_json, query_value, segment, sign};
use super::*;

const SECRET: &str = "to/k+n \"q\\ü'$`%";

fn target() -> Target {
    let address = Address::parse("https://api.example").ok();
    Target { server: "live".into(), address, typed: false }
}

fn with_hole(before: &str, escape: Escape, after: &str) -> Text {
    let mut text = Text::plain(before);
    text.append(Text::hole("token", escape));
    text.push_plain(after);
    text
}

/// A request with foreign text and a hole in every place that can have them.
fn request(id: &str, text: &str, value: &str) -> Request {
    Request {
        method: Method::Put,
        provider: "acme".into(),
        server: "live".into(),
        account: String::new(),
        path: with_hole(&["/v1/", &segment(id).expect("an id"), "/"].concat(), Escape::Raw, "/x"),
        query: with_hole(&["a=", &query_value(text), "&key="].concat(), Escape::Query, "&b=1"),
        headers: vec![
            ("Authorization".into(), with_hole("Bearer ", Escape::Raw, "")),
            ("X-Text".into(), Text::plain(value)),
            ("Content-Type".into(), Text::plain("application/json")),
        ],
        body: Some(body_json(&json!({ "text": text, "n": [1.50, null] }), &[("/secret", "token")])),
    }
}

/// What the page sends: method, address, headers, body.
fn sent(request: &Request) -> Value {
    let proxy = Proxy::none();
    let mut keyring = Keyring::default();
    let secret = Secret::password(SECRET).expect("a secret");
    keyring.put(Binding::new("acme", "", &target(), &proxy), "token", secret);
    let parts = sign(request, &target(), &proxy, &keyring).expect("signed").into_parts();
    json!([parts.method.as_str(), decoded(&parts.url), parts.headers, parts.body])
}

/// Two spellings of one address are the same address.
fn decoded(url: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), url.as_bytes());
    while let Some((first, after)) = rest.split_first() {
        let hex = (*first == b'%').then(|| std::str::from_utf8(&after[..2]).expect("two digits"));
        bytes.push(hex.map_or(*first, |hex| u8::from_str_radix(hex, 16).expect("a triplet")));
        rest = if hex.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).expect("UTF-8")
}

fn samples() -> Vec<Request> {
    let nasty = [
        "'",
        "\"",
        "\\",
        "$HOME `id` $(id) !! %s",
        "a\nb\r\n\tc",
        "é 🚀 \u{2028}\u{7f}",
        "{}[]*?~ #;&|<>",
        "--x @y",
    ];
    let mut all: Vec<Request> = nasty.iter().map(|text| request("O'Brien", text, &header(text))).collect();
    all.push(request("1", "", ""));
    let mut runner = TestRunner::deterministic();
    let texts = ("[^\\p{C}]{1,8}", "\\PC{0,12}|[\\x01-\\x7f]{0,12}", "[ -~]{0,12}")
        .prop_filter("dots", |(id, _, _)| !id.starts_with('.'));
    for _ in 0..24 {
        let (id, text, value) = texts.new_tree(&mut runner).expect("a sample").current();
        all.push(request(&id, &text, &header(&value)));
    }
    all
}

/// Only what a header can hold.
fn header(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_graphic() || *c == ' ').collect::<String>().trim().to_string()
}

/// Runs a program with a script on its input; nothing if there is no such program here.
fn run(program: &str, arguments: &[&str], script: &str) -> Option<Vec<u8>> {
    let child = Command::new(program)
        .args(arguments)
        .env("TOKEN", SECRET)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let Ok(mut child) = child else {
        eprintln!("SKIPPED: {program} is not installed, so its snippets were not run");
        return None;
    };
    let mut input = child.stdin.take().expect("an input");
    input.write_all(script.as_bytes()).expect("it reads");
    drop(input);
    let output = child.wait_with_output().expect("an output");
    assert!(output.status.success(), "{program}: {script}");
    Some(output.stdout)
}

#[test]
fn a_shell_gives_curl_what_the_page_sends() {
    for request in samples() {
        let snippet = request.snippet(&target(), Language::Curl, "A note\n'with' $(two) lines");
        // A NUL is the one character that no argument has.
        let script = ["curl() { for word; do printf '%s\\0' \"$word\"; done; }\n", &snippet].concat();
        let Some(output) = run("sh", &["-s"], &script) else { return };
        let output = String::from_utf8(output).expect("UTF-8");
        let words: Vec<&str> = output.split_terminator('\0').collect();
        let (mut headers, mut body, mut words) = (Vec::new(), None, words.into_iter());
        assert_eq!(words.next(), Some("--request"), "{snippet}");
        let method = words.next();
        let url = words.next().expect("an address");
        while let Some(word) = words.next() {
            match word {
                "--globoff" => {}
                "--header" => {
                    let line = words.next().expect("a header");
                    let (name, value) = line.split_once(": ").unwrap_or((line.trim_end_matches(';'), ""));
                    headers.push((name, value));
                }
                "--data-raw" => body = words.next(),
                other => panic!("{other} in {snippet}"),
            }
        }
        assert_eq!(json!([method, decoded(url), headers, body]), sent(&request), "{snippet}");
    }
}

/// Each program is given all snippets at once, and prints what each called its library with.
fn check_all(language: Language, program: &str, arguments: &[&str], script: &str) {
    let requests = samples();
    let note = "A note\u{2028}with ”two” lines */";
    let snippets: Vec<String> =
        requests.iter().map(|request| request.snippet(&target(), language, note)).collect();
    let list = serde_json::to_string(&json!(snippets).to_string()).expect("a text");
    let Some(output) = run(program, arguments, &script.replace("SNIPPETS", &list)) else { return };
    let told: Vec<Value> = serde_json::from_slice(&output).expect("a list");
    assert_eq!(told.len(), requests.len());
    for ((told, request), snippet) in told.into_iter().zip(&requests).zip(snippets) {
        let url = decoded(told[1].as_str().expect("an address"));
        assert_eq!(json!([told[0], url, told[2], told[3]]), sent(request), "{snippet}");
    }
}

#[test]
fn node_fetches_what_the_page_sends() {
    let script = "
        const all = [];
        globalThis.fetch = async (url, { method, redirect, headers, body }) => {
            if (redirect !== 'manual') throw redirect;
            all.push([method, url, Object.entries(headers), body]);
            return { status: 200, text: async () => '' };
        };
        const log = console.log;
        console.log = () => {};
        (async () => {
            for (const snippet of JSON.parse(SNIPPETS)) {
                await new (async () => {}).constructor(snippet)();
            }
            log(JSON.stringify(all));
        })();
    ";
    check_all(Language::Node, "node", &["-"], script);
}

#[test]
fn python_requests_what_the_page_sends() {
    let script = "
import io, json, sys, types
sys.stdin.reconfigure(encoding='utf-8')
all, out = [], sys.stdout
def request(method, url, headers, data, allow_redirects):
    assert allow_redirects is False
    all.append([method, url, list(headers.items()), data.decode()])
    return types.SimpleNamespace(status_code=200, text='')
sys.modules['requests'] = types.SimpleNamespace(request=request)
sys.stdout = io.StringIO()
for snippet in json.loads(SNIPPETS):
    exec(snippet, {})
out.write(json.dumps(all))
";
    check_all(Language::Python, "python3", &["-X", "utf8", "-"], script);
}

#[test]
fn a_snippet_is_what_a_developer_would_write() {
    let mut request = request("1", "a", "b");
    request.path = Text::plain("/v1/members/1");
    request.query = Text::default();
    request.headers.truncate(1);
    request.body = Some(Text::plain(r#"{"name":"O'Brien"}"#));
    let check = |language, expected: &str| {
        assert_eq!(request.snippet(&target(), language, "Straight there."), expected);
    };
    check(
        Language::Curl,
        r#"# Straight there.
curl --request PUT 'https://api.example/v1/members/1' \
  --header 'Authorization: Bearer '"$TOKEN" \
  --data-raw '{"name":"O'\''Brien"}'
"#,
    );
    check(
        Language::Node,
        r#"// Straight there.
const answer = await fetch("https://api.example/v1/members/1", {
  method: "PUT",
  redirect: "manual",
  headers: {
    "Authorization": "Bearer " + process.env.TOKEN,
  },
  body: "{\"name\":\"O'Brien\"}",
});
console.log(answer.status, await answer.text());
"#,
    );
    check(
        Language::Python,
        r#"# Straight there.
import os

import requests

answer = requests.request(
    "PUT",
    "https://api.example/v1/members/1",
    headers={
        "Authorization": "Bearer " + os.environ["TOKEN"],
    },
    data=("{\"name\":\"O'Brien\"}").encode(),
    allow_redirects=False,
)
print(answer.status_code, answer.text)
"#,
    );
}

#[test]
fn what_only_the_relay_knows_is_a_variable_too() {
    let request = request("1", "a", "b");
    let target = Target { address: None, ..target() };
    assert_eq!(request.variables(&target), ["ADDRESS", "TOKEN"]);
    let snippet = request.snippet(&target, Language::Curl, "");
    assert!(snippet.contains("PUT \"$ADDRESS\"'/v1/1/'\"$("), "{snippet}");
}
