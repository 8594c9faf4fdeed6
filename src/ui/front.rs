//! The first program: it paints the providers and the first form, and hands over when that is sent.
//!
//! It is small because it cannot do more. Everything that reads or changes a record is in the second.

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::{Map, Value as Json};

use crate::browser::bundle::{Handover, carry_on};
use crate::desk::config::Sample;
use crate::desk::route::Route;

use super::component::crumbs::Crumbs;
use super::credential::Credential;
use super::live::live;
use super::page::connect::Connect;
use super::page::home::Home;
use super::page::trouble::Trouble;
use super::state::{Desk, FileFaults};

pub fn page(desk: Desk, route: Route) -> AnyView {
    match route {
        Route::Home => view! { <Home desk/> }.into_any(),
        Route::Provider(id) if desk.offers(&id) => view! { <First desk id/> }.into_any(),
        _ => {
            carry_on(None);
            ().into_any()
        }
    }
}

/// The first form of a provider.
#[component]
fn First(desk: Desk, id: String) -> impl IntoView {
    let server = RwSignal::new(String::new());
    let credential = Credential::new();
    let identity = RwSignal::new(String::from("{}"));
    let of = id.clone();
    let connect = Callback::new(move |()| {
        if credential.attempt().is_some() && !credential.busy.get_untracked() {
            credential.busy.set(true);
            carry_on(Some(Handover {
                provider: of.clone(),
                server: server.get_untracked(),
                secret: credential.text.get_untracked(),
                identity: identity.get_untracked(),
            }));
        }
    });
    let sample = Callback::new(move |sample: Sample| {
        let keys = sample.identity.into_iter().map(|(key, text)| (key, Json::String(text)));
        identity.set(Json::Object(keys.collect::<Map<_, _>>()).to_string());
    });
    let loaded = RwSignal::new(None::<Result<_, FileFaults>>);
    spawn_local(async move {
        let provider = desk.face(&id).await;
        if let Some(first) = provider.as_ref().ok().and_then(|provider| provider.servers.first()) {
            server.set(first.slug.clone());
        }
        loaded.set(Some(provider));
    });
    live(move || match loaded.get() {
        None => ().into_any(),
        Some(Err(faults)) => view! { <Trouble faults whole=false/> }.into_any(),
        Some(Ok(provider)) => view! {
            <div class="stack" data-gap="large">
                <Crumbs step=0/>
                <Connect
                    desk
                    provider
                    server
                    credential
                    untested=RwSignal::new(None)
                    on_sample=sample
                    on_connect=connect
                />
            </div>
        }
        .into_any(),
    })
}
