use serde_json::Value;

use super::call::Call;
use super::phrase::Phrase;
use super::pointer::{Pointer, pointer};
use super::reader::{Object, Place};

/// What can be chosen from: one list, or one for each node of a tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Lookup {
    pub list: Listing,
    /// What tells entries of one name apart; the first that has a text counts.
    pub second: Vec<Phrase>,
    /// The second is a moment (RFC 3339), and shown as people write one.
    pub is_moment: bool,
    /// Words for wire values of the second.
    pub words: Vec<(String, String)>,
    pub tree: Option<Tree>,
    /// It stands at the server that is asked for names only.
    pub is_reference: bool,
    /// What is sent with the call, as the file has it: names in braces are filled in.
    pub body: Option<Value>,
    /// What each entry has to choose from in its turn.
    pub of: Vec<Inner>,
}

/// A list within an entry: what can be chosen for another property, once this entry is.
#[derive(Clone, Debug, PartialEq)]
pub struct Inner {
    pub property: String,
    pub items: Pointer,
    pub id: Pointer,
    pub name: Vec<Phrase>,
}

/// A list as a provider gives it, perhaps in pages.
#[derive(Clone, Debug, PartialEq)]
pub struct Listing {
    pub call: Call,
    /// Where the entries stand in the answer.
    pub items: Pointer,
    pub id: Pointer,
    /// What an entry is called; the first that has a text counts.
    pub name: Vec<Phrase>,
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

/// The list is in parts: one for each node of a tree, its root included.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    /// What the id of a node is called, in every call.
    pub gives: String,
    pub root: String,
    /// How its nodes are listed. Without it they are what is chosen from: each list has the nodes below one.
    pub list: Option<Listing>,
}

impl Lookup {
    pub(super) fn read(object: &Object) -> Option<Lookup> {
        let list = Listing::read(object);
        Some(Lookup {
            second: object.get("second").map(|place| phrases(&place)).unwrap_or_default(),
            is_moment: object
                .get("format")
                .and_then(|place| place.parsed("date-time", |text| (text == "date-time").then_some(true)))
                .unwrap_or_default(),
            words: object.texts("words"),
            tree: object.get("tree").and_then(|place| Tree::read(&place)),
            is_reference: false,
            body: None,
            of: Vec::new(),
            list: list?,
        })
    }

    /// The list that the values of a field are chosen from.
    pub fn choices(place: &Place) -> Option<Lookup> {
        let object = place.object()?;
        let lookup = Lookup::read(&object);
        let at =
            object.get("at").map(|place| place.parsed("reference", |at| (at == "reference").then_some(())));
        let body = object.get("body").map(|place| place.object().map(|_| place.value.clone()));
        let of = object.get("of").and_then(|place| place.object()).map(|of| of.entries()).unwrap_or_default();
        let of = of.into_iter().filter_map(|(property, place)| Inner::read(property, &place)).collect();
        object.done();
        let (is_reference, body) = (at.is_some(), body.flatten());
        Some(Lookup { is_reference, body, of, ..lookup? })
    }

    /// Its calls: the one that lists the nodes, and the one that lists the entries.
    pub fn calls(&self) -> impl Iterator<Item = &Call> {
        let of_nodes = self.tree.iter().filter_map(|tree| tree.list.as_ref());
        of_nodes.chain([&self.list]).map(|list| &list.call)
    }

    /// The nodes of the tree are what is chosen from.
    pub fn is_of_nodes(&self) -> bool {
        self.tree.as_ref().is_some_and(|tree| tree.list.is_none())
    }

    /// The words for a wire value of the second, or the value itself.
    pub fn word<'a>(&'a self, wire: &'a str) -> &'a str {
        self.words.iter().find(|(value, _)| value == wire).map_or(wire, |(_, words)| words)
    }

    /// What must be known before it can be gone through.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let own = self.tree.as_ref().map(|tree| tree.gives.as_str());
        let of_body = self.body.iter().flat_map(holes);
        self.calls().flat_map(|call| call.names()).filter(move |name| Some(*name) != own).chain(of_body)
    }
}

impl Inner {
    fn read(property: &str, place: &Place) -> Option<Inner> {
        let object = place.object()?;
        let items = object.need("items").and_then(|place| pointer(&place));
        let id = object.need("id").and_then(|place| pointer(&place));
        let name = object.need("name").map(|place| phrases(&place));
        object.done();
        Some(Inner { property: property.to_string(), items: items?, id: id?, name: name? })
    }
}

/// The name that a text of a body is alone, in braces.
pub fn hole(text: &str) -> Option<&str> {
    text.strip_prefix('{')?.strip_suffix('}')
}

/// The names that a body has, however deep.
pub fn holes(body: &Value) -> Vec<&str> {
    match body {
        Value::String(text) => hole(text).into_iter().collect(),
        Value::Array(values) => values.iter().flat_map(holes).collect(),
        Value::Object(map) => map.values().flat_map(holes).collect(),
        _ => Vec::new(),
    }
}

impl Listing {
    fn read(object: &Object) -> Option<Listing> {
        let call = object.need("call").and_then(|place| Call::read(&place));
        let items = object.need("items").and_then(|place| pointer(&place));
        let id = object.need("id").and_then(|place| pointer(&place));
        let name = object.need("name").map(|place| phrases(&place));
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

impl Tree {
    fn read(place: &Place) -> Option<Tree> {
        let object = place.object()?;
        const OF_LIST: [&str; 5] = ["call", "items", "id", "name", "page"];
        let has_list = OF_LIST.map(|word| object.get(word).is_some()).contains(&true);
        let list = has_list.then(|| Listing::read(&object));
        let (gives, root) = (object.need_text("gives"), object.need_text("root"));
        object.done();
        // One that cannot be read is no reason to call the name unknown.
        Some(Tree { gives, root, list: list.flatten() })
    }
}

/// One phrase or several, at least one.
fn phrases(place: &Place) -> Vec<Phrase> {
    const WANTED: &str = "a JSON pointer as in /name, words with pointers in braces, or a list of them";
    if place.is_empty_list() {
        place.wrong::<Phrase>(WANTED);
    }
    let phrase = |place: &Place| place.parsed(WANTED, Phrase::parse);
    place.one_or_more().iter().filter_map(phrase).collect()
}
