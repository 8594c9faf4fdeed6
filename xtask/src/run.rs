//! The page on this machine, with simulated providers or the real ones behind Trunk's proxy.

mod child;
pub mod deployment;
pub mod samples;
mod trunk_config;

use std::{
    collections::BTreeMap,
    env, fs,
    net::{Ipv4Addr, TcpListener},
    path::PathBuf,
};

use memberdesk::provider::{Provider, server::Server};
use simulated::{Ports, Simulated};

use crate::{
    arguments::Arguments,
    process::{command, root},
    provider_files,
    tools::{FOR_RUNNING, Tool, has_node, install_missing, missing},
};
use child::Child;

const PORT: u16 = 8080;
/// Trunk's proxy says of a provider that it does not reach with which query, and a query may hold a secret.
const LOG: &str = "error,trunk=info,trunk::serve=off";

/// The relay's own word.
const HEALTH: &str = r#"{"relay":1}"#;

/// Server slugs and where they are.
pub type Addresses = BTreeMap<String, String>;

#[derive(Debug)]
struct Options {
    release: bool,
    real: bool,
    servers: Addresses,
    port: u16,
}

pub fn run(arguments: Arguments) -> Result<(), String> {
    let options = options(arguments)?;
    announce(&options);
    install_missing(&FOR_RUNNING)?;
    let small = options.release && install_wasm_opt()?;

    let providers = provider_files::read_all(&root().join("providers"))?;
    let simulated = if options.real { None } else { Some(start_simulated()?) };
    let addresses = match &simulated {
        Some(simulated) => deployment::simulated_addresses(simulated),
        None => real_addresses(&providers, &options.servers),
    };

    let folder = root().join("target/run");
    let page = deployment::config(&shipped(), &providers, &addresses, simulated.is_some());
    let page_path = write(&folder, "config.json", &page)?;
    let trunk = trunk_config::trunk_config(&addresses, simulated.is_some(), options.port)?;
    let trunk_path = write(&folder, "Trunk.toml", &trunk)?;

    let mut trunk = command("trunk");
    trunk
        .args(["--log", LOG])
        .arg("serve")
        .arg("--config")
        .arg(trunk_path)
        .env("MEMBERDESK_CONFIG", page_path);
    let dist = folder.join("dist");
    // What an earlier run built is not this page. It may not be there.
    _ = fs::remove_dir_all(&dist);
    trunk.arg("--dist").arg(dist).arg(root().join("index.html"));
    match (options.release, small) {
        (true, true) => _ = trunk.arg("--release"),
        // Trunk calls wasm-opt in its own release mode only.
        (true, false) => _ = trunk.args(["--cargo-profile", "release"]),
        (false, _) => {}
    }
    let mut child = Child::start(trunk)?;
    if child.wait_for_page(options.port)? {
        tell(&options, &providers, &addresses);
    }
    child.wait()
}

/// Trunk calls this after each build: the page that it has built gets the configuration of this run.
pub fn place(arguments: Arguments) -> Result<(), String> {
    arguments.finish()?;
    let from = env::var_os("MEMBERDESK_CONFIG").ok_or("MEMBERDESK_CONFIG is not set.")?;
    let to = env::var_os("TRUNK_STAGING_DIR").ok_or("TRUNK_STAGING_DIR is not set.")?;
    let (from, to) = (PathBuf::from(from), PathBuf::from(to));
    let text = fs::read_to_string(&from).map_err(|error| format!("{}: {error}.", from.display()))?;
    write(&to, "config.json", &text)?;
    // Whether the proxy is there is asked as of the relay: what serves this file is the proxy.
    write(&to.join("relay"), "healthz", HEALTH)?;
    Ok(())
}

fn options(mut arguments: Arguments) -> Result<Options, String> {
    let release = arguments.flag("--release");
    let real = arguments.flag("--real");
    let mut servers = Addresses::new();
    for server in arguments.values("--server")? {
        let (slug, address) = server.split_once('=').ok_or("Write --server slug=https://its.address")?;
        if !(address.starts_with("https://") || address.starts_with("http://")) {
            return Err(format!("The address of {slug} must start with https://"));
        }
        servers.insert(slug.to_owned(), address.trim_end_matches('/').to_owned());
    }
    if !servers.is_empty() && !real {
        return Err("--server goes with --real: without it the simulated providers answer.".to_owned());
    }
    let port = match arguments.value("--port")? {
        Some(port) => port.parse().map_err(|_| format!("“{port}” is not a port."))?,
        None => free_port(),
    };
    arguments.finish()?;
    if !is_free(port) {
        return Err(format!("Port {port} is in use. Choose another with --port."));
    }
    Ok(Options { release, real, servers, port })
}

fn announce(options: &Options) {
    let providers = if options.real { "the real providers" } else { "simulated providers" };
    println!("This builds Memberdesk and serves it at http://127.0.0.1:{}/ with {providers}.", options.port);
    let small = if options.release && has_node() { &[Tool::WasmOpt][..] } else { &[] };
    let missing = missing(&[&FOR_RUNNING[..], small].concat());
    if missing.is_empty() {
        println!("The tools are there. A first build takes a few minutes, later ones seconds.");
    } else {
        println!(
            "The first time takes 5 to 12 minutes on two cores: it installs tools into target/ and builds."
        );
        println!("Nothing is installed outside this folder but Rust's library for WebAssembly.");
    }
    println!("Ctrl-C stops it.\n");
}

/// Whether the release build can be made small.
fn install_wasm_opt() -> Result<bool, String> {
    if !Tool::WasmOpt.is_present() && !has_node() {
        println!("Without wasm-opt, because Node 20 with npm is not installed: the page will be larger.");
        return Ok(false);
    }
    install_missing(&[Tool::WasmOpt]).map(|()| true)
}

/// The configuration that a visitor gets where nobody changes it; null if there is none.
fn shipped() -> serde_json::Value {
    let text = fs::read_to_string(root().join("config.json")).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

fn start_simulated() -> Result<Simulated, String> {
    Simulated::start(Ports::default())
        .map_err(|error| format!("The simulated providers did not start: {error}."))
}

fn real_addresses(providers: &[Provider], given: &Addresses) -> Addresses {
    let servers = providers.iter().flat_map(|provider| provider.places());
    let known = |server: &Server| Some((server.slug.clone(), server.address.clone()?));
    let mut addresses: Addresses = servers.filter_map(known).collect();
    addresses.extend(given.clone());
    addresses
}

fn write(folder: &std::path::Path, name: &str, text: &str) -> Result<PathBuf, String> {
    let path = folder.join(name);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(&path, text))
        .map_err(|error| format!("{}: {error}.", path.display()))?;
    Ok(path)
}

fn tell(options: &Options, providers: &[Provider], addresses: &Addresses) {
    println!("\nMemberdesk is ready: http://127.0.0.1:{}/\n", options.port);
    if options.real {
        println!("The providers are the real ones: what you change there is really changed.");
        for provider in providers.iter().filter(|provider| !deployment::is_reachable(provider, addresses)) {
            println!("{} is not offered: say where it is by --server SLUG=https://its.address", provider.id);
        }
    } else {
        println!("The providers are simulated: nobody real is changed.");
        println!("Choose one; the blue box fills in a token and a member.");
    }
    println!("Ctrl-C stops it.");
}

fn free_port() -> u16 {
    (PORT..PORT + 50).find(|port| is_free(*port)).unwrap_or(PORT)
}

fn is_free(port: u16) -> bool {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(line: &str) -> Result<Options, String> {
        options(Arguments::new(line.split_whitespace().map(str::to_owned)))
    }

    #[test]
    fn a_server_needs_a_slug_an_address_and_real() {
        let options = typed("--real --server own=https://table.example/").expect("well typed");
        assert_eq!(options.servers["own"], "https://table.example");
        for wrong in
            ["--real --server own", "--real --server own=table.example", "--server own=https://a.example"]
        {
            assert!(typed(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn real_addresses_are_those_of_the_files_and_those_given() {
        let providers = provider_files::read_all(&root().join("providers")).expect("they are there");
        let given = Addresses::from([("own".to_owned(), "https://table.example".to_owned())]);
        let addresses = real_addresses(&providers, &given);
        assert_eq!(addresses["own"], "https://table.example");
        assert!(addresses.len() > 1);
        assert!(addresses.values().all(|address| address.starts_with("https://")), "{addresses:?}");
    }
}
