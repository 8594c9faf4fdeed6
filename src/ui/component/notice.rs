use leptos::prelude::*;

/// Something to know that is not an error in an answer.
#[component]
pub fn Notice(
    /// `info`, `success`, `warning` or `danger`.
    tone: &'static str,
    #[prop(into)] title: String,
    /// It has just come, and the focus goes to it.
    #[prop(optional)]
    found: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <section class="notice" data-tone=tone tabindex=found.then_some("-1") role=found.then_some("status")>
            <h2 class="notice__title">{title}</h2>
            <div class="notice__body">{children()}</div>
        </section>
    }
}
