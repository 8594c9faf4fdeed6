mod recent;

use leptos::prelude::*;

use crate::browser::clock;
use crate::desk::history::{self, History};
use crate::desk::recent::Recents;
use crate::desk::route::Route;
use crate::provider::Face;
use crate::provider::fault::Fault;
use crate::ui::component::history::{Entry, HistoryList};
use crate::ui::component::notice::Notice;
use crate::ui::live::{later, live, some};
use crate::ui::page::home::{Home, Offer, first_step};
use crate::ui::session::Session;
use crate::ui::sessions::Sessions;
use crate::ui::state::{Desk, FileFaults};
use crate::words::{Words, say};

use recent::Recent;

/// Home, with what is wrong with the files of those providers that cannot be used.
#[component]
pub fn Start(desk: Desk, sessions: Sessions) -> impl IntoView {
    let ids = desk.config.with_value(|config| config.providers.clone());
    let none = ids.is_empty().then(|| {
        view! {
            <Notice tone="info" title=say::start_none()>
                <p>{say::start_none_cure()}</p>
            </Notice>
        }
    });
    let many = ids.len();
    let offers = RwSignal::new(Vec::<Offer>::new());
    let bad = RwSignal::new(Vec::<FileFaults>::new());
    later(async move {
        for id in ids {
            match desk.provider(&id).await {
                Ok(provider) => {
                    let state = sessions.find(&provider.id).and_then(|session| untrack(|| state(session)));
                    offers.update(|all| all.push((Face::clone(&provider), state)));
                }
                Err(faults) => bad.update(|all| all.push(faults)),
            }
        }
    });
    let notices = live(move || bad.get().into_iter().map(notice).collect_view());
    let below = view! {
        {some(none)}
        {notices}
    };
    let recent = !desk.recents.all.with_untracked(Recents::is_empty);
    let done = desk.history.with(|history| match history.entries() {
        [] if recent => ().into_any(),
        [] => first_step(),
        _ => last(history),
    });
    let recent = recent.then(|| view! { <Recent desk sessions/> });
    let above = view! { {some(recent)} {done} }.into_any();
    let count = Signal::derive(move || many - bad.with(Vec::len));
    view! { <Home offers count above below=below.into_any()/> }
}

/// How far one has come with a provider, and whether it is a test.
fn state(session: Session) -> Option<Words> {
    let state = progress(session)?;
    Some(if session.is_test() { say::home_test(state) } else { state })
}

fn progress(session: Session) -> Option<Words> {
    if session.is_under_way() {
        return Some(say::home_under_way(session.title()));
    }
    if session.is_unsaved() {
        return Some(say::home_unsent(session.title()));
    }
    let whose = session.whose();
    let connected = || match session.is_tested() {
        true => whose.map_or_else(say::home_connected, say::home_connected_as),
        // Nobody has said yet that it is good.
        false => say::home_entered(),
    };
    session.is_connected().then(connected)
}

/// What was done last in this tab.
fn last(history: &History) -> AnyView {
    let entry = |entry: &history::Entry| {
        let (who, link) = match &entry.member {
            Some((title, link)) => (say::home_done_at(title, &entry.name), link.clone()),
            None => (say::home_forgotten(&entry.name), String::new()),
        };
        Entry {
            outcome: entry.outcome.mark(),
            word: entry.outcome.word(),
            who,
            test: entry.test,
            what: entry.what.clone(),
            href: Route::Provider(entry.provider.clone(), link).hash(),
            when: clock::words(entry.at),
        }
    };
    view! { <HistoryList entries=history.entries().iter().map(entry).collect()/> }.into_any()
}

fn notice(faults: FileFaults) -> impl IntoView {
    let title = say::start_bad(&faults.file);
    let line = |fault: &Fault| {
        let words = [" ", &fault.says, " ", &fault.cure].concat();
        view! { <li><span class="mono">{fault.pointer.clone()}</span>{words}</li> }
    };
    let lines = faults.faults.iter().map(line).collect_view();
    view! {
        <Notice tone="warning" title=title>
            <p>{say::start_bad_cure()}</p>
            <ul>{lines}</ul>
        </Notice>
    }
}
