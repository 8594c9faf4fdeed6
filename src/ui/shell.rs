use leptos::prelude::*;

use crate::browser::document;
use crate::desk::route::Route;
use crate::words::say;

use super::component::masthead::Masthead;
use super::component::simulated::Simulated;
use super::live::{live, live_some};
use super::state::Desk;

/// Where on the page one is, followed for as long as the program has the page.
pub fn route() -> RwSignal<Route> {
    let route = RwSignal::new(Route::parse(&document::hash()));
    document::on_hash(move || {
        let now = Route::parse(&document::hash());
        if route.try_get_untracked().is_some_and(|route| route != now) {
            route.set(now);
            // Another page begins at its heading.
            document::focus(&[document::HEADING]);
        }
    });
    route
}

/// The promise of every page.
fn foot() -> impl IntoView {
    view! { <footer class="foot">{say::shell_promise()}</footer> }
}

/// What is around every page.
#[component]
pub fn Shell(route: RwSignal<Route>, children: Children) -> impl IntoView {
    view! {
        <div class="page">
            <Masthead route/>
            <main class="page__main" id="main" tabindex="-1">{children()}</main>
            {foot()}
        </div>
    }
}

/// The same of the second program, where the language may change. The page sees to itself.
#[component]
pub fn SpokenShell(desk: Desk, page: AnyView) -> impl IntoView {
    let Desk { route, language, .. } = desk;
    let masthead = live(move || {
        language.track();
        view! { <Masthead route/> }
    });
    let simulated = live_some(move || {
        language.track();
        desk.is_simulated().then(|| view! { <Simulated/> })
    });
    let foot = live(move || {
        language.track();
        foot()
    });
    view! {
        <div class="page">
            {masthead}
            {simulated}
            <main class="page__main" id="main" tabindex="-1">{page}</main>
            {foot}
        </div>
    }
}
