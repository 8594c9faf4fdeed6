use std::time::Duration;

use super::condition::Condition;
use super::duration;
use super::pointer::Pointer;
use super::reader::Place;

/// How this provider's answers are read, yes and no alike.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answers {
    /// What must hold of any answer, besides its status, to be a yes.
    pub ok: Option<Condition>,
    pub message: Vec<Source>,
    pub code: Vec<Source>,
    /// What the provider's support asks for.
    pub reference: Vec<Source>,
    /// The field that a refusal is about, as the provider calls it.
    pub field: Vec<Source>,
    /// The provider's names for our fields, where they differ.
    pub fields: Vec<(String, String)>,
    /// How one can tell that the provider itself said no, and nobody between.
    pub shape: Option<Condition>,
    /// Its words may repeat what was sent: they are shown without it, and never kept.
    pub echoes: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    Body(Pointer),
    Header(String),
}

/// How fast a provider may be asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Pace {
    pub member: Option<Rate>,
    pub token: Option<Rate>,
    pub address: Option<Rate>,
    /// How long to wait after "too many requests" without a usable `Retry-After`.
    pub fallback: Duration,
    /// The header that says when the count starts again, and the one that says how many calls are left.
    pub reset: Option<String>,
    pub remaining: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rate {
    /// At most so many calls start in any such span.
    Calls { most: u32, per: Duration },
    /// So long from the end of one call to the start of the next.
    Gap(Duration),
}

impl Answers {
    /// Whether the provider's support asks for what this header has.
    pub fn is_reference(&self, header: &str) -> bool {
        let named =
            |source: &Source| matches!(source, Source::Header(name) if name.eq_ignore_ascii_case(header));
        self.reference.iter().any(named)
    }

    pub fn read(place: &Place) -> Option<Answers> {
        let object = place.object()?;
        let sources = |key| {
            let place: Option<Place> = object.get(key);
            let places = place.map(|place| place.one_or_more()).unwrap_or_default();
            let wanted = "a JSON pointer, or header: and a name";
            places.iter().filter_map(|place| place.parsed(wanted, Source::parse)).collect()
        };
        let answers = Answers {
            ok: object.get("ok").and_then(|place| Condition::read(&place)),
            message: sources("message"),
            code: sources("code"),
            reference: sources("reference"),
            field: sources("field"),
            fields: object.texts("fields"),
            shape: object.get("shape").and_then(|place| Condition::read(&place)),
            echoes: object.flag("echoes"),
        };
        object.done();
        Some(answers)
    }

    /// The response headers that this provider's answers are read from.
    pub fn headers(&self) -> impl Iterator<Item = &str> {
        let sources = self.message.iter().chain(&self.code).chain(&self.reference).chain(&self.field);
        sources.filter_map(|source| match source {
            Source::Header(name) => Some(name.as_str()),
            Source::Body(_) => None,
        })
    }
}

impl Source {
    fn parse(text: &str) -> Option<Source> {
        match text.strip_prefix("header:") {
            Some("") => None,
            Some(name) => Some(Source::Header(name.to_string())),
            None => Pointer::parse(text).map(Source::Body),
        }
    }
}

impl Pace {
    pub fn read(place: &Place) -> Option<Pace> {
        let object = place.object()?;
        let rate = |key| object.get(key).and_then(|place| Rate::read(&place));
        let pace = Pace {
            member: rate("member"),
            token: rate("token"),
            address: rate("address"),
            fallback: object
                .get("fallback")
                .and_then(|place| span(&place))
                .unwrap_or(Pace::default().fallback),
            reset: object.text("reset"),
            remaining: object.text("remaining"),
        };
        object.done();
        Some(pace)
    }
}

impl Pace {
    /// The response headers that it is read from.
    pub fn headers(&self) -> impl Iterator<Item = &str> {
        self.reset.iter().chain(&self.remaining).map(String::as_str)
    }
}

impl Default for Pace {
    fn default() -> Pace {
        let fallback = Duration::from_secs(2);
        Pace { member: None, token: None, address: None, fallback, reset: None, remaining: None }
    }
}

impl Rate {
    fn read(place: &Place) -> Option<Rate> {
        let object = place.object()?;
        let rate = match object.get("gap") {
            Some(gap) => span(&gap).map(Rate::Gap),
            None => {
                let most = object.need("calls").and_then(|place| {
                    let most = place.count().and_then(|count| u32::try_from(count).ok());
                    most.or_else(|| place.wrong("a smaller number"))
                });
                let per = object.need("per").and_then(|place| span(&place));
                most.zip(per).map(|(most, per)| Rate::Calls { most, per })
            }
        };
        object.done();
        rate
    }
}

fn span(place: &Place) -> Option<Duration> {
    place.parsed("an ISO 8601 duration, as in PT15S", duration::parse)
}
