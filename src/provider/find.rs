use super::limits::Format;
use super::list::Lookup;
use super::reader::Place;

/// How a member is found by name.
#[derive(Clone, Debug, PartialEq)]
pub enum Find {
    /// One list after the other: something is chosen from each, and the last gives the member.
    Steps(Vec<Step>),
    /// Nobody can list the members, and why.
    No(String),
}

/// One list to choose from.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The name that the id of what is chosen fills: a key of the identity, or one that later calls have in braces.
    pub gives: String,
    pub label: String,
    pub hint: Option<String>,
    pub lookup: Lookup,
    pub search: Option<Search>,
    pub period: Option<Period>,
}

/// What is typed goes to the provider too.
#[derive(Clone, Debug, PartialEq)]
pub struct Search {
    pub parameter: String,
    /// Only a text of this form does.
    pub format: Option<Format>,
}

/// The list has what is of this time only.
#[derive(Clone, Debug, PartialEq)]
pub struct Period {
    /// The parameters that say from when and until when (ISO 8601).
    pub from: String,
    pub to: String,
    /// So many days, as long as nobody asks for more.
    pub days: u64,
}

impl Find {
    pub fn read(place: &Place) -> Option<Find> {
        if place.value.is_array() && !place.is_empty_list() {
            return Some(Find::Steps(place.list().iter().filter_map(Step::read).collect()));
        }
        if !place.value.is_object() {
            return place.wrong("a list of steps, or {\"no\": the reason}");
        }
        let object = place.object()?;
        let no = object.need_text("no");
        object.done();
        Some(Find::No(no))
    }

    pub fn steps(&self) -> &[Step] {
        match self {
            Find::Steps(steps) => steps,
            Find::No(_) => &[],
        }
    }
}

impl Step {
    fn read(place: &Place) -> Option<Step> {
        let object = place.object()?;
        let lookup = Lookup::read(&object);
        let step = Step {
            gives: object.need_text("gives"),
            label: object.need_text("label"),
            hint: object.text("hint"),
            search: object.get("search").and_then(|place| Search::read(&place)),
            period: object.get("period").and_then(|place| Period::read(&place)),
            lookup: lookup?,
        };
        object.done();
        Some(step)
    }

    /// What must be known before it can be walked.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.lookup.names()
    }
}

impl Search {
    fn read(place: &Place) -> Option<Search> {
        let object = place.object()?;
        let format = object
            .get("format")
            .and_then(|place| place.parsed("email", |text| (text == "email").then_some(Format::Email)));
        let search = Search { parameter: object.need_text("parameter"), format };
        object.done();
        Some(search)
    }
}

impl Period {
    fn read(place: &Place) -> Option<Period> {
        let object = place.object()?;
        let days = object.need("days").and_then(|place| {
            let days = place.count().filter(|days| (1..=MOST_DAYS).contains(days));
            days.or_else(|| place.wrong("a number of days from 1 to 3660"))
        });
        let (from, to) = (object.need_text("from"), object.need_text("to"));
        object.done();
        Some(Period { from, to, days: days? as u64 })
    }
}

/// Ten years: who looks further back does not look for somebody by name.
const MOST_DAYS: usize = 3660;
