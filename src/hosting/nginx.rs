//! The page as nginx serves it: 1.22 or newer, core modules only.

use super::Page;

/// A file for `/etc/nginx/conf.d/`.
pub fn text(page: &Page, name: &str) -> String {
    let locations = indent(&locations(page, true));
    format!(
        r#"# Memberdesk for nginx 1.22 or newer, core modules only. Made by `cargo xtask host --for nginx`.
#
# How to use it:
#   1. `apt-get install nginx`. Copy the built folder to {folder}. Put this file into /etc/nginx/conf.d/ and set
#      server_name and the two certificate lines.
#   2. `nginx -t && systemctl reload nginx`.
# After a change to config.json, make it again: it names whom the page may talk to, and who may frame it.
# With the relay on the same host: `cargo xtask relay --page {folder}`.

{map}
server {{
    listen 443 ssl http2;
    listen [::]:443 ssl http2;
    server_name {name};
    ssl_certificate /etc/ssl/certs/{name}.pem;
    ssl_certificate_key /etc/ssl/private/{name}.key;
    ssl_protocols TLSv1.2 TLSv1.3;
    server_tokens off;

{locations}}}
"#,
        folder = page.folder.display(),
        map = map(),
    )
}

/// The page's own headers.
fn lines(page: &Page, is_tls: bool) -> String {
    let headers = if is_tls { page.policy.headers_over_tls() } else { page.policy.headers() };
    headers.into_iter().map(|(name, value)| format!("    add_header {name} \"{value}\" always;\n")).collect()
}

/// How long a browser may keep a file.
pub fn map() -> &'static str {
    r#"# A name with a checksum in it never has another content.
map $uri $page_cache {
    default no-cache;
    "~-[0-9a-f]{12,16}(?:_bg)?\.(?:js|wasm|css|svg|png|ico)$" "public, max-age=31536000, immutable";
}
"#
}

/// A header set here replaces all that is set for the whole server.
pub fn locations(page: &Page, is_tls: bool) -> String {
    let (path, headers) = (&page.path, lines(page, is_tls));
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

pub fn indent(text: &str) -> String {
    text.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") }).collect()
}
