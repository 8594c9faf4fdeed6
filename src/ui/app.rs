use leptos::prelude::*;

use crate::browser::bundle::Handover;
use crate::browser::{document, own, storage};
use crate::desk::config::Config;
use crate::desk::route::Route;
use crate::desk::settings::{Kept, Settings};
use crate::desk::way::Way;
use crate::provider::Provider;
use crate::provider::server::Server;

use super::live::{later, live};
use super::page::doctor::DoctorPage;
use super::page::member::Member;
use super::page::settings::{SettingsPage, Typed};
use super::page::start::Start as Providers;
use super::page::trouble::{Trouble, Unknown};
use super::sessions::Sessions;
use super::shell::{Shell, SpokenShell, route};
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
            Err(missing) => Err(FileFaults::missing("config.json", missing)),
            Ok(text) => {
                Config::parse(&text).map_err(|faults| FileFaults { file: "config.json".to_string(), faults })
            }
        };
        start.set(match config {
            Ok(config) => {
                let (desk, sessions) = owner.with(|| (Desk::new(config, route), Sessions::new(handover)));
                // Nothing is painted before the language is known.
                desk.greet().await;
                Start::Ready(desk, sessions)
            }
            Err(faults) => Start::Trouble(faults),
        });
        document::clear_boot();
    });
    live(move || match start.get() {
        Start::Loading => ().into_any(),
        Start::Trouble(faults) => view! { <Shell route><Trouble faults whole=true/></Shell> }.into_any(),
        Start::Ready(desk, sessions) => {
            let page = live(move || page(desk, sessions)).into_any();
            view! { <SpokenShell desk page/> }.into_any()
        }
    })
}

/// One page; drawn anew in another language, with what was typed.
fn page(desk: Desk, sessions: Sessions) -> AnyView {
    let route = desk.route.get();
    // What is typed into the settings outlives a change of language.
    let typed = (route == Route::Settings).then(|| Typed::new(desk));
    let draw = move || match (&route, typed) {
        (Route::Home, _) => view! { <Providers desk sessions/> }.into_any(),
        (Route::Settings, Some(typed)) => view! { <SettingsPage desk sessions typed/> }.into_any(),
        (Route::Doctor, _) => view! { <DoctorPage desk sessions/> }.into_any(),
        (Route::Provider(id, link), _) if desk.offers(id) => {
            view! { <Member desk sessions id=id.clone() link=link.clone()/> }.into_any()
        }
        _ => view! { <Unknown/> }.into_any(),
    };
    live(move || {
        desk.language.track();
        draw()
    })
    .into_any()
}

/// Whether the first program says too little: a file is not right, or the way to a provider is out of the
/// ordinary, or this browser keeps members for Home to show. The second then takes the page at once.
pub fn is_needed(config: &str, providers: &[String]) -> bool {
    let Ok(config) = Config::parse(config) else { return true };
    let settings = match storage::settings().map(|text| Settings::parse(&text)) {
        Some(Kept::Read(settings)) => settings,
        _ => Settings::default(),
    };
    let is_ordinary = |text: &String| {
        let Ok(provider) = Provider::parse(text) else { return false };
        let way = |server: &Server| Way::find(&config, &settings, &provider, &server.slug);
        let mut servers = provider.servers.iter();
        // Where another server is, may not be known yet.
        servers.next().is_some_and(|first| way(first).is_ok_and(|way| way.is_ordinary()))
            && servers.all(|other| way(other).is_ok_and(|way| way.is_ordinary()) || way(other).is_err())
    };
    let listed = || Route::parse(&document::hash()) == Route::Home && storage::recents().is_some();
    config.providers.is_empty() || listed() || !providers.iter().all(is_ordinary)
}
