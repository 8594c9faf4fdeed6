//! The provider files, as far as automation reads them: where the servers are and what is called there.
//! It reads plain JSON, so that it works on a file before the page's own reader accepts it.

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::Value;

/// One provider file.
#[derive(Clone, Debug)]
pub struct ProviderFile {
    pub id: String,
    file: Value,
}

/// A server that a provider file names.
#[derive(Clone, Debug, PartialEq)]
pub struct Server {
    pub slug: String,
    /// None if the file says "ask": the owner gives it.
    pub address: Option<String>,
}

/// A request that the page may make.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Call {
    pub path: String,
    pub method: String,
    /// The only server it goes to, if the file says so.
    pub server: Option<String>,
}

impl ProviderFile {
    pub fn read(path: &Path) -> Result<Self, String> {
        let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}.", path.display()))?;
        let file: Value =
            serde_json::from_str(&text).map_err(|error| format!("{}: {error}.", path.display()))?;
        let id = file["id"]
            .as_str()
            .ok_or_else(|| format!("{} has no id.", path.display()))?;
        Ok(Self {
            id: id.to_owned(),
            file,
        })
    }

    /// Every provider file of a folder, by name.
    pub fn read_all(folder: &Path) -> Result<Vec<Self>, String> {
        let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}.", folder.display()))?;
        let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
        paths.retain(|path| {
            let name = path.to_string_lossy();
            name.ends_with(".json") && !name.ends_with(".schema.json")
        });
        paths.sort();
        paths.iter().map(|path| Self::read(path)).collect()
    }

    pub fn servers(&self) -> Vec<Server> {
        let servers = self.file["servers"].as_object();
        servers
            .into_iter()
            .flatten()
            .map(|(slug, server)| Server {
                slug: slug.clone(),
                address: server["address"]
                    .as_str()
                    .filter(|address| *address != "ask")
                    .map(str::to_owned),
            })
            .collect()
    }

    /// Everything with a method and a path, wherever it stands.
    pub fn calls(&self) -> BTreeSet<Call> {
        let mut calls = BTreeSet::new();
        walk(&self.file, &mut |object| {
            if let (Some(method), Some(path)) = (object["method"].as_str(), object["path"].as_str()) {
                calls.insert(Call {
                    method: method.to_uppercase(),
                    path: path.to_owned(),
                    server: object["server"].as_str().map(str::to_owned),
                });
            }
        });
        calls
    }

    /// The names of the headers that a request may carry.
    pub fn request_headers(&self) -> BTreeSet<String> {
        let mut names = BTreeSet::from(["Accept", "Content-Type"].map(str::to_owned));
        walk(&self.file, &mut |object| {
            names.extend(
                object["headers"]
                    .as_object()
                    .into_iter()
                    .flatten()
                    .map(|(name, _)| name.clone()),
            );
        });
        for way in self.file["sign_in"].as_array().into_iter().flatten() {
            match (way["type"].as_str(), way["in"].as_str(), way["name"].as_str()) {
                (Some("apiKey"), Some("header"), Some(name)) => names.insert(name.to_owned()),
                (Some("apiKey"), ..) => false,
                _ => names.insert("Authorization".to_owned()),
            };
        }
        unique(names)
    }

    /// The names of the headers that the page reads in an answer.
    pub fn response_headers(&self) -> BTreeSet<String> {
        let mut names = BTreeSet::from(["Retry-After", "Link", "Date"].map(str::to_owned));
        names.extend(
            self.file["pace"]["reset"]
                .as_str()
                .map(|name| without_mark(name).to_owned()),
        );
        strings(&self.file["answers"], &mut |text| {
            names.extend(text.strip_prefix("header:").map(str::to_owned));
        });
        unique(names)
    }
}

fn without_mark(name: &str) -> &str {
    name.strip_prefix("header:").unwrap_or(name)
}

/// Header names differ in more than case.
fn unique(names: BTreeSet<String>) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    names
        .into_iter()
        .filter(|name| seen.insert(name.to_lowercase()))
        .collect()
}

fn walk(value: &Value, visit: &mut impl FnMut(&Value)) {
    match value {
        Value::Object(fields) => {
            visit(value);
            fields.values().for_each(|field| walk(field, visit));
        }
        Value::Array(rows) => rows.iter().for_each(|row| walk(row, visit)),
        _ => {}
    }
}

fn strings(value: &Value, visit: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) => visit(text),
        Value::Array(rows) => rows.iter().for_each(|row| strings(row, visit)),
        Value::Object(fields) => fields.values().for_each(|field| strings(field, visit)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn file(file: Value) -> ProviderFile {
        ProviderFile {
            id: "example".to_owned(),
            file,
        }
    }

    #[test]
    fn calls_are_found_wherever_they_stand() {
        let file = file(json!({
            "sign_in": [{ "exchange": { "call": { "method": "post", "path": "/token", "server": "auth" } } }],
            "read": { "also": { "room": { "call": { "method": "GET", "path": "/rooms/{id}" } } } },
        }));
        let calls: Vec<_> = file
            .calls()
            .into_iter()
            .map(|call| (call.method, call.path, call.server))
            .collect();
        assert_eq!(
            calls,
            [
                ("GET".to_owned(), "/rooms/{id}".to_owned(), None),
                ("POST".to_owned(), "/token".to_owned(), Some("auth".to_owned())),
            ]
        );
    }

    #[test]
    fn headers_come_from_sign_in_calls_and_answers() {
        let file = file(json!({
            "sign_in": [{ "type": "apiKey", "in": "header", "name": "PARTNER_AUTH_KEY" }],
            "headers": { "accept": "application/json" },
            "update": { "call": { "method": "PUT", "path": "/", "headers": { "X-Version": "2" } } },
            "answers": { "reference": ["/id", "header:trackingid"] },
            "pace": { "reset": "X-RateLimit-Reset" },
        }));
        let request: Vec<_> = file.request_headers().into_iter().collect();
        assert_eq!(
            request,
            ["Accept", "Content-Type", "PARTNER_AUTH_KEY", "X-Version"]
        );
        let response: Vec<_> = file.response_headers().into_iter().collect();
        assert_eq!(
            response,
            ["Date", "Link", "Retry-After", "X-RateLimit-Reset", "trackingid"]
        );
    }

    #[test]
    fn a_server_to_ask_for_has_no_address() {
        let file = file(
            json!({ "servers": { "own": { "address": "ask" }, "ours": { "address": "https://a.example" } } }),
        );
        let addresses: Vec<_> = file.servers().into_iter().map(|server| server.address).collect();
        assert_eq!(addresses, [None, Some("https://a.example".to_owned())]);
    }
}
