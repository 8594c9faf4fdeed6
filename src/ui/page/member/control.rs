use leptos::prelude::*;

use crate::browser::document;
use crate::change::draft::Entry;
use crate::change::row;
use crate::change::value::{Held, Value};
use crate::provider::field::{Field as ProviderField, Kind, hint_of};
use crate::provider::items::{Items, Rows as Sent, Shape};
use crate::ui::component::button::Button;
use crate::ui::component::choice::{Answer, Choice};
use crate::ui::component::date::Date;
use crate::ui::component::edit::Edit;
use crate::ui::component::error_summary::error_of;
use crate::ui::component::field::{Field, on_file};
use crate::ui::component::picker::IdPicker;
use crate::ui::component::rows::{Acts, Column, Row, Rows, State, first_box};
use crate::ui::form::{FieldState, Form};
use crate::ui::live::{live, live_some, some};
use crate::ui::session::Session;
use crate::words::say;

use super::choosing::{Shown, reference};

/// The control that fits the field's kind, marked while it will be different.
pub fn control(
    session: Session,
    form: Form,
    state: FieldState,
    errors: Memo<Vec<(String, String)>>,
    changed: Signal<bool>,
) -> AnyView {
    let label = state.field.with_value(|field| field.label.clone());
    // A choice has an answer of its own for leaving it as it is.
    let is_choice = state.field.with_value(|field| field.kind == Kind::Flag);
    let reset = (!is_choice).then(|| {
        Callback::new(move |()| {
            form.reset(state);
            document::focus_control_later(state.key());
        })
    });
    view! { <Edit label changed on_reset=reset>{of_kind(session, form, state, errors)}</Edit> }.into_any()
}

fn of_kind(session: Session, form: Form, state: FieldState, errors: Memo<Vec<(String, String)>>) -> AnyView {
    let field = state.field.get_value();
    let error = error_of(errors, &field.key);
    let held = untrack(|| form.held(state));
    match field.kind.clone() {
        Kind::Flag => flag(form, state, field, &held, error),
        Kind::List(items) => list(session, form, state, field, &items, error),
        // Its boxes hold what was typed, so they begin anew when it is left as it is.
        Kind::Date(_) => {
            let clear = clear(form, state, &field, &held);
            let date = live(move || {
                state.resets.get();
                view! {
                    <Date
                        id=field.key.clone()
                        legend=field.label.clone()
                        hint=hint(&field, &held)
                        held=held.words(&field)
                        error
                        value=untrack(|| form.text(state))
                        on_input=Callback::new(move |text| form.type_text(state, text))
                    />
                }
            });
            view! { {date} {clear} }.into_any()
        }
        Kind::Text if field.write_only => view! {
            {live_some(move || {
                state.forgotten.get().then(|| view! { <p class="field__warning">{say::form_used_once()}</p> })
            })}
            <Field
                id=field.key
                label=field.label
                hint=field.hint
                held=None
                error
                value=state.secret
                on_input=Callback::new(move |text| form.type_secret(state, text))
                secret=true
            />
        }
        .into_any(),
        Kind::Text | Kind::Number { .. } => {
            let label = &field.label;
            match field.choices.as_deref().and_then(|lookup| Shown::new(session, lookup, label)) {
                Some(shown) => chosen(form, state, field, &held, error, shown),
                None => text(form, state, field, &held, error),
            }
        }
    }
}

/// A value that is chosen by name, or typed by its id.
fn chosen(
    form: Form,
    state: FieldState,
    field: ProviderField,
    held: &Held,
    error: Signal<Option<String>>,
    shown: Shown,
) -> AnyView {
    let clear = clear(form, state, &field, held);
    let id = field.key.clone();
    let now = live(move || {
        form.words();
        let held = form.held(state).words(&state.field.get_value());
        on_file("field__held", [state.key().as_str(), "-held"].concat(), held)
    });
    view! {
        <IdPicker
            id=id.clone()
            label=field.label.clone()
            hint=Some(field.hint.clone().unwrap_or_else(|| say::form_choose().text()))
            choices=shown.choices(&field.limits, matches!(field.kind, Kind::Number { .. }))
            error
            error_at=None
            on_enter=None
            value=Signal::derive(move || form.text(state))
            on_value=Callback::new(move |text| form.type_text(state, text))
            on_doubt=Callback::new(move |doubt| form.doubt_text(state, 0, doubt))
        />
        {now}
        {shown.course(&id)}
        {clear}
    }
    .into_any()
}

fn flag(
    form: Form,
    state: FieldState,
    field: ProviderField,
    held: &Held,
    error: Signal<Option<String>>,
) -> AnyView {
    let on_file = say::form_on_file(held.words(&field)).text();
    let words = |flag: bool| Value::Flag(flag).words(&field);
    let options = vec![
        Answer {
            value: "keep".to_string(),
            words: say::form_keep().text(),
            hint: Some(on_file),
            disabled: false,
        },
        Answer { value: "yes".to_string(), words: words(true), hint: None, disabled: false },
        Answer { value: "no".to_string(), words: words(false), hint: None, disabled: false },
    ];
    let value = Signal::derive(move || match state.entry.get() {
        Entry::Text(text) => text,
        Entry::AsRead(value) => value.text(),
        _ => "keep".to_string(),
    });
    let choose = Callback::new(move |value: String| {
        let entry = if value == "keep" { Entry::Keep } else { Entry::Text(value) };
        form.enter(state, entry);
    });
    view! { <Choice id=field.key legend=field.label hint=field.hint options error value on_choose=choose/> }
        .into_any()
}

fn text(
    form: Form,
    state: FieldState,
    field: ProviderField,
    held: &Held,
    error: Signal<Option<String>>,
) -> AnyView {
    let clear = clear(form, state, &field, held);
    view! {
        <Field
            hint=hint(&field, held)
            held=Some(held.words(&field))
            id=field.key
            label=field.label
            error
            value=Signal::derive(move || form.text(state))
            on_input=Callback::new(move |text| form.type_text(state, text))
        />
        {clear}
    }
    .into_any()
}

/// What is on file is the best example.
fn hint(field: &ProviderField, held: &Held) -> Option<String> {
    if held.value().is_some() { field.hint.clone() } else { field.hint_with_example() }
}

/// The button that empties a field, where it can be emptied.
fn clear(form: Form, state: FieldState, field: &ProviderField, held: &Held) -> AnyView {
    let clears = field.cannot_clear().is_none() && held.value().is_some();
    let label = field.label.clone();
    let cleared = Memo::new(move |_| state.entry.with(|entry| *entry == Entry::Clear));
    let button = live(move || {
        let cleared = cleared.get();
        let words = if cleared { say::form_not_empty(&label) } else { say::form_empty(&label) };
        let note = cleared.then(|| view! { <p class="field__warning">{say::form_emptied()}</p> });
        view! {
            {note}
            <Button
                words
                kind="plain"
                on_press=Callback::new(move |()| form.toggle_clear(state))
            />
        }
    });
    some(clears.then_some(button))
}

fn list(
    session: Session,
    form: Form,
    state: FieldState,
    field: ProviderField,
    items: &Items,
    error: Signal<Option<String>>,
) -> AnyView {
    let nothing = field.nothing().text();
    let whole = items.choices.as_ref().and_then(|lookup| Shown::new(session, lookup, &items.label));
    let id_label = match &items.key {
        Some(key) => key.label.clone(),
        None if whole.is_some() => say::form_another(&items.label).text(),
        None => say::form_another_id(&items.label).text(),
    };
    let example = example(&field, items);
    let hint = |own: Option<&String>, index: usize| hint_of(own, example.get(index).map(String::as_str));
    let mut columns = vec![Column {
        label: id_label,
        hint: whole.map_or_else(|| hint(None, 0), |_| Some(say::form_choose().text())),
        ticks: Vec::new(),
        choices: whole.map(|shown| shown.choices(&items.limits, items.whole)),
        several: false,
    }];
    let boxes_id = first_box(&field.key);
    let mut courses: Vec<AnyView> = whole.iter().map(|shown| shown.course(&boxes_id)).collect();
    for (index, part) in items.parts.iter().enumerate() {
        let inner = whole.zip(items.inner(part));
        let inner = inner.map(|(whole, number)| whole.inner(number, state.adding, part));
        let own = part.choices.as_ref().and_then(|lookup| Shown::new(session, lookup, &part.label));
        let id = [boxes_id.as_str(), "-", &(index + 1).to_string()].concat();
        courses.extend(own.iter().map(|shown| shown.course(&id)));
        columns.push(Column {
            label: part.label.clone(),
            hint: hint(part.hint.as_ref(), index + 1),
            ticks: part.limits.choices.clone(),
            choices: own.map(|shown| shown.choices(&part.limits, part.whole)).or(inner),
            several: part.shape != Shape::One,
        });
    }
    let names = reference(session, &field.key, items);
    let names =
        (names.is_some() || !courses.is_empty()).then(|| view! { {some(names)} {courses} }.into_any());
    let acts = Acts {
        on_type: Callback::new(move |(index, text)| form.type_row(state, index, text)),
        on_doubt: Callback::new(move |(index, doubt)| form.doubt_text(state, index, doubt)),
        on_add: Callback::new(move |()| {
            if !form.add_row(state) {
                document::focus(&[".error-summary"]);
            }
        }),
        on_toggle: Callback::new(move |id: String| form.toggle_row(state, &id)),
        on_edit: items.is_grouped().then(|| {
            Callback::new(move |id: String| match form.edit_row(state, &id) {
                true => document::focus_control(&first_box(&state.key())),
                false => document::focus(&[".error-summary"]),
            })
        }),
        removes: items.rows == Sent::Whole,
    };
    let rows = Memo::new(move |_| {
        form.words();
        let field = state.field.get_value();
        match &field.kind {
            Kind::List(items) => rows(&form.held(state), state, &field, items),
            _ => Vec::new(),
        }
    });
    view! {
        <Rows
            id=field.key
            legend=field.label
            row=items.label.clone()
            hint=field.hint
            nothing
            rows
            error
            columns
            names
            adding=state.adding
            acts
        />
    }
    .into_any()
}

/// What the boxes of a row hold in the example of the file.
fn example(field: &ProviderField, items: &Items) -> Vec<String> {
    let first = field.example.as_ref().and_then(|example| example.as_array()?.first());
    match first.and_then(|wire| row::Row::from_wire(items, wire)) {
        Some(row) if items.is_grouped() => row::boxes(items, &row.text()),
        Some(row) => vec![row.id],
        None => Vec::new(),
    }
}

/// The rows on file and those to add, each with what will become of it.
fn rows(held: &Held, state: FieldState, field: &ProviderField, items: &Items) -> Vec<Row> {
    let (add, remove) = state.adjustments();
    let typed: Vec<row::Row> = add.iter().filter_map(|text| row::Row::parse(items, text).ok()).collect();
    let on_file = held.rows();
    let name = |row: &row::Row| row.words(field);
    let mut rows: Vec<Row> = Vec::new();
    for row in on_file {
        let new = typed.iter().find(|new| new.id == row.id && *new != row);
        let state = match new {
            Some(_) => State::Changed,
            None if remove.contains(&row.id) => State::Removed,
            None => State::Kept,
        };
        let shown = new.map_or_else(|| row.clone(), |new| row.edited(new));
        rows.push(Row { id: row.id.clone(), name: name(&shown), state });
    }
    let added = typed.iter().filter(|new| !on_file.iter().any(|row| row.id == new.id));
    rows.extend(added.map(|row| Row { id: row.id.clone(), name: name(row), state: State::Added }));
    rows
}
