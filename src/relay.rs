//! The relay: the proxy that we recommend, as the configuration of a program that an owner runs.
//!
//! In: [`Relay::of`] (all that decides one, from the provider files and `config.json`) and [`Relay::text`] (what a
//! program reads). It passes what a provider file calls and nothing else, says on each answer whether the provider was
//! reached (`X-Relay-Source`, `X-Relay-Sent`), repeats nothing, and writes neither paths nor headers to a log.
//! Deliberately not in: files, and starting a program.

mod caddy;
mod call;
mod contract;
mod nginx;
mod upstream;
mod usage;
mod worker;

use std::{net::SocketAddr, path::PathBuf};

use crate::desk::config::Config;
use crate::hosting::{Page, Policy};
use crate::provider::Provider;
use crate::transport::{Address as Site, Kind, Proxy, ProxyBase, Template};

pub use call::{Call, calls, request_headers, response_headers};
pub use upstream::{Address, Route, Upstream};

/// The origin in the examples, where nobody names one.
const EXAMPLE_ORIGIN: &str = "https://members.example.com";

const HTTPS: u16 = 443;

/// What no server may be called, since the relay answers there itself.
const OWN_PATHS: [&str; 4] = ["healthz", "bad-request", "signed-in", "oauth2"];

/// All that decides a relay. Fields may have any value that their types allow.
#[derive(Clone, Debug)]
pub struct Relay {
    pub listen: Listen,
    /// Where it stands on its host; begins and ends with a slash.
    pub base: String,
    /// The page, if the same server is to serve it.
    pub page: Option<Page>,
    /// Exact origins of pages that may use it.
    pub allowed_origins: Vec<String>,
    pub upstreams: Vec<Upstream>,
    /// Names of headers that the owner's page sends to the relay itself. They may come, and go no further.
    pub own_headers: Vec<String>,
    pub limits: Limits,
    /// Who keeps strangers out, if the tokens are here. Only nginx can do that.
    pub sign_in: Option<SignIn>,
    /// None: where the program's other logs are.
    pub log_folder: Option<PathBuf>,
}

/// A program that can be the relay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    Nginx,
    Caddy,
    /// A module Worker, as Cloudflare runs them.
    Worker,
}

/// Where an owner wants it.
#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    /// On a host of its own.
    Alone,
    /// On the page's host, which serves the page's folder too.
    BesidePage {
        folder: PathBuf,
        /// The page's path on its host; begins and ends with a slash.
        path: String,
    },
}

#[derive(Clone, Debug)]
pub enum Listen {
    /// Without TLS, on this machine, to try it.
    Plain(SocketAddr),
    Tls {
        server_name: String,
        port: u16,
        certificate: String,
        key: String,
    },
}

/// Where people sign in: an oauth2-proxy, or what answers as it does.
#[derive(Clone, Debug, PartialEq)]
pub struct SignIn {
    /// As in `127.0.0.1:4180`.
    pub address: String,
    /// The folder of the files with the tokens, one for each server.
    pub secrets: String,
}

/// How much one visitor may do.
#[derive(Clone, Debug)]
pub struct Limits {
    pub requests_per_second: u32,
    pub burst: u32,
    pub parallel: u32,
    pub body_kibibytes: u32,
    pub answer_seconds: u32,
}

impl Program {
    pub const ALL: [Program; 3] = [Program::Nginx, Program::Caddy, Program::Worker];

    pub fn parse(text: &str) -> Option<Program> {
        Program::ALL.into_iter().find(|program| program.word() == text)
    }

    pub fn word(self) -> &'static str {
        match self {
            Program::Nginx => "nginx",
            Program::Caddy => "caddy",
            Program::Worker => "worker",
        }
    }
}

impl Listen {
    /// Host and port, as an address has them.
    fn authority(&self) -> String {
        match self {
            Listen::Plain(address) => address.to_string(),
            Listen::Tls { server_name, port: HTTPS, .. } => server_name.clone(),
            Listen::Tls { server_name, port, .. } => format!("{server_name}:{port}"),
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self { requests_per_second: 10, burst: 20, parallel: 8, body_kibibytes: 256, answer_seconds: 30 }
    }
}

impl Default for SignIn {
    fn default() -> Self {
        Self { address: "127.0.0.1:4180".to_owned(), secrets: "/etc/nginx/secrets".to_owned() }
    }
}

impl Relay {
    /// The relay for the providers that the owner offers, where the owner says that their servers are.
    ///
    /// A server whose address nobody said is left out.
    pub fn of(
        config: &Config,
        providers: &[Provider],
        origins: &[String],
        place: Place,
    ) -> Result<Relay, String> {
        let given = |slug: &str| {
            let own = config.servers.iter().find(|(own, _)| own == slug);
            own.map(|(_, address)| address.as_str().to_owned())
        };
        let mut upstreams = Vec::new();
        for provider in providers.iter().filter(|provider| config.providers.contains(&provider.id)) {
            let misfits = config.misfits(provider);
            if !misfits.is_empty() {
                let lines = misfits.iter().map(|fault| {
                    let (pointer, says, cure) = (&fault.pointer, &fault.says, &fault.cure);
                    format!("\n  {pointer}  {says} {cure}")
                });
                return Err(format!("The configuration has faults:{}", lines.collect::<String>()));
            }
            let mut provider = provider.clone();
            provider.offer(config.more_servers(&provider));
            let own = Upstream::all(&provider, given)?.into_iter().map(|own| Upstream {
                keeps_token: config.proxies.of(&provider.id, &own.slug).has_token(),
                ..own
            });
            upstreams.extend(own);
        }
        if let Some(own) = upstreams.iter().find(|own| OWN_PATHS.contains(&own.slug.as_str())) {
            return Err(format!(
                "“{}” is a path of the relay's own: give the server another name.",
                own.slug
            ));
        }
        let mut allowed_origins =
            origins.iter().map(|origin| checked_origin(origin)).collect::<Result<Vec<_>, _>>()?;
        if allowed_origins.is_empty() {
            allowed_origins.push(EXAMPLE_ORIGIN.to_owned());
        }
        let (server_name, port, base, page) = match place {
            Place::Alone => ("relay.example.com".to_owned(), HTTPS, "/".to_owned(), None),
            Place::BesidePage { folder, path } => {
                let site = Site::parse(&allowed_origins[0]).map_err(|fault| fault.words().to_string())?;
                let port = site.origin().rsplit_once(':').and_then(|(_, port)| port.parse().ok());
                let own = config.proxies.default.base().filter(|base| base.address().is_none());
                let base = from_page(&path, own.map_or("relay", ProxyBase::as_str));
                if base == path {
                    return Err(format!(
                        "The page is at {path}: give the relay another path, as in “relay”."
                    ));
                }
                // Without another one it will be this, on the page's own site.
                let here = ProxyBase::parse("relay").ok();
                let here = here.and_then(|base| Proxy::of(Template::of(Kind::PathMap { base })).ok());
                let named = Some(&config.proxies.default).filter(|proxy| proxy.base().is_some());
                let usual = named.or(here.as_ref()).unwrap_or(&config.proxies.default);
                let policy = Policy::through(config, usual, providers);
                let page = Page::new(folder, &path, policy);
                (site.host().to_owned(), port.filter(|_| !site.is_http()).unwrap_or(HTTPS), base, Some(page))
            }
        };
        Ok(Relay {
            listen: Listen::Tls {
                certificate: format!("/etc/ssl/certs/{server_name}.pem"),
                key: format!("/etc/ssl/private/{server_name}.key"),
                server_name,
                port,
            },
            base,
            page,
            allowed_origins,
            upstreams,
            own_headers: own_headers(config),
            limits: Limits::default(),
            sign_in: config.proxies.all().any(Proxy::has_token).then(SignIn::default),
            log_folder: None,
        })
    }

    /// Keeps the credentials of the servers that `config.json` names for that; of all, if it names none.
    pub fn keep_tokens(&mut self, sign_in: SignIn) {
        self.sign_in = Some(sign_in);
        if !self.upstreams.iter().any(|upstream| upstream.keeps_token) {
            self.upstreams.iter_mut().for_each(|upstream| upstream.keeps_token = true);
        }
    }

    /// Where people sign in who want to reach this server; nothing where each brings a credential.
    fn door(&self, upstream: &Upstream) -> Option<&SignIn> {
        self.sign_in.as_ref().filter(|_| upstream.keeps_token)
    }

    fn is_tls(&self) -> bool {
        matches!(self.listen, Listen::Tls { .. })
    }

    /// Whether the program can be it: tokens are kept by nginx only.
    pub fn fits(&self, program: Program) -> bool {
        self.sign_in.is_none() || program == Program::Nginx
    }

    /// What the program reads, with how to use it on top.
    pub fn text(&self, program: Program) -> String {
        [usage::usage(self, program), "\n".to_owned(), self.bare(program)].concat()
    }

    /// The same without the explanation.
    pub fn bare(&self, program: Program) -> String {
        match program {
            Program::Nginx => nginx::nginx(self),
            Program::Caddy => caddy::caddy(self),
            Program::Worker => worker::worker(self),
        }
    }
}

/// The path on the host of what a page names by a path of its own; begins and ends with a slash.
fn from_page(page: &str, base: &str) -> String {
    let mut parts: Vec<&str> = if base.starts_with('/') { Vec::new() } else { segments(page).collect() };
    for part in segments(base) {
        match part {
            "." => {}
            ".." => _ = parts.pop(),
            part => parts.push(part),
        }
    }
    parts.iter().fold("/".to_owned(), |path, part| [&path, *part, "/"].concat())
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|part| !part.is_empty())
}

/// What `config.json` adds to every request for the sake of the proxy.
fn own_headers(config: &Config) -> Vec<String> {
    let headers = config.proxies.all().flat_map(|proxy| proxy.headers());
    headers.map(|(name, _)| name.clone()).collect()
}

/// Where a log is written that has this name.
fn log(relay: &Relay, usual: &str, name: &str) -> String {
    let folder = relay.log_folder.clone().unwrap_or_else(|| PathBuf::from(usual));
    folder.join(name).display().to_string()
}

fn checked_origin(text: &str) -> Result<String, String> {
    match Site::parse(text) {
        // Exactly as browsers write it, or it never fits.
        Ok(site) if site.origin() == text => Ok(text.to_owned()),
        _ => Err(format!("“{text}” is not an origin: write it like {EXAMPLE_ORIGIN}, without a path.")),
    }
}

#[cfg(test)]
mod tests;
