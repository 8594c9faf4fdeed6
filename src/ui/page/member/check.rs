use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::browser::document;
use crate::change::driver::Event;
use crate::change::limits::tidy;
use crate::change::plan::{Plan, Warning};
use crate::provider::risk::Confirm;
use crate::ui::component::button::{Button, Submit};
use crate::ui::component::changes::{Changes, Row};
use crate::ui::component::details::{Code, Details};
use crate::ui::component::error_summary::ErrorSummary;
use crate::ui::component::notice::Notice;
use crate::ui::component::risk::{Risk, Take};
use crate::ui::live::{act, some};
use crate::ui::session::Session;

/// Exactly what will be different, and what it brings with it, before anything is sent.
#[component]
pub fn CheckView(session: Session, plan: Plan, moved: bool, missing: Vec<String>) -> impl IntoView {
    let provider = session.provider();
    let title = session.title();
    let page_title = ["Check the change – ", &title, " – ", &provider.name, " – Memberdesk"].concat();
    if moved {
        document::focus(&[document::HEADING]);
    }
    let rows: Vec<Row> = plan
        .differences()
        .iter()
        .filter_map(|difference| {
            let field = provider.field(&difference.field)?;
            let (from, to) = (difference.from.words(field), difference.to.words(field));
            Some(Row { label: field.label.clone(), from, to, now: None })
        })
        .collect();
    let count = match rows.len() {
        1 if plan.gone() => "One field changes, and with it the whole record goes.".to_string(),
        _ if plan.gone() => "These fields change, and with them the whole record goes.".to_string(),
        1 => "One field changes. The others stay as they are.".to_string(),
        some => [&some.to_string(), " fields change. The others stay as they are."].concat(),
    };
    // What was given for each risk: "yes" for a tick, or what was typed.
    let given = RwSignal::new(Vec::<(String, String)>::new());
    let attempted = RwSignal::new(!missing.is_empty());
    let risks: Vec<(Warning, Take)> =
        plan.risks().iter().map(|risk| (risk.clone(), take(risk.confirm, &title))).collect();
    let consents = {
        let risks = risks.clone();
        move || -> Vec<String> {
            let taken = |(risk, take): &&(Warning, Take)| given.with(|given| is_taken(given, &risk.id, take));
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
    let risks = risks.into_iter().map(|(risk, take)| {
        let (id, of, about) = (risk.id.clone(), risk.id.clone(), risk.id.clone());
        let value = Signal::derive(move || given.with(|given| find(given, &id).to_string()));
        let give = Callback::new(move |text: String| {
            given.update(|given| {
                given.retain(|(other, _)| *other != of);
                given.push((of.clone(), text));
            });
        });
        let error = Signal::derive(move || {
            errors.with(|errors| errors.iter().find(|(key, _)| *key == about).map(|(_, words)| words.clone()))
        });
        view! { <Risk id=risk.id says=risk.says take error given=value on_give=give/> }
    });
    let permanent: Vec<String> = plan
        .differences()
        .iter()
        .filter(|difference| difference.permanent)
        .filter_map(|difference| provider.field(&difference.field).map(|field| field.label.clone()))
        .collect();
    let permanent = (!permanent.is_empty()).then(|| {
        let says = ["“", &permanent.join("”, “"), "” cannot be put back to what it was from here."].concat();
        view! { <div class="risk" data-confirm="note"><p class="risk__text">{says}</p></div> }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        attempted.set(true);
        if errors.with_untracked(Vec::is_empty) {
            session.tell(Event::Approve(untrack(&consents)));
        } else {
            document::focus(&[".error-summary"]);
        }
    };
    let sent = session.is_in_doubt();
    let words = match sent {
        true => {
            "The record is not as it was. The change was sent before and not taken in as a whole. This is what is left to change."
        }
        false => {
            "The record, or what is known of it, is not as it was. Nothing was sent. This is what would change now."
        }
    };
    let moved = moved.then(|| {
        view! {
            <Notice tone="warning" title="Something has changed since you looked">
                <p>{words}</p>
            </Notice>
        }
    });
    let unproved: Vec<String> = plan
        .differences()
        .iter()
        .filter(|difference| difference.unproved && !plan.gone())
        .filter_map(|difference| provider.field(&difference.field).map(|field| field.label.clone()))
        .collect();
    let unproved = (!unproved.is_empty()).then(|| {
        let name = provider.name.as_str();
        let says = [
            name,
            " may not tell “",
            &unproved.join("”, “"),
            "” afterwards. The result may then be “Accepted”: the change is taken, and nothing proves it.",
        ]
        .concat();
        view! { <div class="risk" data-confirm="note"><p class="risk__text">{says}</p></div> }
    });
    // A prepared change has its own name.
    let own = provider.acts.iter().find(|act| {
        act.alone && act.is(plan.differences().iter().map(|difference| difference.field.as_str()))
    });
    let does = match own {
        Some(act) => [&act.label, ": ", title.as_str()].concat(),
        None => ["Update ", &title, " in ", &provider.name].concat(),
    };
    let kind = own.map(|_| "danger");
    let request = session.view(plan.request());
    view! {
        <div class="stack" data-gap="small">
            <p class="caption">{session.place()}</p>
            <h1 tabindex="-1">{"Check the change to "} {title.clone()}</h1>
        </div>
        <ErrorSummary errors/>
        {some(moved)}
        <Changes caption=count rows/>
        <form class="stack" novalidate on:submit=act(submit)>
            {risks.collect_view()}
            {some(permanent)}
            {some(unproved)}
            <p class="quiet">
                {"The record is read once more just before sending. If it has changed, you are asked again."}
            </p>
            <div class="cluster">
                <Submit words=does kind/>
                <Button
                    words=if sent { "Stop here and see the result" } else { "Change something else" }
                    kind="secondary"
                    on_press=Callback::new(move |()| session.leave_change())
                />
            </div>
        </form>
        <Details summary="The request that will be sent">
            <Code label="Request" text=request/>
        </Details>
    }
}

fn take(confirm: Confirm, title: &str) -> Take {
    match confirm {
        Confirm::Note => Take::Read,
        Confirm::Tick => Take::Tick,
        Confirm::Type => Take::Type(title.to_string()),
    }
}

/// What was given for one risk.
fn find<'g>(given: &'g [(String, String)], id: &str) -> &'g str {
    given.iter().find(|(own, _)| own == id).map_or("", |(_, text)| text)
}

fn is_taken(given: &[(String, String)], id: &str, take: &Take) -> bool {
    match take {
        Take::Read => true,
        Take::Tick => find(given, id) == "yes",
        Take::Type(words) => tidy(find(given, id)) == tidy(words),
    }
}

fn missing_words(take: &Take) -> Option<String> {
    match take {
        Take::Read => None,
        Take::Tick => Some("Tick the box to show that you have read this.".to_string()),
        Take::Type(words) => Some(["Type “", words, "” exactly as it stands here."].concat()),
    }
}
