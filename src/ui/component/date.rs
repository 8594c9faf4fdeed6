use leptos::prelude::*;

use super::field::{FieldError, described, mark, on_file};
use crate::ui::live::{act, live_attribute, live_text, some};
use crate::words::{Words, say};

/// A date in three boxes, so that nobody can take the day for the month.
#[component]
pub fn Date(
    id: String,
    legend: String,
    #[prop(optional_no_strip)] hint: Option<String>,
    /// What is on file, in words.
    held: String,
    #[prop(into)] error: Signal<Option<String>>,
    /// `YYYY-MM-DD`, or as much of it as was typed.
    value: String,
    #[prop(into)] on_input: Callback<String>,
) -> impl IntoView {
    let part = |part: &str| [id.as_str(), "-", part].concat();
    let (hint_id, error_id, held_id) = (part("hint"), part("error"), part("held"));
    let mut texts = value.splitn(3, '-').map(str::to_string).collect::<Vec<_>>();
    texts.resize(3, String::new());
    let typed = RwSignal::new(texts);
    let put = move |index: usize, text: String| {
        typed.update(|all| all[index] = text.trim().to_string());
        let [year, month, day] = [0, 1, 2].map(|index| typed.with_untracked(|all| all[index].clone()));
        let blank = year.is_empty() && month.is_empty() && day.is_empty();
        let padded = |text: String| if text.len() == 1 { ["0", &text].concat() } else { text };
        on_input.run(if blank { String::new() } else { [year, padded(month), padded(day)].join("-") });
    };
    let text_box = |name: &'static str, label: Words, index: usize| {
        let id = part(name);
        let invalid = live_attribute(move || mark(error.with(Option::is_some)));
        view! {
            <div class="date__part" data-part=name>
                <label class="date__label" for=id.clone()>{label}</label>
                <input
                    class="field__control"
                    id=id
                    type="text"
                    inputmode="numeric"
                    autocomplete="off"
                    aria-invalid=invalid
                    aria-describedby=described(None, error_id.clone(), error, None)
                    prop:value=live_text(move || typed.with(|all| all[index].clone()))
                    on:input=act(move |event| put(index, event_target_value(&event)))
                />
            </div>
        }
    };
    let boxes = [
        text_box("day", say::date_box_day(), 2),
        text_box("month", say::date_box_month(), 1),
        text_box("year", say::date_box_year(), 0),
    ];
    let of_hint = hint.is_some().then(|| hint_id.clone());
    let described = described(of_hint, error_id.clone(), error, Some(held_id.clone()));
    view! {
        <fieldset class="date" id=id.clone() aria-describedby=described>
            <legend class="field__label">{legend}</legend>
            {some(hint.map(|hint| view! { <p class="field__hint" id=hint_id>{hint}</p> }))}
            <FieldError id=error_id error/>
            {on_file("date__held", held_id, held)}
            <div class="date__parts">{boxes.collect_view()}</div>
        </fieldset>
    }
}
