use std::collections::BTreeMap;
use std::sync::Arc;

/// What ids are called, as a list of the provider's has it; nothing until somebody asks for that list.
///
/// No file holds them: they are learned while somebody works, and go with the page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Names(Option<Arc<Known>>);

#[derive(Debug, PartialEq)]
struct Known {
    names: BTreeMap<String, String>,
    is_whole: bool,
}

impl Names {
    /// `is_whole`: the list was read to its end, so what it lacks is not there.
    pub fn new(names: impl IntoIterator<Item = (String, String)>, is_whole: bool) -> Names {
        Names(Some(Arc::new(Known { names: names.into_iter().collect(), is_whole })))
    }

    pub fn get(&self, id: &str) -> Option<&str> {
        self.0.as_ref()?.names.get(id).map(String::as_str)
    }

    /// Somebody has asked for the list, and what came of it does not name this id.
    pub fn has_not(&self, id: &str) -> bool {
        self.0.as_ref().is_some_and(|known| !known.names.contains_key(id))
    }

    /// The whole list was read, and the id is not in it.
    pub fn lacks(&self, id: &str) -> bool {
        self.0.as_ref().is_some_and(|known| known.is_whole && !known.names.contains_key(id))
    }
}
