//! Tokens that stay at the relay, and who keeps strangers from them.

use super::super::{Relay, SignIn, contract::FORGERY_HEADER};

/// Beside the other headers of every answer.
pub const HEADERS: &str = "    add_header Access-Control-Allow-Credentials $relay_credentials always;
    error_page 401 =401 @relay_401;
";

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
"#
    )
}

/// In the location of a server.
pub fn guard(relay: &Relay) -> String {
    format!("    if ($relay_forged) {{ return 400; }}\n    auth_request {}signed-in;\n", relay.base)
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
