//! What a probe has in common with a real request, so that it meets what a real one meets.

use crate::transport::{Method, Proxy};

/// Names only: no value of a real request can get into a probe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guise {
    /// How a change is sent.
    pub method: Method,
    /// Cookies of the proxy's site go along, as where people sign in there.
    pub cookies: bool,
    /// The header that a credential goes in; nothing where the page sends none.
    pub credential: Option<String>,
    /// All that a browser asks about before a change is sent, the credential's included.
    pub headers: Vec<String>,
}

impl Guise {
    /// Of a change that goes through this proxy. The credential's header and the others are as the provider has them.
    pub fn of(
        proxy: &Proxy,
        method: Method,
        credential: Option<&str>,
        headers: impl IntoIterator<Item = String>,
    ) -> Guise {
        let template = proxy.template();
        let passed = |name: &str| {
            let is = |other: &String| other.eq_ignore_ascii_case(name);
            let renamed = template.rename.iter().find(|(from, _)| is(from)).map(|(_, to)| to.as_str());
            (!template.drop.iter().any(is)).then(|| renamed.unwrap_or(name).to_string())
        };
        let credential = credential.filter(|_| !proxy.has_token()).and_then(passed);
        let own = headers.into_iter().filter_map(|name| passed(&name));
        let fixed = proxy.headers().iter().map(|(name, _)| name.clone());
        let all = credential.clone().into_iter().chain(own).chain(fixed);
        let asked = all.filter(|name| !SAFE.iter().any(|safe| safe.eq_ignore_ascii_case(name)));
        Guise { method, cookies: template.cookies, headers: once(asked), credential }
    }

    /// Of no change: only to look.
    pub fn plain() -> Guise {
        Guise { method: Method::Get, cookies: false, credential: None, headers: Vec::new() }
    }

    /// What stands in a header of a probe: nothing that anybody could want to keep.
    pub fn value(&self, name: &str) -> String {
        match self.credential.as_deref() {
            Some(own) if own == name => ["Bearer", "probe"].join(" "),
            _ if name.eq_ignore_ascii_case("Content-Type") => "application/json".to_string(),
            _ => "probe".to_string(),
        }
    }
}

/// What browsers send without asking (CORS-safelisted).
const SAFE: [&str; 3] = ["Accept", "Accept-Language", "Content-Language"];

/// Header names differ in more than case.
pub(super) fn once(names: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut all = Vec::<String>::new();
    for name in names {
        if !all.iter().any(|other| other.eq_ignore_ascii_case(&name)) {
            all.push(name);
        }
    }
    all
}
