use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::browser::document;
use crate::provider::{Ask, Face};
use crate::ui::component::choice::{Answer, Choice};
use crate::ui::component::error_summary::error_of;
use crate::ui::component::field::{Field, mark};
use crate::ui::component::heading::Heading;
use crate::ui::live::{act, live, live_attribute, live_some, some};
use crate::words::{Words, say};

/// What is wrong with what was typed: the key of the question, and words.
pub type Errors = Signal<Vec<(String, String)>>;

/// What is typed into the first form. Once a credential is accepted, no secret stays here.
#[derive(Clone, Copy)]
pub struct Typed {
    pub server: RwSignal<String>,
    /// The way to the credential, where there are several.
    pub way: RwSignal<String>,
    pub values: RwSignal<Vec<(String, String)>>,
    /// It is being tested.
    pub busy: RwSignal<bool>,
}

impl Default for Typed {
    fn default() -> Typed {
        Typed {
            server: RwSignal::new(String::new()),
            way: RwSignal::new(String::new()),
            values: RwSignal::new(Vec::new()),
            busy: RwSignal::new(false),
        }
    }
}

impl Typed {
    pub fn value(self, key: &str) -> String {
        self.values.with(|all| {
            all.iter().find(|(own, _)| own == key).map(|(_, text)| text.clone()).unwrap_or_default()
        })
    }

    pub fn put(self, key: &str, text: String) {
        self.values.update(|all| {
            all.retain(|(own, _)| own != key);
            all.push((key.to_string(), text));
        });
    }

    /// Everything that is asked for, as things stand.
    pub fn asks(self, face: &Face) -> Vec<Ask> {
        let way = self.way.get();
        let way = face.ways.iter().find(|own| own.id == way).or(face.ways.first());
        face.asks.iter().chain(way.into_iter().flat_map(|way| &way.asks)).cloned().collect()
    }
}

/// Which server, and with which credential: the first form that anybody fills in.
#[component]
pub fn ConnectForm(
    face: Face,
    typed: Typed,
    /// What the choice between servers is called.
    which: Words,
    errors: Errors,
    /// What is to be said before the form.
    above: AnyView,
    on_connect: Callback<()>,
) -> impl IntoView {
    let title = say::connect_title(&face.name);
    document::set_title(&say::busy_page(title.clone()).text());
    if let Some(first) = face.servers.first()
        && typed.server.with_untracked(String::is_empty)
    {
        typed.server.set(first.slug.clone());
    }
    let servers = face.servers.iter().map(|server| {
        let test = server.test.then(|| say::place_test().text());
        let hint = test.into_iter().chain(server.address.clone()).collect::<Vec<_>>().join(" · ");
        Answer {
            value: server.slug.clone(),
            words: server.label.clone(),
            hint: Some(hint).filter(|hint| !hint.is_empty()),
            disabled: false,
        }
    });
    let servers = choice("server", which, servers.collect(), typed.server);
    let docs = face.docs.clone().filter(|href| href.starts_with("https:")).map(|href| {
        let words = say::connect_docs(&face.name);
        view! { <p class="quiet"><a href=href target="_blank" rel="noopener">{words}</a></p> }
    });
    view! {
        <Heading caption=face.name.clone() title lede=face.about.clone()/>
        {above}
        <CredentialForm face typed errors servers on_connect/>
        {some(docs)}
    }
}

/// The boxes for the credential and the button.
#[component]
pub fn CredentialForm(
    face: Face,
    typed: Typed,
    errors: Errors,
    servers: AnyView,
    on_connect: Callback<()>,
) -> impl IntoView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        on_connect.run(());
    };
    let asking = say::connect_asking(&face.name);
    let progress = live_some(move || {
        let asking = asking.clone();
        typed.busy.get().then(|| view! { <p class="progress">{asking}</p> })
    });
    let is_asked = face.asks.iter().any(|ask| ask.secret) || !face.ways.is_empty();
    let promise = if is_asked { say::connect_promise(&face.name) } else { say::connect_with_relay() };
    if let Some(first) = face.ways.first()
        && typed.way.with_untracked(String::is_empty)
    {
        typed.way.set(first.id.clone());
    }
    let ways = face.ways.iter().map(|way| Answer {
        value: way.id.clone(),
        words: way.label.clone(),
        hint: None,
        disabled: false,
    });
    let ways = choice("way", say::connect_way(), ways.collect(), typed.way);
    let boxes =
        live(move || typed.asks(&face).into_iter().map(|ask| question(ask, typed, errors)).collect_view());
    view! {
        <form class="stack" novalidate on:submit=act(submit)>
            {servers}
            {ways}
            {boxes}
            <p class="quiet">{promise}</p>
            <button class="button" type="submit" aria-busy=live_attribute(move || mark(typed.busy.get()))>
                {say::connect_submit()}
            </button>
            // What comes into it is announced only if it was there before.
            <div role="status">{progress}</div>
        </form>
    }
}

/// A choice between several; nothing where there is no choice.
fn choice(id: &str, legend: Words, options: Vec<Answer>, value: RwSignal<String>) -> AnyView {
    let several = options.len() > 1;
    let (id, legend) = (id.to_string(), legend.text());
    let choose = Callback::new(move |chosen| value.set(chosen));
    some(several.then(|| {
        view! { <Choice id legend hint=None options error=no_error() value on_choose=choose/> }
    }))
}

fn question(ask: Ask, typed: Typed, errors: Errors) -> AnyView {
    let (for_value, for_input) = (ask.key.clone(), ask.key.clone());
    let error = error_of(errors, &ask.key);
    let value = Signal::derive(move || typed.value(&for_value));
    let on_input = Callback::new(move |text| typed.put(&for_input, text));
    let code = ask.secret;
    view! {
        <Field id=ask.key label=ask.label hint=ask.hint held=None error value on_input code secret=ask.secret/>
    }
    .into_any()
}

pub fn no_error() -> Signal<Option<String>> {
    Signal::derive(|| None)
}
