mod doubts;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::browser::document;
use crate::change::driver::Event;
use crate::change::limits::tidy;
use crate::change::plan::{Difference, Plan, Warning};
use crate::provider::Provider;
use crate::provider::call::Base;
use crate::provider::risk::Confirm;
use crate::ui::component::button::{Button, Submit};
use crate::ui::component::changes::{Changes, Row};
use crate::ui::component::details::{Code, Details};
use crate::ui::component::error_summary::ErrorSummary;
use crate::ui::component::notice::Notice;
use crate::ui::component::risk::{Risk, Take};
use crate::ui::live::{act, some};
use crate::ui::session::Session;
use crate::words::{Words, say};

use super::place::Place;
use super::until::Until;

/// Exactly what will be different, and what it brings with it, before anything is sent.
#[component]
pub fn CheckView(session: Session, plan: Plan, moved: bool, missing: Vec<String>) -> impl IntoView {
    let provider = session.provider();
    let title = session.title();
    let page_title = say::check_page(&title, &provider.name).text();
    if moved {
        document::focus(&[document::HEADING]);
    }
    let sent = session.is_in_doubt();
    let given = session.consents;
    given.begin(&plan);
    let attempted = RwSignal::new(!missing.is_empty());
    let risks: Vec<(Warning, Take)> =
        plan.risks().iter().map(|risk| (risk.clone(), take(risk.confirm, &title))).collect();
    let consents = {
        let risks = risks.clone();
        move || -> Vec<String> {
            let taken = |(risk, take): &&(Warning, Take)| is_taken(&given.find(&risk.id), take);
            risks.iter().filter(taken).map(|(risk, _)| risk.id.clone()).collect()
        }
    };
    let errors = {
        let (risks, consents) = (risks.clone(), consents.clone());
        Memo::new(move |_| {
            let consents = consents();
            let open = risks.iter().filter(|(risk, _)| attempted.get() && !consents.contains(&risk.id));
            open.filter_map(|(risk, take)| Some((risk.id.clone(), missing_words(take)?))).collect::<Vec<_>>()
        })
    };
    Effect::new(move |_| document::set_title_with(errors.with(|all| !all.is_empty()), &page_title));
    let show = move |(risk, take): (Warning, Take)| {
        let (id, of, about) = (risk.id.clone(), risk.id.clone(), risk.id.clone());
        let value = Signal::derive(move || given.find(&id));
        let give = Callback::new(move |text: String| given.give(&of, text));
        let error = Signal::derive(move || {
            errors.with(|errors| errors.iter().find(|(key, _)| *key == about).map(|(_, words)| words.clone()))
        });
        let says = Words::from(risk.says);
        view! { <Risk id=risk.id says take error given=value on_give=give/> }.into_any()
    };
    // A risk that is about one field stands with that field.
    let (mut of_fields, rest): (Vec<_>, Vec<_>) = risks
        .into_iter()
        .map(|(risk, take)| (field_of(&provider, &plan, &risk), (risk, take)))
        .partition(|(field, _)| field.is_some());
    let mut about = |difference: &Difference| {
        let own = |field: &Option<String>| field.as_ref() == Some(&difference.field);
        let (mine, others): (Vec<_>, Vec<_>) =
            std::mem::take(&mut of_fields).into_iter().partition(|(field, _)| own(field));
        of_fields = others;
        let mut about: Vec<AnyView> = mine.into_iter().map(|(_, risk)| show(risk)).collect();
        about.extend(doubts::of_field(&provider, &plan, difference));
        about
    };
    let rows: Vec<Row> = plan
        .differences()
        .iter()
        .filter_map(|difference| {
            let field = provider.field(&difference.field)?;
            let key = field.key.clone();
            // What the form does not offer is not changed there; and what was sent is not changed any more.
            let back = provider.offered().any(|offered| offered.key == key) && !sent;
            Some(Row {
                label: field.label.as_str().into(),
                from: difference.from.words(field).into(),
                to: difference.to.words(field).into(),
                now: None,
                back: back.then(|| Callback::new(move |()| session.change_field(&key))),
                about: about(difference),
            })
        })
        .collect();
    let count = if plan.gone() { say::check_count_gone() } else { say::check_count(rows.len()) };
    let rest = rest.into_iter().map(|(_, risk)| show(risk)).collect_view();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        attempted.set(true);
        if errors.with_untracked(Vec::is_empty) {
            session.tell(Event::Approve(untrack(&consents)));
        } else {
            document::focus(&[".error-summary"]);
        }
    };
    let moved = moved.then(|| {
        let words = if sent { say::check_moved_sent() } else { say::check_moved_unsent() };
        view! {
            <Notice tone="warning" title=say::check_moved()>
                <p>{words}</p>
            </Notice>
        }
    });
    // A prepared change has its own name.
    let own = provider.acts.iter().find(|act| {
        act.alone && act.is(plan.differences().iter().map(|difference| difference.field.as_str()))
    });
    let does = match own {
        Some(act) => say::check_act(&act.label, &title),
        None => say::check_update(&title, &provider.name),
    };
    let kind = plan.destroys(&provider).then_some("danger");
    let request = session.view(plan.request());
    let leave = match sent {
        true => say::check_stop(),
        false if plan.gone() => say::check_leave_gone(),
        false => say::check_leave(),
    };
    let along = along(&provider, &plan).map(|words| view! { <p>{words}</p> });
    view! {
        <div class="stack" data-gap="small">
            <Place session/>
            <h1 tabindex="-1">{say::check_title(&title)}</h1>
            <Until session/>
        </div>
        <ErrorSummary errors/>
        {some(moved)}
        <form class="stack" novalidate on:submit=act(submit)>
            <Changes caption=count rows/>
            {rest}
            {some(doubts::of_all(&provider, &plan).map(|words| view! { <p><b>{words}</b></p> }))}
            <p class="quiet">{say::check_read_again()}</p>
            <div class="cluster">
                <Submit words=does kind/>
                <Button
                    words=leave
                    kind="secondary"
                    on_press=Callback::new(move |()| session.leave_change())
                />
            </div>
        </form>
        <Details summary=say::check_request()>
            {some(along)}
            <Code label=say::details_request() text=request/>
        </Details>
    }
}

/// What the request holds besides what changes.
fn along(provider: &Provider, plan: &Plan) -> Option<Words> {
    if matches!(provider.update.base, Base::Record { .. }) {
        return Some(say::check_along_whole(&provider.name));
    }
    let fields: Vec<Words> = plan
        .along()
        .iter()
        .filter_map(|key| provider.field(key))
        .map(|field| Words::from(&field.label))
        .collect();
    (!fields.is_empty()).then(|| say::check_along(Words::List(fields)))
}

/// The field that a risk stands with.
fn field_of(provider: &Provider, plan: &Plan, warning: &Warning) -> Option<String> {
    let risk = provider.risks.iter().find(|risk| risk.id == warning.id)?;
    let is_changed = |key: &str| plan.differences().iter().any(|difference| difference.field == key);
    risk.field(is_changed).map(str::to_string)
}

fn take(confirm: Confirm, title: &str) -> Take {
    match confirm {
        Confirm::Note => Take::Read,
        Confirm::Tick => Take::Tick,
        Confirm::Type => Take::Type(title.to_string()),
    }
}

fn is_taken(given: &str, take: &Take) -> bool {
    match take {
        Take::Read => true,
        Take::Tick => given == "yes",
        Take::Type(words) => tidy(given) == tidy(words),
    }
}

fn missing_words(take: &Take) -> Option<String> {
    match take {
        Take::Read => None,
        Take::Tick => Some(say::risk_not_ticked().text()),
        Take::Type(words) => Some(say::risk_not_typed(words).text()),
    }
}
