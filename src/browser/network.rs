//! What the browser tells of the network that the computer is in.

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::doctor::LocalNetwork;
use crate::transport::Address;

/// A no is certain; a yes proves nothing.
pub fn is_online() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}

/// Whether this page may go to addresses like this one, where the browser has a rule for it (Local Network Access).
pub async fn local(url: &str) -> LocalNetwork {
    let origin = url.splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
    let is_loopback = Address::parse(&origin).is_ok_and(|address| address.is_loopback());
    // The permission was one at first, and then became two.
    let names = [if is_loopback { "loopback-network" } else { "local-network" }, "local-network-access"];
    for name in names {
        match state(name).await.as_deref() {
            Some("denied") => return LocalNetwork::Denied,
            Some("prompt") => return LocalNetwork::Asks,
            Some(_) => return LocalNetwork::Allowed,
            None => {}
        }
    }
    LocalNetwork::NoRule
}

/// Nothing if the browser does not know the permission.
async fn state(name: &str) -> Option<String> {
    let navigator = web_sys::window()?.navigator();
    let get =
        |of: &JsValue, key: &str| Reflect::get(of, &key.into()).ok().filter(|value| !value.is_undefined());
    let permissions = get(&navigator, "permissions")?;
    let query: Function = get(&permissions, "query")?.dyn_into().ok()?;
    let wanted = Object::new();
    Reflect::set(&wanted, &"name".into(), &name.into()).ok()?;
    let promise: Promise = query.call1(&permissions, &wanted).ok()?.dyn_into().ok()?;
    get(&JsFuture::from(promise).await.ok()?, "state")?.as_string()
}
