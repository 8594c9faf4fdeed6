//! What cannot be undone and what cannot be proved, said before anything is sent.

use leptos::prelude::*;

use crate::change::plan::{Difference, Plan};
use crate::provider::Provider;
use crate::words::{Words, say};

/// Of one field. Of a record that goes as a whole, its risk says it.
pub fn of_field(provider: &Provider, plan: &Plan, difference: &Difference) -> Option<AnyView> {
    let (unproved, permanent) = match plan.gone() {
        true => (None, false),
        false => (unproved(provider, difference), difference.permanent),
    };
    let permanent = permanent.then(say::check_permanent);
    let words: Vec<Words> = unproved.into_iter().chain(permanent).collect();
    let says = || view! { <p class="field__warning">{Words::Several(words.clone())}</p> }.into_any();
    (!words.is_empty()).then(says)
}

/// What that makes of the result.
pub fn of_all(provider: &Provider, plan: &Plan) -> Option<Words> {
    let mut unproved = plan.differences().iter().filter(|own| own.unproved && !plan.gone()).peekable();
    unproved.peek()?;
    Some(match unproved.any(|own| is_never_told(provider, own)) {
        true => say::check_accepted(&provider.name),
        false => say::check_perhaps_accepted(&provider.name),
    })
}

fn unproved(provider: &Provider, difference: &Difference) -> Option<Words> {
    difference.unproved.then(|| match is_never_told(provider, difference) {
        true => say::check_unproved(),
        false => say::check_untold(&provider.name),
    })
}

fn is_never_told(provider: &Provider, difference: &Difference) -> bool {
    provider.field(&difference.field).is_some_and(|field| field.at.is_empty())
}
