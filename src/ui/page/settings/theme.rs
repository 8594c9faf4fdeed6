use leptos::prelude::*;

use crate::browser::document;
use crate::desk::settings::{Settings, Theme};
use crate::ui::component::choice::{Answer, Choice};
use crate::ui::page::connect::no_error;
use crate::ui::state::Desk;
use crate::words::{Words, say};

use super::keep;

pub fn words(theme: Option<Theme>) -> Words {
    match theme {
        None => say::settings_theme_system(),
        Some(Theme::Light) => say::settings_theme_light(),
        Some(Theme::Dark) => say::settings_theme_dark(),
    }
}

/// Light or dark. It holds at once.
#[component]
pub fn ThemeQuestion(desk: Desk) -> impl IntoView {
    let name = |settings: &Settings| settings.theme.map_or("", Theme::name).to_string();
    let chosen = Signal::derive(move || desk.settings.with(name));
    let choose = Callback::new(move |name: String| {
        let theme = Theme::parse(&name);
        document::set_theme(theme.map(Theme::name));
        keep(desk, |settings| settings.theme = theme);
    });
    let answer = |theme: Option<Theme>| Answer {
        value: theme.map_or("", Theme::name).to_string(),
        words: words(theme).text(),
        hint: None,
        disabled: false,
    };
    view! {
        <Choice
            id="theme".to_string()
            legend=say::settings_theme().text()
            hint=None
            options=[None, Some(Theme::Light), Some(Theme::Dark)].map(answer).to_vec()
            error=no_error()
            value=chosen
            on_choose=choose
        />
    }
}
