//! The languages of the person in front of the page, and how each of them counts.

use js_sys::{Array, Function, JsString, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// What the browser would like to read, best first, as BCP 47 tags.
pub fn preferred() -> Vec<String> {
    let languages = web_sys::window().map(|window| window.navigator().languages());
    languages.into_iter().flatten().filter_map(|tag| tag.as_string()).collect()
}

/// The CLDR plural category of a count, by the browser's own tables.
pub fn plural(tag: &str, count: usize) -> String {
    let rules = js_sys::Intl::PluralRules::new(&Array::of1(&JsValue::from(tag)), &Object::new());
    rules.select(count as f64).into()
}

/// What a language calls itself, as in “Deutsch”.
pub fn own_name(tag: &str) -> String {
    let name = || -> Option<String> {
        let intl = Reflect::get(&js_sys::global(), &JsString::from("Intl")).ok()?;
        let class: Function = Reflect::get(&intl, &JsString::from("DisplayNames")).ok()?.dyn_into().ok()?;
        let options = Object::new();
        Reflect::set(&options, &"type".into(), &"language".into()).ok()?;
        let names = Reflect::construct(&class, &Array::of2(&Array::of1(&tag.into()), &options)).ok()?;
        let of: Function = Reflect::get(&names, &"of".into()).ok()?.dyn_into().ok()?;
        of.call1(&names, &tag.into()).ok()?.as_string()
    };
    name().unwrap_or_else(|| tag.to_string())
}
