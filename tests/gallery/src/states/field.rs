use leptos::prelude::*;
use memberdesk::ui::component::field::{Field, FieldError};

use super::{ARABIC, EMOJI, ID, NAME, State, WORD, pressed, right, typed, wrong};

const HINT: Option<&str> = Some("As others see it.");

pub const STATES: &[State] = &[
    ("empty", || field("empty", "Nickname", None, None, right(), "")),
    ("with a hint", || field("hint", "Nickname", HINT, None, right(), "Ada")),
    ("with what is on file", || field("held", "Nickname", None, Some("Ada"), right(), "Augusta")),
    ("with a hint and what is on file", || field("both", "Nickname", HINT, Some("Nothing"), right(), "Ada")),
    ("with an error", || field("error", "Nickname", None, None, wrong("Enter “Nickname”."), "")),
    ("with all of it", || {
        let error = wrong("“Nickname” can have 20 characters at most. It has 29 now.");
        field("all", "Nickname", HINT, Some("Ada"), error, "Ada Augusta King, of Lovelace")
    }),
    ("an ID", || {
        let (value, on_input) = typed(ID);
        view! { <Field id="field-code".into() label="Membership ID".into() error=right() value on_input code=true/> }
            .into_any()
    }),
    ("a secret, hidden", || secret("hidden", right())),
    ("a secret, shown", || pressed(secret("shown", right()))),
    ("a secret, with an error", || {
        secret("wrong", wrong("“Access token” has a space in it. Copy it again."))
    }),
    ("long names and words", || field("long", NAME, Some(WORD), Some(WORD), wrong(WORD), WORD)),
    ("a label without an end", || field("endless", WORD, None, Some(NAME), right(), NAME)),
    ("from right to left", || field("arabic", "Name", Some(ARABIC), Some(ARABIC), right(), ARABIC)),
    ("emoji", || field("emoji", "Name", None, Some(EMOJI), wrong("🚀 cannot be sent."), EMOJI)),
    ("an error by itself", || {
        view! { <FieldError id="field-alone".into() error=wrong("Choose a file.")/> }.into_any()
    }),
];

fn field(
    id: &str,
    label: &str,
    hint: Option<&str>,
    held: Option<&str>,
    error: Signal<Option<String>>,
    text: &str,
) -> AnyView {
    let (value, on_input) = typed(text);
    let (id, label) = (["field-", id].concat(), label.to_string());
    let (hint, held) = (hint.map(str::to_string), held.map(str::to_string));
    view! { <Field id label hint held error value on_input/> }.into_any()
}

/// In a form, because browsers want a password there.
fn secret(id: &str, error: Signal<Option<String>>) -> AnyView {
    let (value, on_input) = typed("letmein-letmein-letmein");
    let (id, label) = (["field-secret-", id].concat(), "Access token".to_string());
    let hint = Some("From the page of your account.".to_string());
    let name = ["form of ", &id].concat();
    view! { <form aria-label=name><Field id label hint error value on_input code=true secret=true/></form> }
        .into_any()
}
