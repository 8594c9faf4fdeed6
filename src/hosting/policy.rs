use crate::desk::config::Config;
use crate::provider::Provider;
use crate::transport::{Address, Proxy};

/// Whom the page may talk to besides its own site, and who may show it in a frame.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Policy {
    /// As a policy names them: an origin each, or `https:` for any.
    pub connects: Vec<String>,
    /// Exact origins.
    pub parents: Vec<String>,
}

/// How what a host sends fits what is needed.
#[derive(Clone, Debug, PartialEq)]
pub enum Fit {
    Same,
    /// It forbids these: something will not work.
    Lacks(Vec<String>),
    /// It allows these besides.
    Exceeds(Vec<String>),
}

/// What hosts are told once the page is only served over TLS.
pub const STRICT_TRANSPORT: (&str, &str) =
    ("Strict-Transport-Security", "max-age=63072000; includeSubDomains");

const ANY: &str = "https:";

/// Of a name that it does not know, a browser complains.
const POWERS: &str =
    "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), display-capture=()";

impl Policy {
    /// What a configuration needs: the sites of its proxies, and of the servers that are asked directly. Where nobody
    /// has said yet what a server's address is, it may be anywhere.
    pub fn of(config: &Config, providers: &[Provider]) -> Policy {
        Policy::through(config, &config.proxies.default, providers)
    }

    /// The same where most servers are reached in this way.
    pub fn through(config: &Config, usual: &Proxy, providers: &[Provider]) -> Policy {
        let mut connects = Vec::new();
        for provider in providers.iter().filter(|provider| config.providers.contains(&provider.id)) {
            let mut provider = provider.clone();
            provider.offer(config.more_servers(&provider));
            for server in provider.places() {
                let exception = config.proxies.exception(&provider.id, &server.slug);
                match exception.unwrap_or(usual).base() {
                    Some(base) => connects.extend(base.address().map(|address| address.origin().to_string())),
                    None => {
                        let given = config.servers.iter().find(|(slug, _)| *slug == server.slug);
                        let own = || server.address.as_deref().and_then(|own| Address::parse(own).ok());
                        let address = given.map(|(_, address)| address.clone()).or_else(own);
                        connects
                            .push(address.map_or_else(|| ANY.to_string(), |own| own.origin().to_string()));
                    }
                }
            }
        }
        connects.sort();
        connects.dedup();
        if connects.iter().any(|own| own == ANY) {
            connects.retain(|own| own == ANY || !own.starts_with("https://"));
        }
        Policy { connects, parents: config.allowed_parents.clone() }
    }

    /// Whom a policy lets the page talk to and be framed by, beside what is needed. Of several policies each has to
    /// allow it.
    pub fn compare(&self, sent: &str) -> Fit {
        let (mut lacks, mut exceeds) = (Vec::new(), Vec::new());
        for (names, needed) in
            [(&["connect-src", "default-src"][..], &self.connects), (&["frame-ancestors"], &self.parents)]
        {
            let policies: Vec<Vec<&str>> = sent.split(',').map(|policy| sources(policy, names)).collect();
            let is_allowed =
                |site: &&String| policies.iter().all(|own| own.iter().any(|own| allows(own, site)));
            lacks.extend(needed.iter().filter(|site| !is_allowed(site)).cloned());
            // The narrowest of them counts.
            let is_besides = |own: &&&str| {
                !["'self'", "'none'"].contains(*own) && !needed.iter().any(|site| site == **own)
            };
            let besides =
                policies.iter().map(|own| own.iter().filter(is_besides).copied().collect::<Vec<_>>());
            let least = besides.min_by_key(Vec::len).unwrap_or_default();
            exceeds.extend(least.into_iter().map(str::to_string));
        }
        match (lacks.is_empty(), exceeds.is_empty()) {
            (false, _) => Fit::Lacks(lacks),
            (true, false) => Fit::Exceeds(exceeds),
            (true, true) => Fit::Same,
        }
    }

    /// The headers of every file of the page.
    pub fn headers(&self) -> Vec<(&'static str, String)> {
        let parents = if self.parents.is_empty() { "'none'".to_string() } else { self.parents.join(" ") };
        let policy = [&self.directives(), "; frame-ancestors ", &parents].concat();
        vec![
            ("Content-Security-Policy", policy),
            ("X-Content-Type-Options", "nosniff".to_owned()),
            ("Referrer-Policy", "no-referrer".to_owned()),
            ("Permissions-Policy", POWERS.to_owned()),
            ("Cross-Origin-Opener-Policy", "same-origin".to_owned()),
            ("Cross-Origin-Resource-Policy", "same-origin".to_owned()),
        ]
    }

    /// The same with what holds once the page is only served over TLS.
    pub fn headers_over_tls(&self) -> Vec<(&'static str, String)> {
        let (name, value) = STRICT_TRANSPORT;
        self.headers().into_iter().chain([(name, value.to_owned())]).collect()
    }

    /// What the page can say of it itself: not who may frame it.
    pub(super) fn meta(&self) -> String {
        let directives = self.directives();
        format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{directives}\">\n")
    }

    fn directives(&self) -> String {
        let connects = self.connects.iter().fold("'self'".to_owned(), |list, own| [&list, " ", own].concat());
        format!(
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
             font-src 'self'; connect-src {connects}; manifest-src 'self'; worker-src 'self'; base-uri 'none'; \
             form-action 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
        )
    }
}

/// What the first of these directives that is there allows (CSP 3, 6.7.1); without any, everything.
fn sources<'p>(policy: &'p str, names: &[&str]) -> Vec<&'p str> {
    let find = |name: &&str| {
        policy.split(';').map(str::split_ascii_whitespace).find_map(|mut words| {
            words.next().is_some_and(|own| own.eq_ignore_ascii_case(name)).then(|| words.collect())
        })
    };
    names.iter().find_map(find).unwrap_or_else(|| vec!["*"])
}

/// Whether a source covers a site (CSP 3, 6.7.2), in the forms that owners write: without a path. What is in clear covers
/// what is not.
fn allows(source: &str, site: &str) -> bool {
    let Some((scheme, host)) = site.split_once("://") else { return source == site || source == "*" };
    let is_covered = |own: &str| own == scheme || own == "http" && scheme == "https";
    let (of_scheme, of_host) = match source.split_once("://") {
        Some((own, host)) => (is_covered(own), host),
        None => (true, source),
    };
    match of_host.strip_prefix("*.") {
        _ if source == "*" => true,
        _ if source.ends_with(':') => is_covered(source.trim_end_matches(':')),
        Some(parent) => of_scheme && host.strip_suffix(parent).is_some_and(|rest| rest.ends_with('.')),
        None => of_scheme && of_host == host,
    }
}
