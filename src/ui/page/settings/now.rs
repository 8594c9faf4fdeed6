use leptos::prelude::*;

use crate::browser::language::{own_name, preferred};
use crate::desk::origin::{self, Origin};
use crate::desk::settings::Settings;
use crate::transport::Kind;
use crate::ui::live::{live, some};
use crate::ui::state::Desk;
use crate::words::{Words, say};

use super::place::Place;
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
            let ways = all.iter().map(|place| (place.label(), way(desk, &settings, place))).collect();
            rows.extend(grouped(ways).into_iter().map(|(term, facts)| row(term, facts)));
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

/// What is the same is said once.
fn grouped(ways: Vec<(Words, Vec<Fact>)>) -> Vec<(Words, Vec<Fact>)> {
    let mut groups = Vec::<(Vec<Words>, Vec<Fact>)>::new();
    for (label, facts) in ways {
        match groups.iter_mut().find(|(_, own)| *own == facts) {
            Some((labels, _)) => labels.push(label),
            None => groups.push((vec![label], facts)),
        }
    }
    let is_one = groups.len() == 1;
    let name = |labels: Vec<Words>| match is_one && labels.len() > 1 {
        true => say::settings_all(),
        false => Words::List(labels),
    };
    groups.into_iter().map(|(labels, facts)| (name(labels), facts)).collect()
}

/// Through what, and where to.
fn way(desk: Desk, settings: &Settings, place: &Place) -> Vec<Fact> {
    desk.config.with_value(|config| {
        let proxy = origin::proxy(config, settings, &place.provider.id, &place.server.slug);
        let through = match proxy.value.kind() {
            Kind::None => say::settings_direct(),
            _ => say::settings_through(proxy.value.name()),
        };
        let unknown = || (say::settings_address_unknown(), None);
        let address = place.address(config, settings).unwrap_or_else(unknown);
        let template = proxy.value.template();
        let with_relay = proxy.value.has_token().then(say::settings_with_relay);
        let more = template.warnings().into_iter().chain(with_relay).map(|words| (words, None));
        [(through, Some(proxy.origin)), address].into_iter().chain(more).collect()
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
