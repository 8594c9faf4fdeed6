//! The two programs of the page: the small one that paints the first form, and the one that does the work.
//!
//! The first hands over what was typed when it is pressed; the second takes its place. Both are made of the
//! same components, so nobody sees the change.

use std::cell::RefCell;

use js_sys::{Array, Function};
use wasm_bindgen::JsValue;

/// What was typed into the first form.
#[derive(Clone, Debug, PartialEq)]
pub struct Handover {
    pub provider: String,
    pub server: String,
    /// How somebody wants to sign in.
    pub way: String,
    /// What was typed, by key. It goes from memory to memory, and nowhere else.
    pub values: Vec<(String, String)>,
    /// The form was sent; otherwise the second program only takes it over.
    pub connect: bool,
}

thread_local! {
    static NOW: RefCell<Option<Box<dyn Fn() -> Handover>>> = const { RefCell::new(None) };
    static CARRY_ON: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// Says how the work is handed over.
pub fn carry_on_by(carry_on: Function) {
    CARRY_ON.with(|own| own.replace(Some(carry_on)));
}

/// Says what stands in the first form now, for when the second program takes it over unasked.
pub fn hold(now: impl Fn() -> Handover + 'static) {
    NOW.with(|own| own.replace(Some(Box::new(now))));
}

/// What stands in the first form now; nothing if there is none.
pub fn held() -> Array {
    NOW.with(|own| own.borrow().as_ref().map_or_else(Array::new, |now| texts(now())))
}

/// Hands over; or only asks the second program to take the page, as it is.
pub fn carry_on(handover: Option<Handover>) {
    let texts = handover.map_or_else(held, texts);
    CARRY_ON.with(|own| {
        if let Some(carry_on) = own.borrow().as_ref() {
            let _ = carry_on.call1(&JsValue::NULL, &texts);
        }
    });
}

fn texts(handover: Handover) -> Array {
    let connect = if handover.connect { "yes" } else { "no" };
    let texts = [&handover.provider, &handover.server, &handover.way, connect];
    let values = handover.values.iter().flat_map(|(key, text)| [key.as_str(), text]);
    texts.into_iter().chain(values).map(JsValue::from_str).collect()
}

/// What the first program handed over.
pub fn handed_over(texts: &Array) -> Option<Handover> {
    let text = |index: u32| texts.get(index).as_string();
    let values = (4..texts.length()).step_by(2).filter_map(|index| Some((text(index)?, text(index + 1)?)));
    Some(Handover {
        provider: text(0)?,
        server: text(1)?,
        way: text(2)?,
        connect: text(3)? == "yes",
        values: values.collect(),
    })
}
