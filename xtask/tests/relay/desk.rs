//! Simulated providers, the relay before them, and a page beside it.

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
};

use simulated::{Ports, Simulated};
use xtask::{
    nginx::{Nginx, free_port},
    process::{root, target_folder},
    provider_files::ProviderFile,
    relay::{Limits, Listen, Page, Relay, Upstream},
    run::deployment::simulated_addresses,
};

use crate::answer::Answer;

/// The page's own.
pub const ORIGIN: &str = "https://members.example.com";
pub const OTHER: &str = "https://other.example.com";

static NEXT: AtomicU32 = AtomicU32::new(0);

pub struct Desk {
    pub nginx: Nginx,
    pub simulated: Simulated,
    folder: PathBuf,
}

impl Desk {
    pub fn start() -> Self {
        Self::build("/", |_| {})
    }

    pub fn start_with(change: impl FnOnce(&mut Relay)) -> Self {
        Self::build("/", change)
    }

    /// With the page, and the relay below it, at a path.
    pub fn start_at(path: &str) -> Self {
        Self::build(path, |relay| relay.base = format!("{path}relay/"))
    }

    pub fn ask(&self, method: &str, path: &str, headers: &[&str], body: &str) -> Answer {
        Answer::to(self.nginx.address(), method, path, headers, body)
    }

    /// From now on nobody listens at their addresses.
    pub fn stop_providers(&mut self) {
        self.simulated = Simulated::start(Ports::default()).expect("ports are free");
    }

    fn build(path: &str, change: impl FnOnce(&mut Relay)) -> Self {
        let simulated = Simulated::start(Ports::default()).expect("ports are free");
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = target_folder().join(format!("relay-test/{}-{number}", std::process::id()));
        let page = folder.join("page");
        fs::create_dir_all(&page).expect("the folder can be made");
        fs::write(page.join("index.html"), "<!doctype html>\n").expect("a file can be written");
        fs::write(page.join("page-0123456789abcdef_bg.wasm"), "large").expect("a file can be written");
        fs::write(page.join("page-0123456789abcdef_bg.wasm.br"), "small").expect("a file can be written");
        fs::write(page.join("provider.json"), "[0, 1, 2, 3]".repeat(100)).expect("a file can be written");
        let mut relay = relay(&simulated, Page { folder: page, path: path.to_owned(), brotli: true });
        change(&mut relay);
        let nginx = Nginx::start(&relay, &folder).expect("nginx starts; `cargo xtask test` installs it");
        Self { nginx, simulated, folder }
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        // What is left lies in Cargo's own folder.
        _ = fs::remove_dir_all(&self.folder);
    }
}

fn relay(simulated: &Simulated, page: Page) -> Relay {
    let addresses = simulated_addresses(simulated);
    // Never a real provider.
    let given =
        |slug: &str| Some(addresses.get(slug).cloned().unwrap_or_else(|| "http://127.0.0.1:9".to_owned()));
    let providers = ProviderFile::read_all(&root().join("providers")).expect("the provider files are there");
    let upstreams =
        providers.iter().flat_map(|provider| Upstream::all(provider, given).expect("it has servers"));
    Relay {
        listen: Listen::Plain(SocketAddr::from((Ipv4Addr::LOCALHOST, free_port().expect("a port is free")))),
        base: "/relay/".to_owned(),
        page: Some(page),
        allowed_origins: vec![ORIGIN.to_owned()],
        upstreams: upstreams.collect(),
        limits: Limits { requests_per_second: 1000, ..Limits::default() },
        access_log: "access.log".to_owned(),
        error_log: "error.log".to_owned(),
    }
}
