use leptos::prelude::*;

use super::linked::LinkNotice;
use super::place::caption;
use crate::browser::document;
use crate::change::answer::Reason;
use crate::change::driver::{Event, Purpose};
use crate::desk::config::{Connection, Sample};
use crate::provider::Face;
use crate::provider::server::Server;
use crate::transport::{Binding, Template};
use crate::ui::component::button::Button;
use crate::ui::component::error_summary::{ErrorSummary, error_of};
use crate::ui::component::heading::Heading;
use crate::ui::component::notice::Notice;
use crate::ui::component::risk::{Risk, Take};
use crate::ui::live::{act, live, live_some, live_text, some};
use crate::ui::page::connect::{ConnectForm, CredentialForm, Errors};
use crate::ui::session::Session;
use crate::ui::session::terms::UNDERSTOOD;
use crate::words::{Words, say};

/// The first form, with what is to be known before and the provider's own word on the credential.
#[component]
pub fn Entrance(session: Session) -> impl IntoView {
    let title = say::busy_page(say::connect_title(&session.face().name)).text();
    let wrong = errors(session);
    Effect::new(move |_| document::set_title_with(wrong.with(|all| !all.is_empty()), &title));
    let connect = Callback::new(move |()| session.connect(Session::arrive));
    let above = move || {
        view! {
            {live_some(move || place(session))}
            <ErrorSummary errors=errors(session)/>
            <LinkNotice session/>
            {live_some(move || untested(session))}
            {some(samples(session))}
            {live_some(move || others(session))}
            {live_some(move || way(session))}
            {live_some(move || stranger(session))}
            {some(in_address(session))}
        }
    };
    // What is asked depends on which of the owner's connections it is, and on the way there.
    let asked = Memo::new(move |before: Option<&Face>| {
        let mut face = session.face_asked();
        let fixed = session.fixed();
        face.asks.retain(|ask| !fixed.iter().any(|(key, _)| *key == ask.key));
        if before.is_some_and(|before| *before != face) {
            document::focus_control_later("server".to_string());
        }
        face
    });
    live(move || {
        let mut face = asked.get();
        let which = untrack(|| named(session, &mut face));
        view! {
            <ConnectForm
                face
                typed=session.credential.typed
                which
                errors=errors(session)
                above=above().into_any()
                on_connect=connect
            />
        }
    })
}

/// Where the owner named connections, one of them is chosen in place of a server.
fn named(session: Session, face: &mut Face) -> Words {
    let all = session.all_named();
    if all.is_empty() {
        return say::connect_server();
    }
    let at = |own: &Connection| {
        let server = face.server(&own.server).cloned();
        let address = server.as_ref().and_then(|server| server.address.clone());
        let test = own.test || server.is_some_and(|server| server.test);
        Server { slug: own.name.clone(), label: own.name.clone(), address, test }
    };
    face.servers = all.iter().map(at).collect();
    say::connect_which()
}

/// Which of the owner's connections is chosen, or that it is a test.
fn place(session: Session) -> Option<AnyView> {
    session.place_chosen().map(|(place, test)| caption(place, test, false).into_any())
}

/// The credential was not accepted in the middle of a change. Everything else stays as it is.
#[component]
pub fn SignInAgain(session: Session, reason: Reason, purpose: Purpose) -> impl IntoView {
    let (state, leave_words) = match purpose {
        Purpose::Settle => (say::again_sent(), say::again_without()),
        _ if session.is_in_doubt() => (say::busy_unread_sent(), say::busy_known()),
        _ => (say::again_kept(), say::busy_back()),
    };
    let lede = Words::Several(vec![reason.words(), state]);
    let back = move |()| match purpose {
        Purpose::Settle => session.tell(Event::Stop),
        _ => session.leave_change(),
    };
    let connect = Callback::new(move |()| session.connect(|session| session.tell(Event::GoOn)));
    view! { <AskAgain session lede leave_words connect leave=Callback::new(back)/> }
}

/// The credential was not accepted while a list was read. What was found stays, and what was typed.
#[component]
pub fn SignInToRead(session: Session, reason: Reason) -> impl IntoView {
    let lede = Words::Several(vec![reason.words(), say::again_list()]);
    let connect = Callback::new(move |()| session.connect(Session::read_on));
    let leave = Callback::new(move |()| session.leave_list());
    view! { <AskAgain session lede leave_words=say::again_without_list() connect leave/> }
}

/// Asks for the credential again, in the middle of something.
#[component]
fn AskAgain(
    session: Session,
    lede: Words,
    leave_words: Words,
    connect: Callback<()>,
    leave: Callback<()>,
) -> impl IntoView {
    let provider = session.provider();
    document::set_title(&say::again_page(&provider.name).text());
    view! {
        <Heading caption=session.place_with_tag() title=say::again_title() lede/>
        <ErrorSummary errors=errors(session)/>
        {live_some(move || untested(session))}
        {live_some(move || stranger(session))}
        <CredentialForm
            face=again(session)
            typed=session.credential.typed
            errors=errors(session)
            servers=().into_any()
            on_connect=connect
        />
        <div><Button words=leave_words kind="plain" on_press=leave/></div>
    }
}

/// Why the credential could not be tested.
fn untested(session: Session) -> Option<AnyView> {
    let reason = session.credential.untested.get()?;
    let doctor = reason.on_way.then(|| view! { <p><a href="#/doctor">{say::doctor_title()}</a></p> });
    let notice = view! {
        <Notice tone="warning" title=say::entrance_untested() found=true>
            <p>{reason.says}</p>
            <p>{reason.cure}</p>
            {some(doctor)}
        </Notice>
    };
    Some(notice.into_any())
}

fn errors(session: Session) -> Errors {
    Signal::derive(move || session.credential.errors(&session.provider(), &session.terms()))
}

/// What is asked again in the middle of a change: the secrets, and not what is known.
fn again(session: Session) -> Face {
    let mut face = session.face_asked();
    face.asks.retain(|ask| ask.secret);
    face
}

/// The connections of this visit, to go back to without the secret.
fn others(session: Session) -> Option<AnyView> {
    let others = session.others();
    let button = move |(binding, words): (Binding, Words)| {
        let go = Callback::new(move |()| session.reconnect(&binding));
        view! { <Button words kind="secondary" on_press=go/> }
    };
    (!others.is_empty()).then(|| {
        let buttons = others.into_iter().map(button).collect_view();
        view! { <div class="cluster">{buttons}</div> }.into_any()
    })
}

/// A secret that travels in an address may be written down on its way.
fn in_address(session: Session) -> Option<AnyView> {
    let provider = session.provider();
    let label = provider.secret_in_address()?.label.clone();
    let says = say::entrance_in_address_why(&provider.name, &label);
    let notice = view! {
        <Notice tone="info" title=say::entrance_in_address()>
            <p>{says}</p>
        </Notice>
    };
    Some(notice.into_any())
}

/// A stranger's proxy would see what is typed, and nobody has let it since the page was opened.
fn stranger(session: Session) -> Option<AnyView> {
    let key = session.terms().stranger?;
    let says = say::connect_stranger(session.proxy_chosen()?.name());
    let understood = session.credential.understood;
    let own = key.clone();
    let given = Signal::derive(move || {
        let is_given = understood.with(|understood| understood.as_ref() == Some(&own));
        if is_given { "yes" } else { "" }.to_string()
    });
    let give = Callback::new(move |text: String| {
        understood.set(Some(key.clone()).filter(|_| !text.is_empty()));
    });
    let error = error_of(errors(session), UNDERSTOOD);
    let id = UNDERSTOOD.to_string();
    Some(view! { <Risk id says take=Take::Tick error given on_give=give/> }.into_any())
}

/// How the chosen server is reached, if that is out of the ordinary.
fn way(session: Session) -> Option<AnyView> {
    let way = session.desk.way(&session.provider(), &session.server_chosen());
    let (tone, title, words) = match way {
        Err(fault) => ("warning", say::entrance_unreachable(), vec![fault.words()]),
        Ok(way) if way.is_in_clear() => {
            ("warning", say::entrance_in_clear(), vec![say::entrance_in_clear_why()])
        }
        Ok(way) => {
            // That a stranger stands there is said where somebody is asked about it.
            let asks = session.terms().stranger.is_some();
            let template = way.proxy.template().as_ref().clone();
            let mut words = Template { public: template.public && !asks, ..template }.warnings();
            let tone = if words.is_empty() { "info" } else { "warning" };
            if way.is_foreign() && !asks {
                words.insert(0, say::entrance_between_why(way.proxy.name()));
            }
            (tone, say::entrance_between(), words)
        }
    };
    if words.is_empty() {
        return None;
    }
    let words = words.into_iter().map(|words| view! { <p>{words}</p> }).collect_view();
    let notice = view! {
        <Notice tone=tone title=title>
            {words}
            <p><a href="#/settings">{say::entrance_settings()}</a></p>
        </Notice>
    };
    Some(notice.into_any())
}

/// Connections that are ready to try, where the owner offers some.
fn samples(session: Session) -> Option<AnyView> {
    let id = session.provider().id.clone();
    let mine = session.desk.config.with_value(|config| {
        config.samples.iter().filter(|sample| sample.provider == id).cloned().collect::<Vec<_>>()
    });
    if mine.is_empty() {
        return None;
    }
    // What stands in the boxes says which one it is.
    let is_filled = move |sample: &Sample| {
        session.server_chosen() == sample.server
            && session.credential.typed.values.with(|values| *values == sample.secrets)
            && session.typed.with(|typed| *typed == sample.identity)
    };
    let all = mine.clone();
    let told = live_some(move || {
        let filled = all.iter().find(|sample| is_filled(sample))?;
        Some(view! { <p>{say::entrance_samples_filled(filled.label.as_str())}</p> })
    });
    let button = move |sample: Sample| {
        let (label, of) = (sample.label.clone(), sample.clone());
        let pressed = live_text(move || is_filled(&of).to_string());
        let fill = move |_| {
            session.linked.forget();
            session.choose_server(&sample.server);
            session.typed.set(sample.identity.clone());
            session.credential.typed.values.set(sample.secrets.clone());
            let has = |key: &str| sample.secrets.iter().any(|(own, _)| own == key);
            let face = session.face();
            let way = face.ways.iter().find(|way| way.asks.iter().all(|ask| has(&ask.key)));
            if let Some(way) = way {
                session.credential.typed.way.set(way.id.clone());
            }
            document::focus(&["button[type=submit]"]);
        };
        view! {
            <button type="button" class="button" data-kind="secondary" aria-pressed=pressed on:click=act(fill)>
                {label}
            </button>
        }
    };
    let notice = view! {
        <Notice tone="info" title=say::entrance_samples()>
            <p>{say::entrance_samples_what()}</p>
            <div class="cluster">{mine.into_iter().map(button).collect_view()}</div>
            <div role="status">{told}</div>
        </Notice>
    };
    Some(notice.into_any())
}
