use leptos::prelude::*;

use crate::ui::live::some;
use crate::ui::session::{Session, Stage};
use crate::words::say;

/// Where one is, above a heading; with a tag where nobody real is changed, and where a change is taken back.
#[component]
pub fn Place(session: Session) -> impl IntoView {
    let test =
        session.is_test().then(|| view! { " " <em class="tag" data-tone="info">{say::place_test()}</em> });
    let is_change = |stage: &Stage| matches!(stage, Stage::Check { .. } | Stage::Result(_));
    let undo = (session.stage.with_untracked(is_change) && session.is_undo())
        .then(|| view! { " " <em class="tag" data-tone="info">{say::place_undo()}</em> });
    view! { <p class="caption">{session.place()} {some(test)} {some(undo)}</p> }
}
