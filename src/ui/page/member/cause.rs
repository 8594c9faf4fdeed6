use leptos::prelude::*;

use crate::browser::{clock, engine};
use crate::doctor::{self, Circumstances, Finding, Probe, Step, Verdict};
use crate::transport::Response;
use crate::ui::component::diagnosis::Diagnosis;
use crate::ui::component::progress::Progress;
use crate::ui::doctor::Patient;
use crate::ui::live::{later, live};
use crate::ui::session::Session;
use crate::words::say;

/// Looks by itself for what is wrong on the way, where somebody on it answered or nobody did.
#[component]
pub fn Cause(
    session: Session,
    /// What was answered, if anything: what it tells is not asked again.
    #[prop(optional_no_strip)]
    answer: Option<Response>,
) -> impl IntoView {
    let found = RwSignal::new(None::<doctor::Diagnosis>);
    let known: Vec<Step> = answer
        .map(|answer| Step { probe: Probe::Provider, finding: Finding::Answer(answer) })
        .into_iter()
        .collect();
    let look = move |known: Vec<Step>| {
        let patient = Patient {
            desk: session.desk,
            provider: session.provider(),
            server: session.server(),
            connection: None,
        };
        later(async move {
            // Somebody may have left the page by then.
            let is_awaited = || found.try_with_untracked(Option::is_none) == Some(true);
            if let Some(diagnosis) = patient.examine(known, &is_awaited).await {
                found.try_set(Some(diagnosis));
            }
        });
    };
    look(known);
    let again = Callback::new(move |()| {
        found.set(None);
        look(Vec::new());
    });
    let card = live(move || match found.get() {
        None => view! { <Progress words=say::doctor_looking().text()/> }.into_any(),
        // The answer was no fault of the way, and it says itself what it was.
        Some(own) if own.verdict == Verdict::Healthy && own.steps.len() == 1 => ().into_any(),
        Some(diagnosis) => {
            let circumstances =
                Circumstances { time: clock::text(clock::moment().now), browser: engine::name() };
            view! { <Diagnosis diagnosis circumstances on_again=again/> }.into_any()
        }
    });
    view! { <div role="status">{card}</div> }
}
