use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::{document, own};
use crate::desk::config::Config;
use crate::desk::route::Route;

use super::component::masthead::Masthead;
use super::page::home::Home;
use super::page::member::Member;
use super::page::settings::SettingsPage;
use super::page::trouble::{Trouble, Unknown};
use super::state::{Desk, FileFaults};

/// What there is to show before, and after, the owner's configuration was read.
#[derive(Clone)]
enum Start {
    Loading,
    Trouble(FileFaults),
    Ready(Desk),
}

/// The shell around every page.
#[component]
pub fn App() -> impl IntoView {
    let route = RwSignal::new(Route::parse(&document::hash()));
    document::on_hash(move || route.set(Route::parse(&document::hash())));
    let owner = Owner::current().unwrap_or_default();
    let start = RwSignal::new(Start::Loading);
    spawn_local(async move {
        let text = own::text("config.json").await;
        let config = match text {
            Err(says) => Err(FileFaults::missing("config.json", says)),
            Ok(text) => Config::parse(&text).map_err(|faults| FileFaults {
                file: "config.json".to_string(),
                faults,
            }),
        };
        start.set(match config {
            Ok(config) => Start::Ready(owner.with(|| Desk::new(config, route))),
            Err(faults) => Start::Trouble(faults),
        });
        document::clear_boot();
    });
    let page = move || match start.get() {
        Start::Loading => ().into_any(),
        Start::Trouble(faults) => view! { <Trouble faults=vec![faults] whole=true/> }.into_any(),
        Start::Ready(desk) => view! { <Page desk/> }.into_any(),
    };
    view! {
        <div class="page">
            <Masthead route/>
            <main class="page__main" id="main" tabindex="-1">{page}</main>
            <footer class="foot">
                "Before you press the button you see exactly what will change. After it you have proof of what did."
            </footer>
        </div>
    }
}

#[component]
fn Page(desk: Desk) -> impl IntoView {
    move || match desk.route.get() {
        Route::Home => view! { <Home desk/> }.into_any(),
        Route::Settings => view! { <SettingsPage desk/> }.into_any(),
        Route::Provider(id) if desk.config.with_value(|config| config.providers.contains(&id)) => {
            view! { <Member desk id/> }.into_any()
        }
        Route::Provider(_) | Route::Unknown => view! { <Unknown/> }.into_any(),
    }
}
