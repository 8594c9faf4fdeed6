//! A request as a developer repeats it: a command, or a few lines of a program.
//!
//! It goes straight to the provider. Like the view of a request it has no secret, because the request has none: each
//! hole is a variable of the environment.

#[cfg(test)]
mod tests;

use serde_json::Value;

use super::proxy::Target;
use super::request::{Escape, Piece, Request, Text, capitals};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// For any POSIX shell.
    Curl,
    /// JavaScript for Node 18 or newer.
    Node,
    /// With the library `requests`.
    Python,
}

/// A part of a text: as it is, or what a variable of the environment holds.
enum Part {
    Plain(String),
    Variable(String, Escape),
}

/// Where only the relay knows the address, whoever repeats the request must.
const ADDRESS: &str = "ADDRESS";

impl Request {
    /// The request in a language. `note` stands above it, as a comment.
    pub fn snippet(&self, target: &Target, language: Language, note: &str) -> String {
        let url = self.address(target);
        let headers: Vec<(&str, Vec<Part>)> =
            self.headers.iter().map(|(name, value)| (name.as_str(), parts(value, None))).collect();
        let body = self.body.as_ref().map(|body| parts(body, None));
        let method = self.method.as_str();
        match language {
            Language::Curl => curl(note, method, &url, &headers, body.as_deref()),
            Language::Node => node(note, method, &url, &headers, body.as_deref()),
            Language::Python => python(note, method, &url, &headers, body.as_deref()),
        }
    }

    /// The variables of the environment that a snippet reads.
    pub fn variables(&self, target: &Target) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        let texts = self.headers.iter().map(|(_, value)| value).chain(&self.body);
        for part in self.address(target).into_iter().chain(texts.flat_map(|text| parts(text, None))) {
            match part {
                Part::Variable(name, _) if !names.contains(&name) => names.push(name),
                _ => {}
            }
        }
        names
    }

    fn address(&self, target: &Target) -> Vec<Part> {
        let mut url = vec![match &target.address {
            Some(address) => Part::Plain(address.as_str().to_string()),
            None => Part::Variable(ADDRESS.to_string(), Escape::Raw),
        }];
        let mut rest = self.path.clone();
        if !self.query.is_empty() {
            rest.push_plain("?");
            rest.append(self.query.clone());
        }
        for part in parts(&rest, Some(Escape::Query)) {
            match (url.last_mut(), part) {
                (Some(Part::Plain(last)), Part::Plain(more)) => last.push_str(&more),
                (_, part) => url.push(part),
            }
        }
        url
    }
}

/// `escape`: how every hole is written there, whatever it says itself.
fn parts(text: &Text, escape: Option<Escape>) -> Vec<Part> {
    let part = |piece: &Piece| match piece {
        Piece::Plain(text) => Part::Plain(text.clone()),
        Piece::Hole { secret, escape: own } => Part::Variable(variable(secret), escape.unwrap_or(*own)),
    };
    text.0.iter().map(part).collect()
}

/// The same name as in the view, if it can be one.
fn variable(secret: &str) -> String {
    let name = capitals(secret);
    if name.starts_with(|first: char| first.is_ascii_digit()) { ["_", &name].concat() } else { name }
}

/// Lines of a comment. What ends a line in some language ends it here.
fn comment(note: &str, mark: &str) -> String {
    let lines = note.split(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'));
    lines.map(|line| [mark, " ", line.trim(), "\n"].concat()).collect()
}

fn curl(
    note: &str,
    method: &str,
    url: &[Part],
    headers: &[(&str, Vec<Part>)],
    body: Option<&[Part]>,
) -> String {
    let mut lines = vec![["curl --request ", method, " ", &shell(url)].concat()];
    // Brackets and braces in an address mean several addresses to curl.
    if url.iter().any(|part| matches!(part, Part::Plain(text) if text.contains(['[', ']', '{', '}']))) {
        lines[0].push_str(" --globoff");
    }
    for (name, value) in headers {
        // A header without a value is written so, or curl leaves it out.
        let colon = if value.is_empty() { ";" } else { ": " };
        let start = Part::Plain([name, colon].concat());
        let mut whole = vec![start];
        for part in value {
            match (whole.last_mut(), part) {
                (Some(Part::Plain(last)), Part::Plain(more)) => last.push_str(more),
                (_, Part::Plain(text)) => whole.push(Part::Plain(text.clone())),
                (_, Part::Variable(name, escape)) => whole.push(Part::Variable(name.clone(), *escape)),
            }
        }
        lines.push(["--header ", &shell(&whole)].concat());
    }
    if let Some(body) = body {
        lines.push(["--data-raw ", &shell(body)].concat());
    }
    [comment(note, "#"), lines.join(" \\\n  "), "\n".to_string()].concat()
}

/// One word of a shell, whatever is in it.
fn shell(parts: &[Part]) -> String {
    let word = |part: &Part| match part {
        Part::Plain(text) => ["'", &text.replace('\'', r"'\''"), "'"].concat(),
        Part::Variable(name, Escape::Raw) => ["\"$", name, "\""].concat(),
        Part::Variable(name, Escape::Json) => {
            ["\"$(printf %s \"$", name, r#"" | sed 's/[\\"]/\\&/g')""#].concat()
        }
        Part::Variable(name, Escape::Query) => {
            ["\"$(printf %s \"$", name, r#"" | od -An -v -tx1 | tr -d ' \n' | sed 's/../%&/g')""#].concat()
        }
    };
    let words: String = parts.iter().map(word).collect();
    if words.is_empty() { "''".to_string() } else { words }
}

fn node(
    note: &str,
    method: &str,
    url: &[Part],
    headers: &[(&str, Vec<Part>)],
    body: Option<&[Part]>,
) -> String {
    let sum = |parts: &[Part]| {
        sum(parts, |name, escape| {
            let value = ["process.env.", name].concat();
            match escape {
                Escape::Raw => value,
                Escape::Json => ["JSON.stringify(", &value, ").slice(1, -1)"].concat(),
                Escape::Query => ["encodeURIComponent(", &value, ")"].concat(),
            }
        })
    };
    let mut code = comment(note, "//");
    code.push_str(&["const answer = await fetch(", &sum(url), ", {\n"].concat());
    code.push_str(&["  method: ", &quoted(method), ",\n  redirect: \"manual\",\n  headers: {\n"].concat());
    for (name, value) in headers {
        code.push_str(&["    ", &quoted(name), ": ", &sum(value), ",\n"].concat());
    }
    code.push_str("  },\n");
    if let Some(body) = body {
        code.push_str(&["  body: ", &sum(body), ",\n"].concat());
    }
    code.push_str("});\nconsole.log(answer.status, await answer.text());\n");
    code
}

fn python(
    note: &str,
    method: &str,
    url: &[Part],
    headers: &[(&str, Vec<Part>)],
    body: Option<&[Part]>,
) -> String {
    let sum = |parts: &[Part]| {
        sum(parts, |name, escape| {
            let value = ["os.environ[\"", name, "\"]"].concat();
            match escape {
                Escape::Raw => value,
                Escape::Json => ["json.dumps(", &value, ", ensure_ascii=False)[1:-1]"].concat(),
                Escape::Query => ["quote(", &value, ", safe=\"\")"].concat(),
            }
        })
    };
    let mut call =
        ["answer = requests.request(\n    ", &quoted(method), ",\n    ", &sum(url), ",\n"].concat();
    call.push_str("    headers={\n");
    for (name, value) in headers {
        call.push_str(&["        ", &quoted(name), ": ", &sum(value), ",\n"].concat());
    }
    call.push_str("    },\n");
    if let Some(body) = body {
        call.push_str(&["    data=(", &sum(body), ").encode(),\n"].concat());
    }
    call.push_str("    allow_redirects=False,\n)\nprint(answer.status_code, answer.text)\n");
    let mut code = comment(note, "#");
    for (word, line) in [("json.dumps(", "import json\n"), ("os.environ[", "import os\n")] {
        if call.contains(word) {
            code.push_str(line);
        }
    }
    if call.contains("quote(") {
        code.push_str("from urllib.parse import quote\n");
    }
    code.push_str("\nimport requests\n\n");
    code.push_str(&call);
    code
}

/// Texts and variables, added up.
fn sum(parts: &[Part], read: impl Fn(&str, Escape) -> String) -> String {
    let word = |part: &Part| match part {
        Part::Plain(text) => quoted(text),
        Part::Variable(name, escape) => read(name, *escape),
    };
    let words: Vec<String> = parts.iter().map(word).collect();
    if words.is_empty() { "\"\"".to_string() } else { words.join(" + ") }
}

/// A text as JSON writes it, which JavaScript and Python read alike; with nothing in it that ends a line.
fn quoted(text: &str) -> String {
    let json = Value::from(text).to_string();
    json.replace('\u{7f}', "\\u007f").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}
