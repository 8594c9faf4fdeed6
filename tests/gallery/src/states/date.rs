use leptos::prelude::*;
use memberdesk::ui::component::date::Date;

use super::{ARABIC, NAME, State, WORD, nothing, right, wrong};

const HINT: Option<&str> = Some("As in 10 12 1815.");

pub const STATES: &[State] = &[
    ("as it is", || date("kept", "Date of birth", None, "10 December 1815", "1815-12-10", right())),
    ("nothing on file, with a hint", || date("empty", "Date of birth", HINT, "Nothing", "", right())),
    ("typed in part, with an error", || {
        let error = wrong("“Date of birth” must be a day of the calendar, as in 21 June 1985.");
        date("error", "Date of birth", HINT, "10 December 1815", "1992-02-31", error)
    }),
    ("what is no date", || {
        date("odd", "Date of birth", None, "Nothing", "in the year 1815-December-tenth", right())
    }),
    ("long names and words", || date("long", WORD, Some(WORD), NAME, "1815-12-10", wrong(WORD))),
    ("from right to left", || date("arabic", ARABIC, Some(ARABIC), ARABIC, "1815-12-10", right())),
];

fn date(
    id: &str,
    legend: &str,
    hint: Option<&str>,
    held: &str,
    value: &str,
    error: Signal<Option<String>>,
) -> AnyView {
    let (id, legend, hint) = (["date-", id].concat(), legend.to_string(), hint.map(str::to_string));
    let (held, value) = (held.to_string(), value.to_string());
    view! { <Date id legend hint held error value on_input=nothing()/> }.into_any()
}
