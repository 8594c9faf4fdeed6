use leptos::prelude::*;

use crate::browser::clock;
use crate::desk::countdown::Countdown;
use crate::ui::live::{live_some, live_text};
use crate::ui::session::{Session, Stage};
use crate::words::{Words, say};

/// Until when one is signed in: on the first page always, and in the last hour on each. Only when there is little
/// time, and when it is over, a screen reader says so unasked.
#[component]
pub fn Until(session: Session) -> impl IntoView {
    // What can be got again by itself is not counted down.
    let left = Memo::new(move |_| {
        let now = session.desk.now.get().max(clock::moment().now);
        let renewable = untrack(|| session.renewable().is_some());
        let left = |ends| if renewable { Countdown::Long } else { Countdown::of(ends, now) };
        untrack(|| session.ends()).map(|ends| (ends, left(ends)))
    });
    let is_first = session.stage.with_untracked(|stage| matches!(stage, Stage::Find { .. }));
    let line = live_some(move || {
        let (ends, left) = left.get()?;
        let words = left.words(&clock::time(ends));
        Some(match left {
            Countdown::Long if !is_first => return None,
            Countdown::Long => {
                view! { <p class="quiet">{say::find_until(clock::words(ends))}</p> }.into_any()
            }
            Countdown::Minutes(_) => view! { <p class="quiet">{words}</p> }.into_any(),
            Countdown::Soon(_) => warning(words, say::until_soon_then()),
            Countdown::Over => warning(words, say::until_over_then()),
        })
    });
    let heard = Memo::new(move |_| match left.get() {
        Some((ends, Countdown::Soon(_))) => say::until_soon(clock::time(ends)).text(),
        Some((_, Countdown::Over)) => Words::Several(vec![say::until_over(), say::until_over_then()]).text(),
        _ => String::new(),
    });
    view! {
        {line}
        <p class="visually-hidden" role="status">{live_text(move || heard.get())}</p>
    }
}

fn warning(words: Words, then: Words) -> AnyView {
    view! { <p><span class="tag" data-tone="warning">{words}</span> " " {then}</p> }.into_any()
}
