use std::time::Duration;

use leptos::prelude::*;

use crate::browser::clock;
use crate::ui::live::later;
use crate::ui::session::{Busy, Session, Stage};

/// What is quicker than this shows nothing of itself.
const PATIENCE: Duration = Duration::from_secs(1);

/// What is on the screen while something begins: for a second, the page from before.
#[derive(Clone, Copy)]
pub struct Calm {
    pub shown: RwSignal<Stage>,
    /// Something is under way, and what is shown is of before: nothing can be pressed on it.
    pub waits: Memo<bool>,
    /// How many times something came to its end. The page that comes then is a new one, even if it is the same.
    pub ends: RwSignal<u32>,
}

pub fn calm(session: Session) -> Calm {
    let stage = session.stage;
    let shown = RwSignal::new(stage.get_untracked());
    let is_busy = |stage: &Stage| matches!(stage, Stage::Busy(_));
    let ends = RwSignal::new(0);
    let begun = StoredValue::new(shown.with_untracked(is_busy));
    Effect::new(move |_| {
        let now = stage.get();
        if !is_busy(&now) {
            if begun.get_value() {
                begun.set_value(false);
                ends.update(|ends| *ends += 1);
            }
            shown.set(now);
            return;
        }
        let long = matches!(now, Stage::Busy(Busy::Waiting { seconds: 2.., .. }));
        let first = !begun.get_value();
        begun.set_value(true);
        if shown.with_untracked(is_busy) {
            return;
        }
        if long {
            shown.set(now);
        } else if first {
            let beginning = ends.get_untracked();
            later(async move {
                clock::pass(PATIENCE).await;
                // Somebody may have gone elsewhere by now, or something else has begun.
                let same = ends.try_get_untracked() == Some(beginning);
                let now = stage.try_get_untracked().filter(|now| same && is_busy(now));
                if let Some(now) = now.filter(|_| shown.try_with_untracked(is_busy) == Some(false)) {
                    _ = shown.try_set(now);
                }
            });
        }
    });
    let waits = Memo::new(move |_| stage.with(is_busy) && !shown.with(is_busy));
    Calm { shown, waits, ends }
}
