use leptos::prelude::*;
use memberdesk::ui::component::choice::Answer;
use memberdesk::ui::component::select::Select;

use super::{State, WORD};

pub const STATES: &[State] = &[
    ("as it is", || select("plain", &["The last 7 days", "The last 30 days", "The last 90 days"], "1")),
    ("long words", || select("long", &["Short", WORD], "1")),
];

fn select(id: &'static str, words: &[&str], chosen: &'static str) -> AnyView {
    let answer = |(index, words): (usize, &&str)| Answer {
        value: index.to_string(),
        words: words.to_string(),
        hint: None,
        disabled: false,
    };
    let options = words.iter().enumerate().map(answer).collect();
    let value = RwSignal::new(chosen.to_string());
    let choose = Callback::new(move |own| value.set(own));
    let (id, label) = (["select-", id].concat(), "How far back".to_string());
    view! { <Select id label options value on_choose=choose/> }.into_any()
}
