use leptos::prelude::*;

use crate::ui::live::{HERE, Live, act, around, live_attribute, live_some, live_text, some};
use crate::words::say;

/// One question with a box to type into: label, hint, error, what is on file, control.
#[component]
pub fn Field(
    /// The id of the control; links of an error summary lead to it.
    id: String,
    label: String,
    #[prop(optional_no_strip)] hint: Option<String>,
    /// What is on file, in words.
    #[prop(optional_no_strip)]
    held: Option<String>,
    /// What is wrong with the answer, if it is time to say so.
    #[prop(into)]
    error: Signal<Option<String>>,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] on_input: Callback<String>,
    /// An id, an address or a token: shown letter by letter.
    #[prop(optional)]
    code: bool,
    /// Hidden until it is asked to show.
    #[prop(optional)]
    secret: bool,
) -> impl IntoView {
    let part = |part: &str| [id.as_str(), "-", part].concat();
    let (hint_id, error_id, held_id) = (part("hint"), part("error"), part("held"));
    let (error_part, invalid) = (error_id.clone(), error);
    let before = hint.is_some().then(|| hint_id.clone());
    let after = held.is_some().then(|| held_id.clone());
    let described = described(before, error_part, error, after);
    let shown = RwSignal::new(false);
    // What is typed next into an emptied box is another secret.
    if secret {
        Effect::new(move |_| {
            if value.with(String::is_empty) {
                shown.set(false);
            }
        });
    }
    let kind = live_text(move || if secret && !shown.get() { "password" } else { "text" }.to_string());
    let control = view! {
        <input
            class="field__control"
            id=id.clone()
            type=kind
            data-kind=code.then_some("code")
            data-secret=secret.then_some("")
            autocomplete="off"
            spellcheck="false"
            autocapitalize="off"
            aria-invalid=live_attribute(move || mark(invalid.with(Option::is_some)))
            aria-describedby=described
            prop:value=live_text(move || value.get())
            on:input=act(move |event| on_input.run(event_target_value(&event)))
        />
    };
    let control = if secret {
        let toggle =
            live_text(move || if shown.get() { say::field_hide() } else { say::field_show() }.text());
        let label = label.clone();
        let name = live_attribute(move || {
            let says = if shown.get() { say::field_hide_it } else { say::field_show_it };
            Some(says(&label).text())
        });
        view! {
            <div class="field__with">
                {control}
                <button
                    type="button"
                    class="button"
                    data-kind="secondary"
                    aria-label=name
                    on:click=act(move |_| shown.update(|shown| *shown = !*shown))
                >
                    {toggle}
                </button>
            </div>
        }
        .into_any()
    } else {
        control.into_any()
    };
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>{label}</label>
            {some(hint.map(|hint| view! { <p class="field__hint" id=hint_id>{hint}</p> }))}
            <FieldError id=error_id error/>
            {some(held.map(|held| on_file("field__held", held_id, held)))}
            {control}
        </div>
    }
}

/// What is on file, beside a control.
pub fn on_file(class: &'static str, id: String, held: String) -> AnyView {
    let words = around(&say::field_held(HERE), view! { <b>{held}</b> });
    view! { <p class=class id=id>{words}</p> }.into_any()
}

/// "true" for an ARIA attribute that is there only if it holds.
pub fn mark(holds: bool) -> Option<String> {
    holds.then(|| "true".to_string())
}

/// The ids of what describes a control, its error among them while there is one.
pub fn described(
    before: Option<String>,
    error_id: String,
    error: Signal<Option<String>>,
    after: Option<String>,
) -> Live<Option<String>> {
    live_attribute(move || {
        let error = error.with(Option::is_some).then_some(&error_id);
        let ids: Vec<&str> = before.iter().chain(error).chain(&after).map(String::as_str).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    })
}

/// The words beside a control. People who listen hear "Error:" before them.
#[component]
pub fn FieldError(id: String, #[prop(into)] error: Signal<Option<String>>) -> impl IntoView {
    live_some(move || {
        let id = id.clone();
        error.get().map(|words| {
            view! {
                <p class="field__error" id=id>
                    <span class="visually-hidden">{say::field_error()} {" "}</span>
                    {words}
                </p>
            }
        })
    })
}
