use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::time::Duration;

use super::{Faults, Trouble};

fn host(trouble: Trouble) -> Faults {
    let faults = Faults::start(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("a port is free");
    faults.suffer(trouble);
    faults
}

/// Everything that comes back, and whether the connection ended well.
fn ask(faults: &Faults, method: &str, path: &str) -> (String, bool) {
    let mut stream = TcpStream::connect(("127.0.0.1", faults.port())).expect("it listens");
    let origin = "Origin: http://localhost\r\n";
    let request = format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\n{origin}Content-Length: 0\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("it is heard");
    let mut bytes = Vec::new();
    let ended = stream.read_to_end(&mut bytes).is_ok();
    (String::from_utf8_lossy(&bytes).into_owned(), ended)
}

#[test]
fn without_trouble_it_is_a_page_and_a_relay() {
    let faults = host(Trouble::None);
    faults.configure("{\"version\":1}");
    let (text, _) = ask(&faults, "GET", "/config.json?probe=1");
    assert!(text.ends_with("{\"version\":1}"), "{text}");
    assert!(ask(&faults, "GET", "/Cargo.toml").0.starts_with("HTTP/1.1 200"));
    assert!(ask(&faults, "GET", "/../Cargo.toml").0.starts_with("HTTP/1.1 404"));
    for method in ["GET", "PUT"] {
        let (text, _) = ask(&faults, method, "/relay/healthz?probe=1");
        assert!(text.contains("X-Relay: 1") && text.ends_with("{\"relay\":1}"), "{text}");
    }
    let (text, _) = ask(&faults, "GET", "/relay/club/members");
    assert!(text.starts_with("HTTP/1.1 401") && text.contains("X-Relay-Source: upstream"), "{text}");
    assert!(ask(&faults, "OPTIONS", "/relay/club/members").0.starts_with("HTTP/1.1 204"));
    assert_eq!(faults.heard().len(), 4);
    assert_eq!(faults.heard(), [""; 0]);
}

#[test]
fn each_trouble_shows_on_the_wire() {
    let check = |trouble, method: &str, path: &str, has: &str, lacks: &str| {
        let (text, _) = ask(&host(trouble), method, path);
        assert!(text.contains(has), "{trouble:?}: {has} in {text}");
        assert!(lacks.is_empty() || !text.contains(lacks), "{trouble:?}: {lacks} in {text}");
    };
    let health = "/relay/healthz";
    check(Trouble::NoOrigin, "GET", health, "{\"relay\":1}", "Allow-Origin");
    check(
        Trouble::WrongOrigin,
        "GET",
        health,
        "Allow-Origin: https://elsewhere",
        "Allow-Origin: http://localhost",
    );
    check(Trouble::DoubledOrigin, "GET", health, "Allow-Origin: *", "");
    check(Trouble::DoubledOrigin, "GET", health, "Allow-Origin: http://localhost", "");
    for status in [403, 405, 500] {
        check(Trouble::Preflight(status), "OPTIONS", health, &format!("HTTP/1.1 {status}"), "");
        check(Trouble::Preflight(status), "GET", health, "HTTP/1.1 200", "");
    }
    check(Trouble::PreflightRedirect, "OPTIONS", health, "HTTP/1.1 301", "");
    check(Trouble::NoPut, "OPTIONS", health, "Allow-Methods: GET, PATCH, POST", "PUT");
    check(Trouble::NoPatch, "OPTIONS", health, "Allow-Methods: GET, PUT, POST", "PATCH");
    check(Trouble::NoAuthorization, "OPTIONS", health, "Allow-Headers: Content-Type", "Authorization");
    check(Trouble::NoContentType, "OPTIONS", health, "Allow-Headers: Authorization", "Content-Type,");
    check(Trouble::Hidden, "GET", health, "X-Relay: 1", "Expose");
    check(Trouble::Unmarked, "GET", health, "{\"ok\":true}", "X-Relay:");
    check(Trouble::Page, "GET", health, "text/html", "X-Relay");
    check(Trouble::BadGateway, "GET", health, "HTTP/1.1 502", "X-Relay:");
    check(Trouble::Redirect(301), "GET", health, "Location: /elsewhere", "");
    for status in [200, 302, 511] {
        check(Trouble::Portal(status), "GET", "/config.json", "Sign in to the network", "Allow-Origin");
    }
    let refused = Trouble::Refuses { status: 403, code: "origin_not_allowed" };
    check(refused, "GET", health, "\"code\":\"origin_not_allowed\"", "");
    let unreachable = Trouble::Relay { status: 502, code: "upstream_unreachable", sent: "no" };
    check(unreachable, "GET", health, "{\"relay\":1}", "");
    check(unreachable, "GET", "/relay/club/x", "X-Relay-Sent: no", "");
    check(Trouble::Provider(503), "GET", "/relay/club/x", "HTTP/1.1 503", "");
    check(Trouble::ProviderNoOrigin, "GET", "/relay/club/x", "HTTP/1.1 401", "Allow-Origin");
    check(Trouble::Slow(Duration::from_millis(1)), "GET", health, "{\"relay\":1}", "");
}

#[test]
fn a_broken_connection_is_broken() {
    let health = "/relay/healthz";
    assert_eq!(ask(&host(Trouble::Cut), "GET", health), (String::new(), true));
    assert_eq!(ask(&host(Trouble::Reset), "GET", health), (String::new(), false));
    let (text, _) = ask(&host(Trouble::Truncated), "GET", health);
    assert!(text.contains("Content-Length: 11") && text.ends_with("{\"rel"), "{text}");
    // Who says nothing holds the connection until the other side goes.
    for (trouble, method, path) in [
        (Trouble::BlackHole, "GET", health),
        (Trouble::PreflightHangs, "OPTIONS", health),
        (Trouble::ProviderHangs, "GET", "/relay/club/x"),
    ] {
        let faults = host(trouble);
        let mut stream = TcpStream::connect(("127.0.0.1", faults.port())).expect("it listens");
        // In pieces, as a network may deliver it.
        for piece in [&*format!("{method} {path}"), " HTTP/1.1\r\n", "Host: localhost\r\n\r\n"] {
            stream.write_all(piece.as_bytes()).expect("it is heard");
        }
        drop(faults);
        assert!(!matches!(stream.read(&mut [0; 16]), Ok(1..)), "{trouble:?}");
    }
}
