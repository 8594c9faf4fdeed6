use leptos::prelude::*;

use crate::words::say;

/// Says on every page, and on what is printed of it, that nobody real is changed.
#[component]
pub fn Simulated() -> impl IntoView {
    view! { <aside class="simulated">{say::simulated_nobody()}</aside> }
}
