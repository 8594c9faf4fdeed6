use leptos::prelude::*;
use memberdesk::doctor::{Check, Standing};
use memberdesk::ui::component::checks::Checks;

use super::{ARABIC, EMOJI, NAME, State, WORD};

pub const STATES: &[State] = &[
    ("all right", || {
        checks(&[("Something answers there", Standing::Right), ("Changes pass", Standing::Right)])
    }),
    ("wrong, and not known", || {
        checks(&[
            ("Something answers there", Standing::Right),
            ("Changes pass", Standing::Wrong),
            ("Retry-After can be read", Standing::Open),
        ])
    }),
    ("long names and words", || checks(&[(NAME, Standing::Wrong), (WORD, Standing::Right)])),
    ("from right to left, and emoji", || checks(&[(ARABIC, Standing::Right), (EMOJI, Standing::Open)])),
    ("none", || checks(&[])),
];

fn checks(all: &[(&str, Standing)]) -> AnyView {
    let check = |(about, standing): &(&str, Standing)| Check { about: (*about).into(), standing: *standing };
    view! { <Checks checks=all.iter().map(check).collect()/> }.into_any()
}
