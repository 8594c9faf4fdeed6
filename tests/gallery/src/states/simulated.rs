use leptos::prelude::*;
use memberdesk::ui::component::simulated::Simulated;

use super::State;

pub const STATES: &[State] = &[("on every page", || view! { <Simulated /> }.into_any())];
