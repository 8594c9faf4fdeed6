//! The page on the same server as the relay.

use super::super::{Listen, Page, Relay, STRICT_TRANSPORT, page_headers};

/// The page's own headers, as nginx takes them.
pub fn lines(relay: &Relay) -> String {
    let mut headers = page_headers(&[]);
    if matches!(relay.listen, Listen::Tls { .. }) {
        let (name, value) = STRICT_TRANSPORT;
        headers.push((name, value.to_owned()));
    }
    headers.into_iter().map(|(name, value)| format!("    add_header {name} \"{value}\" always;\n")).collect()
}

/// How long a browser may keep a file.
pub fn map() -> String {
    r#"# A name with a checksum in it never has another content.
map $uri $page_cache {
    default no-cache;
    "~-[0-9a-f]{12,16}(?:_bg)?\.(?:js|wasm|css|svg|png|ico)$" "public, max-age=31536000, immutable";
}
"#
    .to_owned()
}

/// A header set here replaces all that the relay sets for the whole server.
pub fn locations(page: &Page, headers: &str) -> String {
    let path = &page.path;
    let folder = page.folder.display();
    let brotli = if page.brotli { "    brotli_static on;\n" } else { "" };
    let outside = if path == "/" {
        String::new()
    } else {
        let bare = path.trim_end_matches('/');
        format!(
            "location = {bare} {{\n    absolute_redirect off;\n    return 308 {path};\n}}\n\
             location / {{\n    error_page 404 @page_404;\n    return 404;\n}}\n"
        )
    };
    format!(
        r#"location {path} {{
    alias "{folder}/";
    index index.html;
    access_log off;
    gzip_static on;
{brotli}    # The files that may be edited in place are compressed when they are asked for.
    gzip on;
    gzip_comp_level 6;
    gzip_types application/json;
    gzip_min_length 512;
    charset utf-8;
    charset_types text/css application/javascript application/json;
    types {{
        text/html html;
        text/css css;
        application/javascript js;
        application/wasm wasm;
        application/json json;
        application/manifest+json webmanifest;
        image/svg+xml svg;
        image/png png;
        image/x-icon ico;
        font/woff2 woff2;
        text/csv csv;
        text/plain txt;
    }}
    add_header Cache-Control $page_cache always;
    add_header Vary Accept-Encoding always;
{headers}    error_page 403 404 =404 @page_404;
}}
{outside}location @page_404 {{
    default_type text/plain;
    add_header Cache-Control no-store always;
{headers}    return 404 "There is no such file.\n";
}}
"#
    )
}
