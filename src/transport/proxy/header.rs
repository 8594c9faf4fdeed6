//! Which fixed headers a proxy may be given.

use super::SetupFault;

/// Names that browsers refuse to set, and names that belong to the request or to a secret.
const FORBIDDEN: [&str; 31] = [
    "accept",
    "accept-charset",
    "accept-encoding",
    "access-control-request-headers",
    "access-control-request-method",
    "access-control-request-private-network",
    "authorization",
    "connection",
    "content-length",
    "content-type",
    "cookie",
    "cookie2",
    "date",
    "dnt",
    "expect",
    "host",
    "if-match",
    "idempotency-key",
    "keep-alive",
    "origin",
    "referer",
    "set-cookie",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "via",
    // These would turn a change into another one behind our back.
    "x-http-method",
    "x-http-method-override",
    "x-method-override",
    "x-original-url",
];

pub(super) fn check(headers: &[(String, String)]) -> Result<(), SetupFault> {
    for (at, (name, value)) in headers.iter().enumerate() {
        check_name(name)?;
        if !is_printable(value) {
            return Err(SetupFault::HeaderValue(name.clone()));
        }
        if headers[..at].iter().any(|(other, _)| other.eq_ignore_ascii_case(name)) {
            return Err(SetupFault::HeaderTwice(name.clone()));
        }
    }
    Ok(())
}

pub(super) fn check_name(name: &str) -> Result<(), SetupFault> {
    if !is_token(name) {
        return Err(SetupFault::HeaderName(name.to_owned()));
    }
    if is_forbidden(name) {
        return Err(SetupFault::HeaderForbidden(name.to_owned()));
    }
    Ok(())
}

/// RFC 9110, 5.6.2.
pub(in crate::transport) fn is_token(name: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(fits)
}

fn is_forbidden(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.starts_with("proxy-") || name.starts_with("sec-") || FORBIDDEN.contains(&name.as_str())
}

fn is_printable(value: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_graphic() || byte == b' ';
    !value.is_empty() && value.trim() == value && value.bytes().all(fits)
}
