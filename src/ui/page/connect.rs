use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::browser::document;
use crate::provider::Face;
use crate::ui::component::choice::{Answer, Choice};
use crate::ui::component::field::{Field, mark};
use crate::ui::component::heading::Heading;
use crate::ui::live::{act, live_attribute, live_some, some};

/// The id of the box for the credential.
pub const ID: &str = "token";

/// What is typed into the first form. Once a credential is accepted, nothing of it stays here.
#[derive(Clone, Copy)]
pub struct Typed {
    pub server: RwSignal<String>,
    pub secret: RwSignal<String>,
    /// It is being tested.
    pub busy: RwSignal<bool>,
}

impl Default for Typed {
    fn default() -> Typed {
        Typed {
            server: RwSignal::new(String::new()),
            secret: RwSignal::new(String::new()),
            busy: RwSignal::new(false),
        }
    }
}

/// Which server, and with which credential: the first form that anybody fills in.
#[component]
pub fn ConnectForm(
    face: Face,
    typed: Typed,
    /// What is wrong with the credential.
    error: Option<Signal<Option<String>>>,
    /// What is to be said before the form.
    above: AnyView,
    on_connect: Callback<()>,
) -> impl IntoView {
    document::set_title(&["Connect to ", &face.name, " – Memberdesk"].concat());
    if let Some(first) = face.servers.first()
        && typed.server.with_untracked(String::is_empty)
    {
        typed.server.set(first.slug.clone());
    }
    let servers = (face.servers.len() > 1).then(|| {
        let answers = face.servers.iter().map(|server| Answer {
            value: server.slug.clone(),
            words: server.label.clone(),
            hint: server.address.clone(),
        });
        view! {
            <Choice
                id="server".to_string()
                legend="Server".to_string()
                hint=None
                options=answers.collect()
                error=no_error()
                value=typed.server
                on_choose=Callback::new(move |slug| typed.server.set(slug))
            />
        }
    });
    let title = ["Connect to ", &face.name].concat();
    view! {
        <Heading caption=face.name.clone() title lede=face.about.clone()/>
        {above}
        <CredentialForm face typed error=error.unwrap_or_else(no_error) servers=some(servers) on_connect/>
    }
}

/// The box for the credential and the button.
#[component]
pub fn CredentialForm(
    face: Face,
    typed: Typed,
    error: Signal<Option<String>>,
    servers: AnyView,
    on_connect: Callback<()>,
) -> impl IntoView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        on_connect.run(());
    };
    let asking = ["Asking ", &face.name, " …"].concat();
    let progress = live_some(move || {
        let asking = asking.clone();
        typed.busy.get().then(|| view! { <p class="progress" role="status">{asking}</p> })
    });
    let sign_in = face.sign_in.first();
    let (label, hint) = sign_in.map(|way| (way.label.clone(), way.hint.clone())).unwrap_or_default();
    let promise =
        ["It stays in this tab until you close it, and is only used for ", &face.name, "."].concat();
    view! {
        <form class="stack" novalidate on:submit=act(submit)>
            {servers}
            <Field
                id=ID.to_string()
                label
                hint
                held=None
                error
                value=typed.secret
                on_input=Callback::new(move |text| typed.secret.set(text))
                code=true
                secret=true
            />
            <p class="quiet">{promise}</p>
            <button class="button" type="submit" aria-busy=live_attribute(move || mark(typed.busy.get()))>
                {"Connect"}
            </button>
            {progress}
        </form>
    }
}

pub fn no_error() -> Signal<Option<String>> {
    Signal::derive(|| None)
}
