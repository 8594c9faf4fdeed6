use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::browser::document;
use crate::change::driver::Event;
use crate::change::plan::Plan;
use crate::provider::risk::Confirm;
use crate::ui::component::button::{Button, Submit};
use crate::ui::component::changes::{Changes, Row};
use crate::ui::component::details::{Code, Details};
use crate::ui::component::error_summary::ErrorSummary;
use crate::ui::component::notice::Notice;
use crate::ui::component::risk::Risk;
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
        1 => "One field changes. The others stay as they are.".to_string(),
        some => [&some.to_string(), " fields change. The others stay as they are."].concat(),
    };
    let consents = RwSignal::new(Vec::<String>::new());
    let attempted = RwSignal::new(!missing.is_empty());
    let needed: Vec<String> = plan
        .risks()
        .iter()
        .filter(|risk| risk.confirm != Confirm::Note)
        .map(|risk| risk.id.clone())
        .collect();
    let errors = {
        let needed = needed.clone();
        Memo::new(move |_| {
            let open =
                needed.iter().filter(|id| attempted.get() && !consents.with(|given| given.contains(id)));
            open.map(|id| (id.clone(), TICK.to_string())).collect::<Vec<_>>()
        })
    };
    Effect::new(move |_| document::set_title_with(errors.with(|all| !all.is_empty()), &page_title));
    let risks = plan.risks().to_vec().into_iter().map(|risk| {
        let (id, of) = (risk.id.clone(), risk.id.clone());
        let taken = Signal::derive(move || consents.with(|given| given.contains(&id)));
        let id = of.clone();
        let take = Callback::new(move |taken: bool| {
            consents.update(|given| {
                given.retain(|other| *other != of);
                if taken {
                    given.push(of.clone());
                }
            });
        });
        let about = id.clone();
        let error = Signal::derive(move || {
            errors.with(|errors| errors.iter().find(|(key, _)| *key == about).map(|(_, words)| words.clone()))
        });
        let tick = risk.confirm != Confirm::Note;
        view! { <Risk id=id says=risk.says tick error taken on_take=take/> }
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
            session.tell(Event::Approve(consents.get_untracked()));
        } else {
            document::focus(&[".error-summary"]);
        }
    };
    let moved = moved.then(|| {
        view! {
            <Notice tone="warning" title="Something has changed since you looked">
                <p>{"The record, or what is known of it, is not as it was. Nothing was sent. This is what would change now."}</p>
            </Notice>
        }
    });
    let server = session.server_label().map(|label| [" – ", &label].concat()).unwrap_or_default();
    let where_to = [&provider.name, " ", &provider.member, server.as_str()].concat();
    let request = session.view(plan.request());
    view! {
        <div class="stack" data-gap="small">
            <p class="caption">{where_to}</p>
            <h1 tabindex="-1">{"Check the change to "} {title.clone()}</h1>
        </div>
        <ErrorSummary errors/>
        {some(moved)}
        <Changes caption=count rows/>
        <form class="stack" novalidate on:submit=act(submit)>
            {risks.collect_view()}
            {some(permanent)}
            <p class="quiet">
                {"The record is read once more just before sending. If it has changed, you are asked again."}
            </p>
            <div class="cluster">
                <Submit words=["Update ", &title, " in ", &provider.name].concat()/>
                <Button
                    words="Change something else"
                    kind="secondary"
                    on_press=Callback::new(move |()| session.back_to_form())
                />
            </div>
        </form>
        <Details summary="The request that will be sent">
            <Code label="Request" text=request/>
        </Details>
    }
}

const TICK: &str = "Tick the box to show that you have read this.";
