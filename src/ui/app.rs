use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::bundle::Handover;
use crate::browser::{document, own};
use crate::desk::config::Config;
use crate::desk::route::Route;

use super::component::masthead::Masthead;
use super::live::live;
use super::page::trouble::Trouble;
use super::state::{Desk, FileFaults};

/// What there is to show before, and after, the owner's configuration was read.
#[derive(Clone)]
enum Start {
    Loading,
    Trouble(FileFaults),
    Ready(Desk),
}

/// The shell around every page. Which pages there are is said by the program that it is part of.
#[component]
pub fn App(page: fn(Desk, Route) -> AnyView, handover: Option<Handover>) -> impl IntoView {
    let route = RwSignal::new(Route::parse(&document::hash()));
    document::on_hash(move || {
        let now = Route::parse(&document::hash());
        if route.try_get_untracked().is_some_and(|route| route != now) {
            route.set(now);
        }
    });
    let owner = Owner::current().unwrap_or_default();
    let start = RwSignal::new(Start::Loading);
    spawn_local(async move {
        let config = match own::text("config.json").await {
            Err(says) => Err(FileFaults::missing("config.json", says)),
            Ok(text) => {
                Config::parse(&text).map_err(|faults| FileFaults { file: "config.json".to_string(), faults })
            }
        };
        start.set(match config {
            Ok(config) => Start::Ready(owner.with(|| Desk::new(config, route, handover))),
            Err(faults) => Start::Trouble(faults),
        });
        document::clear_boot();
    });
    let page = live(move || match start.get() {
        Start::Loading => ().into_any(),
        Start::Trouble(faults) => view! { <Trouble faults whole=true/> }.into_any(),
        Start::Ready(desk) => live(move || page(desk, desk.route.get())).into_any(),
    });
    view! {
        <div class="page">
            <Masthead route/>
            <main class="page__main" id="main" tabindex="-1">{page}</main>
            <footer class="foot">
                {"Before you press the button you see exactly what will change. After it you have proof of what did."}
            </footer>
        </div>
    }
}
