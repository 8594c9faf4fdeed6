use std::time::Duration;

use leptos::prelude::*;

use crate::desk::config::TIME_LIMITS;
use crate::desk::origin;
use crate::desk::settings::Settings;
use crate::ui::component::field::Field;
use crate::words::say;

use super::{Typed, Wrong};

const ID: &str = "time-limit";

/// What stands in the box at first.
pub fn text(settings: &Settings) -> String {
    settings.time_limit.map(|limit| limit.as_secs().to_string()).unwrap_or_default()
}

pub fn read(text: &str, wrong: &mut Wrong) -> Option<Duration> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let seconds = text.parse().ok().filter(|seconds| TIME_LIMITS.contains(seconds));
    if seconds.is_none() {
        wrong.push((ID.to_string(), say::settings_limit_wrong()));
    }
    seconds.map(Duration::from_secs)
}

/// How long an answer may take.
#[component]
pub fn LimitQuestion(typed: Typed) -> impl IntoView {
    let usual = typed.desk.config.with_value(|config| origin::owners_time_limit(config).value.as_secs());
    view! {
        <Field
            id=ID.to_string()
            label=say::settings_limit().text()
            hint=Some(say::settings_limit_hint(usual as usize).text())
            held=None
            error=typed.error_of(ID)
            value=typed.limit
            on_input=typed.into(typed.limit)
        />
    }
}
