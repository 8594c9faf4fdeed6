use leptos::prelude::*;

use crate::desk::config::Config;
use crate::provider::Provider;
use crate::relay::{Place, Program, Relay};
use crate::ui::component::copy::Copy;
use crate::ui::live::live_some;
use crate::ui::state::{Desk, page};
use crate::words::say;

use super::FOLDER;

/// The relay's configuration for this very page, to be copied.
#[component]
pub fn RelayText(desk: Desk, providers: RwSignal<Option<Vec<Provider>>>) -> impl IntoView {
    let site = page().map(|page| page.origin().to_string()).unwrap_or_default();
    let made = move || {
        let providers = providers.get()?;
        let origins = [site.clone()];
        let relay = desk.config.with_value(|config| Relay::of(config, &providers, &origins, place(config)));
        Some(match relay {
            Ok(relay) => {
                let name = |program| match program {
                    Program::Nginx => say::doctor_relay_nginx(),
                    Program::Caddy => say::doctor_relay_caddy(),
                    Program::Worker => say::doctor_relay_worker(),
                };
                let fitting = Program::ALL.into_iter().filter(|program| relay.fits(*program));
                let copies = fitting.map(|program| (name(program), relay.text(program))).collect::<Vec<_>>();
                view! {
                    <p>{say::doctor_relay_lede(&site)}</p>
                    <div class="cluster"><Copy id="relay-text" copies/></div>
                }
                .into_any()
            }
            Err(why) => view! { <p>{say::doctor_relay_not(why)}</p> }.into_any(),
        })
    };
    view! {
        <section class="stack">
            <h2>{say::doctor_relay()}</h2>
            {live_some(made)}
        </section>
    }
}

/// Beside the page, if the owner has it there.
fn place(config: &Config) -> Place {
    let base = config.proxies.default.base();
    match base.is_some_and(|base| base.address().is_none()) {
        true => Place::BesidePage {
            folder: FOLDER.into(),
            path: page().as_ref().map_or_else(|| "/".to_string(), super::path),
        },
        false => Place::Alone,
    }
}
