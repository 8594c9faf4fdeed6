//! The way to one server: where a request is refused, and how it is passed on.

use std::collections::BTreeSet;

use super::{
    super::{Relay, Upstream, upstream::escape},
    hidden,
};

/// What all ways share.
pub fn snippet(relay: &Relay) -> String {
    let hidden: String = hidden().map(|name| format!("\theader_down -{name}\n")).collect();
    format!(
        r#"# Nothing is sent twice, nothing is followed. Kept connections live less long than servers keep them.
(relay_passage) {{
	header_up User-Agent memberdesk-relay
	header_up -X-Forwarded-For
	header_up -X-Forwarded-Host
	header_up -X-Forwarded-Proto
{hidden}	header_down X-Relay-Source upstream
	header_down X-Relay-Sent yes
	transport http {{
		dial_timeout 3s
		response_header_timeout {seconds}s
		keepalive 4s
		compression off
		versions 1.1
	}}
}}
"#,
        seconds = relay.limits.answer_seconds,
    )
}

pub fn route(relay: &Relay, upstream: &Upstream) -> String {
    let (base, slug, address) = (&relay.base, &upstream.slug, &upstream.address);
    let start = escape(&format!("{base}{slug}"));
    let paths: BTreeSet<&str> = upstream.routes.iter().map(|route| route.pattern.as_str()).collect();
    let known = paths.into_iter().collect::<Vec<_>>().join("|");
    let passed = upstream.routes.iter().map(|route| format!("{} {start}{}", route.method, route.pattern));
    let passed = passed.collect::<Vec<_>>().join("|");
    let put_aside: String = upstream
        .request_headers
        .iter()
        .map(|name| format!("\t\t\t\t{} {{http.request.header.{name}}}\n", variable(name)))
        .collect();
    let absent: String = upstream
        .request_headers
        .iter()
        .map(|name| {
            let variable = variable(name);
            format!("\t\t\tmap {{vars.{variable}}} {{{variable}_absent}} {{\n\t\t\t\t\"~^$\" {name}\n\t\t\t\tdefault X-Absent\n\t\t\t}}\n")
        })
        .collect();
    let passed_on: String = upstream
        .request_headers
        .iter()
        .map(|name| {
            let variable = variable(name);
            format!(
                "\t\t\t\theader_up {name} {{vars.{variable}}}\n\t\t\t\theader_up -{{{variable}_absent}}\n"
            )
        })
        .collect();
    let stripped = format!("{base}{slug}");
    let path = match address.path.as_str() {
        "" => format!("uri strip_prefix {stripped}"),
        path => format!("uri path_regexp ^{start}/ {path}/"),
    };
    let url = format!("{}://{}:{}", address.scheme(), address.host, address.port);
    format!(
        r#"		@to_{slug} expression `{{http.request.orig_uri}}.startsWith("{base}{slug}/")`
		route @to_{slug} {{
			@foreign expression `{{relay_foreign}} == "1"`
			error @foreign "origin_not_allowed" 403
			@twisted expression `{{relay_bad_path}} == "1"`
			error @twisted "bad_request" 400
			@unknown expression `!{{http.request.orig_uri}}.matches("^{start_cel}(?:{known})(?:[?]|$)")`
			error @unknown "target_not_allowed" 404
			header @asks X-Relay-Source proxy
			header @asks X-Relay-Sent no
			respond @asks 204
			@other expression `!({{http.request.orig_method}} + " " + {{http.request.orig_uri}}).matches("^(?:{passed})(?:[?]|$)")`
			error @other "method_not_allowed" 405
			@large expression `{{http.request.header.Content-Length}}.matches("^[0-9]{{10}}") || ({{http.request.header.Content-Length}} != "" && int({{http.request.header.Content-Length}}) > MOST)`
			error @large "too_large" 413
			request_body {{
				max_size MOSTB
			}}
			# Only these headers pass: they are put aside, all are taken away, and these are given back.
			vars {{
				relay_host {{http.request.hostport}}
{put_aside}			}}
{absent}			request_header -**
			request_header Host {{vars.relay_host}}
			{path}
			reverse_proxy {url} {{
				import relay_passage
				header_up Host {host}
{passed_on}			}}
		}}

"#,
        start_cel = cel(&start),
        known = cel(&known),
        passed = cel(&passed),
        host = address.authority(),
    )
}

/// A regular expression inside a text of an expression.
fn cel(pattern: &str) -> String {
    pattern.replace('\\', "\\\\")
}

fn variable(header: &str) -> String {
    format!("relay_{}", header.to_lowercase().replace('-', "_"))
}
