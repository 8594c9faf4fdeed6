use super::call::Call;
use super::field::words;
use super::limits::Format;
use super::pointer::{Pointer, pointer};
use super::reader::{Object, Place};

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
    pub list: Listing,
    /// What tells entries of one name apart; the first place that has a text counts.
    pub second: Vec<Pointer>,
    /// The second is a moment (RFC 3339), and shown as people write one.
    pub is_moment: bool,
    /// Words for wire values of the second.
    pub words: Vec<(String, String)>,
    pub search: Option<Search>,
    pub period: Option<Period>,
    pub tree: Option<Tree>,
}

/// A list as a provider gives it, perhaps in pages.
#[derive(Clone, Debug, PartialEq)]
pub struct Listing {
    pub call: Call,
    /// Where the entries stand in the answer.
    pub items: Pointer,
    pub id: Pointer,
    /// What an entry is called; the first place that has a text counts.
    pub name: Vec<Pointer>,
    /// How one page follows another; nothing if one answer has all.
    pub page: Option<Page>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Page {
    /// A header says how it goes on: `Link` with `rel="next"` (RFC 8288).
    Link,
    /// So many entries are passed over.
    Offset { parameter: String, end: End },
    /// The pages have numbers.
    Number { parameter: String, first: u64, end: End },
    /// The answer says what the next page is asked for with.
    Cursor { parameter: String, next: Pointer },
}

/// How one can tell that a page is the last, besides that nothing is in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct End {
    /// The parameter of the call that says how many a full page has.
    pub size: Option<String>,
    /// Where the answer says how many there are in all.
    pub total: Option<Pointer>,
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

/// The list is in parts: one for each node of a tree, its root included.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    /// What the id of a node is called, in the call that lists its children and in the one that lists its entries.
    pub gives: String,
    pub root: String,
    pub list: Listing,
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
        let list = Listing::read(&object);
        let step = Step {
            gives: object.need_text("gives"),
            label: object.need_text("label"),
            hint: object.text("hint"),
            second: object.get("second").map(|place| pointers(&place)).unwrap_or_default(),
            is_moment: object
                .get("format")
                .and_then(|place| place.parsed("date-time", |text| (text == "date-time").then_some(true)))
                .unwrap_or_default(),
            words: object.get("words").map(|place| words(&place)).unwrap_or_default(),
            search: object.get("search").and_then(|place| Search::read(&place)),
            period: object.get("period").and_then(|place| Period::read(&place)),
            tree: object.get("tree").and_then(|place| Tree::read(&place)),
            list: list?,
        };
        object.done();
        Some(step)
    }

    /// Its calls: the one that lists the nodes, and the one that lists the entries.
    pub fn calls(&self) -> impl Iterator<Item = &Call> {
        self.tree.iter().map(|tree| &tree.list.call).chain([&self.list.call])
    }

    /// The words for a wire value of the second, or the value itself.
    pub fn word<'a>(&'a self, wire: &'a str) -> &'a str {
        self.words.iter().find(|(value, _)| value == wire).map_or(wire, |(_, words)| words)
    }

    /// What must be known before it can be walked.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let own = self.tree.as_ref().map(|tree| tree.gives.as_str());
        self.calls().flat_map(|call| call.names()).filter(move |name| Some(*name) != own)
    }
}

impl Listing {
    fn read(object: &Object) -> Option<Listing> {
        let call = object.need("call").and_then(|place| Call::read(&place));
        let items = object.need("items").and_then(|place| pointer(&place));
        let id = object.need("id").and_then(|place| pointer(&place));
        let name = object.need("name").map(|place| pointers(&place));
        let page = object.get("page").and_then(|place| Page::read(&place));
        Some(Listing { call: call?, items: items?, id: id?, name: name?, page })
    }

    /// How many a full page has, by the call itself.
    pub fn size(&self) -> Option<u64> {
        let size = self.page.as_ref()?.end()?.size.as_ref()?;
        self.call.parameter(size)?.parse().ok().filter(|size| *size > 0)
    }
}

impl Page {
    fn read(place: &Place) -> Option<Page> {
        let object = place.object()?;
        let by = object.need("by")?;
        let page = match by.text()?.as_str() {
            "link" => Page::Link,
            "offset" => Page::Offset { parameter: object.need_text("parameter"), end: End::read(&object) },
            "number" => Page::Number {
                parameter: object.need_text("parameter"),
                first: object.count("first").map_or(1, |first| first as u64),
                end: End::read(&object),
            },
            "cursor" => {
                let next = object.need("next").and_then(|place| pointer(&place));
                Page::Cursor { parameter: object.need_text("parameter"), next: next? }
            }
            _ => return by.wrong("link, offset, number or cursor"),
        };
        object.done();
        Some(page)
    }

    /// The parameter that it adds to the call.
    pub fn parameter(&self) -> Option<&str> {
        match self {
            Page::Link => None,
            Page::Offset { parameter, .. }
            | Page::Number { parameter, .. }
            | Page::Cursor { parameter, .. } => Some(parameter),
        }
    }

    pub fn end(&self) -> Option<&End> {
        match self {
            Page::Offset { end, .. } | Page::Number { end, .. } => Some(end),
            Page::Link | Page::Cursor { .. } => None,
        }
    }
}

impl End {
    fn read(object: &Object) -> End {
        let total = object.get("total").and_then(|place| pointer(&place));
        End { size: object.text("size"), total }
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

impl Tree {
    fn read(place: &Place) -> Option<Tree> {
        let object = place.object()?;
        let list = Listing::read(&object);
        let (gives, root) = (object.need_text("gives"), object.need_text("root"));
        object.done();
        Some(Tree { gives, root, list: list? })
    }
}

/// One place or several, at least one.
fn pointers(place: &Place) -> Vec<Pointer> {
    if place.is_empty_list() {
        place.wrong::<Pointer>("a JSON pointer, or a list of them");
    }
    place.one_or_more().iter().filter_map(pointer).collect()
}
