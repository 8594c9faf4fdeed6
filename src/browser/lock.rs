//! A lock that all tabs of this page share (Web Locks API).

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Held until it is dropped, or the tab is closed.
pub struct Lock {
    release: Function,
}

/// Whether the browser has such locks.
pub fn works() -> bool {
    let locks = web_sys::window().and_then(|window| Reflect::get(&window.navigator(), &"locks".into()).ok());
    locks.is_some_and(|locks| locks.is_object())
}

impl Lock {
    /// Waits for the lock of this name; `waits` is called if another tab has it. Nothing where the browser has no
    /// locks: then there is only this tab's own care.
    pub async fn take(name: &str, waits: impl Fn() + 'static) -> Option<Lock> {
        match Lock::ask(name, true).await? {
            Some(lock) => Some(lock),
            None => {
                waits();
                Lock::ask(name, false).await?
            }
        }
    }

    /// `now`: only if nobody has it.
    async fn ask(name: &str, now: bool) -> Option<Option<Lock>> {
        let navigator = web_sys::window()?.navigator();
        let locks = Reflect::get(&navigator, &"locks".into()).ok().filter(JsValue::is_object)?;
        let request: Function = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
        let options = js_sys::Object::new();
        Reflect::set(&options, &"ifAvailable".into(), &now.into()).ok()?;
        let (name, locks) = (JsValue::from_str(name), locks.clone());
        let mut answer = |resolve: Function, reject: Function| {
            // The lock is held as long as the promise that is returned here is open.
            let granted = Closure::once_into_js(move |lock: JsValue| {
                let mut release = None;
                let open = Promise::new(&mut |end, _| release = Some(end));
                let release: JsValue = release.map_or(JsValue::NULL, JsValue::from);
                let told = if lock.is_null() { JsValue::NULL } else { release.clone() };
                let _ = resolve.call1(&JsValue::NULL, &told);
                if lock.is_null() { JsValue::UNDEFINED } else { JsValue::from(open) }
            });
            if let Ok(asked) = request.call3(&locks, &name, &options, &granted) {
                // Refused for good, as in a page that may not have locks.
                let _ = Reflect::get(&asked, &"catch".into())
                    .and_then(|catch| catch.dyn_into::<Function>()?.call1(&asked, &reject));
            }
        };
        let told = JsFuture::from(Promise::new(&mut answer)).await.ok()?;
        Some(told.dyn_into::<Function>().ok().map(|release| Lock { release }))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = self.release.call0(&JsValue::NULL);
    }
}
