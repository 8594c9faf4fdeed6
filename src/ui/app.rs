use leptos::prelude::*;

use crate::browser::bundle::Handover;
use crate::browser::{document, own, storage};
use crate::desk::config::Config;
use crate::desk::route::Route;
use crate::desk::settings::{Kept, Settings};
use crate::desk::way::Way;
use crate::provider::Provider;

use super::live::{later, live};
use super::page::member::Member;
use super::page::settings::SettingsPage;
use super::page::start::Start as Providers;
use super::page::trouble::{Trouble, Unknown};
use super::sessions::Sessions;
use super::shell::{Shell, route};
use super::state::{Desk, FileFaults};

/// What there is to show before, and after, the owner's configuration was read.
#[derive(Clone)]
enum Start {
    Loading,
    Trouble(FileFaults),
    Ready(Desk, Sessions),
}

/// The second program: it reads the owner's configuration, and shows every page.
#[component]
pub fn App(handover: Option<Handover>) -> impl IntoView {
    let route = route();
    let owner = Owner::current().unwrap_or_default();
    let start = RwSignal::new(Start::Loading);
    later(async move {
        let config = match own::text("config.json").await {
            Err(says) => Err(FileFaults::missing("config.json", says.text())),
            Ok(text) => {
                Config::parse(&text).map_err(|faults| FileFaults { file: "config.json".to_string(), faults })
            }
        };
        start.set(match config {
            Ok(config) => owner.with(|| Start::Ready(Desk::new(config, route), Sessions::new(handover))),
            Err(faults) => Start::Trouble(faults),
        });
        document::clear_boot();
    });
    let page = live(move || match start.get() {
        Start::Loading => ().into_any(),
        Start::Trouble(faults) => view! { <Trouble faults whole=true/> }.into_any(),
        Start::Ready(desk, sessions) => live(move || page(desk, sessions)).into_any(),
    });
    view! { <Shell route>{page}</Shell> }
}

fn page(desk: Desk, sessions: Sessions) -> AnyView {
    match desk.route.get() {
        Route::Home => view! { <Providers desk sessions/> }.into_any(),
        Route::Settings => view! { <SettingsPage desk sessions/> }.into_any(),
        Route::Provider(id, link) if desk.offers(&id) => view! { <Member desk sessions id link/> }.into_any(),
        Route::Provider(..) | Route::Unknown => view! { <Unknown/> }.into_any(),
    }
}

/// Whether the first program says too little: a file is not right, or the way to a provider is out of the
/// ordinary. The second then takes the page at once.
pub fn is_needed(config: &str, providers: &[String]) -> bool {
    let Ok(config) = Config::parse(config) else { return true };
    let settings = match storage::settings().map(|text| Settings::parse(&text)) {
        Some(Kept::Read(settings)) => settings,
        _ => Settings::default(),
    };
    let is_ordinary = |text: &String| {
        let Ok(provider) = Provider::parse(text) else { return false };
        let server = provider.servers.first().map_or("", |server| &server.slug);
        let way = Way::find(&config, &settings, &provider, server);
        way.is_ok_and(|way| !way.is_in_clear() && !way.is_foreign())
    };
    config.providers.is_empty() || !providers.iter().all(is_ordinary)
}
