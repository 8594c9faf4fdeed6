use super::super::percent::{encode, segment};
use super::super::response::Sent;
use super::*;
use proptest::prelude::*;

fn base(text: &str) -> ProxyBase {
    ProxyBase::parse(text).unwrap()
}

fn path_map(text: &str) -> Kind {
    Kind::PathMap { base: base(text) }
}

fn prefix(text: &str) -> Kind {
    Kind::Prefix { base: base(text) }
}

fn query(text: &str, parameter: &str) -> Kind {
    Kind::Query { base: base(text), parameter: parameter.into() }
}

fn envelope(text: &str) -> Kind {
    Kind::Envelope { base: base(text) }
}

fn gateway(text: &str, name: &str) -> Kind {
    Kind::Header { base: base(text), name: name.into() }
}

fn target(address: &str) -> Target {
    Target { server: "acme-test".into(), address: Address::parse(address).ok(), typed: false }
}

#[test]
fn each_kind_has_its_url() {
    fn check(kind: Kind, address: &str, path: &str, query: &str, expected: &str) {
        let proxy = Proxy::new(kind, Vec::new()).unwrap();
        assert_eq!(proxy.url(&target(address), path, query).as_deref(), Ok(expected));
    }
    let api = "https://api.example/base";
    check(Kind::None, api, "/v1/a%2Fb", "", "https://api.example/base/v1/a%2Fb");
    check(Kind::None, api, "/v1", "b=2&a=1", "https://api.example/base/v1?b=2&a=1");

    check(path_map("https://relay.example"), api, "/v1", "a=1", "https://relay.example/acme-test/v1?a=1");
    check(path_map("https://relay.example/r/"), "", "/v1", "", "https://relay.example/r/acme-test/v1");
    check(path_map("relay"), api, "/v1/a%2Fb", "", "./relay/acme-test/v1/a%2Fb");
    check(path_map("/relay"), api, "/v1", "", "/relay/acme-test/v1");
    check(path_map("/"), api, "/v1", "", "/acme-test/v1");
    check(path_map("./"), api, "/v1", "", "./acme-test/v1");

    check(
        prefix("https://cors.example"),
        api,
        "/v1",
        "a=1",
        "https://cors.example/https://api.example/base/v1?a=1",
    );
    check(prefix("/cors"), api, "/v1/a%2Fb", "", "/cors/https://api.example/base/v1/a%2Fb");

    check(
        query("https://cors.example/", "url"),
        api,
        "/v1/a%2Fb",
        "b=2&a=%20",
        "https://cors.example/?url=https%3A%2F%2Fapi.example%2Fbase%2Fv1%2Fa%252Fb%3Fb%3D2%26a%3D%2520",
    );
    check(query("/cors", "u"), api, "/v1", "", "/cors?u=https%3A%2F%2Fapi.example%2Fbase%2Fv1");
    check(query("/", "u"), "https://x.example", "/", "", "/?u=https%3A%2F%2Fx.example%2F");

    // What is meant stands elsewhere in the request.
    check(envelope("https://cors.example/"), api, "/v1", "a=1", "https://cors.example/");
    check(gateway("https://gate.example/in", "X-Target-URL"), api, "/v1", "", "https://gate.example/in");
}

#[test]
fn what_cannot_go_this_way_is_refused() {
    fn check(kind: Kind, target: Target, path: &str, query: &str, expected: ProxyFault) {
        let fault = Proxy::new(kind, Vec::new()).unwrap().url(&target, path, query).unwrap_err();
        assert_eq!(fault, expected);
        assert!(fault.words().text().ends_with('.'), "{}", fault.words());
    }
    let api = || target("https://api.example");
    let typed = Target { typed: true, ..api() };
    check(path_map("/relay"), typed, "/v1", "", ProxyFault::Typed);
    let unknown = ProxyFault::NoAddress { server: "acme-test".into() };
    check(Kind::None, target(""), "/v1", "", unknown.clone());
    check(prefix("/cors"), target(""), "/v1", "", unknown.clone());
    check(query("/cors", "url"), target(""), "/v1", "", unknown.clone());
    check(envelope("/cors"), target(""), "/v1", "", unknown.clone());
    check(gateway("/gate", "X-Target"), target(""), "/v1", "", unknown);
    for server in ["", "a/b", "..", "a b", "ü", "a?"] {
        let odd = Target { server: server.into(), ..api() };
        check(path_map("/relay"), odd, "/v1", "", ProxyFault::Slug { server: server.into() });
    }
    for path in ["", "v1", "/../other/v1", "/v1/%2E%2e/x", "/v1//x", "/v1?x", "/v1#x", "/a b", "/ü", "/%"] {
        check(path_map("/relay"), api(), path, "", ProxyFault::Path);
        check(query("/cors", "url"), api(), path, "", ProxyFault::Path);
    }
    for query in ["a#b", "a b", "a\n", "ü", "\"", "<"] {
        check(Kind::None, api(), "/v1", query, ProxyFault::Query);
    }
    let long = "x".repeat(LONGEST_URL);
    let length = "https://api.example/".len() + LONGEST_URL;
    check(Kind::None, api(), &["/", &long].concat(), "", ProxyFault::Long { length });
}

#[test]
fn the_longest_url_still_goes() {
    let path = ["/", &"x".repeat(LONGEST_URL - "https://api.example/".len())].concat();
    let url = Proxy::none().url(&target("https://api.example"), &path, "").unwrap();
    assert_eq!(url.len(), LONGEST_URL);
}

#[test]
fn a_typed_address_goes_every_other_way() {
    let typed = Target { typed: true, ..target("https://own.example") };
    for kind in [Kind::None, prefix("/cors"), query("/cors", "url")] {
        assert!(Proxy::new(kind, Vec::new()).unwrap().url(&typed, "/v1", "").is_ok());
    }
}

#[test]
fn fixed_headers_are_checked() {
    fn check(headers: &[(&str, &str)], expected: Result<(), SetupFault>) {
        let headers = headers.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        let made = Proxy::new(Kind::None, headers).map(|_| ());
        assert_eq!(made, expected);
        if let Err(fault) = made {
            assert!(fault.words().text().ends_with('.'), "{}", fault.words());
        }
    }
    check(&[], Ok(()));
    check(&[("X-Requested-With", "memberdesk"), ("CF-Access-Client-Id", "a b;c=1")], Ok(()));
    for name in ["", "a b", "a:b", "ü", "a\n", "(a)"] {
        check(&[(name, "x")], Err(SetupFault::HeaderName(name.into())));
    }
    for name in [
        "Authorization",
        "COOKIE",
        "Host",
        "origin",
        "Referer",
        "Sec-Fetch-Site",
        "Proxy-Authorization",
        "Content-Type",
        "Content-Length",
        "Set-Cookie",
        "X-HTTP-Method-Override",
        "DNT",
        "TE",
        "Via",
    ] {
        check(&[(name, "x")], Err(SetupFault::HeaderForbidden(name.into())));
    }
    for value in ["", " x", "x ", "a\nb", "a\tb", "ü", "\0"] {
        check(&[("X-A", value)], Err(SetupFault::HeaderValue("X-A".into())));
    }
    check(&[("X-A", "1"), ("x-a", "2")], Err(SetupFault::HeaderTwice("x-a".into())));
}

#[test]
fn a_query_parameter_is_a_plain_name() {
    fn check(parameter: &str, expected: bool) {
        let fault = Proxy::new(query("/cors", parameter), Vec::new()).err();
        assert_eq!(fault, (!expected).then_some(SetupFault::Parameter), "{parameter:?}");
    }
    check("url", true);
    check("scalar_url", true);
    for bad in ["", "a b", "a&b", "a=b", "ü", "a%20"] {
        check(bad, false);
    }
}

#[test]
fn a_key_tells_where_a_request_really_goes() {
    fn check(kind: Kind, key: &str, name: &str) {
        let proxy = Proxy::new(kind, Vec::new()).unwrap();
        assert_eq!((proxy.key().as_str(), proxy.name().text().as_str()), (key, name));
    }
    check(Kind::None, "none", "no proxy");
    check(path_map("/relay/"), "path-map /relay", "the proxy on this site");
    check(path_map("https://R.example/"), "path-map https://r.example", "https://r.example");
    check(prefix("https://r.example"), "prefix https://r.example", "https://r.example");
    check(query("https://r.example", "url"), "query https://r.example?url", "https://r.example");
    check(envelope("https://r.example/"), "envelope https://r.example/", "https://r.example");
    check(gateway("https://r.example", "X-T"), "header https://r.example X-T", "https://r.example");
    // What the relay has is no credential where it is entered, and the other way round.
    let kept = Template { token: Token::Relay, ..Template::of(path_map("/relay")) };
    assert_ne!(Proxy::of(kept).unwrap().key(), Proxy::new(path_map("/relay"), Vec::new()).unwrap().key());
}

#[test]
fn a_server_comes_before_its_provider_and_that_before_all() {
    let at = |base: &str| Proxy::new(path_map(base), Vec::new()).unwrap();
    let exceptions = vec![("toluna".into(), at("/one")), ("toluna-trial".into(), at("/two"))];
    let proxies = Proxies { default: Proxy::none(), exceptions };
    let check = |provider: &str, server: &str, expected: &Proxy| {
        assert_eq!(proxies.of(provider, server), expected, "{provider} {server}");
    };
    check("toluna", "toluna-trial", &at("/two"));
    check("toluna", "toluna", &at("/one"));
    check("toluna", "toluna-other", &at("/one"));
    check("webex", "webex", &Proxy::none());
    assert_eq!(proxies.exception("webex", "webex"), None);
    assert_eq!(proxies.all().count(), 3);
}

#[test]
fn what_does_not_go_together_is_refused() {
    fn check(template: Template, expected: Result<(), SetupFault>) {
        let made = Proxy::of(template).map(|_| ());
        assert_eq!(made, expected);
        if let Err(fault) = made {
            assert!(fault.words().text().ends_with('.'), "{}", fault.words());
        }
    }
    let of = |kind| Template::of(kind);
    let relay = |kind| Template { token: Token::Relay, ..of(kind) };
    check(relay(path_map("/relay")), Ok(()));
    for kind in [Kind::None, prefix("/c"), query("/c", "u"), envelope("/c"), gateway("/c", "X-T")] {
        check(of(kind.clone()), Ok(()));
        check(relay(kind), Err(SetupFault::Token));
    }
    let access = |kind| Template { access_token: true, ..of(kind) };
    check(access(envelope("/c")), Ok(()));
    check(access(prefix("/c")), Err(SetupFault::AccessToken));
    let all_origins = |kind| Template { answers: Answers::AllOrigins, ..of(kind) };
    check(all_origins(query("/c", "url")), Ok(()));
    check(all_origins(envelope("/c")), Err(SetupFault::Answers));
    check(Template { answers: Answers::Proxyscotch, ..of(prefix("/c")) }, Err(SetupFault::Answers));
    let name = |text: &str| Err(SetupFault::HeaderName(text.into()));
    check(of(gateway("/c", "a b")), name("a b"));
    check(of(gateway("/c", "Host")), Err(SetupFault::HeaderForbidden("Host".into())));
    let rename =
        |from: &str, to: &str| Template { rename: vec![(from.into(), to.into())], ..of(path_map("/r")) };
    check(rename("Authorization", "X-Forward-Authorization"), Ok(()));
    check(rename("Authorization", "Cookie"), Err(SetupFault::HeaderForbidden("Cookie".into())));
    check(rename("a b", "X-A"), name("a b"));
    check(Template { drop: vec!["a:b".into()], ..of(path_map("/r")) }, name("a:b"));
    check(Template { final_url: Some("ü".into()), ..of(prefix("/r")) }, name("ü"));
    let marks = Marks { source: "X-A".into(), sent: "".into() };
    check(Template { marks: Some(marks), ..of(path_map("/r")) }, name(""));
    let rule = Rule { status: Some(404), begins: " ".into(), code: "failed".into(), sent: Sent::No };
    check(Template { errors: vec![rule], ..of(prefix("/r")) }, Err(SetupFault::RuleEmpty));
}

#[test]
fn a_proxy_that_only_reads_passes_no_change() {
    let proxy = Proxy::of(Template { writes: false, ..Template::of(query("/c", "url")) }).unwrap();
    assert_eq!(proxy.passes(Method::Get), Ok(()));
    for method in [Method::Post, Method::Put, Method::Patch] {
        assert_eq!(proxy.passes(method), Err(ProxyFault::ReadsOnly));
        assert_eq!(Proxy::none().passes(method), Ok(()));
    }
}

proptest! {
    #[test]
    fn any_id_is_one_segment_after_any_proxy(id: String) {
        let Ok(id) = segment(&id) else { return Ok(()) };
        prop_assume!(id.len() < 600);
        let path = format!("/v1/members/{id}/rights");
        let target = target("https://api.example");
        let url = |kind| Proxy::new(kind, Vec::new()).unwrap().url(&target, &path, "a=1").unwrap();
        let direct = url(Kind::None);
        let count = |url: &str| url.split('/').count();
        prop_assert_eq!(count(&direct), count("https://api.example/v1/members/1/rights"));
        prop_assert_eq!(direct.split('/').nth(5), Some(id.as_str()));
        let mapped = url(path_map("https://relay.example"));
        prop_assert_eq!(&mapped, &format!("https://relay.example/acme-test{path}?a=1"));
        prop_assert_eq!(count(&mapped), count("https://relay.example/acme-test/v1/members/1/rights"));
        prop_assert_eq!(url(prefix("https://cors.example")), format!("https://cors.example/{direct}"));
        let asked = url(query("https://cors.example", "url"));
        let (_, parameter) = asked.split_once("?url=").unwrap();
        prop_assert!(!parameter.contains(['/', '?', '&', '#', ':']));
        prop_assert_eq!(decoded(parameter), direct);
    }

    #[test]
    fn any_path_gives_a_url_below_the_server_or_a_fault(path in "/?[a-c./%2eE?#\\\\]{0,12}") {
        let proxy = Proxy::new(path_map("/relay"), Vec::new()).unwrap();
        if let Ok(url) = proxy.url(&target(""), &path, "") {
            let resolved = url.to_ascii_lowercase().replace("%2e", ".");
            prop_assert!(url.starts_with("/relay/acme-test/"));
            prop_assert!(!resolved.split('/').any(|segment| segment == "." || segment == ".."));
            prop_assert!(!url.contains(['?', '#', '\\']));
        }
    }
}

/// Decodes once, as the proxy does.
fn decoded(text: &str) -> String {
    let mut parts = text.split('%');
    let mut out = parts.next().unwrap().to_owned();
    for part in parts {
        let (hex, rest) = part.split_at(2);
        let byte = u8::from_str_radix(hex, 16).unwrap();
        assert!(byte.is_ascii(), "{}", encode(text));
        out.push(char::from(byte));
        out.push_str(rest);
    }
    out
}
