mod connection;

use std::ops::RangeInclusive;
use std::time::Duration;

use serde_json::Value as Json;

use crate::provider::duration;
use crate::provider::fault::{Fault, Faults};
use crate::provider::reader::Place;
use crate::provider::server::is_slug;
use crate::transport::{Address, Proxies, Proxy};

use super::proxy;
use super::recent::Keeping;

pub use connection::{Connection, Leads};

/// The version of `config.json` that this page reads.
pub const VERSION: usize = 1;

/// How long an answer may take, its body included, if nobody says otherwise.
pub const TIME_LIMIT: Duration = Duration::from_secs(30);

/// The seconds that a time limit may have.
pub const TIME_LIMITS: RangeInclusive<u64> = 1..=600;

/// What the owner of the page decided, in `config.json` beside it. It needs no rebuild.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// The providers to offer: the names of their files.
    pub providers: Vec<String>,
    pub proxies: Proxies,
    /// Whether the owner named the proxy for all, were it none.
    pub names_proxy: bool,
    /// The person in front of the page cannot choose another one.
    pub locks_proxy: bool,
    /// Addresses of servers, where the provider file says "ask" or the owner has another one.
    pub servers: Vec<(String, Address)>,
    /// The owner says that the providers are simulated. What stands behind a relay cannot be known here, so nothing
    /// else tells it; but it is not believed of a server or a proxy elsewhere.
    pub simulated: bool,
    /// Accounts and servers of providers that the owner gave a name.
    pub connections: Vec<Connection>,
    pub samples: Vec<Sample>,
    /// How long an answer may take, if the owner said so.
    pub time_limit: Option<Duration>,
    /// The languages to offer, by their BCP 47 tags; the first one where nobody wishes for another.
    pub languages: Vec<String>,
    /// How far the members that were looked at last are remembered.
    pub recents: Keeping,
    /// The sites that may show the page in a frame, as a policy names them.
    pub allowed_parents: Vec<String>,
}

/// A connection that is ready to try. It may hold a credential in clear, so it is only allowed for servers on
/// this very machine.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    pub provider: String,
    pub server: String,
    pub label: String,
    /// Answers to the first form by their keys, secrets among them.
    pub secrets: Vec<(String, String)>,
    pub identity: Vec<(String, String)>,
}

impl Config {
    /// A configuration that can be relied on, or all that is wrong with it.
    pub fn parse(text: &str) -> Result<Config, Vec<Fault>> {
        let faults = Faults::default();
        let config = match serde_json::from_str::<Json>(text) {
            Ok(value) => Config::read(&Place::new(&value, &faults)),
            Err(error) => {
                let (line, column) = (error.line().to_string(), error.column().to_string());
                let says = ["This is not JSON: see line ", &line, ", column ", &column, "."].concat();
                faults.add("", says, "Mend the JSON there. An editor that checks JSON shows the place.");
                None
            }
        };
        match (config, faults.into_list()) {
            (Some(config), faults) if faults.is_empty() => Ok(config),
            (_, faults) => Err(faults),
        }
    }

    fn read(place: &Place) -> Option<Config> {
        let object = place.object()?;
        if let Some(place) = object.need("version")
            && place.count() != Some(VERSION)
        {
            place.fault("This version is not known to this page.", "Write 1, or put up a newer page.");
        }
        let slug = |place: &Place| {
            let wanted = "a provider’s file name without .json, as in some-provider";
            place.parsed(wanted, |text| is_slug(text).then(|| text.to_string()))
        };
        let providers = object.need("providers").map(|place| place.list()).unwrap_or_default();
        let providers: Vec<String> = providers.iter().filter_map(slug).collect();
        let named = object.get("proxy");
        let names_proxy = named.is_some();
        let default = named.and_then(|place| proxy::read(&place)).unwrap_or_else(Proxy::none);
        let locks_proxy = object.flag("proxy_locked");
        let entries = |key| match object.get(key).and_then(|place: Place| place.object()) {
            Some(map) => map.entries(),
            None => Vec::new(),
        };
        let exceptions = entries("proxies").into_iter();
        let exceptions =
            exceptions.filter_map(|(name, place)| Some((name.to_string(), proxy::read(&place)?)));
        let proxies = Proxies { default, exceptions: exceptions.collect() };
        let mut servers: Vec<(String, Address)> = entries("servers")
            .into_iter()
            .filter_map(|(slug, place)| {
                let object = place.object()?;
                let address = object.need("address").and_then(|place| address(&place));
                object.done();
                Some((slug.to_string(), address?))
            })
            .collect();
        let connections = object.get("connections");
        let connections = connections
            .map(|place| connection::read_all(&place, &providers, &mut servers))
            .unwrap_or_default();
        let simulated = object.get("simulated").is_some_and(|place| simulated(&place, &servers, &proxies));
        let samples = object.get("samples").map(|place| place.list()).unwrap_or_default();
        let samples = samples.iter().filter_map(|place| Sample::read(place, &servers, &proxies)).collect();
        let time_limit = object.get("time_limit").and_then(|place| time_limit(&place));
        let languages =
            object.get("languages").map_or_else(|| vec!["en".to_string()], |place| languages(&place));
        let keeping = |place: Place| place.parsed("one of: tab, device, off", Keeping::parse);
        let recents = object.get("recents").and_then(keeping).unwrap_or_default();
        let parents = object.get("allowed_parents").map(|place| place.list()).unwrap_or_default();
        let allowed_parents = parents.iter().filter_map(origin).collect();
        object.done();
        Some(Config {
            providers,
            proxies,
            names_proxy,
            locks_proxy,
            servers,
            simulated,
            connections,
            samples,
            time_limit,
            languages,
            recents,
            allowed_parents,
        })
    }
}

/// The owner's word that the providers are simulated, where the rest of the file agrees.
fn simulated(place: &Place, servers: &[(String, Address)], proxies: &Proxies) -> bool {
    let is_simulated = place.flag().unwrap_or_default();
    let mut bases = proxies.all().filter_map(|proxy| proxy.base()?.address());
    let is_here = !servers.is_empty()
        && servers.iter().all(|(_, address)| address.is_loopback())
        && bases.all(Address::is_loopback);
    if is_simulated && !is_here {
        let cure = "Remove it, or give each server and each proxy an address on this machine, as in http://127.0.0.1:8101.";
        place.fault(
            "Providers are only simulated where every server and every proxy is on this machine.",
            cure,
        );
    }
    is_simulated && is_here
}

/// Each is a part of the name of a file in `texts/`.
fn languages(place: &Place) -> Vec<String> {
    let is_tag = |text: &str| {
        let plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
        text.split('-').all(plain)
    };
    let tag = |place: &Place| {
        let wanted = "a language’s tag in letters, digits and hyphens, as in de or pt-BR";
        place.parsed(wanted, |text| is_tag(text).then(|| text.to_string()))
    };
    if place.is_empty_list() {
        place.fault("No language is offered.", "Name at least one, as in [\"en\"], or remove the key.");
    }
    place.list().iter().filter_map(tag).collect()
}

impl Sample {
    fn read(place: &Place, servers: &[(String, Address)], proxies: &Proxies) -> Option<Sample> {
        let object = place.object()?;
        let sample = Sample {
            provider: object.need_text("provider"),
            server: object.need_text("server"),
            label: object.need_text("label"),
            secrets: object.texts("secrets"),
            identity: object.texts("identity"),
        };
        object.done();
        let address = servers.iter().find(|(slug, _)| *slug == sample.server).map(|(_, address)| address);
        let proxy = proxies.of(&sample.provider, &sample.server).base().and_then(|base| base.address());
        if !address.is_some_and(Address::is_loopback) || !proxy.is_none_or(Address::is_loopback) {
            let cure = "Remove the sample, or give its server an address on this machine, as in http://127.0.0.1:8101.";
            place
                .fault("A sample connection is only allowed for a server and a proxy on this machine.", cure);
            return None;
        }
        Some(sample)
    }
}

/// A time limit, in the form that `config.json` and the settings share.
pub fn time_limit(place: &Place) -> Option<Duration> {
    let bounded = |text: &str| duration::parse(text).filter(|limit| TIME_LIMITS.contains(&limit.as_secs()));
    place.parsed("an ISO 8601 duration from PT1S to PT10M, as in PT30S", bounded)
}

/// A site exactly as browsers write it, or it never fits.
fn origin(place: &Place) -> Option<String> {
    let wanted = "a site without a path, as in https://portal.example.com";
    place.parsed(wanted, |text| {
        Address::parse(text).ok().filter(|address| address.origin() == text).map(|_| text.to_string())
    })
}

fn address(place: &Place) -> Option<Address> {
    match Address::parse(&place.text()?) {
        Ok(address) => Some(address),
        Err(fault) => {
            place.fault("This address cannot be used.", fault.words());
            None
        }
    }
}

#[cfg(test)]
mod tests;
