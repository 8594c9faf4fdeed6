//! The clipboard, for text that somebody asked to copy.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Whether it was copied: a browser may have no clipboard for a page, or not allow it now.
pub async fn copy(text: &str) -> bool {
    let Some(copying) = start(text) else { return false };
    JsFuture::from(copying).await.is_ok()
}

fn start(text: &str) -> Option<Promise> {
    let navigator = web_sys::window()?.navigator();
    let clipboard = Reflect::get(&navigator, &"clipboard".into()).ok().filter(JsValue::is_object)?;
    let write: Function = Reflect::get(&clipboard, &"writeText".into()).ok()?.dyn_into().ok()?;
    write.call1(&clipboard, &JsValue::from_str(text)).ok()?.dyn_into().ok()
}
