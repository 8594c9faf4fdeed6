use leptos::prelude::*;

use crate::ui::live::{live_attribute, live_some};
use crate::words::{Words, say};

/// What happens one after another, and how far it has come.
#[component]
pub fn Course(
    title: Words,
    steps: Vec<Words>,
    /// The number of the step that is under way, from 0.
    #[prop(into)]
    now: Signal<usize>,
) -> impl IntoView {
    let step = move |(index, words): (usize, Words)| {
        let state = live_attribute(move || {
            let state = match index.cmp(&now.get()) {
                std::cmp::Ordering::Less => "done",
                std::cmp::Ordering::Equal => "now",
                std::cmp::Ordering::Greater => "next",
            };
            Some(state.to_string())
        });
        let current = live_attribute(move || (index == now.get()).then(|| "step".to_string()));
        let done = live_some(move || {
            let done = index < now.get();
            done.then(|| view! { <span class="visually-hidden">{" "} {say::busy_done()}</span> })
        });
        view! { <li class="course__step" data-state=state aria-current=current>{words} {done}</li> }
    };
    view! {
        <section class="course">
            <h2 class="course__title">{title}</h2>
            <ol class="course__steps" role="list">{steps.into_iter().enumerate().map(step).collect_view()}</ol>
        </section>
    }
}
