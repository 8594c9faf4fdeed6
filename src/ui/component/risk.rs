use leptos::prelude::*;

use super::field::{FieldError, described, mark};
use crate::ui::live::{act, live_attribute, live_flag, some};

/// Something that the change brings with it: to read, or to take on by a tick.
#[component]
pub fn Risk(
    id: String,
    says: String,
    /// It must be taken on before the change can be sent.
    tick: bool,
    #[prop(into)] error: Signal<Option<String>>,
    #[prop(into)] taken: Signal<bool>,
    #[prop(into)] on_take: Callback<bool>,
) -> impl IntoView {
    let error_id = [id.as_str(), "-error"].concat();
    let text_id = [id.as_str(), "-text"].concat();
    let error_part = error_id.clone();
    let label = tick.then(|| {
        view! {
            <FieldError id=error_id error=error/>
            <label class="risk__label">
                <input
                    class="risk__tick"
                    type="checkbox"
                    id=id
                    aria-describedby=described(Some(text_id.clone()), error_part, error, None)
                    aria-invalid=live_attribute(move || mark(error.with(Option::is_some)))
                    prop:checked=live_flag(move || taken.get())
                    on:change=act(move |event| on_take.run(event_target_checked(&event)))
                />
                {"I understand, and want to go on"}
            </label>
        }
    });
    view! {
        <div class="risk" data-confirm=if tick { "tick" } else { "note" }>
            <p class="risk__text" id=text_id>{says}</p>
            {some(label)}
        </div>
    }
}
