use leptos::prelude::*;

const STEPS: [&str; 5] = ["Connect", "Find", "Change", "Check", "Result"];

/// The steps of a change, and which one this is.
#[component]
pub fn Crumbs(
    /// The number of the current step, from 0.
    step: usize,
) -> impl IntoView {
    let entry = move |(index, name): (usize, &'static str)| {
        let current = (index == step).then_some("step");
        view! { <li class="crumbs__step" aria-current=current>{name}</li> }
    };
    view! {
        <nav aria-label="Steps">
            <ol class="crumbs">{STEPS.into_iter().enumerate().map(entry).collect_view()}</ol>
        </nav>
    }
}
