use super::*;
use proptest::prelude::*;

#[test]
fn an_address_has_one_spelling() {
    fn check(text: &str, expected: Result<&str, AddressFault>) {
        let parsed = Address::parse(text).map(|address| address.as_str().to_owned());
        assert_eq!(parsed, expected.map(str::to_owned), "{text:?}");
    }
    check("https://api.example.com", Ok("https://api.example.com"));
    check("  https://api.example.com/  ", Ok("https://api.example.com"));
    check("HTTPS://API.Example.COM:443/Base/", Ok("https://api.example.com/Base"));
    check("http://example.com:80", Ok("http://example.com"));
    check("http://example.com:443", Ok("http://example.com:443"));
    check("https://example.com:08443", Ok("https://example.com:8443"));
    check("https://192.0.2.1:8443/a/b", Ok("https://192.0.2.1:8443/a/b"));
    check("https://[2001:DB8::1]:8443", Ok("https://[2001:db8::1]:8443"));
    check("http://[::1]", Ok("http://[::1]"));
    check("https://xn--bcher-kva.example", Ok("https://xn--bcher-kva.example"));
    check("https://under_score.example", Ok("https://under_score.example"));
    check("http://localhost:8080", Ok("http://localhost:8080"));

    check("", Err(AddressFault::Empty));
    check("   ", Err(AddressFault::Empty));
    check("https://a b.example", Err(AddressFault::Space));
    check("https://a\u{a0}b.example", Err(AddressFault::Space));
    check("https://a.example/\tb", Err(AddressFault::Space));
    check("https://a.exa\0mple", Err(AddressFault::Space));
    check("api.example.com", Err(AddressFault::NoScheme));
    check("//api.example.com", Err(AddressFault::NoScheme));
    check("https:/api.example.com", Err(AddressFault::NoScheme));
    check("javascript:alert(1)", Err(AddressFault::NoScheme));
    check("ftp://api.example.com", Err(AddressFault::OtherScheme));
    check("wss://api.example.com", Err(AddressFault::OtherScheme));
    check("file:///etc", Err(AddressFault::OtherScheme));
    check("https://user:pass@api.example.com", Err(AddressFault::Password));
    check("https://user@api.example.com", Err(AddressFault::Password));
    check("https://api.example.com:443@evil.example", Err(AddressFault::Password));
    check("https://api.example.com?x=1", Err(AddressFault::Query));
    check("https://api.example.com/?", Err(AddressFault::Query));
    check("https://api.example.com/#top", Err(AddressFault::Fragment));
    check("https://api.example.com#@evil.example", Err(AddressFault::Fragment));
    check("https://", Err(AddressFault::NoHost));
    check("https:///path", Err(AddressFault::NoHost));
    check("https://:8080", Err(AddressFault::NoHost));
    check("https://.example.com", Err(AddressFault::Host));
    check("https://example.com.", Err(AddressFault::Host));
    check("https://a..b", Err(AddressFault::Host));
    check("https://exa%6dple.com", Err(AddressFault::Host));
    check("https://api.example.com\\@evil.example", Err(AddressFault::Password));
    check("https://api.example.com\\evil", Err(AddressFault::Host));
    check("https://2130706433", Err(AddressFault::Host));
    check("https://127.1", Err(AddressFault::Host));
    check("https://0x7f.0.0.1", Err(AddressFault::Host));
    check("https://127.0.0.0x1", Err(AddressFault::Host));
    check("https://010.0.0.1", Err(AddressFault::Host));
    check("https://256.0.0.1", Err(AddressFault::Host));
    check("https://bücher.example", Err(AddressFault::ForeignHost));
    check("https://аpi.example", Err(AddressFault::ForeignHost));
    check("https://::1", Err(AddressFault::BareIpv6));
    check("https://[::1", Err(AddressFault::BareIpv6));
    check("https://[::1%25eth0]", Err(AddressFault::BareIpv6));
    check("https://[1.2.3.4]", Err(AddressFault::BareIpv6));
    check("https://[::1]x", Err(AddressFault::Host));
    check("https://a.example:", Err(AddressFault::Port));
    check("https://a.example:0", Err(AddressFault::Port));
    check("https://a.example:65536", Err(AddressFault::Port));
    check("https://a.example:+80", Err(AddressFault::Port));
    check("https://a.example:8o80", Err(AddressFault::Port));
    check("https://a.example:25", Err(AddressFault::ClosedPort));
    check("https://a.example:6667", Err(AddressFault::ClosedPort));
    check("https://a.example//b", Err(AddressFault::DoubleSlash));
    check("https://a.example//", Err(AddressFault::DoubleSlash));
    check("https://a.example/b/../c", Err(AddressFault::Dots));
    check("https://a.example/%2E%2e", Err(AddressFault::Dots));
    check("https://a.example/.", Err(AddressFault::Dots));
    check("https://a.example/ü", Err(AddressFault::Path));
    check("https://a.example/a\\b", Err(AddressFault::Path));
    check("https://a.example/50%", Err(AddressFault::Path));
}

#[test]
fn an_address_knows_its_parts() {
    fn check(text: &str, host: &str, origin: &str, is_http: bool, is_loopback: bool) {
        let address = Address::parse(text).unwrap();
        let parts = (address.host(), address.origin(), address.is_http(), address.is_loopback());
        assert_eq!(parts, (host, origin, is_http, is_loopback), "{text}");
    }
    check("https://a.example:8443/b", "a.example", "https://a.example:8443", false, false);
    check("http://a.example/b", "a.example", "http://a.example", true, false);
    check("http://localhost:8080", "localhost", "http://localhost:8080", true, true);
    check("http://app.localhost", "app.localhost", "http://app.localhost", true, true);
    check("http://127.0.0.1", "127.0.0.1", "http://127.0.0.1", true, true);
    check("http://127.8.9.10:81/x", "127.8.9.10", "http://127.8.9.10:81", true, true);
    check("http://[::1]:3000/x", "[::1]", "http://[::1]:3000", true, true);
    check("http://[0:0:0:0:0:0:0:1]", "[0:0:0:0:0:0:0:1]", "http://[0:0:0:0:0:0:0:1]", true, true);
    check("http://[::2]", "[::2]", "http://[::2]", true, false);
    check("http://128.0.0.1", "128.0.0.1", "http://128.0.0.1", true, false);
    check("https://notlocalhost", "notlocalhost", "https://notlocalhost", false, false);
    check("https://localhost.example", "localhost.example", "https://localhost.example", false, false);
    check("https://127.0.0.1.example", "127.0.0.1.example", "https://127.0.0.1.example", false, false);
}

#[test]
fn a_proxy_stands_at_an_address_or_on_this_site() {
    fn check(text: &str, expected: Result<(&str, &str), AddressFault>) {
        let parsed = ProxyBase::parse(text).map(|base| (base.as_str().to_owned(), base.before_query()));
        let expected = expected.map(|(text, query)| (text.to_owned(), query.to_owned()));
        assert_eq!(parsed, expected, "{text:?}");
    }
    check("relay", Ok(("./relay", "./relay")));
    check("./relay", Ok(("./relay", "./relay")));
    check("relay/", Ok(("./relay", "./relay/")));
    check("relay/v1", Ok(("./relay/v1", "./relay/v1")));
    check("/relay", Ok(("/relay", "/relay")));
    check("/relay/", Ok(("/relay", "/relay/")));
    check("/", Ok(("", "/")));
    check("./", Ok((".", "./")));
    check(".", Ok((".", "./")));
    check("./relay.example.com", Ok(("./relay.example.com", "./relay.example.com")));
    check("https://relay.example.com/", Ok(("https://relay.example.com", "https://relay.example.com/")));
    check("https://cors.example/get", Ok(("https://cors.example/get", "https://cors.example/get")));

    check("", Err(AddressFault::Empty));
    check("//relay", Err(AddressFault::DoubleSlash));
    check("//", Err(AddressFault::DoubleSlash));
    check(".//relay", Err(AddressFault::DoubleSlash));
    check("relay//x", Err(AddressFault::DoubleSlash));
    check("relay//", Err(AddressFault::DoubleSlash));
    check("..", Err(AddressFault::Dots));
    check("../relay", Err(AddressFault::Dots));
    check("/relay/..", Err(AddressFault::Dots));
    check("/%2e%2e/relay", Err(AddressFault::Dots));
    check("relay/./x", Err(AddressFault::Dots));
    check("relay.example.com", Err(AddressFault::LooksLikeHost));
    check("localhost:8080", Err(AddressFault::LooksLikeHost));
    check("javascript:alert(1)", Err(AddressFault::LooksLikeHost));
    check("/re lay", Err(AddressFault::Space));
    check("/relay?x", Err(AddressFault::Query));
    check("/relay#x", Err(AddressFault::Fragment));
    check("/relay\\x", Err(AddressFault::Path));
    check("\\\\relay", Err(AddressFault::Path));
    check("https://u:p@relay.example", Err(AddressFault::Password));
}

#[test]
fn only_another_host_has_an_address() {
    assert!(ProxyBase::parse("relay").unwrap().address().is_none());
    assert_eq!(ProxyBase::parse("http://10.0.0.1").unwrap().address().map(Address::is_http), Some(true));
}

#[test]
fn words_are_sentences_without_the_text() {
    for text in [
        "",
        "a b",
        "x",
        "ftp://x",
        "https://u:hunter2@x",
        "https://x?y",
        "https://x#y",
        "https://x:25",
        "./..",
    ] {
        let words = ProxyBase::parse(text).and(Address::parse(text).map(|_| ())).unwrap_err().words().text();
        assert!(words.ends_with('.') && !words.contains("hunter2"), "{words}");
    }
}

proptest! {
    #[test]
    fn any_text_is_parsed_or_refused(text: String) {
        let _ = ProxyBase::parse(&text);
        let _ = Address::parse(&format!("https://{text}"));
    }

    #[test]
    fn what_was_parsed_parses_to_itself(text in "(https?|HTTP)://[a-zA-Z0-9.:@/%_\\[\\]-]{1,30}") {
        if let Ok(address) = Address::parse(&text) {
            prop_assert_eq!(Address::parse(address.as_str()), Ok(address.clone()));
            prop_assert!(address.as_str().starts_with(address.origin()) && address.origin().contains(address.host()));
        }
    }
}
