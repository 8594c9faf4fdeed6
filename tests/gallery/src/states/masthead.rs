use leptos::prelude::*;
use memberdesk::desk::route::Route;
use memberdesk::ui::component::masthead::Masthead;

use super::State;

pub const STATES: &[State] = &[
    ("at the members", || masthead(Route::Home)),
    ("at one provider", || masthead(Route::provider("club"))),
    ("at the settings", || masthead(Route::Settings)),
];

fn masthead(route: Route) -> AnyView {
    view! { <Masthead route=RwSignal::new(route)/> }.into_any()
}
