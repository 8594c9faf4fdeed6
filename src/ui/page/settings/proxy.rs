use leptos::prelude::*;

use crate::desk::settings::Settings;
use crate::desk::way::Way;
use crate::transport::{Kind, NoAnswer, Proxy, ProxyBase};
use crate::ui::component::choice::{Answer, Choice};
use crate::ui::component::field::Field;
use crate::ui::live::{live, some};
use crate::ui::page::connect::no_error;
use crate::ui::probe::{self, Health};
use crate::ui::state::Desk;
use crate::words::{Words, say};

use super::trial::{Finding, Trial, attempt};
use super::{Typed, Wrong};

const BASE: &str = "base";
const PARAMETER: &str = "parameter";

/// The controls that the proxy is typed at.
pub const CONTROLS: [&str; 2] = [BASE, PARAMETER];

/// The proxy as it is typed.
#[derive(Clone, Copy)]
pub struct TypedProxy {
    kind: RwSignal<String>,
    base: RwSignal<String>,
    parameter: RwSignal<String>,
}

impl TypedProxy {
    pub fn new(settings: &Settings) -> TypedProxy {
        let kind = settings.proxy.as_ref().map(Proxy::kind);
        let name = match kind {
            None => "owner",
            Some(Kind::None) => "none",
            Some(Kind::PathMap { .. }) => "path-map",
            Some(Kind::Prefix { .. }) => "prefix",
            Some(Kind::Query { .. }) => "query",
        };
        let parameter = match kind {
            Some(Kind::Query { parameter, .. }) => parameter.as_str(),
            _ => "url",
        };
        let base = settings.proxy.as_ref().and_then(Proxy::base).map(ProxyBase::before_query);
        TypedProxy {
            kind: RwSignal::new(name.to_string()),
            base: RwSignal::new(base.unwrap_or_default()),
            parameter: RwSignal::new(parameter.to_string()),
        }
    }

    /// All of it as one text.
    pub fn subject(self) -> String {
        [self.kind.get(), self.base.get(), self.parameter.get()].join("\n")
    }

    pub fn read(self, wrong: &mut Wrong) -> Option<Proxy> {
        let kind = match self.kind.get().as_str() {
            "owner" => return None,
            "none" => Kind::None,
            kind => {
                let base = ProxyBase::parse(&self.base.get());
                let base = base.map_err(|fault| wrong.push((BASE.to_string(), fault.words()))).ok()?;
                match kind {
                    "path-map" => Kind::PathMap { base },
                    "prefix" => Kind::Prefix { base },
                    _ => Kind::Query { base, parameter: self.parameter.get().trim().to_string() },
                }
            }
        };
        Proxy::new(kind, Vec::new()).map_err(|fault| wrong.push((PARAMETER.to_string(), fault.words()))).ok()
    }
}

/// Which proxy, where it is, and whether it works.
#[component]
pub fn ProxyQuestion(typed: Typed) -> impl IntoView {
    let TypedProxy { kind, base, parameter } = typed.proxy;
    let owners = typed.desk.config.with_value(|config| config.proxies.default.name());
    let answer = |value: &str, words: Words, hint: Option<Words>| Answer {
        value: value.to_string(),
        words: words.text(),
        hint: hint.map(|hint| hint.text()),
    };
    let kinds = vec![
        answer("owner", say::settings_proxy_owner(), Some(say::settings_proxy_now(owners))),
        answer("none", say::settings_proxy_none(), Some(say::settings_proxy_none_hint())),
        answer("path-map", say::settings_proxy_relay(), Some(say::settings_proxy_relay_hint())),
        answer("prefix", say::settings_proxy_prefix(), None),
        answer("query", say::settings_proxy_query(), None),
    ];
    let field = move |id: &str, label: Words, hint: Words, value: RwSignal<String>| {
        view! {
            <Field
                id=id.to_string()
                label=label.text()
                hint=Some(hint.text())
                held=None
                error=typed.error_of(id)
                value
                on_input=typed.into(value)
                code=true
            />
        }
    };
    let place = live(move || {
        let kind = kind.get();
        let has_base = matches!(kind.as_str(), "path-map" | "prefix" | "query");
        let base = has_base.then(|| field(BASE, say::settings_base(), say::settings_base_hint(), base));
        let parameter = (kind == "query")
            .then(|| field(PARAMETER, say::settings_parameter(), say::settings_parameter_hint(), parameter));
        (some(base), some(parameter))
    });
    view! {
        <Choice
            id="proxy".to_string()
            legend=say::settings_proxy().text()
            hint=Some(say::settings_proxy_hint().text())
            options=kinds
            error=no_error()
            value=kind
            on_choose=typed.into(kind)
        />
        {place}
        <div class="stack" data-gap="small">
            <p class="quiet">{say::settings_test_hint()}</p>
            <Trial
                words=say::settings_test_proxy()
                which=None
                subject=Signal::derive(move || typed.proxy.subject())
                attempt=attempt(move || test(typed))
            />
        </div>
    }
}

/// Tries the proxy as it is typed: a relay is asked for its own word, any other is shown by what comes through it.
async fn test(typed: Typed) -> Finding {
    let (desk, settings) = (typed.desk, typed.read_for(&CONTROLS)?);
    let owners = || desk.config.with_value(|config| config.proxies.default.clone());
    let proxy = settings.proxy.clone().unwrap_or_else(owners);
    if let Kind::PathMap { base } = proxy.kind() {
        return healthy(desk, base).await;
    }
    for id in desk.config.with_value(|config| config.providers.clone()) {
        let Ok(provider) = desk.provider(&id).await else { continue };
        let way = |server: &str| {
            desk.config.with_value(|config| Way::find(config, &settings, &provider, server)).ok()
        };
        let mut servers = provider.servers.iter().filter(|server| probe::can_reach(&provider, &server.slug));
        let Some(way) = servers.find_map(|server| way(&server.slug)) else { continue };
        probe::reach(desk, &provider, &way).await?;
        let name = desk.named(&way, provider.name.as_str().into());
        return Ok(match way.is_direct() {
            true => say::settings_reached_direct(name),
            false => say::settings_reached_proxy(name),
        });
    }
    Err(say::settings_no_test())
}

async fn healthy(desk: Desk, base: &ProxyBase) -> Finding {
    match probe::health(desk, base).await {
        Health::Relay => Ok(say::settings_relay_answers()),
        Health::Other(status) => Err(say::settings_relay_other(usize::from(status))),
        Health::Silent(NoAnswer::Offline) => {
            Err(Words::Several(vec![say::reason_offline(), say::reason_offline_cure()]))
        }
        Health::Silent(NoAnswer::NotAllowed) => {
            Err(Words::Several(vec![say::reason_policy(), say::reason_tell_owner()]))
        }
        Health::Silent(NoAnswer::Redirected) => Err(say::reason_moved()),
        Health::Silent(_) => Err(say::settings_relay_silent()),
    }
}
