use leptos::prelude::*;

use crate::browser::language::{own_name, preferred};
use crate::desk::origin::{self, Origin};
use crate::desk::settings::Settings;
use crate::desk::way::Way;
use crate::transport::{Kind, ProxyFault};
use crate::ui::live::{live, some};
use crate::ui::state::Desk;
use crate::words::{Words, say};

use super::servers::Place;
use super::theme;

/// One thing that is in force: in words, and who decided it.
type Fact = (Words, Option<Origin>);

/// How each server is reached as things stand, and the rest that is in force.
#[component]
pub fn InForce(desk: Desk, places: RwSignal<Vec<Place>>) -> impl IntoView {
    let rows = live(move || {
        let settings = desk.settings.get();
        let mut rows = Vec::new();
        places.with(|all| {
            rows.extend(all.iter().map(|place| row(place.label(), way(desk, &settings, place))));
        });
        let limit = desk.config.with_value(|config| origin::time_limit(config, &settings));
        let seconds = say::settings_seconds(limit.value.as_secs() as usize);
        rows.push(row(say::settings_limit(), vec![(seconds, Some(limit.origin))]));
        let theme = origin::theme(&settings);
        rows.push(row(say::settings_theme(), vec![(theme::words(theme.value), Some(theme.origin))]));
        rows.push(row(say::language_title(), vec![language(desk, &settings)]));
        rows.collect_view()
    });
    view! {
        <section class="stack">
            <h2>{say::settings_now()}</h2>
            <dl class="facts">{rows}</dl>
        </section>
    }
}

/// Through what, and where to.
fn way(desk: Desk, settings: &Settings, place: &Place) -> Vec<Fact> {
    desk.config.with_value(|config| {
        let (provider, server) = (&place.provider, place.server.slug.as_str());
        let proxy = origin::proxy(config, settings, &provider.id);
        let through = match proxy.value.kind() {
            Kind::None => say::settings_direct(),
            _ => say::settings_through(proxy.value.name()),
        };
        let address = origin::address(config, settings, provider, server);
        let to = match (Way::find(config, settings, provider, server), address) {
            (Err(ProxyFault::NoAddress { .. }), _) => (say::settings_address_unknown(), None),
            (Err(fault), _) => (fault.words(), None),
            (Ok(_), _) if matches!(proxy.value.kind(), Kind::PathMap { .. }) => {
                (say::settings_relay_knows(), None)
            }
            (Ok(_), None) => (say::settings_address_unknown(), None),
            (Ok(_), Some(address)) => (Words::from(address.value.as_str()), Some(address.origin)),
        };
        vec![(through, Some(proxy.origin)), to]
    })
}

/// The one that is spoken. English is built in, and spoken where the words of another one did not come.
fn language(desk: Desk, settings: &Settings) -> Fact {
    let spoken = desk.language.get();
    let decided = desk.config.with_value(|config| origin::language(config, settings, &preferred()));
    let origin = if decided.value == spoken { decided.origin } else { Origin::Page };
    (own_name(&spoken).into(), Some(origin))
}

fn row(term: Words, facts: Vec<Fact>) -> impl IntoView {
    let fact = |(words, origin): Fact| {
        let origin = origin.map(|origin| view! { <p class="quiet">{origin.words()}</p> });
        view! { <div><p>{words}</p>{some(origin)}</div> }
    };
    view! {
        <div class="facts__row">
            <dt class="facts__term">{term}</dt>
            <dd class="facts__value stack" data-gap="small">{facts.into_iter().map(fact).collect_view()}</dd>
        </div>
    }
}
