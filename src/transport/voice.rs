//! Who said that? A proxy's 502 and a provider's 502 look alike, and only one of them means that the
//! provider has seen the change.

#[cfg(test)]
mod tests;

use super::proxy::{Kind, Proxy};
use super::response::{Response, Sent};
use serde_json::Value;

/// Who gave an answer. It prevents a relay's 404 from being read as "no such member".
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Voice {
    Provider,
    Relay {
        sent: Sent,
        /// The relay's own word for what happened, like `upstream_timeout`.
        code: Option<String>,
    },
    /// A web page where a record was expected: a login page, a firewall, a wrong path.
    WebPage,
    /// It has no mark of the relay, and everything that comes through the relay has one.
    Stranger,
    /// Nothing but the status to go by.
    Unknown,
}

/// Who stands between the page and the provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Between {
    /// Whoever answers is the provider.
    Nobody,
    /// Our relay, which marks every answer.
    Relay,
    /// A proxy of another make.
    Proxy,
}

impl Between {
    pub fn of(proxy: &Proxy) -> Between {
        match proxy.kind() {
            Kind::None => Between::Nobody,
            Kind::PathMap { .. } => Between::Relay,
            Kind::Prefix { .. } | Kind::Query { .. } => Between::Proxy,
        }
    }
}

impl Voice {
    /// The first evidence wins: what the relay stamps, what its body says, how a known proxy puts its own errors,
    /// what the provider's answers look like (`is_known`), what a web page looks like, that a mark is missing.
    pub fn of(response: &Response, between: Between, is_known: &dyn Fn(&Response) -> bool) -> Voice {
        let own = OWN_ERRORS.iter().find(|own| between == Between::Proxy && own.fits(response));
        let code = own_code(response);
        match response.header("X-Relay-Source").map(str::trim) {
            Some("upstream") => Voice::Provider,
            Some("proxy") => Voice::relay(response, code),
            _ if code.is_some() => Voice::relay(response, code),
            _ if own.is_some() => Voice::Relay {
                sent: own.map_or(Sent::Maybe, |own| own.sent),
                code: own.map(|own| own.code.to_owned()),
            },
            _ if is_known(response) => Voice::Provider,
            _ if is_web_page(response) => Voice::WebPage,
            _ => match between {
                Between::Nobody => Voice::Provider,
                Between::Relay => Voice::Stranger,
                Between::Proxy => Voice::Unknown,
            },
        }
    }

    fn relay(response: &Response, code: Option<String>) -> Voice {
        let sent = match (response.header("X-Relay-Sent").map(str::trim), code.as_deref()) {
            (Some("no"), _) => Sent::No,
            (None, Some(code)) if REFUSALS.contains(&code) => Sent::No,
            _ => Sent::Maybe,
        };
        Voice::Relay { sent, code }
    }
}

/// What a relay says before it has called anybody.
const REFUSALS: [&str; 6] = [
    "origin_not_allowed",
    "target_not_allowed",
    "method_not_allowed",
    "too_large",
    "bad_request",
    "rate_limited",
];

/// How a proxy of another make words an error of its own: the status, and how the text begins (cors-anywhere 0.4).
struct OwnError {
    status: u16,
    start: &'static str,
    code: &'static str,
    sent: Sent,
}

const OWN_ERRORS: [OwnError; 6] = [
    OwnError { status: 400, start: "Missing required request header", code: "bad_request", sent: Sent::No },
    OwnError { status: 403, start: "The origin ", code: "origin_not_allowed", sent: Sent::No },
    OwnError { status: 429, start: "The origin ", code: "rate_limited", sent: Sent::No },
    OwnError { status: 404, start: "Invalid host:", code: "target_not_allowed", sent: Sent::No },
    OwnError {
        status: 404,
        start: "Not found because of proxy error: Error: connect ECONNREFUSED",
        code: "upstream_unreachable",
        sent: Sent::No,
    },
    OwnError {
        status: 404,
        start: "Not found because of proxy error",
        code: "upstream_unreachable",
        sent: Sent::Maybe,
    },
];

impl OwnError {
    fn fits(&self, response: &Response) -> bool {
        response.status == self.status && response.body.starts_with(self.start)
    }
}

/// The code in `{"error":{"source":"proxy","code":…}}`.
fn own_code(response: &Response) -> Option<String> {
    if response.status < 400 {
        return None;
    }
    let body = response.json()?;
    let error = body.get("error")?;
    let is_own = error.get("source").and_then(Value::as_str) == Some("proxy");
    error.get("code").and_then(Value::as_str).filter(|_| is_own).map(str::to_owned)
}

fn is_web_page(response: &Response) -> bool {
    match response.header("Content-Type") {
        Some(kind) => starts_with(kind, "text/html") || starts_with(kind, "application/xhtml"),
        None => starts_with(&response.body, "<!doctype html") || starts_with(&response.body, "<html"),
    }
}

fn starts_with(text: &str, start: &str) -> bool {
    let text = text.trim_start();
    text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}
