//! The page on the same server as the relay.

use super::{
    super::{Listen, Page, Relay, STRICT_TRANSPORT, page_headers},
    quoted,
};

pub fn route(relay: &Relay, page: &Page) -> String {
    let path = &page.path;
    let mut headers = page_headers(&[]);
    if matches!(relay.listen, Listen::Tls { .. }) {
        let (name, value) = STRICT_TRANSPORT;
        headers.push((name, value.to_owned()));
    }
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
	}}
"#
    )
}
