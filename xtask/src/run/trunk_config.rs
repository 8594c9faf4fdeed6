//! The project's Trunk.toml with what one run adds to it: the proxies, the page's headers, its configuration.

use std::{env, fs, path::Path};

use super::Addresses;
use memberdesk::hosting::Policy;

use crate::process::root;

/// What a change of starts a new build.
const WATCHED: [&str; 9] = [
    "src",
    "style",
    "providers",
    "texts",
    "index.html",
    "boot.js",
    "config.json",
    "Cargo.toml",
    "Cargo.lock",
];

pub fn trunk_config(addresses: &Addresses, is_local: bool, port: u16) -> Result<String, String> {
    let path = root().join("Trunk.toml");
    let mut text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}.", path.display()))?;
    let place =
        env::current_exe().map_err(|error| format!("This program does not know where it is: {error}."))?;
    let watched: Vec<String> = WATCHED
        .iter()
        .map(|name| root().join(name))
        .filter(|path| path.exists())
        .map(|path| quoted(&path))
        .collect();
    text.push_str(&format!(
        "
[watch]
watch = [{watched}]

[serve]
addresses = [\"127.0.0.1\"]
port = {port}
# Its script would stand inline in the page.
no_autoreload = true
no_spa = true
disable_address_lookup = true

[serve.headers]
Cache-Control = \"no-store\"
{headers}
[[hooks]]
stage = \"post_build\"
command = {place}
command_arguments = [\"place\"]
",
        watched = watched.join(", "),
        headers = headers(),
        place = quoted(&place),
    ));
    addresses.iter().for_each(|(slug, address)| text.push_str(&proxy(slug, address, is_local)));
    Ok(text)
}

/// Cookies and where the page stands are nobody's business there. Trunk removes a header by an empty value.
fn proxy(slug: &str, address: &str, is_local: bool) -> String {
    format!(
        "
[[proxy]]
rewrite = \"/relay/{slug}\"
backend = {address:?}
no_redirect = true
no_system_proxy = {is_local}
request_headers = {{ origin = \"\", referer = \"\", cookie = \"\", x-forwarded-host = \"\", x-forwarded-proto = \"\" }}
"
    )
}

fn headers() -> String {
    Policy::default().headers().into_iter().map(|(name, value)| format!("{name} = {value:?}\n")).collect()
}

fn quoted(path: &Path) -> String {
    format!("{:?}", path.to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_server_has_its_own_path() {
        let addresses = Addresses::from([("own".to_owned(), "https://table.example".to_owned())]);
        let text = trunk_config(&addresses, false, 8080).expect("Trunk.toml is there");
        assert!(text.contains("rewrite = \"/relay/own\"\nbackend = \"https://table.example\"\n"), "{text}");
        assert!(text.contains("no_autoreload = true"), "{text}");
    }
}
