use crate::provider::Provider;
use crate::provider::call::Call;
use crate::provider::sign_in::Scheme;
use crate::provider::template::{Part, Template};
use crate::transport::{Escape, Piece, Request, SegmentFault, Text, query_value, segment};

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
    let name = |name: &str| {
        let own = identity.get(name);
        own.or_else(|| more.iter().find(|(other, _)| other == name).map(|(_, text)| text.as_str()))
    };
    let encoded = |template: &Template, encode: &dyn Fn(&str) -> Result<String, SegmentFault>| {
        let mut text = Text::default();
        for part in template.parts() {
            match part {
                Part::Text(plain) => text.push_plain(plain),
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
    if let Some(sign_in) = provider.sign_in.first() {
        let hole = Piece::Hole { secret: sign_in.id.clone(), escape: Escape::Raw };
        let (header, mut value) = match &sign_in.scheme {
            Scheme::Bearer => ("Authorization".to_string(), Text::plain("Bearer ")),
            Scheme::ApiKey { header } => (header.clone(), Text::default()),
        };
        value.push(hole);
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
    let (provider, server) = (provider.id.clone(), server.to_string());
    Ok(Request { method: call.method, provider, server, path, query, headers, body })
}
