use super::reader::Place;
use super::template::Template;

/// What a pasted text may be: either it gives identity keys, or it is something else and we say what.
#[derive(Clone, Debug, PartialEq)]
pub struct Paste {
    /// The text is base64url (RFC 4648 section 5) of what the template describes.
    pub decode: bool,
    pub shape: Template,
    /// A longer text is not of this kind, whatever it begins with.
    pub max_length: Option<usize>,
    /// The boxes it is about; none for all.
    pub only: Vec<String>,
    pub means: Means,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Means {
    Gives(Vec<String>),
    Says(String),
}

impl Paste {
    pub fn read(place: &Place) -> Option<Paste> {
        let object = place.object()?;
        let decode = match object.get("decode") {
            Some(place) => place.parsed("base64url", |text| (text == "base64url").then_some(true))?,
            None => false,
        };
        let wanted = "a text with names in braces";
        let shape = object.need("match").and_then(|place| place.parsed(wanted, Template::parse));
        let max_length = object.count("maxLength");
        let texts = |key| {
            let place: Place = object.get(key)?;
            Some(place.list().iter().filter_map(|place| place.text()).collect::<Vec<_>>())
        };
        let only = texts("for").unwrap_or_default();
        let means = match (texts("gives"), object.text("says")) {
            (Some(gives), None) => Some(Means::Gives(gives)),
            (None, Some(says)) => Some(Means::Says(says)),
            _ => place.wrong("either “gives” or “says”"),
        };
        object.done();
        Some(Paste { decode, shape: shape?, max_length, only, means: means? })
    }

    /// What the template's names stand for, if the pasted text is of this shape.
    pub fn fits(&self, text: &str) -> Option<Vec<(String, String)>> {
        if self.max_length.is_some_and(|most| text.chars().count() > most) {
            return None;
        }
        let decoded = if self.decode { decode(text)? } else { text.to_string() };
        let found = self.shape.read(&decoded)?;
        Some(found.into_iter().map(|(name, value)| (name.to_string(), value.to_string())).collect())
    }
}

/// Base64url with or without padding; nothing if it is not, or if it holds no text.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let (mut bits, mut held) = (0u32, 0u32);
    for byte in text.trim_end_matches('=').bytes() {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'-' | b'+' => 62,
            b'_' | b'/' => 63,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(six);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    String::from_utf8(bytes).ok()
}
