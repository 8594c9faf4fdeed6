use leptos::prelude::*;

use super::field::{FieldError, described, mark};
use crate::ui::live::{HERE, act, around, live_attribute, live_flag, live_text};
use crate::words::{Words, say};

/// How a risk is taken on.
#[derive(Clone, Debug, PartialEq)]
pub enum Take {
    /// It is only said.
    Read,
    Tick,
    /// These words are typed.
    Type(String),
}

/// Something that the change brings with it: to read, to take on by a tick, or by typing what it is about.
#[component]
pub fn Risk(
    id: String,
    says: Words,
    take: Take,
    #[prop(into)] error: Signal<Option<String>>,
    /// What was typed, or "yes" for a tick.
    #[prop(into)]
    given: Signal<String>,
    #[prop(into)] on_give: Callback<String>,
) -> impl IntoView {
    let error_id = [id.as_str(), "-error"].concat();
    let text_id = [id.as_str(), "-text"].concat();
    let described = described(Some(text_id.clone()), error_id.clone(), error, None);
    let invalid = live_attribute(move || mark(error.with(Option::is_some)));
    let kind = match &take {
        Take::Read => "note",
        Take::Tick => "tick",
        Take::Type(_) => "type",
    };
    let control = match take {
        Take::Read => ().into_any(),
        Take::Tick => view! {
            <label class="risk__label">
                <input
                    class="risk__tick"
                    type="checkbox"
                    id=id
                    aria-describedby=described
                    aria-invalid=invalid
                    prop:checked=live_flag(move || given.with(|given| given == "yes"))
                    on:change=act(move |event| {
                        let on = event_target_checked(&event);
                        on_give.run(if on { "yes" } else { "" }.to_string());
                    })
                />
                {say::risk_agree()}
            </label>
        }
        .into_any(),
        Take::Type(words) => view! {
            <div class="risk__typed field">
                <label class="field__label" for=id.clone()>
                    {around(&say::risk_type(HERE), view! { <b class="risk__words">{words}</b> })}
                </label>
                <input
                    class="field__control"
                    type="text"
                    id=id
                    autocomplete="off"
                    spellcheck="false"
                    aria-describedby=described
                    aria-invalid=invalid
                    prop:value=live_text(move || given.get())
                    on:input=act(move |event| on_give.run(event_target_value(&event)))
                />
            </div>
        }
        .into_any(),
    };
    view! {
        <div class="risk" data-confirm=kind>
            <p class="risk__text" id=text_id>{says}</p>
            <FieldError id=error_id error=error/>
            {control}
        </div>
    }
}
