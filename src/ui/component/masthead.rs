use leptos::ev::MouseEvent;
use leptos::prelude::*;

use crate::browser::document;
use crate::desk::route::Route;
use crate::ui::live::{act, live_attribute};
use crate::words::{Words, say};

/// The top of every page: the name, and the way to the other pages.
#[component]
pub fn Masthead(
    /// Where one is.
    route: RwSignal<Route>,
) -> impl IntoView {
    let link = move |target: Route, text: Words| {
        let href = target.hash();
        let current = live_attribute(move || {
            let here = route.get();
            let at_settings = matches!(here, Route::Settings | Route::Doctor);
            let is_here = if target == Route::Settings { at_settings } else { !at_settings };
            is_here.then(|| "page".to_string())
        });
        view! { <a class="masthead__link" href=href aria-current=current>{text}</a> }
    };
    // The address behind the # is the route, so a link to a place on the page would leave it.
    let skip = |event: MouseEvent| {
        event.prevent_default();
        document::focus(&["#main"]);
    };
    view! {
        <a class="masthead__skip" href="#main" on:click=act(skip)>{say::masthead_skip()}</a>
        <header class="masthead">
            <a class="masthead__name" href="#/">{"Memberdesk"}</a>
            <nav class="masthead__nav" aria-label=say::masthead_pages().text()>
                {link(Route::Home, say::masthead_members())}
                {link(Route::Settings, say::masthead_settings())}
            </nav>
        </header>
    }
}
