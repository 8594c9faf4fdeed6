use super::super::{Address, Kind, Proxy, ProxyBase, Target};
use super::*;
use proptest::prelude::*;

#[test]
fn a_token_is_trimmed_and_fits_into_a_header() {
    fn check(text: &str, expected: Result<&str, SecretFault>) {
        let parsed = Secret::parse(text).map(|secret| secret.text().to_owned());
        assert_eq!(parsed, expected.map(str::to_owned), "{text:?}");
    }
    check("abc", Ok("abc"));
    check("  abc\n", Ok("abc"));
    check("a-b\"c\\d", Ok("a-b\"c\\d"));
    check("a b", Err(SecretFault::LineBreak));
    check("ÿé", Ok("ÿé"));
    check("", Err(SecretFault::Empty));
    check(" \r\n ", Err(SecretFault::Empty));
    check("abc\ndef", Err(SecretFault::LineBreak));
    check("abc\r\nX-Evil: 1", Err(SecretFault::LineBreak));
    check("a\u{2028}b", Err(SecretFault::LineBreak));
    check("a\tb", Err(SecretFault::Control));
    check("a\0b", Err(SecretFault::Control));
    check("a\u{7f}b", Err(SecretFault::Control));
    check("“abc”", Err(SecretFault::Letter));
    check("abc\u{200b}", Err(SecretFault::Letter));
    check("Ā", Err(SecretFault::Letter));
    check(&"x".repeat(8193), Err(SecretFault::Long));
    check(&"x".repeat(8192), Ok(&"x".repeat(8192)));
}

#[test]
fn a_password_is_kept_as_typed() {
    fn check(text: &str, expected: Result<&str, SecretFault>) {
        let parsed = Secret::password(text).map(|secret| secret.text().to_owned());
        assert_eq!(parsed, expected.map(str::to_owned), "{text:?}");
    }
    check(" pass word ", Ok(" pass word "));
    check("zażółć 密码 🦀", Ok("zażółć 密码 🦀"));
    check("", Err(SecretFault::Empty));
    check("a\nb", Err(SecretFault::LineBreak));
    check("a\u{1b}b", Err(SecretFault::Control));
}

#[test]
fn the_end_is_told_of_long_secrets_only() {
    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(Secret::parse(text).unwrap().last_four().as_deref(), expected);
    }
    check("abcdefgh1234", Some("1234"));
    check("abcdefgh123", None);
    check("ÿÿÿÿÿÿ", None);
    check("ÿÿÿÿÿÿÿÿéééé", Some("éééé"));
}

#[test]
fn words_name_the_box() {
    for text in ["", "a\nb", "a\tb", "…", &"x".repeat(9000)] {
        let words = Secret::parse(text).unwrap_err().words("access token");
        assert!(words.contains("access token") && words.ends_with('.'), "{words}");
    }
}

#[test]
fn a_secret_is_kept_for_one_pair() {
    let relay = Kind::PathMap { base: ProxyBase::parse("/relay").unwrap() };
    let relay = Proxy::new(relay, Vec::new()).unwrap();
    let target = |server: &str, address: &str| Target {
        server: server.into(),
        address: Address::parse(address).ok(),
        typed: false,
    };
    let live = Binding::new("toluna", "", &target("live", "https://api.example"), &relay);
    let others = [
        Binding::new("webex", "", &target("live", "https://api.example"), &relay),
        Binding::new("toluna", "", &target("test", "https://api.example"), &relay),
        Binding::new("toluna", "", &target("live", "https://other.example"), &relay),
        Binding::new("toluna", "", &target("live", ""), &relay),
        Binding::new("toluna", "", &target("live", "https://api.example"), &Proxy::none()),
    ];
    let mut keyring = Keyring::default();
    keyring.put(live.clone(), "token", Secret::parse("first-secret-1111").unwrap());
    keyring.put(live.clone(), "token", Secret::parse("second-secret-2222").unwrap());
    assert!(keyring.has(&live, "token") && !keyring.has(&live, "password"));
    assert_eq!(keyring.last_four(&live, "token").as_deref(), Some("2222"));
    for other in &others {
        assert!(!keyring.has(other, "token"), "{other:?}");
        let same_provider = other.provider == live.provider;
        assert_eq!(keyring.elsewhere(other, "token"), same_provider.then_some(&live));
    }
    keyring.forget(&others[0], "token");
    assert!(keyring.has(&live, "token"));
    keyring.forget(&live, "token");
    assert!(!keyring.has(&live, "token"));
    keyring.put(live.clone(), "token", Secret::parse("third").unwrap());
    keyring.clear();
    assert!(!keyring.has(&live, "token"));
}

#[test]
fn two_spellings_of_one_server_are_one_pair() {
    let binding = |address: &str| {
        let target = Target { server: "s".into(), address: Address::parse(address).ok(), typed: true };
        Binding::new("p", "", &target, &Proxy::none())
    };
    assert_eq!(binding("https://API.example:443/"), binding("https://api.example"));
}

proptest! {
    #[test]
    fn a_secret_is_in_no_debug_text(text in "[!-~]{8,40}") {
        let secret = Secret::parse(&text).unwrap();
        let seen = format!("{secret:?} {secret:#?}");
        prop_assert!(!seen.contains(&text));
        let target = Target { server: "s".into(), address: None, typed: false };
        let mut keyring = Keyring::default();
        keyring.put(Binding::new("p", "", &target, &Proxy::none()), "token", secret);
        let seen = format!("{keyring:?} {keyring:#?}");
        prop_assert!(!seen.contains(&text));
    }

    #[test]
    fn any_text_is_a_secret_or_refused(text: String) {
        if let Ok(secret) = Secret::parse(&text) {
            prop_assert!(secret.text().chars().all(|letter| !letter.is_control() && u32::from(letter) < 0x100));
        }
        let _ = Secret::password(&text);
    }
}
