//! The file by which hosts learn the page's headers.

use memberdesk::relay::{STRICT_TRANSPORT, page_headers};

/// A `_headers` file for the hosts that read one (Netlify, Cloudflare Pages).
pub fn headers_file() -> String {
    let mut text = String::from("/*\n");
    // As wide as the page's own policy: `config.json` says which proxy or provider it really talks to. An owner
    // who knows that one writes it here instead.
    for (name, value) in page_headers(&["https:"]) {
        text.push_str(&format!("  {name}: {value}\n"));
    }
    let (name, value) = STRICT_TRANSPORT;
    text.push_str(&format!("  {name}: {value}\n  Cache-Control: no-cache\n"));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cloudflare refuses longer lines.
    #[test]
    fn no_line_is_longer_than_hosts_allow() {
        assert!(headers_file().lines().all(|line| line.len() < 2000));
    }
}
