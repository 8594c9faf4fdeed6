use leptos::prelude::*;

use crate::ui::live::some;

/// What a page is about. The focus goes here when a page begins.
#[component]
pub fn Heading(
    /// Where one is, in small letters above.
    #[prop(into, default = String::new())]
    caption: String,
    #[prop(into)] title: String,
    /// One sentence more.
    #[prop(into, default = String::new())]
    lede: String,
) -> impl IntoView {
    let caption = (!caption.is_empty()).then(|| view! { <p class="caption">{caption}</p> });
    let lede = (!lede.is_empty()).then(|| view! { <p class="lede">{lede}</p> });
    view! {
        <div class="stack" data-gap="small">
            {some(caption)}
            <h1 tabindex="-1">{title}</h1>
            {some(lede)}
        </div>
    }
}
