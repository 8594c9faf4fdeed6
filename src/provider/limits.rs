use super::pattern::Pattern;
use super::reader::{Object, Place};

/// What a text must be (JSON Schema's words) and what it usually is (ours: it warns and does not block).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Limits {
    pub format: Option<Format>,
    /// In characters as the provider counts them: UTF-16 units.
    pub min_length: Option<usize>,
    pub max_length: Option<usize>,
    pub pattern: Option<Pattern>,
    /// What to say when the pattern does not fit.
    pub says: Option<String>,
    pub usual: Option<Pattern>,
    pub choices: Vec<String>,
}

/// JSON Schema's names for forms that have words of their own here.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Format {
    Email,
    Uri,
    /// RFC 3339: shown as a date and a time.
    DateTime,
}

impl Limits {
    /// Whether a text is what an id usually looks like here, as far as the file says that.
    pub fn is_like_id(&self, text: &str, whole: bool) -> bool {
        let is_number = whole && !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number || self.usual.as_ref().is_some_and(|usual| usual.fits(text))
    }

    pub fn read(object: &Object) -> Limits {
        let pattern = |key| {
            let wanted = "a pattern of the documented subset: no look-around, no lazy counts";
            object.get(key).and_then(|place: Place| place.parsed(wanted, Pattern::parse))
        };
        Limits {
            format: object
                .get("format")
                .and_then(|place| {
                    place.parsed("one of: date, date-time, email, uri", |text| match text {
                        "email" => Some(Some(Format::Email)),
                        "uri" => Some(Some(Format::Uri)),
                        "date-time" => Some(Some(Format::DateTime)),
                        "date" => Some(None),
                        _ => None,
                    })
                })
                .flatten(),
            min_length: object.count("minLength"),
            max_length: object.count("maxLength"),
            pattern: pattern("pattern"),
            says: object.text("says"),
            usual: pattern("usual"),
            choices: object
                .get("enum")
                .map(|place| place.list().iter().filter_map(|choice| choice.text()).collect())
                .unwrap_or_default(),
        }
    }
}
