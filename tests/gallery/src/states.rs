//! The components, each with a page. Their texts are plain: what is on show is how they stand.
//!
//! A text in a view stands in braces: Leptos writes markup without any part of its own as HTML, and the page's policy
//! forbids that.

mod button;
mod cards;
mod changes;
mod checks;
mod choice;
mod copy;
mod course;
mod crumbs;
mod date;
mod details;
mod diagnosis;
mod edit;
mod error_summary;
mod facts;
mod field;
mod heading;
mod history;
mod masthead;
mod notice;
mod picker;
mod progress;
mod receipt;
mod recents;
mod risk;
mod rows;
mod select;
mod simulated;
mod summary;

use leptos::html::Div;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;

/// A state has a name and can be drawn.
pub type State = (&'static str, fn() -> AnyView);

pub struct Page {
    /// As the component's file.
    pub name: &'static str,
    pub kind: Kind,
    pub states: &'static [State],
}

/// Where a component stands on a page of its own.
pub enum Kind {
    /// All states below each other.
    Together,
    /// One state, because a page has one of it, above the heading.
    First,
    /// One state, because it brings the heading of the page.
    Headed,
    /// One state, because it is the top of the page.
    Top,
}

pub const PAGES: &[Page] = &[
    Page { name: "button", kind: Kind::Together, states: button::STATES },
    Page { name: "cards", kind: Kind::Together, states: cards::STATES },
    Page { name: "changes", kind: Kind::Together, states: changes::STATES },
    Page { name: "checks", kind: Kind::Together, states: checks::STATES },
    Page { name: "choice", kind: Kind::Together, states: choice::STATES },
    Page { name: "copy", kind: Kind::Together, states: copy::STATES },
    Page { name: "course", kind: Kind::Together, states: course::STATES },
    Page { name: "crumbs", kind: Kind::First, states: crumbs::STATES },
    Page { name: "date", kind: Kind::Together, states: date::STATES },
    Page { name: "details", kind: Kind::Together, states: details::STATES },
    Page { name: "diagnosis", kind: Kind::Together, states: diagnosis::STATES },
    Page { name: "history", kind: Kind::Together, states: history::STATES },
    Page { name: "edit", kind: Kind::Together, states: edit::STATES },
    Page { name: "error_summary", kind: Kind::Headed, states: error_summary::STATES },
    Page { name: "facts", kind: Kind::Together, states: facts::STATES },
    Page { name: "field", kind: Kind::Together, states: field::STATES },
    Page { name: "heading", kind: Kind::Headed, states: heading::STATES },
    Page { name: "masthead", kind: Kind::Top, states: masthead::STATES },
    Page { name: "notice", kind: Kind::Together, states: notice::STATES },
    Page { name: "picker", kind: Kind::Together, states: picker::STATES },
    Page { name: "progress", kind: Kind::Together, states: progress::STATES },
    Page { name: "receipt", kind: Kind::Headed, states: receipt::STATES },
    Page { name: "recents", kind: Kind::Together, states: recents::STATES },
    Page { name: "risk", kind: Kind::Together, states: risk::STATES },
    Page { name: "rows", kind: Kind::Together, states: rows::STATES },
    Page { name: "select", kind: Kind::Together, states: select::STATES },
    Page { name: "simulated", kind: Kind::Top, states: simulated::STATES },
    Page { name: "summary", kind: Kind::Headed, states: summary::STATES },
];

impl Page {
    pub fn href(&self) -> String {
        ["#/", self.name].concat()
    }

    /// The address of one state.
    pub fn href_of(&self, index: usize) -> String {
        ["#/", self.name, "/", &(index + 1).to_string()].concat()
    }
}

/// Longer than any line, with no place to break.
const WORD: &str = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
/// A name of many parts.
const NAME: &str = "Amélie Christiane Marguerite d’Arcy-Dupont de la Fontaine-Saint-Exupéry";
const ARABIC: &str = "ليلى حسن عبد الرحمن";
const EMOJI: &str = "Zoë 🚀 Müller 👩🏽‍💻";
const ID: &str = "Y2lzY29zcGFyazovL3VzL01FTUJFUlNISVAvOGQ4ZTk2ZDItMWQ2Yi00ZjY5LWFmZjctODE2ZDU5YjQ1OTUy";

/// What is wrong with an answer.
fn wrong(words: &'static str) -> Signal<Option<String>> {
    Signal::stored(Some(words.to_string()))
}

/// Nothing is wrong with it.
fn right() -> Signal<Option<String>> {
    Signal::stored(None)
}

/// What stands in a control, and how it changes.
fn typed(text: &str) -> (Signal<String>, Callback<String>) {
    let typed = RwSignal::new(text.to_string());
    (typed.into(), Callback::new(move |text| typed.set(text)))
}

fn nothing<T: 'static>() -> Callback<T> {
    Callback::new(|_| ())
}

/// A component whose first button was pressed, or which was opened.
fn pressed(component: impl IntoAny) -> AnyView {
    let here = NodeRef::<Div>::new();
    here.on_load(|here| {
        if let Ok(Some(button)) = here.query_selector("button, summary")
            && let Some(button) = button.dyn_ref::<HtmlElement>()
        {
            button.click();
        }
    });
    view! { <div node_ref=here>{component.into_any()}</div> }.into_any()
}
