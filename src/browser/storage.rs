//! What is kept in this browser between visits: settings, never a secret and never a member.

use web_sys::Storage;

const KEY: &str = "memberdesk.settings";

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

pub fn settings() -> Option<String> {
    storage()?.get_item(KEY).ok().flatten()
}

/// Whether it could be kept: a browser may forbid it.
pub fn keep_settings(text: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(KEY, text).is_ok())
}
