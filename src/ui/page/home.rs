use leptos::prelude::*;

use crate::browser::document;
use crate::desk::route::Route;
use crate::provider::Face;
use crate::ui::component::cards::{Card, Cards};
use crate::ui::component::heading::Heading;
use crate::ui::live::live;
use crate::words::{Words, say};

/// A provider, and how far one has come with it.
pub type Offer = (Face, Option<Words>);

/// Where to begin: the providers, what can be changed at each, and what one needs for it.
#[component]
pub fn Home(
    offers: RwSignal<Vec<Offer>>,
    /// How many providers there are, those whose file has not come yet among them.
    #[prop(into)]
    count: Signal<usize>,
    /// Before them: the first step, or what was done last.
    above: AnyView,
    /// What is to be said after them.
    below: AnyView,
) -> impl IntoView {
    document::set_title("Memberdesk");
    let card = |(face, state): &Offer| Card {
        title: face.name.clone(),
        href: Route::provider(&face.id).hash(),
        text: face.about.clone(),
        needs: say::home_needs(Words::List(face.needs().into_iter().map(Words::from).collect())),
        state: state.clone(),
    };
    let cards = live(move || {
        let cards = offers.with(|all| all.iter().map(card).collect::<Vec<_>>());
        let awaited = count.get().saturating_sub(cards.len());
        view! { <Cards cards awaited/> }
    });
    view! {
        <div class="stack" data-gap="large">
            <Heading title=say::home_title() lede=say::home_lede()/>
            {above}
            {cards}
            {below}
        </div>
    }
}

/// For somebody who has never been here.
pub fn first_step() -> AnyView {
    view! { <p><b>{say::home_first()}</b> " " {say::home_first_why()}</p> }.into_any()
}
