//! What a provider file asks of a server: the calls, and the headers on the way there and back.

use std::collections::BTreeSet;

use crate::provider::{
    Provider,
    call::Call as PageCall,
    sign_in::Scheme,
    template::{Part, Template},
};

/// A request that the page may make.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Call {
    pub path: String,
    pub method: String,
}

/// Everything that the page may ask there: of the members, or for names.
pub fn calls(provider: &Provider, is_reference: bool) -> BTreeSet<Call> {
    page_calls(provider, is_reference)
        .map(|call| Call { path: path(call), method: call.method.as_str().to_owned() })
        .collect()
}

fn page_calls(provider: &Provider, is_reference: bool) -> impl Iterator<Item = &PageCall> {
    let all = provider.calls().into_iter();
    all.filter(move |(name, _)| (*name == "reference") == is_reference).map(|(_, call)| call)
}

/// The names of the headers that a request there may carry.
pub fn request_headers(provider: &Provider, is_reference: bool) -> BTreeSet<String> {
    let own = page_calls(provider, is_reference).flat_map(|call| &call.headers);
    let everywhere = match &provider.reference {
        Some(reference) if is_reference => &reference.headers,
        _ => &provider.headers,
    };
    let own = own.chain(everywhere).map(|(name, _)| name.clone());
    let always = ["Accept", "Content-Type"].map(str::to_owned);
    unique(always.into_iter().chain(own).chain(credentials(provider, is_reference)))
}

/// The names of the headers that hold what somebody signed in with.
pub fn credentials(provider: &Provider, is_reference: bool) -> BTreeSet<String> {
    let ways = provider.sign_in.iter().filter(|_| !is_reference);
    let named = ways.filter_map(|way| match &way.scheme {
        Scheme::Bearer => Some("Authorization".to_owned()),
        Scheme::ApiKey { header } => Some(header.clone()),
        // What it gives goes as the credential of another way.
        Scheme::Exchange(_) => None,
    });
    unique(named)
}

/// The names of the headers that the page reads in an answer.
pub fn response_headers(provider: &Provider) -> BTreeSet<String> {
    let always = ["Retry-After", "Link", "Date"].into_iter();
    let own = provider.answers.headers().chain(provider.pace.headers());
    unique(always.chain(own).map(str::to_owned))
}

/// A call's path and query as the file has them, names in braces.
fn path(call: &PageCall) -> String {
    let text = |template: &Template| {
        let part = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Name(name) => format!("{{{name}}}"),
        };
        template.parts().iter().map(part).collect::<String>()
    };
    match &call.query {
        Some(query) => format!("{}?{}", text(&call.path), text(query)),
        None => text(&call.path),
    }
}

/// Header names differ in more than case.
fn unique(names: impl Iterator<Item = String>) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    names.filter(|name| seen.insert(name.to_lowercase())).collect()
}
