use leptos::prelude::*;

use crate::browser::document;
use crate::desk::recent::Keeping;
use crate::ui::component::recents::{RecentFate, RecentList};
use crate::ui::live::{live_some, live_text};
use crate::ui::recent_rows::rows;
use crate::ui::sessions::Sessions;
use crate::ui::state::Desk;
use crate::words::{Words, say};

/// So many are in sight.
const FIRST: usize = 10;

/// The members that were looked at last, of every provider; and whether this browser keeps them.
#[component]
pub fn Recent(desk: Desk, sessions: Sessions) -> impl IntoView {
    let recents = desk.recents;
    let listed = recents.listed();
    let said = RwSignal::new(Words::none());
    let keep = Callback::new(move |asked: bool| {
        said.set(Words::none());
        if !asked {
            recents.keep_no_more();
        } else if !recents.keep() {
            said.set(say::recents_not_kept());
        }
    });
    // The button goes with the list: the page is begun at its heading.
    let forget = Callback::new(move |()| {
        recents.forget();
        said.set(say::recents_forgotten());
        document::focus(&[document::HEADING]);
    });
    let kept = (recents.keeping == Keeping::Device).then(|| recents.kept.into());
    let list = live_some(move || {
        let shown = listed.with(|_| recents.all.with_untracked(|all| all.shown(None))).into_iter();
        let offered = shown.filter(|member| desk.offers(&member.provider));
        let members: Vec<_> =
            offered.map(|member| (member.clone(), sessions.find(&member.provider))).collect();
        (!members.is_empty()).then(|| {
            view! {
                <RecentList rows=rows(desk, members) first=FIRST>
                    <RecentFate kept on_keep=keep on_forget=forget/>
                </RecentList>
            }
        })
    });
    view! {
        <div class="stack" data-gap="small">
            {list}
            <p class="quiet" role="status">{live_text(move || said.with(Words::text))}</p>
        </div>
    }
}
