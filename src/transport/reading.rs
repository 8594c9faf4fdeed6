//! What an answer was before a proxy put it into something, and whether it is an answer to what was asked.
//!
//! In: [`Reading`], which goes with each request that is sent.
//! Deliberately not in: who gave the answer. That is `voice`.

#[cfg(test)]
mod tests;

use serde_json::Value;

use super::proxy::{Answers, Proxy, Rule};
use super::response::{NoAnswer, Response, Sent};
use crate::provider::base64url;

/// How the answers to one request are read. It may hold a secret, as the request does.
pub struct Reading {
    /// The address that is meant, as the proxy was told it.
    asked: String,
    final_url: Option<String>,
    answers: Answers,
    errors: Vec<Rule>,
}

impl Reading {
    pub(super) fn new(proxy: &Proxy, asked: &str) -> Reading {
        let template = proxy.template();
        Reading {
            asked: asked.to_owned(),
            final_url: template.final_url.clone(),
            answers: template.answers,
            errors: template.errors.clone(),
        }
    }

    /// The provider's answer, out of what arrived.
    pub fn read(&self, response: Response) -> Result<Response, NoAnswer> {
        if self.final_url.as_ref().is_some_and(|name| response.moved(&self.asked, name)) {
            return Err(NoAnswer::Redirected);
        }
        let unwrap = match self.answers {
            Answers::Plain => return Ok(response),
            Answers::Proxyscotch => of_proxyscotch,
            Answers::AllOrigins => of_all_origins,
        };
        match response.json().map(|json| unwrap(&json)) {
            Some(Ok((status, headers, body))) => Ok(Response { status, headers, body, ..response }),
            Some(Err(message)) => Err(self.own(response.status, &message)),
            // A web page says more of itself than that it is no envelope.
            None if super::voice::is_web_page(&response) => Ok(response),
            None => Err(self.own(response.status, &response.body)),
        }
    }

    fn own(&self, status: u16, message: &str) -> NoAnswer {
        let rule = Rule::find(&self.errors, status, message);
        let sent = rule.map_or(Sent::Maybe, |rule| rule.sent);
        NoAnswer::Proxy { code: rule.map(|rule| rule.code.clone()), sent }
    }
}

/// A status, headers and a body, or the proxy's own words.
type Unwrapped = Result<(u16, Vec<(String, String)>, String), String>;

/// `{"success", "isBinary", "status", "data", "headers"}`.
fn of_proxyscotch(json: &Value) -> Unwrapped {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let message = json.pointer("/data/message").and_then(text).unwrap_or_default();
    let is_binary = json.get("isBinary") == Some(&Value::Bool(true));
    let data = json.get("data").and_then(text);
    // The base64 of a text that is none is no answer that anybody could read.
    let body = if is_binary { data.and_then(|data| base64url::decode(&data)) } else { data };
    let is_success = json.get("success") == Some(&Value::Bool(true));
    match (status(json.get("status")).filter(|_| is_success), body) {
        (Some(status), Some(body)) => {
            let headers = json.get("headers").and_then(Value::as_object).into_iter().flatten();
            let headers = headers.filter_map(|(name, value)| Some((name.clone(), text(value)?)));
            Ok((status, headers.collect(), body))
        }
        _ => Err(message),
    }
}

/// `{"contents", "status": {"http_code", "content_type"}}`, or `{"status": {"error"}}`.
fn of_all_origins(json: &Value) -> Unwrapped {
    let told = json.get("status");
    let of = |key: &str| told.and_then(|told| told.get(key));
    let body = json.get("contents").and_then(Value::as_str);
    match (of("error"), status(of("http_code")), body) {
        (None, Some(status), Some(body)) => {
            let kind = of("content_type").and_then(Value::as_str);
            let headers = kind.map(|kind| ("Content-Type".to_owned(), kind.to_owned()));
            Ok((status, headers.into_iter().collect(), body.to_owned()))
        }
        _ => Err(String::new()),
    }
}

fn status(value: Option<&Value>) -> Option<u16> {
    value?
        .as_u64()
        .and_then(|status| u16::try_from(status).ok())
        .filter(|status| (100..1000).contains(status))
}
