use leptos::prelude::*;
use memberdesk::transport::pretty::lay_out;
use memberdesk::ui::component::details::{Code, Details};

use super::{ARABIC, EMOJI, ID, NAME, State, WORD, pressed};

const REQUEST: &str = "PUT https://club.example.com/members/m-1024 HTTP/1.1\nauthorization: Bearer $TOKEN\n\n{\"nickname\":\"Ada\"}";
const ANSWER: &str = r#"{"id":"m-1024","nickname":"Ada","age":36.50,"admin":false,"teams":[],"left":null,"likes":["engines",{"of":"any kind"}]}"#;

pub const STATES: &[State] = &[
    ("closed", || {
        view! { <Details summary="The request that will be sent"><p>{"Unseen."}</p></Details> }.into_any()
    }),
    ("open", || {
        let details = view! {
            <Details summary="Details for support">
                <h2>{"Request"}</h2>
                <Code label="Request".into() text=REQUEST.to_string()/>
                <p class="quiet">{"It came at once."}</p>
            </Details>
        };
        pressed(details)
    }),
    ("a long summary", || pressed(view! { <Details summary=NAME><p>{WORD}</p></Details> })),
    ("a summary without an end", || view! { <Details summary=WORD><p>{NAME}</p></Details> }.into_any()),
    ("from right to left, and emoji", || pressed(view! { <Details summary=ARABIC><p>{EMOJI}</p></Details> })),
    ("text for machines", || view! { <Code label="A request".into() text=REQUEST.to_string()/> }.into_any()),
    ("laid out", || {
        let (tokens, _) = lay_out(ANSWER, 10_000);
        let text = "HTTP/1.1 200 OK\ncontent-type: application/json\n\n".to_string();
        view! { <Code label="An answer".into() text tokens/> }.into_any()
    }),
    ("long lines", || {
        view! { <Code label="A long request".into() text=[ID, ID, ID, "\n", WORD].concat()/> }.into_any()
    }),
    ("many lines", || {
        let text = (1..=60).map(|line| ["line ", &line.to_string(), "\n"].concat()).collect();
        view! { <Code label="An answer of many lines".into() text/> }.into_any()
    }),
    ("nothing", || view! { <Code label="No answer".into() text=String::new()/> }.into_any()),
];
