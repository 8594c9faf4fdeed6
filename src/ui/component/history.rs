use leptos::prelude::*;

use crate::ui::live::some;
use crate::words::{Words, say};

/// A change that came to its end.
pub struct Entry {
    /// `confirmed`, `accepted`, `differs`, `refused`, `not-sent` or `unknown`.
    pub outcome: &'static str,
    /// The one word for it.
    pub word: Words,
    /// Whose record, and where.
    pub who: Words,
    /// Nobody real was changed.
    pub test: bool,
    /// What was asked for, in short.
    pub what: Vec<Words>,
    pub href: String,
    pub when: String,
}

/// What was done last, the newest first.
#[component]
pub fn HistoryList(entries: Vec<Entry>) -> impl IntoView {
    let entry = |entry: Entry| {
        let line = |words: Words| view! { <p class="history__what">{words}</p> };
        let test =
            entry.test.then(|| view! { " " <em class="tag" data-tone="info">{say::place_test()}</em> });
        view! {
            <li class="history__entry">
                <span class="tag" data-outcome=entry.outcome>{entry.word}</span>
                <div class="history__done">
                    <p>
                        <a href=entry.href>{entry.who}</a>
                        {some(test)}
                    </p>
                    {entry.what.into_iter().map(line).collect_view()}
                </div>
                <span class="quiet">{entry.when}</span>
            </li>
        }
    };
    view! {
        <section class="stack" data-gap="small">
            <h2>{say::home_done()}</h2>
            <ul class="history__list" role="list">{entries.into_iter().map(entry).collect_view()}</ul>
            <p class="quiet">{say::home_done_kept()}</p>
        </section>
    }
}
