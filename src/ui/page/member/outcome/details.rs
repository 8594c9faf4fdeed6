use leptos::prelude::*;

use crate::browser::{clock, download};
use crate::change::receipt::Receipt;
use crate::transport::pretty::lay_out;
use crate::transport::{Language, Request, Response};
use crate::ui::component::button::Button;
use crate::ui::component::copy::Copy;
use crate::ui::component::details::{Code, Details};
use crate::ui::live::some;
use crate::ui::session::Session;
use crate::words::{Words, say};

/// So much of an answer is shown, in characters.
const MOST: usize = 20_000;

/// What went over the wire, for whoever helps: with a hole where the secret stood.
#[component]
pub fn SupportDetails(session: Session, receipt: Receipt) -> impl IntoView {
    let request = receipt.request.as_ref().map(|own| request(session, own));
    let answer = receipt.answer.as_ref().map(answer);
    let any = request.is_some() || answer.is_some();
    some(any.then(|| {
        view! { <Details summary=say::details_title()>{some(request)} {some(answer)}</Details> }
    }))
}

fn request(session: Session, request: &Request) -> AnyView {
    // A command says where it goes too.
    let name = &session.place_with_tag();
    let languages = [
        (say::details_curl(), Language::Curl),
        (say::details_node(), Language::Node),
        (say::details_python(), Language::Python),
    ];
    let copies = languages.into_iter().filter_map(|(words, language)| {
        let target = session.target()?;
        let variables = request.variables(&target).into_iter().map(Words::from).collect();
        let note = say::details_note(name, Words::List(variables)).text();
        Some((words, request.snippet(&target, language, &note)))
    });
    let text = session.view(request);
    view! {
        <h2>{say::details_request()}</h2>
        <Code label=say::details_request() text/>
        <div class="cluster"><Copy id="copied-request" copies=copies.collect()/></div>
    }
    .into_any()
}

fn answer(answer: &Response) -> AnyView {
    let timing = answer.timing;
    let (status, took) = (usize::from(answer.status), timing.took as usize);
    let told = say::details_timing(status, clock::words(timing.began), took, timing.bytes);
    let mut headers = String::new();
    for (name, value) in &answer.headers {
        headers.push_str(&[name, ": ", value, "\n"].concat());
    }
    if !answer.body.is_empty() {
        headers.push('\n');
    }
    let (tokens, cut) = lay_out(&answer.body, MOST);
    let body = answer.body.clone();
    let whole = cut.then(|| {
        let keep = move |()| download::download("answer.txt", "text/plain", &body);
        view! {
            <p class="quiet">{say::details_cut()}</p>
            <div><Button words=say::details_whole() kind="secondary" on_press=Callback::new(keep)/></div>
        }
    });
    view! {
        <h2>{say::details_answer()}</h2>
        <p class="quiet">{told}</p>
        <Code label=say::details_answer() text=headers tokens/>
        {some(whole)}
    }
    .into_any()
}
