//! Who said that? A proxy's 502 and a provider's 502 look alike, and only one of them means that the
//! provider has seen the change.

#[cfg(test)]
mod tests;

use super::code;
use super::proxy::{Answers, Kind, Marks, Proxy, Rule, Template};
use super::response::{Response, Sent};
use serde_json::Value;
use std::sync::Arc;

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

/// Who stands between the page and the provider, as far as that tells who gave an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Between {
    /// Whoever answers is the provider.
    Nobody,
    /// Our relay, which marks every answer.
    Relay,
    /// A proxy of another make, of which nothing is known.
    Proxy,
    /// One that is described.
    Known(Arc<Template>),
}

impl Between {
    pub fn of(proxy: &Proxy) -> Between {
        let template = proxy.template();
        match template.kind {
            _ if template.is_told() => Between::Known(template.clone()),
            Kind::None => Between::Nobody,
            Kind::PathMap { .. } => Between::Relay,
            _ => Between::Proxy,
        }
    }

    /// Whether each answer that comes this way says who gave it.
    pub fn marks(&self) -> bool {
        match self {
            Between::Nobody | Between::Proxy => false,
            Between::Relay => true,
            Between::Known(template) => template.marks.is_some(),
        }
    }

    /// Whether a yes to a change is more than a word: the change may have become a mere look on its way after a
    /// redirect, unless it is known where it came to.
    pub fn proves(&self, response: &Response) -> bool {
        match self {
            Between::Nobody | Between::Relay => true,
            Between::Proxy => false,
            Between::Known(template) => {
                let told = template.final_url.as_ref().and_then(|name| response.header(name));
                !template.follows || told.is_some_and(|told| told.contains("://"))
            }
        }
    }

    /// The marks that are believed where they are seen.
    fn marked_by(&self) -> Option<Marks> {
        match self {
            // A relay like ours may stand anywhere on the way.
            Between::Nobody | Between::Proxy | Between::Relay => Some(Marks::default()),
            Between::Known(template) => template.marks.clone(),
        }
    }

    /// What comes out of an envelope is not the proxy's own word.
    fn errors(&self) -> &[Rule] {
        match self {
            Between::Known(template) if template.answers == Answers::Plain => &template.errors,
            _ => &[],
        }
    }

    fn is_nobody(&self) -> bool {
        match self {
            Between::Nobody => true,
            Between::Relay | Between::Proxy => false,
            Between::Known(template) => template.kind == Kind::None,
        }
    }
}

impl Voice {
    /// The first evidence wins: what the relay stamps, what its body says, how a known proxy puts its own errors,
    /// what the provider's answers look like (`is_known`), what a web page looks like, that a mark is missing.
    /// An envelope's own word comes before all of them: its answer is read out of it before it gets here.
    pub fn of(response: &Response, between: &Between, is_known: &dyn Fn(&Response) -> bool) -> Voice {
        let marks = between.marked_by();
        let code = marks.as_ref().and_then(|_| own_code(response));
        let mark = |name: fn(&Marks) -> &String| {
            marks.as_ref().and_then(|marks| response.header(name(marks))).map(str::trim)
        };
        let relay = |code| Voice::relay(mark(|marks| &marks.sent), code);
        let own = Rule::find(between.errors(), response.status, &response.body);
        match (mark(|marks| &marks.source), own) {
            (Some("upstream"), _) => Voice::Provider,
            (Some("proxy"), _) => relay(code),
            _ if code.is_some() => relay(code),
            (_, Some(own)) => Voice::Relay { sent: own.sent, code: Some(own.code.clone()) },
            _ if is_known(response) => Voice::Provider,
            _ if is_web_page(response) => Voice::WebPage,
            _ if between.marks() => Voice::Stranger,
            _ if between.is_nobody() => Voice::Provider,
            _ => Voice::Unknown,
        }
    }

    fn relay(mark: Option<&str>, code: Option<String>) -> Voice {
        let sent = match (mark, code.as_deref()) {
            (Some("no"), _) => Sent::No,
            (None, Some(code)) if code::is_refusal(code) => Sent::No,
            _ => Sent::Maybe,
        };
        Voice::Relay { sent, code }
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

/// Whether people are meant to look at it, where a program asked.
pub fn is_web_page(response: &Response) -> bool {
    match response.header("Content-Type") {
        Some(kind) => starts_with(kind, "text/html") || starts_with(kind, "application/xhtml"),
        None => starts_with(&response.body, "<!doctype html") || starts_with(&response.body, "<html"),
    }
}

fn starts_with(text: &str, start: &str) -> bool {
    let text = text.trim_start();
    text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}
