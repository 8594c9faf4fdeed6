use leptos::prelude::*;

use crate::hosting::{Host, Page, Policy};
use crate::provider::Provider;
use crate::ui::component::copy::Copy;
use crate::ui::live::live_some;
use crate::ui::state::{Desk, page};
use crate::words::say;

use super::FOLDER;

/// What the host of this very page has to send, to be copied.
#[component]
pub fn HostText(desk: Desk, providers: RwSignal<Option<Vec<Provider>>>) -> impl IntoView {
    let copies = move || {
        let policy = providers
            .with(|all| all.as_ref().map(|all| desk.config.with_value(|config| Policy::of(config, all))))?;
        let (site, path) = page().map(|own| (own.host().to_string(), super::path(&own)))?;
        let own = Page::new(FOLDER.into(), &path, policy);
        let name = |host| match host {
            Host::Nginx => say::doctor_relay_nginx(),
            Host::Caddy => say::doctor_relay_caddy(),
            Host::HeadersFile => say::doctor_host_headers(),
            Host::CloudFront => say::doctor_host_cloudfront(),
            Host::Meta => say::doctor_host_meta(),
        };
        let copies = Host::ALL.map(|host| (name(host), own.text(host, &site))).to_vec();
        Some(view! { <div class="cluster"><Copy id="host-text" copies/></div> })
    };
    view! {
        <section class="stack">
            <h2>{say::doctor_host()}</h2>
            <p>{say::doctor_host_lede()}</p>
            {live_some(copies)}
        </section>
    }
}
