use leptos::prelude::*;

use super::choice::Answer;
use crate::ui::live::{act, live_flag};

/// A question with a few answers of which one is in sight: where the usual one is meant nearly always.
#[component]
pub fn Select(
    id: String,
    label: String,
    options: Vec<Answer>,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] on_choose: Callback<String>,
) -> impl IntoView {
    let option = move |answer: Answer| {
        let own = answer.value.clone();
        view! {
            <option value=answer.value disabled=answer.disabled prop:selected=live_flag(move || value.with(|value| *value == own))>
                {answer.words}
            </option>
        }
    };
    view! {
        <div class="field select">
            <label class="field__label" for=id.clone()>{label}</label>
            <select
                class="field__control"
                id=id
                on:change=act(move |event| on_choose.run(event_target_value(&event)))
            >
                {options.into_iter().map(option).collect_view()}
            </select>
        </div>
    }
}
