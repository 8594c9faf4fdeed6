//! The page as Caddy serves it: 2.6.2 or newer, as it is packaged.

use super::Page;

/// A Caddyfile.
pub fn text(page: &Page, name: &str) -> String {
    let site = site(page, true) + outside(page);
    format!(
        r#"# Memberdesk for Caddy 2.6.2 or newer, as it is packaged. Made by `cargo xtask host --for caddy`.
#
# How to use it:
#   1. `apt-get install caddy`. Let {name} lead to this machine; ports 80 and 443 must be free. Caddy gets the
#      certificate by itself. Copy the built folder to {folder}.
#   2. Put this file at /etc/caddy/Caddyfile. `systemctl reload caddy`.
# After a change to config.json, make it again: it names whom the page may talk to, and who may frame it.
# With the relay on the same host: `cargo xtask relay --for caddy --page {folder}`.

{name} {{
	header -Server
{site}}}
"#,
        folder = page.folder.display(),
    )
}

/// Beside a page that is not at the root there is nothing, and that is said.
fn outside(page: &Page) -> &'static str {
    match page.path.as_str() {
        "/" => "",
        _ => "\thandle {\n\t\trespond \"There is no such file.\" 404\n\t}\n",
    }
}

/// In the block of a host.
pub fn site(page: &Page, is_tls: bool) -> String {
    let path = &page.path;
    let headers = if is_tls { page.policy.headers_over_tls() } else { page.policy.headers() };
    let headers: String =
        headers.into_iter().map(|(name, value)| format!("\t\t\t\t{name} {}\n", quoted(&value))).collect();
    let bare = path.trim_end_matches('/');
    let moved = if bare.is_empty() { String::new() } else { format!("\tredir {bare} {path} 308\n") };
    let folder = quoted(&page.folder.display().to_string());
    format!(
        r#"{moved}	handle_path {path}* {{
		route {{
			root * {folder}
			header {{
				Cache-Control no-cache
{headers}			}}
			# A name with a checksum in it never has another content.
			@sealed path_regexp -[0-9a-f]{{12,16}}(_bg)?\.(js|wasm|css|svg|png|ico)$
			header @sealed Cache-Control "public, max-age=31536000, immutable"
			encode gzip
			file_server {{
				precompressed br gzip
				pass_thru
			}}
			header Cache-Control no-store
			respond "There is no such file." 404
		}}
	}}
"#
    )
}

/// Text as one word of the file.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\\\""))
}
