//! The first program: it paints the providers and the first form, and hands over when that is sent.
//!
//! It is small because it cannot do more: it knows of a provider only its face, and whatever is out of the
//! ordinary, a mistake in a file or a sample to offer, is for the second.

use leptos::prelude::*;

use crate::browser::bundle::{Handover, carry_on, hold};
use crate::browser::json::{self, Json};
use crate::browser::{document, own};
use crate::desk::route::Route;
use crate::provider::Face;
use crate::provider::tree::Tree;

use super::component::crumbs::Crumbs;
use super::live::{later, live};
use super::page::connect::{ConnectForm, Typed};
use super::page::home::{Home, first_step};
use super::shell::{Shell, route};
use crate::words::say;

#[component]
pub fn Front() -> impl IntoView {
    let route = route();
    let offered = RwSignal::new(None::<Vec<String>>);
    later(async move {
        match own::text("config.json").await.ok().and_then(|text| plain(&text)) {
            Some(providers) => offered.set(Some(providers)),
            None => carry_on(None),
        }
        document::clear_boot();
    });
    let page = live(move || match (offered.get(), route.get()) {
        (None, _) => ().into_any(),
        (Some(ids), Route::Home) => view! { <FirstHome ids/> }.into_any(),
        // A link to a member asks for more than the first form.
        (Some(ids), Route::Provider(id, link)) if link.is_empty() && ids.contains(&id) => {
            view! { <FirstForm id/> }.into_any()
        }
        _ => {
            carry_on(None);
            ().into_any()
        }
    });
    view! { <Shell route>{page}</Shell> }
}

/// The providers of a configuration that asks for nothing out of the ordinary.
fn plain(config: &str) -> Option<Vec<String>> {
    let config = json::parse(config)?;
    let lacks = |own: &Json, keys: &[&str]| keys.iter().all(|key| own.get(key).is_none());
    // Such a proxy asks for more, or for less.
    let asks_as_ever = |proxy: Json| lacks(&proxy, &["token", "access_token", "public"]);
    let proxies = config.get("proxies").map(|all| all.entries()).unwrap_or_default();
    let ordinary = lacks(&config, &["samples", "simulated", "connections"])
        && proxies.into_iter().map(|(_, own)| own).chain(config.get("proxy")).all(asks_as_ever);
    let providers = config.get("providers").filter(|_| ordinary)?;
    providers.list().iter().map(|id| id.text()).collect()
}

/// What one must know of a provider; the second program says what is wrong if it cannot be known.
async fn face(id: &str) -> Option<Face> {
    let text = own::text(&["providers/", id, ".json"].concat()).await.ok();
    let face = text.and_then(|text| Face::of(&json::parse(&text)?)).filter(|face| face.id == id);
    if face.is_none() {
        carry_on(None);
    }
    face
}

#[component]
fn FirstHome(ids: Vec<String>) -> impl IntoView {
    let offers = RwSignal::new(Vec::new());
    let count = ids.len();
    let come = StoredValue::new(vec![None::<Face>; count]);
    // All are asked for at once, and shown at once: nothing moves while somebody reads.
    for (index, id) in ids.into_iter().enumerate() {
        later(async move {
            let Some(face) = face(&id).await else { return };
            _ = come.try_update_value(|all| all[index] = Some(face));
            let all = come.try_with_value(|all| all.iter().cloned().collect::<Option<Vec<Face>>>()).flatten();
            _ = all.map(|all| offers.try_set(all.into_iter().map(|face| (face, None)).collect()));
        });
    }
    view! { <Home offers count=Signal::derive(move || count) above=first_step() below=().into_any()/> }
}

#[component]
fn FirstForm(id: String) -> impl IntoView {
    let typed = Typed::default();
    let loaded = RwSignal::new(None::<Face>);
    let of = id.clone();
    let now = move |connect: bool| Handover {
        provider: of.clone(),
        server: typed.server.try_get_untracked().unwrap_or_default(),
        way: typed.way.try_get_untracked().unwrap_or_default(),
        values: typed.values.try_get_untracked().unwrap_or_default(),
        connect,
    };
    let held = now.clone();
    hold(move || held(false));
    let connect = Callback::new(move |()| {
        typed.busy.set(true);
        carry_on(Some(now(true)));
    });
    later(async move {
        loaded.set(face(&id).await);
    });
    live(move || {
        match loaded.get() {
        None => ().into_any(),
        Some(face) => view! {
            <div class="stack" data-gap="large">
                <Crumbs step=0/>
                <ConnectForm face typed which=say::connect_server() errors=Signal::derive(Vec::new) above=().into_any() on_connect=connect/>
            </div>
        }
        .into_any(),
    }
    })
}
