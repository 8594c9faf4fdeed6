use std::sync::Arc;

use leptos::prelude::*;

use crate::desk::settings::Settings;
use crate::desk::way::Way;
use crate::provider::Provider;
use crate::provider::server::Server;
use crate::transport::Address;
use crate::ui::component::field::Field;
use crate::ui::live::{later, live, live_some};
use crate::ui::probe;
use crate::ui::state::Desk;
use crate::words::{Words, say};

use super::now;
use super::proxy::CONTROLS;
use super::trial::{Finding, Trial, attempt};
use super::{Typed, Wrong};

/// A server that is offered, and the address that is typed for it.
#[derive(Clone)]
pub struct Place {
    pub provider: Arc<Provider>,
    pub server: Server,
    text: RwSignal<String>,
}

impl Place {
    pub fn label(&self) -> Words {
        let (provider, server) = (self.provider.name.as_str(), self.server.label.as_str());
        // A server may have the provider's name in its own.
        if server.starts_with(provider) {
            Words::from(server)
        } else {
            say::settings_server(provider, server)
        }
    }

    /// Only the person or the owner knows where it is.
    fn is_asked(&self) -> bool {
        self.server.address.is_none()
    }
}

/// The addresses as they are typed.
#[derive(Clone, Copy)]
pub struct TypedServers {
    /// The servers of all providers that are offered, once their files were read.
    pub places: RwSignal<Vec<Place>>,
    /// Addresses that were kept before.
    kept: StoredValue<Vec<(String, Address)>>,
}

impl TypedServers {
    pub fn new(settings: &Settings) -> TypedServers {
        TypedServers { places: RwSignal::new(Vec::new()), kept: StoredValue::new(settings.servers.clone()) }
    }

    /// Finds the servers, each with the words of the language that is spoken. What is typed for one stays.
    pub fn load(self, desk: Desk) {
        let TypedServers { places, kept } = self;
        let address = move |slug: &str| {
            let address = |kept: &Vec<(String, Address)>| {
                let address = kept.iter().find(|(own, _)| own == slug);
                address.map(|(_, address)| address.as_str().to_string()).unwrap_or_default()
            };
            kept.try_with_value(address).unwrap_or_default()
        };
        let text = move |slug: &str| {
            let typed = |all: &Vec<Place>| all.iter().find(|own| own.server.slug == slug).map(|own| own.text);
            let typed = places.try_with_untracked(typed).flatten();
            typed.unwrap_or_else(|| RwSignal::new(address(slug)))
        };
        later(async move {
            let mut found = Vec::new();
            for id in desk.config.with_value(|config| config.providers.clone()) {
                let Ok(provider) = desk.provider(&id).await else { continue };
                found.extend(provider.servers.iter().map(|server| Place {
                    provider: provider.clone(),
                    server: server.clone(),
                    text: text(&server.slug),
                }));
            }
            places.try_set(found);
        });
    }

    pub fn read(self, wrong: &mut Wrong) -> Vec<(String, Address)> {
        let asked: Vec<Place> = self.places.get().into_iter().filter(Place::is_asked).collect();
        // What is not on this page, because its provider's file could not be read, stays as it is.
        let mut servers = self.kept.get_value();
        servers.retain(|(slug, _)| !asked.iter().any(|place| place.server.slug == *slug));
        for place in asked {
            let (slug, text) = (place.server.slug, place.text.get());
            if text.trim().is_empty() {
                continue;
            }
            match Address::parse(&text) {
                Ok(address) => servers.push((slug, address)),
                Err(fault) => wrong.push((slug, fault.words())),
            }
        }
        servers
    }
}

/// Where each server is, and whether it is reached.
#[component]
pub fn ServerQuestions(typed: Typed) -> impl IntoView {
    live_some(move || {
        let places = typed.servers.places.get();
        (!places.is_empty()).then(|| {
            let questions = places.into_iter().map(|place| question(typed, place)).collect_view();
            view! {
                <h2>{say::settings_servers()}</h2>
                {questions}
            }
        })
    })
}

fn question(typed: Typed, place: Place) -> impl IntoView {
    let label = place.label();
    let about = match &place.server.address {
        None => {
            let id = place.server.slug.clone();
            view! {
                <Field
                    error=typed.error_of(&id)
                    id
                    label=label.text()
                    hint=Some(say::settings_server_hint().text())
                    held=None
                    value=place.text
                    on_input=typed.into(place.text)
                    code=true
                />
            }
            .into_any()
        }
        Some(_) => view! { <p><b>{label.clone()}</b></p> }.into_any(),
    };
    let of_place = place.clone();
    let place_now = live(move || {
        let words = typed.desk.settings.with(|settings| whereabouts(typed.desk, settings, &of_place));
        view! { <p class="quiet">{words}</p> }
    });
    let is_there = is_simulated(typed.desk, &place);
    // What came of a test stays when other settings change.
    let is_tested = Memo::new(move |_| is_there || !typed.desk.is_simulated());
    let trial = live(move || {
        let (place, text) = (place.clone(), place.text);
        if !is_tested.get() {
            return ().into_any();
        }
        if !probe::can_reach(&place.provider, &place.server.slug) {
            return view! { <p class="quiet">{say::settings_test_later()}</p> }.into_any();
        }
        let subject = Signal::derive(move || [typed.proxy.subject(), text.get()].join("\n"));
        let attempt = attempt(move || test(typed, place.clone()));
        view! { <Trial words=say::settings_test_server(label.clone()) which=None subject attempt/> }
            .into_any()
    });
    view! {
        <div class="stack" data-gap="small">
            {about}
            {place_now}
            {trial}
        </div>
    }
}

/// Where the server is, as things stand.
fn whereabouts(desk: Desk, settings: &Settings, place: &Place) -> Words {
    if !desk.is_simulated() {
        return desk.config.with_value(|config| now::address(config, settings, place).0);
    }
    match is_simulated(desk, place) {
        true => say::settings_simulated_here(),
        false => say::settings_simulated_not(),
    }
}

/// Where samples are offered, only the servers that the owner names stand behind the proxy.
fn is_simulated(desk: Desk, place: &Place) -> bool {
    let names = |(slug, _): &(String, Address)| *slug == place.server.slug;
    desk.config.with_value(|config| config.servers.iter().any(names))
}

/// Tries the server with the proxy and the address as they are typed.
async fn test(typed: Typed, place: Place) -> Finding {
    let slug = place.server.slug.as_str();
    let settings = typed.read_for(&[CONTROLS[0], CONTROLS[1], slug])?;
    let way = typed.desk.config.with_value(|config| Way::find(config, &settings, &place.provider, slug));
    let way = way.map_err(|fault| fault.words())?;
    probe::reach(typed.desk, &place.provider, &way).await?;
    Ok(say::settings_reached(typed.desk.named(&way, place.label())))
}
