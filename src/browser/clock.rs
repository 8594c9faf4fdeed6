//! Time and chance.

use std::time::Duration;

use gloo_timers::{callback::Timeout, future::TimeoutFuture};

use super::language;
use crate::change::driver::Moment;

pub fn moment() -> Moment {
    // Both fit: milliseconds since 1970 for 200,000 years, and a fraction of 2^32.
    Moment { now: js_sys::Date::now() as u64, dice: (js_sys::Math::random() * 4_294_967_296.0) as u32 }
}

/// A moment as a person reads it: in the language of the page as the browser's region writes it, in its zone.
pub fn words(milliseconds: u64) -> String {
    let date = js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(milliseconds as f64));
    let spoken = crate::words::language();
    let region = language::preferred().into_iter().find(|tag| tag.starts_with(&spoken));
    date.to_locale_string(&region.unwrap_or(spoken), &js_sys::Object::new()).into()
}

pub async fn pass(time: Duration) {
    TimeoutFuture::new(milliseconds(time)).await;
}

/// What is still to be done. Dropped, it is not done.
pub struct Pending {
    _timeout: Timeout,
}

pub fn after(time: Duration, then: impl FnOnce() + 'static) -> Pending {
    Pending { _timeout: Timeout::new(milliseconds(time), then) }
}

fn milliseconds(time: Duration) -> u32 {
    u32::try_from(time.as_millis()).unwrap_or(u32::MAX)
}
