use leptos::prelude::*;
use memberdesk::ui::component::progress::Progress;

use super::{ARABIC, EMOJI, NAME, State, WORD};

pub const STATES: &[State] = &[
    ("under way", || progress("Reading what is on file")),
    ("counting", || progress("There is a pause between two calls. 12 seconds left.")),
    ("long names and words", || progress(NAME)),
    ("a word without an end", || progress(WORD)),
    ("from right to left", || progress(ARABIC)),
    ("emoji", || progress(EMOJI)),
];

fn progress(words: &str) -> AnyView {
    view! { <Progress words=Signal::stored(words.to_string())/> }.into_any()
}
