use leptos::prelude::*;

use super::button::Button;
use super::details::Details;
use crate::ui::live::{act, live_attribute, live_flag, live_some, live_text, some};
use crate::words::say;

/// A member that was looked at.
pub struct Row {
    pub title: String,
    /// What it was found in.
    pub of: Option<String>,
    pub href: String,
    /// Where it is, and whether nobody real is changed there; nothing until that is known.
    pub place: Signal<(String, bool)>,
    pub pinned: Signal<bool>,
    /// Called as the link is followed.
    pub on_open: Callback<()>,
    pub on_pin: Callback<()>,
}

/// The members that were looked at last, each a link; those that are pinned first.
#[component]
pub fn RecentList(
    rows: Vec<Row>,
    /// So many are in sight, the others one press away.
    first: usize,
    /// What becomes of the list.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let mut rows = rows;
    let more = rows.split_off(first.min(rows.len()));
    let list = |rows: Vec<Row>| {
        view! { <ul class="recents__list" role="list">{rows.into_iter().map(entry).collect_view()}</ul> }
    };
    let more = (!more.is_empty()).then(|| {
        view! { <Details summary=say::recents_more(more.len())>{list(more)}</Details> }
    });
    view! {
        <section class="stack" data-gap="small">
            <h2>{say::recents_title()}</h2>
            {list(rows)}
            {some(more)}
            {some(children.map(|children| children()))}
        </section>
    }
}

fn entry(row: Row) -> AnyView {
    let Row { title, of, href, place, pinned, on_open, on_pin } = row;
    let which = say::recents_pin_which(&title).text();
    let pressed = live_attribute(move || Some(pinned.get().to_string()));
    let test = live_some(move || {
        place.with(|(_, test)| *test).then(|| {
            view! { " " <em class="tag" data-tone="info">{say::place_test()}</em> }
        })
    });
    view! {
        <li class="recents__entry">
            <div class="recents__who">
                <a href=href on:click=act(move |_| on_open.run(()))>{title}</a>
                {some(of.map(|of| view! { <p class="recents__place">{of}</p> }))}
                <p class="recents__place">{live_text(move || place.with(|(words, _)| words.clone()))} {test}</p>
            </div>
            <button
                type="button"
                class="button"
                data-kind="secondary"
                aria-label=which
                aria-pressed=pressed
                on:click=act(move |_| on_pin.run(()))
            >
                {say::recents_pin()}
            </button>
        </li>
    }
    .into_any()
}

/// What becomes of the list, where one may ask that this browser keeps it; and the way to forget it at once.
#[component]
pub fn RecentFate(
    /// Whether this browser keeps it; nothing where the owner does not allow that.
    #[prop(optional_no_strip)]
    kept: Option<Signal<bool>>,
    on_keep: Callback<bool>,
    on_forget: Callback<()>,
) -> impl IntoView {
    let keep = kept.map(|kept| {
        let asked = move |event| {
            on_keep.run(event_target_checked(&event));
            // A browser may forbid it: then the box is not ticked.
            event_target::<leptos::web_sys::HtmlInputElement>(&event).set_checked(kept.get_untracked());
        };
        view! {
            <div class="choice__option">
                <input
                    class="choice__input"
                    type="checkbox"
                    id="keep-recents"
                    aria-describedby="keep-recents-hint"
                    prop:checked=live_flag(move || kept.get())
                    on:change=act(asked)
                />
                <label class="choice__label" for="keep-recents">{say::recents_keep()}</label>
            </div>
            <p class="choice__hint" id="keep-recents-hint">{say::recents_keep_why()}</p>
        }
    });
    let goes = live_some(move || {
        let goes = kept.is_none_or(|kept| !kept.get());
        goes.then(|| view! { <p class="quiet">{say::recents_gone_with_tab()}</p> })
    });
    view! {
        {goes}
        {some(keep)}
        <div><Button words=say::recents_forget() kind="plain" on_press=on_forget/></div>
    }
}
