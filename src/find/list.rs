use std::collections::BTreeMap;
use std::sync::Arc;

use super::fold::fold;

/// What was found, in the provider's order, each id once.
#[derive(Clone, Debug, Default)]
pub struct List {
    items: Vec<Arc<Item>>,
    /// Where each id stands.
    places: BTreeMap<String, usize>,
}

/// Something that can be chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    pub id: String,
    /// What it is called: its id, if the provider does not say.
    pub name: String,
    /// What tells it from others of the same name.
    pub second: Option<String>,
    /// The parts of the list that it is in, where they have names.
    pub within: Vec<String>,
    /// Its texts as they are compared.
    folded: String,
}

impl Item {
    pub fn new(id: String, name: Option<String>, second: Option<String>) -> Item {
        let name = name.unwrap_or_else(|| id.clone());
        let second = second.filter(|second| *second != name);
        let folded = fold(&[&name, "\n", second.as_deref().unwrap_or_default()].concat());
        Item { id, name, second, within: Vec::new(), folded }
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

    /// Those that have every word of a text, in any order and anywhere, and the one whose id it is.
    pub fn matching(&self, text: &str) -> impl Iterator<Item = &Arc<Item>> {
        let id = text.trim().to_string();
        let text = fold(text);
        let words: Vec<String> = text.split_whitespace().map(str::to_string).collect();
        let has_all = move |item: &&Arc<Item>| words.iter().all(|word| item.folded.contains(word.as_str()));
        self.items.iter().filter(move |item| has_all(item) || item.id == id)
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

#[cfg(test)]
mod tests;
