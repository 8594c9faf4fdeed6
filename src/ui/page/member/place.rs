use leptos::prelude::*;

use crate::ui::live::some;
use crate::ui::session::{Session, Stage};
use crate::words::{Words, say};

/// Where one is, above a heading; with a tag where nobody real is changed, and where a change is taken back.
#[component]
pub fn Place(session: Session) -> impl IntoView {
    let is_change = |stage: &Stage| matches!(stage, Stage::Check { .. } | Stage::Result(_));
    let undo = session.stage.with_untracked(is_change) && session.is_undo();
    caption(session.place(), session.is_test(), undo)
}

/// A place with its tags.
pub fn caption(place: String, test: bool, undo: bool) -> impl IntoView {
    let tag = |words: Words| view! { " " <em class="tag" data-tone="info">{words}</em> };
    let (test, undo) = (test.then(|| tag(say::place_test())), undo.then(|| tag(say::place_undo())));
    view! { <p class="caption">{place} {some(test)} {some(undo)}</p> }
}
