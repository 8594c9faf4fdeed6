//! The members that were looked at last, as rows that lead to them.

use leptos::prelude::*;

use crate::desk::link::Link;
use crate::desk::recent::Member;
use crate::desk::route::Route;

use super::component::recents::Row;
use super::live::later;
use super::session::Session;
use super::state::Desk;

/// A row for each member, with the session of its provider if there is one. Where it is comes as soon as the
/// provider's file has.
pub fn rows(desk: Desk, members: Vec<(Member, Option<Session>)>) -> Vec<Row> {
    let mut awaited = Vec::new();
    let row = |(member, session): (Member, Option<Session>)| {
        let place = RwSignal::new((String::new(), false));
        awaited.push((member.clone(), place));
        let Member { provider, title, of, link, .. } = member;
        let href = Route::Provider(provider.clone(), link.clone()).hash();
        let (own, way) = (provider.clone(), link.clone());
        let pinned = Signal::derive(move || desk.recents.all.with(|all| all.is_pinned(&own, &way)));
        let way = link.clone();
        let open = move |()| _ = session.map(|session| session.revisit(&way));
        let pin = move |()| {
            let pinned = !pinned.get_untracked();
            desk.recents.change(|recents| recents.pin(&provider, &link, pinned));
        };
        Row {
            title,
            of,
            href,
            place: place.into(),
            pinned,
            on_open: Callback::new(open),
            on_pin: Callback::new(pin),
        }
    };
    let rows = members.into_iter().map(row).collect();
    later(async move {
        // One after another, so that each file is read once.
        for (member, place) in awaited {
            let Ok(provider) = desk.provider(&member.provider).await else { continue };
            let link = Link::parse(&provider, &member.link);
            let test = desk.config.with_value(|config| config.leads_to_test(&provider, &link));
            _ = place.try_set((link.place(&provider), test));
        }
    });
    rows
}
