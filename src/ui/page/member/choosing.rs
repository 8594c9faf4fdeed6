//! What a value can be chosen from, as a form shows it: the list, how far it is, and where its names come from.

use std::sync::Arc;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use crate::browser::document;
use crate::find::list::{Extent, Item};
use crate::provider::field::{Field as ProviderField, Kind};
use crate::provider::items::{Items, Part};
use crate::provider::limits::Limits;
use crate::provider::list::Lookup;
use crate::ui::component::button::Button;
use crate::ui::component::field::Field;
use crate::ui::component::picker::{Choices, IdPicker};
use crate::ui::live::{act, live_some, some};
use crate::ui::session::Session;
use crate::ui::session::reading::{Reading, State};
use crate::words::{Words, say};

/// A list of the session's, for as long as the page that shows it.
#[derive(Clone, Copy)]
pub struct Shown {
    session: Session,
    lookup: StoredValue<Lookup>,
    /// What one entry is called.
    label: StoredValue<String>,
    /// Nothing as long as it cannot be asked for.
    reading: Memo<Option<Reading>>,
}

impl Shown {
    /// Nothing if the list is where nobody knows.
    pub fn new(session: Session, lookup: &Lookup, label: &str) -> Option<Shown> {
        if lookup.is_reference && session.names_way().is_none() {
            return None;
        }
        let lookup = StoredValue::new(lookup.clone());
        let own = move || lookup.with_value(|lookup| session.list(lookup));
        let reading = Memo::new_with_compare(move |_| own(), |_, _| true);
        Some(Shown { session, lookup, label: StoredValue::new(label.to_string()), reading })
    }

    fn items(self) -> Vec<Arc<Item>> {
        let Some(reading) = self.reading.get() else { return Vec::new() };
        let mut items = reading.matching("");
        if self.lookup.with_value(Lookup::is_of_nodes) {
            // What is below a node follows it.
            items.sort_by(|one, other| one.way().cmp(other.way()));
        }
        items
    }

    pub fn choices(self, limits: &Limits, whole: bool) -> Choices {
        let provider = self.session.provider().name.clone();
        let items = Memo::new_with_compare(move |_| Arc::new(self.items()), is_other);
        let progress = Signal::derive(move || {
            let words = self.reading.get().map(|reading| reading.words(&provider)).unwrap_or_default();
            (!words.is_empty()).then(|| Words::Several(words).text())
        });
        Choices {
            items: items.into(),
            progress,
            extent: self.extent(),
            is_like_id: like_id(limits, whole),
            on_open: Some(Callback::new(move |()| self.look_up())),
        }
    }

    /// What the entry that stands in the first box has in its turn.
    pub fn inner(self, number: usize, adding: RwSignal<Vec<String>>, part: &Part) -> Choices {
        let id = Memo::new(move |_| adding.with(|boxes| boxes.first().cloned().unwrap_or_default()));
        let items = Memo::new_with_compare(
            move |_| {
                let reading = self.reading.get();
                let own = reading.and_then(|reading| {
                    reading.with(|walk| Some(walk.list().get(id.get().trim())?.inner.get(number)?.clone()))
                });
                Arc::new(own.flatten().unwrap_or_default())
            },
            is_other,
        );
        Choices {
            items: items.into(),
            progress: Signal::derive(|| None),
            // An entry comes with all that it has.
            extent: Signal::derive(|| Extent::Whole),
            is_like_id: like_id(&part.limits, part.whole),
            on_open: None,
        }
    }

    fn extent(self) -> Signal<Extent> {
        Memo::new(move |_| self.reading.get().map_or(Extent::Unread, extent_of)).into()
    }

    fn look_up(self) {
        let label = self.label.get_value();
        self.lookup.with_value(|lookup| self.session.look_up(lookup, &label));
    }

    /// The buttons to stop it and to read it again, for the box with this id.
    pub fn course(self, id: &str) -> AnyView {
        let again = Callback::new(move |()| {
            let label = self.label.get_value();
            self.lookup.with_value(|lookup| self.session.look_up_again(lookup, &label));
        });
        let stopped = Callback::new(move |()| self.session.learn());
        course(Signal::derive(move || self.reading.get()), id, again, stopped)
    }
}

/// Whether a list is another one than before; one that only says how long it waits is not.
fn is_other(before: Option<&Arc<Vec<Arc<Item>>>>, now: Option<&Arc<Vec<Arc<Item>>>>) -> bool {
    let (Some(before), Some(now)) = (before, now) else { return true };
    before.len() != now.len() || before.iter().zip(now.iter()).any(|(own, other)| !Arc::ptr_eq(own, other))
}

fn like_id(limits: &Limits, whole: bool) -> Callback<String, bool> {
    let limits = limits.clone();
    Callback::new(move |text: String| limits.is_like_id(&text, whole))
}

/// How much of a list is known.
pub fn extent_of(reading: Reading) -> Extent {
    match reading.state.get() {
        State::Idle => Extent::Unread,
        State::Reading | State::Waiting { .. } | State::SignIn => Extent::UnderWay,
        State::Done if reading.was_left() => Extent::Left,
        State::Done if reading.is_short() => Extent::Short,
        State::Done => Extent::Whole,
    }
}

/// While a list is read it can be stopped, and one that lacks something can be read again.
pub fn course(
    reading: Signal<Option<Reading>>,
    id: &str,
    again: Callback<()>,
    stopped: Callback<()>,
) -> AnyView {
    // A short list is there before anybody could stop it.
    let is_long = |reading: Reading| {
        reading.is_under_way() && reading.with(|walk| !walk.list().items().is_empty()) == Some(true)
    };
    let stop = move |()| {
        if let Some(reading) = reading.get_untracked() {
            reading.stop();
        }
        stopped.run(());
    };
    let stops = Memo::new(move |_| reading.get().is_some_and(is_long));
    let is_short = Memo::new(move |_| reading.get().is_some_and(Reading::is_short));
    let stop = while_it_holds(stops, &[id, "-stop"].concat(), id, say::find_stop, Callback::new(stop));
    let again = while_it_holds(is_short, &[id, "-again"].concat(), id, say::find_again, again);
    view! { {stop} {again} }.into_any()
}

/// A button that is there while something holds. A focus that stands on it goes on to the box, not away with it.
fn while_it_holds(
    holds: Memo<bool>,
    place: &str,
    goes_to: &str,
    words: fn() -> Words,
    on_press: Callback<()>,
) -> AnyView {
    let (place, goes_to) = (place.to_string(), goes_to.to_string());
    live_some(move || {
        let holds = holds.get();
        if !holds && document::has_focus(&place) {
            document::focus_control_later(goes_to.clone());
        }
        holds.then(|| {
            view! { <div id=place.clone()><Button words=words() kind="plain" on_press/></div> }
        })
    })
    .into_any()
}

/// Where the names of a list's rows come from, if that is another server: its key, then what it must know.
pub fn reference(session: Session, key: &str, items: &Items) -> Option<AnyView> {
    let lookup = items.lookups().find(|lookup| lookup.is_reference)?;
    let whole = Shown::new(session, lookup, &items.label)?;
    let provider = session.provider();
    let (place, reference) = (provider.names.as_ref()?, provider.reference.as_ref()?);
    let part = |field: &ProviderField| [key, "-", &field.key].concat();
    let secrets: Vec<(String, ProviderField)> =
        reference.secrets().map(|field| (part(field), field.clone())).collect();
    let asked: Vec<(String, ProviderField)> = reference
        .asks
        .iter()
        .filter(|field| !field.write_only)
        .map(|field| (part(field), field.clone()))
        .collect();
    let next = asked.first().map(|(id, _)| id.clone());
    let from = say::names_from(&place.label).text();
    let has_key = Memo::new(move |_| session.has_names_key());
    let parts = live_some(move || {
        Some(match has_key.get() {
            false => secrets
                .iter()
                .map(|(id, field)| secret(session, id, field, next.clone()))
                .collect_view()
                .into_any(),
            true => asked.iter().map(|(id, field)| ask(session, id, field, whole)).collect_view().into_any(),
        })
    });
    Some(view! { <div class="stack" data-gap="small"><p class="quiet">{from}</p> {parts}</div> }.into_any())
}

/// The box for a secret of that server. It is kept for no longer than the page is open.
fn secret(session: Session, id: &str, field: &ProviderField, next: Option<String>) -> AnyView {
    let text = RwSignal::new(String::new());
    let wrong = RwSignal::new(None::<String>);
    let error = Signal::derive(move || {
        let refused =
            session.choosing.refused.with(|reason| reason.as_ref().map(|reason| reason.words().text()));
        wrong.get().or(refused)
    });
    if untrack(|| session.choosing.refused.with(Option::is_some)) {
        document::focus_control_later(id.to_string());
    }
    let give = {
        let (field, id) = (field.clone(), id.to_string());
        Callback::new(move |()| match session.give_names_key(&field, &text.get_untracked()) {
            Ok(()) => {
                if let Some(next) = next.clone() {
                    document::focus_control_later(next);
                }
            }
            Err(words) => {
                wrong.set(Some(words.text()));
                document::focus_control_later(id.clone());
            }
        })
    };
    let on_key = act(move |event: KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            give.run(());
        }
    });
    view! {
        <div on:keydown=on_key>
            <Field
                id=id.to_string()
                label=field.label.clone()
                hint=field.hint.clone()
                held=None
                error
                value=text
                on_input=Callback::new(move |typed| {
                    wrong.set(None);
                    session.choosing.refused.set(None);
                    text.set(typed);
                })
                secret=true
            />
        </div>
        <div><Button words=say::names_show() kind="secondary" on_press=give/></div>
    }
    .into_any()
}

/// Something that the list depends on, as a country: it is chosen, and then the list is read.
fn ask(session: Session, id: &str, field: &ProviderField, whole: Shown) -> AnyView {
    let shown = field.choices.as_deref().and_then(|lookup| Shown::new(session, lookup, &field.label));
    let is_number = matches!(field.kind, Kind::Number { .. });
    let nothing = || Choices {
        items: Signal::derive(Arc::default),
        progress: Signal::derive(|| None),
        extent: Signal::derive(|| Extent::Unread),
        is_like_id: like_id(&field.limits, is_number),
        on_open: None,
    };
    let choices = shown.map_or_else(nothing, |shown| shown.choices(&field.limits, is_number));
    let key = field.key.clone();
    // What is being typed stays in the box, and is nothing that was chosen yet.
    let typed = RwSignal::new(untrack(|| session.choosing.chosen(&key)).unwrap_or_default());
    let on_value = Callback::new(move |text: String| {
        typed.set(text.clone());
        let is_chosen = choices.items.with_untracked(|all| all.iter().any(|item| item.id == text));
        // A name that is still being typed is no number.
        let is_id = is_chosen || !is_number || text.bytes().all(|byte| byte.is_ascii_digit());
        session.choosing.choose(&key, if is_id { text } else { String::new() });
        if is_chosen {
            whole.look_up();
        }
    });
    view! {
        <IdPicker
            id=id.to_string()
            label=field.label.clone()
            hint=field.hint.clone()
            choices
            error=Signal::derive(|| None::<String>)
            error_at=None
            on_enter=Some(Callback::new(|()| ()))
            value=typed
            on_value
            on_doubt=Callback::new(|_| ())
        />
        {some(shown.map(|shown| shown.course(id)))}
    }
    .into_any()
}
