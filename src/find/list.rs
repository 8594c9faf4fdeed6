use std::collections::BTreeMap;

use super::fold::fold;

/// What was found, in the provider's order, each id once.
#[derive(Clone, Debug, Default)]
pub struct List {
    items: Vec<Item>,
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
    pub(super) fn new(id: String, name: Option<String>, second: Option<String>) -> Item {
        let name = name.unwrap_or_else(|| id.clone());
        let second = second.filter(|second| *second != name);
        let folded = fold(&[&name, "\n", second.as_deref().unwrap_or_default()].concat());
        Item { id, name, second, within: Vec::new(), folded }
    }
}

impl List {
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    pub fn get(&self, id: &str) -> Option<&Item> {
        self.places.get(id).map(|at| &self.items[*at])
    }

    /// Those that have every word of a text, in any order and anywhere.
    pub fn matching(&self, text: &str) -> impl Iterator<Item = &Item> {
        let text = fold(text);
        let words: Vec<String> = text.split_whitespace().map(str::to_string).collect();
        self.items.iter().filter(move |item| words.iter().all(|word| item.folded.contains(word.as_str())))
    }

    /// Adds what is not there yet; what is there is in one more part.
    pub(super) fn add(&mut self, item: Item, within: Option<&str>) {
        let next = self.items.len();
        let at = *self.places.entry(item.id.clone()).or_insert(next);
        if at == next {
            self.items.push(item);
        }
        let parts = &mut self.items[at].within;
        if let Some(part) = within.filter(|part| !parts.iter().any(|other| other == part)) {
            parts.push(part.to_string());
        }
    }
}

#[cfg(test)]
mod tests;
