use leptos::prelude::*;

use super::field::{FieldError, described, mark};
use crate::ui::live::{act, live, live_attribute, live_some, live_text, some};

/// One row of a list, as it is and as it will be.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub id: String,
    pub name: Option<String>,
    pub state: State,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum State {
    Kept,
    Added,
    Removed,
}

/// A list whose rows can be taken out and added to. What will change stands on each row.
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
    /// The id that is being typed.
    #[prop(into)]
    adding: Signal<String>,
    #[prop(into)] on_type: Callback<String>,
    #[prop(into)] on_add: Callback<()>,
    /// Takes out the row with this id, or puts it back.
    #[prop(into)]
    on_toggle: Callback<String>,
) -> impl IntoView {
    let error_id = [id.as_str(), "-error"].concat();
    let box_id = [id.as_str(), "-add"].concat();
    let error_of_box = described(None, error_id.clone(), error, None);
    let described = described(None, error_id.clone(), error, None);
    let entry = move |row: Row| {
        let (state, note, does) = match row.state {
            State::Kept => (None, None, "Remove"),
            State::Added => (Some("added"), Some("Will be added"), "Remove"),
            State::Removed => (Some("removed"), Some("Will be removed"), "Keep"),
        };
        let name = row.name.clone().unwrap_or_else(|| row.id.clone());
        let id = row.id.clone();
        view! {
            <li class="rows__row" data-state=state>
                <span class="rows__name">{name.clone()}</span>
                {some(row.name.is_some().then(|| view! { <span class="rows__id">{row.id.clone()}</span> }))}
                {some(note.map(|note| view! { <span class="rows__note">{note}</span> }))}
                <button
                    type="button"
                    class="button"
                    data-kind="plain"
                    on:click=act(move |_| on_toggle.run(id.clone()))
                >
                    {does}
                    <span class="visually-hidden">{" "} {name}</span>
                </button>
            </li>
        }
    };
    let is_empty = Memo::new(move |_| rows.with(Vec::is_empty));
    let add_on_enter = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            on_add.run(());
        }
    };
    view! {
        <fieldset class="rows" id=id.clone() aria-describedby=described>
            <legend class="rows__legend">{legend}</legend>
            {some(hint.map(|hint| view! { <p class="field__hint">{hint}</p> }))}
            <FieldError id=error_id error=error/>
            {live_some(move || is_empty.get().then(|| view! { <p class="quiet">{nothing.clone()}</p> }))}
            <ul class="rows__list" role="list">
                {live(move || rows.get().into_iter().map(entry).collect_view())}
            </ul>
            <div class="rows__add">
                <div class="field">
                    <label class="field__label" for=box_id.clone()>{"ID of another "} {row.clone()}</label>
                    <input
                        class="field__control"
                        data-kind="code"
                        id=box_id
                        aria-invalid=live_attribute(move || mark(error.with(Option::is_some)))
                        aria-describedby=error_of_box
                        type="text"
                        autocomplete="off"
                        spellcheck="false"
                        prop:value=live_text(move || adding.get())
                        on:input=act(move |event| on_type.run(event_target_value(&event)))
                        on:keydown=act(add_on_enter)
                    />
                </div>
                <button type="button" class="button" data-kind="secondary" on:click=act(move |_| on_add.run(()))>
                    {"Add "} {row}
                </button>
            </div>
        </fieldset>
    }
}
