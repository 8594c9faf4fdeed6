//! A running nginx with our relay, from any folder and without rights, for the tests.

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::Command,
    sync::atomic::{AtomicU32, Ordering},
};

use memberdesk::hosting::{Page, Policy};
use memberdesk::relay::{Limits, Listen, Program, Relay};

use crate::{daemon::Daemon, process::command};

/// Where Debian puts the module that sends `.br` files.
pub const BROTLI_MODULE: &str = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so";

/// Stops when it is dropped.
#[derive(Debug)]
pub struct Nginx {
    daemon: Daemon,
    folder: PathBuf,
}

impl Nginx {
    /// Starts it in a folder of its own and waits until it accepts connections.
    pub fn start(relay: &Relay, folder: &Path) -> Result<Self, String> {
        let Listen::Plain(address) = relay.listen else {
            return Err("A relay for tests listens without TLS.".to_owned());
        };
        Self::with(&relay.bare(Program::Nginx), address, folder)
    }

    /// The same with any configuration that listens there.
    pub fn with(config: &str, address: SocketAddr, folder: &Path) -> Result<Self, String> {
        let nginx = prepare(config, folder)?;
        Ok(Self { daemon: Daemon::start(nginx, address, folder)?, folder: folder.to_owned() })
    }

    pub fn address(&self) -> SocketAddr {
        self.daemon.address()
    }

    /// Everything that it wrote to a log.
    pub fn logs(&self) -> String {
        let read = |name| fs::read_to_string(self.folder.join(name)).unwrap_or_default();
        ["relay.log", "relay-error.log", "error.log"].map(read).concat() + &self.daemon.output()
    }
}

/// A page below a path, as an owner serves it beside the relay, and its address. No provider is reached from here.
pub fn serve_page(page: PathBuf, path: &str, folder: &Path) -> Result<(Nginx, String), String> {
    let port = free_port()?;
    // Browsers take part in brotli only where the way is safe, and they know that localhost is.
    let origin = format!("http://localhost:{port}");
    let relay = Relay {
        listen: Listen::Plain(SocketAddr::from((Ipv4Addr::LOCALHOST, port))),
        base: format!("{path}relay/"),
        page: Some(Page {
            brotli: Path::new(BROTLI_MODULE).exists(),
            ..Page::new(page, path, Policy::default())
        }),
        allowed_origins: vec![origin.clone()],
        upstreams: Vec::new(),
        limits: Limits::default(),
        own_headers: Vec::new(),
        sign_in: None,
        log_folder: Some(folder.to_owned()),
    };
    Ok((Nginx::start(&relay, folder)?, [&origin, path].concat()))
}

/// What `nginx -t` finds wrong with a configuration that belongs inside `http { … }`.
pub fn check(config: &str, folder: &Path) -> Result<(), String> {
    let output = prepare(config, folder)?.arg("-t").output().map_err(|error| format!("nginx: {error}."))?;
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

/// A port that is free at this moment, and that nobody is given who asks for any: those begin at 32768 (Linux) or
/// later, so nothing takes it before it is used.
pub fn free_port() -> Result<u16, String> {
    const FIRST: u32 = 20_000;
    const MANY: u32 = 12_000;
    static NEXT: AtomicU32 = AtomicU32::new(0);
    // Several programs that run at once begin at different places.
    let start = std::process::id().wrapping_mul(97);
    let next = || FIRST + start.wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed)) % MANY;
    let mut ports = (0..MANY).filter_map(|_| u16::try_from(next()).ok());
    let free = ports.find(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok());
    free.ok_or_else(|| "No port is free.".to_owned())
}

fn prepare(config: &str, folder: &Path) -> Result<Command, String> {
    let module = if Path::new(BROTLI_MODULE).exists() {
        format!("load_module {BROTLI_MODULE};\n")
    } else {
        String::new()
    };
    let whole = format!(
        "{module}daemon off;
master_process off;
pid nginx.pid;
error_log error.log emerg;
events {{ worker_connections 1024; }}
http {{
client_body_temp_path body;
proxy_temp_path proxy;
fastcgi_temp_path fastcgi;
uwsgi_temp_path uwsgi;
scgi_temp_path scgi;
{config}}}
"
    );
    let path = folder.join("nginx.conf");
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(&path, whole))
        .map_err(|error| format!("{}: {error}.", path.display()))?;
    let mut nginx = command("nginx");
    nginx.arg("-p").arg(folder).arg("-c").arg(&path).arg("-e").arg(folder.join("error.log"));
    Ok(nginx)
}
