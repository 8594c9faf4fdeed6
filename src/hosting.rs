//! What a host sends with the page: whom the page may talk to, who may frame it, how long a file may be kept.
//!
//! In: [`Policy::of`] (what the configuration in force needs) and [`Page::text`] (the same as one kind of host reads it).
//! Deliberately not in: files, and asking a host.

pub(crate) mod caddy;
mod cloudfront;
mod headers_file;
pub(crate) mod nginx;
mod policy;

use std::path::PathBuf;

pub use policy::{Fit, Policy, STRICT_TRANSPORT};

/// A kind of host, by what it reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Host {
    Nginx,
    Caddy,
    /// Netlify and Cloudflare Pages: a file `_headers` in the folder.
    HeadersFile,
    /// A response headers policy of CloudFront, as its command line takes it.
    CloudFront,
    /// A host that sends no headers: the page says as much of its policy as a page can.
    Meta,
}

/// What the names of files end in that never have another content: they have a checksum in them.
const SEALED: [&str; 3] = ["css", "js", "wasm"];

const FOR_EVER: &str = "public, max-age=31536000, immutable";

impl Host {
    pub const ALL: [Host; 5] = [Host::Nginx, Host::Caddy, Host::HeadersFile, Host::CloudFront, Host::Meta];

    pub fn parse(text: &str) -> Option<Host> {
        Host::ALL.into_iter().find(|host| host.word() == text)
    }

    pub fn word(self) -> &'static str {
        match self {
            Host::Nginx => "nginx",
            Host::Caddy => "caddy",
            Host::HeadersFile => "headers",
            Host::CloudFront => "cloudfront",
            Host::Meta => "meta",
        }
    }
}

/// The built page on a server.
#[derive(Clone, Debug)]
pub struct Page {
    pub folder: PathBuf,
    /// Its path on the host; begins and ends with a slash.
    pub path: String,
    /// Whether nginx has the module that sends `.br` files.
    pub brotli: bool,
    pub policy: Policy,
}

impl Page {
    pub fn new(folder: PathBuf, path: &str, policy: Policy) -> Page {
        Page { folder, path: path.to_owned(), brotli: false, policy }
    }

    /// What this host reads, to serve the page alone under a name.
    pub fn text(&self, host: Host, name: &str) -> String {
        match host {
            Host::Nginx => nginx::text(self, name),
            Host::Caddy => caddy::text(self, name),
            Host::HeadersFile => headers_file::text(&self.policy),
            Host::CloudFront => cloudfront::text(&self.policy),
            Host::Meta => self.policy.meta(),
        }
    }
}

#[cfg(test)]
mod tests;
