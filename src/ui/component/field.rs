use leptos::prelude::*;

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
    let (has_hint, has_held) = (hint.is_some(), held.is_some());
    let described = {
        let (hint_id, error_id, held_id) = (hint_id.clone(), error_id.clone(), held_id.clone());
        move || {
            let mut ids = Vec::new();
            if has_hint {
                ids.push(hint_id.as_str());
            }
            if error.with(Option::is_some) {
                ids.push(&error_id);
            }
            if has_held {
                ids.push(&held_id);
            }
            (!ids.is_empty()).then(|| ids.join(" "))
        }
    };
    let shown = RwSignal::new(false);
    let kind = move || {
        if secret && !shown.get() {
            "password"
        } else {
            "text"
        }
    };
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
            aria-invalid=move || error.with(Option::is_some).then_some("true")
            aria-describedby=described
            prop:value=move || value.get()
            on:input=move |event| on_input.run(event_target_value(&event))
        />
    };
    let control = if secret {
        let label = label.clone();
        let toggle = move || if shown.get() { "Hide" } else { "Show" };
        view! {
            <div class="field__with">
                {control}
                <button
                    type="button"
                    class="button"
                    data-kind="secondary"
                    aria-pressed=move || if shown.get() { "true" } else { "false" }
                    on:click=move |_| shown.update(|shown| *shown = !*shown)
                >
                    {toggle}
                    <span class="visually-hidden">" " {label}</span>
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
            {hint.map(|hint| view! { <p class="field__hint" id=hint_id>{hint}</p> })}
            <FieldError id=error_id error=error/>
            {held.map(|held| view! { <p class="field__held" id=held_id>"On file: " <b>{held}</b></p> })}
            {control}
        </div>
    }
}

/// The words beside a control. People who listen hear "Error:" before them.
#[component]
pub fn FieldError(id: String, #[prop(into)] error: Signal<Option<String>>) -> impl IntoView {
    move || {
        let id = id.clone();
        error.get().map(|words| {
            view! {
                <p class="field__error" id=id>
                    <span class="visually-hidden">"Error: "</span>
                    {words}
                </p>
            }
        })
    }
}
