//! The second program: every page.

use leptos::prelude::*;

use crate::desk::route::Route;

use super::page::home::Home;
use super::page::member::Member;
use super::page::settings::SettingsPage;
use super::page::trouble::Unknown;
use super::state::Desk;

pub fn page(desk: Desk, route: Route) -> AnyView {
    match route {
        Route::Home => view! { <Home desk/> }.into_any(),
        Route::Settings => view! { <SettingsPage desk/> }.into_any(),
        Route::Provider(id) if desk.offers(&id) => view! { <Member desk id/> }.into_any(),
        Route::Provider(_) | Route::Unknown => view! { <Unknown/> }.into_any(),
    }
}
