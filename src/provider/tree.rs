use serde_json::Value;

/// A JSON value, whoever read it. The first program leaves the reading to the browser, which costs it nothing.
pub trait Tree: Sized {
    fn get(&self, key: &str) -> Option<Self>;
    fn text(&self) -> Option<String>;
    fn is_true(&self) -> bool;
    fn list(&self) -> Vec<Self>;
    fn entries(&self) -> Vec<(String, Self)>;
}

impl Tree for &Value {
    fn get(&self, key: &str) -> Option<Self> {
        Value::get(self, key)
    }

    fn text(&self) -> Option<String> {
        self.as_str().map(str::to_string)
    }

    fn is_true(&self) -> bool {
        *self == &Value::Bool(true)
    }

    fn list(&self) -> Vec<Self> {
        self.as_array().into_iter().flatten().collect()
    }

    fn entries(&self) -> Vec<(String, Self)> {
        let entries = self.as_object().into_iter().flatten();
        entries.map(|(key, value)| (key.clone(), value)).collect()
    }
}

/// A text of an object, if it is one.
pub(super) fn text(object: &impl Tree, key: &str) -> Option<String> {
    object.get(key).and_then(|value| value.text())
}

pub(super) fn flag(object: &impl Tree, key: &str) -> bool {
    object.get(key).is_some_and(|value| value.is_true())
}

/// The entries of an object whose keys are names, as far as they can be taken.
pub(super) fn named<T: Tree, N>(object: &T, key: &str, of: impl Fn(&str, &T) -> Option<N>) -> Vec<N> {
    let entries = object.get(key).map(|value| value.entries()).unwrap_or_default();
    let names = entries.iter().filter(|(name, _)| !name.starts_with('$'));
    names.filter_map(|(name, value)| of(name, value)).collect()
}
