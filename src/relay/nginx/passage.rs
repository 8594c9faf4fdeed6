//! The way to one server in the configuration: what is known there, where it is, how a request is passed on.

use std::collections::BTreeSet;

use super::{
    super::{Relay, Upstream, upstream::escape},
    sign_in,
};

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
    let tls = if address.is_tls { format!("    proxy_ssl_name {};\n", address.host) } else { String::new() };
    let guard = relay.door(upstream).map(|_| sign_in::guard(relay)).unwrap_or_default();
    format!(
        r#"location = {base}{slug} {{
    return 404;
}}
location {base}{slug}/ {{
    if ($relay_foreign) {{ return 403; }}
    if ($relay_bad_path) {{ return 400; }}
    if (${name}_known = 0) {{ return 404; }}
    if ($request_method = OPTIONS) {{ return 204; }}
    if (${name}_path = "") {{ return 405; }}
{guard}    limit_req zone=relay_rate burst={burst} nodelay;
    limit_conn relay_parallel {parallel};
{tls}    proxy_set_header Host {host};
    proxy_set_header Connection "";
    proxy_set_header User-Agent memberdesk-relay;
{headers}    proxy_pass {scheme}://{name}{path}${name}_path;
}}
"#,
        base = relay.base,
        slug = upstream.slug,
        burst = relay.limits.burst,
        parallel = relay.limits.parallel,
        host = address.authority(),
        headers = headers(relay, upstream),
        scheme = address.scheme(),
        path = address.path,
    )
}

/// What goes along. A token that is kept here takes the place of whatever the visitor sent.
fn headers(relay: &Relay, upstream: &Upstream) -> String {
    let door = relay.door(upstream);
    let is_kept = |header: &str| door.is_some() && upstream.credentials.contains(header);
    let passed = upstream.request_headers.iter().filter(|header| !is_kept(header));
    let passed = passed.map(|header| format!("    proxy_set_header {header} $http_{};\n", variable(header)));
    let kept = door.filter(|_| !upstream.credentials.is_empty());
    let kept = kept.map(|sign_in| {
        let header = Vec::from_iter(&upstream.credentials)[0];
        let value = if header == "Authorization" { "Bearer …" } else { "…" };
        format!(
            "    # One line, readable by root only: proxy_set_header {header} \"{value}\";\n    include {}/{}.conf;\n",
            sign_in.secrets, upstream.slug
        )
    });
    kept.into_iter().chain(passed).collect()
}

/// The nginx name of what belongs to one server.
fn name(upstream: &Upstream) -> String {
    format!("to_{}", variable(&upstream.slug))
}

fn variable(text: &str) -> String {
    text.to_lowercase().replace('-', "_")
}
