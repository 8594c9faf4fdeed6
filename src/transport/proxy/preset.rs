//! The proxies that people have, as a table: how each is called, and how far it can be relied on.
//!
//! In: what was measured of each, or is read in its source. Deliberately not in: any address.

use super::{Answers, Kind, Proxy, Rule, Template};
use crate::transport::address::ProxyBase;
use crate::transport::response::Sent;
use crate::words::{Words, say};

/// A proxy that is known by its name: only where it is must still be said.
pub struct Preset {
    /// How it is called in a form.
    pub id: &'static str,
    pub name: fn() -> Words,
    /// What one should know before choosing it.
    pub about: fn() -> Words,
    pub asks: Asks,
    /// It cannot carry a change, so nobody can choose it. `about` says why.
    pub unfit: bool,
    /// What stands after the address that somebody types.
    path: &'static str,
    template: fn(ProxyBase, &str) -> Template,
}

/// What is asked of whoever chooses it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// Where it is; this, if nobody knows better.
    Base(&'static str),
    /// Where it is, and the name of a query parameter.
    Parameter(&'static str),
    /// Where it is, and the name of a header.
    Header(&'static str),
}

pub const PRESETS: [Preset; 12] = [
    Preset {
        id: "same-site",
        name: say::preset_same_site,
        about: say::preset_same_site_about,
        asks: Asks::Base("relay"),
        template: |base, _| Template::of(Kind::PathMap { base }),
        ..PLAIN
    },
    Preset {
        id: "relay",
        name: say::preset_relay,
        about: say::preset_relay_about,
        template: |base, _| Template::of(Kind::PathMap { base }),
        ..PLAIN
    },
    Preset {
        id: "cors-anywhere",
        name: say::preset_cors_anywhere,
        about: say::preset_cors_anywhere_about,
        template: |base, _| Template {
            headers: vec![("X-Requested-With".to_owned(), "memberdesk".to_owned())],
            final_url: Some("X-Final-Url".to_owned()),
            errors: rules(&CORS_ANYWHERE),
            ..Template::of(Kind::Prefix { base })
        },
        ..PLAIN
    },
    Preset {
        id: "corsproxy-io",
        name: say::preset_corsproxy,
        about: say::preset_corsproxy_about,
        template: |base, _| Template { public: true, errors: rules(&CORSPROXY), ..query(base, "url") },
        ..PLAIN
    },
    Preset {
        id: "scalar",
        name: say::preset_scalar,
        about: say::preset_scalar_about,
        template: |base, _| Template {
            final_url: Some("X-Forwarded-Host".to_owned()),
            verifies: false,
            errors: rules(&SCALAR),
            ..query(base, "scalar_url")
        },
        ..PLAIN
    },
    Preset {
        id: "proxyscotch",
        name: say::preset_proxyscotch,
        about: say::preset_proxyscotch_about,
        template: |base, _| Template {
            access_token: true,
            errors: rules(&PROXYSCOTCH),
            ..Template::of(Kind::Envelope { base })
        },
        ..PLAIN
    },
    Preset {
        id: "redocly",
        name: say::preset_redocly,
        about: say::preset_redocly_about,
        path: "/_api/cors",
        ..PLAIN
    },
    Preset { id: "stoplight", name: say::preset_stoplight, about: say::preset_stoplight_about, ..PLAIN },
    Preset {
        id: "query",
        name: say::preset_query,
        about: say::preset_query_about,
        asks: Asks::Parameter("url"),
        template: query,
        ..PLAIN
    },
    Preset {
        id: "gateway",
        name: say::preset_gateway,
        about: say::preset_gateway_about,
        asks: Asks::Header("X-Target-URL"),
        template: |base, name| Template::of(Kind::Header { base, name: name.to_owned() }),
        ..PLAIN
    },
    Preset {
        id: "trunk",
        name: say::preset_trunk,
        about: say::preset_trunk_about,
        asks: Asks::Base("/"),
        template: |base, _| Template { marks: None, follows: true, ..Template::of(Kind::PathMap { base }) },
        ..PLAIN
    },
    Preset {
        id: "allorigins",
        name: say::preset_all_origins,
        about: say::preset_all_origins_about,
        unfit: true,
        template: |base, _| Template {
            answers: Answers::AllOrigins,
            writes: false,
            public: true,
            ..query(base, "url")
        },
        ..PLAIN
    },
];

/// What most of them have in common.
const PLAIN: Preset = Preset {
    id: "",
    name: Words::none,
    about: Words::none,
    asks: Asks::Base(""),
    unfit: false,
    path: "",
    template: |base, _| Template::of(Kind::Prefix { base }),
};

fn query(base: ProxyBase, parameter: &str) -> Template {
    Template::of(Kind::Query { base, parameter: parameter.to_owned() })
}

/// A status if it matters, how the text begins, what it means, and whether the provider was asked by then.
type Line = (Option<u16>, &'static str, &'static str, Sent);

/// Of version 0.4.4.
const CORS_ANYWHERE: [Line; 5] = [
    (Some(400), "Missing required request header", "bad_request", Sent::No),
    (Some(403), "The origin ", "origin_not_allowed", Sent::No),
    (Some(429), "The origin ", "rate_limited", Sent::No),
    (Some(404), "Invalid host:", "target_not_allowed", Sent::No),
    // Also where a redirect led to nobody, after the change.
    (Some(404), "Not found because of proxy error", "upstream_unreachable", Sent::Maybe),
];

/// A status inside, the same as outside. Which of them come after the provider was asked, it does not say.
const CORSPROXY: [Line; 1] = [(None, r#"{"error":{"status":"#, "failed", Sent::Maybe)];

/// Its words for what went wrong are those of Go: the method, and the address in quotation marks.
const SCALAR: [Line; 6] = [
    (Some(400), "The scalar_url query parameter is required", "bad_request", Sent::No),
    (Some(403), "Forbidden: access to private addresses", "target_not_allowed", Sent::No),
    (Some(503), "Get \"", "upstream_unreachable", Sent::Maybe),
    (Some(503), "Put \"", "upstream_unreachable", Sent::Maybe),
    (Some(503), "Patch \"", "upstream_unreachable", Sent::Maybe),
    (Some(503), "Post \"", "upstream_unreachable", Sent::Maybe),
];

/// All of them have the same status. The last one is said of a site that is not allowed too.
const PROXYSCOTCH: [Line; 4] = [
    (Some(200), "Invalid request", "bad_request", Sent::No),
    (Some(200), "Unauthorized request", "access_token", Sent::No),
    (Some(200), "Request cannot be to this destination", "target_not_allowed", Sent::No),
    (Some(200), "(Proxy Error) Request failed", "failed", Sent::Maybe),
];

fn rules(lines: &[Line]) -> Vec<Rule> {
    let rule = |(status, begins, code, sent): &Line| Rule {
        status: *status,
        begins: (*begins).to_owned(),
        code: (*code).to_owned(),
        sent: *sent,
    };
    lines.iter().map(rule).collect()
}

impl Preset {
    pub fn find(id: &str) -> Option<&'static Preset> {
        PRESETS.iter().find(|preset| preset.id == id)
    }

    /// This one at a place that somebody typed; `name` counts where one is asked for.
    pub fn at(&self, base: ProxyBase, name: &str) -> Template {
        let whole = base.as_str();
        let longer = || ProxyBase::parse(&[whole, self.path].concat()).ok();
        let base = Some(base.clone()).filter(|_| whole.ends_with(self.path)).or_else(longer).unwrap_or(base);
        (self.template)(base, name)
    }

    /// The one that a proxy is, if it is one as it stands in the table.
    pub fn of(proxy: &Proxy) -> Option<&'static Preset> {
        let base = proxy.base()?;
        let is_here = base.address().is_none();
        let name = match proxy.kind() {
            Kind::Query { parameter, .. } => parameter,
            Kind::Header { name, .. } => name,
            _ => "",
        };
        let is = |preset: &&Preset| {
            let fits = preset.path.is_empty() || base.as_str().ends_with(preset.path);
            (preset.id != "same-site" || is_here)
                && fits
                && preset.at(base.clone(), name) == **proxy.template()
        };
        PRESETS.iter().find(is)
    }
}

impl Template {
    /// What whoever uses it should know, whatever it is called.
    pub fn warnings(&self) -> Vec<Words> {
        let all: [(bool, fn() -> Words); 4] = [
            (self.public, say::proxy_public),
            (!self.verifies, say::proxy_unverified),
            (!self.writes, say::proxy_reads_only),
            (self.follows && self.final_url.is_none(), say::proxy_follows),
        ];
        all.into_iter().filter(|(holds, _)| *holds).map(|(_, words)| words()).collect()
    }
}

#[cfg(test)]
mod tests;
