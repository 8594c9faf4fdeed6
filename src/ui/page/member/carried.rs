use leptos::prelude::*;

use crate::browser::document;
use crate::change::draft::Draft;
use crate::change::record::Record;
use crate::change::repeat::fitting;
use crate::ui::component::button::Button;
use crate::ui::component::notice::Notice;
use crate::ui::form::Form;
use crate::ui::live::{live_some, some};
use crate::ui::session::Session;
use crate::words::{Words, say};

/// That a change comes along from one member to the next: while that one is chosen, and on its form.
#[component]
pub fn Carried(
    session: Session,
    /// The form that it stands on; nothing while a member is chosen.
    #[prop(optional)]
    form: Option<Form>,
) -> impl IntoView {
    let carried = Memo::new(move |_| session.carried.get());
    live_some(move || {
        let draft = carried.get()?;
        Some(match form {
            Some(form) => on_form(session, &draft, &form.record().get_untracked()),
            None => on_find(session, &draft),
        })
    })
}

fn on_find(session: Session, draft: &Draft) -> AnyView {
    let fields = labels(session, draft.entries().map(|(key, _)| key));
    let words = say::result_carried_find(&session.provider().member, fields);
    let drop = move |()| {
        session.carried.set(None);
        document::focus(&[document::HEADING]);
    };
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
