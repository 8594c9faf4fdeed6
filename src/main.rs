//! The first program of the page: small, so that the first form can be typed into soon.

use std::cell::RefCell;

use js_sys::{Array, Function};
use leptos::prelude::*;
use memberdesk::browser::{bundle, document, own, panic};
use memberdesk::ui::front::Front;
use wasm_bindgen::prelude::wasm_bindgen;

thread_local! {
    static MOUNTED: RefCell<Option<Box<dyn std::any::Any>>> = const { RefCell::new(None) };
}

fn main() {}

/// Paints the page. `files` gives the text of a file beside the page, `carry_on` hands over to the work.
#[wasm_bindgen]
pub fn start(files: Function, carry_on: Function) {
    panic::hand_over();
    own::come_from(files);
    bundle::carry_on_by(carry_on);
    if let Some(body) = document::body() {
        let app = || view! { <Front/> };
        let mounted = leptos::mount::mount_to(body, app);
        MOUNTED.with(|own| own.replace(Some(Box::new(mounted))));
    }
}

/// What stands in the first form, for when the work takes it over unasked.
#[wasm_bindgen]
pub fn held() -> Array {
    bundle::held()
}

/// Makes room for the work.
#[wasm_bindgen]
pub fn leave() {
    MOUNTED.with(|own| own.take());
}
