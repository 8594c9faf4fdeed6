use serde_json::{Number, Value as Json};

use crate::provider::Provider;
use crate::provider::call::Call;
use crate::provider::field::{Field, Kind};
use crate::provider::list::{Lookup, hole};
use crate::provider::sign_in::{Exchange, Scheme, SignIn};
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
    compose_with(&Side::own(provider, server, identity, true), call, more, body)
}

/// The request of a list at the server that is asked for names only: nothing that concerns a member or the connection
/// goes there, and no credential but its own. `known` is what was chosen for it.
pub fn reference(
    provider: &Provider,
    lookup: &Lookup,
    call: &Call,
    known: &[(String, String)],
) -> Result<Request, ComposeFault> {
    let nobody = Identity::none();
    let reference = provider.reference.as_ref();
    let side = Side {
        provider,
        server: provider.names.as_ref().map_or("", |server| &server.slug),
        account: String::new(),
        identity: &nobody,
        secrets: reference.iter().flat_map(|reference| reference.secrets()).collect(),
        headers: reference.map(|reference| reference.headers.as_slice()).unwrap_or_default(),
        credential: None,
    };
    let is_whole = |name: &str| {
        let mut asks = reference.iter().flat_map(|reference| &reference.asks);
        asks.any(|field| field.key == name && matches!(field.kind, Kind::Number { .. }))
    };
    let of_list = lookup.body.as_ref().filter(|_| *call == lookup.list.call);
    let body = of_list.map(|body| Text::plain(filled(body, known, &is_whole).to_string()));
    compose_with(&side, call, known, body)
}

/// The first list of that server that can be asked for without a name, and without what would have a secret in it.
pub fn bare_reference(provider: &Provider) -> Option<Request> {
    let lookups = provider.lookups().into_iter().map(|(_, lookup)| lookup);
    let mut open = lookups.filter(|lookup| lookup.is_reference && lookup.names().next().is_none());
    let lookup = open.next()?;
    let mut request = reference(provider, lookup, &lookup.list.call, &[]).ok()?;
    request.headers.retain(|(_, value)| value.holes().next().is_none() && !value.is_empty());
    Some(request)
}

/// A body with what stands for its names.
fn filled(body: &Json, known: &[(String, String)], is_whole: &dyn Fn(&str) -> bool) -> Json {
    match body {
        Json::String(text) => match hole(text) {
            Some(name) => {
                let own = known.iter().find(|(other, _)| other == name).map_or("", |(_, text)| text.as_str());
                let number = own.parse::<Number>().ok().filter(|_| is_whole(name));
                number.map_or_else(|| Json::String(own.to_string()), Json::Number)
            }
            None => body.clone(),
        },
        Json::Array(values) => values.iter().map(|value| filled(value, known, is_whole)).collect(),
        Json::Object(map) => {
            map.iter().map(|(key, value)| (key.clone(), filled(value, known, is_whole))).collect()
        }
        _ => body.clone(),
    }
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
    compose_with(&Side::own(provider, server, identity, false), &way.call, &[], Some(body))
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
    let mut request = compose_with(&Side::own(provider, server, &example, false), &call, &[], None).ok()?;
    request.headers.retain(|(_, value)| value.holes().next().is_none() && !value.is_empty());
    Some(request)
}

/// Whom a request goes to, and what goes with every one.
struct Side<'a> {
    provider: &'a Provider,
    server: &'a str,
    account: String,
    identity: &'a Identity,
    secrets: Vec<&'a Field>,
    headers: &'a [(String, Template)],
    credential: Option<&'a SignIn>,
}

impl<'a> Side<'a> {
    fn own(provider: &'a Provider, server: &'a str, identity: &'a Identity, signed: bool) -> Side<'a> {
        Side {
            provider,
            server,
            account: identity.account(provider),
            identity,
            secrets: provider.secrets().collect(),
            headers: &provider.headers,
            credential: provider.credential().filter(|_| signed),
        }
    }
}

fn compose_with(
    side: &Side,
    call: &Call,
    more: &[(String, String)],
    body: Option<Text>,
) -> Result<Request, ComposeFault> {
    let name = |name: &str| {
        let own = side.identity.get(name);
        own.or_else(|| more.iter().find(|(other, _)| other == name).map(|(_, text)| text.as_str()))
    };
    let is_secret = |name: &str| side.secrets.iter().any(|field| field.key == name);
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
    if let Some(sign_in) = side.credential
        && let Some((header, mut value)) = header(&sign_in.scheme)
    {
        value.push(Piece::Hole { secret: sign_in.way.id.clone(), escape: Escape::Raw });
        headers.push((header, value));
    }
    if body.is_some() {
        headers.push(("Content-Type".to_string(), Text::plain("application/json")));
    }
    for (header, value) in side.headers.iter().chain(&call.headers) {
        let plain = |value: &str| Ok(value.to_string());
        let value = encoded(value, &plain)?;
        headers.retain(|(other, _)| !other.eq_ignore_ascii_case(header));
        headers.push((header.clone(), value));
    }
    let (provider, server) = (side.provider.id.clone(), side.server.to_string());
    Ok(Request {
        method: call.method,
        provider,
        server,
        account: side.account.clone(),
        path,
        query,
        headers,
        body,
    })
}

/// The header that a credential goes into, with what stands before it.
fn header(scheme: &Scheme) -> Option<(String, Text)> {
    match scheme {
        Scheme::Bearer => Some(("Authorization".to_string(), Text::plain("Bearer "))),
        Scheme::ApiKey { header } => Some((header.clone(), Text::default())),
        Scheme::Exchange(_) => None,
    }
}
