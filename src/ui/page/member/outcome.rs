pub mod details;
pub mod said;

use leptos::prelude::*;

use crate::browser::{clock, document, download};
use crate::change::answer;
use crate::change::export::{export, file_name};
use crate::change::receipt::{Outcome, Receipt};
use crate::change::repeat::repeat;
use crate::change::undo::undo;
use crate::ui::component::button::Button;
use crate::ui::component::changes::{Changes, Row};
use crate::ui::component::receipt::Receipt as ReceiptPanel;
use crate::ui::live::some;
use crate::ui::session::{Session, Stage};
use crate::words::{Words, say};

use super::cause::Cause;
use super::place::Place;

use details::SupportDetails;

/// What came of the change, with proof where there is any, and where to go from here.
#[component]
pub fn OutcomeView(session: Session, receipt: Receipt) -> impl IntoView {
    let provider = session.provider();
    let name = provider.name.as_str();
    let word = receipt.outcome.word();
    let headline = said::headline(&provider, &receipt);
    document::set_title(&say::result_page(word.clone(), &receipt.title, name).text());
    let never = matches!(receipt.outcome, Outcome::Refused(_) | Outcome::NotSent(_));
    let rows: Vec<Row> =
        receipt.lines.iter().filter_map(|line| said::row(&provider, &receipt, line, never)).collect();
    let reason = receipt.outcome.reason();
    let of_answer = || receipt.answer.as_ref().and_then(|answer| answer::reference(&provider, answer));
    let reference = reason.and_then(|reason| reason.reference.clone()).or_else(of_answer);
    let message = reason.and_then(|reason| said::message(name, reason));
    let is_in_doubt = matches!(receipt.outcome, Outcome::NotSent(_) | Outcome::Unknown(_));
    // Where somebody stopped it, nothing is wrong on the way.
    let cause =
        reason.filter(|reason| is_in_doubt && (reason.on_way || receipt.answer.is_some())).map(|_| {
            let answer = receipt.answer.clone();
            view! { <Cause session answer/> }
        });
    let changed = matches!(
        receipt.outcome,
        Outcome::Confirmed | Outcome::Accepted(_) | Outcome::Differs(_) | Outcome::Unknown(_)
    );
    let back = undo(&provider, &receipt);
    let undo_button = (changed && receipt.sends > 0 && !back.draft.is_empty()).then(|| {
        let receipt = receipt.clone();
        button(say::result_undo(), "secondary", move || session.undo(&receipt))
    });
    let lost = back.lost.iter().filter(|_| changed).filter_map(|(key, reason)| {
        let label = &provider.field(key)?.label;
        Some(say::result_no_undo(label, reason.clone()))
    });
    let lost: Vec<Words> = lost.collect();
    let lost = (!lost.is_empty()).then(|| view! { <p class="quiet">{Words::Several(lost)}</p> });
    // What was taken in here can be asked for again there.
    let taken_in = matches!(receipt.outcome, Outcome::Confirmed | Outcome::Accepted(_));
    let same = Some(repeat(&provider, &receipt)).filter(|same| taken_in && !same.is_empty());
    let same = same.map(|same| {
        button(say::result_same(&provider.member), "secondary", move || session.repeat(same.clone()))
    });
    let again = (!receipt.gone).then(|| {
        let words = if changed { say::result_again() } else { say::result_back() };
        let go = move |()| if changed { session.open_again() } else { session.reopen() };
        view! { <Button words on_press=Callback::new(go)/> }
    });
    let another = button(say::result_another(&provider.member), "secondary", move || {
        session.stage.set(Stage::Find { attempted: false, refused: None });
    });
    let keep = {
        let (provider, receipt, says) = (provider.clone(), receipt.clone(), headline.clone());
        let reference = reference.clone();
        button(say::result_download(), "plain", move || {
            let view = receipt.request.as_ref().and_then(|request| session.request_view(request));
            let text = export(&provider, &receipt, &says, reference.as_deref(), view.as_ref());
            download::download(&file_name(&receipt), "application/json", &text);
        })
    };
    let forgets = receipt.forget.then(|| {
        view! { <p class="quiet">{Words::Several(vec![say::result_forgets(), say::result_forgets_file()])}</p> }
    });
    // Printed and kept, it says by itself where it was.
    let place = receipt.place(&provider);
    let place = (place != *name).then(|| say::result_in(place));
    let test = receipt.is_test(&provider).then(say::result_test);
    let at = say::result_at(clock::words(receipt.at));
    let meta = Words::Several(std::iter::once(at).chain(place).chain(test).collect());
    let caption = if never { say::result_asked() } else { say::result_changed() };
    view! {
        <Place session/>
        <ReceiptPanel
            outcome=receipt.outcome.mark()
            word
            headline
            text=said::text(&provider, &receipt)
            meta=meta
            reference
        />
        {some(cause)}
        {some(message)}
        {some(forgets)}
        {some((!rows.is_empty()).then(|| view! { <Changes caption rows/> }))}
        <div class="cluster">{some(again)} {some(undo_button)} {some(same)} {another}</div>
        {some(lost)}
        <div class="cluster">{keep} {button(say::result_print(), "plain", document::print)}</div>
        <SupportDetails session receipt/>
    }
}

fn button(words: Words, kind: &'static str, press: impl Fn() + Send + Sync + 'static) -> AnyView {
    view! { <Button words kind on_press=Callback::new(move |()| press())/> }.into_any()
}
