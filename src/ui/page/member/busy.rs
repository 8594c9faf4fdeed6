mod calm;

pub use calm::{Calm, calm};

use leptos::prelude::*;

use crate::browser::document;
use crate::change::answer::Reason;
use crate::change::driver::{Event, Purpose};
use crate::ui::component::button::Button;
use crate::ui::component::course::Course;
use crate::ui::component::notice::Notice;
use crate::ui::component::progress::Progress;
use crate::ui::live::{act, live_some, live_text, some};
use crate::ui::session::{Busy, Session, Stage};
use crate::words::{Words, say};

use super::outcome::said;

use super::cause::Cause;
use super::place::Place;

/// What is under way, and how to stop it. It stays the same page from step to step, so that nothing that somebody
/// is about to press moves away.
#[component]
pub fn BusyView(session: Session) -> impl IntoView {
    let provider = session.provider();
    let busy = Memo::new(move |before: Option<&Busy>| match session.stage.get() {
        Stage::Busy(busy) => busy,
        _ => before.cloned().unwrap_or(Busy::Sending),
    });
    let elsewhere = |stage: &Stage| matches!(stage, Stage::Busy(Busy::Elsewhere));
    let changes = session.is_changing() || session.stage.with_untracked(elsewhere);
    let says = Signal::derive(move || words(session, &busy.get()).text());
    Effect::new(move |_| document::set_title(&say::busy_page(says.get()).text()));
    let why = live_some(move || why(session, &busy.get()).map(|why| view! { <p>{why}</p> }));
    let name = provider.name.clone();
    let paced = live_some(move || {
        let seconds = session.flight.paced.get()?;
        Some(view! { <p class="quiet">{say::busy_pause(&name, seconds as usize)}</p> })
    });
    let honest = live_some(move || {
        let words = match busy.get() {
            // As long as there is a pause before it, nothing is under way.
            Busy::Sending => session.flight.paced.get().is_none().then(say::busy_honest),
            Busy::Reading(Purpose::Settle) => Some(say::busy_sent()),
            Busy::Waiting { .. } => session.is_in_doubt().then(say::busy_sent),
            _ => None,
        };
        words.map(|words| view! { <p class="quiet">{words}</p> })
    });
    let stop = live_text(move || {
        let words = match busy.get() {
            Busy::Sending => say::busy_stop_waiting(),
            Busy::Reading(Purpose::Settle) => say::busy_stop_reading(),
            _ => say::busy_stop(),
        };
        words.text()
    });
    let heading = match changes {
        true => view! {
            <div class="stack" data-gap="small">
                <Place session/>
                <h1 tabindex="-1">{say::busy_title(session.title())}</h1>
            </div>
        }
        .into_any(),
        false => view! {
            <div class="stack" data-gap="small">
                <Place session/>
                <h1 tabindex="-1">{say::busy_reading(&provider.name)}</h1>
            </div>
        }
        .into_any(),
    };
    let course = changes.then(|| {
        let now = Memo::new(move |before: Option<&usize>| match busy.get() {
            Busy::Sending => 1,
            Busy::Reading(Purpose::Settle) | Busy::Waiting { reason: None, .. } => 2,
            Busy::Waiting { .. } => before.copied().unwrap_or(0),
            Busy::Reading(_) | Busy::Elsewhere => 0,
        });
        let steps = vec![say::busy_step_read(), say::busy_step_send(), say::busy_step_back()];
        view! { <Course title=say::busy_steps() steps now/> }
    });
    // What comes has a shape already.
    let skeleton = (!changes).then(|| {
        view! {
            <div class="stack" aria-hidden="true">
                {["label", "control", "label", "control"].into_iter().map(skeleton).collect_view()}
            </div>
        }
    });
    // While it is only read for the first time, the heading says all there is to say.
    let line = live_some(move || {
        let told = !changes && matches!(busy.get(), Busy::Reading(Purpose::Show));
        (!told).then(|| view! { <Progress words=says/> })
    });
    view! {
        {heading}
        {some(skeleton)}
        {line}
        {why}
        {paced}
        {some(course)}
        {honest}
        <div>
            <button
                type="button"
                class="button"
                data-kind="secondary"
                on:click=act(move |_| session.stop())
            >
                {stop}
            </button>
        </div>
    }
}

fn skeleton(size: &'static str) -> impl IntoView {
    view! { <span class="skeleton" data-size=size></span> }
}

fn words(session: Session, busy: &Busy) -> Words {
    let name = &session.provider().name;
    match busy {
        Busy::Reading(Purpose::Show) => say::busy_reading(name),
        Busy::Reading(Purpose::Send) => say::busy_reading_again(),
        Busy::Reading(Purpose::Settle) => say::busy_reading_back(),
        Busy::Elsewhere => say::busy_elsewhere(),
        Busy::Sending => say::busy_sending(name),
        Busy::Waiting { seconds, .. } => say::busy_waiting(*seconds as usize),
    }
}

/// Why it waits.
fn why(session: Session, busy: &Busy) -> Option<Words> {
    match busy {
        Busy::Waiting { reason: Some(reason), .. } => Some(reason.says.clone()),
        Busy::Waiting { reason: None, .. } => Some(say::busy_not_yet()),
        Busy::Elsewhere => Some(say::busy_elsewhere_why(&session.provider().member)),
        _ => None,
    }
}

/// What is under way, for those who hear the page: at once, and a countdown only once.
pub fn heard(session: Session) -> Memo<String> {
    let heard = Memo::new(move |before: Option<&(bool, String)>| match (session.stage.get(), before) {
        (Stage::Busy(Busy::Waiting { .. }), Some((true, said))) => (true, said.clone()),
        (Stage::Busy(busy), _) => {
            let said = why(session, &busy).into_iter().chain([words(session, &busy)]).collect();
            (matches!(busy, Busy::Waiting { .. }), Words::Several(said).text())
        }
        _ => (false, String::new()),
    });
    Memo::new(move |_| heard.with(|(_, said)| said.clone()))
}

/// The record could not be read, so nothing was sent.
#[component]
pub fn Unread(session: Session, reason: Reason, purpose: Purpose) -> impl IntoView {
    let provider = session.provider();
    let name = provider.name.clone();
    document::set_title(&say::busy_unread_page(&name).text());
    let sent = session.is_in_doubt();
    let leave = if sent { say::busy_known() } else { say::busy_back() };
    let safe = match purpose {
        _ if sent => say::busy_unread_sent(),
        Purpose::Show => say::busy_unread_nothing(),
        Purpose::Send | Purpose::Settle => say::busy_unread_kept(),
    };
    let message = said::message(&name, &reason);
    let reference = said::reference(&reason);
    let cause = reason.on_way.then(|| view! { <Cause session answer=None/> });
    view! {
        <div class="stack" data-gap="small">
            <Place session/>
            <h1 tabindex="-1">{say::busy_unread()}</h1>
        </div>
        <Notice tone="warning" title=reason.says>
            <p>{reason.cure}</p>
            <p><b>{safe}</b></p>
            {some(message)}
            {some(reference)}
        </Notice>
        {some(cause)}
        <div class="cluster">
            <Button words=say::busy_again() on_press=Callback::new(move |()| session.tell(Event::GoOn))/>
            <Button
                words=leave
                kind="secondary"
                on_press=Callback::new(move |()| session.leave_change())
            />
        </div>
    }
}
