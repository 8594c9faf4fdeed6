use leptos::prelude::*;
use memberdesk::ui::component::risk::{Risk, Take};

use super::{ARABIC, EMOJI, NAME, State, WORD, right, typed, wrong};

const SAYS: &str = "Whoever was the main contact before is not any more.";

pub const STATES: &[State] = &[
    ("only said", || risk("said", SAYS, Take::Read, right(), "")),
    ("to tick", || risk("tick", SAYS, Take::Tick, right(), "")),
    ("ticked", || risk("ticked", SAYS, Take::Tick, right(), "yes")),
    ("to tick, with an error", || {
        risk("untaken", SAYS, Take::Tick, wrong("Tick that you understand, or leave the field as it is."), "")
    }),
    ("to type", || risk("type", "Ada and Augusta become one.", of("Ada"), right(), "")),
    ("typed", || risk("typed", "Ada and Augusta become one.", of("Ada"), right(), "Ada")),
    ("to type, with an error", || {
        let error = wrong("Type “Ada” exactly as it stands here.");
        risk("mistyped", "Ada and Augusta become one.", of("Ada"), error, "ada")
    }),
    ("long names and words", || risk("long", NAME, of(NAME), wrong(NAME), NAME)),
    ("a word without an end", || risk("endless", WORD, of(WORD), wrong(WORD), WORD)),
    ("a long word to tick", || risk("tick-endless", WORD, Take::Tick, wrong(WORD), "yes")),
    ("from right to left", || risk("arabic", ARABIC, of(ARABIC), right(), ARABIC)),
    ("emoji", || risk("emoji", EMOJI, of(EMOJI), right(), "")),
];

fn of(words: &str) -> Take {
    Take::Type(words.to_string())
}

fn risk(id: &str, says: &str, take: Take, error: Signal<Option<String>>, given: &str) -> AnyView {
    let (given, on_give) = typed(given);
    view! { <Risk id=["risk-", id].concat() says=says.into() take error given on_give/> }.into_any()
}
