use leptos::prelude::*;
use memberdesk::ui::component::course::Course;

use super::{ARABIC, EMOJI, NAME, State, WORD};

const STEPS: &[&str] = &["Read it again", "Send the change", "Read it back"];

pub const STATES: &[State] = &[
    ("at the first step", || course("What happens now", STEPS, 0)),
    ("on the way", || course("What happens now, on the way", STEPS, 1)),
    ("at the last step", || course("What happens now, at the end", STEPS, 2)),
    ("all done", || course("What happened", STEPS, 3)),
    ("one step", || course("What happens, in one step", &STEPS[..1], 0)),
    ("long names and words", || course(WORD, &[NAME, WORD, NAME], 1)),
    ("from right to left, and emoji", || course(ARABIC, &[ARABIC, EMOJI], 1)),
];

fn course(title: &str, steps: &[&str], now: usize) -> AnyView {
    let steps = steps.iter().map(|step| (*step).into()).collect();
    view! { <Course title=title.into() steps now=Signal::stored(now)/> }.into_any()
}
