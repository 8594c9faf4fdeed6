use super::super::{Address, Kind, ProxyBase, RequestView, body_json, segment};
use super::*;
use crate::transport::proxy::{Template, Token};
use proptest::prelude::*;
use serde_json::{Value, json};

fn target() -> Target {
    Target { server: "live".into(), address: Address::parse("https://api.example").ok(), typed: false }
}

fn ways() -> Vec<Proxy> {
    let base = || ProxyBase::parse("https://relay.example").unwrap();
    let kinds = [
        Kind::None,
        Kind::PathMap { base: base() },
        Kind::Prefix { base: base() },
        Kind::Query { base: base(), parameter: "url".into() },
    ];
    let headers = vec![("X-Requested-With".to_owned(), "memberdesk".to_owned())];
    kinds.into_iter().map(|kind| Proxy::new(kind, headers.clone()).unwrap()).collect()
}

/// A request with a hole in every place that can have one.
fn request(id: &str) -> Request {
    let with_hole = |before: &str, escape, after: &str| {
        let mut text = Text::plain(before);
        text.append(Text::hole("token", escape));
        text.push_plain(after);
        text
    };
    Request {
        method: Method::Put,
        provider: "acme".into(),
        server: "live".into(),
        account: String::new(),
        path: with_hole(&format!("/v1/{id}/"), Escape::Raw, "/x"),
        query: with_hole("b=2&key=", Escape::Query, "&a=1"),
        headers: vec![("Authorization".into(), with_hole("Bearer ", Escape::Raw, ""))],
        body: Some(body_json(&json!({"name": "Jo"}), &[("/secret", "token")])),
    }
}

fn keyring(proxy: &Proxy, secret: Secret) -> Keyring {
    let mut keyring = Keyring::default();
    keyring.put(Binding::new("acme", "", &target(), proxy), "token", secret);
    keyring
}

#[test]
fn a_hole_is_written_as_its_place_demands() {
    let proxy = Proxy::none();
    let secret = Secret::password("a/b?\"c\\ é").unwrap();
    let parts = sign(&request("1"), &target(), &proxy, &keyring(&proxy, secret)).unwrap().into_parts();
    let encoded = "a%2Fb%3F%22c%5C%20%C3%A9";
    assert_eq!(parts.url, format!("https://api.example/v1/1/{encoded}/x?b=2&key={encoded}&a=1"));
    assert_eq!(parts.headers, [("Authorization".into(), "Bearer a/b?\"c\\ é".into())]);
    let body: Value = serde_json::from_str(&parts.body.unwrap()).unwrap();
    assert_eq!(body, json!({"name": "Jo", "secret": "a/b?\"c\\ é"}));
    assert_eq!(parts.method, Method::Put);
}

#[test]
fn a_secret_goes_to_its_own_pair_only() {
    fn check(fault: SignFault, secret: Option<&str>) {
        assert_eq!(fault.secret(), secret);
        let words = fault.words("access token").text();
        assert!(words.contains("access token") && words.ends_with('.'), "{words}");
    }
    for given in ways() {
        for used in ways() {
            let keyring = keyring(&given, Secret::parse("secret-1").unwrap());
            let signed = sign(&request("1"), &target(), &used, &keyring);
            if given == used {
                assert!(signed.is_ok());
            } else {
                let bound = Binding::new("acme", "", &target(), &given);
                let fault = signed.unwrap_err();
                assert_eq!(fault, SignFault::Elsewhere { secret: "token".into(), bound: Box::new(bound) });
                check(fault, Some("token"));
            }
        }
    }
    let proxy = Proxy::none();
    let missing = sign(&request("1"), &target(), &proxy, &Keyring::default()).unwrap_err();
    assert_eq!(missing, SignFault::Missing { secret: "token".into() });
    check(missing, Some("token"));

    // Another address under the same slug is another server.
    let moved = Target { address: Address::parse("https://evil.example").ok(), ..target() };
    let keyring = keyring(&proxy, Secret::parse("secret-1").unwrap());
    let fault = sign(&request("1"), &moved, &proxy, &keyring).unwrap_err();
    assert!(matches!(fault, SignFault::Elsewhere { .. }));

    // Another provider's token is not even mentioned.
    let foreign = Request { provider: "other".into(), ..request("1") };
    let fault = sign(&foreign, &target(), &proxy, &keyring).unwrap_err();
    assert_eq!(fault, SignFault::Missing { secret: "token".into() });
}

#[test]
fn what_cannot_be_sent_is_refused() {
    fn check(
        change: impl Fn(&mut Request),
        secret: Result<Secret, super::super::SecretFault>,
        expected: SignFault,
    ) {
        let proxy = &ways()[1];
        let mut request = request("1");
        change(&mut request);
        let fault = sign(&request, &target(), proxy, &keyring(proxy, secret.unwrap())).unwrap_err();
        assert_eq!(fault, expected);
        assert!(fault.words("access token").text().ends_with('.'));
    }
    let secret = || Secret::parse("secret-1");
    let named = |name: &str, value: &str| {
        let header = (name.to_owned(), Text::plain(value));
        move |request: &mut Request| request.headers.push(header.clone())
    };
    check(|request| request.server = "test".into(), secret(), SignFault::OtherServer);
    check(|request| request.path = Text::plain("v1"), secret(), SignFault::Url(ProxyFault::Path));
    check(|request| request.path = Text::plain("/v1/../x"), secret(), SignFault::Url(ProxyFault::Path));
    check(named("a b", "x"), secret(), SignFault::HeaderName("a b".into()));
    check(named("X-A", "a\r\nX-Evil: 1"), secret(), SignFault::HeaderValue("X-A".into()));
    check(named("X-A", "Ā"), secret(), SignFault::HeaderValue("X-A".into()));
    check(named("X-A", &"x".repeat(8193)), secret(), SignFault::HeaderLong("X-A".into()));
    check(named("x-requested-with", "x"), secret(), SignFault::HeaderTwice("X-Requested-With".into()));
    check(|_| (), Secret::password("密码"), SignFault::HeaderValue("Authorization".into()));
    // A secret that is dots would change the path it stands in.
    check(|_| (), Secret::parse(".."), SignFault::Url(ProxyFault::Path));
    let url_free = |request: &mut Request| {
        request.path = Text::plain("/v1");
        request.query = Text::default();
    };
    check(url_free, Secret::parse(&"x".repeat(8190)), SignFault::HeaderLong("Authorization".into()));
    let typed = Target { typed: true, ..target() };
    let fault = sign(&request("1"), &typed, &ways()[1], &Keyring::default()).unwrap_err();
    assert_eq!(fault, SignFault::Url(ProxyFault::Typed));
}

#[test]
fn a_header_is_measured_as_it_is_sent() {
    let request = Request {
        path: Text::plain("/v1"),
        query: Text::default(),
        headers: vec![("X-A".into(), Text::plain("é".repeat(8192)))],
        body: None,
        ..request("1")
    };
    assert!(sign(&request, &target(), &Proxy::none(), &Keyring::default()).is_ok());
}

#[test]
fn a_request_without_holes_needs_no_keys() {
    let request = Request {
        path: Text::plain("/v1"),
        query: Text::default(),
        headers: Vec::new(),
        body: None,
        method: Method::Get,
        ..request("1")
    };
    for proxy in ways() {
        assert!(sign(&request, &target(), &proxy, &Keyring::default()).is_ok());
    }
}

#[test]
fn each_account_of_a_server_has_its_own_secret() {
    let (proxy, mut keyring) = (Proxy::none(), Keyring::default());
    for account in ["UK", "FR"] {
        let secret = Secret::parse(&["secret-of-", account].concat()).unwrap();
        keyring.put(Binding::new("acme", account, &target(), &proxy), "token", secret);
    }
    let header = |account: &str| {
        let request = Request { account: account.into(), ..request("1") };
        sign(&request, &target(), &proxy, &keyring).map(|signed| signed.into_parts().headers[0].1.clone())
    };
    assert_eq!(header("UK").as_deref(), Ok("Bearer secret-of-UK"));
    assert_eq!(header("FR").as_deref(), Ok("Bearer secret-of-FR"));
    for other in ["", "uk", "DE"] {
        let fault = header(other).unwrap_err();
        assert!(matches!(&fault, SignFault::Elsewhere { secret, .. } if secret == "token"), "{fault:?}");
        assert!(!fault.words("Access token").text().contains("secret-of-"));
    }
}

proptest! {
    #[test]
    fn view_and_sign_differ_in_the_holes_only(id: String, secret in "[A-Za-z0-9_.~-]{3,60}") {
        let Ok(id) = segment(&id) else { return Ok(()) };
        prop_assume!(id.len() < 400 && !"Bearer name Jo secret memberdesk relay api example".contains(&secret));
        for proxy in ways() {
            let request = request(&id);
            let view = request.view(&target(), &proxy).unwrap();
            let keyring = keyring(&proxy, Secret::parse(&secret).unwrap());
            let signed = sign(&request, &target(), &proxy, &keyring).unwrap();
            prop_assert_eq!(format!("{signed:?}"), "Signed(hidden)");
            let fill = |text: &str| text.replace("$TOKEN", &secret);
            let parts = signed.into_parts();
            let filled = RequestView {
                method: view.method,
                url: fill(&view.url),
                headers: view.headers.iter().map(|(name, value)| (name.clone(), fill(value))).collect(),
                body: view.body.as_deref().map(fill),
            };
            let sent = RequestView { method: parts.method, url: parts.url, headers: parts.headers, body: parts.body };
            prop_assert_eq!(filled, sent);
        }
    }

    #[test]
    fn a_secret_is_seen_nowhere(secret in "§[!-~]{7,60}§") {
        for proxy in ways() {
            let request = request("1");
            let keyring = keyring(&proxy, Secret::parse(&secret).unwrap());
            let signed = sign(&request, &target(), &proxy, &keyring);
            let view = request.view(&target(), &proxy).unwrap();
            let elsewhere = sign(&request, &Target { server: "live".into(), address: None, typed: false }, &proxy, &keyring);
            let seen = format!("{signed:?} {view:?} {request:?} {keyring:?} {elsewhere:?}");
            prop_assert!(!seen.contains('§') && !seen.contains(&encode(&secret)));
            prop_assert!(!seen.contains(secret.trim_matches('§')));
        }
    }

    #[test]
    fn a_secret_ends_no_json_string(secret in "\\PC{1,40}") {
        let Ok(given) = Secret::password(&secret) else { return Ok(()) };
        let mut request = request("1");
        request.path = Text::plain("/v1");
        request.query = Text::default();
        request.headers.clear();
        let proxy = Proxy::none();
        let parts = sign(&request, &target(), &proxy, &keyring(&proxy, given)).unwrap().into_parts();
        let body: Value = serde_json::from_str(&parts.body.unwrap()).unwrap();
        prop_assert_eq!(body, json!({"name": "Jo", "secret": secret}));
    }
}

fn proxy(template: Template) -> Proxy {
    Proxy::of(template).unwrap()
}

fn relay_base() -> ProxyBase {
    ProxyBase::parse("https://relay.example").unwrap()
}

#[test]
fn a_request_goes_in_an_envelope_with_its_secrets_where_they_belong() {
    let template = Template::of(Kind::Envelope { base: relay_base() });
    let proxy = proxy(Template {
        access_token: true,
        headers: vec![("X-Requested-With".into(), "memberdesk".into())],
        rename: vec![("Authorization".into(), "X-Forward".into())],
        ..template
    });
    let binding = Binding::new("acme", "", &target(), &proxy);
    let mut keyring = keyring(&proxy, Secret::password("s\"1").unwrap());
    let missing = sign(&request("1"), &target(), &proxy, &keyring).err();
    assert_eq!(missing, Some(SignFault::Missing { secret: ACCESS_TOKEN.into() }));
    let words = missing.map(|fault| fault.words("Token").text()).unwrap_or_default();
    assert!(words.contains("Access token of the proxy"), "{words}");
    keyring.put(binding, ACCESS_TOKEN, Secret::password("own").unwrap());
    let parts = sign(&request("1"), &target(), &proxy, &keyring).unwrap().into_parts();
    assert_eq!((parts.method, parts.url.as_str()), (Method::Post, "https://relay.example"));
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let own = [header("Content-Type", "application/json"), header("X-Requested-With", "memberdesk")];
    assert_eq!(parts.headers, own);
    let body: Value = serde_json::from_str(&parts.body.unwrap()).unwrap();
    let expected = json!({
        "accessToken": "own",
        "wantsBinary": false,
        "method": "PUT",
        "url": "https://api.example/v1/1/s%221/x?b=2&key=s%221&a=1",
        "auth": { "username": "", "password": "" },
        "headers": { "X-Forward": "Bearer s\"1" },
        "params": {},
        "data": "{\"name\":\"Jo\",\"secret\":\"s\\\"1\"}",
    });
    assert_eq!(body, expected);
    let view = request("1").view(&target(), &proxy).unwrap();
    let body: Value = serde_json::from_str(&view.body.unwrap()).unwrap();
    assert_eq!((&body["accessToken"], &body["method"]), (&json!("$PROXY_TOKEN"), &json!("PUT")));
    assert_eq!(body["headers"], json!({ "X-Forward": "Bearer $TOKEN" }));
}

#[test]
fn a_gateway_is_told_the_address_in_a_header() {
    let template = Template::of(Kind::Header { base: relay_base(), name: "X-Target-URL".into() });
    let proxy = proxy(Template { drop: vec!["authorization".into()], ..template });
    let keyring = keyring(&proxy, Secret::password("s").unwrap());
    let parts = sign(&request("1"), &target(), &proxy, &keyring).unwrap().into_parts();
    assert_eq!((parts.method, parts.url.as_str()), (Method::Put, "https://relay.example"));
    let url = "https://api.example/v1/1/s/x?b=2&key=s&a=1".to_owned();
    assert_eq!(parts.headers, [("X-Target-URL".to_owned(), url)]);
    let view = request("1").view(&target(), &proxy).unwrap();
    assert_eq!(view.headers[0].1, "https://api.example/v1/1/$TOKEN/x?b=2&key=$TOKEN&a=1");
}

#[test]
fn what_the_relay_has_leaves_with_its_header() {
    let template = Template::of(Kind::PathMap { base: relay_base() });
    let proxy = proxy(Template { token: Token::Relay, ..template });
    let mut keyring = Keyring::default();
    let mut request =
        Request { query: Text::default(), path: Text::plain("/v1/1"), body: None, ..request("1") };
    request.headers.push(("X-Panel".into(), Text::hole("panel", Escape::Raw)));
    let binding = Binding::new("acme", "", &target(), &proxy);
    keyring.put(binding.clone(), "panel", Secret::password("p").unwrap());
    // Nobody has connected yet.
    let missing = sign(&request, &target(), &proxy, &keyring).err();
    assert_eq!(missing, Some(SignFault::Missing { secret: "token".into() }));
    keyring.leave_with_relay(binding.clone(), "token");
    let parts = sign(&request, &target(), &proxy, &keyring).unwrap().into_parts();
    assert_eq!(parts.headers, [("X-Panel".to_owned(), "p".to_owned())]);
    assert!(keyring.has(&binding, "token"));
    assert_eq!(keyring.last_four(&binding, "token"), None);
    // Where it is to be entered, it is still missing.
    let other = Proxy::new(Kind::PathMap { base: relay_base() }, Vec::new()).unwrap();
    assert!(matches!(sign(&request, &target(), &other, &keyring).err(), Some(SignFault::Elsewhere { .. })));
}

#[test]
fn no_secret_goes_to_a_stranger_before_somebody_has_said_so() {
    for kind in [Kind::Prefix { base: relay_base() }, Kind::PathMap { base: relay_base() }] {
        let proxy = proxy(Template { public: true, ..Template::of(kind) });
        let mut keyring = keyring(&proxy, Secret::password("s").unwrap());
        assert_eq!(sign(&request("1"), &target(), &proxy, &keyring).err(), Some(SignFault::Public));
        // Without a secret in it, it may go.
        let bare = Request {
            headers: Vec::new(),
            path: Text::plain("/v1"),
            query: Text::default(),
            body: None,
            ..request("1")
        };
        assert!(sign(&bare, &target(), &proxy, &keyring).is_ok());
        keyring.allow(&proxy);
        assert!(sign(&request("1"), &target(), &proxy, &keyring).is_ok());
        // It was said of this one alone, and holds no longer than the secrets.
        let other = ProxyBase::parse("https://other.example").unwrap();
        let other = Template { public: true, ..Template::of(Kind::Prefix { base: other }) };
        assert!(!keyring.allows(&Proxy::of(other).unwrap()));
        keyring.clear();
        assert!(!keyring.allows(&proxy));
    }
}

#[test]
fn what_changes_something_does_not_go_where_only_reading_does() {
    let template = Template::of(Kind::Query { base: relay_base(), parameter: "url".into() });
    let proxy = proxy(Template { writes: false, ..template });
    let keyring = keyring(&proxy, Secret::password("s").unwrap());
    let fault = Some(SignFault::Url(ProxyFault::ReadsOnly));
    assert_eq!(sign(&request("1"), &target(), &proxy, &keyring).err(), fault);
    let read = Request { method: Method::Get, body: None, ..request("1") };
    assert!(sign(&read, &target(), &proxy, &keyring).is_ok());
}

#[test]
fn cookies_go_along_only_where_the_template_says_so() {
    for cookies in [false, true] {
        let template = Template::of(Kind::PathMap { base: relay_base() });
        let proxy = proxy(Template { cookies, ..template });
        let keyring = keyring(&proxy, Secret::password("s").unwrap());
        assert_eq!(sign(&request("1"), &target(), &proxy, &keyring).unwrap().into_parts().cookies, cookies);
    }
    let none = Proxy::none();
    let keyring = keyring(&none, Secret::password("s").unwrap());
    assert!(!sign(&request("1"), &target(), &none, &keyring).unwrap().into_parts().cookies);
}
