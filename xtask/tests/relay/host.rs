//! The page alone, as the real programs serve it by what an owner gets.

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
};

use memberdesk::{
    hosting::{Host, Page, Policy},
    relay::Program,
};
use xtask::{
    caddy::{self, Caddy},
    nginx::{self, Nginx, free_port},
    process::target_folder,
    proxies::is_here,
};

use crate::{answer::Answer, tls::certificate};

const NAME: &str = "members.example.com";

/// At the root of a site, and below it.
const PLACES: [(&str, &str); 2] = [("root", "/"), ("below", "/members/")];

const SEALED: &str = "page-0123456789abcdef_bg.wasm";

fn policy() -> Policy {
    let parents = vec!["https://portal.example.com".to_owned()];
    Policy { connects: vec!["https://relay.example.com".to_owned()], parents }
}

/// A folder with a page in it.
fn page(name: &str, path: &str) -> (PathBuf, Page) {
    let folder = target_folder().join(format!("host-test/{name}-{}", std::process::id()));
    let built = folder.join("page");
    fs::create_dir_all(&built).expect("the folder can be made");
    for (file, text) in [("index.html", "<!doctype html>\n"), ("config.json", "{}"), (SEALED, "large")] {
        fs::write(built.join(file), text).expect("a file can be written");
    }
    (folder, Page::new(built, path, policy()))
}

#[test]
fn both_programs_take_it_as_it_is_printed() {
    let (folder, page) = page("printed", "/");
    let (certificate, key) = certificate(&folder);
    let text = page.text(Host::Nginx, NAME);
    let text = text.replace(&format!("/etc/ssl/certs/{NAME}.pem"), &certificate.display().to_string());
    let text = text.replace(&format!("/etc/ssl/private/{NAME}.key"), &key.display().to_string());
    let port = free_port().expect("a port is free");
    let text = text.replace("listen 443 ", &format!("listen 127.0.0.1:{port} "));
    let text = text.replace("    listen [::]:443 ssl http2;\n", "");
    assert_eq!(nginx::check(&text, &folder), Ok(()));
    if is_here(Program::Caddy) {
        assert_eq!(caddy::check(&page.text(Host::Caddy, NAME), &folder), Ok(()));
    }
}

#[test]
fn the_page_is_served_with_its_policy_in_nginx() {
    for (name, path) in PLACES {
        serve_in_nginx(&["nginx-", name].concat(), path);
    }
}

fn serve_in_nginx(name: &str, path: &str) {
    let (folder, page) = page(name, path);
    let address = address();
    // In clear, on this machine.
    let text = page
        .text(Host::Nginx, NAME)
        .replace("    listen 443 ssl http2;\n", &format!("    listen {address};\n"));
    let lines = text.lines().filter(|line| !line.contains("    ssl_") && !line.contains("[::]:443"));
    let text = lines.fold(String::new(), |text, line| text + line + "\n");
    let nginx = Nginx::with(&text, address, &folder).expect("it starts");
    assert_served(nginx.address(), path);
}

#[test]
fn the_page_is_served_with_its_policy_in_caddy() {
    if !is_here(Program::Caddy) {
        return;
    }
    for (name, path) in PLACES {
        serve_in_caddy(&["caddy-", name].concat(), path);
    }
}

fn serve_in_caddy(name: &str, path: &str) {
    let (folder, page) = page(name, path);
    let address = address();
    let text =
        page.text(Host::Caddy, NAME).replace(&format!("\n{NAME} {{"), &format!("\nhttp://{address} {{"));
    let text = ["{\n\tadmin off\n\tauto_https off\n}\n", &text].concat();
    let caddy = Caddy::with(&text, address, &folder).expect("it starts");
    assert_served(caddy.address(), path);
}

fn address() -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, free_port().expect("a port is free")))
}

#[track_caller]
fn assert_served(address: SocketAddr, place: &str) {
    let below = place.trim_end_matches('/');
    let ask = |path: &str| Answer::to(address, "GET", &[below, path].concat(), &[], "");
    let missing = "/page-fedcba9876543210_bg.wasm";
    for path in ["/", "/config.json", &format!("/{SEALED}"), missing] {
        let answer = ask(path);
        for (name, value) in policy().headers_over_tls() {
            assert_eq!(answer.header(name), Some(value.as_str()), "{path} {answer:?}");
        }
    }
    assert_eq!((ask("/").status, ask("/").body.as_str()), (200, "<!doctype html>\n"));
    assert_eq!(ask("/").header("Cache-Control"), Some("no-cache"));
    assert_eq!(ask("/config.json").header("Cache-Control"), Some("no-cache"));
    let sealed = ask(&format!("/{SEALED}"));
    assert_eq!(sealed.header("Cache-Control"), Some("public, max-age=31536000, immutable"));
    assert_eq!(sealed.header("Content-Type"), Some("application/wasm"));
    // An old page asks for what is gone: it is told so, and gets no page in its place.
    let gone = ask(missing);
    assert_eq!((gone.status, gone.header("Cache-Control")), (404, Some("no-store")), "{gone:?}");
    if !below.is_empty() {
        assert_eq!(Answer::to(address, "GET", "/", &[], "").status, 404);
        assert_eq!(Answer::to(address, "GET", below, &[], "").header("Location"), Some(place));
    }
}
