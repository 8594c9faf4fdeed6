use leptos::prelude::*;

use crate::browser::document;
use crate::browser::language::own_name;
use crate::ui::component::choice::{Answer, Choice};
use crate::ui::live::{later, some};
use crate::ui::sessions::Sessions;
use crate::ui::state::Desk;
use crate::words::say;

use super::keep;

/// The choice of a language; nothing where only one is offered. It holds at once.
pub fn language(desk: Desk, sessions: Sessions) -> AnyView {
    let offered = desk.config.with_value(|config| config.languages.clone());
    let answer =
        |tag: &String| Answer { value: tag.clone(), words: own_name(tag), hint: None, disabled: false };
    let options: Vec<Answer> = offered.iter().map(answer).collect();
    let kept = desk.settings.with_untracked(|settings| settings.language.clone());
    let chosen = RwSignal::new(kept.unwrap_or_else(|| desk.language.get_untracked()));
    // Its file did not come.
    let silent = RwSignal::new(false);
    let choose = Callback::new(move |tag: String| {
        chosen.set(tag.clone());
        silent.set(false);
        keep(desk, |settings| settings.language = Some(tag.clone()));
        let index = offered.iter().position(|own| *own == tag).unwrap_or_default();
        later(async move {
            if !sessions.speak(desk, &tag).await {
                return;
            }
            if desk.language.get_untracked() == tag {
                // All was drawn anew, this choice too.
                document::focus_control_later([ID, "-", &index.to_string()].concat());
            } else {
                silent.try_set(true);
            }
        });
    });
    let error =
        Signal::derive(move || silent.get().then(|| say::language_silent(own_name(&chosen.get())).text()));
    some((options.len() > 1).then(|| {
        view! {
            <Choice
                id=ID.to_string()
                legend=say::language_title().text()
                hint=None
                options
                error
                value=chosen
                on_choose=choose
            />
        }
    }))
}

const ID: &str = "language";
