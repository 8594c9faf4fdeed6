//! The files beside the page: its configuration and its provider files.

use gloo_net::http::Request;
use js_sys::{Map, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::RequestCache;

thread_local! {
    /// What the boot file asked for while the program itself was still on its way.
    static EARLY: Map = Map::new();
}

/// Takes over the texts that are on their way already: file name to promise.
pub fn take_over(early: &Map) {
    EARLY.with(|own| early.for_each(&mut |promise, name| drop(own.set(&name, &promise))));
}

/// The text of a file beside the page, or why there is none, in words.
pub async fn text(name: &str) -> Result<String, String> {
    let key = JsValue::from_str(name);
    let early = EARLY.with(|own| {
        let promise = own.get(&key);
        own.delete(&key);
        promise
    });
    if let Ok(promise) = early.dyn_into::<Promise>()
        && let Ok(text) = JsFuture::from(promise).await
        && let Some(text) = text.as_string()
    {
        return Ok(text);
    }
    let answer = Request::get(name).cache(RequestCache::NoCache).send().await;
    let answer = answer.map_err(|_| "The file could not be loaded.".to_string())?;
    if !answer.ok() {
        return Err([
            "The file was answered with status ",
            &answer.status().to_string(),
            ".",
        ]
        .concat());
    }
    answer
        .text()
        .await
        .map_err(|_| "The file broke off in the middle.".to_string())
}
