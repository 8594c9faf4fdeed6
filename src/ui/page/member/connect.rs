use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::document;
use crate::change::answer::Reason;
use crate::change::driver::Event;
use crate::desk::config::Sample;
use crate::transport::Secret;
use crate::ui::component::choice::{Answer, Choice};
use crate::ui::component::error_summary::ErrorSummary;
use crate::ui::component::field::Field;
use crate::ui::component::notice::Notice;
use crate::ui::component::progress::Progress;
use crate::ui::session::{Session, Stage, Tested};

const TOKEN: &str = "token";

/// What is typed for a credential, and what is wrong with it.
#[derive(Clone, Copy)]
struct Credential {
    session: Session,
    text: RwSignal<String>,
    attempted: RwSignal<bool>,
    /// What the provider said to the text that stands there.
    refused: RwSignal<Option<Reason>>,
    testing: RwSignal<bool>,
}

impl Credential {
    fn new(session: Session, refused: Option<Reason>) -> Credential {
        Credential {
            session,
            text: RwSignal::new(String::new()),
            attempted: RwSignal::new(false),
            refused: RwSignal::new(refused),
            testing: RwSignal::new(false),
        }
    }

    fn label(self) -> String {
        self.session
            .provider()
            .sign_in
            .first()
            .map_or_else(String::new, |sign_in| sign_in.label.clone())
    }

    fn error(self) -> Option<String> {
        if let Some(reason) = self.refused.get() {
            return Some([reason.says.as_str(), " ", &reason.cure].concat());
        }
        if !self.attempted.get() {
            return None;
        }
        self.text
            .with(|text| Secret::parse(text).err())
            .map(|fault| fault.words(&self.label()))
    }

    fn type_text(self, text: String) {
        self.refused.set(None);
        self.text.set(text);
    }

    /// Keeps the credential and tests it; `then` goes on if it is good.
    fn try_it(self, then: impl Fn(Option<Reason>) + 'static) {
        if self.testing.get_untracked() {
            return;
        }
        self.attempted.set(true);
        self.refused.set(None);
        let Ok(secret) = self.text.with_untracked(|text| Secret::parse(text)) else {
            document::focus(".error-summary");
            return;
        };
        self.session.keep_secret(secret);
        self.testing.set(true);
        spawn_local(async move {
            let tested = self.session.test().await;
            self.testing.set(false);
            match tested {
                Tested::Good => {
                    // It is kept where only a request can use it; the box has done its work.
                    self.text.set(String::new());
                    self.attempted.set(false);
                    then(None);
                }
                Tested::Refused(reason) => {
                    self.session.forget_secret();
                    self.refused.set(Some(reason));
                    document::focus(".error-summary");
                }
                Tested::Untested(reason) => then(Some(reason)),
            }
        });
    }

    fn view(self) -> impl IntoView {
        let provider = self.session.provider();
        let hint = provider.sign_in.first().and_then(|sign_in| sign_in.hint.clone());
        let busy = move || self.testing.get().then_some("true");
        let progress = move || {
            let words = ["Asking ", &self.session.provider().name, " whose it is …"].concat();
            self.testing.get().then(|| view! { <Progress words/> })
        };
        view! {
            <Field
                id=TOKEN.to_string()
                label=self.label()
                hint=hint
                held=None
                error=Signal::derive(move || self.error())
                value=self.text
                on_input=Callback::new(move |text| self.type_text(text))
                code=true
                secret=true
            />
            <p class="quiet">
                "It stays in this tab and is gone when you close it. It is only sent to " {provider.name.clone()}
                ", through " {move || self.way()} "."
            </p>
            <button class="button" type="submit" aria-busy=busy>"Connect"</button>
            {progress}
        }
    }

    fn way(self) -> String {
        self.session
            .way()
            .map_or_else(|_| "no way yet".to_string(), |way| way.proxy.name().to_string())
    }

    fn errors(self) -> Signal<Vec<(String, String)>> {
        Signal::derive(move || {
            self.error()
                .into_iter()
                .map(|words| (TOKEN.to_string(), words))
                .collect()
        })
    }
}

/// Which server, and with which credential.
#[component]
pub fn Connect(session: Session) -> impl IntoView {
    let provider = session.provider();
    document::set_title(&["Connect to ", &provider.name, " – Memberdesk"].concat());
    let credential = Credential::new(session, None);
    let untested = RwSignal::new(None::<Reason>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        untested.set(None);
        credential.try_it(move |reason| match reason {
            None => session.stage.set(Stage::Find {
                attempted: false,
                refused: None,
            }),
            Some(reason) => {
                untested.set(Some(reason));
                document::focus(".notice");
            }
        });
    };
    let servers = (provider.servers.len() > 1).then(|| {
        let answers = provider.servers.iter().map(|server| Answer {
            value: Box::leak(server.slug.clone().into_boxed_str()),
            words: server.label.clone(),
            hint: server.address.clone(),
        });
        view! {
            <Choice
                id="server".to_string()
                legend="Server".to_string()
                hint=None
                options=answers.collect()
                error=Signal::derive(|| None::<String>)
                value=session.server
                on_choose=Callback::new(move |slug| session.server.set(slug))
            />
        }
    });
    let samples = samples(session, credential);
    view! {
        <div class="stack" data-gap="small">
            <p class="caption">{provider.name.clone()}</p>
            <h1 tabindex="-1">"Connect to " {provider.name.clone()}</h1>
            <p class="lede">{provider.about.clone()}</p>
        </div>
        <ErrorSummary errors=credential.errors()/>
        {move || untested.get().map(|reason| view! { <NotConnected reason/> })}
        {samples}
        <form class="stack" novalidate on:submit=submit>
            {servers}
            {move || view! { <Way session/> }}
            {credential.view()}
        </form>
    }
}

/// What is wrong, or should be known, about how the chosen server is reached.
#[component]
fn Way(session: Session) -> impl IntoView {
    match session.way() {
        Err(fault) => view! {
            <Notice tone="warning" title="This server cannot be reached yet">
                <p>{fault.words()}</p>
                <p><a href="#/settings">"Open the settings"</a></p>
            </Notice>
        }
        .into_any(),
        Ok(way) if way.is_in_clear() => view! {
            <Notice tone="warning" title="Part of the way is not encrypted">
                <p>"An address on the way starts with http://. Others on the network could read the token."</p>
            </Notice>
        }
        .into_any(),
        Ok(_) => ().into_any(),
    }
}

#[component]
fn NotConnected(reason: Reason) -> impl IntoView {
    view! {
        <section class="notice" data-tone="warning" tabindex="-1" role="alert">
            <h2 class="notice__title">"Not connected"</h2>
            <div class="notice__body">
                <p>{reason.says}</p>
                <p>{reason.cure}</p>
            </div>
        </section>
    }
}

/// Connections that are ready to try, where the owner offers some.
fn samples(session: Session, credential: Credential) -> impl IntoView {
    let id = session.provider().id.clone();
    let mine = session.desk.config.with_value(|config| {
        config
            .samples
            .iter()
            .filter(|sample| sample.provider == id)
            .cloned()
            .collect::<Vec<_>>()
    });
    let button = move |sample: Sample| {
        let label = sample.label.clone();
        let fill = move |_| {
            session.server.set(sample.server.clone());
            session.typed.set(sample.identity.clone());
            if let Some((_, token)) = sample.secrets.first() {
                credential.type_text(token.clone());
            }
            document::focus("button[type=submit]");
        };
        view! { <button type="button" class="button" data-kind="secondary" on:click=fill>{label}</button> }
    };
    (!mine.is_empty()).then(|| {
        view! {
            <Notice tone="info" title="Try it with a simulated member">
                <p>"These fill in a token and a member of a simulated provider on this machine. Nobody real is changed."</p>
                <div class="cluster">{mine.into_iter().map(button).collect_view()}</div>
            </Notice>
        }
    })
}

/// The credential was not accepted in the middle of a change. Everything else stays as it is.
#[component]
pub fn SignInAgain(session: Session, reason: Reason) -> impl IntoView {
    let provider = session.provider();
    document::set_title(&["Sign in again – ", &provider.name, " – Memberdesk"].concat());
    let credential = Credential::new(session, None);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        credential.try_it(move |_| session.tell(Event::GoOn));
    };
    view! {
        <div class="stack" data-gap="small">
            <p class="caption">{provider.name.clone()}</p>
            <h1 tabindex="-1">"Sign in again to go on"</h1>
            <p class="lede">{reason.says} " " {reason.cure} " Nothing was changed, and what you entered is kept."</p>
        </div>
        <ErrorSummary errors=credential.errors()/>
        <form class="stack" novalidate on:submit=submit>{credential.view()}</form>
    }
}
