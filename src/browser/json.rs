//! The browser's own reader of JSON.

use js_sys::{Array, JSON, Object, Reflect};
use wasm_bindgen::JsValue;

use crate::provider::tree::Tree;

/// A value that the browser has read.
pub struct Json(JsValue);

/// Nothing if it is no JSON.
pub fn parse(text: &str) -> Option<Json> {
    JSON::parse(text).ok().map(Json)
}

impl Tree for Json {
    fn get(&self, key: &str) -> Option<Json> {
        let value = Reflect::get(&self.0, &JsValue::from_str(key)).ok()?;
        (!value.is_undefined()).then_some(Json(value))
    }

    fn text(&self) -> Option<String> {
        self.0.as_string()
    }

    fn is_true(&self) -> bool {
        self.0.is_truthy()
    }

    fn list(&self) -> Vec<Json> {
        let list = if Array::is_array(&self.0) { Array::from(&self.0) } else { Array::new() };
        list.iter().map(Json).collect()
    }

    fn entries(&self) -> Vec<(String, Json)> {
        let Some(object) = Object::try_from(&self.0) else { return Vec::new() };
        let keys = Object::keys(object).into_iter();
        keys.filter_map(|key| {
            let key = key.as_string()?;
            let value = self.get(&key)?;
            Some((key, value))
        })
        .collect()
    }
}
