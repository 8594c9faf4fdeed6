use leptos::prelude::*;

use crate::browser::document;
use crate::desk::link::shortened;
use crate::provider::field::Field;
use crate::ui::component::button::Button;
use crate::ui::component::notice::Notice;
use crate::ui::live::{live_some, some};
use crate::ui::session::Session;
use crate::words::{Words, say};

/// What is to be said of the link that one came by, before a member is there.
#[component]
pub fn LinkNotice(session: Session) -> impl IntoView {
    live_some(move || {
        let (linked, provider) = (session.linked, session.provider());
        let names = linked.names.get();
        let act = linked.act.get().and_then(|id| provider.act(&id).cloned());
        let (unknown, secrets) = (linked.unknown.get(), linked.secrets.get());
        let lost = linked.lost.get();
        let came = names || lost || !unknown.is_empty() || !secrets.is_empty();
        // It may have been chosen here as well.
        let title = if came { say::link_came() } else { say::link_act() };
        (came || act.is_some()).then(|| {
            let leads = names.then(|| {
                let typed = session.typed.get();
                let key = |field: &Field| {
                    let (_, text) = typed.iter().find(|(key, _)| *key == field.key)?;
                    Some(say::link_key(&field.label, shortened(text)))
                };
                let keys = Words::List(provider.identity.iter().filter_map(key).collect());
                view! { <p>{say::link_leads(keys)}</p> }
            });
            let prepares = act.map(|act| {
                let drop = move |()| {
                    session.linked.act.set(None);
                    document::focus(&[document::HEADING]);
                };
                let words =
                    if names { say::link_prepares_there(&act.label) } else { say::link_prepares(&act.label) };
                view! {
                    <p>{words}</p>
                    <div>
                        <Button words=say::link_drop() kind="plain" on_press=Callback::new(drop)/>
                    </div>
                }
            });
            let list = |names: &[String]| Words::List(names.iter().map(Words::from).collect());
            let unknown = (!unknown.is_empty())
                .then(|| view! { <p>{say::link_unknown(unknown.len(), list(&unknown))}</p> });
            let secrets = (!secrets.is_empty()).then(|| view! { <p>{say::link_secret(list(&secrets))}</p> });
            view! {
                <Notice tone="info" title>
                    {some(leads)}
                    {some(prepares)}
                    {some(unknown)}
                    {some(secrets)}
                    {some(lost.then(|| view! { <p>{say::link_lost()}</p> }))}
                </Notice>
            }
        })
    })
}

/// A link that was not followed, because of what stands here.
#[component]
pub fn WaitingLink(session: Session) -> impl IntoView {
    live_some(move || {
        let link = session.linked.waits.get()?;
        // A change on its way is never left; what was entered is, if somebody says so.
        let bound = session.is_busy();
        let why = match bound {
            true => say::link_bound(),
            false if session.is_unsaved() => say::link_waits_why(),
            false => say::link_free(),
        };
        let stay = move |()| {
            session.linked.waits.set(None);
            document::focus(&[document::HEADING]);
        };
        let go = move |()| session.go(&link);
        let go = (!bound).then(|| {
            view! { <Button words=say::link_go() kind="plain" on_press=Callback::new(go)/> }
        });
        Some(view! {
            <Notice tone="warning" title=say::link_waits() found=true>
                <p>{why}</p>
                <div class="cluster">
                    <Button words=say::form_stay() kind="secondary" on_press=Callback::new(stay)/>
                    {some(go)}
                </div>
            </Notice>
        })
    })
}
