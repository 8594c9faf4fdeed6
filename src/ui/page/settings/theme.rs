use leptos::prelude::*;

use crate::desk::settings::Theme;
use crate::ui::component::choice::{Answer, Choice};
use crate::ui::page::connect::no_error;
use crate::words::{Words, say};

use super::Typed;

pub fn words(theme: Option<Theme>) -> Words {
    match theme {
        None => say::settings_theme_system(),
        Some(Theme::Light) => say::settings_theme_light(),
        Some(Theme::Dark) => say::settings_theme_dark(),
    }
}

/// Light or dark.
#[component]
pub fn ThemeQuestion(typed: Typed) -> impl IntoView {
    let answer = |theme: Option<Theme>| Answer {
        value: theme.map_or("", Theme::name).to_string(),
        words: words(theme).text(),
        hint: None,
    };
    view! {
        <Choice
            id="theme".to_string()
            legend=say::settings_theme().text()
            hint=None
            options=[None, Some(Theme::Light), Some(Theme::Dark)].map(answer).to_vec()
            error=no_error()
            value=typed.theme
            on_choose=typed.into(typed.theme)
        />
    }
}
