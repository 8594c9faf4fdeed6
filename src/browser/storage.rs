//! What is kept in this browser between visits: settings, and the members that were looked at last where the owner
//! allows it and somebody asked for it; never a secret.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, Storage};

const SETTINGS: &str = "memberdesk.settings";
const RECENTS: &str = "memberdesk.recents";

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

fn get(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Whether it could be kept: a browser may forbid it.
fn keep(key: &str, text: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(key, text).is_ok())
}

/// Whether the browser keeps anything for this page.
pub fn works() -> bool {
    const TRIAL: &str = "memberdesk.trial";
    let is_kept = keep(TRIAL, "") && get(TRIAL).is_some();
    _ = storage().map(|storage| storage.remove_item(TRIAL));
    is_kept
}

pub fn settings() -> Option<String> {
    get(SETTINGS)
}

pub fn keep_settings(text: &str) -> bool {
    keep(SETTINGS, text)
}

pub fn recents() -> Option<String> {
    get(RECENTS)
}

pub fn keep_recents(text: &str) -> bool {
    keep(RECENTS, text)
}

pub fn forget_recents() {
    _ = storage().map(|storage| storage.remove_item(RECENTS));
}

/// Calls back each time another tab has kept or removed something, as long as the page lives.
pub fn on_change(mut changed: impl FnMut() + 'static) {
    let listener = Closure::<dyn FnMut(Event)>::new(move |_| changed());
    if let Some(window) = web_sys::window() {
        _ = window.add_event_listener_with_callback("storage", listener.as_ref().unchecked_ref());
    }
    listener.forget();
}
