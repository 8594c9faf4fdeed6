//! The page's program. The boot file starts it with what it has asked for already.

use wasm_bindgen::prelude::wasm_bindgen;

fn main() {}

/// Draws the page. `early` has the texts that are on their way: file name to promise.
#[wasm_bindgen]
pub fn start(early: js_sys::Map) {
    memberdesk::browser::panic::hand_over();
    memberdesk::browser::own::take_over(&early);
    leptos::mount::mount_to_body(memberdesk::ui::app::App);
}
