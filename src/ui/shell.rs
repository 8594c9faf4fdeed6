use leptos::prelude::*;

use crate::browser::document;
use crate::desk::route::Route;

use super::component::masthead::Masthead;

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

/// What is around every page.
#[component]
pub fn Shell(route: RwSignal<Route>, children: Children) -> impl IntoView {
    view! {
        <div class="page">
            <Masthead route/>
            <main class="page__main" id="main" tabindex="-1">{children()}</main>
            <footer class="foot">
                {"Before you press the button you see exactly what will change. After it you have proof of what did."}
            </footer>
        </div>
    }
}
