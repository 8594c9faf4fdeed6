//! Proxies as people have them, each with its own way to be told an address. They pass requests on over real
//! connections, and say their own errors in their own words.
//!
//! Written from what was measured of the real ones, never from the page's table of them.

mod onward;

use std::io;

use serde_json::{Map, Value, json};

use crate::answer::{Answer, Did};
use crate::request::Request;
use crate::server::{Cors, Provider, Server};

use onward::Onward;

/// How a proxy is told which address is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// The address stands behind its own. Redirects are followed with a GET, wherever they lead.
    CorsAnywhere,
    /// The address stands in the query, under this name.
    Query(&'static str),
    /// Everything stands in a JSON object, and so does the answer.
    Proxyscotch { access_token: &'static str },
    /// The address stands in the header of this name.
    Header(&'static str),
    /// It stands before one server, and adds a header to each request.
    Adding { to: String, name: &'static str, value: String },
    /// It stands before one site, and sends no policy for its page, as hosts do that send no headers of an owner's.
    Bare { to: String },
}

/// Starts one on any free port.
pub fn start(dialect: Dialect) -> io::Result<Server> {
    Server::start(0, move || Box::new(Proxy { dialect: dialect.clone() }))
}

struct Proxy {
    dialect: Dialect,
}

impl Provider for Proxy {
    fn cors(&self) -> Cors {
        Cors {
            always: &[("Access-Control-Allow-Origin", "*"), ("Access-Control-Expose-Headers", "*")],
            preflight: &[
                ("Access-Control-Allow-Methods", "GET, PUT, PATCH, POST"),
                (
                    "Access-Control-Allow-Headers",
                    "Accept, Authorization, Content-Type, X-Forward-Authorization, X-Requested-With, X-Target-URL",
                ),
            ],
        }
    }

    fn answer(&mut self, request: &Request) -> Answer {
        match &self.dialect {
            Dialect::CorsAnywhere => cors_anywhere(request),
            Dialect::Query(name) => {
                let asked = request.query().unwrap_or_default();
                let address = asked.into_iter().find(|(own, _)| own == name).map(|(_, address)| address);
                pass(request, address.as_deref(), |own| own)
            }
            Dialect::Header(name) => pass(request, request.header(name), |mut own| {
                own.headers.retain(|(other, _)| !other.eq_ignore_ascii_case(name));
                own
            }),
            Dialect::Proxyscotch { access_token } => proxyscotch(request, access_token),
            Dialect::Adding { to, name, value } => {
                let address = [to, request.target.as_str()].concat();
                pass(request, Some(&address), |mut own| {
                    own.headers.push(((*name).to_owned(), value.clone()));
                    own
                })
            }
            Dialect::Bare { to } => {
                let mut answer = pass(request, Some(&[to, request.target.as_str()].concat()), |own| own);
                answer.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("Content-Security-Policy"));
                answer
            }
        }
    }

    fn record(&mut self, _: &str) -> Option<&mut Value> {
        None
    }

    fn remove(&mut self, _: &str) -> bool {
        false
    }

    fn copy(&self) -> Box<dyn Provider> {
        Box::new(Proxy { dialect: self.dialect.clone() })
    }
}

/// Passes a request on as it is.
fn pass(request: &Request, address: Option<&str>, change: impl FnOnce(Onward) -> Onward) -> Answer {
    let Some(address) = address else { return text(400, "No address was given.") };
    match change(Onward::of(request, address)).send() {
        Ok(answer) => answer,
        Err(_) => text(502, "The other side did not answer."),
    }
}

/// As version 0.4.4 does it.
fn cors_anywhere(request: &Request) -> Answer {
    if request.header("Origin").or(request.header("X-Requested-With")).is_none() {
        return text(400, "Missing required request header. Must specify one of: origin,x-requested-with");
    }
    let address = request.target.trim_start_matches('/');
    if address.is_empty() {
        return text(200, "This API enables cross-origin requests to anywhere.");
    }
    if !address.starts_with("http://") {
        return text(404, &format!("Invalid host: {address}"));
    }
    let mut onward = Onward::of(request, address);
    for _ in 0..=5 {
        let answer = match onward.send() {
            Ok(answer) => answer,
            Err(error) => {
                let why = if error.kind() == io::ErrorKind::ConnectionRefused {
                    "connect ECONNREFUSED"
                } else {
                    "socket hang up"
                };
                return text(404, &format!("Not found because of proxy error: Error: {why}"));
            }
        };
        let mut headers = answer.headers.iter();
        let place = headers.find(|(name, _)| name.eq_ignore_ascii_case("Location"));
        match place {
            Some((_, place)) if matches!(answer.status, 301..=303) => onward = onward.looking_at(place),
            _ => return answer.with("X-Final-URL", &onward.address),
        }
    }
    text(508, "Too many redirects.")
}

fn proxyscotch(request: &Request, access_token: &str) -> Answer {
    let own = |message: &str| {
        let body = json!({ "success": false, "data": { "message": message } });
        Answer::json(Did::Read, 200, &body)
    };
    if request.method == "GET" {
        let told = json!({ "sessionFingerprint": "one", "isProtected": !access_token.is_empty() });
        return Answer::json(Did::Read, 200, &json!({ "success": true, "data": told }));
    }
    let Some(asked) = request.object().filter(|_| request.is_json()) else { return own("Invalid request") };
    let text = |key: &str| asked.get(key).and_then(Value::as_str).unwrap_or_default();
    if text("accessToken") != access_token {
        return own("Unauthorized request; you may need to set your access token in Settings.");
    }
    let headers = asked.get("headers").and_then(Value::as_object).into_iter().flatten();
    let header = |(name, value): (&String, &Value)| Some((name.clone(), value.as_str()?.to_owned()));
    let onward = Onward {
        method: text("method").to_owned(),
        address: text("url").to_owned(),
        headers: headers.filter_map(header).collect(),
        body: text("data").as_bytes().to_vec(),
    };
    let Ok(answer) = onward.send() else { return own("(Proxy Error) Request failed.") };
    let headers: Map<String, Value> =
        answer.headers.into_iter().map(|(name, value)| (name, Value::String(value))).collect();
    let body = json!({
        "success": true,
        "isBinary": false,
        "status": answer.status,
        "statusText": "",
        "data": String::from_utf8_lossy(&answer.body),
        "headers": headers,
    });
    Answer::json(Did::Read, 200, &body)
}

fn text(status: u16, words: &str) -> Answer {
    Answer::empty(Did::Read, status).with("Content-Type", "text/plain").holding(words.as_bytes().to_vec())
}

#[cfg(test)]
mod tests;
