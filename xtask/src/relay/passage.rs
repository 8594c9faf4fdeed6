//! The way to one server in the configuration: what is known there, where it is, how a request is passed on.

use std::collections::BTreeSet;

use super::{Relay, Upstream, upstream::escape};

/// Which paths are known, and with which methods.
pub fn maps(relay: &Relay, upstream: &Upstream) -> String {
    let name = name(upstream);
    let start = format!("{}{}", escape(&relay.base), upstream.slug);
    let paths: BTreeSet<&str> = upstream.routes.iter().map(|route| route.pattern.as_str()).collect();
    let known: String = paths.iter().map(|path| format!("    \"~^{start}{path}(?:\\?|$)\" 1;\n")).collect();
    let passed: String = upstream
        .routes
        .iter()
        .map(|route| {
            let (method, path) = (&route.method, &route.pattern);
            format!("    \"~^{method} {start}(?<{name}_raw>{path}(?:\\?.*)?)$\" ${name}_raw;\n")
        })
        .collect();
    format!(
        "map $request_uri ${name}_known {{\n    default 0;\n{known}}}\n\
         map \"$request_method $request_uri\" ${name}_path {{\n    default \"\";\n{passed}}}\n"
    )
}

/// Fewer seconds than servers keep an idle connection, so that a change seldom meets a closed one.
pub fn block(upstream: &Upstream) -> String {
    let address = &upstream.address;
    format!(
        "upstream {name} {{\n    server {host}:{port};\n    keepalive 8;\n    keepalive_timeout 4s;\n}}\n",
        name = name(upstream),
        host = address.host,
        port = address.port,
    )
}

/// Where it refuses, or passes on what the maps found.
pub fn location(relay: &Relay, upstream: &Upstream) -> String {
    let name = name(upstream);
    let address = &upstream.address;
    let scheme = if address.is_tls { "https" } else { "http" };
    let host = match (address.is_tls, address.port) {
        (true, 443) | (false, 80) => address.host.clone(),
        (_, port) => format!("{}:{port}", address.host),
    };
    let tls = if address.is_tls { format!("    proxy_ssl_name {};\n", address.host) } else { String::new() };
    let token = if upstream.request_headers.contains("Authorization") {
        token(&upstream.slug)
    } else {
        String::new()
    };
    let headers: String = upstream
        .request_headers
        .iter()
        .map(|header| format!("    proxy_set_header {header} $http_{};\n", variable(header)))
        .collect();
    format!(
        r#"location {base}{slug}/ {{
    if ($relay_foreign) {{ return 403; }}
    if ($relay_bad_path) {{ return 400; }}
    if (${name}_known = 0) {{ return 404; }}
    if ($request_method = OPTIONS) {{ return 204; }}
    if (${name}_path = "") {{ return 405; }}
    limit_req zone=relay_rate burst={burst} nodelay;
    limit_conn relay_parallel {parallel};
{tls}    proxy_set_header Host {host};
    proxy_set_header Connection "";
    proxy_set_header User-Agent memberdesk-relay;
{token}{headers}    proxy_pass {scheme}://{name}{path}${name}_path;
}}
"#,
        base = relay.base,
        slug = upstream.slug,
        burst = relay.limits.burst,
        parallel = relay.limits.parallel,
        path = address.path,
    )
}

/// How an owner takes the token from the visitors. A secret in a query or a body cannot be kept here.
fn token(slug: &str) -> String {
    format!(
        "    # To keep the token here, put this behind your sign-in in place of the line “Authorization”:\n    \
         #   include /etc/nginx/secrets/{slug}.conf;   (proxy_set_header Authorization \"Bearer …\"; readable by root only)\n"
    )
}

/// The nginx name of what belongs to one server.
fn name(upstream: &Upstream) -> String {
    format!("to_{}", variable(&upstream.slug))
}

fn variable(text: &str) -> String {
    text.to_lowercase().replace('-', "_")
}
