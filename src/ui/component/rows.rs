use leptos::prelude::*;

use super::field::{FieldError, described, mark};
use super::picker::{Choices, IdPicker};
use crate::browser::document;
use crate::find::list::Doubt;
use crate::ui::live::{Live, act, live, live_attribute, live_flag, live_some, live_text, some};
use crate::words::{Words, say};

/// One row of a list, as it is and as it will be.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub id: String,
    pub name: String,
    pub state: State,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum State {
    Kept,
    Added,
    Changed,
    Removed,
}

/// One box of the row that is being typed: the id first, then what else a row has.
#[derive(Clone)]
pub struct Column {
    pub label: String,
    pub hint: Option<String>,
    /// Its values are ticked instead of typed.
    pub ticks: Vec<String>,
    /// Its values are ids that can be chosen by name.
    pub choices: Option<Choices>,
    /// Several can be chosen, each of which may have words behind it: they are ticked, and stand in the box too.
    pub several: bool,
}

/// What can be done to the rows of a list.
#[derive(Clone, Copy)]
pub struct Acts {
    /// A box of the row that is being typed now holds this.
    pub on_type: Callback<(usize, String)>,
    /// Whether it is clear what the text of a box means.
    pub on_doubt: Callback<(usize, Option<Doubt>)>,
    pub on_add: Callback<()>,
    /// Takes out the row with this id, or puts it back as it was.
    pub on_toggle: Callback<String>,
    /// Takes a row into the boxes, to change it. Nothing where a row is only its id.
    pub on_edit: Option<Callback<String>>,
    /// Rows can be taken out.
    pub removes: bool,
}

/// A list whose rows can be added to, changed and taken out. What will change stands on each row.
///
/// Rows on file keep their places, so the focus stays on a button of theirs while its words change. Where the button
/// goes, the focus goes to the box for another row.
#[component]
pub fn Rows(
    id: String,
    legend: String,
    /// What one row is called, as in "team".
    row: String,
    #[prop(optional_no_strip)] hint: Option<String>,
    /// What having no rows is called.
    nothing: String,
    #[prop(into)] rows: Signal<Vec<Row>>,
    #[prop(into)] error: Signal<Option<String>>,
    columns: Vec<Column>,
    /// Where names come from, and what is being read.
    #[prop(optional_no_strip)]
    names: Option<AnyView>,
    /// What stands in the boxes of the row that is being typed.
    #[prop(into)]
    adding: Signal<Vec<String>>,
    acts: Acts,
) -> impl IntoView {
    let error_id = [id.as_str(), "-error"].concat();
    let described_whole = described(None, error_id.clone(), error, None);
    let is_empty = Memo::new(move |_| rows.with(Vec::is_empty));
    let boxes_id = first_box(&id);
    let boxes = columns.into_iter().enumerate().map(|(index, column)| {
        let parts = Box { id: first_box(&id), index, error, adding, acts };
        parts.view(column, &error_id)
    });
    let boxes = boxes.collect_view();
    let add = if acts.on_edit.is_some() { say::rows_add_or_change(row) } else { say::rows_add(row) };
    view! {
        <fieldset class="rows" id=id.clone() aria-describedby=described_whole>
            <legend class="rows__legend">{legend}</legend>
            {some(hint.map(|hint| view! { <p class="field__hint">{hint}</p> }))}
            <FieldError id=error_id error=error/>
            {live_some(move || is_empty.get().then(|| view! { <p class="quiet">{nothing.clone()}</p> }))}
            <ul class="rows__list" role="list">
                {live(move || rows.get().into_iter().map(|row| entry(row, acts, &boxes_id)).collect_view())}
            </ul>
            {some(names)}
            <div class="rows__add">
                {boxes}
                <button
                    type="button"
                    class="button"
                    data-kind="secondary"
                    on:click=act(move |_| acts.on_add.run(()))
                >
                    {add}
                </button>
            </div>
        </fieldset>
    }
}

/// The id of the first box of the row that is being typed.
pub fn first_box(list: &str) -> String {
    [list, "-add"].concat()
}

fn entry(row: Row, acts: Acts, boxes_id: &str) -> AnyView {
    let (state, note) = match row.state {
        State::Kept => (None, None),
        State::Added => (Some("added"), Some(say::rows_added())),
        State::Changed => (Some("added"), Some(say::rows_changed())),
        State::Removed => (Some("removed"), Some(say::rows_removed())),
    };
    let toggles = match row.state {
        State::Kept if !acts.removes => None,
        State::Kept | State::Added => Some((say::rows_remove(), say::rows_remove_it(&row.name))),
        State::Changed => Some((say::rows_undo(), say::rows_undo_it(&row.name))),
        State::Removed => Some((say::rows_keep(), say::rows_keep_it(&row.name))),
    };
    let name = row.name.clone();
    // A name that begins with the id says it already.
    let id = (!name.starts_with(&row.id)).then(|| view! { <span class="rows__id">{row.id.clone()}</span> });
    let does = |(words, whole): (Words, Words), then: Callback<String>| {
        let id = row.id.clone();
        view! {
            <button
                type="button"
                class="button"
                data-kind="plain"
                aria-label=whole.text()
                on:click=act(move |_| then.run(id.clone()))
            >
                {words}
            </button>
        }
    };
    let change = || (say::check_back(), say::check_back_to(&name));
    let edit = acts.on_edit.filter(|_| row.state != State::Removed).map(|edit| does(change(), edit));
    // A row that was added goes with its button; where none is taken out, an undone one has no other button.
    let goes = row.state == State::Added || (row.state == State::Changed && !acts.removes);
    let next = boxes_id.to_string();
    let toggle_row = Callback::new(move |id: String| {
        acts.on_toggle.run(id);
        if goes {
            document::focus_control(&next);
        }
    });
    let toggle = toggles.map(|words| does(words, toggle_row));
    view! {
        <li class="rows__row" data-state=state>
            <span class="rows__name">{name.clone()}</span>
            {some(id)}
            {some(note.map(|note| view! { <span class="rows__note">{note}</span> }))}
            <span class="rows__acts">{some(edit)} {some(toggle)}</span>
        </li>
    }
    .into_any()
}

/// One box of the row that is being typed.
struct Box {
    id: String,
    index: usize,
    error: Signal<Option<String>>,
    adding: Signal<Vec<String>>,
    acts: Acts,
}

impl Box {
    fn view(self, column: Column, error_id: &str) -> AnyView {
        let Box { id, index, error, adding, acts } = self;
        let text = move || adding.with(|all| all.get(index).cloned().unwrap_or_default());
        if !column.ticks.is_empty() {
            let options = column.ticks.iter().map(|own| (own.clone(), own.clone())).collect();
            return ticks(&id, index, column.label, options, acts, text);
        }
        if let Some(choices) = column.choices {
            return self::choices(Box { id, index, error, adding, acts }, column, choices, error_id, text);
        }
        Box { id, index, error, adding, acts }.plain(column, error_id, text)
    }

    /// A box to type into.
    fn plain(
        self,
        column: Column,
        error_id: &str,
        text: impl Fn() -> String + Copy + Send + 'static,
    ) -> AnyView {
        let Box { id, index, error, adding: _, acts } = self;
        let on_open = column.choices.and_then(|choices| choices.on_open);
        let open = move |_| {
            if let Some(open) = on_open {
                open.run(());
            }
        };
        let id = if index == 0 { id } else { [id.as_str(), "-", &index.to_string()].concat() };
        let hint_id = [id.as_str(), "-hint"].concat();
        let of_hint = column.hint.is_some().then(|| hint_id.clone());
        let described: Live<Option<String>> = described(of_hint, error_id.to_string(), error, None);
        let add_on_enter = move |event: leptos::ev::KeyboardEvent| {
            if event.key() == "Enter" {
                event.prevent_default();
                acts.on_add.run(());
            }
        };
        view! {
            <div class="field">
                <label class="field__label" for=id.clone()>{column.label}</label>
                {some(column.hint.map(|hint| view! { <p class="field__hint" id=hint_id>{hint}</p> }))}
                <input
                    class="field__control"
                    data-kind="code"
                    id=id
                    aria-invalid=live_attribute(move || mark(error.with(Option::is_some)))
                    aria-describedby=described
                    type="text"
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=live_text(text)
                    on:input=act(move |event| acts.on_type.run((index, event_target_value(&event))))
                    on:keydown=act(add_on_enter)
                    on:focus=act(open)
                />
            </div>
        }
        .into_any()
    }
}

/// A box whose values are chosen by name, as long as there is something to choose from; a box to type into if not.
fn choices(
    parts: Box,
    column: Column,
    choices: Choices,
    error_id: &str,
    text: impl Fn() -> String + Copy + Send + Sync + 'static,
) -> AnyView {
    let Box { id, index, error, adding, acts } = parts;
    let error_id = error_id.to_string();
    // To go into a box with a list of its own is to ask for that list.
    let is_known = Memo::new(move |_| choices.on_open.is_some() || choices.items.with(|all| !all.is_empty()));
    let of_ticks = move || {
        let all = choices.items.get();
        let options: Vec<_> = all.iter().map(|item| (item.id.clone(), item.name.clone())).collect();
        (column.several && !options.is_empty() && options.len() <= MOST_TICKS).then_some(options)
    };
    let plain = column.clone();
    let whole = (id.clone(), column.label.clone());
    let ticked = live_some(move || {
        let (id, label) = whole.clone();
        of_ticks().map(|options| ticks(&id, index, label, options, acts, text))
    });
    let boxed = live(move || {
        if !is_known.get() || column.several {
            return Box { id: id.clone(), index, error, adding, acts }.plain(plain.clone(), &error_id, text);
        }
        let id = if index == 0 { id.clone() } else { [id.as_str(), "-", &index.to_string()].concat() };
        view! {
            <IdPicker
                id
                label=column.label.clone()
                hint=column.hint.clone()
                choices
                error
                error_at=Some(error_id.clone())
                on_enter=Some(acts.on_add)
                value=Signal::derive(text)
                on_value=Callback::new(move |text| acts.on_type.run((index, text)))
                on_doubt=Callback::new(move |doubt| acts.on_doubt.run((index, doubt)))
            />
        }
        .into_any()
    });
    view! { {ticked} {boxed} }.into_any()
}

/// Of more than these nobody finds one by looking.
const MOST_TICKS: usize = 60;

/// A few values to tick, each with its words. Several are written with a `+` between them; what else stands there stays.
fn ticks(
    id: &str,
    index: usize,
    label: String,
    options: Vec<(String, String)>,
    acts: Acts,
    text: impl Fn() -> String + Copy + Send + 'static,
) -> AnyView {
    let ticked = move || {
        let text = text();
        let values = text.split('+').map(|value| value.trim().to_string()).filter(|value| !value.is_empty());
        values.collect::<Vec<_>>()
    };
    // Words may stand behind it.
    let is = |value: &str, own: &str| value.split(':').next().is_some_and(|id| id.trim() == own);
    let order: Vec<String> = options.iter().map(|(own, _)| own.clone()).collect();
    let tick = move |(at, (choice, words)): (usize, (String, String))| {
        let id = [id, "-", &index.to_string(), "-", &at.to_string()].concat();
        let (own, of, order) = (choice.clone(), choice, order.clone());
        let flip = move |event| {
            let mut now = untrack(ticked);
            match event_target_checked(&event) {
                true => now.push(of.clone()),
                false => now.retain(|value| !is(value, &of)),
            }
            now.sort_by_key(|value| order.iter().position(|own| is(value, own)).unwrap_or(order.len()));
            acts.on_type.run((index, now.join("+")));
        };
        view! {
            <div class="choice__option">
                <input
                    class="choice__input"
                    type="checkbox"
                    id=id.clone()
                    prop:checked=live_flag(move || ticked().iter().any(|value| is(value, &own)))
                    on:change=act(flip)
                />
                <label class="choice__label" for=id>{words}</label>
            </div>
        }
    };
    view! {
        <fieldset class="rows__ticks">
            <legend class="field__label">{label}</legend>
            {options.into_iter().enumerate().map(tick).collect_view()}
        </fieldset>
    }
    .into_any()
}
