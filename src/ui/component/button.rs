use leptos::prelude::*;

use crate::ui::live::{act, live_attribute};

/// Something to do, in words that say it.
#[component]
pub fn Button(
    #[prop(into)] words: String,
    /// `secondary`, `compact`, `danger` or `plain`; nothing for the main thing to do here.
    #[prop(optional)]
    kind: Option<&'static str>,
    /// Of one that stays pressed: whether it is.
    #[prop(optional)]
    pressed: Option<Memo<bool>>,
    #[prop(into)] on_press: Callback<()>,
) -> impl IntoView {
    let pressed = live_attribute(move || Some(pressed?.get().to_string()));
    view! {
        <button
            type="button"
            class="button"
            data-kind=kind
            aria-pressed=pressed
            on:click=act(move |_| on_press.run(()))
        >
            {words}
        </button>
    }
}

/// The main thing to do on a page that asks something.
#[component]
pub fn Submit(
    #[prop(into)] words: String,
    /// `danger` where there is no way back.
    #[prop(optional_no_strip)]
    kind: Option<&'static str>,
) -> impl IntoView {
    view! { <button type="submit" class="button" data-kind=kind>{words}</button> }
}
