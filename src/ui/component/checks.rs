use leptos::prelude::*;

use crate::doctor::{Check, Standing};
use crate::words::say;

/// What was checked, one thing after another: right, wrong, or not known.
#[component]
pub fn Checks(checks: Vec<Check>) -> impl IntoView {
    let row = |check: Check| {
        let (tone, standing) = match check.standing {
            Standing::Right => ("success", say::check_right()),
            Standing::Wrong => ("danger", say::check_wrong()),
            Standing::Open => ("none", say::check_open()),
        };
        view! {
            <li class="checks__row" data-tone=tone>
                <span class="visually-hidden">{standing}</span>
                {check.about}
            </li>
        }
    };
    view! { <ul class="checks" role="list">{checks.into_iter().map(row).collect_view()}</ul> }
}
