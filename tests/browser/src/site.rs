//! A site as an owner puts it up: the built page and the relay on one host, with simulated providers behind.

use std::{
    env, fs, io,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
};

use memberdesk::{
    hosting::{Page, Policy},
    provider::Provider,
    relay::{Limits, Listen, Relay, Upstream},
};
use serde_json::{Value, json};
use simulated::{Ports, Server, Simulated};
use xtask::{
    nginx::{Nginx, free_port},
    process::root,
    provider_files,
    run::{Addresses, deployment::simulated_addresses, samples::samples},
};

use crate::browser::new_folder;

/// A path that an owner may have chosen; a page that works there works anywhere.
pub const PATH: &str = "/sub/path/";

/// A running site. It stops when this is dropped.
pub struct Site {
    pub webex: Server,
    pub aitable: Server,
    pub symbl: Server,
    pub flashapply: Server,
    pub toluna: Server,
    pub toluna_reference: Server,
    addresses: Addresses,
    origin: String,
    path: String,
    folder: PathBuf,
    nginx: Nginx,
}

impl Site {
    #[track_caller]
    pub fn start() -> Site {
        Site::start_with(PATH, |_| {})
    }

    /// At a path that begins and ends with a slash, with a relay that its owner set up otherwise.
    #[track_caller]
    pub fn start_with(path: &str, change: impl FnOnce(&mut Relay)) -> Site {
        let built = env::var_os("MEMBERDESK_DIST").map(PathBuf::from).expect(
            "MEMBERDESK_DIST must name the folder that the page was built into; `cargo xtask test` builds it and sets it",
        );
        let simulated = Simulated::start(Ports::default()).expect("ports are free");
        let addresses = simulated_addresses(&simulated);
        let Simulated { webex, aitable, symbl, flashapply, toluna, toluna_reference } = simulated;
        let folder = new_folder("site");
        let page = folder.join("page");
        copy(&root().join(built), &page).expect("MEMBERDESK_DIST names a folder that can be read");

        // Browsers take part in brotli only where the way is safe, and they know that localhost is.
        let port = free_port().expect("a port is free");
        let origin = format!("http://localhost:{port}");
        let mut relay = Relay {
            listen: Listen::Plain(SocketAddr::from((Ipv4Addr::LOCALHOST, port))),
            base: format!("{path}relay/"),
            page: Some(Page {
                brotli: Path::new(xtask::nginx::BROTLI_MODULE).exists(),
                ..Page::new(page, path, Policy::default())
            }),
            allowed_origins: vec![origin.clone()],
            upstreams: upstreams(&addresses),
            limits: Limits::default(),
            own_headers: Vec::new(),
            sign_in: None,
            log_folder: Some(folder.clone()),
        };
        change(&mut relay);
        let nginx = Nginx::start(&relay, &folder).expect("nginx starts; `cargo xtask test` installs it");
        let path = path.to_owned();
        let site = Site {
            webex,
            aitable,
            symbl,
            flashapply,
            toluna,
            toluna_reference,
            addresses,
            origin,
            path,
            folder,
            nginx,
        };
        site.write("config.json", &site.config().to_string());
        site
    }

    /// Scheme, host and port, as browsers name it.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The address of a place on the page, as in `#/webex`.
    pub fn address(&self, hash: &str) -> String {
        [&self.origin, &self.path, hash].concat()
    }

    /// What the owner put into `config.json`.
    pub fn config(&self) -> Value {
        let server = |(slug, address): (&String, &String)| (slug.clone(), json!({ "address": address }));
        json!({
            "version": 1,
            "providers": ["webex", "aitable", "symbl", "flashapply", "toluna"],
            "proxy": { "kind": "path-map", "base": "relay" },
            "servers": self.addresses.iter().map(server).collect::<Value>(),
            "languages": ["en", "de"],
        })
    }

    /// What the owner offers to try the page with.
    pub fn samples() -> Value {
        samples()
    }

    /// A file beside the page.
    #[track_caller]
    pub fn read(&self, file: &str) -> String {
        fs::read_to_string(self.file(file)).expect("the file is there")
    }

    /// The owner edits a file beside the page.
    #[track_caller]
    pub fn write(&self, file: &str, text: &str) {
        fs::write(self.file(file), text).expect("the file can be written");
    }

    /// The owner forgets a file.
    #[track_caller]
    pub fn remove(&self, file: &str) {
        fs::remove_file(self.file(file)).expect("the file was there");
    }

    /// Somebody changes one byte of the built file with this beginning and this end.
    #[track_caller]
    pub fn tamper(&self, start: &str, end: &str) {
        let entries = fs::read_dir(self.file("")).expect("the folder is there");
        let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
        let name =
            names.filter(|name| name.starts_with(start) && name.ends_with(end)).min_by_key(String::len);
        let name = name.expect("there is such a file");
        let mut bytes = fs::read(self.file(&name)).expect("the file is there");
        bytes.push(b' ');
        fs::write(self.file(&name), bytes).expect("the file can be written");
        for packed in [".br", ".gz"] {
            // Not every build has both.
            _ = fs::remove_file(self.file(&[&name, packed].concat()));
        }
    }

    /// Everything that the host wrote to a log.
    pub fn logs(&self) -> String {
        self.nginx.logs()
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.join("page").join(name)
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        // What is left lies in Cargo's own folder.
        _ = fs::remove_dir_all(&self.folder);
    }
}

fn upstreams(addresses: &Addresses) -> Vec<Upstream> {
    // Never a real provider.
    let given =
        |slug: &str| Some(addresses.get(slug).cloned().unwrap_or_else(|| "http://127.0.0.1:9".to_owned()));
    let providers =
        provider_files::read_all(&root().join("providers")).expect("the provider files are there");
    let all = |provider: &Provider| Upstream::all(provider, given).expect("it has servers");
    providers.iter().flat_map(all).collect()
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
