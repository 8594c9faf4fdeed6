use leptos::prelude::*;
use memberdesk::ui::component::recents::{RecentFate, RecentList, Row};

use super::{ARABIC, EMOJI, NAME, State, WORD, nothing};

pub const STATES: &[State] = &[
    ("one", || list(vec![row("Ada", "The club")], 10)),
    ("pinned first, and one at a test server", || {
        list(
            vec![pinned(row("Augusta", "The panel · Live · France")), test(row("Ada", "The club · Trial"))],
            10,
        )
    }),
    ("two of one name", || {
        let ada = |place: &str| of(row("Ada", "The club"), place);
        list(vec![ada("The first room"), ada("The second room"), of(row("Ada", WORD), NAME)], 10)
    }),
    ("more than are in sight", || {
        list(vec![row("Ada", "The club"), row("Augusta", "The club"), row("Charles", "The club")], 1)
    }),
    ("where it is not known yet", || list(vec![row("Ada", "")], 10)),
    ("that it goes with the tab", || fate(None)),
    ("a browser keeps it", || fate(Some(true))),
    ("long names and words", || {
        list(vec![row(NAME, NAME), pinned(row(WORD, WORD)), test(row(WORD, NAME))], 10)
    }),
    ("from right to left, and emoji", || list(vec![row(ARABIC, ARABIC), pinned(row(EMOJI, EMOJI))], 10)),
];

fn list(rows: Vec<Row>, first: usize) -> AnyView {
    view! { <RecentList rows first/> }.into_any()
}

fn fate(kept: Option<bool>) -> AnyView {
    let kept = kept.map(|kept| RwSignal::new(kept));
    let keep = Callback::new(move |asked| _ = kept.map(|kept| kept.set(asked)));
    view! {
        <RecentList rows=vec![row("Ada", "The club")] first=10>
            <RecentFate kept=kept.map(Into::into) on_keep=keep on_forget=nothing()/>
        </RecentList>
    }
    .into_any()
}

fn row(title: &str, place: &str) -> Row {
    let pinned = RwSignal::new(false);
    Row {
        title: title.to_string(),
        of: None,
        href: "#/recents".to_string(),
        place: Signal::stored((place.to_string(), false)),
        pinned: pinned.into(),
        on_open: nothing(),
        on_pin: Callback::new(move |()| pinned.update(|pinned| *pinned = !*pinned)),
    }
}

fn of(row: Row, of: &str) -> Row {
    Row { of: Some(of.to_string()), ..row }
}

fn pinned(row: Row) -> Row {
    Row { pinned: Signal::stored(true), on_pin: nothing(), ..row }
}

fn test(row: Row) -> Row {
    let (place, _) = row.place.get_untracked();
    Row { place: Signal::stored((place, true)), ..row }
}
