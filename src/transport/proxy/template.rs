//! What is said of a proxy: where it is, how it is called, and how far it can be relied on.

use super::header;
use super::{SetupFault, is_token};
use crate::transport::address::ProxyBase;
use crate::transport::percent;
use crate::transport::response::Sent;

/// How a proxy is told which address is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `{address}{path}?{query}`: the provider itself lets the page in.
    None,
    /// `{base}/{slug}{path}?{query}`: our relay. The slug alone decides which server is reached.
    PathMap { base: ProxyBase },
    /// `{base}/{address}{path}?{query}`, as it is.
    Prefix { base: ProxyBase },
    /// `{base}?{parameter}={address, path and query, percent-encoded}`.
    Query { base: ProxyBase, parameter: String },
    /// A POST to `{base}` with the whole request in a JSON object, and the whole answer in another: Proxyscotch.
    Envelope { base: ProxyBase },
    /// `{base}`, with the address, path and query in a header of this name.
    Header { base: ProxyBase, name: String },
}

/// A proxy as somebody describes it. Only what was checked becomes a [`Proxy`](super::Proxy).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    pub kind: Kind,
    /// They go with every request.
    pub headers: Vec<(String, String)>,
    /// Headers of the request that go under another name, as where the proxy keeps `Authorization` for itself.
    pub rename: Vec<(String, String)>,
    /// Headers of the request that do not go along.
    pub drop: Vec<String>,
    /// Cookies of the proxy's site go along, as where people sign in there.
    pub cookies: bool,
    pub token: Token,
    /// The proxy wants a secret of its own.
    pub access_token: bool,
    /// The headers by which it says who answered; nothing if it does not say.
    pub marks: Option<Marks>,
    /// The header in which it tells the address that answered in the end.
    pub final_url: Option<String>,
    /// How its own errors look.
    pub errors: Vec<Rule>,
    pub answers: Answers,
    /// It goes after redirects by itself. A change may become a mere look then.
    pub follows: bool,
    /// It passes requests that change something.
    pub writes: bool,
    /// It makes sure that the provider is who it says it is.
    pub verifies: bool,
    /// Whoever runs it is a stranger.
    pub public: bool,
}

/// Who has the credential for the provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    /// It is entered in the page.
    Browser,
    /// The relay has it, and adds it to each request.
    Relay,
}

/// The headers by which a relay says who answered, and whether the provider was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marks {
    pub source: String,
    pub sent: String,
}

/// One error of the proxy's own: how it is recognised, and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Any, where an envelope always has the same.
    pub status: Option<u16>,
    /// How the text begins.
    pub begins: String,
    /// In the words of our relay.
    pub code: String,
    pub sent: Sent,
}

/// How answers come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answers {
    /// As the provider gave them.
    Plain,
    /// In the object of Proxyscotch.
    Proxyscotch,
    /// In the object of AllOrigins.
    AllOrigins,
}

impl Default for Marks {
    fn default() -> Marks {
        Marks { source: "X-Relay-Source".to_owned(), sent: "X-Relay-Sent".to_owned() }
    }
}

impl Rule {
    /// The first that fits.
    pub fn find<'r>(rules: &'r [Rule], status: u16, text: &str) -> Option<&'r Rule> {
        let fits = |rule: &&Rule| {
            rule.status.is_none_or(|own| own == status) && text.starts_with(rule.begins.as_str())
        };
        rules.iter().find(fits)
    }
}

impl Kind {
    pub fn base(&self) -> Option<&ProxyBase> {
        match self {
            Kind::None => None,
            Kind::PathMap { base }
            | Kind::Prefix { base }
            | Kind::Query { base, .. }
            | Kind::Envelope { base }
            | Kind::Header { base, .. } => Some(base),
        }
    }
}

impl Template {
    /// What holds of a proxy of this kind if nothing else is said. A relay is believed to be ours; of any other, nothing
    /// good is taken for granted that it could not do without.
    pub fn of(kind: Kind) -> Template {
        let is_map = matches!(kind, Kind::PathMap { .. });
        Template {
            headers: Vec::new(),
            rename: Vec::new(),
            drop: Vec::new(),
            cookies: false,
            token: Token::Browser,
            access_token: false,
            marks: is_map.then(Marks::default),
            final_url: None,
            errors: Vec::new(),
            answers: match kind {
                Kind::Envelope { .. } => Answers::Proxyscotch,
                _ => Answers::Plain,
            },
            follows: !is_map && kind != Kind::None,
            writes: true,
            verifies: true,
            public: false,
            kind,
        }
    }

    /// Whether more is said of it than its kind, as far as that tells who gives an answer.
    pub(in crate::transport) fn is_told(&self) -> bool {
        let plain = Template::of(self.kind.clone());
        self.marks != plain.marks
            || !self.errors.is_empty()
            || self.final_url.is_some()
            || self.follows != plain.follows
    }

    pub(super) fn check(&self) -> Result<(), SetupFault> {
        match &self.kind {
            Kind::Query { parameter, .. }
                if parameter.is_empty() || percent::encode(parameter) != *parameter =>
            {
                return Err(SetupFault::Parameter);
            }
            Kind::Header { name, .. } => header::check_name(name)?,
            _ => {}
        }
        header::check(&self.headers)?;
        for (from, to) in &self.rename {
            header_name(from)?;
            header::check_name(to)?;
        }
        let marks = self.marks.iter().flat_map(|marks| [&marks.source, &marks.sent]);
        self.drop.iter().chain(marks).chain(&self.final_url).try_for_each(|name| header_name(name))?;
        if self.errors.iter().any(|rule| rule.begins.trim().is_empty()) {
            return Err(SetupFault::RuleEmpty);
        }
        let (is_envelope, is_map) =
            (matches!(self.kind, Kind::Envelope { .. }), matches!(self.kind, Kind::PathMap { .. }));
        match self {
            _ if self.token == Token::Relay && !is_map => Err(SetupFault::Token),
            _ if self.access_token && !is_envelope => Err(SetupFault::AccessToken),
            _ if is_envelope != (self.answers == Answers::Proxyscotch) => Err(SetupFault::Answers),
            _ => Ok(()),
        }
    }
}

fn header_name(name: &str) -> Result<(), SetupFault> {
    if is_token(name) { Ok(()) } else { Err(SetupFault::HeaderName(name.to_owned())) }
}
