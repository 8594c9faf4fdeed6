//! The configuration that an owner gets.

use std::{fs, path::PathBuf};

use memberdesk::hosting::{Page, Policy};
use memberdesk::relay::{Listen, Program, SignIn};
use xtask::{
    caddy, host, nginx,
    nginx::free_port,
    process::{root, target_folder},
    proxies::is_here,
    relay::{example, examples},
};

use crate::tls::certificate;

fn folder(name: &str) -> PathBuf {
    let folder = target_folder().join("owner-test").join(name);
    fs::create_dir_all(&folder).expect("the folder can be made");
    folder
}

#[test]
fn each_file_in_deploy_is_what_the_command_prints() {
    let relays = examples().expect("the provider files are there");
    let hosts = host::examples().expect("the provider files are there");
    for example in relays.into_iter().chain(hosts) {
        let (file, command) = (["deploy/", example.file].concat(), example.command);
        let shown = fs::read_to_string(root().join(&file)).unwrap_or_default();
        assert!(shown == example.text, "Run `{command} > {file}`.");
    }
}

/// The names of providers and the owner's certificate are not here, all else is checked as it is printed.
#[test]
fn nginx_accepts_it_with_and_without_the_page() {
    for name in ["alone", "with-page", "with-sign-in"] {
        let folder = folder(name);
        let mut relay = example().expect("the provider files are there");
        for upstream in &mut relay.upstreams {
            upstream.address.host = "localhost".to_owned();
        }
        let (certificate, key) = certificate(&folder);
        relay.listen = Listen::Tls {
            server_name: "members.example.com".to_owned(),
            port: 443,
            certificate: certificate.display().to_string(),
            key: key.display().to_string(),
        };
        relay.log_folder = Some(folder.clone());
        if name != "alone" {
            relay.base = "/relay/".to_owned();
            relay.page = Some(Page::new(folder.clone(), "/", Policy::default()));
        }
        if name == "with-sign-in" {
            for upstream in &relay.upstreams {
                let line = "proxy_set_header Authorization \"Bearer token\";\n";
                fs::write(folder.join(format!("{}.conf", upstream.slug)), line)
                    .expect("a file can be written");
            }
            relay.keep_tokens(SignIn { secrets: folder.display().to_string(), ..SignIn::default() });
        }
        let port = free_port().expect("a port is free");
        let config = relay.text(Program::Nginx).replace("listen 443 ", &format!("listen 127.0.0.1:{port} "));
        let config = config.replace("    listen [::]:443 ssl http2;\n", "");
        assert_eq!(nginx::check(&config, &folder), Ok(()), "{name}");
    }
}

#[test]
fn caddy_accepts_it_with_and_without_the_page() {
    if !is_here(Program::Caddy) {
        return;
    }
    let folder = folder("caddy");
    let mut relay = example().expect("the provider files are there");
    assert_eq!(caddy::check(&relay.text(Program::Caddy), &folder), Ok(()));
    relay.base = "/relay/".to_owned();
    relay.page = Some(Page::new(folder.clone(), "/", Policy::default()));
    assert_eq!(caddy::check(&relay.text(Program::Caddy), &folder), Ok(()));
}
