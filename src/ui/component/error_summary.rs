use leptos::ev::MouseEvent;
use leptos::prelude::*;

use crate::browser::document;
use crate::ui::live::{act, live, live_some};
use crate::words::say;

/// Every error of a page, each with a link to its control. Whoever shows it moves the focus to it, and so it is read
/// once: not again with each that is mended.
#[component]
pub fn ErrorSummary(
    /// The id of the control, and the same words as beside it.
    #[prop(into)]
    errors: Signal<Vec<(String, String)>>,
) -> impl IntoView {
    let entry = |(id, words): (String, String)| {
        let href = ["#", &id].concat();
        // The address behind the # is the route, so the link must not be followed.
        let go = move |event: MouseEvent| {
            event.prevent_default();
            document::focus_control(&id);
        };
        view! { <li><a href=href on:click=act(go)>{words}</a></li> }
    };
    let some = Memo::new(move |_| errors.with(|errors| !errors.is_empty()));
    live_some(move || {
        some.get().then(|| {
            view! {
                <section class="error-summary" tabindex="-1" aria-labelledby="error-summary">
                    <h2 class="error-summary__title" id="error-summary">{say::field_problem()}</h2>
                    <ul class="error-summary__list" role="list">
                        {live(move || errors.get().into_iter().map(entry).collect_view())}
                    </ul>
                </section>
            }
        })
    })
}

/// What is wrong with one control, of all that is wrong on a page.
pub fn error_of(
    errors: impl Into<Signal<Vec<(String, String)>>>,
    id: impl Into<String>,
) -> Signal<Option<String>> {
    let (errors, id): (Signal<Vec<(String, String)>>, String) = (errors.into(), id.into());
    Signal::derive(move || {
        errors.with(|all| all.iter().find(|(own, _)| *own == id).map(|(_, words)| words.clone()))
    })
}
