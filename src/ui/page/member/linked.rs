use leptos::prelude::*;

use crate::ui::component::button::Button;
use crate::ui::component::notice::Notice;
use crate::ui::live::{live_some, some};
use crate::ui::session::{Session, Stage};
use crate::words::{Words, say};

/// What is to be said of the link that one came by.
#[component]
pub fn LinkNotice(session: Session, shown: RwSignal<Stage>) -> impl IntoView {
    let before = Memo::new(move |_| shown.with(|stage| matches!(stage, Stage::Connect | Stage::Find { .. })));
    let about = live_some(move || {
        let (act, unknown) = (session.linked.act.get(), session.linked.unknown.get());
        let any = before.get() && (act.is_some() || !unknown.is_empty());
        any.then(|| {
            let prepares = act.map(|act| {
                let drop = move |()| session.linked.act.set(None);
                view! {
                    <p>{say::link_prepares(&act.label)}</p>
                    <div>
                        <Button words=say::link_drop() kind="plain" on_press=Callback::new(drop)/>
                    </div>
                }
            });
            let name = session.provider().name.clone();
            let names = Words::List(unknown.iter().map(Words::from).collect());
            let unknown = (!unknown.is_empty()).then(|| view! { <p>{say::link_unknown(name, names)}</p> });
            view! {
                <Notice tone="info" title=say::link_came()>
                    {some(prepares)}
                    {some(unknown)}
                </Notice>
            }
        })
    });
    view! {
        {live_some(move || session.linked.waits.get().map(|link| waits(session, link)))}
        {about}
    }
}

/// Following a link would take away what was entered.
fn waits(session: Session, link: String) -> AnyView {
    let stay = move |()| session.linked.waits.set(None);
    let go = move |()| session.go(&link);
    view! {
        <Notice tone="warning" title=say::link_waits() found=true>
            <p>{say::link_waits_why()}</p>
            <div class="cluster">
                <Button words=say::form_stay() kind="secondary" on_press=Callback::new(stay)/>
                <Button words=say::link_go() kind="plain" on_press=Callback::new(go)/>
            </div>
        </Notice>
    }
    .into_any()
}
