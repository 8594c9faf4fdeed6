use leptos::prelude::*;

use crate::desk::settings::Settings;
use crate::transport::Address;
use crate::ui::component::field::Field;
use crate::ui::live::{later, live_some};
use crate::ui::probe;
use crate::ui::state::Desk;
use crate::words::say;

use super::place::Place;
use super::proxy::CONTROLS;
use super::trial::{Finding, Trial, attempt};
use super::{Typed, Wrong};

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
                found.extend(provider.places().map(|server| Place {
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
            let hint = match typed.desk.config.with_value(|config| place.is_named(config)) {
                true => say::settings_server_hint_owner(),
                false => say::settings_server_hint(),
            };
            view! {
                <Field
                    error=typed.error_of(&id)
                    id
                    label=label.text()
                    hint=Some(hint.text())
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
    let place_now = live_some(move || {
        let words = typed.desk.settings.with(|settings| of_place.whereabouts(typed.desk, settings));
        words.map(|words| view! { <p class="quiet">{words}</p> })
    });
    let trial = if probe::can_reach(&place.provider, &place.server.slug) {
        let text = place.text;
        let subject = Signal::derive(move || [typed.proxy.subject(), text.get()].join("\n"));
        let attempt = attempt(move || test(typed, place.clone()));
        view! { <Trial words=say::settings_test_server(label) which=None subject attempt/> }.into_any()
    } else {
        view! { <p class="quiet">{say::settings_test_later()}</p> }.into_any()
    };
    view! {
        <div class="stack" data-gap="small">
            {about}
            {place_now}
            {trial}
        </div>
    }
}

/// Tries the server with the proxy and the address as they are typed.
async fn test(typed: Typed, place: Place) -> Finding {
    let slug = place.server.slug.as_str();
    let settings = typed.read_for(&[&CONTROLS[..], &[slug]].concat())?;
    let way = typed.desk.config.with_value(|config| place.way(config, &settings));
    let way = way.map_err(|fault| fault.words())?;
    probe::reach(typed.desk, &place.provider, &way).await?;
    Ok(say::settings_reached(typed.desk.named(&way, place.label())))
}
