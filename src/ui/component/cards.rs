use leptos::prelude::*;

use crate::ui::live::some;
use crate::words::Words;

/// A place to go to, with what is to be found there.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    pub title: String,
    pub href: String,
    pub text: String,
    /// What one needs for it.
    pub needs: Words,
    /// How far one has come with it.
    pub state: Option<Words>,
}

#[component]
pub fn Cards(
    cards: Vec<Card>,
    /// So many are still to come: each has its place already.
    #[prop(optional)]
    awaited: usize,
) -> impl IntoView {
    let card = |card: Card| {
        let state = card.state.map(|words| {
            view! { <p><span class="tag" data-tone="info">{words}</span></p> }
        });
        view! {
            <li class="card">
                <h2 class="card__title"><a href=card.href>{card.title}</a></h2>
                {some(state)}
                <p class="card__text">{card.text}</p>
                <p class="card__meta">{card.needs}</p>
            </li>
        }
    };
    let to_come = |_| {
        let sizes = ["label", "title"].map(|size| view! { <span class="skeleton" data-size=size></span> });
        view! { <li class="card" data-state="awaited" aria-hidden="true">{sizes.into_iter().collect_view()}</li> }
    };
    view! {
        <ul class="cards" role="list">
            {cards.into_iter().map(card).collect_view()}
            {(0..awaited).map(to_come).collect_view()}
        </ul>
    }
}
