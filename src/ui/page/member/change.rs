mod leave;
mod prepared;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::browser::document;
use crate::change::fit::Fit;
use crate::provider::act::Act;
use crate::ui::component::button::{Button, Submit};
use crate::ui::component::copy::Copy;
use crate::ui::component::error_summary::ErrorSummary;
use crate::ui::component::facts::Facts;
use crate::ui::component::summary::{Line, Summary};
use crate::ui::form::{FieldState, Form};
use crate::ui::live::{act, some};
use crate::ui::session::Session;
use crate::words::say;

use super::carried::Carried;
use super::control::control;
use super::linked::{LinkNotice, WaitingLink};
use super::outcome::details::SupportDetails;
use super::outcome::said;
use super::place::Place;
use super::until::Until;
use leave::{Leave, Leaving};
use prepared::{Prepared, links, shortcuts};

/// What is on file, and what shall be different.
#[component]
pub fn ChangeView(session: Session) -> impl IntoView {
    let Some(form) = session.form.get_untracked() else {
        return ().into_any();
    };
    let provider = session.provider();
    let record = form.record().get_untracked();
    let title = record.title(&provider);
    let page_title = say::form_page(&title, &provider.name).text();
    let errors = Memo::new(move |_| {
        let provider = form.provider();
        let offered = form.fields().into_iter().find(|(_, unless)| unless.is_none());
        let first = offered.map(|(state, _)| state.key()).unwrap_or_default();
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
    let lines: Vec<Line> = offered.iter().map(|(state, _)| line(form, *state)).collect();
    let controls = offered.iter().zip(&lines).map(|((state, _), line)| {
        let becomes = line.becomes;
        let changed = Memo::new(move |_| becomes.with(Option::is_some));
        control(session, form, *state, errors, changed.into())
    });
    let controls = controls.collect_view();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        session.check_form();
    };
    let fits = |act: &&Act| Fit::of(&provider, &record, act) == Fit::Fits;
    let (alone, often): (Vec<Act>, Vec<Act>) =
        provider.acts.iter().filter(fits).cloned().partition(|act| act.alone);
    let leave = Leave::new(session, form);
    let another = move |()| leave.ask(Leaving::Another);
    let link = vec![(say::form_link(), session.address(None))];
    let second = record.fill(&provider, &provider.second).filter(|second| *second != title);
    view! {
        <div class="stack" data-gap="small">
            <Place session/>
            <h1 tabindex="-1">{title}</h1>
            {some(second.map(|second| view! { <p class="quiet">{second}</p> }))}
            <Until session/>
        </div>
        <ErrorSummary errors/>
        {some(refusal(session))}
        {leave.notice()}
        <WaitingLink session/>
        <LinkNotice session/>
        <Prepared session form/>
        <Carried session form/>
        <Facts facts/>
        {shortcuts(session, &often)}
        <form class="stack" data-gap="large" novalidate on:submit=act(submit)>
            {controls}
            <Summary lines on_reset=Callback::new(move |()| form.reset_all())/>
            <div class="cluster">
                <Submit words=say::form_check()/>
                <Button
                    words=say::result_another(&provider.member)
                    kind="plain"
                    on_press=Callback::new(another)
                />
            </div>
            <div class="cluster"><Copy id="copied-link" copies=link kind="plain"/></div>
            {links(session, &often)}
        </form>
        {acts(session, &alone, leave)}
    }
    .into_any()
}

/// What the provider said to the change that it refused, and what its support asks for.
fn refusal(session: Session) -> Option<AnyView> {
    let receipt = session.refusal.get_untracked()?;
    let reason = receipt.outcome.reason()?.clone();
    let name = &session.provider().name;
    Some(view! { {some(said::message(name, &reason))} {some(said::reference(&reason))} <SupportDetails session receipt/> }.into_any())
}

/// Changes that go alone, each with a button of its own.
fn acts(session: Session, acts: &[Act], leave: Leave) -> AnyView {
    let prepared = |own: &Act| {
        let chosen = own.clone();
        let press = move |()| leave.ask(Leaving::Act(chosen.clone()));
        view! {
            <div class="stack" data-gap="small">
                {some(own.says.clone().map(|says| view! { <p>{says}</p> }))}
                <div>
                    <Button words=own.label.clone() kind="secondary" on_press=Callback::new(press)/>
                </div>
            </div>
        }
        .into_any()
    };
    let all = acts.iter().map(prepared).collect_view();
    let link = |own: &Act| (say::form_act_link(&own.label), session.address(Some(own)));
    let links = acts.iter().map(link).collect::<Vec<_>>();
    some((!acts.is_empty()).then(|| {
        view! {
            <h2>{say::form_acts()}</h2>
            <p class="quiet">{say::form_acts_checked()}</p>
            {all}
            <div class="cluster"><Copy id="copied-act" copies=links kind="plain"/></div>
        }
    }))
}

fn line(form: Form, state: FieldState) -> Line {
    let (id, label) = state.field.with_value(|field| (field.key.clone(), field.label.clone()));
    let held = untrack(|| form.held(state));
    // Of a list, what is added and taken out says enough.
    let is_list = state.items().is_some();
    let from = state.field.with_value(|field| held.words(field));
    let becomes = Memo::new(move |_| form.becomes(state));
    Line { id, label, from: if is_list { String::new() } else { from }, becomes: becomes.into() }
}
