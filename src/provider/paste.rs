use super::base64url::decode;
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
