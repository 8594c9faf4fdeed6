//! `cargo xtask relay`: the configuration for an owner.

use std::{
    fs,
    path::{Path, PathBuf},
};

use memberdesk::desk::config::Config;

use super::{Limits, Listen, Page, Relay, Upstream, nginx};
use crate::{
    arguments::Arguments,
    process::root,
    provider_files::{ProviderFile, faulty},
};

const EXAMPLE_ORIGIN: &str = "https://members.example.com";

const HOW_TO_USE: &str = "\
# The relay of Memberdesk for nginx 1.22 or newer, core modules only. Made by `cargo xtask relay`.
#
# How to use it:
#   1. Put this file into /etc/nginx/conf.d/ and set server_name and the two certificate lines below.
#      On systems other than Debian and Ubuntu, set proxy_ssl_trusted_certificate too.
#   2. `nginx -t && systemctl reload nginx`. Reload again when a provider moves to other addresses:
#      nginx looks names up at start and at reload only.
#   3. In the page's config.json:
#        \"proxy\": { \"kind\": \"path-map\", \"base\": BASE }
#   4. Open HEALTH in a browser: it shows {\"relay\":1}.
#
# It lets through exactly the calls of the provider files. After a change to one, make this file again.
# A server whose address a provider file leaves to you is here only if a config.json names it: `--config FILE`.
# It logs no paths and no queries. What stands before it, as a load balancer does, has logs of its own.
# Beside the page on one host, no other site is involved and no browser asks for permission: prefer that
# (`--page /folder/of/the/page`). Origins that may use it are listed in the first map; add yours there.
";

/// What an owner says, from `config.json` and the command line.
#[derive(Clone, Debug, Default)]
struct Wishes {
    origins: Vec<String>,
    page: Option<PathBuf>,
    config: Option<PathBuf>,
}

pub fn run(mut arguments: Arguments) -> Result<(), String> {
    let wishes = Wishes {
        origins: arguments.values("--origin")?,
        page: arguments.value("--page")?.map(PathBuf::from),
        config: arguments.value("--config")?.map(PathBuf::from),
    };
    arguments.finish()?;
    let relay = relay(&wishes)?;
    print!("{}", describe(&relay));
    Ok(())
}

/// The configuration with its explanation on top.
pub fn describe(relay: &Relay) -> String {
    let origin = match &relay.listen {
        Listen::Tls { server_name, .. } => format!("https://{server_name}"),
        Listen::Plain(address) => format!("http://{address}"),
    };
    let base = format!("{origin}{}", relay.base);
    let written = match relay.page {
        Some(_) => "\"relay\"".to_owned(),
        None => format!("\"{}\"", base.trim_end_matches('/')),
    };
    let how = HOW_TO_USE.replace("HEALTH", &format!("{base}healthz")).replace("BASE", &written);
    format!("{how}\n{}", nginx(relay))
}

/// The relay that the repository shows in `deploy/`.
pub fn example() -> Result<Relay, String> {
    relay(&Wishes::default())
}

fn relay(wishes: &Wishes) -> Result<Relay, String> {
    let config = wishes.config.as_deref().map(read).transpose()?;
    let folder = wishes.config.as_deref().and_then(Path::parent).map(|folder| folder.join("providers"));
    let folder = folder.filter(|folder| folder.is_dir()).unwrap_or_else(|| root().join("providers"));
    let mut providers = ProviderFile::read_all(&folder)?;
    if let Some(config) = &config {
        providers.retain(|provider| config.providers.contains(&provider.id));
        for provider in &mut providers {
            provider.serve_more(config)?;
        }
    }
    let given = |slug: &str| {
        let mut servers = config.iter().flat_map(|config| &config.servers);
        servers.find(|(own, _)| own == slug).map(|(_, address)| address.as_str().to_owned())
    };
    let mut upstreams = Vec::new();
    for provider in &providers {
        upstreams.extend(Upstream::all(provider, given)?);
    }
    let mut allowed_origins = Vec::new();
    for origin in &wishes.origins {
        allowed_origins.push(checked_origin(origin)?);
    }
    if allowed_origins.is_empty() {
        allowed_origins.push(EXAMPLE_ORIGIN.to_owned());
    }
    // Beside the page the relay is on the page's host; else on one of its own.
    let host = allowed_origins[0].trim_start_matches("https://").split(':').next().unwrap_or_default();
    let server_name = if wishes.page.is_some() { host.to_owned() } else { "relay.example.com".to_owned() };
    Ok(Relay {
        base: if wishes.page.is_some() { "/relay/".to_owned() } else { "/".to_owned() },
        page: wishes.page.clone().map(|folder| Page { folder, path: "/".to_owned(), brotli: false }),
        listen: Listen::Tls {
            certificate: format!("/etc/ssl/certs/{server_name}.pem"),
            key: format!("/etc/ssl/private/{server_name}.key"),
            server_name,
        },
        allowed_origins,
        upstreams,
        limits: Limits::default(),
        access_log: "/var/log/nginx/relay.log".to_owned(),
        error_log: "/var/log/nginx/relay-error.log".to_owned(),
    })
}

/// As the page reads it, so that both agree on every word.
fn read(path: &Path) -> Result<Config, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}.", path.display()))?;
    Config::parse(&text).map_err(|faults| faulty(&path.display().to_string(), &faults))
}

fn checked_origin(text: &str) -> Result<String, String> {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let is_fit = |byte: u8| byte.is_ascii_alphanumeric() || b".-:".contains(&byte);
    match host {
        Some(host) if !host.is_empty() && host.bytes().all(is_fit) => Ok(text.to_owned()),
        _ => Err(format!("“{text}” is not an origin: write it like {EXAMPLE_ORIGIN}, without a path.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn described(wishes: Wishes) -> String {
        describe(&relay(&wishes).expect("the provider files are there"))
    }

    #[test]
    fn beside_the_page_it_stands_on_the_page_s_host() {
        let text = described(Wishes {
            origins: vec!["https://desk.example.org".to_owned()],
            page: Some("/srv/memberdesk".into()),
            config: None,
        });
        for part in [
            "\"base\": \"relay\" }",
            "https://desk.example.org/relay/healthz",
            "server_name desk.example.org;",
            "\"~^https://desk\\.example\\.org$\" $http_origin;",
            "alias \"/srv/memberdesk/\";",
            "add_header Strict-Transport-Security",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }

    #[test]
    fn each_server_of_a_named_connection_has_a_path_of_its_own() {
        let folder = crate::process::target_folder().join("relay-command-test");
        fs::create_dir_all(&folder).expect("the folder can be made");
        let relay_of = |connections: &str| {
            let path = folder.join("config.json");
            let config = format!(
                r#"{{ "version": 1, "providers": ["toluna"],
                     "servers": {{ "toluna": {{ "address": "https://live.example.com" }} }}, "connections": [{connections}] }}"#
            );
            fs::write(&path, config).expect("the file can be written");
            relay(&Wishes { config: Some(path), ..Wishes::default() })
        };
        let trial = r#"{ "provider": "toluna", "name": "Trial", "server": "toluna-trial", "address": "https://trial.example.com" }"#;
        let made = relay_of(trial).expect("a relay");
        let servers = made.upstreams.iter().map(|own| (own.slug.as_str(), own.address.host.as_str()));
        let servers: Vec<_> = servers.collect();
        assert!(servers.contains(&("toluna", "live.example.com")), "{servers:?}");
        assert!(servers.contains(&("toluna-trial", "trial.example.com")), "{servers:?}");
        let wrong = relay_of(r#"{ "provider": "toluna", "name": "Trial", "server": "nowhere" }"#);
        assert!(wrong.is_err_and(|says| says.contains("/connections/0/server")));
    }

    #[test]
    fn an_origin_has_no_path() {
        for wrong in ["desk.example.org", "https://desk.example.org/", "https://a\"b", "https://"] {
            assert!(checked_origin(wrong).is_err(), "{wrong}");
        }
        assert!(checked_origin("http://127.0.0.1:8080").is_ok());
    }
}
