mod connections;
mod language;
mod limit;
mod now;
mod place;
mod proxy;
mod servers;
mod theme;
mod trial;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::browser::{document, storage};
use crate::desk::route::Route;
use crate::desk::settings::Settings;
use crate::ui::component::button::Submit;
use crate::ui::component::error_summary::ErrorSummary;
use crate::ui::component::heading::Heading;
use crate::ui::component::notice::Notice;
use crate::ui::live::{act, live_some, some};
use crate::ui::sessions::Sessions;
use crate::ui::state::Desk;
use crate::words::{Words, say};

use connections::Connections;
use language::language;
use limit::LimitQuestion;
use now::InForce;
use proxy::{ProxyQuestion, TypedProxy};
use servers::{ServerQuestions, TypedServers};
use theme::ThemeQuestion;

/// What is wrong, and at which control.
type Wrong = Vec<(String, Words)>;

/// What is typed into the form of this page. Nothing of it holds before it is saved. It outlives a change of language.
#[derive(Clone, Copy)]
pub struct Typed {
    desk: Desk,
    proxy: TypedProxy,
    servers: TypedServers,
    limit: RwSignal<String>,
    attempted: RwSignal<bool>,
    /// It was saved as it stands here; and whether the browser keeps it.
    saved: RwSignal<Option<bool>>,
}

impl Typed {
    pub fn new(desk: Desk) -> Typed {
        let settings = desk.settings.get_untracked();
        Typed {
            desk,
            proxy: TypedProxy::new(desk, &settings),
            servers: TypedServers::new(&settings),
            limit: RwSignal::new(limit::text(&settings)),
            attempted: RwSignal::new(false),
            saved: RwSignal::new(None),
        }
    }

    /// What was typed as settings, as far as it can be, and all that is wrong with it.
    fn read(self) -> (Settings, Wrong) {
        let mut wrong = Vec::new();
        let settings = Settings {
            proxy: self.proxy.read(&mut wrong),
            servers: self.servers.read(&mut wrong),
            time_limit: limit::read(&self.limit.get(), &mut wrong),
            // These hold at once, each by its own choice.
            ..self.desk.settings.get_untracked()
        };
        (settings, wrong)
    }

    /// The same to try it: only what is wrong at these controls is in the way.
    fn read_for(self, controls: &[&str]) -> Result<Settings, Words> {
        let (settings, wrong) = untrack(|| self.read());
        match wrong.into_iter().find(|(id, _)| controls.contains(&id.as_str())) {
            Some((_, words)) => Err(words),
            None => Ok(settings),
        }
    }

    /// What is to be said of it now: nothing before somebody has tried to save.
    fn errors(self) -> Vec<(String, String)> {
        if !self.attempted.get() {
            return Vec::new();
        }
        self.read().1.into_iter().map(|(id, words)| (id, words.text())).collect()
    }

    fn error_of(self, id: &str) -> Signal<Option<String>> {
        let id = id.to_string();
        Signal::derive(move || self.errors().into_iter().find(|(own, _)| *own == id).map(|(_, words)| words))
    }

    /// Takes an answer from its control.
    fn into(self, answer: RwSignal<String>) -> Callback<String> {
        Callback::new(move |text| {
            self.saved.set(None);
            answer.set(text);
        })
    }

    fn save(self) {
        self.attempted.set(true);
        let (settings, wrong) = self.read();
        if !wrong.is_empty() {
            document::focus(&[".error-summary"]);
            return;
        }
        self.attempted.set(false);
        self.saved.set(Some(storage::keep_settings(&settings.text())));
        self.desk.settings.set(settings);
        document::focus(&[".notice[role]"]);
    }
}

/// A choice that holds at once, and on the next visit too; but settings that this page does not understand are left
/// as they are.
fn keep(desk: Desk, choose: impl FnOnce(&mut Settings)) {
    desk.settings.update(choose);
    if !desk.unknown_settings {
        storage::keep_settings(&desk.settings.with_untracked(|settings| settings.text()));
    }
}

/// What the person in front of the page decides, what is in force, and what they are connected to.
#[component]
pub fn SettingsPage(desk: Desk, sessions: Sessions, typed: Typed) -> impl IntoView {
    typed.servers.load(desk);
    let errors = Memo::new(move |_| typed.errors());
    Effect::new(move |_| {
        document::set_title_with(errors.with(|all| !all.is_empty()), &say::settings_page().text());
    });
    let told = live_some(move || {
        typed.saved.get().map(|kept| {
            let words = if kept { say::settings_saved_kept() } else { say::settings_saved_tab() };
            view! { <Notice tone="success" title=say::settings_saved() found=true><p>{words}</p></Notice> }
        })
    });
    let unknown = desk.unknown_settings.then(|| {
        view! {
            <Notice tone="warning" title=say::settings_unknown()>
                <p>{say::settings_unknown_why()}</p>
            </Notice>
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        typed.save();
    };
    view! {
        <div class="stack" data-gap="large">
            <Heading title=say::settings_title() lede=say::settings_lede()/>
            <ErrorSummary errors/>
            {some(unknown)}
            {told}
            <section class="stack">
                <h2>{say::settings_display()}</h2>
                <p class="quiet">{say::settings_display_hint()}</p>
                <ThemeQuestion desk/>
                {language(desk, sessions)}
            </section>
            <InForce desk places=typed.servers.places/>
            <p><a href=Route::Doctor.hash()>{say::doctor_title()}</a></p>
            <form class="stack" novalidate on:submit=act(submit)>
                <h2>{say::settings_change()}</h2>
                <ProxyQuestion typed/>
                <ServerQuestions typed/>
                <LimitQuestion typed/>
                <div><Submit words=say::settings_save()/></div>
            </form>
            <Connections desk sessions/>
        </div>
    }
}
