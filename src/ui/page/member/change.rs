use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::browser::document;
use crate::provider::act::Act;
use crate::ui::component::button::{Button, Submit};
use crate::ui::component::error_summary::ErrorSummary;
use crate::ui::component::facts::Facts;
use crate::ui::form::FieldState;
use crate::ui::live::{act, some};
use crate::ui::session::{Session, Stage};

use super::control::control;

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
            let words = violation.words(&provider).text();
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
    let acts = provider.acts.iter().map(|own| prepared(session, own)).collect_view();
    let acts = (!provider.acts.is_empty()).then(|| view! { <h2>{"What else can be done"}</h2> {acts} });
    let second = record.fill(&provider, &provider.second).filter(|second| *second != title);
    view! {
            <div class="stack" data-gap="small">
                <p class="caption">{session.place()}</p>
                <h1 tabindex="-1">{title}</h1>
                {some(second.map(|second| view! { <p class="quiet">{second}</p> }))}
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
            {some(acts)}
        }
    .into_any()
}

/// A prepared change with a button of its own.
fn prepared(session: Session, own: &Act) -> AnyView {
    let press = {
        let own = own.clone();
        Callback::new(move |()| session.act(&own))
    };
    view! {
        <div class="stack" data-gap="small">
            <p>{own.says.clone()}</p>
            <div><Button words=own.label.clone() kind="secondary" on_press=press/></div>
        </div>
    }
    .into_any()
}

fn key(state: FieldState) -> String {
    state.field.with_value(|field| field.key.clone())
}
