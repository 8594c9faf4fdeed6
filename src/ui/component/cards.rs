use leptos::prelude::*;

/// A place to go to, with what is to be found there.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    pub title: String,
    pub href: String,
    pub text: String,
}

#[component]
pub fn Cards(cards: Vec<Card>) -> impl IntoView {
    let card = |card: Card| {
        view! {
            <li class="card">
                <h2 class="card__title"><a href=card.href>{card.title}</a></h2>
                <p class="card__text">{card.text}</p>
            </li>
        }
    };
    view! { <ul class="cards" role="list">{cards.into_iter().map(card).collect_view()}</ul> }
}
