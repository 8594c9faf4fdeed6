//! What came of a change, in words.

use leptos::prelude::*;

use crate::change::answer::Reason;
use crate::change::receipt::{Line, Outcome, Receipt, Settled};
use crate::provider::Provider;
use crate::ui::component::changes::Row;
use crate::ui::live::{HERE, around};
use crate::words::{Words, say};

/// The provider's own sentence.
pub fn message(name: &str, reason: &Reason) -> Option<AnyView> {
    let quoted = view! { <q>{reason.message.clone()?}</q> };
    Some(view! { <p class="quiet">{around(&say::result_says(name, HERE), quoted)}</p> }.into_any())
}

/// What the provider's support asks for.
pub fn reference(reason: &Reason) -> Option<AnyView> {
    let shown = view! { <span class="mono">{reason.reference.clone()?}</span> };
    Some(view! { <p class="quiet">{around(&say::result_reference(HERE), shown)}</p> }.into_any())
}

/// One sentence with the member's name.
pub fn headline(provider: &Provider, receipt: &Receipt) -> Words {
    let (title, name) = (&receipt.title, &provider.name);
    let unchanged = receipt.lines.iter().all(|line| line.settled() == Settled::AsBefore);
    match &receipt.outcome {
        Outcome::Confirmed if receipt.gone => say::result_gone(title, name),
        Outcome::Confirmed if receipt.sends == 0 => say::result_already(title, name),
        Outcome::Confirmed => say::result_confirmed(title, name),
        Outcome::Accepted(_) => say::result_accepted(name, title),
        Outcome::Differs(Some(_)) if unchanged => say::result_not_yet(title, name),
        Outcome::Differs(None) if unchanged => say::result_unchanged(title, name),
        Outcome::Differs(_) => say::result_differs(title, name),
        Outcome::Refused(_) => say::result_refused(name, title),
        Outcome::NotSent(_) => say::result_not_sent(title),
        Outcome::Unknown(_) => say::result_unknown(title, name),
    }
}

/// What it rests on, and what to do.
pub fn text(provider: &Provider, receipt: &Receipt) -> Words {
    let name = &provider.name;
    let read = receipt.lines.iter().any(|line| line.now.is_some());
    let (mut first, mut last) = (None, None);
    match &receipt.outcome {
        Outcome::Confirmed if receipt.sends == 0 => first = Some(say::result_why_already()),
        Outcome::Confirmed if receipt.gone => first = Some(say::result_why_gone(name)),
        Outcome::Confirmed => {
            first = Some(say::result_why_confirmed());
            last = receipt.still_there.then(say::result_why_still_there);
        }
        Outcome::Accepted(None) => first = Some(say::result_why_not_told(name)),
        Outcome::Accepted(_) => first = Some(say::result_why_unread(name)),
        Outcome::Differs(None) => first = Some(say::result_why_differs(name)),
        Outcome::Differs(Some(_)) => last = Some(say::result_why_late()),
        Outcome::Refused(_) | Outcome::NotSent(_) => last = Some(say::result_nothing_changed()),
        Outcome::Unknown(_) if read => last = Some(say::result_why_unknown_read()),
        Outcome::Unknown(_) => last = Some(say::result_why_unknown()),
    }
    let reason = receipt.outcome.reason().map(|reason| [reason.says.clone(), reason.cure.clone()]);
    let reason = reason.into_iter().flatten();
    Words::Several(first.into_iter().chain(reason).chain(last).collect())
}

/// A line in words; `never`: nothing was applied, so there was nothing to read back.
pub fn row(provider: &Provider, receipt: &Receipt, line: &Line, never: bool) -> Option<Row> {
    let field = provider.field(&line.field)?;
    let now = line.now.as_ref().map(|now| {
        let (tag, tone) = match line.settled() {
            Settled::AsAsked => (say::result_as_asked(), "success"),
            Settled::AsBefore => (say::result_as_before(), "warning"),
            Settled::Other => (say::result_something_else(), "warning"),
            Settled::NotTold => (say::result_not_told(), "neutral"),
        };
        (Words::from(now.words(field)), tag, tone)
    });
    let unread = || match receipt.gone {
        true => (say::result_gone_now(), say::result_as_intended(), "success"),
        false => (say::result_not_read(), say::result_not_known(), "neutral"),
    };
    Some(Row {
        label: field.label.as_str().into(),
        from: line.from.words(field).into(),
        to: line.asked.words(field).into(),
        now: (!never).then(|| now.unwrap_or_else(unread)),
        back: None,
        about: Vec::new(),
    })
}
