use leptos::prelude::*;
use memberdesk::ui::component::field::Field;
use memberdesk::ui::component::heading::Heading;
use memberdesk::ui::component::summary::{Line, Summary};
use memberdesk::words::{Words, say};

use super::{ARABIC, EMOJI, ID, NAME, State, WORD, right, typed};

pub const STATES: &[State] = &[
    ("nothing", || summary(vec![kept("Nickname", "Ada"), kept("Town", "London")])),
    ("one", || summary(vec![line("Nickname", "Ada", "Augusta"), kept("Town", "London")])),
    ("several", || {
        summary(vec![
            line("Nickname", "Ada", "Augusta"),
            kept("Town", "London"),
            line("Main contact", "No", "Yes"),
            line("E-mail address", "Nothing", "augusta.ada.king@countess-of-lovelace.example.com"),
            line("Date of birth", "10 December 1815", "Nothing"),
            line("Password", "Not told by the provider", "A new one, which is not shown"),
        ])
    }),
    ("rows of lists", || {
        let teams = Words::Several(vec![
            say::form_added(list(&["Poetry", "Mathematics", "Horse races"])),
            say::form_removed(list(&["Engines"])),
        ]);
        let places = Words::Several(vec![
            say::form_changed(list(&["London (admin)", "Ockham (viewer, editor)"])),
            say::form_removed(list(&["Surrey", "Nottingham"])),
        ]);
        summary(vec![("Teams", "", Some(teams)), ("Locations", "", Some(places))])
    }),
    ("long names and words", || {
        let rows =
            Words::Several(vec![say::form_added(list(&[NAME, WORD, ID])), say::form_removed(list(&[WORD]))]);
        summary(vec![
            line("Name in this space", NAME, WORD),
            line("Membership ID", ID, ID),
            line(NAME, WORD, NAME),
            ("Teams", "", Some(rows)),
        ])
    }),
    ("a label without an end", || summary(vec![line(WORD, "Ada", WORD), line("Nickname", "Ada", NAME)])),
    ("from right to left, and emoji", || {
        let long = [ARABIC, " و", ARABIC, " و", ARABIC, " و", ARABIC].concat();
        let rows = say::form_added(list(&[ARABIC, EMOJI, "🚀"]));
        summary(vec![
            ("Name", ARABIC, Some(long.into())),
            line(ARABIC, EMOJI, ARABIC),
            line(EMOJI, "Zoë", EMOJI),
            ("Teams", "", Some(rows)),
        ])
    }),
];

/// A label, what is on file, and what it will be.
type Given = (&'static str, &'static str, Option<Words>);

fn kept(label: &'static str, from: &'static str) -> Given {
    (label, from, None)
}

fn line(label: &'static str, from: &'static str, to: &'static str) -> Given {
    (label, from, Some(to.into()))
}

fn list(rows: &[&str]) -> Words {
    Words::List(rows.iter().map(|row| (*row).into()).collect())
}

/// As on a page: below the controls that it leads to.
fn summary(all: Vec<Given>) -> AnyView {
    let id = |index: usize| ["box-", &index.to_string()].concat();
    let field = |(index, (label, from, _)): (usize, &Given)| {
        let (value, on_input) = typed("");
        let held = (!from.is_empty()).then(|| (*from).to_string());
        view! { <Field id=id(index) label=(*label).to_string() held error=right() value on_input/> }
    };
    let fields = all.iter().enumerate().map(field).collect_view();
    let becomes: Vec<_> = all.iter().map(|(_, _, to)| RwSignal::new(to.clone())).collect();
    let line = |(index, (label, from, _)): (usize, &Given)| Line {
        id: id(index),
        label: (*label).to_string(),
        from: (*from).to_string(),
        becomes: becomes[index].into(),
    };
    let lines = all.iter().enumerate().map(line).collect();
    let reset = Callback::new(move |()| becomes.iter().for_each(|becomes| becomes.set(None)));
    view! {
        <Heading title="Change a member"/>
        {fields}
        <Summary lines on_reset=reset/>
    }
    .into_any()
}
