use std::time::Duration;

use leptos::prelude::*;

use crate::browser::{clock, document};
use crate::provider::find::Period;
use crate::ui::component::choice::Answer;
use crate::ui::component::error_summary::error_of;
use crate::ui::component::picker::Picker;
use crate::ui::component::select::Select;
use crate::ui::live::{live_some, some};
use crate::ui::session::Session;
use crate::ui::session::finding::Lookup;
use crate::words::{Words, say};

use super::choosing::{course, extent_of};

/// So long after the last key, the provider is asked for what was typed.
const REST: Duration = Duration::from_millis(600);

/// How far back one may look, in days.
const PERIODS: [u64; 4] = [7, 30, 90, 365];

/// The way to a member by name: each list comes when what it needs is known.
#[component]
pub fn Lists(session: Session, errors: Memo<Vec<(String, String)>>) -> impl IntoView {
    let open =
        Memo::new(move |_| session.lookups().into_iter().map(|lookup| lookup.step).collect::<Vec<usize>>());
    let list = move |lookup: Lookup| {
        let is_open = Memo::new(move |_| open.with(|open| open.contains(&lookup.step)));
        live_some(move || is_open.get().then(|| view! { <List session lookup errors/> }))
    };
    session.finding.lookups().into_iter().map(list).collect_view()
}

#[component]
fn List(session: Session, lookup: Lookup, errors: Memo<Vec<(String, String)>>) -> impl IntoView {
    let provider = session.provider();
    let step = provider.steps()[lookup.step].clone();
    let id = session.box_of(lookup);
    // The provider is asked when typing rests.
    let pending = StoredValue::new_local(None);
    Effect::new(move |before: Option<String>| {
        let text = lookup.text.get();
        if let Some(before) = before.filter(|before| *before != text) {
            untrack(|| session.type_name(lookup, &before, &text));
            pending.set_value(Some(clock::after(REST, move || session.search(lookup))));
        }
        text
    });
    let matches = Memo::new_with_compare(move |_| lookup.matches(), |_, _| true);
    let name = provider.name.clone();
    let progress = Signal::derive(move || {
        let words = lookup.reading().words(&name);
        (!words.is_empty()).then(|| Words::Several(words).text())
    });
    let shown = error_of(errors, id.clone());
    let error = Signal::derive(move || session.wrong_kind(lookup).or_else(|| shown.get()));
    let on_choose = Callback::new(move |item| {
        session.choose(lookup, item);
        if let Some(next) = session.next_lookup() {
            document::focus_control_later(session.box_of(next));
        }
    });
    let again = Callback::new(move |()| session.look_again(lookup));
    let reading = Signal::derive(move || Some(lookup.reading()));
    let extent = Signal::derive(move || extent_of(lookup.reading()));
    let course = course(reading, &id, again, Callback::new(|()| ()));
    let period = step.period.as_ref().map(|period| how_far_back(session, lookup, period, &id));
    view! {
        <div class="stack" data-gap="small">
            {some(period)}
            <Picker
                id
                label=step.label
                hint=step.hint
                text=lookup.text
                matches
                progress
                extent
                error
                on_open=Callback::new(move |()| session.look(lookup))
                on_choose
            />
            {course}
        </div>
    }
}

fn how_far_back(session: Session, lookup: Lookup, period: &Period, id: &str) -> AnyView {
    let own = period.days;
    let mut days: Vec<u64> = PERIODS.into_iter().chain([own]).collect();
    days.sort_unstable();
    days.dedup();
    let answer = |days: &u64| Answer {
        value: days.to_string(),
        words: say::find_days(*days as usize).text(),
        hint: None,
        disabled: false,
    };
    let options = days.iter().map(answer).collect();
    let value = Signal::derive(move || lookup.days.get().unwrap_or(own).to_string());
    let choose = Callback::new(move |text: String| {
        lookup.days.set(text.parse().ok());
        session.look_again(lookup);
    });
    let id = [id, "-period"].concat();
    view! { <Select id label=say::find_period().text() options value on_choose=choose/> }.into_any()
}
