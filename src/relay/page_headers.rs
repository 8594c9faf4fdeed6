//! The headers that protect the page, for every server that serves it.

/// The policy of the page: it talks to its own host and to `relays`, to nobody else.
pub fn page_headers(relays: &[&str]) -> Vec<(&'static str, String)> {
    let connect = std::iter::once("'self'").chain(relays.iter().copied()).collect::<Vec<_>>().join(" ");
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
         font-src 'self'; connect-src {connect}; manifest-src 'self'; worker-src 'self'; base-uri 'none'; \
         form-action 'none'; object-src 'none'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'"
    );
    let powers = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), \
                  display-capture=()";
    vec![
        ("Content-Security-Policy", policy),
        ("X-Content-Type-Options", "nosniff".to_owned()),
        ("Referrer-Policy", "no-referrer".to_owned()),
        ("Permissions-Policy", powers.to_owned()),
        ("Cross-Origin-Opener-Policy", "same-origin".to_owned()),
        ("Cross-Origin-Resource-Policy", "same-origin".to_owned()),
    ]
}

/// What hosts are told beside them once the page is only served over TLS.
pub const STRICT_TRANSPORT: (&str, &str) =
    ("Strict-Transport-Security", "max-age=63072000; includeSubDomains");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_names_the_relay_and_allows_no_inline_script() {
        let headers = page_headers(&["https://relay.example.com"]);
        let policy = &headers[0].1;
        assert!(policy.contains("connect-src 'self' https://relay.example.com;"), "{policy}");
        assert!(!policy.contains("unsafe-inline"), "{policy}");
    }
}
