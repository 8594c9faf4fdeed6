use leptos::prelude::*;

use crate::change::draft::Draft;
use crate::change::record::Record;
use crate::change::repeat::fitting;
use crate::ui::component::button::Button;
use crate::ui::component::notice::Notice;
use crate::ui::live::{live_some, some};
use crate::ui::session::{Session, Stage};
use crate::words::{Words, say};

/// That a change comes along from one member to the next: while that one is chosen, and on its form.
#[component]
pub fn Carried(session: Session, shown: RwSignal<Stage>) -> impl IntoView {
    let carried = Memo::new(move |_| session.carried.get());
    let is_at = move |at: fn(&Stage) -> bool| Memo::new(move |_| shown.with(at));
    let finds = is_at(|stage| matches!(stage, Stage::Find { .. }));
    let changes = is_at(|stage| matches!(stage, Stage::Change));
    live_some(move || {
        let draft = carried.get()?;
        if finds.get() {
            return Some(on_find(session, &draft));
        }
        let form = session.form.get().filter(|_| changes.get())?;
        Some(on_form(session, &draft, &form.record().get_untracked()))
    })
}

fn on_find(session: Session, draft: &Draft) -> AnyView {
    let fields = labels(session, draft.entries().map(|(key, _)| key));
    let words = say::result_carried_find(&session.provider().member, fields);
    let drop = move |()| session.carried.set(None);
    view! {
        <Notice tone="info" title=say::result_carried() found=true>
            <p>{words}</p>
            <div>
                <Button words=say::result_carried_drop() kind="plain" on_press=Callback::new(drop)/>
            </div>
        </Notice>
    }
    .into_any()
}

fn on_form(session: Session, draft: &Draft, record: &Record) -> AnyView {
    let (fits, left) = fitting(&session.provider(), record, draft);
    let words = if fits.is_empty() { say::result_carried_same() } else { say::result_carried_form() };
    let left = (!left.is_empty()).then(|| {
        let fields = labels(session, left.iter().map(String::as_str));
        view! { <p>{say::result_carried_left(fields)}</p> }
    });
    view! {
        <Notice tone="info" title=say::result_carried() found=true>
            <p>{words}</p>
            {some(left)}
        </Notice>
    }
    .into_any()
}

fn labels<'k>(session: Session, keys: impl Iterator<Item = &'k str>) -> Words {
    let provider = session.provider();
    let label = |key| Some(Words::from(provider.field(key)?.label.as_str()));
    Words::List(keys.filter_map(label).collect())
}
