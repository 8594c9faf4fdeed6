//! The parts of a view that follow signals.
//!
//! Leptos makes one type, and its code, for each closure in a view. Boxed, they share one: the page is a third
//! smaller, which is what an admin on a slow line waits for.

use std::pin::Pin;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::words::Words;

/// A value that follows signals.
pub type Live<T> = Box<dyn FnMut() -> T + Send>;

/// What an event does.
pub type Act<E> = Box<dyn FnMut(E)>;

/// A part of a page.
pub fn live<V: IntoAny>(part: impl Fn() -> V + Send + 'static) -> Live<AnyView> {
    Box::new(move || part().into_any())
}

/// A part of a page that is there or not.
pub fn live_some<V: IntoAny>(part: impl Fn() -> Option<V> + Send + 'static) -> Live<AnyView> {
    Box::new(move || part().map_or_else(|| ().into_any(), IntoAny::into_any))
}

pub fn live_text(text: impl Fn() -> String + Send + 'static) -> Live<String> {
    Box::new(text)
}

/// An attribute that is there or not.
pub fn live_attribute(value: impl Fn() -> Option<String> + Send + 'static) -> Live<Option<String>> {
    Box::new(value)
}

pub fn live_flag(flag: impl Fn() -> bool + Send + 'static) -> Live<bool> {
    Box::new(flag)
}

/// It reads signals as they are at that moment, and follows none.
pub fn act<E>(mut act: impl FnMut(E) + 'static) -> Act<E> {
    Box::new(move |event| untrack(|| act(event)))
}

/// A part that is there or not, for good.
pub fn some<V: IntoAny>(part: Option<V>) -> AnyView {
    part.map_or_else(|| ().into_any(), IntoAny::into_any)
}

/// Something that takes time.
pub fn later(work: impl Future<Output = ()> + 'static) {
    let work: Pin<Box<dyn Future<Output = ()>>> = Box::pin(work);
    spawn_local(work);
}

/// Stands in a sentence for a part of it that is no plain text.
pub const HERE: &str = "\u{1}";

/// A sentence that was said with [`HERE`] in one of its places, and the part that stands there.
pub fn around<V: IntoAny>(sentence: &Words, part: V) -> AnyView {
    let text = sentence.text();
    let (before, after) = text.split_once(HERE).unwrap_or((&text, ""));
    view! { {before.to_string()} {part.into_any()} {after.to_string()} }.into_any()
}

/// What is said becomes text where it is shown.
impl IntoRender for Words {
    type Output = String;

    fn into_render(self) -> String {
        self.text()
    }
}
