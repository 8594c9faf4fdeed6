//! The `config.json` of one run: which providers, through which proxy, and members to try it with.

use std::collections::BTreeSet;

use memberdesk::provider::Provider;
use serde_json::{Map, Value, json};
use simulated::Simulated;

use super::{Addresses, samples::samples};

/// The slugs that the simulated providers answer for.
pub fn simulated_addresses(simulated: &Simulated) -> Addresses {
    let servers = [
        ("webex", &simulated.webex),
        ("aitable", &simulated.aitable),
        ("symbl", &simulated.symbl),
        ("flashapply", &simulated.flashapply),
        ("toluna", &simulated.toluna),
        ("toluna-reference", &simulated.toluna_reference),
    ];
    servers.into_iter().map(|(slug, server)| (slug.to_owned(), server.address())).collect()
}

/// The shipped configuration with this run's proxy and servers in it, and only the providers that can be reached. What
/// it says of simulated providers is of this run alone.
pub fn config(shipped: &Value, providers: &[Provider], addresses: &Addresses, is_simulated: bool) -> String {
    let reachable = providers
        .iter()
        .filter(|provider| is_reachable(provider, addresses))
        .map(|provider| provider.id.as_str());
    let ids: Vec<&str> = match shipped["providers"].as_array() {
        Some(order) => {
            let reachable: BTreeSet<&str> = reachable.collect();
            order.iter().filter_map(Value::as_str).filter(|id| reachable.contains(id)).collect()
        }
        None => reachable.collect(),
    };
    let servers: Map<String, Value> =
        addresses.iter().map(|(slug, address)| (slug.clone(), json!({ "address": address }))).collect();
    let mut config = if shipped.is_object() { shipped.clone() } else { json!({ "version": 1 }) };
    config["providers"] = json!(ids);
    config["proxy"] = json!({ "kind": "path-map", "base": "relay" });
    config["servers"] = Value::Object(servers);
    if is_simulated {
        // No provider has a way of its own past the simulated ones.
        config["proxies"] = json!({});
        config["simulated"] = json!(true);
        config["samples"] = samples();
    } else if let Some(config) = config.as_object_mut() {
        config.remove("simulated");
        config.remove("samples");
    }
    format!("{config:#}\n")
}

/// Whether one of its servers has an address.
pub fn is_reachable(provider: &Provider, addresses: &Addresses) -> bool {
    provider.servers.iter().any(|server| addresses.contains_key(&server.slug))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{process::root, provider_files};

    fn providers() -> Vec<Provider> {
        provider_files::read_all(&root().join("providers")).expect("they are there")
    }

    #[test]
    fn only_providers_with_an_address_are_offered() {
        let addresses = Addresses::from([("webex".to_owned(), "http://127.0.0.1:1".to_owned())]);
        let config: Value =
            serde_json::from_str(&config(&Value::Null, &providers(), &addresses, false)).expect("JSON");
        assert_eq!(config["providers"], json!(["webex"]));
        assert_eq!(config["servers"], json!({ "webex": { "address": "http://127.0.0.1:1" } }));
    }

    #[test]
    fn real_providers_are_never_called_simulated() {
        let addresses = Addresses::from([("webex".to_owned(), "http://127.0.0.1:1".to_owned())]);
        let shipped = json!({ "version": 1, "simulated": true, "samples": samples() });
        for shipped in [Value::Null, shipped] {
            let config: Value =
                serde_json::from_str(&config(&shipped, &providers(), &addresses, false)).expect("JSON");
            assert_eq!((config.get("simulated"), config.get("samples")), (None, None));
        }
    }

    #[test]
    fn a_simulated_provider_has_no_way_of_its_own() {
        let addresses = Addresses::from([("webex".to_owned(), "http://127.0.0.1:1".to_owned())]);
        let shipped = json!({ "version": 1, "proxies": { "webex": { "kind": "none" } } });
        let config: Value =
            serde_json::from_str(&config(&shipped, &providers(), &addresses, true)).expect("JSON");
        assert_eq!(config["proxies"], json!({}));
    }

    #[test]
    fn the_shipped_configuration_keeps_its_order_and_its_other_words() {
        let addresses: Addresses =
            ["aitable", "webex"].map(|slug| (slug.to_owned(), "http://127.0.0.1:1".to_owned())).into();
        let shipped = json!({ "version": 1, "providers": ["webex", "aitable"], "title": "Desk" });
        let config: Value =
            serde_json::from_str(&config(&shipped, &providers(), &addresses, false)).expect("JSON");
        assert_eq!(config["providers"], json!(["webex", "aitable"]));
        assert_eq!(config["title"], "Desk");
    }

    #[test]
    fn every_shipped_provider_is_simulated_and_offered() {
        let simulated = Simulated::start(Default::default()).expect("ports are free");
        let (shipped, addresses) = (super::super::shipped(), simulated_addresses(&simulated));
        let config: Value =
            serde_json::from_str(&config(&shipped, &providers(), &addresses, true)).expect("JSON");
        assert_eq!(config["providers"], shipped["providers"]);
        let ids: BTreeSet<String> = providers().iter().map(|provider| provider.id.clone()).collect();
        let is_connected = |slug: &String| slug != "toluna-reference";
        assert_eq!(addresses.into_keys().filter(is_connected).collect::<BTreeSet<_>>(), ids);
        assert_eq!((&config["simulated"], &config["samples"]), (&json!(true), &samples()));
    }
}
