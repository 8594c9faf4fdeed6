use leptos::prelude::*;

use crate::browser::document;
use crate::desk::route::Route;
use crate::provider::Face;
use crate::ui::component::cards::{Card, Cards};
use crate::ui::component::heading::Heading;
use crate::ui::live::live;

/// Where to begin: the providers, and what can be changed at each.
#[component]
pub fn Home(
    faces: RwSignal<Vec<Face>>,
    /// What is to be said after them.
    below: AnyView,
) -> impl IntoView {
    document::set_title("Memberdesk");
    let cards = live(move || {
        let card = |face: &Face| Card {
            title: face.name.clone(),
            href: Route::Provider(face.id.clone()).hash(),
            text: face.about.clone(),
        };
        let cards = faces.with(|all| all.iter().map(card).collect::<Vec<_>>());
        view! { <Cards cards/> }
    });
    let lede = "Choose where the member is. You see what is on file, say what shall be different, check it, \
                and get proof of what was changed.";
    view! {
        <div class="stack" data-gap="large">
            <Heading title="Change a member’s record, and be sure" lede/>
            {cards}
            {below}
        </div>
    }
}
