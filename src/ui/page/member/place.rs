use leptos::prelude::*;

use crate::ui::live::some;
use crate::ui::session::Session;
use crate::words::say;

/// Where one is, above a heading; with a tag where nobody real is changed.
#[component]
pub fn Place(session: Session) -> impl IntoView {
    let test =
        session.is_test().then(|| view! { " " <em class="tag" data-tone="info">{say::place_test()}</em> });
    view! { <p class="caption">{session.place()} {some(test)}</p> }
}
