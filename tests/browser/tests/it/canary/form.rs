//! The forms in which a text can hide in another one.

use base64::{Engine as _, engine::general_purpose};

/// How a text could be written: the name of the form, and what to look for.
pub fn forms(text: &str) -> Vec<(String, String)> {
    let mut forms = vec![("as it is".to_owned(), text.to_owned())];
    for before in 0..3 {
        let bytes = [&vec![0; before], text.as_bytes()].concat();
        // Letters that hold bits of something else too are left out.
        let own = (before * 8).div_ceil(6)..bytes.len() * 8 / 6;
        let usual = general_purpose::STANDARD.encode(&bytes)[own.clone()].to_owned();
        let of_addresses = general_purpose::URL_SAFE.encode(&bytes)[own].to_owned();
        forms.push((format!("base64, {before} bytes into a group"), usual));
        forms.push((format!("base64url, {before} bytes into a group"), of_addresses));
    }
    let percent = |is_kept: fn(u8) -> bool| -> String {
        let one =
            |byte: u8| if is_kept(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
        text.bytes().map(one).collect()
    };
    let unreserved = percent(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte));
    let alphanumeric = percent(|byte| byte.is_ascii_alphanumeric());
    for encoded in [unreserved, alphanumeric] {
        forms.push(("percent-encoded, in small letters".to_owned(), encoded.to_ascii_lowercase()));
        forms.push(("percent-encoded".to_owned(), encoded));
    }
    let json = text.encode_utf16().map(|unit| match u8::try_from(unit) {
        Ok(byte) if byte.is_ascii() => char::from(byte).to_string(),
        _ => format!("\\u{unit:04x}"),
    });
    forms.push(("escaped as in JSON".to_owned(), json.collect()));
    forms.sort_by(|one, other| one.1.cmp(&other.1));
    forms.dedup_by(|one, other| one.1 == other.1);
    forms
}

#[test]
fn each_form_of_a_canary_is_found() {
    for text in ["abc", "abcd", "abcde"] {
        for before in ["", "x", "xy", "xyz"] {
            let hidden = general_purpose::STANDARD.encode([before, text, "after"].concat());
            let is_found = forms(text).iter().any(|(form, own)| form != "as it is" && hidden.contains(own));
            assert!(is_found, "{text} behind “{before}” in {hidden}");
        }
    }
    let found = |text: &str, hidden: &str| forms(text).iter().any(|(_, own)| hidden.contains(own));
    assert!(found("ليلى", "name=%D9%84%D9%8A%D9%84%D9%89&"));
    assert!(found("ليلى", r#"{"name":"\u0644\u064a\u0644\u0649"}"#));
    assert!(found("a@b.example", "to=a%40b.example"));
    assert!(!found("a@b.example", "to=a%40b.elsewhere"));
}
