use std::collections::BTreeMap;
use std::sync::Arc;

use super::fold::fold;
use crate::provider::names::Names;

/// What was found, in the provider's order, each id once.
#[derive(Clone, Debug, Default)]
pub struct List {
    items: Vec<Arc<Item>>,
    /// Where each id stands.
    places: BTreeMap<String, usize>,
}

/// Stands between a node and what is below it.
pub const BELOW: &str = " › ";

/// Something that can be chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    pub id: String,
    /// What it is called: its id, if the provider does not say.
    pub name: String,
    /// What tells it from others of the same name.
    pub second: Option<String>,
    /// The parts of the list that it is in, where they have names; of a node of a tree, the names above it as one.
    pub within: Vec<String>,
    /// What it has to choose from in its turn, in the order of the file.
    pub inner: Vec<Vec<Arc<Item>>>,
    /// Its texts as they are compared.
    folded: String,
}

impl Item {
    pub fn new(id: String, name: Option<String>, second: Option<String>) -> Item {
        let name = name.unwrap_or_else(|| id.clone());
        let second = second.filter(|second| *second != name);
        let folded = fold(&[&name, "\n", second.as_deref().unwrap_or_default()].concat());
        Item { id, name, second, within: Vec::new(), inner: Vec::new(), folded }
    }

    pub(super) fn with(self, inner: Vec<Vec<Arc<Item>>>) -> Item {
        Item { inner, ..self }
    }

    /// A node below these. Their names find it too.
    pub(super) fn below(self, path: &[String]) -> Item {
        let above = path.join(BELOW);
        let folded = [self.folded.as_str(), "\n", &fold(&above)].concat();
        Item { within: Some(above).filter(|_| !path.is_empty()).into_iter().collect(), folded, ..self }
    }

    /// The name of a node, with those above it.
    pub fn path(&self) -> String {
        let above = self.within.iter().map(String::as_str);
        above.chain([self.name.as_str()]).collect::<Vec<_>>().join(BELOW)
    }

    /// What tells it from another one of the same name: its second text, and the parts that it is in.
    pub fn beside(&self) -> Option<String> {
        let parts = (!self.within.is_empty()).then(|| self.within.join(", "));
        let words: Vec<String> = self.second.iter().cloned().chain(parts).collect();
        (!words.is_empty()).then(|| words.join(" · "))
    }
}

impl List {
    pub fn items(&self) -> &[Arc<Item>] {
        &self.items
    }

    pub fn get(&self, id: &str) -> Option<&Arc<Item>> {
        self.places.get(id).map(|at| &self.items[*at])
    }

    /// What ids are called; `is_whole` if nothing is missing.
    pub fn names(&self, is_whole: bool) -> Names {
        Names::new(self.items.iter().map(|item| named(item)), is_whole)
    }

    /// The same of what the entries have in their turn. One id is called one thing, whatever entry has it.
    pub fn inner_names(&self, number: usize, is_whole: bool) -> Names {
        let inner = self.items.iter().filter_map(|item| item.inner.get(number));
        Names::new(inner.flatten().map(|item| named(item)), is_whole)
    }

    /// Those that have every word of a text, in any order and anywhere, and the one whose id it is.
    pub fn matching(&self, text: &str) -> impl Iterator<Item = &Arc<Item>> {
        matching(&self.items, text)
    }

    /// Adds what is not there yet; what is there is in one more part.
    pub(super) fn add(&mut self, item: Item, within: Option<&str>) {
        let next = self.items.len();
        let at = *self.places.entry(item.id.clone()).or_insert(next);
        if at == next {
            self.items.push(Arc::new(item));
        }
        let is_there = |part: &&str| self.items[at].within.iter().any(|other| other == part);
        if let Some(part) = within.filter(|part| !is_there(part)) {
            Arc::make_mut(&mut self.items[at]).within.push(part.to_string());
        }
    }
}

/// Those that have every word of a text, in any order and anywhere, and the one whose id it is.
pub fn matching<'i>(items: &'i [Arc<Item>], text: &str) -> impl Iterator<Item = &'i Arc<Item>> + use<'i> {
    let id = text.trim().to_string();
    let text = fold(text);
    let words: Vec<String> = text.split_whitespace().map(str::to_string).collect();
    let has_all = move |item: &&Arc<Item>| words.iter().all(|word| item.folded.contains(word.as_str()));
    items.iter().filter(move |item| has_all(item) || item.id == id)
}

/// The one that a text means: the one with this id, or the only one of this name; nothing if that is not clear.
pub fn meant<'i>(items: &'i [Arc<Item>], text: &str) -> Option<&'i Arc<Item>> {
    let text = text.trim();
    let name = fold(text);
    let mut called = items.iter().filter(|item| fold(&item.name) == name);
    let by_id = items.iter().find(|item| item.id == text);
    by_id.or_else(|| called.next().filter(|_| called.next().is_none()))
}

fn named(item: &Item) -> (String, String) {
    (item.id.clone(), item.name.clone())
}

#[cfg(test)]
mod tests;
