//! The end after a fault in the program itself.

use std::panic::{PanicHookInfo, set_hook};

use wasm_bindgen::JsValue;
use web_sys::{CustomEvent, CustomEventInit};

/// Hands the page over to the boot file when the program stops. Only the place in the code goes along: a
/// message could hold what a person typed.
pub fn hand_over() {
    set_hook(Box::new(|panic: &PanicHookInfo| {
        let place = panic.location().map(|at| [at.file(), ":", &at.line().to_string()].concat());
        let init = CustomEventInit::new();
        init.set_detail(&JsValue::from_str(&place.unwrap_or_default()));
        if let (Some(window), Ok(event)) =
            (web_sys::window(), CustomEvent::new_with_event_init_dict("memberdesk-stopped", &init))
        {
            let _ = window.dispatch_event(&event);
        }
    }));
}
