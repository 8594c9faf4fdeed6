//! The two programs of the page: the small one that paints the first form, and the one that does the work.
//!
//! The first hands over what was typed when it is pressed; the second takes its place. Both are made of the
//! same components, so nobody sees the change.

use std::cell::RefCell;

use js_sys::Function;
use wasm_bindgen::JsValue;

/// What was typed into the first form.
#[derive(Clone, Debug, PartialEq)]
pub struct Handover {
    pub provider: String,
    pub server: String,
    /// It goes from memory to memory, and nowhere else.
    pub secret: String,
}

thread_local! {
    static CARRY_ON: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// Says how the work is handed over.
pub fn carry_on_by(carry_on: Function) {
    CARRY_ON.with(|own| own.replace(Some(carry_on)));
}

/// Hands over; or only asks the second program to take the page, if nothing was typed.
pub fn carry_on(handover: Option<Handover>) {
    let texts = js_sys::Array::new();
    if let Some(handover) = handover {
        for text in [handover.provider, handover.server, handover.secret] {
            texts.push(&JsValue::from_str(&text));
        }
    }
    CARRY_ON.with(|own| {
        if let Some(carry_on) = own.borrow().as_ref() {
            let _ = carry_on.call1(&JsValue::NULL, &texts);
        }
    });
}

/// What the first program handed over.
pub fn handed_over(texts: &js_sys::Array) -> Option<Handover> {
    let text = |index: u32| texts.get(index).as_string();
    Some(Handover { provider: text(0)?, server: text(1)?, secret: text(2)? })
}
