use leptos::prelude::*;

/// Things to know, each with its name.
#[component]
pub fn Facts(facts: Vec<(String, String)>) -> impl IntoView {
    let row = |(term, value): (String, String)| {
        view! {
            <div class="facts__row">
                <dt class="facts__term">{term}</dt>
                <dd class="facts__value">{value}</dd>
            </div>
        }
    };
    view! { <dl class="facts">{facts.into_iter().map(row).collect_view()}</dl> }
}
