//! The relay as nginx reads it inside `http { … }`: 1.22 or newer, core modules only.
//!
//! Each decision is a map from the raw request to a value, so that nothing is decoded before it is judged.
//! A location only carries the values out: it refuses, or it passes on.

mod passage;
mod sign_in;

use crate::hosting::nginx::{self, indent};

use super::{
    Listen, Relay,
    contract::{self, HIDDEN, REFUSALS, SHOWN},
    log,
    upstream::escape,
};

pub fn nginx(relay: &Relay) -> String {
    let mut parts = vec![maps(relay)];
    parts.extend(relay.sign_in.as_ref().map(|_| sign_in::maps()));
    parts.extend(relay.upstreams.iter().map(|upstream| passage::maps(relay, upstream)));
    parts.extend(relay.page.as_ref().map(|_| nginx::map().to_owned()));
    parts.extend(relay.upstreams.iter().map(passage::block));
    let mut locations = vec![health(relay)];
    locations.extend(relay.upstreams.iter().map(|upstream| passage::location(relay, upstream)));
    locations.extend(relay.sign_in.as_ref().map(|sign_in| sign_in::locations(relay, sign_in)));
    locations.push(refusals(relay));
    locations.extend(relay.page.as_ref().map(|page| nginx::locations(page, relay.is_tls())));
    parts.push(format!("server {{\n{}\n{}}}\n", server(relay), indent(&locations.join("\n"))));
    parts.join("\n")
}

fn maps(relay: &Relay) -> String {
    let limits = &relay.limits;
    let base = escape(&relay.base);
    let slugs: Vec<&str> = relay.upstreams.iter().map(|upstream| upstream.slug.as_str()).collect();
    let origins = |value: &str| -> String {
        relay
            .allowed_origins
            .iter()
            .map(|origin| format!("\n    \"~^{}$\" {value};", escape(origin)))
            .collect()
    };
    let [retry, link] = SHOWN;
    let (methods, accepted) = (contract::methods(relay), contract::accepted(relay));
    format!(
        r#"# No path, query, header or body: they hold names of members, tokens, and with some providers a secret.
log_format relay '$time_iso8601 $request_method $relay_server $status up=$upstream_status t=$request_time id=$request_id';

# The page that asks, if it may. A browser sends no Origin with a GET to its own host.
map $http_origin $relay_origin {{
    default "";{own}
}}
map $http_origin $relay_foreign_page {{
    default 1;
    "" 0;{zero}
}}
map "$request_method $relay_origin|$http_origin|$http_sec_fetch_site" $relay_foreign {{
    default 1;
    "~^\S+ [^|]+\|" 0;
    "~^GET \|\|(same-origin)?$" 0;
}}

# The path as it was sent: no empty or dot segments, and nothing that could become one.
map $request_uri $relay_bad_path {{
    default 0;
    "~*^[^?]*(?:%2e|%5c|%00|\x5c|//|(?:/|%2f)\.\.?(?:/|%2f|;|%3b|\?|$))" 1;
}}
map $request_uri $relay_server {{
    default "-";
    "~^{base}(?<relay_slug>{slugs})/" $relay_slug;
}}
map $request_method $relay_health_method {{
    default 0;
    "~^(?:GET|HEAD|PUT|PATCH|POST)$" 1;
}}

# What a browser is told beforehand.
map $request_method $relay_methods {{ default ""; OPTIONS "{methods}"; }}
map $request_method $relay_headers {{ default ""; OPTIONS "{accepted}"; }}
map $request_method $relay_age {{ default ""; OPTIONS 600; }}

# Whose answer it is, and whether the request may have reached the provider.
map $upstream_header_time $relay_source {{ default upstream; "" proxy; "-" proxy; }}
map $upstream_connect_time $relay_sent {{ default yes; "" no; "-" no; }}
map "$relay_source $status" $relay_retry {{ default ""; "proxy 429" 1; "proxy 200" {retry}; }}
# So that a page can see on a healthy answer that it may read both.
map "$relay_source $status" $relay_link {{ default ""; "proxy 200" '{link}'; }}

limit_req_zone $binary_remote_addr zone=relay_rate:1m rate={rate}r/s;
limit_conn_zone $binary_remote_addr zone=relay_parallel:1m;
"#,
        own = origins("$http_origin"),
        zero = origins("0"),
        slugs = slugs.join("|"),
        rate = limits.requests_per_second,
        retry = retry.1,
        link = link.1,
    )
}

fn server(relay: &Relay) -> String {
    let listen = match &relay.listen {
        Listen::Plain(address) => format!("    listen {address};\n"),
        Listen::Tls { server_name, port, certificate, key } => format!(
            "    listen {port} ssl http2;\n    listen [::]:{port} ssl http2;\n    server_name {server_name};\n    \
             ssl_certificate {certificate};\n    ssl_certificate_key {key};\n    ssl_protocols TLSv1.2 TLSv1.3;\n"
        ),
    };
    let exposed = contract::exposed(relay);
    let hidden: String = HIDDEN.iter().map(|name| format!("    proxy_hide_header {name};\n")).collect();
    let named = |(statuses, status, _): &(&str, u16, &str)| {
        format!("    error_page {statuses} ={status} @relay_{status};\n")
    };
    let pages: String = REFUSALS.iter().map(named).collect();
    let credentials = if relay.sign_in.is_some() { sign_in::HEADERS } else { "" };
    let underscores =
        relay.upstreams.iter().any(|up| up.request_headers.iter().any(|name| name.contains('_')));
    let underscores = if underscores { "    underscores_in_headers on;\n" } else { "" };
    let (body, seconds) = (relay.limits.body_kibibytes, relay.limits.answer_seconds);
    let usual = "/var/log/nginx";
    let (access_log, error_log) = (log(relay, usual, "relay.log"), log(relay, usual, "relay-error.log"));
    format!(
        r#"{listen}    server_tokens off;
    access_log {access_log} relay;
    # Nginx writes the request line, secrets in the query too, beside each complaint about a request. At this
    # level only one is left: “malloc() failed”, when the machine has no memory. /dev/null rules that out too.
    # What breaks off before nginx knows that it is for this server is logged as the port's default server says.
    error_log {error_log} emerg;
{underscores}    client_max_body_size {body}k;
    client_body_buffer_size {body}k;
    client_header_buffer_size 8k;
    large_client_header_buffers 4 8k;
    client_header_timeout 10s;
    client_body_timeout 10s;
    send_timeout 30s;
    limit_req_status 429;
    limit_conn_status 429;

    add_header Access-Control-Allow-Origin $relay_origin always;
    add_header Access-Control-Allow-Methods $relay_methods always;
    add_header Access-Control-Allow-Headers $relay_headers always;
    add_header Access-Control-Max-Age $relay_age always;
    add_header Access-Control-Expose-Headers "{exposed}" always;
    add_header X-Relay 1 always;
    add_header X-Relay-Source $relay_source always;
    add_header X-Relay-Sent $relay_sent always;
    add_header X-Relay-Id $request_id always;
    add_header Retry-After $relay_retry always;
    add_header Link $relay_link always;
    add_header Vary Origin always;
    add_header Cache-Control no-store always;
    add_header X-Content-Type-Options nosniff always;
    # A provider's answer that somebody opens as a page does nothing there.
    add_header Content-Security-Policy "default-src 'none'; frame-ancestors 'none'; sandbox" always;
{credentials}{pages}    # Not a named one: a request that nginx cannot read has no path to begin from.
    error_page 400 414 494 =400 {base}bad-request;

    # Nothing is sent twice, nothing is followed, nothing is kept on disk.
    proxy_next_upstream off;
    proxy_redirect off;
    proxy_ignore_client_abort on;
    proxy_max_temp_file_size 0;
    proxy_http_version 1.1;
    proxy_buffer_size 16k;
    proxy_buffers 8 16k;
    proxy_pass_request_headers off;
    proxy_pass_header Date;
    proxy_ignore_headers X-Accel-Redirect X-Accel-Expires X-Accel-Limit-Rate X-Accel-Buffering X-Accel-Charset;
{hidden}    proxy_connect_timeout 3s;
    proxy_send_timeout {seconds}s;
    proxy_read_timeout {seconds}s;
    proxy_ssl_server_name on;
    proxy_ssl_verify on;
    proxy_ssl_verify_depth 3;
    proxy_ssl_protocols TLSv1.2 TLSv1.3;
    # Debian's and Ubuntu's; elsewhere /etc/pki/tls/certs/ca-bundle.crt or the like.
    proxy_ssl_trusted_certificate /etc/ssl/certs/ca-certificates.crt;
"#,
        base = relay.base,
    )
}

/// What the page asks to learn whether a relay is there and lets it through.
fn health(relay: &Relay) -> String {
    format!(
        r#"location = {base}healthz {{
    if ($relay_foreign_page) {{ return 403; }}
    if ($request_method = OPTIONS) {{ return 204; }}
    if ($relay_health_method = 0) {{ return 405; }}
    default_type application/json;
    return 200 '{{"relay":1}}';
}}
"#,
        base = relay.base
    )
}

fn refusals(relay: &Relay) -> String {
    let mut text: String = REFUSALS
        .iter()
        .map(|(_, status, word)| {
            let word = relay.sign_in.as_ref().and_then(|_| sign_in::word(*status)).unwrap_or(word);
            refusal(&format!("@relay_{status}"), *status, word)
        })
        .collect();
    text.push_str(&refusal(&format!("= {}bad-request", relay.base), 400, "bad_request"));
    text.push_str(&format!("location {} {{\n    return 404;\n}}\n", relay.base));
    text
}

fn refusal(location: &str, status: u16, word: &str) -> String {
    let internal = if location.starts_with('=') { "    internal;\n" } else { "" };
    format!(
        "location {location} {{\n{internal}    default_type application/json;\n    \
         return {status} '{{\"error\":{{\"source\":\"proxy\",\"code\":\"{word}\"}}}}';\n}}\n"
    )
}
