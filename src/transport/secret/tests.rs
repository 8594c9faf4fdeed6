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
    check("\"abc\"", Ok("abc"));
    check("bearer  abc", Ok("abc"));
    check("Authorization: Bearer abc", Ok("abc"));
    check("\"\"", Ok("\"\""));
    check("Bearer ", Ok("Bearer"));
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
        let words = Secret::parse(text).unwrap_err().words("access token").text();
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
        Binding::new("toluna", "UK", &target("live", "https://api.example"), &relay),
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

/// A token that says of itself what stands in these claims.
fn jwt(claims: &str) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for three in claims.as_bytes().chunks(3) {
        let bits =
            three.iter().fold(0, |bits, byte| (bits << 8) | usize::from(*byte)) << (8 * (3 - three.len()));
        text.extend((0..=three.len()).map(|at| char::from(LETTERS[(bits >> (18 - 6 * at)) & 63])));
    }
    ["eyJhbGciOiJIUzI1NiJ9.", &text, ".signature"].concat()
}

#[test]
fn a_token_may_say_when_it_stops_to_be_good() {
    fn check(token: &str, expected: Option<u64>) {
        assert_eq!(Secret::parse(token).unwrap().expires(), expected, "{token}");
    }
    check(&jwt(r#"{"exp":1800000000}"#), Some(1_800_000_000));
    check(&jwt(r#"{"sub":"Zoë 🚀","iat":1,"exp":1800000000}"#), Some(1_800_000_000));
    check(&jwt(r#"{"exp":1800000000.9}"#), Some(1_800_000_000));
    check(&jwt(r#"{"exp":1.8e9}"#), Some(1_800_000_000));
    check(&jwt(r#"{"exp":0}"#), Some(0));
    for odd in [
        r#"{"exp":-1}"#,
        r#"{"exp":-0.5}"#,
        r#"{"exp":"1800000000"}"#,
        r#"{"exp":null}"#,
        r#"{"exp":[1800000000]}"#,
        r#"{"iat":1800000000}"#,
        "{}",
        "[]",
        "1800000000",
        r#"{"exp":1800000000"#,
        "",
    ] {
        check(&jwt(odd), None);
    }
    for other in ["uskAbCdEfGh", "a.b", "a.b.c", "..", "a.%%%.c", &jwt(r#"{"exp":1}"#).replace('.', "-")] {
        check(other, None);
    }
    // With padding it is the same.
    let padded = jwt(r#"{"exp":1800000000}"#).replace(".signature", "==.signature");
    check(&padded, Some(1_800_000_000));
}

#[test]
fn a_secret_is_kept_with_the_moment_at_which_it_ends() {
    let target = Target { server: "s".into(), address: None, typed: false };
    let binding = Binding::new("p", "", &target, &Proxy::none());
    let other = Binding::new("p", "UK", &target, &Proxy::none());
    let mut keyring = Keyring::default();
    let until = |keyring: &Keyring| keyring.until(&binding, "token");
    assert_eq!(until(&keyring), None);
    keyring.put(binding.clone(), "token", Secret::parse(&jwt(r#"{"exp":7}"#)).unwrap());
    assert_eq!(until(&keyring), Some(7));
    keyring.put_until(binding.clone(), "token", Secret::parse("opaque").unwrap(), Some(9));
    assert_eq!(until(&keyring), Some(9));
    // What was told with it counts, and also that nothing was.
    keyring.put_until(binding.clone(), "token", Secret::parse(&jwt(r#"{"exp":7}"#)).unwrap(), None);
    assert_eq!(until(&keyring), None);
    keyring.put(binding.clone(), "token", Secret::parse("opaque").unwrap());
    assert_eq!((until(&keyring), keyring.until(&other, "token")), (None, None));
    assert_eq!(keyring.until(&binding, "key"), None);
}

#[test]
fn the_accounts_that_have_a_secret_are_known_by_their_names() {
    let target = |server: &str| Target { server: server.into(), address: None, typed: false };
    let binding = |account: &str, server: &str| Binding::new("p", account, &target(server), &Proxy::none());
    let mut keyring = Keyring::default();
    let secret = || Secret::parse("some-secret").unwrap();
    for account in ["UK", "France", "UK"] {
        keyring.put(binding(account, "live"), "guid", secret());
    }
    keyring.put(binding("Spain", "test"), "guid", secret());
    keyring.put(binding("Italy", "live"), "token", secret());
    assert_eq!(keyring.accounts(&binding("", "live"), "guid"), ["France", "UK"]);
    assert_eq!(keyring.accounts(&binding("any", "live"), "guid"), ["France", "UK"]);
    assert_eq!(keyring.accounts(&binding("", "test"), "guid"), ["Spain"]);
    assert_eq!(keyring.accounts(&binding("", "live"), "password"), Vec::<&str>::new());
    // One account's secret is no other's.
    assert!(keyring.has(&binding("UK", "live"), "guid") && !keyring.has(&binding("Spain", "live"), "guid"));
    keyring.forget(&binding("UK", "live"), "guid");
    assert_eq!(keyring.accounts(&binding("", "live"), "guid"), ["France"]);
}

#[test]
fn all_that_was_given_for_one_pair_is_forgotten_and_nothing_else() {
    let target = |server: &str| Target { server: server.into(), address: None, typed: false };
    let binding = |provider: &str, server: &str| Binding::new(provider, "", &target(server), &Proxy::none());
    let mut keyring = Keyring::default();
    let secret = || Secret::parse("some-secret").unwrap();
    for (provider, server, id) in
        [("p", "live", "app"), ("p", "live", "token"), ("p", "test", "token"), ("q", "live", "token")]
    {
        keyring.put(binding(provider, server), id, secret());
    }
    assert_eq!(keyring.bindings("p", "token"), [binding("p", "live"), binding("p", "test")]);
    assert_eq!(keyring.bindings("p", "other"), []);
    keyring.forget_all(&binding("p", "live"));
    assert_eq!(keyring.bindings("p", "token"), [binding("p", "test")]);
    assert!(!keyring.has(&binding("p", "live"), "app") && keyring.has(&binding("q", "live"), "token"));
}

#[test]
fn what_a_record_was_read_with_works_until_another_secret_takes_its_place() {
    let target = Target { server: "s".into(), address: None, typed: false };
    let binding = |account: &str| Binding::new("p", account, &target, &Proxy::none());
    let mut keyring = Keyring::default();
    for account in ["UK", "France"] {
        keyring.put(binding(account), "key", Secret::parse("abc").unwrap());
    }
    keyring.note_works(&binding("UK"), true);
    keyring.put(binding("UK"), "other", Secret::parse("abc").unwrap());
    let works = |keyring: &Keyring, account: &str, id: &str| keyring.works(&binding(account), id);
    assert!(works(&keyring, "UK", "key") && !works(&keyring, "France", "key"));
    assert!(!works(&keyring, "UK", "other"));
    keyring.note_works(&binding("UK"), false);
    assert!(!works(&keyring, "UK", "key"));
    keyring.note_works(&binding("UK"), true);
    keyring.put(binding("UK"), "key", Secret::parse("def").unwrap());
    assert!(!works(&keyring, "UK", "key"));
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
