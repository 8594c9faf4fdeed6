use std::time::Duration;

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::button::Button;
use crate::browser::{clock, document};
use crate::ui::live::{act, live_some, live_text, some};
use crate::words::{Words, say};

/// Words that change with each key distract, and make typing slow.
const REST: Duration = Duration::from_millis(200);

/// One field that may be different.
#[derive(Clone)]
pub struct Line {
    /// The id of its control.
    pub id: String,
    pub label: String,
    /// What is on file, in words.
    pub from: String,
    /// What it will be; nothing if it stays as it is.
    pub becomes: Signal<Option<Words>>,
}

/// What will be different, as it is being entered: whether at once, and in which words as soon as typing rests.
#[component]
pub fn Summary(lines: Vec<Line>, #[prop(into)] on_reset: Callback<()>) -> impl IntoView {
    let changes = lines.iter().map(|line| line.becomes).collect::<Vec<_>>();
    let count = Memo::new(move |_| changes.iter().filter(|becomes| becomes.with(Option::is_some)).count());
    let title = live_text(move || match count.get() {
        0 => say::form_nothing().text(),
        count => say::form_count(count).text(),
    });
    // The button goes with what it takes back; the focus stays with the words that say so.
    let reset_all = Callback::new(move |()| {
        on_reset.run(());
        document::focus(&["#summary"]);
    });
    let reset = live_some(move || {
        (count.get() > 0)
            .then(|| view! { <Button words=say::form_reset_all() kind="plain" on_press=reset_all/> })
    });
    let entries = lines.into_iter().map(entry).collect_view();
    view! {
        <section class="summary" aria-labelledby="summary">
            <div role="status"><h2 class="summary__title" id="summary" tabindex="-1">{title}</h2></div>
            <dl class="summary__list">{entries}</dl>
            {reset}
        </section>
    }
}

fn entry(line: Line) -> AnyView {
    let Line { id, label, from, becomes } = line;
    let is_there = Memo::new(move |_| becomes.with(Option::is_some));
    let part = live_some(move || {
        let href = ["#", &id].concat();
        let target = id.clone();
        // The address behind the # is the route, so the link must not be followed.
        let go = move |event: MouseEvent| {
            event.prevent_default();
            document::focus_control(&target);
        };
        let before = (!from.is_empty()).then(|| {
            view! { <span class="summary__from">{from.clone()}</span> }
        });
        is_there.get().then(|| {
            let said = at_rest(becomes);
            view! {
                <div class="summary__row">
                    <dt><a href=href on:click=act(go)>{label.clone()}</a></dt>
                    <dd>{some(before)} {" "} <b>{live_text(move || said.get())}</b></dd>
                </div>
            }
        })
    });
    part.into_any()
}

fn at_rest(becomes: Signal<Option<Words>>) -> RwSignal<String> {
    let text = move || becomes.with(|words| words.as_ref().map(Words::text).unwrap_or_default());
    let said = RwSignal::new(untrack(text));
    let next = StoredValue::new_local(None);
    Effect::new(move |_| {
        becomes.track();
        next.set_value(Some(clock::after(REST, move || said.set(untrack(text)))));
    });
    said
}
