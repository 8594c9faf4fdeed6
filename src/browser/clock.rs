//! Time and chance.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

use gloo_timers::{callback::Timeout, future::TimeoutFuture};
use js_sys::{Array, Date, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

use crate::change::driver::Moment;
use crate::change::value;
use crate::words;

pub fn moment() -> Moment {
    // Both fit: milliseconds since 1970 for 200,000 years, and a fraction of 2^32.
    Moment { now: Date::now() as u64, dice: (js_sys::Math::random() * 4_294_967_296.0) as u32 }
}

/// A moment as a person reads it, in the zone of this computer.
pub fn words(milliseconds: u64) -> String {
    let moment = Date::new(&JsValue::from_f64(milliseconds as f64));
    let date = [moment.get_full_year(), moment.get_month() + 1, moment.get_date()];
    let time = [moment.get_hours(), moment.get_minutes(), moment.get_seconds()];
    value::clock_words(date, time, zone(&moment).as_deref()).text()
}

/// A moment in RFC 3339, in no zone: for machines and for support.
pub fn text(milliseconds: u64) -> String {
    String::from(Date::new(&JsValue::from_f64(milliseconds as f64)).to_iso_string())
}

/// The time of the day at a moment, to the minute, in the zone of this computer.
pub fn time(milliseconds: u64) -> String {
    let moment = Date::new(&JsValue::from_f64(milliseconds as f64));
    value::time_words([moment.get_hours(), moment.get_minutes()])
}

/// What the zone of this computer is called at a moment, in the language that is spoken: `UTC`, `GMT+1`.
fn zone(moment: &Date) -> Option<String> {
    let options = Object::new();
    Reflect::set(&options, &"timeZoneName".into(), &"short".into()).ok()?;
    let format = Intl::DateTimeFormat::new(&Array::of1(&words::language().into()), &options);
    let get = |part: &JsValue, key: &str| Reflect::get(part, &key.into()).ok()?.as_string();
    let parts = format.format_to_parts(moment).iter().collect::<Vec<_>>();
    let part = parts.iter().find(|part| get(part, "type").as_deref() == Some("timeZoneName"))?;
    get(part, "value")
}

pub async fn pass(time: Duration) {
    TimeoutFuture::new(milliseconds(time)).await;
}

/// What work comes to, if it does in time. It can be waited for again.
pub async fn within<T>(time: Duration, mut work: Pin<&mut dyn Future<Output = T>>) -> Option<T> {
    let mut over = pin!(pass(time));
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(done) => Poll::Ready(Some(done)),
        Poll::Pending => over.as_mut().poll(context).map(|()| None),
    })
    .await
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
