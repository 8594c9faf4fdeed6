//! Files that somebody asked to keep.

use gloo_timers::callback::Timeout;
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlElement, Url};

/// Some browsers begin to read only after the press is over.
const KEPT: u32 = 60_000;

/// Gives the browser a text to keep as a file. It goes from memory to where the browser keeps its files.
pub fn download(name: &str, kind: &str, text: &str) {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts = Array::of1(&JsValue::from_str(text));
    let Ok(blob) = Blob::new_with_str_sequence_and_options(&parts, &options) else { return };
    let Ok(address) = Url::create_object_url_with_blob(&blob) else { return };
    let document = web_sys::window().and_then(|window| window.document());
    let link = document.and_then(|document| document.create_element("a").ok());
    if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
        _ = link.set_attribute("href", &address);
        _ = link.set_attribute("download", name);
        link.click();
    }
    Timeout::new(KEPT, move || _ = Url::revoke_object_url(&address)).forget();
}
