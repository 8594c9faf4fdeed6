use leptos::prelude::*;

use super::button::Button;
use super::copy::Copy;
use crate::doctor::{self, Circumstances, Remedy, Verdict};
use crate::ui::live::some;
use crate::words::say;

/// What is wrong on the way to a provider: in one sentence, what it means, who can mend it, and the next step.
#[component]
pub fn Diagnosis(
    diagnosis: doctor::Diagnosis,
    circumstances: Circumstances,
    /// Looks once more.
    #[prop(into)]
    on_again: Callback<()>,
) -> impl IntoView {
    let tone = if diagnosis.verdict == Verdict::Healthy { "success" } else { "warning" };
    let headline = diagnosis.headline();
    let mender = diagnosis.mender_words().map(|words| view! { <p><b>{words}</b></p> });
    let mut copies = Vec::new();
    let mut steps = Vec::new();
    for remedy in diagnosis.remedies() {
        match remedy {
            Remedy::Copy(words, text) => copies.push((words, text)),
            Remedy::Open(address) => steps.push(
                view! {
                    <a class="button" data-kind="secondary" href=address target="_blank" rel="noopener noreferrer">
                        {say::doctor_open()}
                    </a>
                }
                .into_any(),
            ),
            Remedy::Settings => {
                steps.push(view! { <a class="button" data-kind="secondary" href="#/settings">{say::doctor_settings()}</a> }.into_any());
            }
            Remedy::Again => {
                steps.push(view! { <Button words=say::doctor_again() kind="secondary" on_press=on_again/> }.into_any());
            }
        }
    }
    copies.push((say::doctor_copy_details(), diagnosis.details(&circumstances)));
    view! {
        <div class="diagnosis" data-tone=tone role="group" aria-label=headline.text()>
            <p class="diagnosis__headline">{headline.clone()}</p>
            <p>{diagnosis.means()}</p>
            {some(mender)}
            <div class="cluster" data-gap="small">
                {steps.into_iter().collect_view()}
                <Copy id="copied-diagnosis" copies/>
            </div>
            <p class="diagnosis__code">{say::doctor_code(diagnosis.verdict.code())}</p>
        </div>
    }
}
