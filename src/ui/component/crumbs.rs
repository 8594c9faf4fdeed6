use leptos::prelude::*;

use crate::words::{Words, say};

const STEPS: [fn() -> Words; 5] =
    [say::crumbs_connect, say::crumbs_find, say::crumbs_change, say::crumbs_check, say::crumbs_result];

/// The steps of a change, and which one this is.
#[component]
pub fn Crumbs(
    /// The number of the current step, from 0.
    step: usize,
) -> impl IntoView {
    let entry = move |(index, name): (usize, fn() -> Words)| {
        let current = (index == step).then_some("step");
        view! { <li class="crumbs__step" aria-current=current>{name()}</li> }
    };
    view! {
        <nav aria-label=say::crumbs_label().text()>
            <ol class="crumbs">{STEPS.into_iter().enumerate().map(entry).collect_view()}</ol>
        </nav>
    }
}
