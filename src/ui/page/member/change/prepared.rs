use leptos::prelude::*;

use crate::browser::document;
use crate::change::draft::Draft;
use crate::change::fit::Fit;
use crate::provider::act::Act;
use crate::ui::component::button::Button;
use crate::ui::component::copy::Copy;
use crate::ui::component::details::Details;
use crate::ui::component::notice::Notice;
use crate::ui::form::Form;
use crate::ui::live::{live_some, some};
use crate::ui::session::Session;
use crate::words::say;

/// The act that stands in the form, as long as it stands there; or why it does not.
#[component]
pub fn Prepared(session: Session, form: Form) -> impl IntoView {
    live_some(move || {
        let (act, fit) = session.prepared()?;
        let why = match fit {
            Fit::Fits => return in_form(session, form, &act),
            Fit::Already => say::prepared_already(),
            Fit::NotOffered(reason) => reason.into(),
        };
        Some(
            view! { <Notice tone="info" title=say::prepared_not(&act.label)><p>{why}</p></Notice> }
                .into_any(),
        )
    })
}

fn in_form(session: Session, form: Form, act: &Act) -> Option<AnyView> {
    let draft = Draft::of_act(&session.provider(), act);
    let says = act.says.clone().map(|says| view! { <p>{says}</p> });
    let is_entered = !draft.is_empty() && form.has(&draft);
    let drop = move |()| {
        form.take_out(&draft);
        session.prepared.set(None);
        document::focus(&[document::HEADING]);
    };
    is_entered.then(|| {
        view! {
            <Notice tone="info" title=say::prepared_title(&act.label)>
                {some(says)}
                <p>{say::prepared_unsent()}</p>
                <div>
                    <Button words=say::link_drop() kind="plain" on_press=Callback::new(drop)/>
                </div>
            </Notice>
        }
        .into_any()
    })
}

/// The acts that fill in the form, as far as they are for this member.
pub fn shortcuts(session: Session, acts: &[Act]) -> AnyView {
    let button = |act: &Act| {
        let own = act.clone();
        let press = move |()| {
            session.act(&own);
            if let Some(key) = session.goal() {
                document::focus_control_later(key);
            }
        };
        view! { <Button words=act.label.clone() kind="compact" on_press=Callback::new(press)/> }
    };
    let all = acts.iter().map(button).collect_view();
    some((!acts.is_empty()).then(|| {
        view! {
            <div class="cluster" data-gap="small" role="group" aria-label=say::form_often().text()>
                <p class="quiet">{say::form_often()}</p>
                {all}
            </div>
        }
    }))
}

/// For a colleague, or for a bookmark.
pub fn links(session: Session, acts: &[Act]) -> AnyView {
    let link = |act: &Act| (say::form_act_link(&act.label), session.address(Some(act)));
    let links: Vec<_> = acts.iter().map(link).collect();
    some((!acts.is_empty()).then(|| {
        view! {
            <Details summary=say::form_act_links()>
                <div class="cluster"><Copy id="copied-prepared" copies=links kind="plain"/></div>
            </Details>
        }
    }))
}
