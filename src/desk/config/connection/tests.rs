use serde_json::{Value as Json, json};

use super::super::{Config, Leads};
use crate::desk::link::Link;
use crate::provider::Provider;

fn config(connections: Json, servers: Json) -> Result<Config, Vec<String>> {
    let file = json!({
        "version": 1, "providers": ["toluna", "webex"],
        "proxy": { "kind": "path-map", "base": "relay" }, "servers": servers, "connections": connections
    });
    let pointers = |faults: Vec<crate::provider::fault::Fault>| {
        faults.into_iter().map(|fault| fault.pointer).collect::<Vec<String>>()
    };
    Config::parse(&file.to_string()).map_err(pointers)
}

fn provider(id: &str) -> Provider {
    let path = [env!("CARGO_MANIFEST_DIR"), "/providers/", id, ".json"].concat();
    Provider::parse(&std::fs::read_to_string(path).expect("a file")).expect("a provider")
}

fn live() -> Json {
    json!({ "provider": "toluna", "name": "France", "server": "toluna", "address": "https://live.example.com", "connection": { "panel": "France" } })
}

fn test() -> Json {
    json!({ "provider": "toluna", "name": "France, testing", "server": "toluna-france", "address": "https://test.example.com", "test": true })
}

#[test]
fn connections_are_read_and_their_servers_are_the_owners() {
    let config = config(json!([live(), test()]), json!({})).expect("a configuration");
    let names: Vec<_> = config.connections_of("toluna").map(|own| (own.name.as_str(), own.test)).collect();
    assert_eq!(names, [("France", false), ("France, testing", true)]);
    assert_eq!(config.connections_of("webex").count(), 0);
    assert_eq!(config.connections[0].known, [("panel".to_string(), "France".to_string())]);
    let servers: Vec<_> = config.servers.iter().map(|(slug, at)| (slug.as_str(), at.as_str())).collect();
    assert_eq!(
        servers,
        [("toluna", "https://live.example.com"), ("toluna-france", "https://test.example.com")]
    );
    let provider = provider("toluna");
    assert_eq!(config.misfits(&provider), []);
    let more: Vec<_> = config.more_servers(&provider).into_iter().map(|server| server.slug).collect();
    assert_eq!(more, ["toluna-france"]);
}

#[test]
fn what_is_wrong_with_a_connection_is_named_at_its_place() {
    let check = |key: &str, value: Json, expected: &[&str]| {
        let mut second = test();
        match value {
            Json::Null => _ = second.as_object_mut().expect("an object").shift_remove(key),
            value => second[key] = value,
        }
        let wrong = config(json!([live(), second]), json!({})).err().unwrap_or_default();
        assert_eq!(wrong, expected, "{key}");
    };
    check("provider", json!("symbl"), &["/connections/1/provider"]);
    check("provider", Json::Null, &["/connections/1"]);
    check("name", json!("France"), &["/connections/1/name"]);
    check("name", json!(" "), &["/connections/1/name"]);
    check("server", json!("Test 1"), &["/connections/1/server"]);
    check("server", json!("toluna"), &["/connections/1/address"]);
    check("address", json!("test.example.com"), &["/connections/1/address"]);
    check("connection", json!({ "panel": 7 }), &["/connections/1/connection/panel"]);
    check("test", json!("yes"), &["/connections/1/test"]);
    check("token", json!("abc"), &["/connections/1/token"]);
    // Its path at the relay would be the other provider's.
    check("provider", json!("webex"), &[]);
    let mut foreign = test();
    foreign["provider"] = json!("webex");
    let wrong = config(json!([live(), test(), foreign]), json!({})).err().unwrap_or_default();
    assert_eq!(wrong, ["/connections/2/server"]);
    let other = json!({ "toluna-france": { "address": "https://other.example.com" } });
    assert_eq!(config(json!([test()]), other).err().unwrap_or_default(), ["/connections/0/address"]);
}

#[test]
fn what_does_not_fit_the_providers_file_is_named_at_its_place() {
    let check = |id: &str, connection: Json, expected: &[&str]| {
        let config = config(json!([connection]), json!({})).expect("a configuration");
        let faults = config.misfits(&provider(id));
        let pointers: Vec<_> = faults.iter().map(|fault| fault.pointer.as_str()).collect();
        assert_eq!(pointers, expected);
    };
    let with = |key: &str, value: Json| {
        let mut own = live();
        own[key] = value;
        own
    };
    check("toluna", live(), &[]);
    check(
        "toluna",
        with("connection", json!({ "country": "France" })),
        &["/connections/0/connection/country"],
    );
    check("toluna", with("connection", json!({ "panel": " " })), &["/connections/0/connection/panel"]);
    // It is asked for, and stands in no file that everybody can read.
    check(
        "toluna",
        with("connection", json!({ "partnerGuid": "x" })),
        &["/connections/0/connection/partnerGuid"],
    );
    let mut own = test();
    own.as_object_mut().expect("an object").shift_remove("address");
    check("toluna", own, &["/connections/0/server"]);
    // Where that server is, the file says.
    let webex = |address: bool| {
        let mut own =
            json!({ "provider": "webex", "name": if address { "Trial" } else { "Live" }, "server": "webex" });
        if address {
            own["address"] = json!("https://trial.example.com");
        }
        own
    };
    check("webex", webex(false), &[]);
    check("webex", webex(true), &["/connections/0/address"]);
    // Nor does the address of one connection hold for another one, unless the owner says it of the server.
    let mut other = live();
    (other["name"], other["test"]) = (json!("UK"), json!(true));
    let with_servers = |servers: Json| {
        let mut first = live();
        first.as_object_mut().expect("an object").shift_remove("address");
        let config = config(json!([first, other]), servers).expect("a configuration");
        config.misfits(&provider("toluna")).into_iter().map(|fault| fault.pointer).collect::<Vec<_>>()
    };
    assert_eq!(with_servers(json!({})), ["/connections/1/address"]);
    let said = json!({ "toluna": { "address": "https://live.example.com" } });
    assert_eq!(with_servers(said), [""; 0]);
    // That of another provider is not looked at.
    check("webex", with("connection", json!({ "country": "France" })), &[]);
}

#[test]
fn a_link_leads_to_one_place_that_is_known_or_to_none() {
    let france = live();
    let trial = json!({ "provider": "toluna", "name": "Trial", "server": "toluna-trial", "address": "https://trial.example.com", "connection": { "panel": "France" }, "test": true });
    let uk =
        json!({ "provider": "toluna", "name": "UK", "server": "toluna", "connection": { "panel": "UK" } });
    let check = |connections: Json, text: &str, expected: &str| {
        let config = config(connections, json!({})).expect("a configuration");
        let mut provider = provider("toluna");
        provider.offer(config.more_servers(&provider));
        let leads = match config.leads(&provider, &Link::parse(&provider, text)) {
            Leads::To(place) => place,
            Leads::Anywhere => "anywhere".to_string(),
            Leads::Nowhere => "nowhere".to_string(),
        };
        assert_eq!(leads, expected, "{text}");
    };
    let all = || json!([france, trial, uk]);
    check(all(), "connection=UK&memberCode=7", "UK");
    check(all(), "connection=Spain&memberCode=7", "nowhere");
    check(all(), "server=nowhere&memberCode=7", "nowhere");
    // The owner has no connection there.
    check(all(), "server=toluna-test&memberCode=7", "nowhere");
    check(all(), "server=toluna-trial&memberCode=7", "Trial");
    check(all(), "server=toluna&memberCode=7", "nowhere");
    check(all(), "server=toluna&panel=UK&memberCode=7", "UK");
    check(all(), "server=toluna", "France");
    check(all(), "memberCode=7", "nowhere");
    check(all(), "act=erase", "anywhere");
    check(all(), "connection=UK&server=toluna-trial&memberCode=7", "nowhere");
    // The name stands for another panel now.
    check(all(), "connection=UK&panel=France&memberCode=7", "nowhere");
    // It is of the time when there was no other server.
    check(json!([trial]), "panel=France&memberCode=7", "nowhere");
    check(json!([]), "server=toluna-test&memberCode=7", "toluna-test");
    check(json!([]), "memberCode=7", "toluna");
    check(json!([]), "act=erase", "anywhere");
    check(json!([]), "connection=UK&memberCode=7", "nowhere");
}
