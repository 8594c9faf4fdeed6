//! A browser and its driver, started for one test and gone with it.

use std::{
    fmt::Debug,
    fs,
    future::Future,
    io::{BufRead, BufReader},
    net::{Ipv4Addr, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Condvar, Mutex, PoisonError},
    time::{Duration, Instant},
};

use fantoccini::{Client, ClientBuilder, error::CmdError, wd::WebDriverCompatibleCommand};
use http::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::runtime::{Builder, Runtime};
use url::{ParseError, Url};
use xtask::{
    nginx::free_port,
    process::{command, target_folder},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Chromium,
    Firefox,
    WebKit,
}

/// A browser with one window. It closes when this is dropped.
pub struct Browser {
    pub engine: Engine,
    runtime: Runtime,
    client: Client,
    folder: PathBuf,
    // Dropped in this order: first what was started last.
    _driver: Program,
    _display: Option<Display>,
    _seat: Seat,
}

/// A program that ends when this is dropped.
struct Program(Child);

/// A screen that nobody looks at, for browsers that cannot do without.
struct Display {
    name: String,
    _server: Program,
}

/// A WebDriver command beyond those of fantoccini.
#[derive(Debug)]
struct Extra {
    method: Method,
    path: String,
    body: Option<Value>,
}

impl Browser {
    /// Waits for one of the seats, because more browsers than that only slow each other down.
    #[track_caller]
    pub fn start(engine: Engine) -> Browser {
        Browser::start_with(engine, &[])
    }

    /// With more arguments. Chromium only.
    #[track_caller]
    pub fn start_with(engine: Engine, more: &[&str]) -> Browser {
        let seat = Seat::take();
        let port = free_port().expect("a port is free");
        let folder = new_folder("browser");
        let display =
            (engine == Engine::WebKit && std::env::var_os("DISPLAY").is_none()).then(Display::start);
        let mut command = engine.driver(port);
        if let Some(display) = &display {
            command.env("DISPLAY", &display.name);
        }
        let log = fs::File::create(folder.join("driver.log")).expect("a file can be written");
        let errors = log.try_clone().expect("a file can be shared");
        let driver = Program::start(command.stdout(log).stderr(errors));
        wait_for_port(port, &folder);

        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime needs nothing that can be missing");
        let client = runtime.block_on(async {
            let mut builder = ClientBuilder::new(HttpConnector::new());
            let capabilities = match engine.capabilities(&folder, more) {
                Value::Object(capabilities) => capabilities,
                _ => unreachable!("the capabilities are an object"),
            };
            builder.capabilities(capabilities);
            builder.connect(&format!("http://127.0.0.1:{port}")).await
        });
        let client = client.unwrap_or_else(|error| {
            let log = fs::read_to_string(folder.join("driver.log")).unwrap_or_default();
            panic!("{engine:?} did not start: {error}\n{log}")
        });
        Browser { engine, runtime, client, folder, _driver: driver, _display: display, _seat: seat }
    }

    pub fn client(&self) -> &Client {
        &self.client
    }

    pub fn run<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    /// Where it puts files that a person saves.
    pub(crate) fn downloads(&self) -> PathBuf {
        self.folder.join("downloads")
    }

    /// What it has written to its own folder so far, by the paths in there. Chromium only.
    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        let profile = self.folder.join("profile");
        let (mut files, mut folders) = (Vec::new(), vec![profile.clone()]);
        while let Some(folder) = folders.pop() {
            // It makes and removes some meanwhile.
            for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
                if path.is_dir() {
                    folders.push(path);
                } else if let Ok(bytes) = fs::read(&path) {
                    let name = path.strip_prefix(&profile).unwrap_or(&path);
                    files.push((name.to_string_lossy().into_owned(), bytes));
                }
            }
        }
        files
    }

    /// A command of the DevTools protocol. Chromium only.
    #[track_caller]
    pub fn devtools(&self, name: &str, parameters: Value) -> Value {
        let body = json!({ "cmd": name, "params": parameters });
        let extra = Extra::post("goog/cdp/execute", body);
        match self.run(self.client.issue_cmd(extra)) {
            Ok(answer) => answer,
            Err(error) => panic!("{name}: {error}"),
        }
    }

    /// The same, where it may be that this browser does not know it.
    pub fn try_devtools(&self, name: &str, parameters: Value) -> bool {
        let extra = Extra::post("goog/cdp/execute", json!({ "cmd": name, "params": parameters }));
        self.run(self.client.issue_cmd(extra)).is_ok()
    }

    /// What came into a log since it was last asked for: `browser` or `performance`. Chromium only.
    #[track_caller]
    pub fn log(&self, kind: &str) -> Vec<Value> {
        let extra = Extra::post("se/log", json!({ "type": kind }));
        match self.run(self.client.issue_cmd(extra)) {
            Ok(Value::Array(entries)) => entries,
            other => panic!("the log {kind}: {other:?}"),
        }
    }

    /// What a screen reader calls an element: `computedlabel` or `computedrole`.
    pub async fn computed(&self, element: &str, what: &str) -> Result<String, CmdError> {
        let answer = self.client.issue_cmd(Extra {
            method: Method::GET,
            path: format!("element/{element}/{what}"),
            body: None,
        });
        Ok(answer.await?.as_str().unwrap_or_default().to_owned())
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let close = self.client.clone().close();
        // A browser that does not answer any more goes with its driver.
        _ = self.runtime.block_on(async { tokio::time::timeout(Duration::from_secs(5), close).await });
        // What is left lies in Cargo's own folder.
        _ = fs::remove_dir_all(&self.folder);
    }
}

impl Engine {
    fn driver(self, port: u16) -> Command {
        match self {
            Engine::Chromium => {
                let mut driver = command("chromedriver");
                driver.arg(format!("--port={port}"));
                driver
            }
            Engine::Firefox => {
                let mut driver = command("geckodriver");
                driver.args(["--host", "127.0.0.1", "--port", &port.to_string()]);
                driver
            }
            Engine::WebKit => {
                let mut driver = command("WebKitWebDriver");
                driver.arg(format!("--port={port}"));
                driver
            }
        }
    }

    fn capabilities(self, folder: &Path, more: &[&str]) -> Value {
        match self {
            Engine::Chromium => {
                let profile = format!("--user-data-dir={}", folder.join("profile").display());
                let usual = [
                    "--headless=new",
                    // Tests run as root in containers; the page is our own.
                    "--no-sandbox",
                    "--disable-dev-shm-usage",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--window-size=1280,1000",
                    &profile,
                    "about:blank",
                ];
                let arguments = [&usual[..], more].concat();
                json!({
                    "goog:chromeOptions": { "args": arguments },
                    "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
                })
            }
            Engine::Firefox => json!({ "moz:firefoxOptions": { "args": ["-headless"] } }),
            Engine::WebKit => {
                json!({ "webkitgtk:browserOptions": { "binary": mini_browser(), "args": ["--automation"] } })
            }
        }
    }
}

/// A folder of one's own below Cargo's.
pub fn new_folder(kind: &str) -> PathBuf {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let folder = target_folder().join(format!("browser-test/{kind}-{}-{number}", std::process::id()));
    fs::create_dir_all(&folder).expect("the folder can be made");
    folder
}

/// WebKitGTK's own small browser, which Debian keeps beside the library.
fn mini_browser() -> String {
    let libraries = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib"];
    let versions = ["webkitgtk-6.0", "webkit2gtk-4.1", "webkit2gtk-4.0"];
    let mut all = libraries
        .iter()
        .flat_map(|library| versions.map(|version| format!("{library}/{version}/MiniBrowser")));
    all.find(|path| Path::new(path).exists())
        .expect("WebKitGTK's MiniBrowser is installed; Debian's package is webkit2gtk-driver")
}

#[track_caller]
fn wait_for_port(port: u16, folder: &Path) {
    let start = Instant::now();
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        if start.elapsed() > Duration::from_secs(10) {
            let log = fs::read_to_string(folder.join("driver.log")).unwrap_or_default();
            panic!("the driver does not listen at {port}\n{log}");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

impl Program {
    #[track_caller]
    fn start(command: &mut Command) -> Program {
        let name = command.get_program().to_string_lossy().into_owned();
        match command.spawn() {
            Ok(child) => Program(child),
            Err(error) => panic!("{name} could not be started: {error}; `cargo xtask test` installs it"),
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself, which is what we want.
        _ = self.0.kill();
        _ = self.0.wait();
    }
}

impl Display {
    /// The server chooses a free number and prints it.
    fn start() -> Display {
        let mut command = command("Xvfb");
        command
            .args(["-displayfd", "1", "-screen", "0", "1280x1000x24", "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut server = Program::start(&mut command);
        let out = server.0.stdout.take().expect("the output is piped");
        let mut number = String::new();
        BufReader::new(out).read_line(&mut number).expect("Xvfb prints its number");
        Display { name: format!(":{}", number.trim()), _server: server }
    }
}

impl Extra {
    fn post(path: &str, body: Value) -> Extra {
        Extra { method: Method::POST, path: path.to_owned(), body: Some(body) }
    }
}

impl WebDriverCompatibleCommand for Extra {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (self.method.clone(), self.body.as_ref().map(Value::to_string))
    }
}

/// The right to have a browser open.
struct Seat;

static TAKEN: Mutex<u8> = Mutex::new(0);
static FREED: Condvar = Condvar::new();
const SEATS: u8 = 2;

impl Seat {
    fn take() -> Seat {
        let taken = TAKEN.lock().unwrap_or_else(PoisonError::into_inner);
        let mut taken =
            FREED.wait_while(taken, |taken| *taken >= SEATS).unwrap_or_else(PoisonError::into_inner);
        *taken += 1;
        Seat
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        *TAKEN.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        FREED.notify_one();
    }
}
