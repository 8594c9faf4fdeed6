mod language;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::browser::{document, storage};
use crate::desk::settings::Settings;
use crate::transport::{Address, Kind, Proxy, ProxyBase};
use crate::ui::component::choice::{Answer, Choice};
use crate::ui::component::error_summary::ErrorSummary;
use crate::ui::component::field::Field;
use crate::ui::component::notice::Notice;
use crate::ui::live::{act, later, live, live_some, some};
use crate::ui::page::connect::no_error;
use crate::ui::state::Desk;

use language::language;

/// What is typed on this page. It outlives a change of language.
#[derive(Clone, Copy)]
pub struct Typed {
    kind: RwSignal<String>,
    base: RwSignal<String>,
    parameter: RwSignal<String>,
    servers: StoredValue<Vec<Ask>>,
    /// Addresses that were kept before.
    others: StoredValue<Vec<(String, Address)>>,
}

/// A server whose address only the person knows.
#[derive(Clone)]
struct Ask {
    slug: String,
    label: String,
    text: RwSignal<String>,
}

impl Typed {
    pub fn new(settings: &Settings) -> Typed {
        let (kind, base, parameter) = match settings.proxy.as_ref().map(Proxy::kind) {
            None => ("owner", String::new(), String::new()),
            Some(Kind::None) => ("none", String::new(), String::new()),
            Some(Kind::PathMap { base }) => ("path-map", base.as_str().to_string(), String::new()),
            Some(Kind::Prefix { base }) => ("prefix", base.as_str().to_string(), String::new()),
            Some(Kind::Query { base, parameter }) => ("query", base.as_str().to_string(), parameter.clone()),
        };
        Typed {
            kind: RwSignal::new(kind.to_string()),
            base: RwSignal::new(base),
            parameter: RwSignal::new(if parameter.is_empty() { "url".to_string() } else { parameter }),
            servers: StoredValue::new(Vec::new()),
            others: StoredValue::new(settings.servers.clone()),
        }
    }

    /// The settings that were typed, or what is wrong at which control.
    fn check(self) -> Result<Settings, Vec<(String, String)>> {
        let mut errors = Vec::new();
        let proxy = match self.kind.get().as_str() {
            "owner" => None,
            "none" => Some(Proxy::none()),
            kind => {
                let base = ProxyBase::parse(&self.base.get());
                let base = base.map_err(|fault| errors.push(("base".to_string(), fault.words().text())));
                let proxy = base.ok().map(|base| match kind {
                    "path-map" => Kind::PathMap { base },
                    "prefix" => Kind::Prefix { base },
                    _ => Kind::Query { base, parameter: self.parameter.get().trim().to_string() },
                });
                let proxy = proxy.map(|kind| Proxy::new(kind, Vec::new()));
                match proxy {
                    Some(Err(fault)) => {
                        errors.push(("parameter".to_string(), fault.words().text()));
                        None
                    }
                    proxy => proxy.and_then(Result::ok),
                }
            }
        };
        // What is not on this page, because its provider's file could not be read, stays as it is.
        let asked = self.servers.get_value();
        let mut servers = self.others.get_value();
        servers.retain(|(slug, _)| !asked.iter().any(|ask| ask.slug == *slug));
        for ask in asked {
            let text = ask.text.get();
            if text.trim().is_empty() {
                continue;
            }
            match Address::parse(text.trim()) {
                Ok(address) => servers.push((ask.slug, address)),
                Err(fault) => errors.push((ask.slug, fault.words().text())),
            }
        }
        if errors.is_empty() { Ok(Settings { proxy, servers, language: None }) } else { Err(errors) }
    }
}

/// The proxy and the servers, as the person wants them.
#[component]
pub fn SettingsPage(desk: Desk, typed: Typed) -> impl IntoView {
    document::set_title("Settings – Memberdesk");
    let loaded = RwSignal::new(0);
    let attempted = RwSignal::new(false);
    let saved = RwSignal::new(None::<bool>);
    let ids = desk.config.with_value(|config| config.providers.clone());
    later(async move {
        for id in ids {
            let Ok(provider) = desk.provider(&id).await else {
                continue;
            };
            for server in provider.servers.iter().filter(|server| server.address.is_none()) {
                let known = desk.settings.with_untracked(|settings| {
                    settings
                        .servers
                        .iter()
                        .find(|(slug, _)| *slug == server.slug)
                        .map(|(_, a)| a.as_str().to_string())
                });
                typed.servers.update_value(|all| {
                    let before = all.iter().position(|ask| ask.slug == server.slug).map(|at| all.remove(at));
                    all.push(Ask {
                        slug: server.slug.clone(),
                        label: [provider.name.as_str(), ": ", &server.label].concat(),
                        text: before
                            .map_or_else(|| RwSignal::new(known.unwrap_or_default()), |before| before.text),
                    });
                });
            }
        }
        loaded.set(1);
    });
    let errors = Memo::new(move |_| {
        loaded.get();
        if attempted.get() { typed.check().err().unwrap_or_default() } else { Vec::new() }
    });
    let error_of = move |id: &str| {
        let id = id.to_string();
        Signal::derive(move || {
            errors.with(|errors| errors.iter().find(|(key, _)| *key == id).map(|(_, words)| words.clone()))
        })
    };
    let owner = desk.config.with_value(|config| config.proxies.default.name().text());
    let answer = |value: &'static str, words: &str, hint: Option<String>| Answer {
        value: value.to_string(),
        words: words.to_string(),
        hint,
    };
    let kinds = vec![
        answer("owner", "As the owner of this page decided", Some(["Now: ", &owner].concat())),
        answer("none", "No proxy", Some("Only for providers that accept calls from a web page.".to_string())),
        answer(
            "path-map",
            "A relay with a path for each server",
            Some("Address, then the server’s name.".to_string()),
        ),
        answer("prefix", "A proxy that takes the address after its own", None),
        answer("query", "A proxy that takes the address in its query", None),
    ];
    let edit = move || saved.set(None);
    let base = live(move || {
        let kind = typed.kind.get();
        let field = matches!(kind.as_str(), "path-map" | "prefix" | "query").then(|| {
            view! {
                <Field
                    id="base".to_string()
                    label="Address of the proxy".to_string()
                    hint=Some("As in https://relay.example.com, or relay for one beside this page.".to_string())
                    held=None
                    error=error_of("base")
                    value=typed.base
                    on_input=Callback::new(move |text| { edit(); typed.base.set(text) })
                    code=true
                />
            }
        });
        let parameter = (kind == "query").then(|| {
            view! {
                <Field
                    id="parameter".to_string()
                    label="Name of the query parameter".to_string()
                    hint=Some("As in url.".to_string())
                    held=None
                    error=error_of("parameter")
                    value=typed.parameter
                    on_input=Callback::new(move |text| { edit(); typed.parameter.set(text) })
                    code=true
                />
            }
        });
        (some(field), some(parameter))
    });
    let servers = live_some(move || {
        loaded.get();
        let field = |ask: Ask| {
            view! {
                <Field
                    id=ask.slug.clone()
                    label=ask.label
                    hint=Some("As in https://members.example.com. Leave it empty if you do not use it.".to_string())
                    held=None
                    error=error_of(&ask.slug)
                    value=ask.text
                    on_input=Callback::new(move |text| { edit(); ask.text.set(text) })
                    code=true
                />
            }
        };
        let all = typed.servers.get_value();
        (!all.is_empty()).then(|| {
            view! { <h2>{"Servers of your own"}</h2> {all.into_iter().map(field).collect_view()} }
        })
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        attempted.set(true);
        match typed.check() {
            Ok(mut settings) => {
                attempted.set(false);
                settings.language = desk.settings.with_untracked(|settings| settings.language.clone());
                saved.set(Some(storage::keep_settings(&settings.text())));
                desk.settings.set(settings);
                document::focus(&[".notice"]);
            }
            Err(_) => document::focus(&[".error-summary"]),
        }
    };
    let told = live_some(move || {
        saved.get().map(|kept| {
            let words = if kept {
                "They hold from now on, in this browser. A token that you entered is only used where you entered it \
                for, so you may be asked for it again."
            } else {
                "They hold until you close this tab: the browser does not let this page keep them."
            };
            view! {
                <section class="notice" data-tone="success" tabindex="-1" role="status">
                    <h2 class="notice__title">{"Settings saved"}</h2>
                    <div class="notice__body"><p>{words}</p></div>
                </section>
            }
        })
    });
    let unknown = desk.unknown_settings.then(|| {
        view! {
            <Notice tone="warning" title="Earlier settings could not be read">
                <p>{"They were kept by another version of this page and were left as they are. Saving replaces them."}</p>
            </Notice>
        }
    });
    view! {
        <div class="stack" data-gap="large">
            <div class="stack" data-gap="small">
                <h1 tabindex="-1">{"Settings"}</h1>
                <p class="lede">{"How this page reaches the providers. Most people leave this as it is."}</p>
            </div>
            <ErrorSummary errors/>
            {some(unknown)}
            {told}
            <form class="stack" novalidate on:submit=act(submit)>
                <Choice
                    id="proxy".to_string()
                    legend="Proxy".to_string()
                    hint=Some("Web pages may not call most providers directly. A proxy passes the calls on, and can read them: use one that you trust.".to_string())
                    options=kinds
                    error=no_error()
                    value=typed.kind
                    on_choose=Callback::new(move |kind| { edit(); typed.kind.set(kind) })
                />
                {base}
                {servers}
                <div><button class="button" type="submit">{"Save the settings"}</button></div>
            </form>
            {language(desk)}
        </div>
    }
}
