use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use memchr::memmem::Finder;

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

/// How much of a list is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Extent {
    /// Nobody has asked for it.
    Unread,
    UnderWay,
    /// Somebody went on before its end: it is read again when somebody wants to choose.
    Left,
    /// It came to its end with less than all.
    Short,
    Whole,
}

impl Extent {
    /// What it does not have may still come.
    fn is_open(self) -> bool {
        matches!(self, Extent::UnderWay | Extent::Left)
    }

    /// What it does not have, it does not get.
    pub fn is_final(self) -> bool {
        matches!(self, Extent::Short | Extent::Whole)
    }
}

/// Why it is not clear what a text means in a list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Doubt {
    /// What is still to come may have this name.
    UnderWay,
    /// More than one has this name, or may have it.
    Several,
}

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
    is_node: bool,
    /// Its texts as they are compared.
    folded: String,
}

impl Item {
    pub fn new(id: String, name: Option<String>, second: Option<String>) -> Item {
        let name = name.unwrap_or_else(|| id.clone());
        let second = second.filter(|second| *second != name);
        let folded = fold(&[&name, "\n", second.as_deref().unwrap_or_default()].concat());
        Item { id, name, second, within: Vec::new(), inner: Vec::new(), is_node: false, folded }
    }

    pub(super) fn with(self, inner: Vec<Vec<Arc<Item>>>) -> Item {
        Item { inner, ..self }
    }

    /// A node below these. Their names find it too.
    pub(super) fn below(self, path: &[String]) -> Item {
        let above = path.join(BELOW);
        let folded = [self.folded.as_str(), "\n", &fold(&above)].concat();
        Item {
            within: Some(above).filter(|_| !path.is_empty()).into_iter().collect(),
            is_node: true,
            folded,
            ..self
        }
    }

    /// The name of a node, with those above it.
    pub fn path(&self) -> String {
        let above = self.within.iter().map(String::as_str);
        above.chain([self.name.as_str()]).collect::<Vec<_>>().join(BELOW)
    }

    /// Its name as it is compared.
    fn folded_name(&self) -> &str {
        self.folded.split('\n').next().unwrap_or_default()
    }

    /// The names on the way to a node, as they are compared, its own last: what is below it follows it.
    pub fn way(&self) -> impl Iterator<Item = &str> {
        let above = self.folded.split('\n').nth(2).filter(|above| !above.is_empty());
        above.into_iter().flat_map(|above| above.split(BELOW)).chain([self.folded_name()])
    }

    /// What it is called where others have its name.
    fn full_name(&self) -> String {
        match self.beside() {
            Some(beside) if !self.is_node => [&self.name, " · ", &beside].concat(),
            _ => self.path(),
        }
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
        Names::new(named(self.items.iter()), is_whole)
    }

    /// The same of what the entries have in their turn. One id is called one thing, whatever entry has it.
    pub fn inner_names(&self, number: usize, is_whole: bool) -> Names {
        let inner = self.items.iter().filter_map(|item| item.inner.get(number));
        Names::new(inner.flatten().map(|item| (item.id.clone(), item.name.clone())), is_whole)
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
    let words: Vec<Finder> = text.split_whitespace().map(|word| Finder::new(word).into_owned()).collect();
    let has_all =
        move |item: &&Arc<Item>| words.iter().all(|word| word.find(item.folded.as_bytes()).is_some());
    items.iter().filter(move |item| has_all(item) || item.id == id)
}

/// Those of this name.
fn called<'i>(items: &'i [Arc<Item>], text: &str) -> impl Iterator<Item = &'i Arc<Item>> + use<'i> {
    let name = [fold(text.trim()).as_str(), "\n"].concat();
    items.iter().filter(move |item| item.folded.starts_with(&name))
}

/// Whether a text is an id of the list, or the name of exactly one of those.
pub fn is_one(items: &[Arc<Item>], text: &str) -> bool {
    items.iter().any(|item| item.id == text.trim()) || called(items, text).take(2).count() == 1
}

/// The one that a text means: the one with this id, or the only one of this name in a list that is whole. Nothing if it
/// is an id that the list does not have; while the list is under way, only `is_like_id` can be one.
pub fn meant<'i>(
    items: &'i [Arc<Item>],
    text: &str,
    extent: Extent,
    is_like_id: bool,
) -> Result<Option<&'i Arc<Item>>, Doubt> {
    let text = text.trim();
    let mut called = called(items, text);
    if let Some(own) = items.iter().find(|item| item.id == text) {
        return Ok(Some(own));
    }
    match (called.next(), called.next()) {
        (Some(one), None) if extent == Extent::Whole => Ok(Some(one)),
        (Some(_), _) if extent.is_open() => Err(Doubt::UnderWay),
        (Some(_), _) => Err(Doubt::Several),
        (None, _) if extent.is_open() && !is_like_id && !text.is_empty() => Err(Doubt::UnderWay),
        (None, _) => Ok(None),
    }
}

/// What ids are called: by its name alone where no other has it, else with what tells it from the others.
fn named<'i>(items: impl Iterator<Item = &'i Arc<Item>> + Clone) -> Vec<(String, String)> {
    let mut of_name: HashMap<&str, usize> = HashMap::new();
    items.clone().for_each(|item| *of_name.entry(&item.name).or_default() += 1);
    let is_shared = |item: &&Arc<Item>| of_name[item.name.as_str()] > 1;
    let mut of_full: HashMap<String, usize> = HashMap::new();
    items.clone().filter(is_shared).for_each(|item| *of_full.entry(item.full_name()).or_default() += 1);
    let name = |item: &Arc<Item>| match is_shared(&item).then(|| item.full_name()) {
        None => item.name.clone(),
        Some(full) if of_full[&full] > 1 => [&full, " · ", &item.id].concat(),
        Some(full) => full,
    };
    items.map(|item| (item.id.clone(), name(item))).collect()
}

#[cfg(test)]
mod tests;
