//! The only room that sends a request to a provider or a proxy: a signed one, or a probe that has nothing in it.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use gloo_net::http::{Request, RequestBuilder, Response as Answer};
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{
    AbortController, RequestCache, RequestCredentials, RequestMode, RequestRedirect, ResponseType,
    SecurityPolicyViolationEvent,
};

use crate::doctor::{Finding, Guise, LocalNetwork, Probe};
use crate::provider::call::Method;
use crate::transport::{NoAnswer, Response, Signed, Timing};

use super::{clock, network};

/// A request under way can be stopped. What it did by then, nobody knows.
#[derive(Clone)]
pub struct Stop {
    controller: AbortController,
    stopped: Rc<Cell<bool>>,
}

impl Stop {
    pub fn is_stopped(&self) -> bool {
        self.stopped.get()
    }

    /// Nothing if the browser cannot stop requests.
    pub fn new() -> Option<Stop> {
        AbortController::new().ok().map(|controller| Stop { controller, stopped: Rc::default() })
    }

    pub fn stop(&self) {
        self.stopped.set(true);
        self.controller.abort();
    }
}

/// Sends a signed request and waits for the whole answer, its body included, at most as long as `limit`.
///
/// Redirects are not followed, nothing is cached, and no cookie goes along unless the proxy is one that people sign in to.
pub async fn send(signed: Signed, limit: Duration, stop: &Stop) -> Result<Response, NoAnswer> {
    if !network::is_online() {
        return Err(NoAnswer::Offline);
    }
    leave_no_trace();
    let parts = signed.into_parts();
    let mut builder = RequestBuilder::new(&parts.url)
        .method(method(parts.method))
        .redirect(RequestRedirect::Manual)
        .cache(RequestCache::NoStore)
        .credentials(credentials(parts.cookies))
        .abort_signal(Some(&stop.controller.signal()));
    for (name, value) in &parts.headers {
        builder = builder.header(name, value);
    }
    let request = match parts.body {
        Some(body) => builder.body(body),
        None => builder.build(),
    };
    let request = request.map_err(|error| NoAnswer::BadAddress(error.to_string()))?;
    receive(request, limit, stop).await.and_then(|response| parts.reading.read(response))
}

/// Sends a probe to an address: no secret can get into it, because of a real request it has only the names of headers.
/// A part of the address is chance, so that nobody on the way answers from memory.
pub async fn probe(url: &str, probe: Probe, guise: &Guise) -> Finding {
    let silence = |silence| Finding::Silence(silence, LocalNetwork::NoRule);
    if !network::is_online() {
        return silence(NoAnswer::Offline);
    }
    let Some(stop) = Stop::new() else { return silence(NoAnswer::Failed) };
    let changes = matches!(probe, Probe::Write | Probe::Json);
    let is_anybodys = probe == Probe::Presence;
    let mut builder = RequestBuilder::new(url)
        .method(method(if changes { guise.method } else { Method::Get }))
        .mode(if is_anybodys { RequestMode::NoCors } else { RequestMode::Cors })
        .redirect(if is_anybodys { RequestRedirect::Follow } else { RequestRedirect::Manual })
        .cache(RequestCache::NoStore)
        .credentials(credentials(guise.cookies))
        .abort_signal(Some(&stop.controller.signal()));
    let headers = match probe {
        Probe::Authorization => guise.credential.as_slice(),
        Probe::Json => &guise.headers,
        _ => &[],
    };
    for name in headers {
        builder = builder.header(name, &guise.value(name));
    }
    let request = match probe {
        Probe::Json => builder.body("{}"),
        _ => builder.build(),
    };
    let answer = match request {
        Ok(request) => receive(request, probe.limit(), &stop).await,
        Err(error) => Err(NoAnswer::BadAddress(error.to_string())),
    };
    match answer {
        Ok(_) | Err(NoAnswer::CutBody { .. }) if is_anybodys => Finding::Something,
        Ok(response) => Finding::Answer(response),
        Err(why) if is_anybodys => Finding::Silence(why, network::local(url).await),
        Err(why) => silence(why),
    }
}

/// Waits for the whole answer.
async fn receive(request: Request, limit: Duration, stop: &Stop) -> Result<Response, NoAnswer> {
    let late = Rc::new(Cell::new(false));
    let timer = {
        let (late, stop) = (late.clone(), stop.clone());
        let limit = u32::try_from(limit.as_millis()).unwrap_or(u32::MAX);
        Timeout::new(limit, move || {
            late.set(true);
            stop.controller.abort();
        })
    };
    let policy = Policy::watch(&request.url());
    let why = |otherwise: NoAnswer| match (stop.stopped.get(), late.get()) {
        (true, _) => NoAnswer::Cancelled,
        (_, true) => NoAnswer::TimedOut,
        _ => otherwise,
    };
    let began = clock::moment().now;
    let answer = match request.send().await {
        Ok(answer) => answer,
        Err(_) => {
            let forbidden = policy.forbade().await;
            return Err(why(if forbidden { NoAnswer::NotAllowed } else { NoAnswer::Failed }));
        }
    };
    if answer.type_() == ResponseType::Opaqueredirect {
        return Err(NoAnswer::Redirected);
    }
    let status = answer.status();
    let response = read(&answer, began).await.ok_or_else(|| why(NoAnswer::CutBody { status }));
    drop(timer);
    response
}

/// The page's own list of what it fetched has whole addresses, and a secret may be a part of one.
fn leave_no_trace() {
    if let Some(performance) = web_sys::window().and_then(|window| window.performance()) {
        performance.clear_resource_timings();
        performance.set_resource_timing_buffer_size(0);
    }
}

async fn read(answer: &Answer, began: u64) -> Option<Response> {
    let body = answer.text().await.ok()?;
    let headers = answer.headers().entries().collect();
    let timing = Timing { began, took: clock::moment().now.saturating_sub(began), bytes: body.len() };
    Some(Response { status: answer.status(), headers, body, url: Some(answer.url()), timing })
}

fn credentials(cookies: bool) -> RequestCredentials {
    if cookies { RequestCredentials::Include } else { RequestCredentials::Omit }
}

fn method(method: Method) -> gloo_net::http::Method {
    match method {
        Method::Get => gloo_net::http::Method::GET,
        Method::Post => gloo_net::http::Method::POST,
        Method::Put => gloo_net::http::Method::PUT,
        Method::Patch => gloo_net::http::Method::PATCH,
    }
}

/// Scheme, host and port of an address.
fn origin(url: &str) -> String {
    url.splitn(4, '/').take(3).collect::<Vec<_>>().join("/")
}

/// Watches for the page's own policy forbidding a request: the failure itself does not say so.
struct Policy {
    seen: Rc<Cell<bool>>,
    listener: Closure<dyn FnMut(SecurityPolicyViolationEvent)>,
}

impl Policy {
    /// Of a request to this address: others may be under way.
    fn watch(url: &str) -> Policy {
        let seen = Rc::new(Cell::new(false));
        let heard = seen.clone();
        let own = origin(url);
        let listener = Closure::new(move |event: SecurityPolicyViolationEvent| {
            if event.effective_directive() == "connect-src" && origin(&event.blocked_uri()) == own {
                heard.set(true);
            }
        });
        if let Some(window) = web_sys::window() {
            let _ = window.add_event_listener_with_callback(EVENT, listener.as_ref().unchecked_ref());
        }
        Policy { seen, listener }
    }

    /// The event comes a task later than the failure.
    async fn forbade(&self) -> bool {
        clock::pass(Duration::from_millis(50)).await;
        self.seen.get()
    }
}

impl Drop for Policy {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            let _ = window.remove_event_listener_with_callback(EVENT, self.listener.as_ref().unchecked_ref());
        }
    }
}

const EVENT: &str = "securitypolicyviolation";
