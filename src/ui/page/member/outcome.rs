use leptos::prelude::*;

use crate::browser::{clock, document};
use crate::change::receipt::{Line, Outcome, Receipt, Settled};
use crate::change::undo::undo;
use crate::provider::Provider;
use crate::ui::component::button::Button;
use crate::ui::component::changes::{Changes, Row};
use crate::ui::component::details::{Code, Details};
use crate::ui::component::receipt::Receipt as ReceiptPanel;
use crate::ui::live::some;
use crate::ui::session::{Session, Stage};

/// What came of the change, with proof where there is any, and where to go from here.
#[component]
pub fn OutcomeView(session: Session, receipt: Receipt) -> impl IntoView {
    let provider = session.provider();
    let word = receipt.outcome.word();
    document::set_title(&[word, ": ", &receipt.title, " – ", &provider.name, " – Memberdesk"].concat());
    let never = matches!(receipt.outcome, Outcome::Refused(_) | Outcome::NotSent(_));
    let rows: Vec<Row> =
        receipt.lines.iter().filter_map(|line| row(&provider, &receipt, line, never)).collect();
    let reason = receipt.outcome.reason();
    let reference = reason.and_then(|reason| reason.reference.clone());
    let text = text(&provider, &receipt);
    let message = reason.and_then(|reason| reason.message.clone()).map(|message| {
        view! { <p class="quiet">{provider.name.clone()} {" says: "} <q>{message}</q></p> }
    });
    let back = undo(&provider, &receipt);
    let changed = matches!(
        receipt.outcome,
        Outcome::Confirmed | Outcome::Accepted(_) | Outcome::Differs(_) | Outcome::Unknown(_)
    );
    let undo_button = (changed && receipt.sends > 0 && !back.draft.is_empty()).then(|| {
        let receipt = receipt.clone();
        view! {
            <Button
                words="Undo this change"
                kind="secondary"
                on_press=Callback::new(move |()| session.undo(&receipt))
            />
        }
    });
    let lost = back.lost.iter().filter(|_| changed).filter_map(|(key, reason)| {
        let label = &provider.field(key)?.label;
        Some(["“", label, "” cannot be undone from here. ", reason].concat())
    });
    let lost: Vec<String> = lost.collect();
    let lost = (!lost.is_empty()).then(|| view! { <p class="quiet">{lost.join(" ")}</p> });
    let keeps = !receipt.forget;
    let again = if changed { "Make another change" } else { "Go back to the change" };
    let go_again = move |()| {
        if changed { session.open_again() } else { session.reopen() }
    };
    let another = move |()| session.stage.set(Stage::Find { attempted: false, refused: None });
    let request = receipt.request.as_ref().map(|request| {
        let text = session.view(request);
        view! { <h3>{"Request"}</h3> <Code label="Request" text/> }
    });
    let answer = receipt.answer.as_ref().map(|answer| {
        let text = ["Status ", &answer.status.to_string(), "\n\n", &answer.body].concat();
        view! { <h3>{"Answer"}</h3> <Code label="Answer" text/> }
    });
    let details = (request.is_some() || answer.is_some())
        .then(|| view! { <Details summary="Details for support">{some(request)}{some(answer)}</Details> });
    let forgets = (!keeps).then(|| {
        view! { <p class="quiet">{"This page keeps nothing of what it knew. What you see goes when you leave it."}</p> }
    });
    let caption = if never { "What you asked for" } else { "What changed, field by field" }.to_string();
    view! {
        <p class="caption">{session.place()}</p>
        <ReceiptPanel
            outcome=mark(&receipt.outcome)
            word
            headline=headline(&provider, &receipt)
            text
            meta=["At ", &clock::words(receipt.at), "."].concat()
            reference
        />
        {some(message)}
        {some(forgets)}
        {some((!rows.is_empty()).then(|| view! { <Changes caption rows/> }))}
        <div class="cluster">
            {some((!receipt.gone).then(|| view! { <Button words=again on_press=Callback::new(go_again)/> }))}
            <Button
                words=["Choose another ", &provider.member].concat()
                kind="secondary"
                on_press=Callback::new(another)
            />
            {some(undo_button)}
        </div>
        {some(lost)}
        {some(details)}
    }
}

fn mark(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Confirmed => "confirmed",
        Outcome::Accepted(_) => "accepted",
        Outcome::Differs(_) => "differs",
        Outcome::Refused(_) => "refused",
        Outcome::NotSent(_) => "not-sent",
        Outcome::Unknown(_) => "unknown",
    }
}

/// One sentence with the member's name.
fn headline(provider: &Provider, receipt: &Receipt) -> String {
    let (title, name) = (receipt.title.as_str(), provider.name.as_str());
    let unchanged = receipt.lines.iter().all(|line| line.settled() == Settled::AsBefore);
    match &receipt.outcome {
        Outcome::Confirmed if receipt.gone => [title, " is gone from ", name, ", as intended"].concat(),
        Outcome::Confirmed if receipt.sends == 0 => [title, " is already as you asked in ", name].concat(),
        Outcome::Confirmed => [title, " was updated in ", name].concat(),
        Outcome::Accepted(_) => [name, " accepted the change to ", title].concat(),
        Outcome::Differs(Some(_)) if unchanged => {
            [title, " does not show the change so far in ", name].concat()
        }
        Outcome::Differs(None) if unchanged => [title, " was not changed in ", name].concat(),
        Outcome::Differs(_) => [title, " is not as you asked in ", name].concat(),
        Outcome::Refused(_) => [name, " refused the change to ", title].concat(),
        Outcome::NotSent(_) => ["The change to ", title, " was not sent"].concat(),
        Outcome::Unknown(_) => ["It is not known whether ", title, " was changed in ", name].concat(),
    }
}

/// What it rests on, and what to do.
fn text(provider: &Provider, receipt: &Receipt) -> String {
    let name = provider.name.as_str();
    let why = receipt.outcome.reason().map(|reason| [reason.says.as_str(), " ", &reason.cure].concat());
    let why = why.unwrap_or_default();
    let parts: [&str; 3] = match &receipt.outcome {
        Outcome::Confirmed if receipt.sends == 0 => {
            ["Reading the record just before sending showed it. Nothing was sent.", "", ""]
        }
        Outcome::Confirmed if receipt.gone => {
            [name, " was asked again afterwards, and has no such record any more.", ""]
        }
        Outcome::Confirmed if receipt.still_there => [
            "The record was read again afterwards and shows every field as you asked.",
            " It was expected to be gone, and is still there.",
            "",
        ],
        Outcome::Confirmed => {
            ["The record was read again afterwards and shows every field as you asked.", "", ""]
        }
        Outcome::Accepted(None) => [
            name,
            " said yes. It does not tell everything that was changed, so nothing proves that part: see “Not told” below.",
            "",
        ],
        Outcome::Accepted(_) => {
            [name, " said yes, but the record could not be read again to prove it. ", &why]
        }
        Outcome::Differs(None) => [name, " said yes, but reading the record again shows something else.", ""],
        Outcome::Differs(Some(_)) => {
            [&why, " It may still be made: look at the record again before you repeat the change.", ""]
        }
        Outcome::Refused(_) => [&why, " Nothing was changed.", ""],
        Outcome::NotSent(_) => [&why, " Nothing was changed.", ""],
        Outcome::Unknown(_) if receipt.lines.iter().any(|line| line.now.is_some()) => [
            &why,
            " The record was read again, and does not tell. Look at it again before you repeat the change.",
            "",
        ],
        Outcome::Unknown(_) => [
            &why,
            " The record could not be read again either. Look at it again before you repeat the change.",
            "",
        ],
    };
    parts.concat()
}

/// A line in words; `never`: nothing was applied, so there was nothing to read back.
fn row(provider: &Provider, receipt: &Receipt, line: &Line, never: bool) -> Option<Row> {
    let field = provider.field(&line.field)?;
    let now = line.now.as_ref().map(|now| {
        let (tag, tone) = match line.settled() {
            Settled::AsAsked => ("As asked", "success"),
            Settled::AsBefore => ("As before", "warning"),
            Settled::Other => ("Something else", "warning"),
            Settled::NotTold => ("Not told", "neutral"),
        };
        (now.words(field), tag, tone)
    });
    let unread = || match receipt.gone {
        true => Some(("Gone".to_string(), "As intended", "success")),
        false => Some(("Not read".to_string(), "Not known", "neutral")),
    };
    let now = if never { None } else { now.or_else(unread) };
    Some(Row { label: field.label.clone(), from: line.from.words(field), to: line.asked.words(field), now })
}
