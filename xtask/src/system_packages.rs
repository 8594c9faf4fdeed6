//! What the tests need from the operating system: browsers, their drivers and proxies.

use std::path::Path;

use crate::{
    process::{command, is_installed, output, run},
    proxies::is_ci,
};

struct Package {
    name: &'static str,
    /// It is there if this program is on the path, or this file exists.
    proof: &'static str,
    /// What it is called where there is no Debian.
    describe: &'static str,
}

const PACKAGES: [Package; 9] = [
    Package { name: "chromium", proof: "chromium", describe: "Chromium" },
    Package { name: "chromium-driver", proof: "chromedriver", describe: "chromedriver of the same version" },
    Package { name: "firefox-esr", proof: "firefox-esr", describe: "Firefox" },
    Package { name: "webkit2gtk-driver", proof: "WebKitWebDriver", describe: "WebKitGTK's WebKitWebDriver" },
    Package { name: "xvfb", proof: "Xvfb", describe: "Xvfb, a display for WebKitGTK" },
    Package { name: "openssl", proof: "openssl", describe: "openssl" },
    Package { name: "nginx-light", proof: "nginx", describe: "nginx 1.22 or newer" },
    Package {
        name: "libnginx-mod-http-brotli-static",
        proof: crate::nginx::BROTLI_MODULE,
        describe: "nginx's brotli_static module",
    },
    CADDY,
];

/// Without it the relay is tried in the other programs alone.
const CADDY: Package = Package { name: "caddy", proof: "caddy", describe: "Caddy 2.6.2 or newer" };

/// Installs what is missing on Debian as root; anywhere else says what to install.
pub fn install_missing() -> Result<(), String> {
    let mut missing: Vec<&Package> = PACKAGES.iter().filter(|package| !is_present(package)).collect();
    let is_root = output(command("id").arg("-u")).as_deref() == Some("0");
    let can_install = is_root && is_installed("apt-get");
    if !can_install && !is_ci() {
        missing.retain(|package| package.name != CADDY.name);
    }
    if missing.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = missing.iter().map(|package| package.name).collect();
    if !can_install {
        let list: Vec<&str> = missing.iter().map(|package| package.describe).collect();
        return Err(format!(
            "The tests need these programs: {}.\nOn Debian or Ubuntu:\n\n    sudo apt-get install {}\n",
            list.join(", "),
            names.join(" ")
        ));
    }
    println!("Installing {} from Debian: about 2 minutes.", names.join(", "));
    run(apt_get().args(["update", "--quiet"]))?;
    run(apt_get().args(["install", "--quiet", "--yes", "--no-install-recommends"]).args(names))
}

fn is_present(package: &Package) -> bool {
    is_installed(package.proof) || (package.proof.starts_with('/') && Path::new(package.proof).exists())
}

fn apt_get() -> std::process::Command {
    let mut command = command("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}
