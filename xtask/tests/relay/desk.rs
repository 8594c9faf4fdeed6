//! Simulated providers, the relay before them, and a page beside it.

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};

use memberdesk::hosting::{Page, Policy};
use memberdesk::relay::{Address, Limits, Listen, Program, Relay, Route, Upstream};
use simulated::{Ports, Simulated};
use xtask::{
    nginx::free_port,
    process::{root, target_folder},
    provider_files,
    proxies::Running,
    run::deployment::simulated_addresses,
};

use crate::{answer::Answer, tls::TlsServer};

/// The page's own.
pub const ORIGIN: &str = "https://members.example.com";
pub const OTHER: &str = "https://other.example.com";

/// A server of a provider where nobody listens.
pub const NOBODY: &str = "aitable-cn";

/// A server with the calls of one that is simulated, whose certificate nobody has signed.
pub const UNSIGNED: &str = "unsigned";

/// A server whose address has a path of its own, which is not in the calls.
pub const DEEPER: &str = "deeper";

static NEXT: AtomicU32 = AtomicU32::new(0);

pub struct Desk {
    pub program: Program,
    pub running: Running,
    pub simulated: Simulated,
    _unsigned: TlsServer,
    folder: PathBuf,
}

impl Desk {
    pub fn start(program: Program) -> Self {
        Self::build(program, "/", |_| {})
    }

    pub fn start_with(program: Program, change: impl FnOnce(&mut Relay)) -> Self {
        Self::build(program, "/", change)
    }

    /// With the page, and the relay below it, at a path.
    pub fn start_at(program: Program, path: &str) -> Self {
        Self::build(program, path, |relay| relay.base = format!("{path}relay/"))
    }

    pub fn ask(&self, method: &str, path: &str, headers: &[&str], body: &str) -> Answer {
        Answer::to(self.running.address(), method, path, headers, body)
    }

    /// The providers forget what happened to them.
    pub fn reset(&self) {
        for (_, server) in self.simulated.servers() {
            server.reset();
            server.lift_limit();
        }
    }

    /// How many requests reached a provider.
    pub fn arrived(&self) -> usize {
        self.simulated.servers().iter().map(|(_, server)| server.arrived().len()).sum()
    }

    /// From now on nobody listens at their addresses.
    pub fn stop_providers(&mut self) {
        self.simulated = Simulated::start(Ports::default()).expect("ports are free");
    }

    fn build(program: Program, path: &str, change: impl FnOnce(&mut Relay)) -> Self {
        let simulated = Simulated::start(Ports::default()).expect("ports are free");
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = target_folder().join(format!("relay-test/{}-{number}", std::process::id()));
        let page = folder.join("page");
        fs::create_dir_all(&page).expect("the folder can be made");
        fs::write(page.join("index.html"), "<!doctype html>\n").expect("a file can be written");
        fs::write(page.join("page-0123456789abcdef_bg.wasm"), "large").expect("a file can be written");
        fs::write(page.join("page-0123456789abcdef_bg.wasm.br"), "small").expect("a file can be written");
        fs::write(page.join("provider.json"), "[0, 1, 2, 3]".repeat(100)).expect("a file can be written");
        let port = free_port().expect("a port is free");
        let unsigned = TlsServer::start(&folder, port);
        let mut relay = relay(&simulated, port, &folder);
        relay.page = Some(Page { brotli: true, ..Page::new(page, path, Policy::default()) });
        change(&mut relay);
        let running = Running::start(program, &relay, &folder).expect("it starts");
        Self { program, running, simulated, _unsigned: unsigned, folder }
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        // What is left lies in Cargo's own folder.
        _ = fs::remove_dir_all(&self.folder);
    }
}

fn relay(simulated: &Simulated, unsigned: u16, folder: &Path) -> Relay {
    let addresses = simulated_addresses(simulated);
    // Never a real provider.
    let given =
        |slug: &str| Some(addresses.get(slug).cloned().unwrap_or_else(|| "http://127.0.0.1:9".to_owned()));
    let providers =
        provider_files::read_all(&root().join("providers")).expect("the provider files are there");
    let upstreams =
        providers.iter().flat_map(|provider| Upstream::all(provider, given).expect("it has servers"));
    let mut upstreams: Vec<Upstream> = upstreams.collect();
    let own = upstreams.iter().find(|own| own.slug == "webex").expect("it is there").clone();
    let address = Address::parse(&format!("https://localhost:{unsigned}")).expect("an address");
    upstreams.push(Upstream { slug: UNSIGNED.to_owned(), address, ..own.clone() });
    let address = Address::parse(&format!("{}/v1", simulated.webex.address())).expect("an address");
    let routes = own
        .routes
        .iter()
        .map(|route| Route { method: route.method.clone(), pattern: route.pattern.replace("/v1", "") });
    upstreams.push(Upstream { slug: DEEPER.to_owned(), address, routes: routes.collect(), ..own.clone() });
    Relay {
        listen: Listen::Plain(SocketAddr::from((Ipv4Addr::LOCALHOST, free_port().expect("a port is free")))),
        base: "/relay/".to_owned(),
        page: None,
        allowed_origins: vec![ORIGIN.to_owned()],
        upstreams,
        limits: Limits { requests_per_second: 1000, ..Limits::default() },
        own_headers: Vec::new(),
        sign_in: None,
        log_folder: Some(folder.to_owned()),
    }
}
