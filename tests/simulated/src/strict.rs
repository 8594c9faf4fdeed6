//! What serde_json reads more kindly than a strict provider does.

use std::collections::HashSet;

use serde_json::{Map, Value};

/// The body as one JSON object in which no key comes twice, or what is wrong with it.
pub(crate) fn object(body: &[u8]) -> Result<Map<String, Value>, String> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(object)) => match twice(body) {
            None => Ok(object),
            Some(key) => Err(format!("the key \"{key}\" comes twice")),
        },
        Ok(_) => Err("the body is not a JSON object".into()),
        Err(problem) => Err(format!("the body is not JSON: {problem}")),
    }
}

/// One @ with something before it, a domain with a dot inside, and no blanks.
pub(crate) fn is_email(text: &str) -> bool {
    let blank = text.chars().any(|letter| letter.is_whitespace() || letter.is_control());
    let parts = text.split_once('@').filter(|(name, domain)| !name.is_empty() && !domain.contains('@'));
    let dotted =
        |domain: &str| domain.split('.').count() > 1 && domain.split('.').all(|part| !part.is_empty());
    !blank && parts.is_some_and(|(_, domain)| dotted(domain))
}

/// The first key that some object of this valid JSON has twice. Of two, serde_json silently keeps the last.
fn twice(json: &[u8]) -> Option<String> {
    // The keys so far of each object that is open here; None stands for a list.
    let mut open: Vec<Option<HashSet<String>>> = Vec::new();
    let mut key_next = false;
    let mut at = 0;
    while let Some(byte) = json.get(at) {
        match byte {
            b'{' => {
                open.push(Some(HashSet::new()));
                key_next = true;
            }
            b'[' => {
                open.push(None);
                key_next = false;
            }
            b'}' | b']' => {
                open.pop();
            }
            b',' => key_next = matches!(open.last(), Some(Some(_))),
            b'"' => {
                let length = text_length(&json[at..]);
                if let Some(Some(keys)) = open.last_mut().filter(|_| key_next) {
                    // Read, because one key can be spelled in several ways.
                    let key: String = serde_json::from_slice(&json[at..at + length]).ok()?;
                    if !keys.insert(key.clone()) {
                        return Some(key);
                    }
                }
                key_next = false;
                at += length - 1;
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// The length of the text that begins here, both quotation marks included.
fn text_length(json: &[u8]) -> usize {
    let mut at = 1;
    while let Some(byte) = json.get(at).filter(|byte| **byte != b'"') {
        at += if *byte == b'\\' { 2 } else { 1 };
    }
    at + 1
}

#[cfg(test)]
mod tests;
