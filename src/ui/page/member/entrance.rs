use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::browser::document;
use crate::change::answer::Reason;
use crate::change::driver::Event;
use crate::ui::component::error_summary::ErrorSummary;
use crate::ui::component::heading::Heading;
use crate::ui::page::connect::{Connect, credential_box, errors};
use crate::ui::session::{Session, Stage};

/// The first form, with the provider's own word on the credential.
#[component]
pub fn Entrance(session: Session) -> impl IntoView {
    let untested = session.untested;
    let connect = Callback::new(move |()| {
        session.connect(|session| session.stage.set(Stage::Find { attempted: false, refused: None }));
    });
    view! {
        <Connect
            desk=session.desk
            provider=session.face()
            server=session.server
            credential=session.credential
            untested
            on_sample=Callback::new(move |sample: crate::desk::config::Sample| session.typed.set(sample.identity))
            on_connect=connect
        />
    }
}

/// The credential was not accepted in the middle of a change. Everything else stays as it is.
#[component]
pub fn SignInAgain(session: Session, reason: Reason) -> impl IntoView {
    let provider = session.provider();
    document::set_title(&["Sign in again – ", &provider.name, " – Memberdesk"].concat());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        session.connect(|session| session.tell(Event::GoOn));
    };
    let lede =
        [reason.says.as_str(), " ", &reason.cure, " Nothing was changed, and what you entered is kept."];
    view! {
        <Heading caption=provider.name.clone() title="Sign in again to go on" lede=lede.concat()/>
        <ErrorSummary errors=errors(session.face(), session.credential)/>
        <form class="stack" novalidate on:submit=submit>
            {credential_box(session.desk, session.face(), session.server, session.credential)}
        </form>
    }
}
