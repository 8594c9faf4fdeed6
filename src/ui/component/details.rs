use leptos::prelude::*;

/// What only some want to see, one press away.
#[component]
pub fn Details(#[prop(into)] summary: String, children: Children) -> impl IntoView {
    view! {
        <details class="details">
            <summary class="details__summary">{summary}</summary>
            <div class="details__body">{children()}</div>
        </details>
    }
}

/// Text for machines, as it is.
#[component]
pub fn Code(#[prop(into)] label: String, text: String) -> impl IntoView {
    view! { <pre class="code" tabindex="0" role="region" aria-label=label>{text}</pre> }
}
