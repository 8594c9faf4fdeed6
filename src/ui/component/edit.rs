use leptos::prelude::*;

use super::button::Button;
use crate::ui::live::{live_attribute, live_some};
use crate::words::say;

/// A field on a form: marked as long as it will be different, with the way back to what is on file.
#[component]
pub fn Edit(
    label: String,
    /// Whether it will be different.
    #[prop(into)]
    changed: Signal<bool>,
    /// Leaves it as it is; nothing where the control has an answer of its own for that.
    #[prop(optional_no_strip)]
    on_reset: Option<Callback<()>>,
    children: Children,
) -> impl IntoView {
    let state = live_attribute(move || changed.get().then(|| "changed".to_string()));
    let back = live_some(move || {
        let reset = on_reset.filter(|_| changed.get())?;
        let words = say::form_reset(&label);
        Some(view! { <div class="edit__back"><Button words kind="plain" on_press=reset/></div> })
    });
    view! {
        <div class="edit" data-state=state>
            {children()}
            {back}
        </div>
    }
}
