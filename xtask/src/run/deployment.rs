//! The `config.json` of one run: which providers, through which proxy, and members to try it with.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use simulated::{Simulated, aitable, webex};

use super::Addresses;
use crate::provider_files::ProviderFile;

/// The slugs that the simulated providers answer for.
pub fn simulated_addresses(simulated: &Simulated) -> Addresses {
    let servers = [("webex", &simulated.webex), ("aitable", &simulated.aitable)];
    servers.into_iter().map(|(slug, server)| (slug.to_owned(), server.address())).collect()
}

/// The shipped configuration with this run's proxy and servers in it, and only the providers that can be reached.
pub fn config(
    shipped: &Value,
    providers: &[ProviderFile],
    addresses: &Addresses,
    with_samples: bool,
) -> String {
    let is_reachable = |provider: &ProviderFile| {
        provider.servers().iter().any(|server| addresses.contains_key(&server.slug))
    };
    let reachable =
        providers.iter().filter(|provider| is_reachable(provider)).map(|provider| provider.id.as_str());
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
    if with_samples {
        config["samples"] = samples();
    }
    format!("{config:#}\n")
}

/// Members of the simulated providers, each for something else to see.
fn samples() -> Value {
    let webex = |id: &str, label: &str| {
        json!({
            "provider": "webex",
            "server": "webex",
            "label": label,
            "secrets": { "token": webex::TOKEN },
            "identity": { "membershipId": id },
        })
    };
    let aitable = |id: &str, label: &str| {
        json!({
            "provider": "aitable",
            "server": "aitable",
            "label": label,
            "secrets": { "token": aitable::TOKEN },
            "identity": { "spaceId": aitable::SPACE, "unitId": id },
        })
    };
    json!([
        webex(webex::UNMODERATED, "Siobhán O'Brien, in a space without moderators"),
        webex(webex::MODERATED, "Jean-Luc D’Angelo, a moderator"),
        webex(webex::DIRECT, "ليلى حسن, in a one-to-one space"),
        webex(webex::DIRECT_HIDDEN, "Zoë 🚀 Müller, in a hidden one-to-one space"),
        webex(webex::CLOSED, "王小明, in a space that you may not change"),
        aitable(aitable::MEMBER, "John, one team and one role"),
        aitable(aitable::MEMBER_TWO_TEAMS, "Amélie D'Arcy, in two teams"),
        aitable(aitable::MEMBER_NO_ROLES, "فاطمة الزهراء, no roles"),
        aitable(aitable::MEMBER_NO_TEAM, "張偉, in the root team only"),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::root;

    fn providers() -> Vec<ProviderFile> {
        ProviderFile::read_all(&root().join("providers")).expect("they are there")
    }

    #[test]
    fn only_providers_with_an_address_are_offered() {
        let addresses = Addresses::from([("webex".to_owned(), "http://127.0.0.1:1".to_owned())]);
        let config: Value =
            serde_json::from_str(&config(&Value::Null, &providers(), &addresses, false)).expect("JSON");
        assert_eq!(config["providers"], json!(["webex"]));
        assert_eq!(config["servers"], json!({ "webex": { "address": "http://127.0.0.1:1" } }));
        assert_eq!(config.get("samples"), None);
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
    fn every_sample_is_a_member_there() {
        let simulated = Simulated::start(Default::default()).expect("ports are free");
        let config = config(&Value::Null, &providers(), &simulated_addresses(&simulated), true);
        let config: Value = serde_json::from_str(&config).expect("JSON");
        for sample in config["samples"].as_array().expect("a list") {
            let identity = sample["identity"].as_object().expect("an object");
            let key = identity.values().next_back().and_then(Value::as_str).expect("the member's own key");
            let server = if sample["provider"] == "webex" { &simulated.webex } else { &simulated.aitable };
            assert!(server.member(key).is_some(), "{}", sample["label"]);
        }
    }
}
