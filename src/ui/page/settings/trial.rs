use std::pin::Pin;
use std::rc::Rc;

use leptos::prelude::*;

use crate::ui::component::field::mark;
use crate::ui::live::{act, later, live, live_attribute, some};
use crate::words::{Words, say};

/// What a trial came to: it works, or why not.
pub type Finding = Result<Words, Words>;

type Trying = Pin<Box<dyn Future<Output = Finding>>>;

/// A button that tries something, and what came of it. While it tries, another press does nothing.
#[component]
pub fn Trial(
    #[prop(into)] words: String,
    /// The same words with what it is about, where there are several.
    #[prop(optional_no_strip)]
    which: Option<String>,
    /// What is tried, as a text: what came of it is told no longer than it stays so.
    #[prop(into)]
    subject: Signal<String>,
    attempt: Rc<dyn Fn() -> Trying>,
) -> impl IntoView {
    let busy = RwSignal::new(false);
    let found = RwSignal::new(None::<(String, Finding)>);
    let press = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        found.set(None);
        let (tried, attempt) = (subject.get(), attempt());
        later(async move {
            let finding = attempt.await;
            // Somebody may have left the page by then.
            busy.try_set(false);
            found.try_set(Some((tried, finding)));
        });
    };
    let says = live(move || {
        if busy.get() {
            return view! { <p class="progress">{say::settings_testing()}</p> }.into_any();
        }
        let finding = found.get().filter(|(tried, _)| *tried == subject.get()).map(|(_, finding)| finding);
        some(finding.map(|finding| {
            let tone = if finding.is_ok() { "success" } else { "warning" };
            view! { <p class="notice" data-tone=tone>{finding.unwrap_or_else(|words| words)}</p> }
        }))
    });
    view! {
        <div>
            <button
                type="button"
                class="button"
                data-kind="secondary"
                aria-label=which
                aria-busy=live_attribute(move || mark(busy.get()))
                on:click=act(press)
            >
                {words}
            </button>
        </div>
        <div role="status">{says}</div>
    }
}

/// What a press on the button does.
pub fn attempt<F: Future<Output = Finding> + 'static>(
    attempt: impl Fn() -> F + 'static,
) -> Rc<dyn Fn() -> Trying> {
    Rc::new(move || Box::pin(attempt()))
}
