//! The relay as Caddy reads it: 2.6.2 or newer, as it is packaged.
//!
//! As in nginx, each decision is a map from the raw request to a value. Caddy works them out when they are asked
//! for, so what they need of a request is put aside before its headers are taken away.

mod passage;

use crate::hosting::caddy::{self, quoted};

use super::{
    Listen, Relay,
    contract::{self, HIDDEN, SHOWN},
    log,
    upstream::escape,
};

/// The codes of what is refused before anything is sent.
const OWN: [&str; 5] =
    ["bad_request", "origin_not_allowed", "target_not_allowed", "method_not_allowed", "too_large"];

/// How Go says that there was no connection to send anything on. All else may have been sent.
const NOT_SENT: [&str; 4] =
    ["dial ", "x509: ", "TLS handshake timeout", "tls: first record does not look like a TLS handshake"];

pub fn caddy(relay: &Relay) -> String {
    let address = match &relay.listen {
        Listen::Plain(_) => format!("http://{}", relay.listen.authority()),
        Listen::Tls { .. } => relay.listen.authority(),
    };
    let blocks = [log_block(relay), maps(relay), route(relay), errors()].concat();
    format!("{}\n{}\n{address} {{\n{blocks}}}\n", options(relay), passage::snippet(relay))
}

/// A plain address is one for trying: nothing else of the machine is touched.
fn options(relay: &Relay) -> String {
    let alone = match relay.listen {
        Listen::Plain(_) => "\tadmin off\n\tauto_https off\n",
        Listen::Tls { .. } => "",
    };
    format!(
        "{{
{alone}\t# Caddy writes the whole request beside each complaint.
\tlog default {{
\t\texclude http.log.error http.log.access
\t}}
\tservers {{
\t\ttimeouts {{
\t\t\tread_header 10s
\t\t\tread_body 10s
\t\t}}
\t\tmax_header_size 16KB
\t}}
}}
"
    )
}

/// What a line holds is what is left of it.
fn log_block(relay: &Relay) -> String {
    let slugs: Vec<&str> = relay.upstreams.iter().map(|upstream| upstream.slug.as_str()).collect();
    format!(
        "\t# No path, query, header or body: they hold names of members, tokens, and with some providers a secret.
\tlog {{
\t\toutput file {file}
\t\tformat filter {{
\t\t\twrap json
\t\t\tfields {{
\t\t\t\trequest>uri regexp \"^{base}({slugs})/.*$|^.*$\" \"$1\"
\t\t\t\trequest>headers delete
\t\t\t\trequest>host delete
\t\t\t\trequest>remote_ip delete
\t\t\t\trequest>remote_port delete
\t\t\t\trequest>client_ip delete
\t\t\t\trequest>tls delete
\t\t\t\tresp_headers delete
\t\t\t\tuser_id delete
\t\t\t}}
\t\t}}
\t}}

",
        file = quoted(&log(relay, "/var/log/caddy", "relay.log")),
        base = escape(&relay.base),
        slugs = slugs.join("|"),
    )
}

fn maps(relay: &Relay) -> String {
    let origins = relay.allowed_origins.iter().map(|origin| escape(origin)).collect::<Vec<_>>().join("|");
    let own = OWN.join("|");
    let not_sent = NOT_SENT.map(|text| if text == "dial " { format!("^{text}") } else { text.to_owned() });
    format!(
        r#"	# The page that asks, if it may. A browser sends no Origin with a GET to its own host.
	map "{{http.request.orig_method}} {{vars.relay_site}}|{{vars.relay_page}}" {{relay_origin}} {{relay_foreign}} {{relay_foreign_page}} {{
		"~^\S+ [^|]*\|({origins})$" "${{1}}" 0 0
		"~^GET (same-origin)?\|$" "" 0 0
		"~^\S+ [^|]*\|$" "" 1 0
		default "" 1 1
	}}
	# The path as it was sent: no empty or dot segments, and nothing that could become one.
	map {{http.request.orig_uri}} {{relay_bad_path}} {{
		"~(?i)^[^?]*(?:%2e|%5c|%00|\x5c|//|(?:/|%2f)\.\.?(?:/|%2f|;|%3b|\?|$))" 1
		default 0
	}}
	# What is said when it went wrong, and whether the request may have reached the provider.
	map "{{err.status_code}} {{err.message}}" {{relay_status}} {{relay_code}} {{relay_sent}} {{
		"~^(4\d\d) ({own})$" "${{1}}" "${{2}}" no
		"~^\d+ (?:{not_sent})" 502 upstream_unreachable no
		"~^504" 504 upstream_timeout yes
		"~^413" 413 too_large yes
		default 502 upstream_unreachable yes
	}}

"#,
        not_sent = not_sent.map(|text| text.trim_start_matches('^').to_owned()).join("|.*"),
    )
}

fn route(relay: &Relay) -> String {
    let (methods, accepted, exposed) =
        (contract::methods(relay), contract::accepted(relay), contract::exposed(relay));
    let passages: String = relay.upstreams.iter().map(|upstream| passage::route(relay, upstream)).collect();
    let base = &relay.base;
    let only = match &relay.page {
        Some(_) => format!(
            "\troute {{\n\t@relay expression `{{http.request.orig_uri}}.startsWith(\"{base}\")`\n\troute @relay {{\n"
        ),
        None => "\troute {\n".to_owned(),
    };
    // The page stands beside the relay in the block that both share.
    let page =
        relay.page.as_ref().map(|page| caddy::site(page, relay.is_tls()) + "\t}\n").unwrap_or_default();
    let most = u64::from(relay.limits.body_kibibytes) * 1024;
    format!(
        r#"{only}		vars {{
			relay_page {{http.request.header.Origin}}
			relay_site {{http.request.header.Sec-Fetch-Site}}
		}}
		header -Server
		header {{
			X-Relay 1
			X-Relay-Id {{http.request.uuid}}
			Vary Origin
			Cache-Control no-store
			X-Content-Type-Options nosniff
			# A provider's answer that somebody opens as a page does nothing there.
			Content-Security-Policy "default-src 'none'; frame-ancestors 'none'; sandbox"
			Access-Control-Expose-Headers "{exposed}"
		}}
		@own expression `{{relay_origin}} != ""`
		header @own Access-Control-Allow-Origin {{relay_origin}}
		@asks method OPTIONS
		header @asks {{
			Access-Control-Allow-Methods "{methods}"
			Access-Control-Allow-Headers "{accepted}"
			Access-Control-Max-Age 600
		}}

		@health expression `{{http.request.orig_uri}}.matches("^{health}(?:[?]|$)")`
		route @health {{
			@foreign expression `{{relay_foreign_page}} == "1"`
			error @foreign "origin_not_allowed" 403
			header X-Relay-Source proxy
			header X-Relay-Sent no
			respond @asks 204
			@other not method GET HEAD PUT PATCH POST
			error @other "method_not_allowed" 405
			header Content-Type application/json
{shown}			respond `{{"relay":1}}`
		}}

{passages}		error "target_not_allowed" 404
	}}
{page}
"#,
        shown = SHOWN.map(|(name, value)| format!("\t\t\theader {name} `{value}`\n")).concat(),
        health = escape(&format!("{base}healthz")).replace('\\', "\\\\"),
        passages = passages.replace("MOST", &most.to_string()),
    )
}

fn errors() -> String {
    r#"	handle_errors {
		header X-Relay-Source proxy
		header X-Relay-Sent {relay_sent}
		header Content-Type application/json
		respond `{"error":{"source":"proxy","code":"{relay_code}"}}` {relay_status}
	}
"#
    .to_owned()
}

/// What an answer may not bring along.
fn hidden() -> impl Iterator<Item = &'static str> {
    let is_ours = |name: &&str| !["X-Relay-Source", "X-Relay-Sent"].contains(name);
    HIDDEN.into_iter().chain(["Server"]).filter(is_ours)
}
