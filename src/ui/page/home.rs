use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::document;
use crate::desk::route::Route;
use crate::provider::Face;
use crate::ui::component::cards::{Card, Cards};
use crate::ui::component::notice::Notice;
use crate::ui::live::{live, some};
use crate::ui::state::{Desk, FileFaults};

/// Where to begin: the providers, and what can be changed at each.
#[component]
pub fn Home(desk: Desk) -> impl IntoView {
    document::set_title("Memberdesk");
    let ids = desk.config.with_value(|config| config.providers.clone());
    let loaded = RwSignal::new(Vec::<Result<Arc<Face>, FileFaults>>::new());
    let count = ids.len();
    spawn_local(async move {
        for id in ids {
            let provider = desk.face(&id).await;
            loaded.update(|all| all.push(provider));
        }
    });
    let cards = live(move || {
        let card = |provider: &Arc<Face>| Card {
            title: provider.name.clone(),
            href: Route::Provider(provider.id.clone()).hash(),
            text: provider.about.clone(),
            meta: None,
        };
        let good = loaded.with(|all| all.iter().flatten().map(card).collect::<Vec<_>>());
        view! { <Cards cards=good/> }
    });
    let bad = live(move || {
        let bad: Vec<FileFaults> =
            loaded.with(|all| all.iter().filter_map(|one| one.clone().err()).collect());
        let notice = |faults: FileFaults| {
            let title = ["The file ", &faults.file, " cannot be used"].concat();
            let line = |fault: &crate::provider::fault::Fault| {
                let place = fault.pointer.clone();
                view! { <li><span class="mono">{place}</span> {" "} {fault.says.clone()} {" "} {fault.cure.clone()}</li> }
            };
            let lines = faults.faults.iter().map(line).collect_view();
            view! {
                <Notice tone="warning" title=title>
                    <p>{"The other providers are not affected. Show this to whoever put up the page:"}</p>
                    <ul>{lines}</ul>
                </Notice>
            }
        };
        bad.into_iter().map(notice).collect_view()
    });
    let none = (count == 0).then(|| {
        view! {
            <Notice tone="info" title="No provider is offered yet">
                <p>{"Whoever put up this page can name some in config.json."}</p>
            </Notice>
        }
    });
    view! {
        <div class="stack" data-gap="large">
            <div class="stack" data-gap="small">
                <h1 tabindex="-1">{"Change a member’s record, and be sure"}</h1>
                <p class="lede">
                    {"Choose where the member is. You see what is on file, say what shall be different, check it, \
                    and get proof of what was changed."}
                </p>
            </div>
            {some(none)}
            {cards}
            {bad}
        </div>
    }
}
