use std::sync::Arc;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::browser::document;
use crate::change::answer::Reason;
use crate::desk::config::Sample;
use crate::provider::Face;
use crate::ui::component::choice::{Answer, Choice};
use crate::ui::component::error_summary::ErrorSummary;
use crate::ui::component::field::Field;
use crate::ui::component::field::mark;
use crate::ui::component::heading::Heading;
use crate::ui::component::notice::Notice;
use crate::ui::component::progress::Progress;
use crate::ui::credential::{Credential, ID, label, sign_in};
use crate::ui::live::{act, live_attribute, live_some, live_text, some};
use crate::ui::state::Desk;

/// Which server, and with which credential: the first form that anybody fills in.
#[component]
pub fn Connect(
    desk: Desk,
    provider: Arc<Face>,
    server: RwSignal<String>,
    credential: Credential,
    /// Why a credential could not be tested.
    untested: RwSignal<Option<Reason>>,
    /// A sample was chosen: its member is to be filled in too.
    on_sample: Callback<Sample>,
    on_connect: Callback<()>,
) -> impl IntoView {
    let name = provider.name.clone();
    document::set_title(&["Connect to ", &name, " – Memberdesk"].concat());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        untested.set(None);
        on_connect.run(());
    };
    let servers = (provider.servers.len() > 1).then(|| {
        let answers = provider.servers.iter().map(|server| Answer {
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
                value=server
                on_choose=Callback::new(move |slug| server.set(slug))
            />
        }
    });
    let samples = samples(desk, &provider, server, credential, on_sample);
    let way = {
        let provider = provider.clone();
        live_some(move || way(desk, &provider, &server.get()))
    };
    let not_connected = live_some(move || {
        untested.get().map(|reason| {
            view! {
                <Notice tone="warning" title="Not connected" found=true>
                    <p>{reason.says}</p>
                    <p>{reason.cure}</p>
                </Notice>
            }
        })
    });
    view! {
        <Heading caption=name.clone() title=["Connect to ", &name].concat() lede=provider.about.clone()/>
        <ErrorSummary errors=errors(provider.clone(), credential)/>
        {not_connected}
        {some(samples)}
        <form class="stack" novalidate on:submit=act(submit)>
            {some(servers)}
            {way}
            {credential_box(desk, provider, server, credential)}
        </form>
    }
}

pub fn no_error() -> Signal<Option<String>> {
    Signal::derive(|| None)
}

pub fn errors(provider: Arc<Face>, credential: Credential) -> Signal<Vec<(String, String)>> {
    Signal::derive(move || {
        credential.error(&provider).into_iter().map(|words| (ID.to_string(), words)).collect()
    })
}

/// The box for the credential, what becomes of it, and the button.
pub fn credential_box(
    desk: Desk,
    provider: Arc<Face>,
    server: RwSignal<String>,
    credential: Credential,
) -> impl IntoView {
    let name = provider.name.clone();
    let error = {
        let provider = provider.clone();
        Signal::derive(move || credential.error(&provider))
    };
    let asking = ["Asking ", &name, " …"].concat();
    let progress =
        live_some(move || credential.busy.get().then(|| view! { <Progress words=asking.clone()/> }));
    let (of, hint) =
        (label(&provider).to_string(), sign_in(&provider).and_then(|sign_in| sign_in.hint.clone()));
    let promise = live_text(move || {
        let through = desk.way(&provider, &server.get()).map(|way| way.proxy.name().to_string());
        let through = through.unwrap_or_else(|_| "no way yet".to_string());
        let words = ["It stays in this tab until you close it, and is only sent to ", &name, ", through "];
        [&words.concat(), &through as &str, "."].concat()
    });
    view! {
        <Field
            id=ID.to_string()
            label=of
            hint=hint
            held=None
            error
            value=credential.text
            on_input=Callback::new(move |text| credential.type_text(text))
            code=true
            secret=true
        />
        <p class="quiet">{promise}</p>
        <button class="button" type="submit" aria-busy=live_attribute(move || mark(credential.busy.get()))>{"Connect"}</button>
        {progress}
    }
}

/// What is wrong, or should be known, about how the chosen server is reached.
fn way(desk: Desk, provider: &Face, server: &str) -> Option<AnyView> {
    let (title, words) = match desk.way(provider, server) {
        Err(fault) => ("This server cannot be reached yet", fault.words()),
        Ok(way) if way.is_in_clear() => (
            "Part of the way is not encrypted",
            "An address on the way starts with http://. Others on the network could read the token."
                .to_string(),
        ),
        Ok(_) => return None,
    };
    let notice = view! {
        <Notice tone="warning" title=title>
            <p>{words}</p>
            <p><a href="#/settings">{"Open the settings"}</a></p>
        </Notice>
    };
    Some(notice.into_any())
}

/// Connections that are ready to try, where the owner offers some.
fn samples(
    desk: Desk,
    provider: &Face,
    server: RwSignal<String>,
    credential: Credential,
    on_sample: Callback<Sample>,
) -> Option<AnyView> {
    let mine = desk.config.with_value(|config| {
        let mine = config.samples.iter().filter(|sample| sample.provider == provider.id);
        mine.cloned().collect::<Vec<_>>()
    });
    if mine.is_empty() {
        return None;
    }
    let button = move |sample: Sample| {
        let label = sample.label.clone();
        let fill = move |_| {
            server.set(sample.server.clone());
            if let Some((_, token)) = sample.secrets.first() {
                credential.type_text(token.clone());
            }
            on_sample.run(sample.clone());
            document::focus("button[type=submit]");
        };
        view! { <button type="button" class="button" data-kind="secondary" on:click=act(fill)>{label}</button> }
    };
    let notice = view! {
        <Notice tone="info" title="Try it with a simulated member">
            <p>{"Each fills in a token and a member of a simulated provider on this machine. Nobody real is changed."}</p>
            <div class="cluster">{mine.into_iter().map(button).collect_view()}</div>
        </Notice>
    };
    Some(notice.into_any())
}
