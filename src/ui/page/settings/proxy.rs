use leptos::prelude::*;

use crate::desk::proxy::{parse, write};
use crate::desk::settings::Settings;
use crate::desk::way::Way;
use crate::doctor::Through;
use crate::provider::fault::Fault;
use crate::transport::proxy::preset::{Asks, PRESETS, Preset};
use crate::transport::{Kind, NoAnswer, Proxy, ProxyBase, SetupFault};
use crate::ui::component::choice::{Answer, Choice};
use crate::ui::component::field::Field;
use crate::ui::component::notice::Notice;
use crate::ui::live::{live, some};
use crate::ui::page::connect::no_error;
use crate::ui::probe::{self, Health};
use crate::ui::state::Desk;
use crate::words::{Words, say};

use super::trial::{Finding, Trial, attempt};
use super::{Typed, Wrong};

const WHICH: &str = "which-proxy";
const HERE: &str = "here";
const BASE: &str = "base";
const PARAMETER: &str = "parameter";
const HEADER: &str = "header";
const TEMPLATE: &str = "template";

/// The controls that the proxy is typed at.
pub const CONTROLS: [&str; 6] = [WHICH, HERE, BASE, PARAMETER, HEADER, TEMPLATE];

/// The presets that are offered first.
const FIRST: [&str; 2] = ["same-site", "relay"];

/// The proxy as it is typed. Each box keeps what is in it, whatever is chosen meanwhile.
#[derive(Clone, Copy)]
pub struct TypedProxy {
    desk: Desk,
    kind: RwSignal<String>,
    which: RwSignal<String>,
    /// Where the relay on this site is.
    here: RwSignal<String>,
    base: RwSignal<String>,
    parameter: RwSignal<String>,
    header: RwSignal<String>,
    template: RwSignal<String>,
}

impl TypedProxy {
    pub fn new(desk: Desk, settings: &Settings) -> TypedProxy {
        let own = settings.proxy.as_ref();
        let preset = own.and_then(Preset::of).map(|preset| preset.id);
        let (kind, which) = match (own.map(Proxy::kind), preset) {
            (None, _) => ("owner", ""),
            // One with a word of its own more is none that is known by its name.
            (Some(Kind::None), _) if own == Some(&Proxy::none()) => ("none", ""),
            (Some(_), Some(id)) if FIRST.contains(&id) => (id, ""),
            (Some(_), Some(id)) => ("other", id),
            (Some(_), None) => ("other", TEMPLATE),
        };
        let (parameter, header) = match own.map(Proxy::kind) {
            Some(Kind::Query { parameter, .. }) => (parameter.as_str(), "X-Target-URL"),
            Some(Kind::Header { name, .. }) => ("url", name.as_str()),
            _ => ("url", "X-Target-URL"),
        };
        let base = own.and_then(Proxy::base).map(ProxyBase::before_query);
        let (here, base) = match kind {
            "same-site" => (base, None),
            _ => (None, base),
        };
        let owners = || desk.config.with_value(|config| write(&config.proxies.default));
        let template = own.map_or_else(owners, write).to_string();
        let signal = |text: &str| RwSignal::new(text.to_string());
        TypedProxy {
            desk,
            kind: signal(kind),
            which: signal(which),
            here: RwSignal::new(here.unwrap_or_else(|| "relay".to_string())),
            base: RwSignal::new(base.unwrap_or_default()),
            parameter: signal(parameter),
            header: signal(header),
            template: RwSignal::new(template),
        }
    }

    fn is_locked(self) -> bool {
        self.desk.config.with_value(|config| config.locks_proxy)
    }

    /// All of it as one text.
    pub fn subject(self) -> String {
        let TypedProxy { desk: _, kind, which, here, base, parameter, header, template } = self;
        [kind, which, here, base, parameter, header, template].map(|own| own.get()).join("\n")
    }

    pub fn read(self, wrong: &mut Wrong) -> Option<Proxy> {
        // What was chosen before the owner locked it stays as it is, and counts again when it may.
        if self.is_locked() {
            return self.desk.settings.with_untracked(|settings| settings.proxy.clone());
        }
        let mut put = |id: &str, words: Words| wrong.push((id.to_string(), words));
        let id = match self.kind.get().as_str() {
            "owner" => return None,
            "none" => return Some(Proxy::none()),
            "other" => self.which.get(),
            first => first.to_string(),
        };
        if id == TEMPLATE {
            return read_template(&self.template.get()).map_err(|words| put(TEMPLATE, words)).ok();
        }
        let Some(preset) = Preset::find(&id).filter(|preset| !preset.unfit) else {
            put(WHICH, say::settings_which_proxy());
            return None;
        };
        let (at, typed) = if id == "same-site" { (HERE, self.here) } else { (BASE, self.base) };
        let typed = typed.get();
        let (usual, name, name_at) = match preset.asks {
            Asks::Base(usual) => (usual, String::new(), at),
            Asks::Parameter(_) => ("", self.parameter.get(), PARAMETER),
            Asks::Header(_) => ("", self.header.get(), HEADER),
        };
        let text = if typed.trim().is_empty() { usual } else { typed.as_str() };
        let base = ProxyBase::parse(text).map_err(|fault| put(at, fault.words())).ok()?;
        let made = Proxy::of(preset.at(base, name.trim()));
        made.map_err(|fault: SetupFault| put(name_at, fault.words())).ok()
    }
}

/// A template in the words of `config.json`, or the first thing that is wrong with it.
fn read_template(text: &str) -> Result<Proxy, Words> {
    let value = serde_json::from_str(text).map_err(|_| say::settings_template_json())?;
    let said = |fault: &Fault| {
        let place = [fault.pointer.as_str(), if fault.pointer.is_empty() { "" } else { ": " }].concat();
        Words::Several(vec![Words::from([place, fault.says.clone()].concat()), Words::from(&fault.cure)])
    };
    parse(&value).map_err(|faults| faults.first().map_or_else(say::settings_template_json, said))
}

/// Which proxy, where it is, and whether it works.
#[component]
pub fn ProxyQuestion(typed: Typed) -> impl IntoView {
    let question = if typed.proxy.is_locked() { locked(typed) } else { choice(typed) };
    view! {
        {question}
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

/// Nobody but the owner can change it.
fn locked(typed: Typed) -> AnyView {
    let owners = typed.desk.config.with_value(|config| config.proxies.default.name());
    view! {
        <Notice tone="info" title=say::settings_locked()>
            <p>{say::settings_proxy_now(owners)}</p>
            <p>{say::settings_locked_why()}</p>
        </Notice>
    }
    .into_any()
}

fn choice(typed: Typed) -> AnyView {
    let TypedProxy { kind, which, .. } = typed.proxy;
    let owners = typed.desk.config.with_value(|config| config.proxies.default.name());
    let answer = |value: &str, words: Words, hint: Words| Answer {
        value: value.to_string(),
        words: words.text(),
        hint: Some(hint.text()),
        disabled: false,
    };
    let named = move |preset: &Preset| Answer {
        disabled: preset.unfit,
        ..answer(preset.id, (preset.name)(), (preset.about)())
    };
    let mut kinds = vec![
        answer("owner", say::settings_proxy_owner(), say::settings_proxy_now(owners)),
        answer("none", say::settings_proxy_none(), say::settings_proxy_none_hint()),
    ];
    kinds.extend(FIRST.into_iter().filter_map(Preset::find).map(named));
    kinds.push(answer("other", say::settings_proxy_other(), say::settings_proxy_other_hint()));
    let others = move || {
        let known = PRESETS.iter().filter(|preset| !FIRST.contains(&preset.id)).map(named);
        let own = answer(TEMPLATE, say::settings_template(), say::settings_template_about());
        known.chain([own]).collect::<Vec<_>>()
    };
    let more = live(move || {
        some((kind.get() == "other").then(|| {
            view! {
                <Choice
                    id=WHICH.to_string()
                    legend=say::settings_which().text()
                    hint=None
                    options=others()
                    error=typed.error_of(WHICH)
                    value=which
                    on_choose=typed.into(which)
                />
            }
        }))
    });
    let boxes = live(move || {
        let (kind, which) = (kind.get(), which.get());
        boxes(typed, if kind == "other" { &which } else { &kind })
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
        {more}
        {boxes}
    }
    .into_any()
}

/// What is asked of whoever chooses this one.
fn boxes(typed: Typed, id: &str) -> AnyView {
    let field = |id: &str, label: Words, hint: Words, value: RwSignal<String>| {
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
    let TypedProxy { here, base, parameter, header, template, .. } = typed.proxy;
    if id == TEMPLATE {
        return field(TEMPLATE, say::settings_template_json_label(), say::settings_template_hint(), template)
            .into_any();
    }
    let Some(preset) = Preset::find(id).filter(|preset| !preset.unfit) else { return ().into_any() };
    let place = if id == "same-site" {
        field(HERE, say::settings_here(), say::settings_here_hint(), here)
    } else {
        field(BASE, say::settings_base(), say::settings_base_hint(), base)
    };
    let name = match preset.asks {
        Asks::Base(_) => None,
        Asks::Parameter(_) => {
            Some(field(PARAMETER, say::settings_parameter(), say::settings_parameter_hint(), parameter))
        }
        Asks::Header(_) => Some(field(HEADER, say::settings_header(), say::settings_header_hint(), header)),
    };
    view! {
        {place}
        {some(name)}
    }
    .into_any()
}

/// Tries the proxy as it is typed: a relay is asked for its own word, any other is shown by what comes through it.
async fn test(typed: Typed) -> Finding {
    let (desk, settings) = (typed.desk, typed.read_for(&CONTROLS)?);
    let owners = || desk.config.with_value(|config| config.proxies.default.clone());
    let own = settings.proxy.clone().filter(|_| !typed.proxy.is_locked());
    let proxy = own.unwrap_or_else(owners);
    if let Kind::PathMap { base } = proxy.kind()
        && Through::of(&proxy) == Through::Relay
    {
        return healthy(desk, base).await;
    }
    for id in desk.config.with_value(|config| config.providers.clone()) {
        let Ok(provider) = desk.provider(&id).await else { continue };
        // The owner may reach some servers otherwise, and that would say nothing of this one.
        let way = |server: &str| {
            let way = desk.config.with_value(|config| Way::find(config, &settings, &provider, server)).ok();
            way.filter(|way| way.proxy.key() == proxy.key())
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
