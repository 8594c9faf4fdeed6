//! The files beside the page: its configuration and its provider files.

use std::cell::RefCell;

use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::words::{Words, say};

thread_local! {
    /// The boot file's way to a text: it has asked for some before the program came.
    static FILES: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// Says how texts are asked for: a function from a file's name to the promise of its text.
pub fn come_from(files: Function) {
    FILES.with(|own| own.replace(Some(files)));
}

/// The text of a file beside the page, or why there is none, in words.
pub async fn text(name: &str) -> Result<String, Words> {
    let promise = FILES.with(|own| {
        let own = own.borrow();
        own.as_ref()?.call1(&JsValue::NULL, &JsValue::from_str(name)).ok()?.dyn_into::<Promise>().ok()
    });
    match JsFuture::from(promise.ok_or_else(say::fault_not_loaded)?).await {
        Ok(text) => text.as_string().ok_or_else(say::fault_not_loaded),
        Err(words) => Err(words.as_string().map_or_else(say::fault_not_loaded, Words::from)),
    }
}
