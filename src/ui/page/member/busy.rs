use leptos::prelude::*;

use crate::browser::document;
use crate::change::answer::Reason;
use crate::change::driver::{Event, Purpose};
use crate::ui::component::button::Button;
use crate::ui::component::notice::Notice;
use crate::ui::component::progress::Progress;
use crate::ui::live::{live_some, some};
use crate::ui::session::{Busy, Session};

/// What is under way, and how to stop it.
#[component]
pub fn BusyView(session: Session, busy: Busy) -> impl IntoView {
    let provider = session.provider();
    let name = provider.name.as_str();
    let words = match &busy {
        Busy::Reading(Purpose::Show) => ["Reading what is on file at ", name, " …"].concat(),
        Busy::Reading(Purpose::Send) => "Reading the record once more before sending …".to_string(),
        Busy::Reading(Purpose::Settle) => "Reading the record back …".to_string(),
        Busy::Elsewhere => "Waiting for another tab …".to_string(),
        Busy::Sending => ["Sending the change to ", name, " …"].concat(),
        Busy::Waiting { seconds: 1, .. } => "Going on in 1 second …".to_string(),
        Busy::Waiting { seconds, .. } => ["Going on in ", &seconds.to_string(), " seconds …"].concat(),
    };
    document::set_title(&[words.as_str(), " – Memberdesk"].concat());
    let why = match &busy {
        Busy::Waiting { reason: Some(reason), .. } => Some(reason.says.clone()),
        Busy::Waiting { reason: None, .. } => {
            Some("The change does not show yet. It is looked for again.".to_string())
        }
        Busy::Elsewhere => Some(
            ["Another tab is changing this ", &provider.member, ". This one goes on when that is over."]
                .concat(),
        ),
        _ => None,
    };
    let pause = ["There is a pause between two calls to ", name, ". Going on in "].concat();
    let paced = live_some(move || {
        let seconds = session.paced.get()?;
        let unit = if seconds == 1 { " second …" } else { " seconds …" };
        Some(view! { <p class="quiet">{[pause.as_str(), &seconds.to_string(), unit].concat()}</p> })
    });
    let stop = match &busy {
        Busy::Sending => "Stop waiting",
        Busy::Reading(Purpose::Settle) => "Stop reading back",
        _ => "Stop",
    };
    let sending = busy == Busy::Sending;
    let honest = live_some(move || {
        // As long as there is a pause before it, nothing is under way.
        let under_way = sending && session.paced.get().is_none();
        under_way.then(|| {
            view! {
                <p class="quiet">
                    {"If you stop now, the change may still be made. The record is then read to find out."}
                </p>
            }
        })
    });
    view! {
        <h1 tabindex="-1" class="visually-hidden">{words.clone()}</h1>
        <Progress words/>
        {paced}
        {some(why.map(|why| view! { <p>{why}</p> }))}
        {honest}
        <div>
            <Button words=stop kind="secondary" on_press=Callback::new(move |()| session.stop())/>
        </div>
    }
}

/// The record could not be read, so nothing was sent.
#[component]
pub fn Unread(session: Session, reason: Reason, purpose: Purpose) -> impl IntoView {
    let provider = session.provider();
    document::set_title(&["The record could not be read – ", &provider.name, " – Memberdesk"].concat());
    let sent = session.is_in_doubt();
    let leave = if sent { "See what is known" } else { "Go back" };
    let title = "The record could not be read";
    let safe = match purpose {
        _ if sent => "The change was sent before. It is not known yet whether it was made.",
        Purpose::Show => "Nothing was sent.",
        Purpose::Send | Purpose::Settle => "Nothing was changed. What you entered is kept.",
    };
    let message = reason.message.map(|message| {
        view! { <p class="quiet">{provider.name.clone()} {" says: "} <q>{message}</q></p> }
    });
    let reference = reason.reference.map(|reference| {
        view! { <p class="quiet">{"Reference: "} <span class="mono">{reference}</span></p> }
    });
    view! {
        <h1 tabindex="-1">{title}</h1>
        <Notice tone="warning" title=reason.says>
            <p>{reason.cure}</p>
            <p><b>{safe}</b></p>
            {some(message)}
            {some(reference)}
        </Notice>
        <div class="cluster">
            <Button words="Try again" on_press=Callback::new(move |()| session.tell(Event::GoOn))/>
            <Button
                words=leave
                kind="secondary"
                on_press=Callback::new(move |()| session.leave_change())
            />
        </div>
    }
}
