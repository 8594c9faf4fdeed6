use leptos::prelude::*;
use memberdesk::ui::component::crumbs::Crumbs;

use super::State;

pub const STATES: &[State] = &[
    ("connect", || view! { <Crumbs step=0/> }.into_any()),
    ("find", || view! { <Crumbs step=1/> }.into_any()),
    ("change", || view! { <Crumbs step=2/> }.into_any()),
    ("check", || view! { <Crumbs step=3/> }.into_any()),
    ("result", || view! { <Crumbs step=4/> }.into_any()),
];
