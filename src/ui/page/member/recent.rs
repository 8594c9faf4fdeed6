use leptos::prelude::*;

use crate::ui::component::recents::RecentList;
use crate::ui::live::live_some;
use crate::ui::recent_rows::rows;
use crate::ui::session::Session;

/// So many are shown: it is a short cut, and the others are on Home.
const MOST: usize = 5;

/// The members of this provider that were looked at last.
#[component]
pub fn Recent(session: Session) -> impl IntoView {
    let (desk, id) = (session.desk, session.provider().id.clone());
    let listed = desk.recents.listed();
    live_some(move || {
        let shown = |_: &_| desk.recents.all.with_untracked(|all| all.shown(Some(&id)));
        let mut members = listed.with(shown);
        members.truncate(MOST);
        let members: Vec<_> = members.into_iter().map(|member| (member, Some(session))).collect();
        (!members.is_empty()).then(|| {
            view! { <RecentList rows=rows(desk, members) first=MOST/> }
        })
    })
}
