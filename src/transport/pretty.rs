//! A body to be looked at.

#[cfg(test)]
mod tests;

use serde_json::Value;

/// A piece of a body that is laid out, and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub kind: Kind,
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Punctuation, white space, and all of a text that is no JSON.
    Plain,
    Key,
    Text,
    Number,
    /// `true`, `false` or `null`.
    Word,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Kind::Plain => "plain",
            Kind::Key => "key",
            Kind::Text => "text",
            Kind::Number => "number",
            Kind::Word => "word",
        }
    }
}

/// JSON with a line for each member: every number with its digits, every key in its place, every text as it was
/// written. Anything else is left as it is. It ends after about `most` characters; then the second is true.
pub fn lay_out(body: &str, most: usize) -> (Vec<Token>, bool) {
    let mut page = Page { tokens: Vec::new(), left: most };
    if serde_json::from_str::<Value>(body).is_ok() {
        page.write(body);
    } else {
        page.push(Kind::Plain, body);
    }
    let cut = page.left == 0;
    (page.tokens, cut)
}

struct Page {
    tokens: Vec<Token>,
    /// How many characters may still come; none is left once something was cut.
    left: usize,
}

impl Page {
    /// Writes a text that is known to be JSON.
    fn write(&mut self, body: &str) {
        let mut rest = body.trim_start();
        let mut depth = 0;
        while let Some(first) = rest.chars().next()
            && self.left > 0
        {
            let length = match first {
                '"' => string(rest),
                '{' | '[' | '}' | ']' | ',' | ':' => 1,
                _ => rest.find([',', '}', ']', ' ', '\t', '\n', '\r']).unwrap_or(rest.len()),
            };
            let (token, after) = rest.split_at(length);
            let after = after.trim_start();
            match first {
                '{' | '[' if after.starts_with(['}', ']']) => self.push(Kind::Plain, token),
                '{' | '[' => {
                    depth += 1;
                    self.push(Kind::Plain, token);
                    self.line(depth);
                }
                // Of nothing, both stand side by side.
                '}' | ']' if self.ends_with(['{', '[']) => self.push(Kind::Plain, token),
                '}' | ']' => {
                    depth -= 1;
                    self.line(depth);
                    self.push(Kind::Plain, token);
                }
                ',' => {
                    self.push(Kind::Plain, token);
                    self.line(depth);
                }
                ':' => self.push(Kind::Plain, ": "),
                '"' if after.starts_with(':') => self.push(Kind::Key, token),
                '"' => self.push(Kind::Text, token),
                't' | 'f' | 'n' => self.push(Kind::Word, token),
                _ => self.push(Kind::Number, token),
            }
            rest = after;
        }
    }

    fn line(&mut self, depth: usize) {
        self.push(Kind::Plain, &["\n", &"  ".repeat(depth)].concat());
    }

    fn ends_with(&self, ends: [char; 2]) -> bool {
        self.tokens.last().is_some_and(|last| last.kind == Kind::Plain && last.text.ends_with(ends))
    }

    fn push(&mut self, kind: Kind, text: &str) {
        let count = text.chars().count();
        let text: String = text.chars().take(self.left).collect();
        // What just fits leaves nothing for what comes, so one more than all of it must be allowed.
        self.left = self.left.saturating_sub(count);
        match self.tokens.last_mut() {
            Some(last) if last.kind == kind && kind == Kind::Plain => last.text.push_str(&text),
            _ => self.tokens.push(Token { kind, text }),
        }
    }
}

/// How long the string is that a text begins with, its quotes included.
fn string(text: &str) -> usize {
    let mut escaped = false;
    for (index, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return index + 1,
            _ => {}
        }
    }
    text.len()
}
