use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::browser::document;
use crate::change::answer::Reason;
use crate::change::identity::Identity;
use crate::change::problem::{Problem, Violation};
use crate::desk::link::shortened;
use crate::provider::field::Field as ProviderField;
use crate::ui::component::button::{Button, Submit};
use crate::ui::component::details::Details;
use crate::ui::component::error_summary::{ErrorSummary, error_of};
use crate::ui::component::field::Field;
use crate::ui::live::{act, live_some, some};
use crate::ui::session::Session;
use crate::words::{Words, say};

use super::carried::Carried;
use super::linked::LinkNotice;
use super::lists::Lists;
use super::place::Place;
use super::recent::Recent;
use super::until::Until;

/// Which member: found by name, or by the keys that name one, typed or pasted.
#[component]
pub fn Find(session: Session, attempted: bool, refused: Option<Reason>) -> impl IntoView {
    let provider = session.provider();
    let title = say::find_page(&provider.member, &provider.name).text();
    let now = move || {
        let checked = Identity::check(&session.provider(), &session.keys(&session.typed.get()));
        checked.err().unwrap_or_default()
    };
    // The keys that were wrong at the last try. What is mended goes away, and nothing new comes before the next.
    let of_try = move || untrack(now).into_iter().map(|violation| violation.key).collect::<Vec<String>>();
    let wrong = RwSignal::new(if attempted { of_try() } else { Vec::new() });
    // The list that nothing was chosen from then.
    let unchosen = RwSignal::new(None::<usize>);
    // What the provider said to the keys that stand there; gone as soon as one is another.
    let refused = RwSignal::new(refused);
    Effect::new(move |before: Option<Vec<(String, String)>>| {
        let typed = session.typed.get();
        if before.is_some_and(|before| before != typed) {
            refused.set(None);
        }
        typed
    });
    let by_key = session.by_key();
    let violations = Memo::new(move |_| {
        let provider = session.provider();
        let mut found: Vec<(String, String)> = Vec::new();
        if let Some(reason) = refused.get() {
            let words = reason.words().text();
            found.extend(reason.field.map(|key| (session.box_of_key(&key), words)));
        }
        let wrong = wrong.get();
        let mut still: Vec<Violation> =
            now().into_iter().filter(|violation| wrong.contains(&violation.key)).collect();
        // Where one chooses by name, what is missing is the next choice.
        if let Some(next) = session.next_lookup().filter(|_| !by_key.get()) {
            let before = still.len();
            still.retain(|violation| violation.problem != Problem::ValueMissing);
            if still.len() < before && unchosen.get() == Some(next.step) {
                let label = &provider.steps()[next.step].label;
                found.push((session.box_of(next), say::find_choose(label).text()));
            }
        }
        found.extend(
            still
                .into_iter()
                .map(|violation| (session.box_of_key(&violation.key), violation.words(&provider).text())),
        );
        found
    });
    Effect::new(move |_| document::set_title_with(violations.with(|all| !all.is_empty()), &title));
    if refused.with_untracked(Option::is_some) {
        document::focus(&[".error-summary"]);
    }
    let field = move |field: &ProviderField| {
        let key = field.key.clone();
        let (for_value, for_input) = (key.clone(), key.clone());
        let error = error_of(violations, &key);
        let value = Signal::derive(move || {
            session.typed.with(|typed| {
                typed
                    .iter()
                    .find(|(key, _)| *key == for_value)
                    .map(|(_, text)| text.clone())
                    .unwrap_or_default()
            })
        });
        let input = Callback::new(move |text: String| session.type_key(&for_input, text));
        view! {
            <Field id=key label=field.label.clone() hint=field.hint_with_example() held=None error value on_input=input code=true/>
        }
    };
    let unusual = {
        let provider = provider.clone();
        live_some(move || {
            let identity = Identity::check(&provider, &session.keys(&session.typed.get()));
            let fields = identity.map(|identity| identity.unusual(&provider)).unwrap_or_default();
            // The provider has said no: that one can go on all the same is not true any more.
            let is_refused = refused.with(Option::is_some);
            let says = |field: &&ProviderField| match is_refused {
                true => {
                    say::find_usual(&field.label, field.example.as_ref()?.as_str().map(shortened)?).into()
                }
                false => Some(say::find_unusual(&field.label)),
            };
            let says: Vec<Words> = fields.iter().filter_map(says).collect();
            let class = if is_refused { "quiet" } else { "field__warning" };
            (!says.is_empty()).then(|| view! { <p class=class>{Words::Several(says)}</p> })
        })
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        unchosen.set(session.next_lookup().map(|lookup| lookup.step));
        wrong.set(of_try());
        refused.set(None);
        if violations.with_untracked(Vec::is_empty) {
            session.linked.forget();
            session.open();
        } else {
            document::focus(&[".error-summary"]);
        }
    };
    let leave = move |()| {
        session.sign_out();
    };
    // The secrets of this connection stay for when one comes back.
    let switch = move |()| {
        session.credential.typed.values.set(Vec::new());
        session.go_elsewhere();
    };
    let several = provider.plain().next().is_some() || session.all_named().len() > 1;
    let switch = several.then(|| {
        let words = say::find_use_another(provider.connection_word());
        view! { <Button words kind="plain" on_press=Callback::new(switch)/> }
    });
    let whose =
        live_some(move || session.whose().map(|name| view! { <p class="quiet">{say::find_whose(name)}</p> }));
    let no_list = provider.no_list().map(|why| view! { <p class="quiet">{why.to_string()}</p> });
    let boxes = provider.identity.iter().map(field).collect_view();
    let boxes = match provider.steps() {
        [] => boxes.into_any(),
        _ => view! {
            <Details summary=say::find_by_key() open=by_key><div class="stack">{boxes}</div></Details>
        }
        .into_any(),
    };
    view! {
        <div class="stack" data-gap="small">
            <Place session/>
            <h1 tabindex="-1">{say::find_title(&provider.member)}</h1>
            {whose}
            <Until session/>
        </div>
        <ErrorSummary errors=violations/>
        {super::purpose::purpose(session)}
        <LinkNotice session/>
        <Carried session/>
        <form class="stack" novalidate on:submit=act(submit)>
            <Lists session errors=violations/>
            {some(no_list)}
            {boxes}
            {unusual}
            <div class="cluster">
                <Submit words=say::find_submit()/>
                {some(switch)}
                <Button words=say::find_sign_out() kind="plain" on_press=Callback::new(leave)/>
            </div>
        </form>
        <Recent session/>
    }
}
