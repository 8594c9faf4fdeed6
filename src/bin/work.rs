//! The second program of the page: it does the work.

use js_sys::{Array, Function};
use leptos::prelude::*;
use memberdesk::browser::{bundle, own, panic};
use memberdesk::ui::app::{self, App};
use wasm_bindgen::prelude::wasm_bindgen;

fn main() {}

/// Draws the page. `typed` is what was typed into the first form, if anything was.
#[wasm_bindgen]
pub fn start(files: Function, typed: Array) {
    panic::hand_over();
    own::come_from(files);
    let handover = bundle::handed_over(&typed);
    leptos::mount::mount_to_body(move || view! { <App handover/> });
}

/// Whether the first program says too little for this configuration and these provider files.
#[wasm_bindgen]
pub fn is_needed(config: &str, providers: Vec<String>) -> bool {
    app::is_needed(config, &providers)
}
