use crate::provider::Provider;
use crate::provider::call::Call;
use crate::provider::sign_in::{Exchange, Scheme};
use crate::provider::template::{Part, Template};
use crate::transport::{Escape, Piece, Request, SegmentFault, Text, body_json, query_value, segment};

use super::identity::Identity;

/// Why a call of a provider file cannot be made into a request: a name that is missing, or that cannot stand
/// in an address.
#[derive(Clone, Debug, PartialEq)]
pub struct ComposeFault {
    pub name: String,
    pub fault: SegmentFault,
}

/// Makes a request of a call: names filled in, each as exactly one part of the address, and a hole where the
/// credential goes. `more` are names that the identity does not have.
pub fn compose(
    provider: &Provider,
    server: &str,
    call: &Call,
    identity: &Identity,
    more: &[(String, String)],
    body: Option<Text>,
) -> Result<Request, ComposeFault> {
    compose_with(provider, server, call, identity, more, body, true)
}

/// The request that exchanges what was typed for a credential; it has none itself.
pub fn exchange(
    provider: &Provider,
    server: &str,
    way: &Exchange,
    identity: &Identity,
) -> Result<Request, ComposeFault> {
    let holes = way.holes();
    let holes: Vec<(&str, &str)> = holes.iter().map(|(pointer, name)| (pointer.as_str(), *name)).collect();
    let body = body_json(&way.body, &holes);
    compose_with(provider, server, &way.call, identity, &[], Some(body), false)
}

/// The request of a call without the credential and without every part that would have a secret or a name in it.
/// In its path the file's own examples stand for what names a record; nothing if it needs another name.
pub fn bare(provider: &Provider, server: &str, call: &Call) -> Option<Request> {
    let example = Identity::example(provider);
    if call.path.names().any(|name| example.get(name).is_none()) {
        return None;
    }
    let is_plain = |template: &Template| template.names().next().is_none();
    let call = Call { query: call.query.clone().filter(is_plain), ..call.clone() };
    let mut request = compose_with(provider, server, &call, &example, &[], None, false).ok()?;
    request.headers.retain(|(_, value)| value.holes().next().is_none() && !value.is_empty());
    Some(request)
}

fn compose_with(
    provider: &Provider,
    server: &str,
    call: &Call,
    identity: &Identity,
    more: &[(String, String)],
    body: Option<Text>,
    signed: bool,
) -> Result<Request, ComposeFault> {
    let name = |name: &str| {
        let own = identity.get(name);
        own.or_else(|| more.iter().find(|(other, _)| other == name).map(|(_, text)| text.as_str()))
    };
    let is_secret = |name: &str| provider.secrets().any(|field| field.key == name);
    let encoded = |template: &Template, encode: &dyn Fn(&str) -> Result<String, SegmentFault>| {
        let mut text = Text::default();
        for part in template.parts() {
            match part {
                Part::Text(plain) => text.push_plain(plain),
                Part::Name(key) if is_secret(key) => {
                    text.push(Piece::Hole { secret: key.clone(), escape: Escape::Raw });
                }
                Part::Name(key) => {
                    let value = name(key).unwrap_or_default();
                    let value = encode(value).map_err(|fault| ComposeFault { name: key.clone(), fault })?;
                    text.push_plain(&value);
                }
            }
        }
        Ok(text)
    };
    let path = encoded(&call.path, &segment)?;
    let query = match &call.query {
        Some(query) => encoded(query, &|value| Ok(query_value(value)))?,
        None => Text::default(),
    };
    let mut headers = vec![("Accept".to_string(), Text::plain("application/json"))];
    let credential = provider.credential().filter(|_| signed);
    if let Some((sign_in, (header, mut value))) = credential.and_then(|way| Some((way, header(&way.scheme)?)))
    {
        value.push(Piece::Hole { secret: sign_in.way.id.clone(), escape: Escape::Raw });
        headers.push((header, value));
    }
    if body.is_some() {
        headers.push(("Content-Type".to_string(), Text::plain("application/json")));
    }
    for (header, value) in provider.headers.iter().chain(&call.headers) {
        let plain = |value: &str| Ok(value.to_string());
        let value = encoded(value, &plain)?;
        headers.retain(|(other, _)| !other.eq_ignore_ascii_case(header));
        headers.push((header.clone(), value));
    }
    let account = identity.account(provider);
    let (provider, server) = (provider.id.clone(), server.to_string());
    Ok(Request { method: call.method, provider, server, account, path, query, headers, body })
}

/// The header that a credential goes into, with what stands before it.
fn header(scheme: &Scheme) -> Option<(String, Text)> {
    match scheme {
        Scheme::Bearer => Some(("Authorization".to_string(), Text::plain("Bearer "))),
        Scheme::ApiKey { header } => Some((header.clone(), Text::default())),
        Scheme::Exchange(_) => None,
    }
}
