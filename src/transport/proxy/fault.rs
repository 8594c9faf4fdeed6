//! Why a proxy cannot be set up, or used for a request.

use crate::words::{Words, say};

/// Why a proxy cannot be set up so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SetupFault {
    HeaderName(String),
    HeaderForbidden(String),
    HeaderValue(String),
    HeaderTwice(String),
    Parameter,
    /// A rule for errors that fits every answer.
    RuleEmpty,
    /// Only a relay that we know can add the token.
    Token,
    AccessToken,
    Answers,
}

/// Why a request cannot go this way. It never holds a part of the URL: a secret may be in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProxyFault {
    /// Under a path map the relay, not the page, knows the address.
    Typed,
    NoAddress {
        server: String,
    },
    Slug {
        server: String,
    },
    Path,
    Query,
    Long {
        length: usize,
    },
    /// It passes no request that changes something.
    ReadsOnly,
}

impl SetupFault {
    pub fn words(&self) -> Words {
        match self {
            SetupFault::HeaderName(name) => say::proxy_header_name(name),
            SetupFault::HeaderForbidden(name) => say::proxy_header_forbidden(name),
            SetupFault::HeaderValue(name) => say::proxy_header_value(name),
            SetupFault::HeaderTwice(name) => say::proxy_header_twice(name),
            SetupFault::Parameter => say::proxy_parameter(),
            SetupFault::RuleEmpty => say::proxy_rule_empty(),
            SetupFault::Token => say::proxy_token_kind(),
            SetupFault::AccessToken => say::proxy_access_kind(),
            SetupFault::Answers => say::proxy_answers_kind(),
        }
    }
}

impl ProxyFault {
    pub fn words(&self) -> Words {
        match self {
            ProxyFault::Typed => say::proxy_typed(),
            ProxyFault::NoAddress { server } => say::proxy_no_address(server),
            ProxyFault::Slug { server } => say::proxy_slug(server),
            ProxyFault::Path => say::proxy_path(),
            ProxyFault::Query => say::proxy_query(),
            ProxyFault::Long { length } => say::proxy_long(*length),
            ProxyFault::ReadsOnly => say::proxy_reads_only(),
        }
    }
}
