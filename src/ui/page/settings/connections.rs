use leptos::prelude::*;

use crate::browser::{clock, document};
use crate::desk::route::Route;
use crate::ui::live::{HERE, act, around, live, live_some, some};
use crate::ui::session::Session;
use crate::ui::sessions::{Connection, Sessions};
use crate::ui::state::Desk;
use crate::words::{Words, say};

use super::trial::{Finding, Trial, attempt};

/// What one is connected to in this tab: whose credential it is, until when, and the way out.
#[component]
pub fn Connections(desk: Desk, sessions: Sessions) -> impl IntoView {
    // The connection that was left last. The list is another then.
    let left = RwSignal::new(None::<Words>);
    let list = live(move || {
        left.track();
        // Another proxy may leave a connection behind.
        desk.settings.track();
        let all = sessions.connections(desk);
        if all.is_empty() {
            none()
        } else {
            all.into_iter().map(|one| entry(one, left)).collect_view().into_any()
        }
    });
    let told = live_some(move || left.get().map(|name| view! { <p>{say::settings_signed_out(name)}</p> }));
    view! {
        <section class="stack">
            <h2 id="connections" tabindex="-1">{say::settings_connections()}</h2>
            <div role="status">{told}</div>
            {list}
        </section>
    }
}

fn none() -> AnyView {
    let link = view! { <a href=Route::Home.hash()>{say::settings_connections_choose()}</a> };
    view! { <p>{around(&say::settings_connections_none(HERE), link)}</p> }.into_any()
}

fn entry(connection: Connection, left: RwSignal<Option<Words>>) -> impl IntoView {
    let session = connection.beside;
    let provider = session.provider();
    let name = session.place();
    let (of_whose, of_busy) = (connection.clone(), connection.clone());
    let whose = live_some(move || {
        of_whose.whose().map(|name| view! { <p>{say::settings_connection_whose(name)}</p> })
    });
    let until = live_some(move || {
        // A test may get another credential.
        session.whose();
        let ends = session.ends()?;
        Some(view! { <p>{say::settings_connection_until(clock::words(ends))}</p> })
    });
    let is_in_force = connection.is_in_force();
    let note = if !is_in_force {
        Some(say::settings_connection_other())
    } else if session.can_test() {
        None
    } else if session.is_tested() {
        Some(say::settings_connection_used(&provider.name))
    } else {
        Some(say::settings_connection_untested(&provider.name))
    };
    let note = note.map(|words| view! { <p class="quiet">{words}</p> });
    let trial = (is_in_force && session.can_test()).then(|| {
        let which = Some(say::settings_test_again_which(&name).text());
        view! {
            <Trial
                words=say::settings_test_again()
                which
                subject=Signal::derive(String::new)
                attempt=attempt(move || test(session))
            />
        }
    });
    let test =
        session.is_test().then(|| view! { " " <em class="tag" data-tone="info">{say::place_test()}</em> });
    let way_out = live(move || {
        if of_busy.is_busy() {
            return view! { <p class="quiet">{say::settings_connection_busy()}</p> }.into_any();
        }
        let (connection, name) = (of_busy.clone(), name.clone());
        let leaving = name.clone();
        let leave = move |_| {
            connection.sign_out();
            left.set(Some(Words::from(&leaving)));
            document::focus(&["#connections"]);
        };
        let which = say::settings_sign_out_which(&name).text();
        view! {
            <div>
                <button
                    type="button"
                    class="button"
                    data-kind="secondary"
                    aria-label=which
                    on:click=act(leave)
                >
                    {say::settings_sign_out()}
                </button>
            </div>
        }
        .into_any()
    });
    view! {
        <section class="stack" data-gap="small">
            <h3>{session.place()} {some(test)}</h3>
            {whose}
            {until}
            {some(note)}
            {some(trial)}
            {way_out}
        </section>
    }
}

async fn test(session: Session) -> Finding {
    session.test_again().await.map_err(|reason| reason.words())?;
    Ok(say::settings_connection_good(&session.provider().name))
}
