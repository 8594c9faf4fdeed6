//! The configuration that an owner gets.

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr, TcpStream},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

use xtask::{
    nginx::{Nginx, check, free_port},
    process::{root, target_folder},
    relay::{
        Address, Listen, Page,
        command::{describe, example},
        nginx,
    },
};

#[path = "relay/answer.rs"]
mod answer;

fn folder(name: &str) -> PathBuf {
    let folder = target_folder().join("owner-test").join(name);
    fs::create_dir_all(&folder).expect("the folder can be made");
    folder
}

/// A certificate that nobody has signed: the file and its key.
fn certificate(folder: &std::path::Path) -> (PathBuf, PathBuf) {
    let (certificate, key) = (folder.join("cert.pem"), folder.join("key.pem"));
    let made = Command::new("openssl")
        .args([
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-days",
            "2",
        ])
        .args(["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout"])
        .arg(&key)
        .arg("-out")
        .arg(&certificate)
        .stderr(Stdio::null())
        .status();
    assert!(made.is_ok_and(|status| status.success()), "openssl makes a certificate");
    (certificate, key)
}

#[test]
fn the_file_in_deploy_is_what_the_command_prints() {
    let path = root().join("deploy/relay.nginx.conf");
    let shown = fs::read_to_string(&path).unwrap_or_default();
    let made = describe(&example().expect("the provider files are there"));
    assert!(shown == made, "Run `cargo xtask relay > deploy/relay.nginx.conf`.");
}

/// The names of providers and the owner's certificate are not here, all else is checked as it is printed.
#[test]
fn nginx_accepts_it_with_and_without_the_page() {
    for name in ["alone", "with-page"] {
        let folder = folder(name);
        let mut relay = example().expect("the provider files are there");
        for upstream in &mut relay.upstreams {
            upstream.address.host = "localhost".to_owned();
        }
        let (certificate, key) = certificate(&folder);
        relay.listen = Listen::Tls {
            server_name: "members.example.com".to_owned(),
            certificate: certificate.display().to_string(),
            key: key.display().to_string(),
        };
        (relay.access_log, relay.error_log) = ("access.log".to_owned(), "error.log".to_owned());
        if name == "with-page" {
            relay.base = "/relay/".to_owned();
            relay.page = Some(Page { folder: folder.clone(), path: "/".to_owned(), brotli: false });
        }
        let port = free_port().expect("a port is free");
        let config = nginx(&relay).replace("listen 443 ", &format!("listen 127.0.0.1:{port} "));
        let config = config.replace("    listen [::]:443 ssl http2;\n", "");
        assert_eq!(check(&config, &folder), Ok(()), "{name}");
    }
}

struct TlsServer(Child);

impl TlsServer {
    fn start(folder: &std::path::Path, port: u16) -> Self {
        let (certificate, key) = certificate(folder);
        let child = Command::new("openssl")
            .args(["s_server", "-quiet", "-www", "-accept", &port.to_string()])
            .arg("-cert")
            .arg(certificate)
            .arg("-key")
            .arg(key)
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("openssl starts");
        let server = Self(child);
        for _ in 0..500 {
            if TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok() {
                return server;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("openssl does not listen at {port}");
    }
}

impl Drop for TlsServer {
    fn drop(&mut self) {
        _ = self.0.kill();
        _ = self.0.wait();
    }
}

#[test]
fn a_provider_with_a_certificate_that_nobody_signed_gets_nothing() {
    let folder = folder("unsigned");
    let port = free_port().expect("a port is free");
    let _server = TlsServer::start(&folder, port);
    let mut relay = example().expect("the provider files are there");
    for upstream in &mut relay.upstreams {
        upstream.address = Address::parse(&format!("https://localhost:{port}")).expect("an address");
    }
    let own = free_port().expect("a port is free");
    relay.listen = Listen::Plain(SocketAddr::from((Ipv4Addr::LOCALHOST, own)));
    (relay.access_log, relay.error_log) = ("access.log".to_owned(), "error.log".to_owned());
    let nginx = Nginx::start(&relay, &folder).expect("nginx starts; `cargo xtask test` installs it");
    let answer = answer::Answer::to(nginx.address(), "GET", "/webex/v1/people/me", &[], "");
    assert_eq!((answer.status, answer.header("X-Relay-Sent")), (502, Some("no")), "{answer:?}");
    assert!(answer.all("X-Relay-Source").contains(&"proxy") && answer.body.contains("upstream_unreachable"));
}
