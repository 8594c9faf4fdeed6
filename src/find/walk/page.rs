//! A page of a list while what it has is taken.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value as Json;

use crate::change::answer::Reason;
use crate::change::value::moment_words;
use crate::find::list::Item;
use crate::find::missing::Missing;
use crate::find::pages::Next;
use crate::provider::condition::is_empty;
use crate::provider::explain::{Means, code};
use crate::provider::list::{Inner, Lookup};
use crate::provider::phrase::Phrase;
use crate::provider::pointer::Pointer;
use crate::transport::{Request, Response};
use crate::words::say;

use super::{ENTRIES, INNER, Node, PAGES, Part, Step, Walk};

/// So many entries are taken at once: where a page has more, whoever types meanwhile is heard in between.
const AT_ONCE: usize = 250;

#[derive(Clone, Debug)]
pub(super) struct Page {
    part: Part,
    request: Request,
    response: Response,
    json: Json,
    /// So many of its entries, and of them so many that were new.
    taken: usize,
    fresh: usize,
}

impl Page {
    pub(super) fn new(part: Part, request: Request, response: Response, json: Json) -> Page {
        Page { part, request, response, json, taken: 0, fresh: 0 }
    }
}

impl Walk {
    /// Takes what comes next of a page.
    pub(super) fn take(&mut self, mut page: Box<Page>) -> Step {
        let lookup = self.lookup.clone();
        let Page { part, json, taken, fresh, .. } = &mut *page;
        let listing = part.listing(&lookup);
        let entries = match listing.items.of(json) {
            Some(Json::Array(entries)) => entries.as_slice(),
            value @ Some(_) if is_empty(value) => &[],
            _ => return self.fail(page.part, self.not_a_list()),
        };
        (self.tries, self.failures) = (0, 0);
        for entry in entries.iter().skip(*taken).take(AT_ONCE) {
            let Some(id) = id(&listing.id, entry) else {
                self.nameless += 1;
                part.pages.pass_over();
                continue;
            };
            if !part.pages.is_new(&id) {
                continue;
            }
            *fresh += 1;
            if part.is_of_nodes {
                let path = vec![text(&listing.name, entry).unwrap_or_else(|| id.clone())];
                self.meet(Node { path, id });
            } else if self.list.items().len() == ENTRIES && self.list.get(&id).is_none() {
                self.miss(Missing::TooMany);
                return self.done();
            } else {
                self.add(id, text(&listing.name, entry), entry, &lookup, part.node.as_ref());
            }
        }
        *taken += AT_ONCE;
        if *taken < entries.len() {
            return self.pause(page);
        }
        let gave = (entries.len(), *fresh);
        let Page { mut part, request, response, json, .. } = *page;
        match part.pages.turn(listing, &request, &response, &json, gave) {
            Next::Page if self.pages + 1 == PAGES => {
                self.miss(Missing::TooMany);
                self.done()
            }
            Next::Page => {
                self.pages += 1;
                self.ask(part)
            }
            Next::End => self.end(part),
            Next::Astray => {
                self.miss(Missing::Astray);
                self.end(part)
            }
        }
    }

    /// An entry of the list.
    fn add(&mut self, id: String, name: Option<String>, entry: &Json, lookup: &Lookup, node: Option<&Node>) {
        let second = text(&lookup.second, entry).map(|wire| match lookup.is_moment {
            true => moment_words(&wire),
            false => lookup.word(&wire).to_string(),
        });
        let inner = lookup.of.iter().map(|inner| inner_items(inner, entry)).collect();
        let item = Item::new(id, name, second).with(inner);
        let path = node.map(|node| node.path.as_slice()).unwrap_or_default();
        if lookup.is_of_nodes() {
            let item = item.below(path);
            let own = [path, std::slice::from_ref(&item.name)].concat();
            self.meet(Node { id: item.id.clone(), path: own });
            self.list.add(item, None);
        } else {
            self.list.add(item, path.last().map(String::as_str));
        }
    }

    fn not_a_list(&self) -> Reason {
        let says = say::reason_not_the_list(&self.provider.name);
        Reason { means: Means::Fault, cure: say::reason_tell_owner(), ..Reason::setup(says) }
    }
}

/// What an entry has to choose from in its turn.
fn inner_items(inner: &Inner, entry: &Json) -> Vec<Arc<Item>> {
    let entries = inner.items.of(entry).and_then(Json::as_array).into_iter().flatten();
    let mut met = BTreeSet::new();
    let items = entries.take(INNER).filter_map(|own| {
        let id = id(&inner.id, own)?;
        met.insert(id.clone()).then(|| Arc::new(Item::new(id, text(&inner.name, own), None)))
    });
    items.collect()
}

fn id(place: &Pointer, entry: &Json) -> Option<String> {
    let text = place.of(entry).and_then(code)?;
    Some(text.trim().to_string()).filter(|text| !text.is_empty())
}

/// The first of these that has a text.
fn text(phrases: &[Phrase], entry: &Json) -> Option<String> {
    phrases.iter().find_map(|phrase| phrase.of(entry))
}
