//! The smallest server of the sixth provider: strict about what arrives, and unkind to what does not.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread::JoinHandle;

use serde_json::{Value as Json, json};

pub const SEAL: &str = "a-seal-of-blue-wax";
pub const MASTER: (&str, &str) = ("Grace", "herring \"&\" tide");
pub const EDDY: &str = "1024";

/// A running server. It stops when this is dropped.
pub struct Coast {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
    stopping: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

struct State {
    keepers: Vec<Json>,
    watchword: Option<String>,
    pass: u32,
    /// What is answered to the next update in its place: status and body.
    instead: Option<(u16, Json)>,
    pub arrived: Vec<String>,
}

struct Request {
    line: String,
    headers: Vec<(String, String)>,
    body: Json,
}

/// An answer: its status and its body.
type Answer = (u16, Json);

impl Coast {
    pub fn open() -> Coast {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("loopback has free ports");
        let address = listener.local_addr().expect("an address");
        let state =
            State { keepers: keepers(), watchword: None, pass: 0, instead: None, arrived: Vec::new() };
        let (state, stopping) = (Arc::new(Mutex::new(state)), Arc::new(AtomicBool::new(false)));
        let thread = std::thread::spawn({
            let (state, stopping) = (state.clone(), stopping.clone());
            move || {
                for stream in listener.incoming() {
                    if stopping.load(Ordering::SeqCst) {
                        return;
                    }
                    converse(stream.expect("a connection"), &state);
                }
            }
        });
        Coast { address, state, stopping, thread: Some(thread) }
    }

    pub fn address(&self) -> String {
        format!("http://{}", self.address)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("nobody panicked")
    }

    pub fn keeper(&self, number: &str) -> Option<Json> {
        self.state().keepers.iter().find(|keeper| keeper["number"] == number).cloned()
    }

    pub fn watchword(&self) -> Option<String> {
        self.state().watchword.clone()
    }

    /// No pass that was handed out is good any more.
    pub fn end_passes(&self) {
        self.state().pass += 1;
    }

    pub fn answer_instead(&self, status: u16, body: Json) {
        self.state().instead = Some((status, body));
    }

    /// The first line of every request so far.
    pub fn arrived(&self) -> Vec<String> {
        self.state().arrived.clone()
    }
}

impl Drop for Coast {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::SeqCst);
        // The thread sleeps until somebody knocks.
        if TcpStream::connect(self.address).is_ok()
            && let Some(thread) = self.thread.take()
        {
            let _ = thread.join();
        }
    }
}

/// One request for each connection.
fn converse(mut stream: TcpStream, state: &Mutex<State>) {
    let Some(request) = hear(&mut stream) else { return };
    let (status, body) = state.lock().expect("nobody panicked").answer(&request);
    let body = body.to_string();
    let head = format!(
        "HTTP/1.1 {status} As it is\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
         X-Lantern-Ticket: T-{status}\r\nX-Lantern-Left: 9\r\nConnection: close\r\n\r\n",
        body.len()
    );
    let _ = stream.write_all((head + &body).as_bytes());
}

fn hear(stream: &mut TcpStream) -> Option<Request> {
    let mut bytes = Vec::new();
    let mut part = [0; 4096];
    loop {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
        if let Some(end) = end {
            let head = String::from_utf8(bytes[..end].to_vec()).ok()?;
            let mut lines = head.split("\r\n");
            let line = lines.next()?.to_string();
            let headers: Vec<(String, String)> = lines
                .filter_map(|line| line.split_once(": "))
                .map(|(name, value)| (name.to_lowercase(), value.to_string()))
                .collect();
            let length = headers.iter().find(|(name, _)| name == "content-length");
            let length: usize = length.map_or(Some(0), |(_, length)| length.parse().ok())?;
            if bytes.len() >= end + 4 + length {
                let body = serde_json::from_slice(&bytes[end + 4..]).unwrap_or(Json::Null);
                return Some(Request { line, headers, body });
            }
        }
        match stream.read(&mut part).ok()? {
            0 => return None,
            count => bytes.extend_from_slice(&part[..count]),
        }
    }
}

impl Request {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }
}

fn fault(status: u16, code: &str, place: &str, text: &str) -> Answer {
    (status, json!({ "ok": false, "fault": { "code": code, "place": place, "text": text } }))
}

impl State {
    fn answer(&mut self, request: &Request) -> Answer {
        self.arrived.push(request.line.clone());
        let target = request.line.split(' ').nth(1).unwrap_or_default();
        let method = request.line.split(' ').next().unwrap_or_default();
        if request.header("x-lantern-harbour") != Some("north-pier")
            || request.header("accept") != Some("application/json;v=3")
        {
            return fault(400, "chart", "", "the harbour or the version is not there");
        }
        let pass = format!("pass-{}", self.pass);
        if (method, target) == ("POST", "/v3/harbours/north-pier/passes") {
            let good = json!({ "kind": "day", "name": MASTER.0, "word": MASTER.1 });
            let known = request.body == good && request.header("x-lantern-pass").is_none();
            return if known {
                (200, json!({ "ok": true, "pass": { "text": pass } }))
            } else {
                fault(403, "", "", "who?")
            };
        }
        if request.header("x-lantern-pass") != Some(&pass) {
            return fault(401, "", "", "the pass is not good");
        }
        match (method, target) {
            ("GET", "/v3/me") => (200, json!({ "ok": true, "keeper": { "name": MASTER.0 } })),
            ("GET", "/v3/harbours/north-pier/keepers?view=full") => {
                (200, json!({ "ok": true, "found": { "keepers": self.keepers } }))
            }
            ("GET", "/v3/piers/p%2F1") if request.header("x-lantern-view") == Some("short") => {
                (200, json!({ "ok": true, "pier": { "name": "Pier 1", "shared": false } }))
            }
            ("PATCH", _) => match target.strip_prefix("/v3/harbours/north-pier/keepers/") {
                Some(number) => self.update(number, &request.body),
                None => fault(404, "", "", "nothing is here"),
            },
            _ => fault(404, "", "", "nothing is here"),
        }
    }

    fn update(&mut self, number: &str, body: &Json) -> Answer {
        if let Some(instead) = self.instead.take() {
            return instead;
        }
        let Some(at) = self.keepers.iter().position(|keeper| keeper["number"] == number) else {
            return fault(404, "", "", "There is no such keeper");
        };
        let mut body = body.clone();
        let Some(entries) = body.as_object_mut() else { return fault(400, "", "", "no object") };
        if entries.shift_remove("seal") != Some(json!(SEAL)) {
            return fault(400, "", "", "the seal is broken");
        }
        if entries.shift_remove("by") != Some(json!({ "/page": format!("page for {number}") })) {
            return fault(400, "", "", "nobody says who it was");
        }
        if let Some(own) = ["number", "changed", "pier"].into_iter().find(|key| entries.contains_key(*key)) {
            return fault(400, "", own, "that is ours to write");
        }
        let watchword = entries.shift_remove("watchword");
        let medals = entries.shift_remove("newMedals");
        if watchword.as_ref().is_some_and(|word| word.as_str().is_none_or(|word| word.contains("password"))) {
            // It says it all again, as bad servers do.
            return fault(
                422,
                "",
                "watchword",
                &format!("\"{}\" is too easy", watchword.unwrap_or_default()),
            );
        }
        if entries["reachMiles"].as_f64().is_some_and(|miles| miles > 99.0) {
            return fault(422, "", "reachMiles", "the earth is round");
        }
        if body["buried"] == true {
            self.keepers.remove(at);
            return (200, json!({ "ok": true, "stored": "all" }));
        }
        let taken = |other: &Json| other["number"] != number && other["callSign"] == body["callSign"];
        if self.keepers.iter().any(taken) {
            self.keepers.remove(at);
            return (200, json!({ "ok": true, "stored": "later" }));
        }
        let old = &self.keepers[at];
        for key in ["number", "changed", "pier"] {
            body[key] = old[key].clone();
        }
        // An address of old goes where the new one is.
        if body["reach"].get("email").is_some() {
            body.as_object_mut().map(|body| body.shift_remove("email"));
        }
        let crews = body["crews"].as_array().cloned().unwrap_or_default();
        body["crews"] = crews.into_iter().map(|crew| json!({ "crew": crew, "called": "A crew" })).collect();
        let mut all = body["medals"].as_array().cloned().unwrap_or_default();
        for medal in medals.as_ref().and_then(Json::as_array).into_iter().flatten() {
            match all.iter_mut().find(|own| own["year"] == medal["year"]) {
                Some(own) => own["metal"] = medal["metal"].clone(),
                None => all.push(medal.clone()),
            }
        }
        body["medals"] = all.into();
        body["changed"] = "2027-01-15T08:00:00Z".into();
        self.keepers[at] = body;
        if let Some(word) = watchword.as_ref().and_then(Json::as_str) {
            self.watchword = Some(word.to_string());
        }
        (200, json!({ "ok": true, "stored": "all" }))
    }
}

/// Written as text, because a number in a program has lost its digits already.
fn keepers() -> Vec<Json> {
    let text = r#"[
        {
            "number": "1024",
            "callSign": "EDDY-1",
            "email": "eddy@example.com",
            "reach": { "signal": 0.10 },
            "rank": "captain",
            "lamps": 3,
            "reachMiles": 12.50,
            "joined": "Friday, 21 June 1985",
            "crews": [{ "crew": 7, "called": "Dawn" }, { "crew": 90071992547409931, "called": "Dusk" }],
            "watches": [
                { "day": "monday", "hours": [4, 8], "post": { "post": "stern", "note": "starboard" }, "since": 1.0 },
                { "day": "friday", "hours": [12], "post": [{ "post": "bow" }], "tide": { "low": -0.0 } }
            ],
            "medals": [{ "year": 1999, "metal": "tin", "for": "patience" }],
            "nick": "Eddy",
            "pier": { "id": "p/1" },
            "changed": "2026-02-03T04:05:06Z",
            "ledger": 90071992547409931234,
            "": "an empty key"
        },
        { "number": "1025", "callSign": "RUTH", "rank": "mate", "crews": [], "pier": { "id": "p/1" }, "changed": "2026-01-01T00:00:00Z" }
    ]"#;
    serde_json::from_str(text).expect("JSON")
}
