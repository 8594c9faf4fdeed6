use std::sync::Arc;

use leptos::prelude::*;
use memberdesk::find::list::{Extent, Item};
use memberdesk::ui::component::picker::{Choices, IdPicker, Picker};

use super::{ARABIC, EMOJI, ID, NAME, State, WORD, nothing, right, wrong};

pub const STATES: &[State] = &[
    ("as it is", || picker("plain", few(), None, right())),
    ("with a hint in its status", || picker("reading", few(), Some("Still reading: 120 so far."), right())),
    ("with nothing in the list", || picker("empty", Vec::new(), Some("There is nobody here."), right())),
    ("with an error", || picker("error", few(), None, wrong("Choose a member."))),
    ("long names and words", || picker("long", long(), Some(WORD), right())),
    ("an ID that is chosen by name", || by_id("id", "m-2", right())),
    ("an ID that no list has", || by_id("unknown", "m-9", wrong("Check the ID."))),
    ("ten thousand", || picker("many", many(), None, right())),
];

fn few() -> Vec<(String, Option<String>)> {
    let all = [("Ada Lovelace", Some("ada@example.com")), ("Ada Lovelace", Some("ada@example.org"))];
    all.map(|(name, second)| (name.to_string(), second.map(str::to_string))).to_vec()
}

fn long() -> Vec<(String, Option<String>)> {
    [(NAME, Some(ID)), (WORD, Some(WORD)), (ARABIC, Some("member@example.com")), (EMOJI, None)]
        .map(|(name, second)| (name.to_string(), second.map(str::to_string)))
        .to_vec()
}

fn many() -> Vec<(String, Option<String>)> {
    (1..=10_000).map(|number| (format!("Member {number}"), Some(format!("m{number}@example.com")))).collect()
}

fn by_id(id: &'static str, value: &'static str, error: Signal<Option<String>>) -> AnyView {
    let item = |(id, name): (&str, &str)| Arc::new(Item::new(id.to_string(), Some(name.to_string()), None));
    let all = [("m-1", "Ada Lovelace"), ("m-2", "Grace Hopper"), ("m-3", ARABIC)].map(item).to_vec();
    let choices = Choices {
        items: Signal::stored(Arc::new(all)),
        progress: Signal::derive(|| None),
        extent: Signal::derive(|| Extent::Whole),
        is_like_id: Callback::new(|_| true),
        on_open: None,
    };
    let held = RwSignal::new(value.to_string());
    let (id, label) = (["picker-", id].concat(), "Member".to_string());
    let on_value = Callback::new(move |text| held.set(text));
    view! { <IdPicker id label hint=None choices error error_at=None on_enter=None value=held on_value on_doubt=nothing()/> }
        .into_any()
}

fn picker(
    id: &'static str,
    all: Vec<(String, Option<String>)>,
    progress: Option<&'static str>,
    error: Signal<Option<String>>,
) -> AnyView {
    let choice = |(index, (name, second)): (usize, (String, Option<String>))| {
        Arc::new(Item::new(index.to_string(), Some(name), second))
    };
    let all: Vec<Arc<Item>> = all.into_iter().enumerate().map(choice).collect();
    let text = RwSignal::new(String::new());
    let matches = Memo::new(move |_| {
        let typed = text.get().to_lowercase();
        let fits = |choice: &&Arc<Item>| choice.name.to_lowercase().contains(&typed);
        Arc::new(all.iter().filter(fits).cloned().collect::<Vec<_>>())
    });
    let progress = progress.map(str::to_string);
    let (id, label, hint) =
        (["picker-", id].concat(), "Member".to_string(), Some("A part of the name is enough.".to_string()));
    let extent = Signal::derive(|| Extent::Whole);
    view! { <Picker id label hint text matches progress extent error on_open=nothing() on_choose=nothing()/> }
        .into_any()
}
