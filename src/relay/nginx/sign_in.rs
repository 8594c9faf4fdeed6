//! Tokens that stay at the relay, and who keeps strangers from them.

use super::super::{Relay, SignIn, contract::FORGERY_HEADER};

/// Beside the other headers of every answer.
pub const HEADERS: &str = "    add_header Access-Control-Allow-Credentials $relay_credentials always;
    error_page 401 =401 @relay_401;
";

/// The word for a refusal that may be the sign-in's own.
pub fn word(status: u16) -> Option<&'static str> {
    match status {
        403 => Some("$relay_barred"),
        502 => Some("$relay_lost"),
        _ => None,
    }
}

pub fn maps() -> String {
    let variable = FORGERY_HEADER.to_lowercase().replace('-', "_");
    format!(
        r#"# A form on another site can bring the cookie along, but not this header.
map "$request_method $http_{variable}" $relay_forged {{
    default 1;
    "~^(?:GET|HEAD|OPTIONS) " 0;
    "~^\S+ \S" 0;
}}
map $relay_origin $relay_credentials {{ default true; "" ""; }}

# Whose no it is. The sign-in says 2xx or 401, 403 to whoever may not do this; all else is a fault of its own.
map $relay_door $relay_barred {{ default origin_not_allowed; 403 sign_in_refused; }}
map "$relay_door $request_uri" $relay_lost {{
    # The question to the sign-in fails first, and what it found would be kept.
    volatile;
    default sign_in_down;
    "~^(?:2\d\d)? /(?!oauth2/)" upstream_unreachable;
}}
"#
    )
}

/// In the location of a server.
pub fn guard(relay: &Relay) -> String {
    format!(
        "    if ($relay_forged) {{ return 400; }}\n    auth_request {}signed-in;\n    \
         auth_request_set $relay_door $upstream_status;\n",
        relay.base
    )
}

/// Who is signed in is asked of the sign-in, which hears no path: those hold names of members.
pub fn locations(relay: &Relay, sign_in: &SignIn) -> String {
    format!(
        r#"location = {base}signed-in {{
    internal;
    access_log off;
    proxy_pass http://{address}/oauth2/auth;
    proxy_pass_request_body off;
    proxy_set_header Content-Length "";
    proxy_set_header Host $host;
    proxy_set_header Cookie $http_cookie;
    proxy_set_header X-Forwarded-Proto $scheme;
}}
location /oauth2/ {{
    access_log off;
    proxy_pass http://{address};
    proxy_pass_request_headers on;
    proxy_pass_header Set-Cookie;
    proxy_set_header Host $host;
    proxy_set_header X-Forwarded-Proto $scheme;
    add_header Cache-Control no-store always;
    add_header X-Content-Type-Options nosniff always;
}}
location @relay_401 {{
    default_type application/json;
    return 401 '{{"error":{{"source":"proxy","code":"sign_in_needed"}}}}';
}}
"#,
        base = relay.base,
        address = sign_in.address,
    )
}
