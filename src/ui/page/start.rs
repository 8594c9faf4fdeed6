use leptos::prelude::*;

use crate::provider::Face;
use crate::provider::fault::Fault;
use crate::ui::component::notice::Notice;
use crate::ui::live::{later, live, some};
use crate::ui::page::home::Home;
use crate::ui::state::{Desk, FileFaults};
use crate::words::say;

/// Home, with what is wrong with the files of those providers that cannot be used.
#[component]
pub fn Start(desk: Desk) -> impl IntoView {
    let ids = desk.config.with_value(|config| config.providers.clone());
    let none = ids.is_empty().then(|| {
        view! {
            <Notice tone="info" title=say::start_none()>
                <p>{say::start_none_cure()}</p>
            </Notice>
        }
    });
    let faces = RwSignal::new(Vec::<Face>::new());
    let bad = RwSignal::new(Vec::<FileFaults>::new());
    later(async move {
        for id in ids {
            match desk.provider(&id).await {
                Ok(provider) => faces.update(|all| all.push(Face::clone(&provider))),
                Err(faults) => bad.update(|all| all.push(faults)),
            }
        }
    });
    let notices = live(move || bad.get().into_iter().map(notice).collect_view());
    let below = view! {
        {some(none)}
        {notices}
    };
    view! { <Home faces below=below.into_any()/> }
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
