//! The page of one provider: connect, find, change, check, result.

pub mod busy;
pub mod carried;
mod cause;
pub mod change;
pub mod check;
pub mod choosing;
pub mod control;
pub mod entrance;
pub mod find;
pub mod linked;
pub mod lists;
pub mod outcome;
mod place;
mod purpose;
mod recent;
mod until;

use leptos::prelude::*;

use crate::browser::document;
use crate::ui::component::crumbs::Crumbs;
use crate::ui::live::{later, live, live_attribute, live_some, live_text};
use crate::ui::page::trouble::Trouble;
use crate::ui::session::{Session, Stage};
use crate::ui::sessions::Sessions;
use crate::ui::state::{Desk, FileFaults};

use busy::{BusyView, Unread, calm, heard};
use change::ChangeView;
use check::CheckView;
use entrance::{Entrance, SignInAgain, SignInToRead};
use find::Find;
use linked::WaitingLink;
use outcome::OutcomeView;

/// Loads the provider's file, then shows where one stands with it.
#[component]
pub fn Member(
    desk: Desk,
    sessions: Sessions,
    id: String,
    /// What the link says that one came by.
    link: String,
) -> impl IntoView {
    let loaded = RwSignal::new(None::<Result<Session, FileFaults>>);
    later(async move {
        let provider = desk.provider(&id).await;
        let session = provider.map(|provider| sessions.of(desk, &provider));
        if let Ok(session) = &session {
            session.follow(&link);
        }
        loaded.set(Some(session));
    });
    live(move || match loaded.get() {
        None => ().into_any(),
        Some(Err(faults)) => view! { <Trouble faults whole=false/> }.into_any(),
        Some(Ok(session)) => view! { <Steps session/> }.into_any(),
    })
}

#[component]
fn Steps(session: Session) -> impl IntoView {
    let calm = calm(session);
    let shown = calm.shown;
    let number = Memo::new(move |_| shown.with(step));
    // Another page begins at its heading, or at the field that one wanted to go to.
    let place = Memo::new(move |_| (calm.ends.get(), shown.with(std::mem::discriminant)));
    Effect::new(move |before: Option<(u32, std::mem::Discriminant<Stage>)>| {
        let now = place.get();
        // Where nothing is tested, one has come further before the first page of it is drawn.
        let first = before.is_none() && now.1 != std::mem::discriminant(&Stage::Connect);
        let waits = before.is_none() && session.linked.waits.with_untracked(Option::is_some);
        if !waits && (first || before.is_some_and(|before| before != now)) {
            match session.goal() {
                Some(key) => document::focus_control_later(key),
                None => document::focus(&[".error-summary", document::HEADING]),
            }
        }
        now
    });
    let on_form = Memo::new(move |_| shown.with(|stage| *stage == Stage::Change));
    let stage = live(move || match shown.get() {
        Stage::Connect => view! { <Entrance session/> }.into_any(),
        Stage::Find { attempted, refused } => view! { <Find session attempted refused/> }.into_any(),
        Stage::Busy(_) => view! { <BusyView session/> }.into_any(),
        Stage::Change => view! { <ChangeView session/> }.into_any(),
        Stage::Check { plan, moved, missing } => view! { <CheckView session plan moved missing/> }.into_any(),
        Stage::Unread { reason, purpose } => view! { <Unread session reason purpose/> }.into_any(),
        Stage::SignIn { reason, purpose } => view! { <SignInAgain session reason purpose/> }.into_any(),
        Stage::SignInToRead(reason) => view! { <SignInToRead session reason/> }.into_any(),
        Stage::Result(receipt) => view! { <OutcomeView session receipt=*receipt/> }.into_any(),
    });
    let heard = heard(session);
    let inert = live_attribute(move || calm.waits.get().then(String::new));
    view! {
        <div class="stack" data-gap="large">
            {live(move || view! { <Crumbs step=number.get()/> })}
            // On the form it stands below the heading, where leaving it is asked about too.
            {live_some(move || (!on_form.get()).then(|| view! { <WaitingLink session/> }))}
            <div class="stack" data-gap="large" inert=inert>{stage}</div>
            <p class="visually-hidden" role="status">{live_text(move || heard.get())}</p>
        </div>
    }
}

/// The number of the step that a stage belongs to.
fn step(stage: &Stage) -> usize {
    use crate::change::driver::Purpose;
    use crate::ui::session::Busy;
    match stage {
        Stage::Connect => 0,
        Stage::Find { .. }
        | Stage::SignInToRead(_)
        | Stage::Busy(Busy::Reading(Purpose::Show))
        | Stage::Unread { purpose: Purpose::Show, .. } => 1,
        Stage::Change => 2,
        Stage::Check { .. } | Stage::Busy(_) | Stage::Unread { .. } | Stage::SignIn { .. } => 3,
        Stage::Result(_) => 4,
    }
}
