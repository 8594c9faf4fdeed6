use crate::provider::Provider;
use crate::provider::find::{Search, Step};
use crate::provider::limits::Limits;

use crate::change::limits::{bare_email, limited, tidy};
use crate::provider::limits::Format;

/// The step that comes next, by its number: the first that gives something which is not known and is needed.
/// Nothing if the member is known, or if nobody can find one here.
pub fn next(provider: &Provider, is_known: impl Fn(&str) -> bool) -> Option<usize> {
    let mut needed: Vec<&str> = provider.identity.iter().map(|field| field.key.as_str()).collect();
    let mut first = None;
    for (index, step) in provider.steps().iter().enumerate().rev() {
        if needed.contains(&step.gives.as_str()) && !is_known(&step.gives) {
            first = Some(index);
            needed.extend(step.names());
        }
    }
    first
}

/// What a step sends to the provider of what was typed; nothing if it is looked for in the list itself.
pub fn searched(step: &Step, typed: &str) -> Option<String> {
    let Search { format, .. } = step.search.as_ref()?;
    let text = if *format == Some(Format::Email) { bare_email(typed) } else { tidy(typed) };
    let limits = Limits { format: *format, min_length: Some(1), ..Limits::default() };
    limited(&limits, &text).is_ok().then_some(text)
}

#[cfg(test)]
mod tests;
