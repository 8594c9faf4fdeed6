use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::browser::document;
use crate::change::draft::Entry;
use crate::change::value::{Held, Value};
use crate::provider::field::Kind;
use crate::ui::component::button::{Button, Submit};
use crate::ui::component::choice::{Answer, Choice};
use crate::ui::component::error_summary::ErrorSummary;
use crate::ui::component::facts::Facts;
use crate::ui::component::field::Field;
use crate::ui::component::rows::{Row, Rows, State};
use crate::ui::form::{FieldState, Form};
use crate::ui::live::act;
use crate::ui::session::{Session, Stage};

/// What is on file, and what shall be different.
#[component]
pub fn ChangeView(session: Session) -> impl IntoView {
    let Some(form) = session.form.get_untracked() else {
        return ().into_any();
    };
    let provider = session.provider();
    let record = form.record().get_untracked();
    let title = record.title(&provider);
    let page_title = ["Change ", &title, " – ", &provider.name, " – Memberdesk"].concat();
    let errors = Memo::new(move |_| {
        let provider = form.provider();
        let offered = form.fields().into_iter().find(|(_, unless)| unless.is_none());
        let first = offered.map(|(state, _)| key(state)).unwrap_or_default();
        let shown = form.shown().into_iter().map(|violation| {
            let words = violation.words(&provider);
            (if violation.key.is_empty() { first.clone() } else { violation.key }, words)
        });
        shown.collect::<Vec<_>>()
    });
    Effect::new(move |_| document::set_title_with(errors.with(|errors| !errors.is_empty()), &page_title));
    if errors.with_untracked(|errors| !errors.is_empty()) {
        document::focus(&[".error-summary"]);
    }
    let facts = provider.fields.iter().filter(|field| field.read_only).filter_map(|field| {
        let held = record.held(field);
        held.value().map(|value| (field.label.clone(), value.words(field)))
    });
    let mut facts: Vec<(String, String)> = facts.collect();
    let (offered, not): (Vec<_>, Vec<_>) =
        untrack(|| form.fields()).into_iter().partition(|(_, unless)| unless.is_none());
    facts.extend(not.into_iter().map(|(state, unless)| {
        (state.field.with_value(|field| field.label.clone()), unless.unwrap_or_default())
    }));
    let controls = offered.into_iter().map(|(state, _)| control(form, state, errors)).collect_view();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        session.check_form();
    };
    let another = move |()| session.stage.set(Stage::Find { attempted: false, refused: None });
    view! {
            <div class="stack" data-gap="small">
                <p class="caption">{provider.name.clone()} {" "} {provider.member.clone()}</p>
                <h1 tabindex="-1">{title}</h1>
            </div>
            <ErrorSummary errors/>
            <Facts facts/>
            <form class="stack" data-gap="large" novalidate on:submit=act(submit)>
                {controls}
                <div class="cluster">
                    <Submit words="Check the change"/>
                    <Button
     words=["Choose another ", &provider.member].concat()
     kind="plain"
     on_press=Callback::new(another)
    />
                </div>
            </form>
        }
    .into_any()
}

fn key(state: FieldState) -> String {
    state.field.with_value(|field| field.key.clone())
}

/// The control that fits the field's kind.
fn control(form: Form, state: FieldState, errors: Memo<Vec<(String, String)>>) -> AnyView {
    let field = state.field.get_value();
    let of = field.key.clone();
    let error = Signal::derive(move || {
        errors.with(|errors| errors.iter().find(|(key, _)| *key == of).map(|(_, words)| words.clone()))
    });
    let held = untrack(|| form.held(state));
    match &field.kind {
        Kind::Flag => {
            let on_file = ["On file: ", &held.words(&field)].concat();
            let words = |flag: bool| Value::Flag(flag).words(&field);
            let options = vec![
                Answer {
                    value: "keep".to_string(),
                    words: "Leave as it is".to_string(),
                    hint: Some(on_file),
                },
                Answer { value: "yes".to_string(), words: words(true), hint: None },
                Answer { value: "no".to_string(), words: words(false), hint: None },
            ];
            let value = Signal::derive(move || match state.entry.get() {
                Entry::Text(text) => text,
                _ => "keep".to_string(),
            });
            let choose = Callback::new(move |value: String| {
                let entry = if value == "keep" { Entry::Keep } else { Entry::Text(value) };
                form.enter(state, entry);
            });
            view! {
                <Choice id=field.key legend=field.label hint=field.hint options error value on_choose=choose/>
            }
            .into_any()
        }
        Kind::List(items) => {
            let rows = Signal::derive(move || rows(&form.held(state), state));
            let nothing = field.nothing().to_string();
            view! {
                <Rows
                    id=field.key
                    legend=field.label
                    row=items.label.clone()
                    hint=field.hint
                    nothing=nothing
                    rows
                    error
                    adding=state.adding
                    on_type=Callback::new(move |text| form.type_row(state, text))
                    on_add=Callback::new(move |()| form.add_row(state))
                    on_toggle=Callback::new(move |id: String| form.toggle_row(state, &id))
                />
            }
            .into_any()
        }
        Kind::Text | Kind::Number { .. } => {
            let on_file = held.words(&field);
            view! {
                <Field
                    id=field.key
                    label=field.label
                    hint=field.hint
                    held=Some(on_file)
                    error
                    value=Signal::derive(move || form.text(state))
                    on_input=Callback::new(move |text| form.type_text(state, text))
                />
            }
            .into_any()
        }
    }
}

/// The rows on file and those to add, each with what will become of it.
fn rows(held: &Held, state: FieldState) -> Vec<Row> {
    let (add, remove) = state.adjustments();
    let on_file = match held {
        Held::Known(Value::List(rows)) => rows.clone(),
        _ => Vec::new(),
    };
    let mut rows: Vec<Row> = on_file
        .into_iter()
        .map(|row| {
            let removed = remove.contains(&row.id);
            Row { state: if removed { State::Removed } else { State::Kept }, id: row.id, name: row.label }
        })
        .collect();
    rows.extend(add.into_iter().map(|id| Row { id, name: None, state: State::Added }));
    rows
}
