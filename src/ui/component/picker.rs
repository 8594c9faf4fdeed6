use std::sync::Arc;
use std::time::Duration;

use leptos::ev::{Event, KeyboardEvent, MouseEvent};
use leptos::prelude::*;

use super::field::{FieldError, described, mark};
use crate::browser::{clock, document};
use crate::find::list::{Doubt, Extent, Item, is_one, matching, meant};
use crate::find::window::Window;
use crate::ui::live::{act, live, live_attribute, live_flag, live_text, some};
use crate::words::say;

/// So long after the last key it is said how many fit: heard with each key it would be in the way.
const REST: Duration = Duration::from_millis(400);

/// As many options further with one key.
const LEAP: usize = 10;

/// One of a long list, found by typing a part of its name: an editable combobox with a list
/// (WAI-ARIA Authoring Practices, combobox pattern). Only the options around the one in hand are drawn.
#[component]
pub fn Picker(
    /// The id of the box; links of an error summary lead to it.
    id: String,
    label: String,
    #[prop(optional_no_strip)] hint: Option<String>,
    /// What stands in the box.
    text: RwSignal<String>,
    /// All that fit it, in the order of the list.
    #[prop(into)]
    matches: Signal<Arc<Vec<Arc<Item>>>>,
    /// How far the list is, while it is being read or where something is missing.
    #[prop(into)]
    progress: Signal<Option<String>>,
    /// How much of it is known: that nothing fits is said of all of it.
    #[prop(into)]
    extent: Signal<Extent>,
    #[prop(into)] error: Signal<Option<String>>,
    /// The id of where the error is said, if that is elsewhere.
    #[prop(optional_no_strip)]
    error_at: Option<String>,
    /// Enter was pressed where there is nothing to choose.
    #[prop(optional_no_strip)]
    on_enter: Option<Callback<()>>,
    /// Somebody is about to choose: it is time to read the list.
    #[prop(into)]
    on_open: Callback<()>,
    /// This one is meant.
    #[prop(into)]
    on_choose: Callback<Arc<Item>>,
) -> impl IntoView {
    let part = |part: &str| [id.as_str(), "-", part].concat();
    let (list_id, hint_id, error_id, status_id) = (part("list"), part("hint"), part("error"), part("status"));
    let before = hint.is_some().then(|| hint_id.clone());
    let own_error = error_at.is_none().then(|| view! { <FieldError id=error_id.clone() error/> });
    let error_id = error_at.unwrap_or(error_id);
    let described = described(before, error_id, error, Some(status_id.clone()));
    let open = RwSignal::new(false);
    // The option in hand, by its number among those that fit.
    let active = RwSignal::new(None::<usize>);
    let window = RwSignal::new(Window::default());
    let count = Memo::new(move |_| matches.with(|all| all.len()));
    let option_id = {
        let list = list_id.clone();
        move |index: usize| [list.as_str(), "-", &index.to_string()].concat()
    };

    // What fits is another list with each key, and a longer one while it is being read.
    Effect::new(move |_| {
        let count = count.get();
        active.update(|active| *active = active.filter(|index| *index < count));
        window.update(|window| window.fit(count));
    });
    let go_to = {
        let (option_id, list_id) = (option_id.clone(), list_id.clone());
        move |index: usize| {
            window.update(|window| window.show(index, count.get_untracked()));
            active.set(Some(index));
            document::reveal_later(list_id.clone(), option_id(index));
        }
    };
    let close = move || {
        open.set(false);
        active.set(None);
    };
    let choose = move |choice: Option<Arc<Item>>| {
        if let Some(choice) = choice {
            text.set(choice.name.clone());
            close();
            on_choose.run(choice);
        }
    };
    let fits = move |index: usize| matches.with_untracked(|all| all.get(index).cloned());
    let on_key = move |event: KeyboardEvent| {
        let (now, last) = (active.get_untracked(), count.get_untracked().checked_sub(1));
        let is_open = open.get_untracked();
        let next = |by: usize| last.map(|last| now.map_or(0, |now| (now + by).min(last)));
        let previous = |by: usize| last.map(|last| now.map_or(last, |now| now.saturating_sub(by)));
        // What stands there is an id or a whole name: there is nothing left to choose.
        let is_meant = || text.with_untracked(|text| matches.with_untracked(|all| is_one(all, text)));
        let target = match event.key().as_str() {
            // Who is faster than the list sees it as soon as it is there.
            "ArrowDown" if event.alt_key() || last.is_none() => {
                open.set(true);
                None
            }
            "ArrowUp" if event.alt_key() => {
                close();
                None
            }
            "ArrowDown" => next(1),
            "ArrowUp" => previous(1),
            "PageDown" if is_open => next(LEAP),
            "PageUp" if is_open => previous(LEAP),
            // Without an option in hand they move in the text, as everywhere.
            "Home" if now.is_some() => last.map(|_| 0),
            "End" if now.is_some() => last,
            "Enter"
                if on_enter.is_some() && (!is_open || last.is_none() || (now.is_none() && is_meant())) =>
            {
                event.prevent_default();
                close();
                if let Some(enter) = on_enter {
                    enter.run(());
                }
                return;
            }
            "Enter" if is_open => {
                event.prevent_default();
                // Where one is left, it is the one that is meant.
                match (now, last) {
                    (Some(index), _) => choose(fits(index)),
                    (None, Some(0)) => choose(fits(0)),
                    _ => {}
                }
                return;
            }
            "Escape" if is_open => {
                event.prevent_default();
                close();
                return;
            }
            "Escape" => {
                text.set(String::new());
                return;
            }
            _ => return,
        };
        event.prevent_default();
        if let Some(index) = target {
            open.set(true);
            go_to(index);
        }
    };
    let on_input = move |event: Event| {
        text.set(event_target_value(&event));
        active.set(None);
        window.set(Window::default());
        window.update(|window| window.fit(count.get_untracked()));
        open.set(true);
    };
    let of_scroll = list_id.clone();
    let on_scroll = move |_: Event| match document::edge_of(&of_scroll) {
        Some(document::Edge::End) => window.update(|window| window.lengthen(count.get_untracked())),
        Some(document::Edge::Start) => window.update(Window::lengthen_back),
        None => {}
    };
    // The options that are drawn, and how many there are. Most keys leave them as they are.
    let drawn = RwSignal::new((0, Vec::new()));
    let to_draw = Memo::new(move |_| {
        let of = |all: &[Arc<Item>]| {
            let range = window.get().range();
            range.filter_map(|index| Some((index, all.get(index)?.clone()))).collect::<Vec<_>>()
        };
        (count.get(), matches.with(|all| of(all)))
    });
    let soon = StoredValue::new_local(None);
    Effect::new(move |_| {
        let now = to_draw.get();
        // Whoever types sees the letter first; whoever goes through the list waits for nothing else.
        let pending = match active.get_untracked() {
            None => Some(clock::after(Duration::ZERO, move || drawn.set(now))),
            Some(_) => {
                drawn.set(now);
                None
            }
        };
        soon.set_value(pending);
    });
    // Options are many, so the list listens for all of them. Who has pressed the wrong one moves away before letting go.
    // What is seen there is what is chosen.
    let on_click = move |event: MouseEvent| {
        if let Some(index) = document::number_of(&event, "data-index") {
            let is_own = |(own, _): &&(usize, Arc<Item>)| *own == index;
            choose(
                drawn.with_untracked(|(_, all)| all.iter().find(is_own).map(|(_, choice)| choice.clone())),
            );
        }
    };
    let shown = {
        let option_id = option_id.clone();
        live(move || {
            let (total, drawn) = drawn.get();
            let total = total.to_string();
            let option = |(index, choice): (usize, Arc<Item>)| {
                let own = choice.beside();
                view! {
                    <li
                        class="picker__option"
                        role="option"
                        id=option_id(index)
                        data-index=index.to_string()
                        aria-selected=live_text(move || (active.get() == Some(index)).to_string())
                        aria-setsize=total.clone()
                        aria-posinset=(index + 1).to_string()
                    >
                        <span class="picker__name">{choice.name.clone()}</span>
                        {some(own.map(|second| view! { <span class="picker__second">{second}</span> }))}
                    </li>
                }
                .into_any()
            };
            drawn.into_iter().map(option).collect_view()
        })
    };
    // It does not follow whether the list is open: nothing below it may move when somebody presses elsewhere.
    let status = Memo::new(move |_| {
        let typed = text.with(|text| text.trim().to_string());
        let none = count.get() == 0 && !typed.is_empty() && extent.get().is_final();
        let none = none.then(|| say::picker_none(typed).text());
        none.into_iter().chain(progress.get()).collect::<Vec<_>>().join(" ")
    });
    // The same when it rests, and how many fit: that is seen in the list, and heard from here.
    let said = {
        let said = RwSignal::new(status.get_untracked());
        let next = StoredValue::new_local(None);
        Effect::new(move |_| {
            let count = Some(count.get()).filter(|count| *count > 0 && open.get());
            let count = count.map(|count| say::picker_count(count).text());
            let status = Some(status.get()).filter(|status| !status.is_empty());
            let text = count.into_iter().chain(status).collect::<Vec<_>>().join(" ");
            next.set_value(Some(clock::after(REST, move || said.set(text))));
        });
        said
    };
    let expanded = move || open.get() && count.get() > 0;
    let in_hand = live_attribute(move || active.get().filter(|_| expanded()).map(&option_id));
    view! {
        <div class="field picker">
            <label class="field__label" for=id.clone()>{label.clone()}</label>
            {some(hint.map(|hint| view! { <p class="field__hint" id=hint_id>{hint}</p> }))}
            {some(own_error)}
            <input
                class="field__control"
                id=id
                type="text"
                role="combobox"
                autocomplete="off"
                spellcheck="false"
                autocapitalize="off"
                aria-autocomplete="list"
                aria-expanded=live_text(move || expanded().to_string())
                aria-controls=list_id.clone()
                aria-activedescendant=in_hand
                aria-invalid=live_attribute(move || mark(error.with(Option::is_some)))
                aria-describedby=described
                prop:value=live_text(move || text.get())
                on:input=act(on_input)
                on:keydown=act(on_key)
                on:focus=act(move |_| on_open.run(()))
                on:click=act(move |_| open.set(true))
                on:blur=act(move |_| close())
            />
            // The focus stays in the box while an option is pressed.
            <ul
                class="picker__list"
                id=list_id
                role="listbox"
                tabindex="-1"
                aria-label=label
                hidden=live_flag(move || !expanded())
                on:mousedown=act(|event: MouseEvent| event.prevent_default())
                on:click=act(on_click)
                on:scroll=act(on_scroll)
            >
                {shown}
            </ul>
            <p class="picker__status" id=status_id>{live_text(move || status.get())}</p>
            <p class="visually-hidden" role="status">{live_text(move || said.get())}</p>
        </div>
    }
}

/// What a value can be chosen from.
#[derive(Clone, Copy)]
pub struct Choices {
    /// All that is known by now.
    pub items: Signal<Arc<Vec<Arc<Item>>>>,
    /// How far the list is, or what is missing.
    pub progress: Signal<Option<String>>,
    pub extent: Signal<Extent>,
    /// Whether a text is what an id usually looks like.
    pub is_like_id: Callback<String, bool>,
    /// Somebody is about to choose; nothing if the list comes with something else.
    pub on_open: Option<Callback<()>>,
}

/// A value that is an id, chosen by its name. An id that no list has can be typed there all the same.
#[component]
pub fn IdPicker(
    id: String,
    label: String,
    #[prop(optional_no_strip)] hint: Option<String>,
    choices: Choices,
    #[prop(into)] error: Signal<Option<String>>,
    /// The id of where the error is said, if that is elsewhere.
    #[prop(optional_no_strip)]
    error_at: Option<String>,
    #[prop(optional_no_strip)] on_enter: Option<Callback<()>>,
    /// The id.
    #[prop(into)]
    value: Signal<String>,
    on_value: Callback<String>,
    /// Why it is not clear what the text means, while it is not: then it is no id yet.
    on_doubt: Callback<Option<Doubt>>,
) -> impl IntoView {
    // What stands for which id, whatever else is called the same: it was chosen, or comes from a row.
    let chosen = RwSignal::new(None::<(String, String)>);
    let Choices { items, progress, extent, is_like_id, on_open } = choices;
    let shows = move |value: &str| {
        let item = items.with_untracked(|all| all.iter().find(|item| item.id == value).cloned());
        item.map_or_else(|| value.to_string(), |item| item.name.clone())
    };
    let begun = value.get_untracked();
    let text = RwSignal::new(shows(&begun));
    if text.with_untracked(|text| *text != begun) {
        chosen.set(Some((text.get_untracked(), begun)));
    }
    let own = move |text: &str| {
        chosen.with(|chosen| chosen.as_ref().filter(|(name, _)| name == text).map(|(_, id)| id.clone()))
    };
    // It follows the list: the name that was typed before the list came is known later.
    let meaning = Memo::new(move |_| {
        let text = text.get();
        if let Some(id) = own(&text) {
            return Ok(id);
        }
        let is_like_id = is_like_id.run(text.trim().to_string());
        let item = items.with(|all| meant(all, &text, extent.get(), is_like_id).map(|item| item.cloned()));
        item.map(|item| item.map_or_else(|| text.trim().to_string(), |item| item.id.clone()))
    });
    let stands_for =
        move || meaning.get().unwrap_or_else(|_| text.with_untracked(|text| text.trim().to_string()));
    Effect::new(move |_| {
        text.track();
        let now = stands_for();
        on_doubt.run(meaning.get().err());
        if value.with_untracked(|value| *value != now) {
            on_value.run(now);
        }
    });
    Effect::new(move |_| {
        if extent.get() == Extent::Left
            && meaning.get() == Err(Doubt::UnderWay)
            && let Some(open) = on_open
        {
            open.run(());
        }
    });
    on_cleanup(move || {
        on_doubt.try_run(None);
    });
    // It was set from elsewhere: emptied, or taken from a row.
    Effect::new(move |_| {
        let now = value.get();
        if untrack(stands_for) != now {
            let shown = shows(&now);
            chosen.set(Some((shown.clone(), now)));
            text.set(shown);
        }
    });
    let matches = Memo::new_with_compare(
        move |_| {
            let text = text.get();
            // Whoever comes back to what was chosen sees what else there is.
            let text = if own(&text).is_some() { String::new() } else { text };
            items.with(|all| Arc::new(matching(all, &text).cloned().collect::<Vec<_>>()))
        },
        |_, _| true,
    );
    let on_choose = Callback::new(move |item: Arc<Item>| {
        on_value.run(item.id.clone());
        chosen.set(Some((item.name.clone(), item.id.clone())));
    });
    view! {
        <Picker
            id
            label
            hint
            text
            matches
            progress
            extent
            error
            error_at
            on_enter
            on_open=Callback::new(move |()| {
                if let Some(open) = on_open {
                    open.run(());
                }
            })
            on_choose
        />
    }
}
