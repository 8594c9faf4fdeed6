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

/// A file beside the page that did not come: the status of the answer, if there was one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Missing(Option<f64>);

impl Missing {
    pub fn words(self) -> Words {
        self.0.map_or_else(say::fault_not_loaded, |status| say::fault_status(status as usize))
    }
}

/// The text of a file beside the page, if it comes.
pub async fn text(name: &str) -> Result<String, Missing> {
    let promise = FILES.with(|own| {
        let own = own.borrow();
        own.as_ref()?.call1(&JsValue::NULL, &JsValue::from_str(name)).ok()?.dyn_into::<Promise>().ok()
    });
    match JsFuture::from(promise.ok_or(Missing(None))?).await {
        Ok(text) => text.as_string().ok_or(Missing(None)),
        Err(status) => Err(Missing(status.as_f64())),
    }
}
