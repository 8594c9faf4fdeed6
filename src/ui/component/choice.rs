use leptos::prelude::*;

use super::field::{FieldError, described};
use crate::ui::live::{act, live_flag, some};

/// One of the answers to choose from.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// What it is in a draft; `keep` for leaving it as it is.
    pub value: String,
    pub words: String,
    pub hint: Option<String>,
    /// It is there to be seen, and cannot be chosen; the hint says why.
    pub disabled: bool,
}

/// A question with a few answers, all of them in sight.
#[component]
pub fn Choice(
    id: String,
    legend: String,
    #[prop(optional_no_strip)] hint: Option<String>,
    options: Vec<Answer>,
    #[prop(into)] error: Signal<Option<String>>,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] on_choose: Callback<String>,
) -> impl IntoView {
    let hint_id = [id.as_str(), "-hint"].concat();
    let error_id = [id.as_str(), "-error"].concat();
    let described = described(hint.is_some().then(|| hint_id.clone()), error_id.clone(), error, None);
    let name = id.clone();
    let option = move |(index, option): (usize, Answer)| {
        let id = [name.as_str(), "-", &index.to_string()].concat();
        let hint_id = [id.as_str(), "-hint"].concat();
        let (wire, of, chosen) = (option.value.clone(), option.value.clone(), option.value);
        view! {
            <div class="choice__option">
                <input
                    class="choice__input"
                    type="radio"
                    name=name.clone()
                    id=id.clone()
                    value=wire
                    disabled=option.disabled
                    aria-describedby=option.hint.is_some().then(|| hint_id.clone())
                    prop:checked=live_flag(move || value.with(|value| *value == of))
                    on:change=act(move |_| on_choose.run(chosen.clone()))
                />
                <label class="choice__label" for=id>{option.words}</label>
                {some(option.hint.map(|hint| view! { <span class="choice__hint" id=hint_id>{hint}</span> }))}
            </div>
        }
    };
    view! {
        <fieldset class="choice" id=id.clone() aria-describedby=described>
            <legend class="choice__legend">{legend}</legend>
            {some(hint.map(|hint| view! { <p class="choice__hint" id=hint_id>{hint}</p> }))}
            <FieldError id=error_id error=error/>
            <div class="choice__options">{options.into_iter().enumerate().map(option).collect_view()}</div>
        </fieldset>
    }
}
